"""Units as lists and as histories, for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from dinhlang.org.models import EARLIEST_FIRST, Dated, Unit, UnitName, UnitPlacement, UnitSuccession
from dinhlang.org.queries.standing import ids_below, titles_of
from dinhlang.org.queries.succession import successions
from dinhlang.org.rules import printed_day


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
    took_over = list(UnitSuccession.objects.filter(successor=unit))
    taken_over = list(successions(unit))
    placements = list(unit.placements.order_by(EARLIEST_FIRST))
    lines = list(unit.reporting_lines.order_by(EARLIEST_FIRST))
    # By their last names: on one page a unit is called one way.
    called = titles_of(
        {
            *(placed.parent_id for placed in placements),
            *(step.predecessor_id for step in took_over),
            *(step.successor_id for step in taken_over),
            *(line.recipient_id for line in lines),
        },
        date.max,
    )
    return {
        _("Tên"): names_through_time(unit),
        _("Cấp trên"): [f"{_known(called, row.parent_id)}{_span(row)}" for row in placements],
        _("Kế thừa từ"): [f"{_known(called, step.predecessor_id)}{_step(step)}" for step in took_over],
        _("Đơn vị kế thừa"): [f"{_known(called, step.successor_id)}{_step(step)}" for step in taken_over],
        _("Gửi báo cáo đến"): [
            f"{line.recipient_name or called[line.recipient_id]}{_span(line)}" for line in lines
        ],
    }


def names_through_time(unit: Unit) -> list[str]:
    """How the unit was called, first name first, each with its days and its legal basis."""
    return [f"{name.full}{_span(name)}" for name in unit.names.order_by(EARLIEST_FIRST)]


def names_around(unit: Unit) -> list[str]:
    """The names of places that its documents speak of, whenever they were borne: its own, those above, and those beside.

    A few hundred: hamlets, the communes and districts of its province, the province. Names that are numbers
    ('phường 3') or a single syllable say too little, and are left out.
    """
    above: set[str] = set()
    layer = {unit.id}
    while layer:
        found = UnitPlacement.objects.filter(unit__in=layer).values_list("parent_id", flat=True)
        layer = set(found) - above
        above |= layer
    beside = UnitPlacement.objects.filter(parent__in=above | {unit.id}).values("unit_id")
    names = UnitName.objects.filter(Q(unit__in=above | {unit.id}) | Q(unit__in=beside))
    names = names.exclude(unit__level=Unit.Level.DEPARTMENT)
    distinct = names.order_by("name").values_list("name", flat=True).distinct()
    return [name for name in distinct if " " in name and not any(map(str.isdigit, name))]


def parents_of(unit_ids: Iterable[str]) -> dict[str, str]:
    """Under which unit each of these stood last, by name: what tells units of one name apart. Two questions."""
    placed = UnitPlacement.objects.filter(unit__in=set(unit_ids)).order_by("unit", EARLIEST_FIRST)
    above = dict(placed.values_list("unit_id", "parent_id"))
    called = titles_of(above.values(), date.max)
    return {unit_id: called[parent_id] for unit_id, parent_id in above.items()}


def _known(called: Mapping[str, str], unit_id: str) -> str:
    """A unit by its name and its id: names repeat."""
    return f"{called[unit_id]}, {unit_id}"


def _span(row: Dated) -> str:
    parts = [
        _("từ %(day)s") % {"day": printed_day(row.starts_on)} if row.starts_on else "",
        _("đến trước %(day)s") % {"day": printed_day(row.ends_on)} if row.ends_on else "",
        row.legal_basis,
    ]
    said = ", ".join(part for part in parts if part)
    return f" ({said})" if said else ""


def _step(step: UnitSuccession) -> str:
    said = {
        "reason": step.get_reason_display(),
        "share": _(" một phần") if step.is_partial else "",
        "day": printed_day(step.takes_effect_on),
        "basis": step.legal_basis,
        "doubt": "" if step.is_confirmed else _(", chưa đối chiếu văn bản"),
    }
    return _(" (%(reason)s%(share)s từ %(day)s, %(basis)s%(doubt)s)") % said
