"""The desk's side of what is open to all: which reports are, and in which words their lines are shown."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.forms import ListFilter
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    filtered,
    looking_of,
    page,
    query_without_page,
    readable_units,
    show_refusal,
    signed_in,
    slice_of,
    today,
    units_for,
)
from dinhlang.periods.identifier import Period
from dinhlang.portal.models import Publication
from dinhlang.portal.public import actions, forms, queries, rules
from dinhlang.portal.public.permissions import can_publish
from dinhlang.portal.public.views import address_of
from dinhlang.reports.models import Report
from dinhlang.reports.queries import reports_for
from dinhlang.work.models import Activity


def _issued(request: HttpRequest) -> QuerySet[Report]:
    """The issued reports the person may read."""
    return reports_for(request.user, today()).filter(status=Report.Status.ISSUED)


def _report(request: HttpRequest, pk: int) -> Report:
    return get_object_or_404(_issued(request), pk=pk)


def _asked(request: HttpRequest, on: date) -> tuple[ListFilter, QuerySet[Report]]:
    """The filter, and the issued reports that it asks for."""
    found = _issued(request).defer("document").order_by("-issued_on", "-pk")
    years = sorted({day.year for day in found.order_by().dates("issued_on", "year")}, reverse=True)
    form = ListFilter(request.GET or None, units=readable_units(request, on), years=years)
    return form, filtered(found, form, text="subject", year="issued_on__year")


def publication_list(request: HttpRequest) -> HttpResponse:
    """The issued reports, and which of them are open to all."""
    on = today()
    form, asked = _asked(request, on)
    shown = slice_of(request, asked)
    published = queries.published_by_report(report.pk for report in shown)
    names = org.titles_of({report.unit_id for report in shown}, on)
    return page(
        request,
        "portal/publications.html",
        _("Công khai"),
        rows=[
            (report, queries.number_of(report), names[report.unit_id], published.get(report.pk))
            for report in shown
        ],
        page=shown,
        query=query_without_page(request),
        form=form,
        may_manage=Permission.COLUMNS_MANAGE in looking_of(request).permissions,
        may_open=bool(units_for(request, Permission.REPORT_PUBLISH, on)),
    )


@require_POST
def publication_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The issued reports that the filter asks for and whether they are open, as a table; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    _form, asked = _asked(request, on)
    reports = list(asked)
    counts = Counter(report.unit_id for report in reports)
    export_list(action="publication.export", rows=counts, form=form, by=signed_in(request), at=timezone.now())
    published = queries.published_by_report(report.pk for report in reports)
    names = org.titles_of(set(counts), on)
    header = [
        _("Số"),
        _("Ngày ban hành"),
        _("Báo cáo"),
        _("Đơn vị"),
        _("Trạng thái"),
        _("Công khai lúc"),
        _("Đường dẫn"),
    ]
    rows = [
        [
            queries.number_of(report),
            f"{report.issued_on:%d/%m/%Y}",
            report.subject,
            names[report.unit_id],
            *_openness(request, published.get(report.pk)),
        ]
        for report in reports
    ]
    return tables.download(f"cong-khai-{on:%Y%m%d}", form, header, rows)


def _openness(request: HttpRequest, publication: Publication | None) -> tuple[str, str, str]:
    """Whether a report is open to all, since when, and where."""
    if publication is None:
        return _("Chưa công khai"), "", ""
    since = f"{timezone.localtime(publication.published_at):%H:%M %d/%m/%Y}"
    if not publication.is_open:
        return _("Đã gỡ"), since, ""
    return _("Đang công khai"), since, request.build_absolute_uri(address_of(publication))


def publication_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One issued report: open it, close it, and say how its lines are shown."""
    return _detail(request, _report(request, pk))


def _detail(
    request: HttpRequest,
    report: Report,
    publish: forms.PublishForm | None = None,
    withdraw: forms.WithdrawForm | None = None,
) -> HttpResponse:
    publication = queries.publication_of_report(report)
    every = request.GET.get("dong") == "tat-ca"
    rows, waiting = queries.rows_behind(report)
    shown = slice_of(request, rows if every else waiting)
    return page(
        request,
        "portal/publication.html",
        report.subject,
        crumbs=[(reverse("publications:list"), _("Công khai"))],
        report=report,
        number=queries.number_of(report),
        period=Period.parse(report.period).label,
        publication=publication,
        address=address_of(publication) if publication else "",
        passages=rules.passages(queries.document_of(report)),
        publish=publish or forms.PublishForm(unit=report.unit, initial=_said_before(publication)),
        withdraw=withdraw or forms.WithdrawForm(),
        may_publish=can_publish(signed_in(request), report.unit, today()),
        every=every,
        waiting=len(waiting),
        all=len(rows),
        page=shown,
        lines=[queries.proposed(row) for row in shown],
        query="dong=tat-ca&" if every else "",
    )


def _said_before(publication: Publication | None) -> dict[str, object]:
    """What was said when the report was open before."""
    if publication is None:
        return {}
    return {"note": publication.note} | ({"column": publication.column_id} if publication.column_id else {})


def _say_why(request: HttpRequest, report: Report, form: Form, reason: Refused) -> None:
    """Put the reason into the form, or above the page for whoever has no form to put it in."""
    if can_publish(signed_in(request), report.unit, today()):
        show_refusal(form, reason)
    else:
        messages.error(request, str(reason))


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the report to all."""
    report = _report(request, pk)
    form = forms.PublishForm(request.POST, unit=report.unit)
    if form.is_valid():
        try:
            actions.publish_report(
                report=report, by=signed_in(request), at=timezone.now(), **form.cleaned_data
            )
        except Refused as reason:
            _say_why(request, report, form, reason)
        else:
            messages.success(request, _("Đã công khai. Ai có địa chỉ cũng xem được báo cáo."))
            return redirect("publications:report", pk)
    return _detail(request, report, publish=form)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the report again."""
    report = _report(request, pk)
    publication = queries.publication_of_report(report)
    if publication is None:
        raise Http404
    form = forms.WithdrawForm(request.POST)
    if form.is_valid():
        try:
            actions.withdraw_report(
                publication=publication,
                reason=form.cleaned_data["reason"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            _say_why(request, report, form, reason)
        else:
            messages.success(request, _("Đã gỡ. Địa chỉ cũ nay chỉ cho biết ngày và lý do gỡ."))
            return redirect("publications:report", pk)
    return _detail(request, report, withdraw=form)


@require_POST
def decide(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Say how one line behind the report is shown. Only its own lines: another's is not there."""
    report = _report(request, pk)
    if line not in queries.behind(report):
        raise Http404
    activity = get_object_or_404(Activity.objects.filter(unit=report.unit), pk=line)
    try:
        actions.decide_wording(
            activity=activity,
            wording=request.POST.get("wording", ""),
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        messages.error(request, str(reason))
    if request.htmx:  # type: ignore[attr-defined]
        return render(
            request,
            "portal/wording_row.html",
            {"line": queries.proposed_line(activity), "report": report, "may_publish": True},
        )
    every = "?dong=tat-ca" if request.POST.get("dong") == "tat-ca" else ""
    return redirect(f"{reverse('publications:report', args=[pk])}{every}#noi-dung")
