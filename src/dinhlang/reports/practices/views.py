"""How the web reaches good models and commendations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dinhlang.org import actions as org_actions
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.forms import ListFilter
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    asked_text,
    filtered,
    looking_of,
    may,
    page,
    posted,
    query_without_page,
    readable_units,
    show_refusal,
    signed_in,
    slice_of,
    today,
    units_for,
)
from dinhlang.reports.models import Practice
from dinhlang.reports.practices import actions, forms, queries, rules
from dinhlang.reports.views.found import list_crumb
from dinhlang.work import queries as work
from dinhlang.work.models import Activity

_LINES_OFFERED = 40


def practices_crumb() -> tuple[str, str]:
    """The way back to the list."""
    return reverse("reports:practices"), _("Mô hình hay, khen thưởng")


def _asked(request: HttpRequest, on: date) -> tuple[ListFilter, QuerySet[Practice]]:
    rows = queries.practices_for(looking_of(request).readable_ids)
    years = [day.year for day in rows.order_by().dates("happened_on", "year", order="DESC")]
    form = ListFilter(request.GET or None, units=readable_units(request, on), years=years)
    form.fields["q"].label = _("Tìm theo tên")
    return form, filtered(rows, form, text="title", year="happened_on__year")


def practices(request: HttpRequest) -> HttpResponse:
    """What was marked in the units the person may read."""
    on = today()
    form, rows = _asked(request, on)
    shown = slice_of(request, rows)
    titles = org.titles_of({row.unit_id for row in shown}, on)
    return page(
        request,
        "reports/practices/list.html",
        _("Mô hình hay, khen thưởng"),
        crumbs=[list_crumb()],
        rows=[(row, capfirst(titles[row.unit_id])) for row in shown],
        page=shown,
        query=query_without_page(request),
        form=form,
        may_mark=bool(units_for(request, Permission.PRACTICE_MARK, on)),
    )


@require_POST
def practices_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list as a table; it is noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    _form, rows = _asked(request, on)
    found = list(rows)
    counts = Counter(one.unit_id for one in found)
    org_actions.export_list(
        action="practice.export", rows=counts, form=form, by=signed_in(request), at=timezone.now()
    )
    titles = org.titles_of(counts, on)
    header = [
        _("Đơn vị"),
        _("Loại"),
        _("Tên"),
        _("Ngày"),
        _("Vì sao đáng chú ý"),
        _("Kết quả mang lại"),
        _("Tập thể, cá nhân"),
        _("Trạng thái"),
        _("Số quyết định, giấy khen"),
    ]
    lines = (
        [
            capfirst(titles[one.unit_id]),
            one.get_kind_display(),
            one.title,
            f"{one.happened_on:%d/%m/%Y}",
            one.why,
            one.effect,
            one.credited,
            one.get_state_display(),
            one.decision,
        ]
        for one in found
    )
    return tables.download(f"mo-hinh-khen-thuong-{on:%Y%m%d}", form, header, lines)


def practice_lines(request: HttpRequest) -> HttpResponse:
    """The lines of the ledger from which one is chosen to be marked."""
    on = today()
    looking = looking_of(request)
    units = [one for one in looking.home_units if Permission.PRACTICE_MARK in looking.permissions_in(one)]
    text = asked_text(request)
    lines = (
        list(work.ledger(units[0], text=text, standing=work.Standing.COUNTED)[:_LINES_OFFERED])
        if units
        else []
    )
    return page(
        request,
        "reports/practices/lines.html",
        _("Chọn hoạt động đáng chú ý"),
        crumbs=[list_crumb(), practices_crumb()],
        lines=lines,
        asked=text,
        may_mark=bool(units),
        on=on,
    )


def practice_new(request: HttpRequest, line: int) -> HttpResponse:
    """Mark a line and say why."""
    on = today()
    activity = get_object_or_404(
        work.activities_for(request.user, on).select_related("unit", "reversal"), pk=line
    )
    form = forms.PracticeForm(posted(request)[0], initial={"title": activity.title[:300]})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.mark(activity=activity, words=form.words, by=signed_in(request), at=timezone.now())
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã đánh dấu. Đề xuất khi đã ghi đủ."))
            return redirect("reports:practice", made.pk)
    return page(
        request,
        "reports/practices/new.html",
        _("Đánh dấu hoạt động đáng chú ý"),
        crumbs=[list_crumb(), practices_crumb()],
        line=activity,
        form=form,
        may_mark=may(request, Permission.PRACTICE_MARK, activity.unit, on),
    )


def found(request: HttpRequest, pk: int) -> Practice:
    """The practice; 404 for one of a unit that the person may not see."""
    return get_object_or_404(queries.practices_for(looking_of(request).readable_ids), pk=pk)


def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one; a post edits what is said."""
    one = found(request, pk)
    form = forms.PracticeForm(request.POST) if request.method == "POST" else forms.PracticeForm.of(one)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(practice=one, words=form.words, by=signed_in(request), at=timezone.now())
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("reports:practice", pk)
    return _page(request, one, form=form)


def _page(
    request: HttpRequest,
    one: Practice,
    *,
    form: forms.PracticeForm,
    decision: forms.DecisionForm | None = None,
) -> HttpResponse:
    on = today()
    can = {
        deed.name.lower(): one.state in before
        and may(request, rules.permission_of(deed, one.decider), one.unit, on)
        for deed, (before, _after) in rules.MOVES.items()
    }
    return page(
        request,
        "reports/practices/practice.html",
        one.title,
        crumbs=[list_crumb(), practices_crumb()],
        one=one,
        unit_name=capfirst(org.title_of(one.unit, on)),
        form=form,
        decision=decision or forms.DecisionForm(initial={"decided_on": on}),
        steps=one.steps.select_related("by").order_by("pk"),
        is_reversed=Activity.objects.filter(pk=one.activity_id, reversal__isnull=False).exists(),
        can=can,
        may_write=one.state in queries.RECOGNISED and may(request, Permission.NEWS_WRITE, one.unit, on),
        deciders=Practice.Decider.choices,
    )


_ACTS: dict[str, tuple[Any, Callable[..., None]]] = {
    "de-xuat": (gettext_lazy("Đã đề xuất."), actions.propose),
    "rut": (gettext_lazy("Đã rút đề xuất."), actions.take_back),
    "cong-nhan": (gettext_lazy("Đã công nhận."), actions.recognise),
    "khong": (gettext_lazy("Đã trả lời không công nhận."), actions.refuse),
    "huy": (gettext_lazy("Đã hủy quyết định."), actions.undo),
    "cong-bo": (gettext_lazy("Đã công bố."), actions.publish),
    "go": (gettext_lazy("Đã gỡ công bố."), actions.withdraw),
    "bo": (gettext_lazy("Đã bỏ đánh dấu."), actions.drop),
}


@require_POST
def practice_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Propose, decide, publish, and each of these taken back."""
    one = found(request, pk)
    given: dict[str, Any] = {}
    if act in {"khong", "huy", "go"}:
        given["note"] = request.POST.get("note", "")[:500]
    elif act == "de-xuat":
        asked = request.POST.get("decider", "")
        given["decider"] = asked if asked in Practice.Decider.values else Practice.Decider.LEADER
    elif act == "cong-nhan":
        form = forms.DecisionForm(request.POST)
        if not form.is_valid():
            return _page(request, one, form=forms.PracticeForm.of(one), decision=form)
        given = {"on": form.cleaned_data["decided_on"], "decision": form.cleaned_data["decision"]}
    said, action = _ACTS[act]
    try:
        action(practice=one, **given, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, said)
        if act == "bo":
            return redirect("reports:practices")
    return redirect("reports:practice", pk)
