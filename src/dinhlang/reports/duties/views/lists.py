"""What is owed as a list, and as a table of periods by units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import actions as org_actions
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission
from dinhlang.org.views import (
    filtered,
    looking_of,
    page,
    query_without_page,
    readable_units,
    signed_in,
    slice_of,
    today,
    visible_unit,
)
from dinhlang.periods.identifier import Period
from dinhlang.reports.duties import forms, queries
from dinhlang.reports.duties.queries import Rows, Shown, Table
from dinhlang.reports.duties.rules import State
from dinhlang.reports.models import Obligation, Programme, ReportFigure, ReportQuality
from dinhlang.reports.sources import label_of
from dinhlang.reports.views.found import list_crumb
from dinhlang.vietnamese.numbers import printed

_OWED = [state for state in State if state.is_owed]


def _asked(request: HttpRequest, on: date) -> tuple[forms.DutyFilter, Rows]:
    """The filter, and the obligations that it asks for, earliest deadline first."""
    readable = looking_of(request).readable_ids
    rows = Obligation.objects.filter(unit__in=readable).select_related("unit", "programme", "request")
    years = [day.year for day in rows.order_by().dates("due_on", "year", order="DESC")]
    form = forms.DutyFilter(request.GET or None, units=readable_units(request, on), years=years)
    asked = queries.with_standing(filtered(rows, form, text="subject", year="due_on__year"), on)
    if programme := form.asked.get("programme"):
        asked = asked.filter(programme=programme)
    if form.standing == forms.ASKED:
        asked = asked.filter(has_asked=True)
    elif form.standing == forms.OWED:
        asked = queries.in_state(asked, _OWED, on)
    elif form.standing != forms.EVERY:
        asked = queries.in_state(asked, [State(form.standing)], on)
    return form, asked.order_by("limit", "unit", "pk")


def duties(request: HttpRequest) -> HttpResponse:
    """The reports that the person's units owe; unasked those that are still to come."""
    on = today()
    form, asked = _asked(request, on)
    shown = slice_of(request, asked)
    titles = org.titles_of({row.unit_id for row in shown}, on)
    looking = looking_of(request)
    return page(
        request,
        "reports/duties/list.html",
        _("Báo cáo phải nộp"),
        crumbs=[list_crumb()],
        rows=[(queries.shown(row, on), capfirst(titles[row.unit_id])) for row in shown],
        page=shown,
        query=query_without_page(request),
        form=form,
        on=on,
        may_draft=Permission.REPORT_DRAFT in looking.permissions,
        may_take=bool(looking.permissions & {Permission.REPORT_DRAFT, Permission.DUTY_ASSIGN}),
        has_several=len(titles) > 1 or "unit" in form.fields,
    )


@require_POST
def duties_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """What the filter asks for, as a table; it is noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    _form, asked = _asked(request, on)
    found = [queries.shown(row, on) for row in asked]
    counts = Counter(one.row.unit_id for one in found)
    org_actions.export_list(
        action="duty.export", rows=counts, form=form, by=signed_in(request), at=timezone.now()
    )
    titles = org.titles_of(counts, on)
    header = [
        _("Báo cáo"),
        _("Mã đơn vị"),
        _("Đơn vị"),
        _("Kỳ"),
        _("Số liệu từ"),
        _("Số liệu đến"),
        _("Hạn gửi"),
        _("Hạn sau khi lùi"),
        _("Nơi nhận"),
        _("Trạng thái"),
        _("Ngày nộp"),
        _("Vì sao hẹn ngày này"),
    ]
    name = f"bao-cao-phai-nop-{on:%Y%m%d}"
    return tables.download(name, form, header, (_row(one, titles[one.row.unit_id]) for one in found))


def _row(one: Shown, unit: str) -> list[str]:
    row = one.row
    return [
        row.subject,
        row.unit_id,
        unit,
        Period.parse(row.period).label if row.period else "",
        _day(row.window_from),
        _day(row.window_to),
        _day(row.due_on),
        _day(one.limit) if one.limit != row.due_on else "",
        row.recipient_name,
        one.label,
        _day(one.done_on),
        " ".join([*row.why, row.released_why]).strip(),
    ]


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


# --- periods by units -----------------------------------------------------------------------------


def _table(request: HttpRequest) -> tuple[forms.TableFilter, Table, date, Programme | None]:
    """What was asked for: the table of a programme and a year as of a day; the first programme and this year unasked."""
    readable = looking_of(request).readable_ids
    every: QuerySet[Obligation] = Obligation.objects.filter(unit__in=readable, request=None)
    periods = every.order_by().values_list("period", flat=True).distinct()
    years = sorted({Period.parse(one).year for one in periods} | {today().year}, reverse=True)
    form = forms.TableFilter(request.GET or None, years=years)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    on = asked.get("on") or today()
    programme = Programme.objects.filter(pk=asked.get("programme")).first() or Programme.objects.first()
    year = asked.get("year") or str(today().year)
    if not form.is_bound:
        form.initial = {"programme": programme.pk if programme else "", "year": year, "on": on}
    rows = every.filter(programme=programme, period__startswith=year)
    return form, queries.table(rows, _names(rows, on), on), on, programme


def _names(rows: QuerySet[Obligation], on: date) -> dict[str, str]:
    """Names by id; where two units are called alike, with what tells them apart."""
    names = org.titles_of(rows.order_by().values_list("unit_id", flat=True).distinct(), on)
    often = Counter(names.values())
    codes = dict(
        Unit.objects.filter(pk__in=[one for one, name in names.items() if often[name] > 1]).values_list(
            "pk", "official_code"
        )
    )
    return {
        one: capfirst(name) + (f" ({codes[one] or one})" if one in codes else "")
        for one, name in names.items()
    }


def duty_table(request: HttpRequest) -> HttpResponse:
    """Who owes, who is late and who was in time, unit by unit and period by period."""
    form, found, on, programme = _table(request)
    shown = slice_of(request, list(found.lines))
    return page(
        request,
        "reports/duties/table.html",
        _("Theo dõi báo cáo theo kỳ"),
        crumbs=[list_crumb(), duties_crumb()],
        form=form,
        table=found,
        lines=[(line, list(zip(found.periods, line.cells, strict=True))) for line in shown],
        page=shown,
        columns=list(zip(found.periods, found.rates, strict=True)),
        on=on,
        programme=programme,
        query=query_without_page(request),
    )


def duty_quality(request: HttpRequest, unit_id: str) -> HttpResponse:
    """What stands behind the quality of a unit's reports in the table: report by report."""
    unit = visible_unit(request, unit_id, today())
    _form, found, on, programme = _table(request)
    line = next((one for one in found.lines if one.unit_id == unit.pk), None)
    cells = [one for one in line.cells if one] if line else []
    known = queries.qualities(cells)
    reports = [one.issued_id for one in cells if one.issued_id]
    told = dict(ReportQuality.objects.filter(report__in=reports).values_list("report", "told"))
    figures = ReportFigure.objects.filter(report__in=reports).values_list("report", "anchor", "concept")
    labels = {(report, anchor): label_of(concept) for report, anchor, concept in figures}

    def bare_of(report: int | None) -> list[tuple[str, str, str]]:
        """(anchor, what it counts, as printed) of the figures without evidence."""
        shown = told.get(report or 0, {}).get("bare", ())
        return [(anchor, labels.get((report or 0, anchor), anchor), printed) for anchor, printed in shown]

    return page(
        request,
        "reports/duties/quality.html",
        _("Chất lượng báo cáo: %(unit)s") % {"unit": capfirst(org.title_of(unit, on))},
        crumbs=[list_crumb(), duties_crumb(), (reverse("reports:duty-table"), _("Theo dõi báo cáo theo kỳ"))],
        rows=[
            (one, known.get(one.row.pk), told.get(one.issued_id or 0, {}), bare_of(one.issued_id))
            for one in cells
        ],
        on=on,
        programme=programme,
    )


@require_POST
def duty_table_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The table as a file: a line for each unit, a column for each period; it is noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    _form, found, on, programme = _table(request)
    org_actions.export_list(
        action="duty.export",
        rows={line.unit_id: sum(cell is not None for cell in line.cells) for line in found.lines},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    header = [
        _("Mã đơn vị"),
        _("Đơn vị"),
        *(capfirst(period.label) for period in found.periods),
        _("Phải nộp"),
        _("Đã nộp"),
        _("Đúng hạn"),
        _("Tỷ lệ đầy đủ (%)"),
        _("Tỷ lệ đúng hạn (%)"),
        _("Số liệu"),
        _("Số liệu có minh chứng (%)"),
        _("Chép từ kỳ trước (%)"),
        _("Điều cần sửa mỗi báo cáo"),
    ]
    name = f"theo-doi-{programme.pk if programme else 'bao-cao'}-{on:%Y%m%d}"
    return tables.download(name, form, header, _lines(found))


def _lines(found: Table) -> Iterator[tables.Row]:
    for line in found.lines:
        cells = [f"{cell.label} {_day(cell.done_on)}".strip() if cell else "" for cell in line.cells]
        yield [line.unit_id, line.name, *cells, *_rate(line.rate), *_quality(line.quality)]
    blank = [""] * len(found.periods)
    yield ["", _("Tất cả"), *blank, *_rate(found.rate), *_quality(found.quality)]


def _rate(rate: queries.Rate) -> list[str | int]:
    shares = ["" if share is None else printed(float(share)) for share in (rate.complete, rate.timely)]
    return [rate.owed, rate.sent, rate.in_time, *shares]


def _quality(quality: queries.Quality) -> list[str | int]:
    shares = (quality.evidence_share, quality.copied_share, quality.findings_each)
    return [quality.figures, *("" if share is None else printed(float(share)) for share in shares)]


def duties_crumb() -> tuple[str, str]:
    """The way back to the list of what is owed."""
    return reverse("reports:duties"), _("Báo cáo phải nộp")
