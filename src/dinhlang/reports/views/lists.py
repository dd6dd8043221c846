"""The list of reports, a new one, and the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import actions as org
from dinhlang.org import tables
from dinhlang.org.forms import ListFilter
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    filtered,
    looking_of,
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
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions, forms, queries, rules
from dinhlang.reports.approval.rules.stages import Stage
from dinhlang.reports.consolidation.queries import owed_to_any
from dinhlang.reports.duties import queries as duties
from dinhlang.reports.models import RegisterEntry, Report
from dinhlang.reports.views.found import list_crumb


def _asked(request: HttpRequest, on: date) -> tuple[forms.ReportFilter, Any]:
    """The filter, and the reports that it asks for."""
    found = queries.reports_for(request.user, on).defer("document").select_related("corrects", "approval")
    periods = found.order_by().values_list("period", flat=True).distinct()
    years = sorted({Period.parse(one).year for one in periods}, reverse=True)
    form = forms.ReportFilter(request.GET or None, units=readable_units(request, on), years=years)
    asked = filtered(found, form, text="subject", year="period__startswith")
    status = form.asked.get("status")
    if status in {Stage.HEAD, Stage.APPROVER}:
        asked = asked.filter(status=Report.Status.DRAFT, approval__stage=status)
    elif status:
        asked = asked.filter(status=status)
    return form, asked


def report_list(request: HttpRequest) -> HttpResponse:
    """The reports of the units the person may see, newest period first."""
    on = today()
    form, asked = _asked(request, on)
    shown = slice_of(request, asked)
    titles = queries.titles_then((report.unit_id, report.window_to) for report in shown)
    own = units_for(request, Permission.REPORT_DRAFT, on)
    return page(
        request,
        "reports/reports.html",
        _("Báo cáo"),
        rows=[
            (report, titles[report.unit_id, report.window_to], Period.parse(report.period).label)
            for report in shown
        ],
        page=shown,
        query=query_without_page(request),
        form=form,
        may_draft=bool(own),
        decides=Permission.SUBMISSION_DECIDE in looking_of(request).permissions,
        outlines=units_for(request, Permission.OUTLINE_EDIT, on),
        approvals=units_for(request, Permission.REPORT_ISSUE, on),
        likely=duties.likely_period(next(iter(own), ""), on),
        has_below=owed_to_any(looking_of(request).readable_ids),
    )


def report_export(request: HttpRequest) -> HttpResponseBase:
    """The reports that the filter asks for, as a table for Excel (CSV); it is noted in the audit."""
    on = today()
    _form, asked = _asked(request, on)
    header = [
        _("Kỳ"),
        _("Đơn vị"),
        _("Trích yếu"),
        _("Số, ký hiệu"),
        _("Ngày ban hành"),
        _("Trạng thái"),
        _("Còn thiếu"),
    ]
    titles = queries.titles_then(asked.order_by().values_list("unit", "window_to").distinct())
    counts = dict(asked.order_by().values_list("unit").annotate(Count("pk")))
    org.export_list(action="report.export", rows=counts, form="csv", by=signed_in(request), at=timezone.now())

    def rows() -> Iterator[tables.Row]:
        for report in asked.iterator(chunk_size=200):
            yield _row(report, titles[report.unit_id, report.window_to])

    return tables.download(f"bao-cao-{on:%Y%m%d}", "csv", header, rows())


def _row(report: Report, unit: str) -> list[str]:
    is_issued = report.number is not None
    return [
        Period.parse(report.period).label,
        unit,
        report.subject,
        rules.printed_number_of(report.number, report.symbol) if report.number is not None else "",
        f"{report.issued_on:%d/%m/%Y}" if report.issued_on else "",
        str(Report.Status(report.status).label),
        "" if is_issued else str(len(report.missing)),
    ]


def report_new(request: HttpRequest) -> HttpResponse:
    """Choose unit and period; the likeliest are chosen already. The report is drafted at once."""
    on = today()
    units = units_for(request, Permission.REPORT_DRAFT, on)
    offered = duties.drafted_programmes()
    asked_for = request.GET.get("programme", "")
    form = forms.DraftForm(
        posted(request)[0],
        units=units,
        on=on,
        wanted=request.GET.get("period", ""),
        programmes=offered,
        programme=asked_for if asked_for in offered else rules.PROGRAMME,
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            report = actions.draft_report(
                unit=asked["unit"],
                period=asked["period"],
                programme=asked.get("programme") or rules.PROGRAMME,
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return redirect("reports:report", report.pk)
    return page(
        request, "reports/new.html", _("Lập báo cáo"), crumbs=[list_crumb()], form=form, may_draft=bool(units)
    )


def _entries(request: HttpRequest, on: date) -> tuple[ListFilter, QuerySet[RegisterEntry]]:
    """The filter of the registers, and the lines that it asks for."""
    found = queries.register_for(request.user, on)
    years = list(found.order_by("-year").values_list("year", flat=True).distinct())
    form = ListFilter(request.GET or None, units=readable_units(request, on), years=years)
    return form, filtered(found, form, text="subject", year="year")


def register(request: HttpRequest) -> HttpResponse:
    """The registers of outgoing documents the person may see."""
    on = today()
    form, asked = _entries(request, on)
    shown = slice_of(request, asked)
    titles = queries.titles_then((entry.unit_id, entry.issued_on) for entry in shown)
    return page(
        request,
        "reports/register.html",
        _("Sổ đăng ký văn bản đi"),
        crumbs=[list_crumb()],
        rows=[(entry, titles[entry.unit_id, entry.issued_on]) for entry in shown],
        page=shown,
        query=query_without_page(request),
        form=form,
    )


@require_POST
def register_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The lines of the registers that the filter asks for, as a table; it is noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    _form, asked = _entries(request, on)
    titles = queries.titles_then(asked.order_by().values_list("unit", "issued_on").distinct())
    counts = dict(asked.order_by().values_list("unit").annotate(Count("pk")))
    org.export_list(
        action="register.export", rows=counts, form=form, by=signed_in(request), at=timezone.now()
    )
    header = [_("Số"), _("Ký hiệu"), _("Ngày"), _("Trích yếu"), _("Đơn vị")]

    def rows() -> Iterator[tables.Row]:
        for entry in asked.iterator(chunk_size=200):
            title = titles[entry.unit_id, entry.issued_on]
            yield [entry.number, entry.symbol, f"{entry.issued_on:%d/%m/%Y}", entry.subject, title]

    return tables.download(f"so-van-ban-di-{on:%Y%m%d}", form, header, rows())
