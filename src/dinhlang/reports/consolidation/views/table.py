"""The table of a period: units by concepts, a chart, an order by choice; as files; the draft it becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.officialdoc import write
from dinhlang.officialdoc.model import Document
from dinhlang.org import actions as org_actions
from dinhlang.org import charts, tables
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import may, page, signed_in, slice_of, today
from dinhlang.reports import render
from dinhlang.reports.consolidation import actions
from dinhlang.reports.consolidation.asked import Asked, asked
from dinhlang.reports.consolidation.drawing import main_concepts
from dinhlang.reports.consolidation.past import outliers
from dinhlang.reports.consolidation.proposing import groups_of
from dinhlang.reports.consolidation.queries import UnitRow, known_concepts, unit_rows
from dinhlang.reports.consolidation.sheet import document_of
from dinhlang.reports.consolidation.taken import Taken
from dinhlang.reports.consolidation.words import day_in_words, unusual_in_words
from dinhlang.reports.models import Report
from dinhlang.reports.rules import printed_value
from dinhlang.reports.sources import label_of
from dinhlang.reports.views.found import list_crumb
from dinhlang.work.concepts import CONCEPTS

_WRITTEN: Mapping[str, tuple[str, Callable[[Document], bytes]]] = {
    "docx": (render.DOCX, write.docx),
    "pdf": (render.PDF, write.pdf),
}
_MOST_TOLD = 20
_MOST_PROPOSALS = 30


def consolidation_crumb() -> tuple[str, str]:
    """The way back to the table."""
    return reverse("reports:consolidation"), _("Tổng hợp")


def consolidation(request: HttpRequest) -> HttpResponse:
    """What the units below reported of a period, taken together."""
    found = asked(request)
    return page(
        request,
        "reports/consolidation/table.html",
        _("Tổng hợp báo cáo"),
        crumbs=[list_crumb()],
        asked=found,
        **(_shown(request, found, found.taken) if found.taken else {"taken": None}),
    )


def _shown(request: HttpRequest, found: Asked, taken: Taken) -> dict[str, Any]:
    concepts = main_concepts(taken, (found.order, found.chart))
    rows = unit_rows(taken, concepts, found.order)
    shown = slice_of(request, rows)
    on = today()
    return {
        "taken": taken,
        "page": shown,
        "query": found.query,
        "columns": [(one, label_of(one), CONCEPTS[one].unit, told_sum(taken, one)) for one in concepts],
        "rows": [(row, list(zip(map(label_of, concepts), row.figures, strict=True))) for row in shown],
        "missing": [capfirst(taken.names[one]) for one in taken.order if one in taken.coverage.missing],
        "unusual": [unusual_in_words(one, taken) for one in outliers(taken)[:_MOST_TOLD]],
        "events": events_of(taken),
        "groups": [
            (one, [capfirst(taken.names[unit]) for unit in taken.order if unit in one.units])
            for one in groups_of(taken)[:_MOST_PROPOSALS]
        ],
        "chart": _chart(taken, found.chart, list(shown)) if found.chart else "",
        "chart_title": label_of(found.chart) if found.chart else "",
        "reports": Report.objects.filter(
            unit=taken.unit, programme=taken.programme, period=str(taken.period)
        ).order_by("-pk"),
        "may_draft": may(request, Permission.REPORT_DRAFT, taken.unit, on),
    }


def told_sum(taken: Taken, concept: str) -> str:
    """The figure over all units as it is shown: 'hơn 30', '98,2'; '…' when nobody knows it."""
    value = taken.value(concept)
    return "…" if value is None else f"{taken.exactness(concept)} {printed_value(value)}".strip()


def events_of(taken: Taken) -> list[dict[str, Any]]:
    """The events that several units reported: what each counted, what stands, what was taken off."""
    found = []
    for concept in known_concepts(taken):
        for event in taken.sum_of(concept).events():
            by_unit = event.by_unit(concept)
            if any(by_unit.values()):
                found.append(
                    {
                        "label": label_of(concept),
                        "on": day_in_words(event.keys[0].partition(":")[0]),
                        "units": [(capfirst(taken.names[one]), by_unit[one]) for one in event.units],
                        "counted": event.counted(concept),
                        "doubled": event.doubled(concept),
                        "keys": event.keys,
                        "is_apart": set(event.keys) <= taken.apart,
                    }
                )
    return found


def _chart(taken: Taken, concept: str, rows: Sequence[UnitRow]) -> SafeString:
    """The units on this page of the table, a bar each."""
    stated = taken.figures.get(concept, {})
    bars = [
        charts.Bar(capfirst(row.name), stated[row.unit].value if row.unit in stated else None) for row in rows
    ]
    label = label_of(concept)
    told = _("%(label)s của từng đơn vị, %(period)s.") % {"label": label, "period": taken.period.label}
    return mark_safe(charts.lying(label, told, bars, name="units"))  # noqa: S308 - drawn by our own templates, escaped


@require_POST
def consolidation_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The table with every concept that is known, as a file; it is noted in the audit."""
    if form not in (*tables.FORMS, *_WRITTEN):
        raise Http404
    found = asked(request)
    if found.taken is None or found.unit is None:
        raise Http404
    taken = found.taken
    concepts = known_concepts(taken)
    org_actions.export_list(
        action="report.consolidation-export",
        rows={found.unit.pk: len(taken.counted)},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    name = f"tong-hop-{taken.programme}-{taken.period}"
    if form in _WRITTEN:
        media_type, make = _WRITTEN[form]
        written = make(document_of(taken, found.order, today()))
        headers = {
            "Content-Disposition": f'attachment; filename="{name}.{form}"',
            "Cache-Control": "no-store",
        }
        return HttpResponse(written, content_type=media_type, headers=headers)
    header = [
        _("Mã đơn vị"),
        _("Đơn vị"),
        _("Tình trạng"),
        *(f"{label_of(one)} ({CONCEPTS[one].unit})" for one in concepts),
    ]
    return tables.download(name, form, header, _lines(taken, concepts, found.order))


def _lines(taken: Taken, concepts: Sequence[str], order: str) -> Iterator[tables.Row]:
    for row in unit_rows(taken, concepts, order):
        state = (
            _("không phát sinh")
            if row.is_nil
            else _("chưa chấp nhận")
            if row.is_unaccepted
            else _("đã chấp nhận")
        )
        yield [row.unit, capfirst(row.name), state, *(_cell(one, is_nil=row.is_nil) for one in row.figures)]
    for unit in taken.order:
        if unit in taken.coverage.missing:
            yield [unit, capfirst(taken.names[unit]), _("chưa nộp"), *("" for _one in concepts)]
    if taken.own:
        own = (_cell(taken.own.get(one), is_nil=False) for one in concepts)
        yield [taken.unit.pk, capfirst(taken.names[taken.unit.pk]), _("trực tiếp thực hiện"), *own]
    sums = (_counted(taken.value(one), taken.exactness(one)) for one in concepts)
    yield ["", taken.sentence, _("tổng hợp"), *sums]


def _cell(figure: Any, *, is_nil: bool) -> str | int:
    if figure is None or figure.value is None:
        return 0 if is_nil else ""
    return _counted(figure.value, figure.exactness)


def _counted(value: int | float | None, exactness: str) -> str | int:
    """A number where it is one, for programs that add; words where it is only about right or a share."""
    if isinstance(value, int) and not exactness:
        return value
    return "" if value is None else f"{exactness} {printed_value(value)}".strip()


@require_POST
def consolidate(request: HttpRequest) -> HttpResponse:
    """Draft the report from what counts now."""
    found = asked(request)
    if found.unit is None or found.programme is None or found.period is None:
        raise Http404
    try:
        report = actions.consolidate(
            unit=found.unit,
            programme=found.programme.pk,
            period=found.period,
            with_received=found.with_received,
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect(f"{reverse('reports:consolidation')}?{found.query}")
    messages.success(request, _("Đã lập dự thảo tổng hợp. Số liệu ghim vào bản báo cáo của từng đơn vị."))
    return redirect("reports:report", report.pk)
