"""Figures of a level and of the units under it, in any window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from django.db import connection
from django.db.models import Value

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.periods.window import Window
from dinhlang.work import rules as line_rules
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN, STOCKS
from dinhlang.work.models import DailyFact, Exactness, FoldChange, PeriodSums, SummedUnder, SumsBelow, SumTurn
from dinhlang.work.rollup.places import PLACE
from dinhlang.work.rollup.rules import (
    Pieces,
    Placement,
    Timeline,
    chain,
    pieces,
    stays_under,
    timelines,
    to_the_end_of_months,
    whole_year,
)
from dinhlang.work.rollup.sums import PARTS, Sums, add_fact, minus, nothing, parts_of, plus, unpacked

_PLACEMENT = ("unit_id", "parent_id", "starts_on", "ends_on")
# Those that add up from lines, and the shares of such; the plan's own figures are each unit's, stocks a day's.
SUMMED = tuple(concept for concept in CONCEPTS if concept not in FROM_PLAN | STOCKS)
# The first names the columns of the answer, and their types.
_UNDER = "SELECT unit_id FROM work_summedunder WHERE parent_id = %s"
_PLACED = "SELECT unit_id, parent_id, starts_on, ends_on, '' AS bucket, NULL AS sums FROM work_summedunder WHERE unit_id IN"
_STORED = "SELECT unit_id, NULL, NULL, NULL, bucket, sums FROM work_periodsums WHERE bucket IN"
_ALL_YEARS = [
    whole_year(year) for year in range(line_rules.EARLIEST_DAY.year, line_rules.EARLIEST_DAY.year + 100)
]


class Figure(NamedTuple):
    """One figure of a level. `value` is None when nothing is known; a share has its two counts.

    `exactness` is the word to print before it: 'khoảng' when any line behind it is inexact.
    """

    value: int | float | None
    exactness: str = ""
    lines: int = 0
    unevidenced_lines: int = 0
    numerator: int | None = None
    denominator: int | None = None


NO_FIGURE = Figure(None)
Figures = dict[str, Figure]


@dataclass(frozen=True)
class Row:
    """A unit in a table. `window` is the part of the window in which it stood there.

    Figures are made when they are looked at: a page shows 50 units of a table.
    """

    unit_id: str
    title: str
    window: Window
    concepts: tuple[str, ...]
    sums: Sums

    @cached_property
    def figures(self) -> Figures:
        """Those of which anything is known."""
        return _figures(self.sums, self.concepts)

    def figure(self, concept: str) -> Figure:
        """One of them."""
        return _figure(concept, self.sums)


@dataclass(frozen=True, slots=True)
class Table:
    """A unit, what is written in its own name, and the units that stood under it: rows and own lines make the total."""

    unit: Unit
    title: str
    window: Window
    concepts: tuple[str, ...]
    total: Figures
    own: Figures
    rows: list[Row] = field(default_factory=list)


def table(unit: Unit, window: Window, concepts: Sequence[str] = SUMMED) -> Table:
    """A level in a window: all of it, and by the units that stood under it on days of the window.

    A unit that moved stands in the table with the days on which it stood there. In the order of names.
    """
    whole, below = numbers(unit.pk, window)
    titles = org.titles_of({unit.pk, *(child for child, _clip, _sums in below)}, window.end)
    shown = tuple(concepts)
    rows = [Row(child, titles[child], clip, shown, sums) for child, clip, sums in below]
    rows.sort(key=lambda row: (_by_name(row.title), row.window.start))
    own = whole
    for row in rows:
        own = minus(own, row.sums)
    return Table(
        unit,
        titles[unit.pk],
        window,
        shown,
        _figures(whole, concepts),
        _figures(own, concepts) if rows else {},
        rows,
    )


def numbers(unit_id: str, window: Window) -> tuple[Sums, list[tuple[str, Window, Sums]]]:
    """What is summed of a unit in a window, and of the units that stood under it with the days on which they did: one
    question when none of them moved and the window is one of whole buckets."""
    parts = pieces(window)
    known, found = _at_once(unit_id, parts)
    if parts.plus_days or parts.minus_days:
        _take_days(found, [unit_id, *known], parts)
    below: list[tuple[str, Window, Sums]] = []
    for clip, children in stays_under(known, unit_id, window).items():
        sums = found if clip == window else _sums(children, clip)
        below += [(child, clip, sums.get(child) or nothing()) for child in children]
    return found.get(unit_id) or nothing(), below


def _at_once(unit_id: str, parts: Pieces) -> tuple[dict[str, Timeline], dict[str, Sums]]:
    """The timelines of the units that ever stood under a unit, and what the buckets hold of them and of it.

    One question: while a database has much to do, each one waits for its turn. Its words are written here because putting
    them together from querysets took longer than asking it did.
    """
    buckets = [*parts.plus, *parts.minus]
    marks = ", ".join(["%s"] * len(buckets)) or "NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_PLACED} ({_UNDER}) UNION ALL {_STORED} ({marks}) AND unit_id = %s"
            f" UNION ALL {_STORED} ({marks}) AND unit_id IN ({_UNDER})",
            [unit_id, *buckets, unit_id, *buckets, unit_id],
        )
        rows = cursor.fetchall()
    placements: list[Placement] = []
    found: dict[str, Sums] = {}
    for unit, parent, starts_on, ends_on, bucket, sums in rows:
        if not bucket:
            placements.append((unit, parent, starts_on, ends_on))
        elif bucket in parts.plus:
            _take(found, unit, unpacked(sums), is_plus=True)
    for unit, _parent, _starts_on, _ends_on, bucket, sums in rows:
        if bucket in parts.minus:
            _take(found, unit, unpacked(sums), is_plus=False)
    return timelines(placements), found


def _by_name(title: str) -> str:
    from dinhlang.vietnamese.text import collation_key

    return collation_key(title)


def months(unit: Unit, year: int, concepts: Sequence[str] = SUMMED) -> dict[int, Figures]:
    """The calendar months of a year, those in which something is known."""
    buckets = to_the_end_of_months(year)
    rows = PeriodSums.objects.filter(unit=unit, bucket__in=buckets).order_by().values_list("bucket", "sums")
    stored = {bucket: unpacked(sums) for bucket, sums in rows}
    found: dict[int, Figures] = {}
    before = nothing()
    for month, bucket in enumerate(buckets, 1):
        until = stored.get(bucket, before)
        if figures := _figures(minus(until, before), concepts):
            found[month] = figures
        before = until
    return found


def years(unit: Unit) -> list[int]:
    """The years in which anything is known of the unit or of what stands below it."""
    found = PeriodSums.objects.filter(unit=unit, bucket__in=_ALL_YEARS).order_by()
    return sorted(int(bucket[:4]) for bucket in found.values_list("bucket", flat=True))


def path(unit: Unit, on: date) -> list[str]:
    """Ids of the units above as the sums know them, the highest first."""
    return list(reversed(chain(_above(unit.pk), unit.pk, on)))


def waiting() -> int:
    """How many changes of daily facts are not in the sums yet."""
    return FoldChange.objects.count()


def added_at() -> datetime | None:
    """When something was added to the sums last."""
    return SumTurn.objects.filter(pk=1).values_list("done_at", flat=True).first()


def _above(unit: str) -> dict[str, Timeline]:
    found: list[Placement] = []
    known: set[str] = set()
    layer = {unit}
    while layer:
        rows = list(SummedUnder.objects.filter(unit__in=layer).values_list(*_PLACEMENT))
        found += rows
        known |= layer
        layer = {parent for _unit, parent, _starts, _ends in rows} - known
    return timelines(found)


# --- sums of a window -----------------------------------------------------------------------------


def _sums(units: Sequence[str], window: Window) -> dict[str, Sums]:
    """What is summed of units with all below them: sums of the window's buckets, and of the days at its ends."""
    parts = pieces(window)
    rows = PeriodSums.objects.filter(unit__in=units, bucket__in=[*parts.plus, *parts.minus]).order_by()
    found: dict[str, Sums] = {}
    for unit, bucket, stored in rows.values_list("unit_id", "bucket", "sums"):
        _take(found, unit, unpacked(stored), is_plus=bucket in parts.plus)
    if parts.plus_days or parts.minus_days:
        _take_days(found, units, parts)
    return found


def _take(found: dict[str, Sums], unit: str, sums: Sums, *, is_plus: bool) -> None:
    if is_plus:
        found[unit] = plus(found[unit], sums) if unit in found else sums
    else:
        found[unit] = minus(found.get(unit) or nothing(), sums)


def _take_days(found: dict[str, Sums], units: Sequence[str], parts: Pieces) -> None:
    within = {"unit__in": units, "day__in": [*parts.plus_days, *parts.minus_days]}
    below = SumsBelow.objects.filter(**within).order_by()
    for unit, day, stored in below.values_list("unit_id", "day", "sums"):
        _take(found, unit, unpacked(stored), is_plus=day in parts.plus_days)
    columns = (
        "unit_id",
        "concept",
        "day",
        "times",
        "total",
        "lines",
        "inexact_lines",
        "unevidenced_lines",
        "digest",
    )
    # What is in the daily facts and not yet in the buckets is left out of both, in the same question.
    facts = DailyFact.objects.filter(**within).annotate(times=Value(1)).order_by().values_list(*columns)
    waiting = FoldChange.objects.filter(**within).annotate(times=Value(-1)).order_by().values_list(*columns)
    for unit, concept, day, times, *fact in facts.union(waiting, all=True):
        if concept in PLACE:
            sums = found.setdefault(unit, nothing())
            add_fact(sums, concept, fact, times if day in parts.plus_days else -times)


def _figures(sums: Sums, concepts: Iterable[str]) -> Figures:
    return {concept: found for concept in concepts if (found := _figure(concept, sums)).lines}


def _figure(concept_id: str, sums: Sums) -> Figure:
    concept = CONCEPTS[concept_id]
    if concept.numerator is None or concept.denominator is None:
        at = PARTS * PLACE[concept_id]
        total, lines, inexact, unevidenced = sums[at : at + 4]
        return Figure(total, _word(inexact), lines, unevidenced) if lines else NO_FIGURE
    top, bottom = parts_of(sums, concept.numerator), parts_of(sums, concept.denominator)
    there = [part for part in (top, bottom) if part]
    return Figure(
        line_rules.share(top[0] if top else None, bottom[0] if bottom else None),
        _word(sum(part[2] for part in there)),
        sum(part[1] for part in there),
        sum(part[3] for part in there),
        top[0] if top else None,
        bottom[0] if bottom else None,
    )


def _word(inexact_lines: int) -> str:
    return str(Exactness.ABOUT) if inexact_lines else ""
