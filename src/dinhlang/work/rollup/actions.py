"""Keeping the sums up: what changed is added, units that moved are moved, a year is counted anew.

One process at a time writes sums (`turn`), the worker as a rule. Whoever writes a ledger never waits for it: the
line's transaction only adds rows to the list of what changed, and touches no row that another unit's line touches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Min, QuerySet, Value

from dinhlang.org.locking import lock
from dinhlang.org.models import Unit, UnitPlacement
from dinhlang.periods.window import Window
from dinhlang.work import folds
from dinhlang.work.models import DailyFact, FoldChange, PeriodSums, SummedUnder, SumsBelow, SumTurn
from dinhlang.work.rollup import store
from dinhlang.work.rollup.places import is_summed
from dinhlang.work.rollup.rules import (
    Move,
    Placement,
    Timeline,
    chain,
    moves,
    stays_under,
    timelines,
)
from dinhlang.work.rollup.sums import (
    Days,
    Differences,
    Sums,
    add_fact,
    minus,
    no_days,
    nothing,
    periods_of,
    plus,
)

# So many changes are added in one transaction: on SQLite other writers wait for it, a fifth of a second.
BATCH = 1000
_PLACEMENT = ("unit_id", "parent_id", "starts_on", "ends_on")
_FACT = ("total", "lines", "inexact_lines", "unevidenced_lines", "digest")
Progress = Callable[[int, int], None]


@contextmanager
def turn(*, wait: bool = True) -> Iterator[bool]:
    """A transaction in which nobody else writes sums. Without `wait` it gives False at once when it is another's turn."""
    SumTurn.objects.get_or_create(pk=1)
    with transaction.atomic():
        yield SumTurn.objects.select_for_update(skip_locked=not wait).filter(pk=1).first() is not None


def catch_up(*, at: datetime) -> int:
    """Add what changed since the last time; gives how many changes there were. For the worker, every second."""
    done = 0
    while taken := _add_some(at):
        done += taken
        if taken < BATCH:
            break
    return done


def _add_some(at: datetime) -> int:
    if not FoldChange.objects.exists():
        return 0
    with turn(wait=False) as is_mine:
        if not is_mine:
            return 0
        columns = ("pk", "unit_id", "day", "concept", *_FACT)
        changes = list(FoldChange.objects.order_by("id").values_list(*columns)[:BATCH])
        own: dict[tuple[str, date], Sums] = defaultdict(nothing)
        for _pk, unit, day, concept, *fact in changes:
            if is_summed(concept):
                add_fact(own[unit, day], concept, fact)
        known = _timelines_above({unit for unit, _day in own})
        differences = Differences()
        for (unit, day), what in own.items():
            differences.add(known, unit, day, what)
        store.add(differences)
        # By their numbers: others were added meanwhile, and wait for the next turn.
        FoldChange.objects.filter(pk__in=[one[0] for one in changes]).delete()
        SumTurn.objects.filter(pk=1).update(done_at=at)
        return len(changes)


def _timelines_above(units: set[str]) -> dict[str, Timeline]:
    """The timelines of units and of all that ever stood above them, as the sums know them."""
    found: list[Placement] = []
    known: set[str] = set()
    while units:
        rows = list(SummedUnder.objects.filter(unit__in=units).values_list(*_PLACEMENT))
        found += rows
        known |= units
        units = {parent for _unit, parent, _starts, _ends in rows} - known
    return timelines(found)


# --- units that move ------------------------------------------------------------------------------


def follow_placements(*, at: datetime) -> int:
    """Move the sums of units that now stand, or stood, under another parent; gives how many units there were.

    Whatever changed the placements, and from whatever day on: what was added up is compared with what is so.
    """
    placed = UnitPlacement.objects.order_by().values_list(*_PLACEMENT)
    if not _differ(placed):
        return 0
    with turn() as _mine:
        changed = _differ(placed)
        before = timelines(SummedUnder.objects.values_list(*_PLACEMENT))
        after = timelines(placed.filter(unit__in=changed))
        has_sums = PeriodSums.objects.exists()
        # One after the other: what has just come under a unit moves on with it.
        for unit in sorted(changed):
            now = after.get(unit, [])
            if has_sums and PeriodSums.objects.filter(unit=unit).exists():
                _move(before, unit, now)
            before[unit] = now
        SummedUnder.objects.filter(unit__in=changed).delete()
        SummedUnder.objects.bulk_create(
            [
                SummedUnder(unit_id=unit, parent_id=parent, starts_on=starts_on, ends_on=ends_on)
                for unit, parent, starts_on, ends_on in placed.filter(unit__in=changed)
            ],
            batch_size=1000,
        )
        return len(changed)


def _differ(placed: QuerySet[UnitPlacement, Placement]) -> set[str]:
    summed = SummedUnder.objects.order_by().values_list(*_PLACEMENT)
    return {row[0] for row in placed.difference(summed)} | {row[0] for row in summed.difference(placed)}


def _move(known: dict[str, Timeline], unit: str, now: Timeline) -> None:
    """Take what the unit has on the days of each move out of the sums above, and add it where it belongs."""
    was = known.get(unit, [])
    differences = Differences()
    for move in moves(was, now):
        for day, what in _days_of(unit, _window(move)).items():
            differences.add_above(chain({**known, unit: was}, unit, day), day, minus(nothing(), what))
            differences.add_above(chain({**known, unit: now}, unit, day), day, what)
    store.add(differences)


def _window(move: Move) -> Window:
    last = move.ends_on if move.ends_on == date.max else date.fromordinal(move.ends_on.toordinal() - 1)
    return Window(move.starts_on, last)


# --- what the sums are made of --------------------------------------------------------------------


def _days_of(unit: str, window: Window) -> Days:
    """A unit with all below it by day, as far as it has been added up."""
    days = no_days()
    _take_own(days, [unit], window)
    _take_below(days, [unit], window)
    return days


def _take_own(days: Days, units: list[str], window: Window) -> None:
    """Add the lines of units themselves. What waits to be added is taken off, in the same question: a line that is
    written meanwhile changes nothing."""
    within = {"unit__in": units, "day__range": (window.start, window.end)}
    facts = DailyFact.objects.filter(**within).order_by()
    waiting = FoldChange.objects.filter(**within).order_by()
    columns = ("concept", "day", "times", *_FACT)
    asked = (
        facts.annotate(times=Value(1))
        .values_list(*columns)
        .union(waiting.annotate(times=Value(-1)).values_list(*columns), all=True)
    )
    for concept, day, times, *fact in asked.iterator(chunk_size=5000):
        if is_summed(concept):
            add_fact(days[day], concept, fact, times)


def _take_below(days: Days, units: Iterable[str], window: Window) -> None:
    for unit in units:
        for day, sums in store.days_below(unit, window):
            days[day] = plus(days[day], sums)


# --- counting anew --------------------------------------------------------------------------------


def rebuild(
    *, year: int, root: str | None = None, from_ledger: bool = False, progress: Progress | None = None
) -> int:
    """Count all sums of a year anew, for a unit with all below and above it, or for all; gives how many rows.

    From the lowest level up, each unit in a transaction of its own: nobody waits for long. `from_ledger` also folds
    the daily facts of the year from the lines first.
    """
    window = Window(date(year, 1, 1), date(year, 12, 31))
    known = timelines(SummedUnder.objects.values_list(*_PLACEMENT))
    order = _from_below(known, root, window)
    made = 0
    for number, unit in enumerate(order, 1):
        if from_ledger:
            with transaction.atomic():
                body = Unit.objects.get(pk=unit)
                lock(body)
                folds.rebuild(body, window)
        made += _count_anew(known, unit, window)
        if progress is not None:
            progress(number, len(order))
    return made


def count_anew(units: Sequence[str], year: int) -> None:
    """Count the sums of these units for a year, in this order, from what stands right below each."""
    known = timelines(SummedUnder.objects.values_list(*_PLACEMENT))
    for unit in units:
        _count_anew(known, unit, Window(date(year, 1, 1), date(year, 12, 31)))


def rebuild_all(progress: Progress | None = None) -> int:
    """Count the sums of all years anew."""
    years = _years()
    return sum(rebuild(year=year, progress=progress) for year in years)


def _years() -> list[int]:
    own = DailyFact.objects.aggregate(first=Min("day"), last=Max("day"))
    below = SumsBelow.objects.aggregate(first=Min("day"), last=Max("day"))
    found: set[int] = set()
    for each in (own, below):
        if each["first"] is not None:
            found |= set(range(each["first"].year, each["last"].year + 1))
    return sorted(found)


def _from_below(known: dict[str, Timeline], root: str | None, window: Window) -> list[str]:
    """The units to count, each after those that stood under it in the window: a unit with all below and above it."""
    under: dict[str, set[str]] = {}
    for unit, timeline in known.items():
        for _turn, parent in timeline:
            if parent is not None:
                under.setdefault(parent, set()).add(unit)
    found: list[str] = []
    seen: set[str] = set()

    def visit(unit: str) -> None:
        if unit in seen:
            return
        seen.add(unit)
        for child in sorted(under.get(unit, ())):
            visit(child)
        found.append(unit)

    if root is None:
        alone = set(DailyFact.objects.order_by().values_list("unit_id", flat=True).distinct())
        for unit in sorted(alone | set(known) | set(under)):
            visit(unit)
        return found
    visit(root)
    above = {root}
    while above:
        above = {parent for unit in above for _turn, parent in known.get(unit, []) if parent} - seen
        found += sorted(above)
        seen |= above
    return found


def _count_anew(known: dict[str, Timeline], unit: str, window: Window) -> int:
    with turn() as _mine:
        below = no_days()
        for clip, children in stays_under(known, unit, window).items():
            _take_own(below, children, clip)
            _take_below(below, children, clip)
        all_days = no_days()
        all_days.update((day, what.copy()) for day, what in below.items())
        _take_own(all_days, [unit], window)
        return store.replace_year(unit, window, periods_of(window.start.year, all_days), below)
