"""Figures of a level and of the units under it, in any window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, When
from django.db.models import Sum as SumOf
from django.db.models.functions import Cast

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.periods.window import Window
from dinhlang.work import rules as line_rules
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN, STOCKS, counters_under
from dinhlang.work.models import (
    DailyBelow,
    DailyFact,
    Exactness,
    FoldChange,
    PeriodFact,
    SummedUnder,
    SumTurn,
)
from dinhlang.work.rollup.rules import Placement, Timeline, chain, pieces, stays_under, timelines

_PLACEMENT = ("unit_id", "parent_id", "starts_on", "ends_on")
# More concepts than these are picked from all of a bucket: it lies together, and looking each one up in the index
# took ten times as long (169 communes, 7 buckets, 26 concepts on PostgreSQL: 356 ms).
_FEW = 4
_PARTS = ("total", "lines", "inexact_lines", "unevidenced_lines")
# Those that add up from lines, and the shares of such; the plan's own figures are each unit's, stocks a day's.
SUMMED = tuple(concept for concept in CONCEPTS if concept not in FROM_PLAN | STOCKS)


@dataclass(frozen=True, slots=True)
class Figure:
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
# What is summed of a unit by concept: total, lines, inexact lines, lines without evidence.
_Sums = dict[str, tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """A unit in a table. `window` is the part of the window in which it stood there."""

    unit_id: str
    title: str
    window: Window
    figures: Figures


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
    counters = _counters(concepts)
    known = _placed(parent=unit.pk)
    stays = stays_under(known, unit.pk, window)
    titles = org.titles_of({unit.pk, *(one for units in stays.values() for one in units)}, window.end)
    # The unit itself is asked with those that stood under it all the time.
    together: dict[Window, list[str]] = {window: [], **stays}
    found = {
        clip: _sums([*children, unit.pk] if clip == window else children, clip, counters)
        for clip, children in together.items()
    }
    rows = [
        Row(child, titles[child], clip, _figures(found[clip].get(child, {}), concepts))
        for clip, children in stays.items()
        for child in children
    ]
    rows.sort(key=lambda row: (_by_name(row.title), row.window.start))
    whole = found[window].get(unit.pk, {})
    below = Counter[str]()
    for clip, children in stays.items():
        for child in children:
            below.update({concept: parts[1] for concept, parts in found[clip].get(child, {}).items()})
    # Asked only when lines of the unit itself must be there.
    has_own = bool(stays) and any(parts[1] != below[concept] for concept, parts in whole.items())
    own = _own(unit, window, counters) if has_own else {}
    return Table(
        unit,
        titles[unit.pk],
        window,
        tuple(concepts),
        _figures(whole, concepts),
        _figures(own, concepts),
        rows,
    )


def _by_name(title: str) -> str:
    from dinhlang.vietnamese.text import collation_key

    return collation_key(title)


def months(unit: Unit, year: int, concepts: Sequence[str] = SUMMED) -> dict[int, Figures]:
    """The calendar months of a year, those in which something is known."""
    counters = _counters(concepts)
    buckets = {f"{year:04d}-{month:02d}": month for month in range(1, 13)}
    rows = PeriodFact.objects.filter(unit=unit, bucket__in=list(buckets), concept__in=counters).order_by()
    found: dict[int, _Sums] = {}
    for bucket, concept, *parts in rows.values_list("bucket", "concept", *_PARTS):
        found.setdefault(buckets[bucket], {})[concept] = (parts[0], parts[1], parts[2], parts[3])
    return {month: _figures(sums, concepts) for month, sums in sorted(found.items())}


def years(unit: Unit) -> list[int]:
    """The years in which anything is known of the unit or of what stands below it."""
    any_year = [
        f"{year:04d}" for year in range(line_rules.EARLIEST_DAY.year, line_rules.EARLIEST_DAY.year + 100)
    ]
    found = PeriodFact.objects.filter(unit=unit, bucket__in=any_year).order_by()
    return sorted(int(bucket) for bucket in found.values_list("bucket", flat=True).distinct())


def path(unit: Unit, on: date) -> list[str]:
    """Ids of the units above as the sums know them, the highest first."""
    return list(reversed(chain(_above(unit.pk), unit.pk, on)))


def waiting() -> int:
    """How many changes of daily facts are not in the sums yet."""
    return FoldChange.objects.count()


def added_at() -> datetime | None:
    """When something was added to the sums last."""
    return SumTurn.objects.filter(pk=1).values_list("done_at", flat=True).first()


def _counters(concepts: Iterable[str]) -> list[str]:
    return sorted({counter for concept in concepts for counter in counters_under(concept)})


def _placed(*, parent: str) -> dict[str, Timeline]:
    """The timelines of the units that ever stood under a parent."""
    under = SummedUnder.objects.filter(parent=parent).order_by().values("unit")
    return timelines(SummedUnder.objects.filter(unit__in=under).order_by().values_list(*_PLACEMENT))


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


def _sums(units: Sequence[str], window: Window, counters: list[str]) -> dict[str, _Sums]:
    """The sums of units with all below them, in one question: buckets of the window, and the days at its ends."""
    parts = pieces(window)
    asked = [_of_buckets(units, counters, parts.plus, parts.minus)]
    days = (*parts.plus_days, *parts.minus_days)
    if days:
        within = {"unit__in": units, "concept__in": counters, "day__in": days}
        asked += [
            _added_up(DailyFact.objects.filter(**within), _among("day", parts.minus_days)),
            _added_up(DailyBelow.objects.filter(**within), _among("day", parts.minus_days)),
            # What is in the daily facts and not yet in the buckets is left out of both.
            _added_up(FoldChange.objects.filter(**within), _among("day", parts.plus_days)),
        ]
    together = asked[0].union(*asked[1:], all=True) if days else asked[0]
    found: dict[str, dict[str, tuple[int, int, int, int]]] = {}
    wanted = set(counters)
    for unit, concept, total, lines, inexact, unevidenced in together:
        if concept not in wanted:
            continue
        of_unit = found.setdefault(unit, {})
        if concept in of_unit:
            before = of_unit[concept]
            of_unit[concept] = (
                before[0] + total,
                before[1] + lines,
                before[2] + inexact,
                before[3] + unevidenced,
            )
        else:
            of_unit[concept] = (total, lines, inexact, unevidenced)
    return found


def _of_buckets(
    units: Sequence[str], counters: list[str], plus: Sequence[str], minus: Sequence[str]
) -> QuerySet[Any, Any]:
    rows = PeriodFact.objects.filter(bucket__in=[*plus, *minus], unit__in=units)
    if len(counters) <= _FEW:
        rows = rows.filter(concept__in=counters)
    if len(plus) == 1 and not minus:
        return rows.order_by().values_list("unit_id", "concept", *_PARTS)
    return _added_up(rows, _among("bucket", minus))


def _among(name: str, values: Sequence[object]) -> Q | None:
    return Q(**{f"{name}__in": values}) if values else None


def _added_up(rows: QuerySet[Any, Any], taken: Q | None) -> QuerySet[Any, Any]:
    """Sums by unit and concept; rows for which `taken` holds are taken away."""
    whole = BigIntegerField()
    sums = {
        # PostgreSQL adds whole numbers up to decimals, as they might not fit; these do.
        f"sum_{part}": Cast(
            SumOf(
                F(part)
                if taken is None
                else Case(When(taken, then=-F(part)), default=F(part), output_field=whole)
            ),
            whole,
        )
        for part in _PARTS
    }
    asked: QuerySet[Any, Any] = rows.order_by().values_list("unit_id", "concept").annotate(**sums)
    return asked


def _own(unit: Unit, window: Window, counters: list[str]) -> _Sums:
    """What is written in the name of the unit itself."""
    rows = DailyFact.objects.filter(unit=unit, concept__in=counters, day__range=(window.start, window.end))
    late = FoldChange.objects.filter(unit=unit, concept__in=counters, day__range=(window.start, window.end))
    found: dict[str, list[int]] = {}
    asked = _added_up(rows, None).union(_added_up(late, Q(pk__isnull=False)), all=True)
    for _unit, concept, *parts in asked:
        sums = found.setdefault(concept, [0, 0, 0, 0])
        sums[:] = [before + part for before, part in zip(sums, parts, strict=True)]
    return {concept: (parts[0], parts[1], parts[2], parts[3]) for concept, parts in found.items()}


def _figures(sums: _Sums, concepts: Iterable[str]) -> Figures:
    return {concept: found for concept in concepts if (found := _figure(concept, sums)).lines}


def _figure(concept_id: str, sums: _Sums) -> Figure:
    concept = CONCEPTS[concept_id]
    if concept.numerator is None or concept.denominator is None:
        if concept_id not in sums:
            return NO_FIGURE
        total, lines, inexact, unevidenced = sums[concept_id]
        return Figure(total if lines else None, _word(inexact), lines, unevidenced)
    parts = [sums.get(one) for one in (concept.numerator, concept.denominator)]
    top, bottom = (part[0] if part and part[1] else None for part in parts)
    there = [part for part in parts if part]
    return Figure(
        line_rules.share(top, bottom),
        _word(sum(part[2] for part in there)),
        sum(part[1] for part in there),
        sum(part[3] for part in there),
        top,
        bottom,
    )


def _word(inexact_lines: int) -> str:
    return str(Exactness.ABOUT) if inexact_lines else ""
