"""A schedule in words: the plan's own, or for one that has none, the words an office would choose."""

from __future__ import annotations

from datetime import date

from dinhlang.periods.identifier import Kind, Period
from dinhlang.periods.schedule.model import Recurrence, Schedule, ScheduleKind, Step
from dinhlang.periods.window import numeric_date

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_QUARTERS = ("I", "II", "III", "IV")
_PER = {1: "tháng", 3: "quý", 12: "năm"}
# Words for one round of the whole work: "02 kỳ/năm" spreads over the year, "02 tin/năm" does not.
ROUNDS = frozenset({"kỳ", "lần", "đợt", "số"})


def render(schedule: Schedule) -> str:
    """The phrase as the plan has it; the canonical one when the schedule was not read from a plan."""
    return schedule.text or render_canonical(schedule)


def render_canonical(schedule: Schedule) -> str:
    """A phrase that reads back as this schedule; empty when it has no words but its own.

    That is so for unknown ones, and for those that lack the year they need.
    """
    match schedule.kind:
        case ScheduleKind.CONTINUOUS:
            phrase = "Thường xuyên"
        case ScheduleKind.TRIGGERED:
            phrase = "Khi có yêu cầu"
        case ScheduleKind.UNKNOWN:
            return ""
        case ScheduleKind.YEAR:
            return f"Năm {schedule.year}" if schedule.year_written else "Cả năm"
        case _:
            phrase = _dated(schedule)
            if not phrase:
                return ""
    if not _takes_year(schedule):
        return phrase
    if schedule.recurrence:
        return f"{phrase} trong năm {schedule.year}"
    return f"{phrase} {schedule.year}" if phrase.endswith("năm") else f"{phrase} năm {schedule.year}"


def _dated(schedule: Schedule) -> str:
    if schedule.recurrence:
        return _recurrence(schedule.recurrence)
    if schedule.deadlines:
        return _deadlines(schedule)
    if schedule.span:
        return _span(schedule)
    return _joined([_period(period) for period in schedule.periods])


def _takes_year(schedule: Schedule) -> bool:
    """Whether the year stands at the end of the phrase; dates carry theirs inside."""
    days_inside = schedule.deadlines or (schedule.span and not _whole_months(schedule))
    return schedule.year_written and not days_inside


def _recurrence(rule: Recurrence) -> str:
    if rule.weekday is not None:
        return f"{_WEEKDAYS[rule.weekday]} hằng tuần"
    if rule.day is not None and rule.unit is None:
        where = {1: "hằng tháng", 3: f"tháng {'đầu' if rule.in_first_month else 'cuối'} quý"}[rule.interval]
        return f"Trước ngày {rule.day:02d} {where}"
    per = _per(rule)
    if rule.unit is None:
        return f"Hằng {per}"
    least = "ít nhất " if rule.at_least else ""
    if rule.day is not None:
        return f"Mỗi {per} {least}{rule.times:02d} {rule.unit} vào ngày {rule.day:02d}"
    if rule.step is Step.MONTH and rule.interval in (2, 4, 6) and rule.times == 1 and rule.unit in ROUNDS:
        phrase = f"{least}{12 // rule.interval:02d} {rule.unit}/năm"
        return phrase[:1].upper() + phrase[1:]
    return f"Mỗi {per} {least}{rule.times:02d} {rule.unit}"


def _per(rule: Recurrence) -> str:
    if rule.step is Step.WEEK:
        return "tuần" if rule.interval == 1 else f"{rule.interval} tuần"
    return _PER.get(rule.interval, f"{rule.interval} tháng")


def _deadlines(schedule: Schedule) -> str:
    words = "Chậm nhất ngày" if schedule.inclusive else "Trước ngày"
    days = [numeric_date(day) if schedule.year_written else _short(day) for day in schedule.deadlines]
    return f"{words} {_joined(days)}"


def _span(schedule: Schedule) -> str:
    span = schedule.span
    if span is None or _whole_months(schedule):
        return f"Từ tháng {_month(span.start.month)} đến tháng {_month(span.end.month)}" if span else ""
    start, end = (numeric_date, numeric_date) if schedule.year_written else (_short, _short)
    return f"Từ ngày {start(span.start)} đến ngày {end(span.end)}"


def _whole_months(schedule: Schedule) -> bool:
    """Whether a range can be said in months of one year."""
    span = schedule.span
    if span is None or span.start.year != span.end.year:
        return False
    first, last = (Period(span.start.year, Kind.MONTH, day.month) for day in (span.start, span.end))
    return span.start == first.calendar_window().start and span.end == last.calendar_window().end


def _period(period: Period) -> str:
    match period.kind:
        case Kind.QUARTER:
            return f"Quý {_QUARTERS[period.index - 1]}"
        case Kind.MONTH:
            return f"Tháng {_month(period.index)}"
        case Kind.HALF:
            return f"6 tháng {'đầu' if period.index == 1 else 'cuối'} năm"
        case Kind.NINE_MONTHS:
            return "9 tháng"
        case Kind.YEAR:
            return "Cả năm"


def _joined(parts: list[str]) -> str:
    """'Quý I, Quý II và Quý IV'."""
    return " và ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def _month(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)


def _short(day: date) -> str:
    return f"{day.day:02d}/{_month(day.month)}"
