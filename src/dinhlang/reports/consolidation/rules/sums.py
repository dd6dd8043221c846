"""Figures of many units taken together: counts added, shares from their two counts, joint events counted once.

Every figure is kept as counts: a counted concept as itself, a share as the two counts it rests on. So a share of many
units is never a mean of shares. Taking together is the same in any order and any grouping (`tests/test_consolidation_rules`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dinhlang.work.models import Exactness
from dinhlang.work.rules import joint_exactness, share


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """A line of a unit's ledger behind a figure that another unit may have written down too.

    `amounts` is what it adds to each count; `keys` what it may share with others' lines: the day, the kind and what
    shows it (`consolidation.joint`).
    """

    unit: str
    uid: str
    amounts: tuple[tuple[str, int], ...]
    keys: tuple[str, ...]

    def amount(self, count: str) -> int:
        return next((amount for name, amount in self.amounts if name == count), 0)


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit says of one concept. `counts` has an amount for each count; empty when the unit does not know it.

    `stated` is a share that was given without its two counts: it can be shown, and not taken into a sum.
    """

    unit: str
    counts: Mapping[str, int] = field(default_factory=dict)
    exactness: str = ""
    lines: tuple[Line, ...] = ()
    stated: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One event that several units reported: what each counted, of which the largest stands."""

    keys: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(sorted({line.unit for line in self.lines}))

    def by_unit(self, count: str) -> dict[str, int]:
        """What each unit counted of it."""
        found: dict[str, int] = defaultdict(int)
        for line in self.lines:
            found[line.unit] += line.amount(count)
        return dict(found)

    def counted(self, count: str) -> int:
        """What is counted of it: no more than the unit that counted most."""
        return max(self.by_unit(count).values(), default=0)

    def doubled(self, count: str) -> int:
        """What is taken off the sum of the reports."""
        return sum(self.by_unit(count).values()) - self.counted(count)


@dataclass(frozen=True, slots=True)
class Sum:
    """Figures of one concept taken together.

    `units` gave a figure, `unknown` gave none, `uncounted` gave a share without its counts. `reported` is what the
    units reported of each count, before joint events are taken out.
    """

    units: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    uncounted: frozenset[str] = frozenset()
    reported: tuple[tuple[str, int], ...] = ()
    words: frozenset[str] = frozenset()
    lines: tuple[Line, ...] = ()

    def __add__(self, other: Sum) -> Sum:
        totals = defaultdict(int, dict(self.reported))
        for count, amount in other.reported:
            totals[count] += amount
        return Sum(
            self.units | other.units,
            self.unknown | other.unknown,
            self.uncounted | other.uncounted,
            tuple(sorted(totals.items())),
            self.words | other.words,
            tuple(sorted((*self.lines, *other.lines))),
        )

    @property
    def exactness(self) -> str:
        """The word before the sum: one inexact part makes the whole inexact."""
        return joint_exactness(self.words)

    def events(self, apart: frozenset[str] = frozenset()) -> list[Event]:
        """The events that more than one unit reported. `apart` are keys that a person said are not one event."""
        return _events(self.lines, apart)

    def value(self, count: str, apart: frozenset[str] = frozenset()) -> int | None:
        """The sum of a count, each joint event once; `None` when nobody knows it: unknown is not zero."""
        reported = dict(self.reported).get(count)
        if reported is None:
            return None
        return reported - sum(event.doubled(count) for event in self.events(apart))

    def share(self, numerator: str, denominator: str, apart: frozenset[str] = frozenset()) -> float | None:
        """The share over all units, from the sums of its two counts."""
        return share(self.value(numerator, apart), self.value(denominator, apart))

    @property
    def share_exactness(self) -> str:
        """The share of inexact counts is itself only about right, in whichever direction they err."""
        return str(Exactness.ABOUT) if self.words else ""


def of_part(part: Part) -> Sum:
    """One unit's figure as a sum of one."""
    one = frozenset({part.unit})
    if not part.counts:
        nothing: frozenset[str] = frozenset()
        return Sum(uncounted=one) if part.stated is not None else Sum(nothing, unknown=one)
    return Sum(
        units=one,
        reported=tuple(sorted(part.counts.items())),
        words=frozenset({part.exactness}) - {""},
        lines=tuple(sorted(line for line in part.lines if line.keys)),
    )


def together(parts: Iterable[Part]) -> Sum:
    """The figures of these units, each unit given once."""
    units: set[str] = set()
    unknown: set[str] = set()
    uncounted: set[str] = set()
    totals: dict[str, int] = defaultdict(int)
    words: set[str] = set()
    lines: list[Line] = []
    for part in parts:
        one = of_part(part)
        units |= one.units
        unknown |= one.unknown
        uncounted |= one.uncounted
        for count, amount in one.reported:
            totals[count] += amount
        words |= one.words
        lines += one.lines
    return Sum(
        frozenset(units),
        frozenset(unknown),
        frozenset(uncounted),
        tuple(sorted(totals.items())),
        frozenset(words),
        tuple(sorted(lines)),
    )


def _events(lines: Sequence[Line], apart: frozenset[str]) -> list[Event]:
    """Lines that share a key are one event, also through a third one; those of a single unit are its own matter."""
    holders: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        for key in line.keys:
            if key not in apart:
                holders[key].append(at)
    leader = list(range(len(lines)))

    def find(at: int) -> int:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    # Only a key that two units share makes an event; one file behind many lines of a single unit makes none.
    shared = {key: held for key, held in holders.items() if len({lines[one].unit for one in held}) > 1}
    for held in shared.values():
        for other in held[1:]:
            leader[find(other)] = find(held[0])
    members: dict[int, list[int]] = defaultdict(list)
    for one in sorted({one for held in shared.values() for one in held}):
        members[find(one)].append(one)
    return [
        Event(
            tuple(sorted({key for one in found for key in lines[one].keys if key in shared})),
            tuple(lines[one] for one in found),
        )
        for found in members.values()
    ]


def ranked(values: Mapping[str, float | int | None]) -> list[tuple[int, str]]:
    """Places of units by value, greatest first; equal values share a place, those without a value have none."""
    known = sorted(((-value, unit) for unit, value in values.items() if value is not None))
    places: list[tuple[int, str]] = []
    for at, (value, unit) in enumerate(known):
        place = places[-1][0] if at and known[at - 1][0] == value else at + 1
        places.append((place, unit))
    return places
