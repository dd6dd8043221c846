"""What can be asked about a draft while it is written: its text, who else is in it, what was written before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from dinhlang.archive.models import ArchivedDocument
from dinhlang.org.models import Person
from dinhlang.periods.identifier import BadPeriod, Period
from dinhlang.reports import editing
from dinhlang.reports.catalogue import figure_row
from dinhlang.reports.editing import Draft
from dinhlang.reports.models import Manuscript, ManuscriptChange, Presence, Report, ReportFigure
from dinhlang.reports.reuse import Earlier, sentences

# How long a person who said nothing more still counts as being there.
STILL_THERE = timedelta(seconds=60)
# Older documents than these few have been copied from by then, if ever.
_EARLIER_DOCUMENTS = 12
HISTORY_SHOWN = 60


def manuscript_of(report: Report) -> Manuscript | None:
    """The manuscript of a draft or issued report; one drafted before there were manuscripts has none."""
    return Manuscript.objects.filter(report=report).first()


def draft_in(manuscript: Manuscript) -> Draft:
    """The draft that is kept."""
    return editing.from_json(manuscript.state)


@dataclass(frozen=True, slots=True)
class Busy:
    """Someone else who has the draft open, and the piece they are in ('' for none)."""

    name: str
    key: str


def busy_in(report: Report, person: Person | None, at: datetime) -> list[Busy]:
    """Who else is in the draft right now."""
    rows = Presence.objects.filter(report=report, seen_at__gt=at - STILL_THERE).exclude(person=person)
    return [Busy(row.person.full_name, row.key) for row in rows.select_related("person").order_by("pk")]


def history_of(manuscript: Manuscript) -> list[ManuscriptChange]:
    """The latest steps, newest first."""
    return list(manuscript.changes.select_related("by").defer("patch")[:HISTORY_SHOWN])


# --- what the unit wrote before -------------------------------------------------------------------


def earlier_mark(report: Report) -> str:
    """What changes when there is another earlier text to compare with."""
    issued, archived = _issued_before(report), _archived(report)
    return f"{_last(issued)}/{_last(archived)}"


def _last(rows: Any) -> str:
    newest = rows.order_by("-pk").values_list("pk", flat=True).first()
    return f"{newest or 0}"


def earlier_texts(report: Report) -> list[Earlier]:
    """The sentences of the unit's earlier reports, issued here or taken in from outside, newest first."""
    found = [
        Earlier(f"{_year(one['period'])}", _year(one["period"]), tuple(_sentences(one["document"])))
        for one in (
            *_issued_before(report).values("period", "document")[:_EARLIER_DOCUMENTS],
            *_archived(report).values("period", "document")[:_EARLIER_DOCUMENTS],
        )
    ]
    # What was written this year is no old sentence: the half year's text stands in the nine months' report by right.
    before = report.window_to.year
    return sorted(
        (one for one in found if 0 < one.year < before and one.sentences), key=lambda one: -one.year
    )


def _issued_before(report: Report) -> Any:
    return (
        Report.objects.filter(unit=report.unit_id, programme=report.programme, status=Report.Status.ISSUED)
        .exclude(period=report.period)
        .filter(window_to__lt=report.window_to)
        .order_by("-window_to", "-pk")
    )


def _archived(report: Report) -> Any:
    return (
        ArchivedDocument.objects.filter(unit=report.unit_id, kind="bao-cao")
        .exclude(period__in=["", report.period])
        .order_by("-period", "-pk")
    )


def _year(period: str) -> int:
    try:
        return Period.parse(period).year
    except BadPeriod:
        return 0


def _sentences(document: dict[str, Any]) -> Iterator[str]:
    for block in _blocks(document):
        if block.get("type") == "paragraph" and block.get("role") in {"body", "item"}:
            yield from sentences("".join(run.get("text") or "" for run in block.get("runs") or []))


def _blocks(document: dict[str, Any]) -> Iterable[dict[str, Any]]:
    return document.get("body") or []


# --- one figure -----------------------------------------------------------------------------------


def figure_named(report: Report, name: str) -> ReportFigure | None:
    """A figure of a report by its anchor, or by the name it has in a draft's text, also before it is put in."""
    figures: QuerySet[ReportFigure] = report.figures.select_related("report__unit", "report__plan")
    found = figures.filter(anchor=name).first()
    if found is not None:
        return found
    manuscript = manuscript_of(report)
    known = manuscript.figures.get(name) if manuscript else None
    if known is None:
        return None
    row = figure_row(report, name, known, None)
    row.window_from, row.window_to = date.fromisoformat(known["from"]), date.fromisoformat(known["to"])
    return row
