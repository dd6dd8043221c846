"""What flows into units from those before them: which days of which unit count, and by how much.

A unit's own days count whole. Of a unit that gave a part of itself away, the days before count by that part for whoever took
it, and whole for the set that holds both: nothing is ever counted twice in one set (docs/units.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from dinhlang.org.models import UnitSuccession

_WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of one unit, from `start` to before `end` (`None`: without bound), that count by `share`.

    `is_known` is false when nobody said how much of the unit went on: then `share` is only what is known.
    """

    unit_id: str
    start: date | None
    end: date | None
    share: Decimal
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class _Part:
    share: Decimal = Decimal(0)
    is_known: bool = True


def descent(unit_ids: Iterable[str]) -> list[Stretch]:
    """The days that the series of these units together is made of: of themselves first, then of those before them, step by
    step, by id. One question for each step back."""
    own = set(unit_ids)
    steps = _steps_of(_all_before(own))
    worked: dict[str, list[Stretch]] = {}
    for unit_id in sorted(own):
        worked[unit_id] = [Stretch(unit_id, None, None, _WHOLE)]
    for unit_id in sorted(steps):
        _stretches(unit_id, steps, worked, frozenset())
    of_others = [one for unit_id in sorted(steps) if unit_id not in own for one in worked[unit_id]]
    return [*(one for unit_id in sorted(own) for one in worked[unit_id]), *filter(_counts, of_others)]


def _counts(one: Stretch) -> bool:
    return bool(one.share) or not one.is_known


def _all_before(own: set[str]) -> list[UnitSuccession]:
    """The steps that lead to these units, at any distance, and all other steps of the units they lead from."""
    before, layer = set(own), set(own)
    while layer:
        found = UnitSuccession.objects.filter(successor__in=layer).values_list("predecessor_id", flat=True)
        layer = set(found) - before
        before |= layer
    return list(UnitSuccession.objects.filter(predecessor__in=before).order_by("takes_effect_on", "pk"))


def _steps_of(rows: Iterable[UnitSuccession]) -> dict[str, list[UnitSuccession]]:
    steps: dict[str, list[UnitSuccession]] = defaultdict(list)
    for row in rows:
        steps[row.predecessor_id].append(row)
    return steps


def _stretches(
    unit_id: str,
    steps: dict[str, list[UnitSuccession]],
    worked: dict[str, list[Stretch]],
    above: frozenset[str],
) -> list[Stretch]:
    """The days of a unit with their shares, from its last step back to its first. `above` guards against circles."""
    if unit_id in worked:
        return worked[unit_id]
    if unit_id in above:
        return []
    found: list[Stretch] = []
    end: date | None = None
    after = _Part()
    days = [
        (day, list(rows))
        for day, rows in groupby(steps.get(unit_id, ()), key=lambda row: row.takes_effect_on)
    ]
    for day, rows in reversed(days):
        found.append(Stretch(unit_id, day, end, after.share, after.is_known))
        after = _before_step(day, rows, after, steps, worked, above | {unit_id})
        end = day
    found.append(Stretch(unit_id, None, end, after.share, after.is_known))
    worked[unit_id] = found[::-1]
    return worked[unit_id]


def _before_step(
    day: date,
    rows: list[UnitSuccession],
    after: _Part,
    steps: dict[str, list[UnitSuccession]],
    worked: dict[str, list[Stretch]],
    above: frozenset[str],
) -> _Part:
    total, gone, is_known = Decimal(0), Decimal(0), True
    for row in rows:
        there = _on(day, _stretches(row.successor_id, steps, worked, above))
        share = row.share if row.share is not None else (None if row.is_partial else _WHOLE)
        if share is None:
            is_known = is_known and not (there.share or not there.is_known)
            continue
        gone += share
        total += share * there.share
        is_known = is_known and (there.is_known or not share)
    left = max(_WHOLE - gone, Decimal(0))
    total += left * after.share
    return _Part(min(total, _WHOLE), is_known and (after.is_known or not left))


def _on(day: date, stretches: list[Stretch]) -> _Part:
    for one in stretches:
        if (one.start is None or one.start <= day) and (one.end is None or day < one.end):
            return _Part(one.share, one.is_known)
    return _Part()
