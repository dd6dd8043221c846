"""How the web reaches reports."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dinhlang.officialdoc.write import html
from dinhlang.org import queries as org
from dinhlang.org.forms import ListFilter
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    filtered,
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
    visible_unit,
)
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window
from dinhlang.reports import actions, forms, queries, render
from dinhlang.reports.models import Report
from dinhlang.reports.sources import label_of
from dinhlang.work.concepts import CONCEPTS


def _crumb() -> tuple[str, str]:
    return reverse("reports:reports"), "Báo cáo"


def _report(request: HttpRequest, pk: int) -> Report:
    return get_object_or_404(queries.reports_for(request.user, today()), pk=pk)


def report_list(request: HttpRequest) -> HttpResponse:
    """The reports of the units the person may see, newest period first."""
    on = today()
    found = queries.reports_for(request.user, on).defer("document")
    periods = found.order_by().values_list("period", flat=True).distinct()
    years = sorted({Period.parse(one).year for one in periods}, reverse=True)
    form = ListFilter(request.GET or None, units=readable_units(request, on), years=years)
    shown = slice_of(request, filtered(found, form, text="subject", year="period__startswith"))
    return page(
        request,
        "reports/reports.html",
        "Báo cáo",
        rows=[
            (report, org.title_of(report.unit, report.window_to), Period.parse(report.period).label)
            for report in shown
        ],
        page=shown,
        query=query_without_page(request),
        form=form,
        may_draft=bool(units_for(request, Permission.REPORT_DRAFT, on)),
        outlines=units_for(request, Permission.OUTLINE_EDIT, on),
    )


def report_new(request: HttpRequest) -> HttpResponse:
    """Choose unit and period; the report is drafted at once."""
    on = today()
    units = units_for(request, Permission.REPORT_DRAFT, on)
    form = forms.DraftForm(posted(request)[0], units=units, on=on)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            report = actions.draft_report(
                unit=asked["unit"], period=asked["period"], by=signed_in(request), at=timezone.now()
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return redirect("reports:report", report.pk)
    return page(
        request, "reports/new.html", "Lập báo cáo", crumbs=[_crumb()], form=form, may_draft=bool(units)
    )


def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A report: the page as it will print, what is missing, its figures, what changed since."""
    on = today()
    report = _report(request, pk)
    is_draft = report.status == Report.Status.DRAFT
    return page(
        request,
        "reports/report.html",
        report.subject,
        crumbs=[_crumb()],
        report=report,
        unit_name=org.title_of(report.unit, report.window_to),
        period=Period.parse(report.period).label,
        window=Window(report.window_from, report.window_to).label,
        figures=[(figure, label_of(figure.concept)) for figure in report.figures.all()],
        drift=queries.drift(report),
        is_draft=is_draft,
        may_redraft=is_draft and may(request, Permission.REPORT_DRAFT, report.unit, on),
        may_issue=is_draft and may(request, Permission.REPORT_ISSUE, report.unit, on),
    )


@require_POST
def report_redraft(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft again from the ledger as it is now."""
    report = _report(request, pk)
    try:
        report = actions.draft_report(
            unit=report.unit,
            period=Period.parse(report.period),
            regime=report.regime,
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "Đã lập lại dự thảo từ sổ theo dõi.")
    return redirect("reports:report", report.pk)


def report_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the day, then give the report its number and close it."""
    on = today()
    report = _report(request, pk)
    form = forms.IssueForm(posted(request)[0], initial={"on": on})
    if request.method == "POST" and form.is_valid():
        try:
            report = actions.issue_report(
                report=report, on=form.cleaned_data["on"], by=signed_in(request), at=timezone.now()
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, f"Đã phát hành báo cáo số {report.number:02d}/{report.symbol}.")
            return redirect("reports:report", report.pk)
    return page(
        request,
        "reports/issue.html",
        "Phát hành báo cáo",
        crumbs=[_crumb(), (reverse("reports:report", args=[pk]), report.subject)],
        report=report,
        form=form,
    )


def report_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as a page of its own, for the frame in the middle and for printing."""
    answer = HttpResponse(html(render.document_of(_report(request, pk))))
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    )
    return answer


def report_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The report as .docx, .pdf or .json; an issued report gives the very files that were issued."""
    report = _report(request, pk)
    name = f"bao-cao-{report.unit_id}-{report.period}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if form == "json":
        return JsonResponse(
            queries.as_json(report), json_dumps_params={"ensure_ascii": False, "indent": 1}, headers=headers
        )
    made = render.docx(report) if form == "docx" else render.pdf(report)
    return HttpResponse(made, content_type=render.DOCX if form == "docx" else render.PDF, headers=headers)


def figure_detail(request: HttpRequest, pk: int, anchor: str) -> HttpResponse:
    """One figure of a report down to the lines it counts."""
    report = _report(request, pk)
    figure = get_object_or_404(report.figures.select_related("report__unit"), anchor=anchor)
    shown = slice_of(request, queries.lines_behind(figure))
    return page(
        request,
        "reports/figure.html",
        label_of(figure.concept),
        crumbs=[_crumb(), (reverse("reports:report", args=[pk]), report.subject)],
        figure=figure,
        window=Window(figure.window_from, figure.window_to).label,
        page=shown,
        query=query_without_page(request),
    )


def outline_edit(request: HttpRequest, unit_id: str) -> HttpResponse:
    """The unit's own text of its reports."""
    on = today()
    unit = visible_unit(request, unit_id, on)
    if not may(request, Permission.OUTLINE_EDIT, unit, on):
        raise Http404
    form = forms.OutlineForm(posted(request)[0], initial={"text": queries.outline_text(unit)})
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.save_outline(
                unit=unit, text=form.cleaned_data["text"], by=signed_in(request), at=timezone.now()
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(
                request, f"Đã lưu đề cương, bản {kept.version}. Các báo cáo lập sau sẽ theo bản này."
            )
            return redirect("reports:outline", unit.pk)
    return page(
        request,
        "reports/outline.html",
        f"Đề cương báo cáo của {org.title_of(unit, on)}",
        crumbs=[_crumb()],
        form=form,
        concepts=list(CONCEPTS.values()),
    )


def register(request: HttpRequest) -> HttpResponse:
    """The registers of outgoing documents the person may see."""
    on: date = today()
    shown = slice_of(request, queries.register_for(request.user, on))
    return page(
        request,
        "reports/register.html",
        "Sổ đăng ký văn bản đi",
        crumbs=[_crumb()],
        rows=[(entry, org.title_of(entry.unit, entry.issued_on)) for entry in shown],
        page=shown,
        query=query_without_page(request),
    )
