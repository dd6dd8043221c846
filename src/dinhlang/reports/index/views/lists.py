"""The index of the units a person may read, year by year."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import actions as org_actions
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    looking_of,
    page,
    query_without_page,
    readable_units,
    signed_in,
    slice_of,
    today,
    units_for,
)
from dinhlang.reports.index import actions, forms, queries
from dinhlang.reports.index.queries import Standing
from dinhlang.reports.index.scheme import told
from dinhlang.reports.models import Assessment
from dinhlang.reports.views.found import list_crumb

_YEARS_OFFERED = 4


def index_crumb() -> tuple[str, str]:
    """The way back to the list."""
    return reverse("reports:index"), _("Chỉ số cải cách hành chính")


def _asked(request: HttpRequest, on: date) -> tuple[forms.AssessmentFilter, QuerySet[Assessment]]:
    rows = queries.assessments_for(looking_of(request).readable_ids)
    years = sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)
    form = forms.AssessmentFilter(request.GET or None, units=readable_units(request, on), years=years)
    for field in ("unit", "year", "state"):
        if said := form.asked.get(field):
            rows = rows.filter(**{field: said})
    return form, rows.order_by("-year", "unit")


def assessments(request: HttpRequest) -> HttpResponse:
    """Every assessment with its totals; where a unit may begin, the form for it."""
    on = today()
    form, rows = _asked(request, on)
    shown = slice_of(request, rows)
    titles = org.titles_of({row.unit_id for row in shown}, on)
    own = units_for(request, Permission.INDEX_SCORE, on)
    return page(
        request,
        "reports/index/list.html",
        _("Chỉ số cải cách hành chính"),
        crumbs=[list_crumb()],
        rows=[
            (one, capfirst(titles[one.assessment.unit_id])) for one in queries.standings(shown.object_list)
        ],
        page=shown,
        query=query_without_page(request),
        form=form,
        begin=forms.BeginForm(units=own, years=_years(on)) if own else None,
    )


def _years(on: date) -> list[int]:
    return list(range(on.year, on.year - _YEARS_OFFERED, -1))


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Open the assessment of a unit and a year; the one that is there is opened again."""
    on = today()
    form = forms.BeginForm(
        request.POST, units=units_for(request, Permission.INDEX_SCORE, on), years=_years(on)
    )
    if not form.is_valid():
        messages.error(request, _("Chọn đơn vị và năm rồi bấm lại."))
        return redirect("reports:index")
    try:
        made = actions.begin(
            unit=get_object_or_404(Unit, pk=form.cleaned_data["unit"]),
            year=form.cleaned_data["year"],
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("reports:index")
    return redirect("reports:assessment", made.pk)


@require_POST
def assessments_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list as a table; it is noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    _form, rows = _asked(request, on)
    found = queries.standings(rows)
    counts = Counter(one.assessment.unit_id for one in found)
    org_actions.export_list(
        action="index.export", rows=counts, form=form, by=signed_in(request), at=timezone.now()
    )
    titles = org.titles_of(counts, on)
    header = [
        _("Năm"),
        _("Mã đơn vị"),
        _("Đơn vị"),
        _("Trạng thái"),
        _("Điểm tự chấm"),
        _("Tổng điểm"),
        _("Thang điểm"),
        _("Điều tra"),
        _("Quy đổi"),
        _("Bộ tiêu chí"),
    ]
    return tables.download(
        f"chi-so-cchc-{on:%Y%m%d}", form, header, (_row(one, titles[one.assessment.unit_id]) for one in found)
    )


def _row(one: Standing, unit: str) -> list[str | int]:
    row = one.assessment
    return [
        row.year,
        row.unit_id,
        capfirst(unit),
        row.get_state_display(),
        told(one.own.total),
        told(one.total.total),
        told(one.total.maximum),
        row.get_survey_display(),
        _("có") if one.total.is_rescaled else _("không"),
        row.index_set.name,
    ]
