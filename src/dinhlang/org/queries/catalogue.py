"""Units as lists and as histories, for people to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dinhlang.org.models import EARLIEST_FIRST, Dated, Unit, UnitName, UnitPlacement, UnitSuccession
from dinhlang.org.queries.standing import ids_below
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
