"""The figures a draft may show: what stood behind each when the ledger was last read, kept beside the draft as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from dinhlang.reports.drafting import Drafting
from dinhlang.reports.models import Report, ReportFigure
from dinhlang.reports.outline import Cell
from dinhlang.reports.rules import LINES
from dinhlang.reports.sources import Stated
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN, PARTS_ONLY
from dinhlang.work.models import ActivityKind

Entry = dict[str, Any]

_SAID = tuple(one for one in CONCEPTS if one not in PARTS_ONLY)


def catalogue(drafting: Drafting) -> dict[str, Entry]:
    """Every figure that can stand in this draft, by the name it has in the text.

    Of this period all, known or not; of earlier periods and of lines by kind those that are known.
    """
    found = {concept: drafting.sources.stated(concept) for concept in _SAID}
    for which in ("same", "previous"):
        for concept in _SAID:
            if concept not in FROM_PLAN and drafting.known(concept, which):
                found[f"{concept}_{which}"] = drafting.sources.stated(concept, which)
    counts = drafting.sources.lines.by_kind
    for kind in ActivityKind:
        if counts.get(kind):
            found[f"lines_{kind.value}"] = drafting.sources.stated(LINES + kind)
    for anchor, stated in drafting.placed.items():
        found[drafting.marks.figures[anchor]] = stated
    return {name: entry(stated) for name, stated in found.items()}


def entry(stated: Stated) -> Entry:
    """A figure and what stands behind it, ready for JSON."""
    return {
        "concept": stated.concept,
        "from": stated.window.start.isoformat(),
        "to": stated.window.end.isoformat(),
        "value": None if stated.value is None else str(stated.value),
        "numerator": stated.numerator,
        "denominator": stated.denominator,
        "exactness": stated.exactness,
        "printed": stated.printed,
        "origin": stated.origin,
        "lines": stated.lines,
        "digest": stated.digest,
        "quote": asdict(stated.quote) if stated.quote else None,
    }


def printed(figures: Mapping[str, Entry]) -> dict[str, str]:
    """How each figure is printed."""
    return {name: one["printed"] for name, one in figures.items()}


def figure_row(report: Report, anchor: str, one: Entry, cell: Cell | None) -> ReportFigure:
    """The row of a figure that stands in the document."""
    return ReportFigure(
        report=report,
        anchor=anchor,
        concept=one["concept"],
        window_from=one["from"],
        window_to=one["to"],
        value=None if one["value"] is None else Decimal(one["value"]),
        numerator=one["numerator"],
        denominator=one["denominator"],
        exactness=one["exactness"],
        printed=one["printed"],
        origin=one["origin"],
        lines=one["lines"],
        digest=one["digest"],
        evidence=[one["quote"]] if one["quote"] else [],
        cell=[cell.table, cell.row, cell.column] if cell else None,
    )
