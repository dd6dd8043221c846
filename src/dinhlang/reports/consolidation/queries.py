"""What people may ask about consolidation: for which units, which periods, one unit's figure down to its lines."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from dinhlang.org import queries as org
from dinhlang.org.models import Person, Unit
from dinhlang.reports.consolidation.rules import ranked
from dinhlang.reports.consolidation.taken import Figure, Taken
from dinhlang.reports.consolidation.words import day_in_words
from dinhlang.reports.models import Obligation, Request, SubmittedFigure
from dinhlang.reports.sources import CHILDREN
from dinhlang.work.concepts import CONCEPTS
from dinhlang.work.models import Activity


def upper_units(readable: Collection[str], on: date) -> list[Unit]:
    """The units among these, or of which these are departments, that reports of a programme are owed to, or that gave
    out requests."""
    owed = Obligation.objects.filter(request=None, recipient__in=readable)
    gathered = gathered_requests(readable).values("unit")
    to = Unit.objects.filter(Q(pk__in=owed.values("recipient")) | Q(pk__in=gathered))
    return sorted({org.body_of(unit, on) for unit in to}, key=lambda unit: unit.pk)


def owed_to_any(readable: Collection[str]) -> bool:
    """Whether reports are owed to any of these units, or answers to what they asked."""
    owed = Obligation.objects.filter(request=None, recipient__in=readable)
    return owed.exists() or gathered_requests(readable).exists()


def gathered_requests(readable: Collection[str]) -> QuerySet[Request]:
    """The letters that these units gave out to others, newest first: their answers can be taken together."""
    to_others = (
        Obligation.objects.filter(request=OuterRef("pk")).exclude(unit=OuterRef("unit")).exclude(period="")
    )
    found: QuerySet[Request] = Request.objects.filter(
        Exists(to_others), unit__in=readable, state=Request.State.CONFIRMED
    )
    return found.order_by("-pk")


def figures_for(person: Person | AnonymousUser | None, on: date) -> QuerySet[SubmittedFigure]:
    """The submitted figures that the person may read: those of their units, and those handed to their units."""
    units = org.visible_units(person, on)
    seen: QuerySet[SubmittedFigure] = SubmittedFigure.objects.filter(
        Q(submission__obligation__unit__in=units) | Q(submission__recipient__in=units)
    )
    return seen.select_related("submission__obligation__unit", "submission__recipient", "submission__report")


@dataclass(frozen=True, slots=True)
class Behind:
    """A line behind a submitted figure: as it travelled, and the line of the ledger here, where there is one."""

    stated: dict[str, Any]
    line: Activity | None
    is_intact: bool

    @property
    def day(self) -> str:
        return day_in_words(str(self.stated.get("on") or ""))


def lines_behind(figure: SubmittedFigure, visible: QuerySet[Unit]) -> list[Behind]:
    """The lines behind a figure in the order in which they were handed in; a line here only for who may read it."""
    if figure.origin == CHILDREN:
        return []
    stated = [one for one in figure.evidence if isinstance(one, dict)]
    unit = figure.submission.obligation.unit_id
    ids = [one["id"] for one in stated if isinstance(one.get("id"), int)]
    found: dict[int, Activity] = {}
    # Ids of another installation's ledger may be those of other lines here.
    if figure.submission.report_id is not None:
        rows = Activity.objects.filter(pk__in=ids, unit=unit).filter(unit__in=visible)
        found = {row.pk: row for row in rows.prefetch_related("evidence__blob__picture")}
    return [_behind(one, found.get(one.get("id", 0))) for one in stated]


def _behind(stated: dict[str, Any], line: Activity | None) -> Behind:
    return Behind(stated, line, line is None or line.line_hash == stated.get("hash"))


@dataclass(frozen=True, slots=True)
class Below:
    """A unit behind a submitted figure that was itself taken together, with the figure it stated."""

    unit: str
    name: str
    figure: SubmittedFigure | None
    value: str


def units_behind(figure: SubmittedFigure) -> list[Below]:
    """The units behind a consolidated figure that was handed in: known for a report that was written here."""
    if figure.origin != CHILDREN or figure.submission.report is None:
        return []
    pinned = figure.submission.report.figures.filter(anchor=figure.anchor).first()
    stated = pinned.evidence if pinned else []
    names = org.titles_of([one["unit"] for one in stated], figure.window_to)
    rows = SubmittedFigure.objects.filter(
        submission__in=[one["submission"] for one in stated if one["submission"]], concept=figure.concept
    )
    by_submission = {row.submission_id: row for row in rows.order_by("-pk").defer("evidence")}
    return [
        Below(
            one["unit"],
            names[one["unit"]],
            by_submission.get(one["submission"] or 0),
            f"{one['exactness']} {one['value'] or '…'}".strip(),
        )
        for one in stated
    ]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the table: its figures by concept, its place where places were asked for."""

    unit: str
    name: str
    figures: tuple[Figure | None, ...]
    is_nil: bool
    is_unaccepted: bool
    place: int | None = None


def unit_rows(taken: Taken, concepts: Collection[str], by: str = "") -> list[UnitRow]:
    """A row for each unit that is counted, by name; with `by` in the order of that concept, greatest first."""
    places: dict[str, int] = {}
    order = taken.counted
    if by:
        stated = taken.figures.get(by, {})
        values = {unit: stated[unit].value if unit in stated else None for unit in order}
        places = {unit: place for place, unit in ranked(values)}
        order = sorted(order, key=lambda unit: places.get(unit, len(order) + 1))
    return [
        UnitRow(
            unit,
            taken.names[unit],
            tuple(taken.figures.get(concept, {}).get(unit) for concept in concepts),
            unit in taken.coverage.nil,
            unit in taken.coverage.unaccepted,
            places.get(unit),
        )
        for unit in order
    ]


def known_concepts(taken: Taken) -> list[str]:
    """The concepts of which any unit gave a figure, in the order of the registry."""
    return [one for one in CONCEPTS if one in taken.figures or one in taken.own]
