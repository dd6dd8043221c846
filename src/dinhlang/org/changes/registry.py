"""What each room holds of a unit, and what becomes of it when the unit changes.

A room answers for every foreign key of its models to a unit, in its `AppConfig.ready`: with a `Thing` that a dry run lists
and that may pass on, or with `stays` and the reason. A test fails for a key nobody answers for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

from dinhlang.org.changes.record import Record
from dinhlang.org.models import Person

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Scope:
    """What a change does to which units, by their ids.

    `ending`: units that end, departments too, with who takes over and how much, the greatest share first. `going_on`:
    units that live on otherwise than before (renamed, moved, split off from, with a department ended above them).
    `made`: units that come to be. `names` is how all of them were called on the day before. `receiver` is who receives the
    reports that went to an ended unit, when somebody was named, `received_as` how documents write it.
    """

    on: date
    ending: Mapping[str, tuple[tuple[str, Decimal], ...]]
    going_on: frozenset[str]
    made: frozenset[str]
    names: Mapping[str, str]
    receiver: str = ""
    received_as: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values for the database."""
        return {
            "on": self.on.isoformat(),
            "ending": {one: [[heir, str(share)] for heir, share in to] for one, to in self.ending.items()},
            "going_on": sorted(self.going_on),
            "made": sorted(self.made),
            "names": dict(self.names),
            "receiver": self.receiver,
            "received_as": self.received_as,
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Scope:
        """What `as_json` gave."""
        return cls(
            date.fromisoformat(said["on"]),
            {one: tuple((heir, Decimal(share)) for heir, share in to) for one, to in said["ending"].items()},
            frozenset(said["going_on"]),
            frozenset(said["made"]),
            said["names"],
            said["receiver"],
            said["received_as"],
        )

    @property
    def ids(self) -> set[str]:
        """All units that were there before and are touched."""
        return set(self.ending) | self.going_on

    def heir(self, unit_id: str) -> str:
        """Who takes over what is open of a unit that ends: whoever takes most of it; empty for nobody."""
        heirs = self.ending.get(unit_id, ())
        return heirs[0][0] if heirs else ""

    @property
    def heirs(self) -> set[str]:
        """Ids of all units that take over from one that ends."""
        return {unit_id for heirs in self.ending.values() for unit_id, _share in heirs}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a change touches. `fate` when it is another than the sort's; `count` when it stands for many."""

    unit_id: str
    name: str
    fate: Words = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Hand:
    """The passing on of what is open: who does it when, and the record of what it writes."""

    scope: Scope
    record: Record
    by: Person | None
    at: datetime


def _nothing(scope: Scope) -> Iterable[str]:
    return ()


def _nothing_since(scope: Scope, since: datetime) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Thing:
    """A sort of thing that a room holds of units.

    `fields` are the foreign keys it answers for ("work.Plan.unit"). `find` lists what a change touches, in few questions
    however many units; `fate` says what becomes of it. `refuse` gives reasons against the change, `warn` what to think of.
    `pass_on` gives what is open to the heirs once the day has come. `built` names what rests on the change since.
    """

    key: str
    label: Words
    fate: Words
    fields: tuple[str, ...]
    find: Callable[[Scope], Iterable[Found]]
    order: int = 500
    refuse: Callable[[Scope], Iterable[str]] = _nothing
    warn: Callable[[Scope], Iterable[str]] = _nothing
    pass_on: Callable[[Hand], None] | None = None
    built: Callable[[Scope, datetime], Iterable[str]] = _nothing_since


_things: dict[str, Thing] = {}
_staying: dict[str, Words] = {}
_copies: set[str] = set()
_listeners: list[Callable[[set[str]], None]] = []


def add(*things: Thing) -> None:
    """Answer for sorts of things."""
    for thing in things:
        _things[thing.key] = thing


def stays(why: Words, *fields: str) -> None:
    """Say of foreign keys that their rows stay with the old unit, and why."""
    _staying.update(dict.fromkeys(fields, why))


def copies(*fields: str) -> None:
    """Say of foreign keys that their rows are copies of others and follow these by themselves, also when a unit goes."""
    _copies.update(fields)


def copied_models() -> set[str]:
    """The labels of the models of such rows."""
    return {name.rpartition(".")[0] for name in _copies}


def tell(listener: Callable[[set[str]], None]) -> None:
    """Call a function with the ids of the units whenever units changed, inside the transaction."""
    if listener not in _listeners:
        _listeners.append(listener)


def things() -> list[Thing]:
    """All sorts, in the order in which a dry run lists them."""
    return sorted(_things.values(), key=lambda thing: (thing.order, thing.key))


def staying() -> Mapping[str, Words]:
    """The reasons by foreign key."""
    return _staying


def answered() -> set[str]:
    """The foreign keys somebody answers for."""
    return set(_staying) | _copies | {name for thing in _things.values() for name in thing.fields}


def changed(unit_ids: set[str]) -> None:
    """Tell whoever listens that these units changed."""
    for listener in _listeners:
        listener(unit_ids)
