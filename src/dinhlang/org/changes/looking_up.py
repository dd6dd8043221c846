"""From what was asked to what it does: names looked up, units held against their days, heirs of everything that ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.org import queries
from dinhlang.org.changes import rules
from dinhlang.org.changes.registry import Scope
from dinhlang.org.changes.rules import WHOLE, Asked, Kind, Target
from dinhlang.org.models import Unit, UnitPlacement, UnitSuccession
from dinhlang.org.places import slug
from dinhlang.org.queries.standing import PARTS
from dinhlang.org.rules import Unfit, printed_day

_HEIGHTS = {
    Unit.Level.NATION: 0,
    Unit.Level.PROVINCE: 1,
    Unit.Level.DISTRICT: 2,
    Unit.Level.COMMUNE: 3,
}


@dataclass(frozen=True, slots=True)
class Meant:
    """A change with its units found: `asked` holds ids only, of units to be made the ids they will have.

    `units` are those that change, `parent` where new or moved ones stand, `placed` the new unit above each that moves.
    `ends` are the bodies among `units` that end.
    """

    asked: Asked
    scope: Scope
    units: tuple[Unit, ...]
    parent: Unit | None
    placed: dict[str, str]
    ends: tuple[Unit, ...]
    report_to: Unit | None


def meant(asked: Asked) -> Meant:
    """Look a change up and hold it against what is known. Raises `Unfit` with the reason, and `queries.UnknownUnit`."""
    rules.check(asked)
    before = asked.on - timedelta(days=1)
    ids = {name: queries.unit(name, before).pk for name in asked.units}
    others = [*(one.unit for one in asked.targets), asked.parent, asked.report_to]
    others += [part for one in asked.targets for part in one.parts]
    ids |= {name: ids.get(name) or queries.unit(name, asked.on).pk for name in others if name}
    asked = rules.with_ids(asked, ids)
    rules.check(asked)
    known = Unit.objects.in_bulk({*asked.units, *ids.values()})
    units = tuple(known[one] for one in asked.units)
    _check_units(asked, units, before)
    parent = _parent(asked, units, known.get(asked.parent))
    asked = _with_new_ids(asked, parent)
    _check_targets(asked, units, known)
    if asked.report_to:
        _check_there(known[asked.report_to], asked.on, "report_to")
    return _worked_out(asked, units, parent, known, before)


def _check_units(asked: Asked, units: Iterable[Unit], before: date) -> None:
    levels = {unit.level for unit in units}
    if levels & set(PARTS):
        raise Unfit(
            _("Thôn, tổ dân phố, bộ phận được thêm, đổi tên, kết thúc ở trang “Thôn, bộ phận”."), "units"
        )
    if len(levels) > 1:
        raise Unfit(_("Các đơn vị phải cùng một cấp."), "units")
    if Unit.Level.NATION in levels:
        raise Unfit(_("Cấp trung ương không thay đổi ở đây."), "units")
    for unit in units:
        name = capfirst(queries.title_of(unit, before))
        if unit.ends_on is not None:
            raise Unfit(_ended(unit, name), "units")
        if not queries.exists_on(unit, before):
            raise Unfit(
                _("%(unit)s thành lập ngày %(day)s, chưa có trước ngày thay đổi.")
                % {"unit": name, "day": printed_day(unit.starts_on or asked.on)},
                "units",
            )
        later = [*unit.names.filter(starts_on__gt=asked.on), *unit.placements.filter(starts_on__gt=asked.on)]
        if later:
            raise Unfit(
                _("%(unit)s đã có tên hoặc cấp trên ghi từ ngày %(day)s. Chọn ngày muộn hơn.")
                % {"unit": name, "day": printed_day(later[0].starts_on or asked.on)},
                "on",
            )
    if asked.kind == Kind.ABOLISH and Unit.Level.COMMUNE in levels:
        raise Unfit(_("Xã, phường có thôn và cán bộ: không bãi bỏ mà sáp nhập hoặc chia tách."), "units")


def _ended(unit: Unit, name: str) -> str:
    told = _("%(unit)s đã ghi kết thúc từ ngày %(day)s.") % {
        "unit": name,
        "day": printed_day(unit.ends_on or date.max),
    }
    heirs = queries.titles_of((one.pk for one in queries.successors(unit)), date.max)
    if not heirs:
        return told
    return told + " " + _("Đơn vị kế thừa: %(names)s.") % {"names": ", ".join(sorted(heirs.values()))}


def _parent(asked: Asked, units: tuple[Unit, ...], given: Unit | None) -> Unit | None:
    """Where new or moved units stand: as given, else where all of them stand already."""
    needs = asked.kind == Kind.MOVE or any(not one.unit for one in asked.targets)
    if asked.kind == Kind.RENAME:
        return None
    if given is None and asked.kind == Kind.ABOLISH:
        return None
    found = given
    if found is None:
        above = {queries.parent_of(unit, asked.on) for unit in units} - {None}
        found = above.pop() if len(above) == 1 else None
    if found is None:
        if needs and any(unit.level != Unit.Level.PROVINCE for unit in units):
            raise Unfit(_("Ghi đơn vị cấp trên của đơn vị mới."), "parent")
        return None
    if needs or given is not None:
        _check_there(found, asked.on, "parent")
        _check_above(asked, units, found)
    return found


def _check_there(unit: Unit, on: date, field: str) -> None:
    if not queries.exists_on(unit, on):
        raise Unfit(
            _("%(unit)s không hoạt động vào ngày %(day)s.")
            % {"unit": capfirst(queries.title_of(unit, on)), "day": printed_day(on)},
            field,
        )


def _check_above(asked: Asked, units: tuple[Unit, ...], parent: Unit) -> None:
    name = capfirst(queries.title_of(parent, asked.on))
    for unit in units:
        if parent == unit or parent.pk in queries.ids_below(unit, asked.on):
            raise Unfit(
                _("%(parent)s thuộc %(unit)s nên không thể là cấp trên của nó.")
                % {"parent": name, "unit": queries.title_of(unit, asked.on)},
                "parent",
            )
        if _HEIGHTS.get(Unit.Level(parent.level), 9) >= _HEIGHTS[Unit.Level(unit.level)]:
            raise Unfit(_("%(parent)s không ở cấp trên.") % {"parent": name}, "parent")


def _with_new_ids(asked: Asked, parent: Unit | None) -> Asked:
    """New units with the ids they get: their name with the official code, else with where they stand."""
    if asked.kind == Kind.RENAME:
        return asked
    named: dict[str, str] = {}
    for one in asked.targets:
        if not one.unit:
            named[one.called] = _new_id(one, parent, named.values())
    made = tuple(one if one.unit else replace(one, unit=named[one.called]) for one in asked.targets)
    return replace(asked, targets=made)


def _new_id(target: Target, parent: Unit | None, given: Collection[str]) -> str:
    tail = target.code or (parent.pk if parent else "")
    wanted = slug(target.id or f"{target.name} {tail}")[:76].strip("-")
    taken = {*given, *Unit.objects.filter(pk__startswith=wanted).values_list("pk", flat=True)}
    if target.id and wanted in taken:
        raise Unfit(_("Mã đơn vị “%(id)s” đã có.") % {"id": wanted}, "targets")
    number, found = 2, wanted
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    return found


def _check_targets(asked: Asked, units: tuple[Unit, ...], known: dict[str, Unit]) -> None:
    if asked.kind in (Kind.RENAME, Kind.MOVE):
        return
    level = units[0].level
    for one in asked.targets:
        there = known.get(one.unit)
        if there is None:
            continue
        name = capfirst(queries.title_of(there, asked.on))
        if asked.kind != Kind.ABOLISH and there.level != level:
            raise Unfit(_("%(unit)s khác cấp với các đơn vị kia.") % {"unit": name}, "targets")
        if there.ends_on is not None:
            raise Unfit(_ended(there, name), "targets")
        _check_there(there, asked.on, "targets")
        _check_no_circle(there, units, name)
    if asked.kind == Kind.ABOLISH and {one.unit for one in asked.targets} & set(asked.units):
        raise Unfit(_("Đơn vị nhận hồ sơ không thể là đơn vị bị bãi bỏ."), "targets")


def _check_no_circle(there: Unit, units: tuple[Unit, ...], name: str) -> None:
    """A unit that came before another cannot come after it as well."""
    for unit in units:
        if unit != there and unit in queries.successors(there):
            raise Unfit(
                _("%(unit)s là đơn vị tiền thân của %(other)s nên không thể kế thừa lại nó.")
                % {"unit": name, "other": queries.title_of(unit, date.max)},
                "targets",
            )
        if UnitSuccession.objects.filter(predecessor=unit, successor=there).exists():
            raise Unfit(
                _("Đã ghi %(unit)s kế thừa %(other)s.")
                % {"unit": name, "other": queries.title_of(unit, date.max)},
                "targets",
            )


# --- what it does ---------------------------------------------------------------------------------


def _worked_out(
    asked: Asked, units: tuple[Unit, ...], parent: Unit | None, known: dict[str, Unit], before: date
) -> Meant:
    heirs = _heirs(asked)
    stay = set() if asked.kind == Kind.RENAME else {one.unit for one in asked.targets}
    ends = tuple(unit for unit in units if asked.kind in _ENDING and unit.pk not in stay)
    ending = {unit.pk: heirs for unit in ends}
    placed: dict[str, str] = (
        {unit.pk: parent.pk for unit in units if parent} if asked.kind == Kind.MOVE else {}
    )
    given = {part: one.unit for one in asked.targets for part in one.parts}
    for unit in units if asked.kind in _ENDING else ():
        _of_below(asked, unit, ending, placed, heirs, given, parent)
    if strangers := given.keys() - placed.keys():
        raise Unfit(_("“%(part)s” không thuộc đơn vị được chia.") % {"part": min(strangers)}, "targets")
    made = frozenset(one.unit for one in asked.targets if one.unit and one.unit not in known)
    going_on = (set(asked.units) | set(placed)) - set(ending)
    going_on |= {one.unit for one in asked.targets if one.unit in known} if asked.kind in _ENDING else set()
    scope = Scope(
        on=asked.on,
        ending=ending,
        going_on=frozenset(going_on),
        made=made,
        names=queries.titles_of({*ending, *going_on}, before)
        | {one.unit: f"{one.kind} {one.name}" for one in asked.targets if one.unit in made},
        receiver=asked.report_to,
        received_as=asked.report_as,
    )
    return Meant(asked, scope, units, parent, placed, ends, known.get(asked.report_to))


_ENDING = (Kind.MERGE, Kind.SPLIT, Kind.ABOLISH)


def _heirs(asked: Asked) -> tuple[tuple[str, Decimal], ...]:
    if asked.kind not in _ENDING:
        return ()
    shares = [(one.unit, one.share or WHOLE) for one in asked.targets]
    return tuple(sorted(shares, key=lambda pair: -pair[1]))


def _of_below(
    asked: Asked,
    unit: Unit,
    ending: dict[str, tuple[tuple[str, Decimal], ...]],
    placed: dict[str, str],
    heirs: tuple[tuple[str, Decimal], ...],
    given: dict[str, str],
    parent: Unit | None,
) -> None:
    """What becomes of the parts of a unit and the units right under it: departments end with it, the rest is placed anew."""
    ends = unit.pk in ending
    parts = Unit.objects.in_force(asked.on).filter(pk__in=queries.ids_below(unit, asked.on, parts_only=True))
    right_under = UnitPlacement.objects.in_force(asked.on).filter(parent=unit, unit__in=_there(asked.on))
    bodies = right_under.exclude(unit__level__in=PARTS).values_list("unit_id", flat=True)
    main = heirs[0][0] if heirs else ""
    above = parent or queries.parent_of(unit, asked.on)
    for part in parts:
        if part.level == Unit.Level.DEPARTMENT:
            if ends:
                ending[part.pk] = heirs
        elif target := given.get(part.pk) or (main if ends else ""):
            placed[part.pk] = target
    for body in bodies:
        if asked.kind == Kind.ABOLISH:
            if above is None:
                raise Unfit(_("Ghi đơn vị cấp trên mới của các đơn vị bên dưới."), "parent")
            placed[body] = above.pk
        elif target := given.get(body) or (main if ends else ""):
            placed[body] = target
    for unit_id in [one for one, target in placed.items() if target == unit.pk]:
        del placed[unit_id]


def _there(on: date) -> object:
    return Unit.objects.in_force(on).values("pk")
