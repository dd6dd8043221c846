"""One assessment: what each area was given, what follows, and what may be done with it now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dinhlang.org import actions as org_actions
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import looking_of, may, page, show_refusal, signed_in, today
from dinhlang.reports.index import actions, forms, queries
from dinhlang.reports.index.queries import Standing
from dinhlang.reports.index.rules import State, Survey
from dinhlang.reports.index.scheme import told
from dinhlang.reports.index.showing import area_chart, main_areas, years_chart
from dinhlang.reports.index.views.lists import index_crumb
from dinhlang.reports.models import Assessment
from dinhlang.reports.views.found import list_crumb

# What stands in the address of each act; those with True take a reason.
_ACTS: dict[str, tuple[Any, Callable[..., None], bool]] = {
    "gui": (gettext_lazy("Đã gửi kết quả tự chấm lên cấp trên."), actions.send, False),
    "rut": (gettext_lazy("Đã rút lại. Điểm tự chấm lại sửa được."), actions.take_back, False),
    "tinh-lai": (gettext_lazy("Đã tính lại từ sổ theo dõi."), actions.compute, False),
    "tra": (gettext_lazy("Đã trả lại đơn vị."), actions.return_to_unit, True),
    "xong": (gettext_lazy("Đã kết thúc thẩm định."), actions.finish_appraisal, False),
    "lam-lai": (gettext_lazy("Đã mở lại để thẩm định."), actions.reopen, True),
    "cong-bo": (gettext_lazy("Đã công bố chỉ số."), actions.publish, False),
    "go": (gettext_lazy("Đã gỡ công bố."), actions.withdraw, True),
}


def found(request: HttpRequest, pk: int) -> Assessment:
    """The assessment; 404 for one of a unit that the person may not see."""
    return get_object_or_404(queries.assessments_for(looking_of(request).readable_ids), pk=pk)


def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of an assessment."""
    return shown(request, found(request, pk))


def shown(request: HttpRequest, one: Assessment, survey: forms.SurveyForm | None = None) -> HttpResponse:
    """The page, with a form that was refused."""
    on = today()
    standing = queries.standing(one)
    may_score = may(request, Permission.INDEX_SCORE, one.unit, on)
    may_send = may(request, Permission.INDEX_SEND, one.unit, on)
    may_appraise = may(request, Permission.INDEX_APPRAISE, one.unit, on)
    steps = list(one.steps.select_related("by").order_by("pk"))
    years = queries.years_of(one, State.values)
    same = [year for year in years if not year.why_not]
    return page(
        request,
        "reports/index/assessment.html",
        _("Chỉ số cải cách hành chính năm %(year)s") % {"year": one.year},
        crumbs=[list_crumb(), index_crumb()],
        one=one,
        standing=standing,
        rows=[(line, standing.scores.get(line.row.code)) for line in standing.lines],
        unit_name=capfirst(org.title_of(one.unit, on)),
        window=queries.window(one),
        chart=area_chart(
            main_areas(
                (
                    line.depth,
                    line.row.scoring,
                    (line.row.code, line.row.text, line.row.maximum, line.points),
                )
                for line in standing.lines
            ),
            name=f"index-{one.pk}",
        ),
        years_chart=years_chart(
            [
                (
                    year.standing.assessment.year,
                    year.total,
                    year.standing.total.maximum,
                    year.standing.assessment.get_survey_display(),
                )
                for year in same
            ],
            name=f"years-{one.pk}",
        ),
        survey_differs=len({year.survey for year in same}) > 1,
        not_compared=[year for year in years if year.why_not],
        steps=steps,
        survey=survey or _survey_form(one),
        can={
            "score": may_score and one.state == State.OPEN,
            "send": may_send and one.state == State.OPEN,
            "take_back": may_send and one.state == State.SENT,
            "appraise": may_appraise and one.state == State.SENT,
            "after": may_appraise and one.state == State.APPRAISED,
            "withdraw": may_appraise and one.state == State.PUBLISHED,
        },
        has_survey=any(line.row.scoring == "survey" for line in standing.lines),
    )


def _survey_form(one: Assessment) -> forms.SurveyForm:
    return forms.SurveyForm(
        initial={
            "survey": one.survey,
            "survey_asked": one.survey_asked,
            "survey_valid": one.survey_valid,
            "survey_note": one.survey_note,
        }
    )


@require_POST
def assessment_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Send, take back, return, close, publish and so on."""
    one = found(request, pk)
    said, action, takes_reason = _ACTS[act]
    reason = {"note": request.POST.get("note", "")[:500]} if takes_reason else {}
    try:
        action(assessment=one, **reason, by=signed_in(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("reports:assessment", pk)


@require_POST
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether people were asked."""
    one = found(request, pk)
    form = forms.SurveyForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.note_survey(
                assessment=one,
                survey=Survey(given["survey"]),
                asked=given["survey_asked"],
                valid=given["survey_valid"],
                note=given["survey_note"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã ghi phần điều tra."))
            return redirect("reports:assessment", pk)
    return shown(request, one, survey=form)


@require_POST
def assessment_export(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Every row of one assessment as a table; it is noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    one = found(request, pk)
    standing = queries.standing(one)
    org_actions.export_list(
        action="index.export",
        rows={one.unit_id: len(standing.lines)},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    header = [
        _("Mã"),
        _("Tiêu chí"),
        _("Cách chấm"),
        _("Điểm tối đa"),
        _("Điểm tự chấm"),
        _("Điểm thẩm định"),
        _("Lý do chấm khác"),
        _("Vì sao được điểm này"),
        _("Giải trình"),
    ]
    return tables.download(f"chi-so-{one.unit_id}-{one.year}", form, header, _rows(standing))


def _rows(standing: Standing) -> Iterator[tables.Row]:
    for line in standing.lines:
        row, score = line.row, standing.scores.get(line.row.code)
        yield [
            row.code,
            row.text,
            score.criterion.get_scoring_display() if score else "",
            told(row.maximum),
            "" if line.own is None else told(line.own),
            "" if line.points is None else told(line.points),
            score.appraised_why if score else "",
            " ".join(score.reasons) if score else "",
            score.explanation if score else "",
        ]
    total = standing.total
    yield ["", _("Tổng cộng"), "", told(total.maximum), told(standing.own.total), told(total.total)]
    for sentence in total.sentences:
        yield ["", sentence]
