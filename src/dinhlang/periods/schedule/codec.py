"""A schedule as the JSON object of the document contract: text, kind, period, rrule, deadline, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dinhlang.periods.identifier import BadPeriod, Period
from dinhlang.periods.schedule.grammar import parse
from dinhlang.periods.schedule.model import Schedule, ScheduleKind

_KEYS = ("text", "kind", "period", "rrule", "deadline")


class BadSchedule(ValueError):
    """The object is no schedule. The message is Vietnamese and may be shown."""


def to_json(schedule: Schedule) -> dict[str, str | None]:
    """The contract object."""
    return {
        "text": schedule.text,
        "kind": schedule.kind.value,
        "period": None if schedule.period is None else str(schedule.period),
        "rrule": schedule.rrule,
        "deadline": None if schedule.deadline is None else schedule.deadline.isoformat(),
    }


def from_json(data: Mapping[str, object], year: int | None = None) -> Schedule:
    """The schedule of a contract object, read for the plan's year.

    The words are read again, for they say more than the object. Where the object says otherwise, because a
    person corrected its kind, period or deadline, the object wins. Raises BadSchedule.
    """
    text = data.get("text")
    if not isinstance(text, str):
        raise BadSchedule("Thời gian thực hiện phải có “text” là cụm từ trong kế hoạch.")
    kind, period, deadline = _kind(data.get("kind")), _period(data.get("period")), _day(data.get("deadline"))
    if year is None:
        year = period.year if period else deadline.year if deadline else None
    reading = parse(text, year)
    if kind is ScheduleKind.RECURRING or all(data.get(key) == to_json(reading)[key] for key in _KEYS):
        if reading.rrule is None and kind is ScheduleKind.RECURRING:
            raise BadSchedule(f"Không đọc được nhịp lặp lại trong “{text}”. Viết như “Mỗi tháng 01 kỳ”.")
        return reading
    return Schedule(
        text=reading.text,
        kind=kind,
        year=year,
        year_written=True,
        periods=(period,) if period else (),
        deadlines=(deadline,) if deadline else (),
    )


def _kind(value: object) -> ScheduleKind:
    try:
        return ScheduleKind(str(value))
    except ValueError:
        known = ", ".join(kind.value for kind in ScheduleKind)
        raise BadSchedule(f"Loại thời gian “{value}” không có. Các loại: {known}.") from None


def _period(value: object) -> Period | None:
    if value is None:
        return None
    try:
        return Period.parse(str(value))
    except BadPeriod as reason:
        raise BadSchedule(str(reason)) from None


def _day(value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise BadSchedule(f"Hạn “{value}” không phải ngày. Viết như 2026-06-15.") from None
