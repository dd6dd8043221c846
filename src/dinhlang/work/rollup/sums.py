"""What is summed, as plain numbers, and how a row of the database holds it.

A `Sums` is one list of numbers: for each name of `PLACES` its five parts, one after the other. All that is summed of a unit
in a stretch of time is one row, so that a table of 170 communes reads 170 rows and not 8,000.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from operator import add, sub
from struct import Struct

from dinhlang.work.rollup.places import PLACE, PLACES
from dinhlang.work.rollup.rules import Timeline, buckets_of, chain, cuts_of_year, whole_year

# Total, lines, inexact lines, lines without evidence, mark.
PARTS = 5
Sums = list[int]
# Small enough for all of a nation's marks to stay whole numbers of 64 bits.
_MARK_BITS = 46
MARK_MODULUS = 2**_MARK_BITS
_MARK_DIGITS = 12
# Totals and marks need 64 bits; two thousand million lines of one unit in one year are enough.
_STORED, _STORED_BYTES = "qiiiq", 28
LINES = 1


def mark_of(digest: str) -> int:
    """The digest of a daily fact (64 hexadecimal digits), shortened."""
    return int(digest[-_MARK_DIGITS:], 16) & (MARK_MODULUS - 1)


def nothing() -> Sums:
    """Sums of no line."""
    return [0] * (PARTS * len(PLACES))


def plus(these: Sums, those: Sums) -> Sums:
    """Both together."""
    return list(map(add, these, those))


def minus(these: Sums, those: Sums) -> Sums:
    """The one without the other."""
    return list(map(sub, these, those))


def add_fact(into: Sums, concept: str, fact: tuple[int, int, int, int, str], times: int = 1) -> None:
    """Take a daily fact in, or out with `times=-1`: total, lines, inexact lines, lines without evidence, digest."""
    at = PARTS * PLACE[concept]
    into[at] += times * fact[0]
    into[at + 1] += times * fact[1]
    into[at + 2] += times * fact[2]
    into[at + 3] += times * fact[3]
    into[at + 4] += times * mark_of(fact[4])


def parts_of(sums: Sums, concept: str) -> tuple[int, int, int, int] | None:
    """Total, lines, inexact lines and lines without evidence; None when there is no line."""
    at = PARTS * PLACE[concept]
    if not sums[at + LINES]:
        return None
    return sums[at], sums[at + 1], sums[at + 2], sums[at + 3]


def is_empty(sums: Sums) -> bool:
    """Whether there is no line at all."""
    return not any(sums[LINES::PARTS])


# --- in a row of the database ---------------------------------------------------------------------


@cache
def _layout(places: int) -> Struct:
    return Struct("<" + _STORED * places)


def packed(sums: Sums) -> bytes:
    """As a row holds it."""
    whole = list(sums)
    whole[4::PARTS] = [mark % MARK_MODULUS for mark in sums[4::PARTS]]
    return _layout(len(PLACES)).pack(*whole)


def unpacked(stored: bytes | memoryview) -> Sums:
    """What a row holds. It may be older than the last names of `PLACES`."""
    places = len(stored) // _STORED_BYTES
    found = list(_layout(places).unpack(stored))
    return found if places == len(PLACES) else found + [0] * (PARTS * (len(PLACES) - places))


def named(stored: bytes | memoryview) -> dict[str, tuple[int, ...]]:
    """What a row holds, by name, those of which there is a line."""
    sums = unpacked(stored)
    return {
        name: tuple(sums[PARTS * place : PARTS * (place + 1)])
        for place, name in enumerate(PLACES)
        if sums[PARTS * place + LINES]
    }


# --- by day ---------------------------------------------------------------------------------------

Days = dict[date, Sums]


def no_days() -> Days:
    """Empty; a day that is asked for comes to be."""
    return defaultdict(nothing)


def periods_of(year: int, days: Mapping[date, Sums]) -> dict[str, Sums]:
    """The buckets of a year, of what is summed on its days."""
    found: dict[str, Sums] = {}
    so_far, left = nothing(), sorted(days, reverse=True)
    for bucket, until in cuts_of_year(year):
        while left and left[-1] <= until:
            so_far = plus(so_far, days[left.pop()])
        found[bucket] = so_far
    last = whole_year(year)
    found[f"{last}b"] = minus(found[last], found[f"{last}a"])
    return {bucket: sums for bucket, sums in found.items() if not is_empty(sums)}


class Differences:
    """What is to be added to the sums of any units: of a unit in a bucket, and of all below a unit on a day."""

    def __init__(self) -> None:
        self.periods: dict[tuple[str, str], Sums] = defaultdict(nothing)
        self.below: dict[tuple[str, date], Sums] = defaultdict(nothing)

    def add(self, known: Mapping[str, Timeline], unit: str, day: date, what: Sums) -> None:
        """Add a unit's own lines of a day: to the unit, and to all above it on that day."""
        self._to_periods(unit, day, what)
        self.add_above(chain(known, unit, day), day, what)

    def add_above(self, units: Iterable[str], day: date, what: Sums) -> None:
        """Add what stands below these units on a day."""
        for above in units:
            self.below[above, day] = plus(self.below[above, day], what)
            self._to_periods(above, day, what)

    def _to_periods(self, unit: str, day: date, what: Sums) -> None:
        for bucket in buckets_of(day):
            self.periods[unit, bucket] = plus(self.periods[unit, bucket], what)
