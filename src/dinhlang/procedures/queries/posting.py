"""What hangs where, what must be hung by when, and what must come down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dinhlang.org.models import Unit
from dinhlang.procedures.models import Event, Place, Posting, Version
from dinhlang.procedures.queries.catalogue import catalogue_ids, standing_versions
from dinhlang.procedures.rules import Level


@dataclass(frozen=True, slots=True)
class ToHang:
    """A version that does not hang yet; `by` is the day from which it must, `None` when it always should have."""

    version: Version
    by: date | None
    on: date

    @property
    def is_late(self) -> bool:
        return self.by is None or self.by < self.on


@dataclass(frozen=True, slots=True)
class PlaceState:
    """One place: what hangs, what must be hung, what must come down."""

    place: Place
    hanging: tuple[Posting, ...]
    to_hang: tuple[ToHang, ...]
    to_take_down: tuple[Posting, ...]


@dataclass(frozen=True, slots=True)
class Counter:
    """How many texts of a body wait in all its places; `late` are those whose day has passed."""

    to_hang: int
    late: int
    to_take_down: int
    next_day: date | None


def places(unit: Unit, *, only_open: bool = True) -> list[Place]:
    """The body's places of posting."""
    found = Place.objects.filter(unit=unit)
    return list(found.filter(is_open=True) if only_open else found)


def place_states(unit: Unit, on: date, *, ahead: date | None = None) -> list[PlaceState]:
    """Each open place with what is to be done there, in three questions of the database.

    What the commune receives dossiers for must hang: procedures that name the commune level, or no level. `ahead`
    adds those that take effect until that day.
    """
    there = places(unit)
    hanging: dict[int, list[Posting]] = {place.pk: [] for place in there}
    rows = (
        Posting.objects.filter(place__in=there, taken_down_on=None)
        .select_related("version__procedure", "line")
        .defer("version__sheet", "version__folded")
    )
    for one in rows.order_by("version__field", "version__name", "pk"):
        hanging[one.place_id].append(one)
    wanted = _wanted(unit, on, ahead)
    return [
        PlaceState(
            place,
            tuple(hanging[place.pk]),
            _to_hang(wanted, hanging[place.pk], on),
            tuple(one for one in hanging[place.pk] if one.version.ends_on and one.version.ends_on <= on),
        )
        for place in there
    ]


def _wanted(unit: Unit, on: date, ahead: date | None) -> list[Version]:
    ids = catalogue_ids(unit, on)
    found: dict[int, Version] = {}
    for day in filter(None, (on, ahead)):
        for version in standing_versions(unit, day, ids=ids):
            if not version.levels or f",{Level.COMMUNE}," in version.levels:
                found.setdefault(version.pk, version)
    return sorted(found.values(), key=lambda one: (one.field, one.name, one.pk))


def _to_hang(wanted: Sequence[Version], hanging: Sequence[Posting], on: date) -> tuple[ToHang, ...]:
    there = {one.version_id for one in hanging}
    return tuple(ToHang(one, one.starts_on, on) for one in wanted if one.pk not in there)


def counter(unit: Unit, on: date, *, ahead: date | None = None) -> Counter:
    """What waits in all places of the body, each text once; `None` of a day where nothing comes."""
    states = place_states(unit, on, ahead=ahead)
    waiting = {one.version.pk: one for state in states for one in state.to_hang}
    days = [one.by for one in waiting.values() if one.by is not None and one.by >= on]
    return Counter(
        to_hang=len(waiting),
        late=sum(one.is_late for one in waiting.values()),
        to_take_down=sum(len(state.to_take_down) for state in states),
        next_day=min(days) if days else None,
    )


def decision_of(versions: Sequence[Version]) -> str:
    """The number of the decision that made all of these versions; '' when there is none, or more than one."""
    numbers = set(
        Event.objects.filter(version__in=versions)
        .exclude(kind="abolish")
        .values_list("decision__number", flat=True)
    )
    return numbers.pop() or "" if len(numbers) == 1 else ""


def postings_of(version_ids: Sequence[int], unit: Unit) -> list[Posting]:
    """Where and when these versions hung or hang at the body, newest first."""
    return list(
        Posting.objects.filter(version__in=version_ids, place__unit=unit).select_related(
            "place", "version", "line"
        )
    )
