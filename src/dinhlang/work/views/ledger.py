"""The ledger as pages: list, export, one line, reversing it."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
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
from dinhlang.periods.window import Window
from dinhlang.work import actions, forms, permissions, queries
from dinhlang.work.concepts import CONCEPTS
from dinhlang.work.models import Activity, ActivityKind
from dinhlang.work.rules import is_fresh

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


def ledger_crumb() -> tuple[str, str]:
    return reverse("work:ledger"), "Sổ theo dõi"


def _asked_of_ledger(request: HttpRequest, on: date) -> tuple[forms.LedgerFilter, Unit | None, Any]:
    """The filter, the unit it is about, and the lines that pass it."""
    units = readable_units(request, on)
    form = forms.LedgerFilter(request.GET or None, units=units)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    unit_id = asked.get("unit") or next(iter(units), None)
    if unit_id is None:
        return form, None, Activity.objects.none()
    unit = visible_unit(request, unit_id, on)
    window = None
    if asked.get("start") or asked.get("end"):
        window = Window(asked.get("start") or FIRST_DAY, asked.get("end") or LAST_DAY)
    lines = queries.ledger(
        unit,
        window,
        kind=asked.get("kind") or None,
        text=asked.get("q", ""),
        standing=queries.Standing(asked["state"]) if asked.get("state") else None,
    )
    return form, unit, lines


def ledger(request: HttpRequest) -> HttpResponse:
    """One unit's ledger: filter, list, totals."""
    on = today()
    form, unit, lines = _asked_of_ledger(request, on)
    shown = slice_of(request, lines)
    return page(
        request,
        "work/ledger.html",
        "Sổ theo dõi",
        form=form,
        unit_name=org.title_of(unit, on) if unit else "",
        rows=[(line, _counts(line)) for line in shown],
        page=shown,
        totals=queries.totals(lines) if unit else [],
        query=query_without_page(request),
        query_string=request.GET.urlencode(),
        may_record=bool(units_for(request, Permission.ACTIVITY_RECORD, on)),
        may_import=bool(units_for(request, Permission.ACTIVITY_IMPORT, on)),
    )


def _counts(line: Activity) -> list[tuple[str, str, int, str]]:
    """(label, exactness word, value, unit word) of each counter of a line."""
    return [
        (CONCEPTS[concept].label, count.exactness, count.value, CONCEPTS[concept].unit)
        for concept, count in queries.counts_of(line).items()
    ]


class _Echo:
    """Gives each row back to be sent on, so that a long export never lies in memory."""

    def write(self, row: str) -> str:
        return row


def ledger_export(request: HttpRequest) -> StreamingHttpResponse:
    """The filtered lines as a table for Excel (CSV, UTF-8 with the mark Excel looks for)."""
    on = today()
    _, unit, lines = _asked_of_ledger(request, on)
    header = ["Ngày", "Loại", "Nội dung", "Số lượng", "Nhiệm vụ", "Minh chứng", "Trạng thái", "Lý do hủy"]
    writer = csv.writer(_Echo())

    def rows() -> Any:
        yield "\ufeff" + writer.writerow(header)
        for line in lines.iterator(chunk_size=500):
            yield writer.writerow([_safe_cell(cell) for cell in _export_row(line)])

    name = f"so-theo-doi-{unit.pk if unit else 'trong'}-{on:%Y%m%d}.csv"
    return StreamingHttpResponse(
        rows(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _export_row(line: Activity) -> list[str]:
    reversal = getattr(line, "reversal", None)
    return [
        f"{line.happened_on:%d/%m/%Y}",
        ActivityKind(line.kind).label,
        line.title,
        "; ".join(
            " ".join(part for part in (label + ":", exactness, str(value), word) if part)
            for label, exactness, value, word in _counts(line)
        ),
        line.task.text if line.task else "",
        str(len(line.evidence.all())),
        "đã hủy" if reversal else "đang tính",
        reversal.reason if reversal else "",
    ]


def _safe_cell(text: str) -> str:
    """A cell that a spreadsheet will not take for a formula."""
    return "'" + text if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def activity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One line with its evidence, and bringing more evidence."""
    on = today()
    line = get_object_or_404(
        queries.activities_for(request.user, on).select_related(
            "unit", "task__plan", "reversal__by", "recorded_by"
        ),
        pk=pk,
    )
    reversal = getattr(line, "reversal", None)
    form = forms.EvidenceForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                for given in form.evidence():
                    actions.add_evidence(
                        activity=line, evidence=given, by=signed_in(request), at=timezone.now()
                    )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, "Đã thêm minh chứng.")
            return redirect("work:activity", line.pk)
    return page(
        request,
        "work/activity.html",
        line.title,
        crumbs=[ledger_crumb()],
        line=line,
        unit_name=org.title_of(line.unit, line.happened_on),
        counts=_counts(line),
        evidence=line.evidence.select_related("blob__picture"),
        reversal=reversal,
        successor=line.successors.first() if reversal else None,
        may_undo=reversal is None
        and line.recorded_by_id == request.user.pk
        and is_fresh(line.recorded_at, timezone.now())
        and permissions.can_undo(signed_in(request), line, timezone.now()),
        form=form,
        may_add=may(request, Permission.ACTIVITY_RECORD, line.unit, on),
        may_reverse=may(request, Permission.ACTIVITY_REVERSE, line.unit, on),
    )


def activity_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then take the line out of the count."""
    line = get_object_or_404(queries.activities_for(request.user, today()), pk=pk)
    form = forms.ReversalForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            actions.reverse_activity(
                activity=line, reason=form.cleaned_data["reason"], by=signed_in(request), at=timezone.now()
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, "Đã hủy ghi. Dòng này không còn được tính.")
            return redirect("work:activity", line.pk)
    return page(
        request,
        "work/reverse.html",
        "Hủy ghi",
        crumbs=[ledger_crumb(), (reverse("work:activity", args=[line.pk]), line.title)],
        line=line,
        form=form,
    )
