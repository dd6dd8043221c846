"""Windows made up of few sums, and who stood under whom when. Plain Python."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from heapq import heappop, heappush

from dinhlang.periods.window import Window, last_day

# The last day that counts for a period is the 14th (NĐ 09/2019/NĐ-CP, Điều 12).
CUT_OFF = 14
ONE_DAY = timedelta(days=1)
# Single days are read from tables of their own: a bucket is worth a little more.
_DAY_COST, _BUCKET_COST = 1.2, 1.0


# --- time -----------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def buckets_of(day: date) -> tuple[str, ...]:
    """The buckets a day is in.

    '2023-06' is 1/1 – 30/6/2023 and '2023-06a' 1/1 – 14/6/2023: both begin with the year. '2023-12b' is the days after
    14/12/2023, which count for the next year.
    """
    whole = [f"{day.year:04d}-{month:02d}" for month in range(day.month, 13)]
    cut = [f"{bucket}a" for bucket in whole[day.day > CUT_OFF :]]
    late = [f"{day.year:04d}-12b"] if (day.month, day.day) > (12, CUT_OFF) else []
    return (*whole, *cut, *late)


def whole_year(year: int) -> str:
    """The bucket of a calendar year."""
    return f"{year:04d}-12"


def buckets_of_year(year: int) -> list[str]:
    """All buckets of a year."""
    return [*(bucket for bucket, _until in cuts_of_year(year)), f"{whole_year(year)}b"]


def to_the_end_of_months(year: int) -> list[str]:
    """The buckets from 1/1 to the end of each month of a year."""
    return [f"{year:04d}-{month:02d}" for month in range(1, 13)]


def cuts_of_year(year: int) -> list[tuple[str, date]]:
    """The buckets that begin with a year, each with its last day, by that day; what is left is '2023-12b'."""
    found = []
    for month in range(1, 13):
        name = f"{year:04d}-{month:02d}"
        found += [(f"{name}a", date(year, month, CUT_OFF)), (name, last_day(year, month))]
    return found


@dataclass(frozen=True, slots=True)
class Pieces:
    """What makes up a window: buckets and days to add, buckets and days to take away."""

    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    plus_days: tuple[date, ...] = ()
    minus_days: tuple[date, ...] = ()


@lru_cache(maxsize=512)
def pieces(window: Window) -> Pieces:
    """The fewest sums that make up the window exactly.

    15/12/2022 – 14/6/2023 is the days after 14/12/2022, and 1/1 – 14/6/2023; the third quarter is 1/1 – 14/9 less
    1/1 – 14/6. Any other window ends in single days: a way between two days along whole buckets, forwards or backwards,
    is a sum, and the shortest way is the cheapest.
    """
    first, last = _opening(window.start.year), _opening(window.end.year + 1)
    start, goal = window.start, window.end + ONE_DAY
    come: dict[date, tuple[float, date | None, int, str]] = {start: (0.0, None, 0, "")}
    heap: list[tuple[float, date]] = [(0.0, start)]
    settled: set[date] = set()
    while heap:
        cost, at = heappop(heap)
        if at == goal:
            break
        if at in settled:
            continue
        settled.add(at)
        for to, sign, name in _steps(at):
            further = cost + (_BUCKET_COST if name else _DAY_COST)
            if first <= to <= last and (to not in come or further < come[to][0]):
                come[to] = (further, at, sign, name)
                heappush(heap, (further, to))
    return _walked(come, goal)


def _opening(year: int) -> date:
    return date(year, 1, 1)


def _steps(at: date) -> Iterator[tuple[date, int, str]]:
    """Where one goes from the morning of a day: over what bucket ('' for a day), forwards (1) or backwards (-1)."""
    yield at + ONE_DAY, 1, ""
    yield at - ONE_DAY, -1, ""
    before = at - ONE_DAY
    if at.day == CUT_OFF + 1:
        yield _opening(at.year), -1, f"{at.year:04d}-{at.month:02d}a"
        if at.month == 12:
            yield _opening(at.year + 1), 1, f"{at.year:04d}-12b"
    if at.day == 1:
        yield _opening(before.year), -1, f"{before.year:04d}-{before.month:02d}"
    if (at.day, at.month) == (1, 1):
        yield before.replace(day=CUT_OFF + 1), -1, f"{before.year:04d}-12b"
        for bucket, until in cuts_of_year(at.year):
            yield until + ONE_DAY, 1, bucket


def _walked(come: dict[date, tuple[float, date | None, int, str]], goal: date) -> Pieces:
    buckets: dict[int, list[str]] = {1: [], -1: []}
    days: dict[int, list[date]] = {1: [], -1: []}
    at = goal
    while True:
        _cost, before, sign, name = come[at]
        if before is None:
            break
        if name:
            buckets[sign].append(name)
        else:
            days[sign].append(min(before, at))
        at = before
    return Pieces(
        tuple(sorted(buckets[1])),
        tuple(sorted(buckets[-1])),
        tuple(sorted(days[1])),
        tuple(sorted(days[-1])),
    )


# --- who stood under whom -------------------------------------------------------------------------

# One placement as it is stored: unit, parent, first day or since ever, first day no longer or for ever.
Placement = tuple[str, str, date | None, date | None]
Timeline = list[tuple[date, str | None]]


def timelines(placements: Iterable[Placement]) -> dict[str, Timeline]:
    """For each unit the days from which its parent is another one, in order, with that parent or None.

    Where two placements hold on the same day, the one that began later counts.
    """
    of_unit: dict[str, list[tuple[date, date, str]]] = defaultdict(list)
    for unit, parent, starts_on, ends_on in placements:
        of_unit[unit].append((starts_on or date.min, ends_on or date.max, parent))
    return {unit: _timeline(sorted(stays)) for unit, stays in of_unit.items()}


def _timeline(stays: list[tuple[date, date, str]]) -> Timeline:
    if len(stays) == 1 and stays[0][:2] == (date.min, date.max):  # as most of them are
        return [(date.min, stays[0][2])]
    found: Timeline = []
    for turn in sorted({date.min, *(stay[0] for stay in stays), *(stay[1] for stay in stays)}):
        if turn == date.max:
            continue
        parent = next(
            (above for starts_on, ends_on, above in reversed(stays) if starts_on <= turn < ends_on), None
        )
        if not found or found[-1][1] != parent:
            found.append((turn, parent))
    return found


def parent_on(timeline: Timeline, day: date) -> str | None:
    """The parent on a day."""
    at = bisect_right(timeline, day, key=lambda turn: turn[0]) - 1
    return timeline[at][1] if at >= 0 else None


def chain(known: Mapping[str, Timeline], unit: str, day: date) -> list[str]:
    """The units above on a day, nearest first."""
    path: list[str] = []
    above = parent_on(known.get(unit, []), day)
    while above is not None and above not in path and above != unit:
        path.append(above)
        above = parent_on(known.get(above, []), day)
    return path


@dataclass(frozen=True, slots=True)
class Move:
    """From `starts_on` until before `ends_on` a unit stands under `to` and was added up under `under`."""

    starts_on: date
    ends_on: date
    under: str | None
    to: str | None


def moves(old: Timeline, new: Timeline) -> list[Move]:
    """Where two timelines of one unit differ."""
    turns = sorted({date.min, *(turn for turn, _parent in [*old, *new])})
    found = []
    for turn, until in zip(turns, [*turns[1:], date.max], strict=True):
        under, to = parent_on(old, turn), parent_on(new, turn)
        if under != to:
            found.append(Move(turn, until, under, to))
    return found


def stays_under(known: dict[str, Timeline], parent: str, window: Window) -> dict[Window, list[str]]:
    """The units that stood under a parent in a window, by the days of it on which they did."""
    found: dict[Window, list[str]] = defaultdict(list)
    for unit, timeline in known.items():
        ends = [turn for turn, _parent in timeline[1:]] + [None]
        for (starts_on, above), ends_on in zip(timeline, ends, strict=True):
            if above == parent and (clip := window.clipped(starts_on, ends_on)) is not None:
                found[clip].append(unit)
    return found
