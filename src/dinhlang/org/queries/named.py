"""Units as documents name them: who bore a name in the part of the country a document comes from, and what became of them.

Names repeat over the country, and of units that ended the catalogue knows only some. So only those of one's own province are
looked at, with the provinces that were merged into it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dinhlang.org.models import EARLIEST_FIRST, Unit, UnitName, UnitPlacement
from dinhlang.org.queries.standing import PARTS, exists_on, title_of
from dinhlang.org.queries.succession import heirs, predecessor_ids, successions
from dinhlang.org.rules import folded_name
from dinhlang.vietnamese.text import house_style, nfc

# The folded kind, and the name in lower case with its marks.
Spelling = tuple[str, str]
# More names than this no document needs; the rest is not looked up.
MOST_NAMES = 300


def spelling(kind: str, name: str) -> Spelling:
    """How a name is compared: 'XÃ HÒA AN' and 'xã Hoà An' are one, 'xã Hòa Ân' is another."""
    return folded_name(kind), " ".join(house_style(nfc(name).lower()).split())


@dataclass(frozen=True, slots=True)
class Bearer:
    """A unit that bears a name, or bore it. `names` are its rows of that name, earliest first, `above` the ids of all
    units it ever stood under."""

    unit: Unit
    names: tuple[UnitName, ...]
    above: frozenset[str]

    def bears(self, on: date) -> bool:
        """Whether it is in being and so called on that day."""
        return exists_on(self.unit, on) and any(_holds(name, on) for name in self.names)

    @property
    def first_day(self) -> date | None:
        """The first day of the name; `None` for one that was always there."""
        days = [self.names[0].starts_on, self.unit.starts_on]
        return max((day for day in days if day), default=None)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a name: since which day it is no more, by what instrument, and what stands there now, in words.

    `is_one`: all of it is now one unit.
    """

    day: date
    basis: str
    now: tuple[str, ...]
    is_one: bool
    is_renamed: bool = False


def bearers(
    spellings: Iterable[Spelling], near: Sequence[Unit], on: date
) -> dict[Spelling, tuple[Bearer, ...]]:
    """Who bears or bore the names in the province of the units `near`. One question while every name is borne on that day by
    one of them, or by whoever ever bore it (then in any province); else one for each step up and back."""
    wanted = set(sorted(set(spellings))[:MOST_NAMES])
    found = _rows(wanted)
    own = {unit.pk for unit in near}
    if all(_is_plain(rows, own, on) for rows in found.values()):
        return {one: _bearers(rows, {}) for one, rows in found.items()}
    asked = {row.unit_id for rows in found.values() for row in rows}
    above = _ever_above(asked | own)
    realm = _realm(own, above)
    return {
        one: tuple(
            bearer
            for bearer in _bearers(rows, above)
            if bearer.unit.pk in realm | own or bearer.above & realm
        )
        for one, rows in found.items()
    }


def fate(bearer: Bearer, on: date) -> Fate | None:
    """What became of the name by that day; `None` while it is borne, or not yet."""
    unit = bearer.unit
    if bearer.bears(on):
        return None
    if unit.ends_on and unit.ends_on <= on:
        steps = list(successions(unit).filter(takes_effect_on__lte=on).order_by("takes_effect_on", "pk"))
        now = tuple(title_of(heir, on) for heir in heirs(unit, on))
        is_one = len(now) == 1 and not any(step.is_partial for step in steps)
        return Fate(unit.ends_on, steps[0].legal_basis if steps else "", now, is_one)
    ended = max((name.ends_on for name in bearer.names if name.ends_on and name.ends_on <= on), default=None)
    later = unit.names.in_force(on).order_by(EARLIEST_FIRST).last()
    if ended is None or later is None or not exists_on(unit, on):
        return None
    return Fate(ended, later.legal_basis, (later.full,), is_one=True, is_renamed=True)


def _rows(wanted: Collection[Spelling]) -> dict[Spelling, list[UnitName]]:
    if not wanted:
        return {}
    folded = {folded_name(name) for _kind, name in wanted}
    rows = UnitName.objects.filter(folded__in=folded).exclude(unit__level__in=PARTS)
    found: dict[Spelling, list[UnitName]] = defaultdict(list)
    for row in rows.select_related("unit").order_by("unit", EARLIEST_FIRST):
        if (one := spelling(row.kind, row.name)) in wanted:
            found[one].append(row)
    return dict(found)


def _is_plain(rows: list[UnitName], own: set[str], on: date) -> bool:
    holding = {row.unit_id for row in rows if _holds(row, on) and exists_on(row.unit, on)}
    return bool(holding & own) or holding == {row.unit_id for row in rows}


def _bearers(rows: list[UnitName], above: dict[str, frozenset[str]]) -> tuple[Bearer, ...]:
    by_unit: dict[str, list[UnitName]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit_id].append(row)
    return tuple(
        Bearer(names[0].unit, tuple(names), above.get(unit_id, frozenset()))
        for unit_id, names in by_unit.items()
    )


def _ever_above(unit_ids: set[str]) -> dict[str, frozenset[str]]:
    """The ids of all units that each one ever stood under, at any height. One question for each step up."""
    parents: dict[str, set[str]] = {}
    layer = set(unit_ids)
    while layer:
        parents |= {one: set() for one in layer}
        for unit_id, parent_id in UnitPlacement.objects.filter(unit__in=layer).values_list(
            "unit_id", "parent_id"
        ):
            parents[unit_id].add(parent_id)
        layer = {parent for one in layer for parent in parents[one]} - set(parents)
    return {one: frozenset(_reached(one, parents)) for one in unit_ids}


def _reached(unit_id: str, parents: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    layer = {unit_id}
    while layer:
        layer = {parent for one in layer for parent in parents[one]} - found
        found |= layer
    return found


def _realm(own: set[str], above: dict[str, frozenset[str]]) -> set[str]:
    """The provinces of these units, with those that were merged into them."""
    up = set(own).union(*(above[one] for one in own))
    provinces = set(Unit.objects.filter(pk__in=up, level=Unit.Level.PROVINCE).values_list("pk", flat=True))
    return provinces | predecessor_ids(provinces, date.max)


def _holds(name: UnitName, on: date) -> bool:
    return (name.starts_on is None or name.starts_on <= on) and (name.ends_on is None or name.ends_on > on)
