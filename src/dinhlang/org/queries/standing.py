"""What a unit was on a day: its being, name, place, letterhead and recipient of reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dinhlang.org.models import EARLIEST_FIRST, ReportingLine, Unit, UnitName, UnitPlacement

PARTS = (Unit.Level.DEPARTMENT, Unit.Level.HAMLET)


def exists_on(unit: Unit, on: date) -> bool:
    """Whether the unit was in being on that day."""
    return (unit.starts_on is None or unit.starts_on <= on) and (unit.ends_on is None or unit.ends_on > on)


def name_of(unit: Unit, on: date) -> UnitName | None:
    """How the unit was called on that day; a unit that has ceased keeps its last name. `None` before its first."""
    return unit.names.filter(Q(starts_on=None) | Q(starts_on__lte=on)).order_by(EARLIEST_FIRST).last()


def title_of(unit: Unit, on: date) -> str:
    """The name to print ('xã Nam Trung'); before its first day the first name, for a unit without names its id."""
    name = name_of(unit, on) or unit.names.order_by(EARLIEST_FIRST).first()
    return name.full if name else unit.id


def titles_of(unit_ids: Iterable[str], on: date) -> dict[str, str]:
    """What `title_of` says of many units, in one question."""
    ids = set(unit_ids)
    titles = dict.fromkeys(ids, "")
    for name in UnitName.objects.filter(unit__in=ids).order_by("unit", EARLIEST_FIRST):
        if not titles[name.unit_id] or name.starts_on is None or name.starts_on <= on:
            titles[name.unit_id] = name.full
    return {unit_id: title or unit_id for unit_id, title in titles.items()}


def parent_of(unit: Unit, on: date) -> Unit | None:
    """The unit it stood under on that day."""
    placement = UnitPlacement.objects.in_force(on).filter(unit=unit).select_related("parent").first()
    return placement.parent if placement else None


def path_up(unit: Unit, on: date) -> list[Unit]:
    """The units above on that day, nearest first."""
    path: list[Unit] = []
    above = parent_of(unit, on)
    while above is not None and above not in path:
        path.append(above)
        above = parent_of(above, on)
    return path


def body_of(unit: Unit, on: date) -> Unit:
    """The body a department or hamlet is part of on that day; any other unit is its own."""
    while unit.level in PARTS:
        above = parent_of(unit, on)
        if above is None:
            break
        unit = above
    return unit


def ids_below(unit: Unit, on: date, *, parts_only: bool = False) -> set[str]:
    """Ids of all units under this one on that day; with `parts_only` just its departments and hamlets."""
    found: set[str] = set()
    layer = {unit.id}
    while layer:
        placed = UnitPlacement.objects.in_force(on).filter(parent__in=layer)
        if parts_only:
            placed = placed.filter(unit__level__in=PARTS)
        layer = set(placed.values_list("unit_id", flat=True)) - found - {unit.id}
        found |= layer
    return found


def names_of_parts(body: Unit, on: date) -> dict[str, UnitName]:
    """The names of a body's departments and hamlets by their ids, as they were on that day."""
    ids = ids_below(body, on, parts_only=True)
    names = UnitName.objects.in_force(on).filter(unit__in=ids).select_related("unit")
    return {name.unit_id: name for name in names.order_by("unit", EARLIEST_FIRST)}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """How a unit signs the top of its documents (NĐ 30/2020/NĐ-CP, Phụ lục I).

    `parent` is the line of the body above, `issuer` the lines of the issuing body, both in capitals;
    `place` stands before the date.
    """

    parent: str | None
    issuer: tuple[str, ...]
    place: str


def letterhead(unit: Unit, on: date) -> Letterhead:
    """The letterhead of a unit as it was called on that day.

    A people's committee prints no line above its own name; a department prints its committee, abbreviated.
    A place named after a person, a number or an event keeps its kind: 'Xã Trần Phú'.
    """
    body = body_of(unit, on)
    name = name_of(body, on)
    title = name.full if name else title_of(body, on)
    place = place_called(name) if name else title[:1].upper() + title[1:]
    if unit == body:
        return Letterhead(None, ("ỦY BAN NHÂN DÂN", title.upper()), place)
    return Letterhead(f"UBND {title.upper()}", (title_of(unit, on).upper(),), place)


def place_called(name: UnitName) -> str:
    """How the place is written before the day of a document, by the name of its body."""
    return name.full[:1].upper() + name.full[1:] if name.named_after else name.name


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom a report goes: the unit, and how documents write its name."""

    unit: Unit
    name: str


def recipient_of(unit: Unit, programme: str, on: date) -> Recipient | None:
    """Who receives the unit's reports of a programme on that day; `None` when no reporting line says so."""
    lines = ReportingLine.objects.in_force(on).filter(unit=unit, programme=programme)
    line = lines.select_related("recipient").order_by(EARLIEST_FIRST).last()
    return Recipient(line.recipient, line.recipient_name or title_of(line.recipient, on)) if line else None
