"""What can be asked about units and people. Dates are always given, never read from the clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from rapidfuzz import fuzz

from dinhlang.officialdoc.model import Issuer
from dinhlang.org.models import (
    Dated,
    Person,
    Position,
    ReportingLine,
    Unit,
    UnitName,
    UnitPlacement,
    UnitSuccession,
)
from dinhlang.org.rules import ROLES, Refused, Role, Wanted, printed_day, wanted
from dinhlang.vietnamese.text import fold, nfc

# Below this likeness (of 100) two names have little in common but some letters.
ALIKE = 78
# No first day means since ever; PostgreSQL would sort it last.
EARLIEST_FIRST = F("starts_on").asc(nulls_first=True)
PARTS = (Unit.Level.DEPARTMENT, Unit.Level.HAMLET)


# --- names, place, existence ----------------------------------------------------------------------


def exists_on(unit: Unit, on: date) -> bool:
    """Whether the unit was in being on that day."""
    return (unit.starts_on is None or unit.starts_on <= on) and (unit.ends_on is None or unit.ends_on > on)


def name_of(unit: Unit, on: date) -> UnitName | None:
    """How the unit was called on that day; a unit that has ceased keeps its last name. `None` before its first."""
    return unit.names.filter(Q(starts_on=None) | Q(starts_on__lte=on)).order_by(EARLIEST_FIRST).last()


def title_of(unit: Unit, on: date) -> str:
    """The name to print ('xã Nam Trung'); the id of a unit that had no name yet."""
    name = name_of(unit, on)
    return name.full if name else unit.id


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
    title = title_of(body, on)
    name = name_of(body, on)
    place = name.name if name and not name.named_after else title[:1].upper() + title[1:]
    if unit == body:
        return Letterhead(None, ("ỦY BAN NHÂN DÂN", title.upper()), place)
    return Letterhead(f"UBND {title.upper()}", (title_of(unit, on).upper(),), place)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list of units: id, name and unit above on one day."""

    unit_id: str
    name: str
    parent_id: str | None


def listing(on: date, *, level: str | None = None, under: Unit | None = None) -> list[Listed]:
    """The units in being on a day, by id; of one level or below one unit, when asked. Three questions in all."""
    units = Unit.objects.in_force(on)
    if level is not None:
        units = units.filter(level=level)
    if under is not None:
        units = units.filter(id__in=ids_below(under, on))
    names = {name.unit_id: name.full for name in UnitName.objects.in_force(on)}
    parents = dict(UnitPlacement.objects.in_force(on).values_list("unit_id", "parent_id"))
    ids = units.order_by("id").values_list("id", flat=True)
    return [Listed(unit_id, names.get(unit_id, unit_id), parents.get(unit_id)) for unit_id in ids]


def history(unit: Unit) -> dict[str, list[str]]:
    """All that is known of a unit over time, as lines for people to read under their headings."""
    took_over = UnitSuccession.objects.filter(successor=unit)
    return {
        "Tên": [f"{name.full}{_span(name)}" for name in unit.names.order_by(EARLIEST_FIRST)],
        "Cấp trên": [
            f"{placed.parent_id}{_span(placed)}" for placed in unit.placements.order_by(EARLIEST_FIRST)
        ],
        "Kế thừa từ": [f"{step.predecessor_id}{_step(step)}" for step in took_over],
        "Đơn vị kế thừa": [f"{step.successor_id}{_step(step)}" for step in successions(unit)],
        "Gửi báo cáo đến": [
            f"{line.recipient_name or line.recipient_id}{_span(line)}"
            for line in unit.reporting_lines.order_by(EARLIEST_FIRST)
        ],
    }


def _span(row: Dated) -> str:
    parts = [
        f"từ {printed_day(row.starts_on)}" if row.starts_on else "",
        f"đến trước {printed_day(row.ends_on)}" if row.ends_on else "",
        row.legal_basis,
    ]
    said = ", ".join(part for part in parts if part)
    return f" ({said})" if said else ""


def _step(step: UnitSuccession) -> str:
    doubt = "" if step.is_confirmed else ", chưa đối chiếu văn bản"
    share = " một phần" if step.is_partial else ""
    return f" ({step.get_reason_display()}{share} từ {printed_day(step.takes_effect_on)}, {step.legal_basis}{doubt})"


# --- succession -----------------------------------------------------------------------------------


def successions(unit: Unit) -> QuerySet[UnitSuccession]:
    """The direct steps: who took over from this unit, when and by what instrument."""
    return UnitSuccession.objects.filter(predecessor=unit).select_related("successor")


def successors(unit: Unit, on: date | None = None) -> list[Unit]:
    """All units that came after this one, step by step, nearest first; with `on`, those of steps taken by then."""
    found: list[Unit] = []
    layer = [unit]
    while layer:
        steps = UnitSuccession.objects.filter(predecessor__in=layer).select_related("successor")
        if on is not None:
            steps = steps.filter(takes_effect_on__lte=on)
        layer = [step.successor for step in steps if step.successor not in found]
        found.extend(dict.fromkeys(layer))
    return found


def heirs(unit: Unit, on: date) -> list[Unit]:
    """The units in being on that day that hold what this one held; the unit itself while it is in being."""
    if exists_on(unit, on):
        return [unit]
    return [later for later in successors(unit, on) if exists_on(later, on)]


def heir_ids(unit: Unit, on: date) -> set[str]:
    """Ids of the units that took over from this one by that day, at any step."""
    return {later.id for later in successors(unit, on)}


def predecessor_ids(unit_ids: Iterable[str], on: date) -> set[str]:
    """Ids of all units that these took over from, at any step, by that day."""
    found: set[str] = set()
    layer = set(unit_ids)
    while layer:
        steps = UnitSuccession.objects.filter(successor__in=layer, takes_effect_on__lte=on)
        layer = set(steps.values_list("predecessor_id", flat=True)) - found
        found |= layer
    return found


# --- people ---------------------------------------------------------------------------------------


def positions(person: Person | AnonymousUser, on: date) -> QuerySet[Position]:
    """The person's positions in force on that day, with their units."""
    if person.pk is None:
        return Position.objects.none()
    held: QuerySet[Position] = (
        Position.objects.in_force(on).filter(person_id=person.pk).select_related("unit")
    )
    return held


def home_units(person: Person | AnonymousUser, on: date) -> list[Unit]:
    """The bodies the person acts for on that day (not those they only read), in the order of their positions."""
    acting = [p for p in positions(person, on) if not ROLES[Role(p.role)].sees_below]
    return list(dict.fromkeys(body_of(position.unit, on) for position in acting))


def visible_units(person: Person | AnonymousUser | None, on: date) -> QuerySet[Unit]:
    """The units whose matters the person may read on that day: every query of the rooms above goes through it.

    Their own bodies with departments and hamlets; for a role that sees below, everything below; and the
    units these took over from. `None` is the operator at the command line, who sees all; a person without
    a position, or one who is not signed in, sees none.
    """
    if person is None:
        return Unit.objects.all()
    if not person.is_active:
        return Unit.objects.none()
    ids: set[str] = set()
    for position in positions(person, on):
        home = body_of(position.unit, on)
        ids |= {home.id} | ids_below(home, on, parts_only=not ROLES[Role(position.role)].sees_below)
    return Unit.objects.filter(id__in=ids | predecessor_ids(ids, on))


# --- reporting ------------------------------------------------------------------------------------


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


# --- finding a unit -------------------------------------------------------------------------------


class UnknownUnit(Refused):
    """No unit, or more than one, answers to what was asked; the message names the nearest."""


def unit(id_or_name: str, on: date | None = None) -> Unit:
    """The unit with this id, else the only one that answers to the name.

    Names are matched without marks or case; marks, the kind ('xã'), a unit above ('Nam Trung, Nam Sách')
    and the day `on` tell several apart. Raises `UnknownUnit`, naming up to five candidates.
    """
    text = nfc(id_or_name).strip()
    exact = Unit.objects.filter(id=text.lower()).first()
    if exact is not None:
        return exact
    asked = wanted(text)
    matches = _answering(asked)
    if on is not None and len(_units(matches)) > 1:
        matches = _preferred(matches, [name for name in matches if _held(name, on)])
    matches = _preferred(matches, [name for name in matches if nfc(name.name).lower() in asked.spellings])
    if len(_units(matches)) == 1:
        return matches[-1].unit
    raise UnknownUnit(_no_single_unit(text, matches))


def unit_for_issuer(issuer: Issuer, on: date | None = None, near: Unit | None = None) -> Unit | None:
    """The unit that issued a document, from its letterhead; `None` when none or several would fit.

    With `on`, only units in being and so named on that day. `near` is a unit to which the document is
    likely to belong: it, or a unit beside it, is preferred when names repeat.
    """
    text = " ".join(part for part in (issuer.unit_kind, issuer.unit_name) if part) or issuer.name
    if not text:
        return None
    matches = _answering(wanted(f"{text}, {issuer.parent}" if issuer.parent else text))
    if on is not None:
        matches = [name for name in matches if _held(name, on)]
    if near is not None:
        matches = _preferred(matches, [name for name in matches if name.unit == near])
        beside = _ancestor_ids(near)
        matches = _preferred(matches, [name for name in matches if beside & _ancestor_ids(name.unit)])
    return matches[-1].unit if len(_units(matches)) == 1 else None


def find(text: str, on: date | None = None, limit: int = 20) -> list[UnitName]:
    """Names that resemble the text, best first, for people to choose from; with `on`, those held on that day."""
    names = UnitName.objects.select_related("unit")
    if on is not None:
        names = names.in_force(on)
    asked = wanted(nfc(text))
    scored = [(_likeness(name, asked), name) for name in names]
    scored.sort(key=lambda pair: (-pair[0], pair[1].folded, pair[1].unit_id))
    return [name for score, name in scored[:limit] if score >= ALIKE]


def describe(name: UnitName) -> str:
    """One unit among others of its name: 'tran-phu-10633 (xã Trần Phú, thành phố Hải Phòng, từ 01/7/2025)'."""
    unit = name.unit
    placement = unit.placements.select_related("parent").order_by(EARLIEST_FIRST).last()
    parts = [name.full]
    if placement is not None:
        last_name = placement.parent.names.order_by(EARLIEST_FIRST).last()
        parts.append(last_name.full if last_name else placement.parent_id)
    if unit.starts_on:
        parts.append(f"từ {printed_day(unit.starts_on)}")
    if unit.ends_on:
        parts.append(f"đến trước {printed_day(unit.ends_on)}")
    return f"{unit.id} ({', '.join(parts)})"


def _answering(asked: Wanted) -> list[UnitName]:
    names = (
        UnitName.objects.filter(folded__in=asked.folded)
        .select_related("unit")
        .order_by("unit", EARLIEST_FIRST)
    )
    return [
        name
        for name in names
        if (asked.kind is None or fold(name.kind) == asked.kind or name.folded == asked.folded[0])
        and all(_stands_under(name.unit, above) for above in asked.above)
    ]


def _likeness(name: UnitName, asked: Wanted) -> float:
    """0 to 101: how much a name is like what was asked; a hair more when the kind agrees too."""
    spelling = asked.folded[-1]
    if not spelling:
        return 0
    whole = max(fuzz.ratio(name.folded, each) for each in asked.folded)
    inside = 90.0 if f" {spelling} " in f" {name.folded} " else 0.0
    return max(whole, inside) + (asked.kind is not None and fold(name.kind) == asked.kind)


def _held(name: UnitName, on: date) -> bool:
    begun = name.starts_on is None or name.starts_on <= on
    return begun and (name.ends_on is None or name.ends_on > on) and exists_on(name.unit, on)


def _units(names: list[UnitName]) -> set[str]:
    return {name.unit_id for name in names}


def _preferred(all_of_them: list[UnitName], better: list[UnitName]) -> list[UnitName]:
    return better or all_of_them


def _ancestor_ids(unit: Unit) -> set[str]:
    """Ids of all units this one ever stood under, at any height."""
    found: set[str] = set()
    layer = {unit.id}
    while layer:
        above = UnitPlacement.objects.filter(unit__in=layer).values_list("parent_id", flat=True)
        layer = set(above) - found
        found |= layer
    return found


def _stands_under(unit: Unit, above: Wanted) -> bool:
    names = UnitName.objects.filter(unit__in=_ancestor_ids(unit), folded__in=above.folded)
    return any(above.kind is None or fold(name.kind) == above.kind for name in names)


def _no_single_unit(text: str, matches: list[UnitName]) -> str:
    if matches:
        candidates = list({name.unit_id: name for name in matches}.values())
        shown = "; ".join(describe(name) for name in candidates[:5])
        more = f" và {len(candidates) - 5} đơn vị khác" if len(candidates) > 5 else ""
        return f"Có {len(candidates)} đơn vị tên “{text}”: {shown}{more}. Hãy ghi mã đơn vị thay cho tên."
    similar = "; ".join(describe(name) for name in find(text, limit=5))
    hint = f" Gần giống: {similar}." if similar else ""
    return f"Không có đơn vị nào mã hoặc tên “{text}”.{hint} Tìm mã bằng lệnh: dinhlang unit find TÊN."
