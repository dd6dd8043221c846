"""What a schedule becomes, in the words of an office: 'mỗi tháng, 12 kỳ, hạn ngày làm việc cuối tháng'."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dinhlang.periods import schedule
from dinhlang.periods.schedule import Recurrence, ScheduleKind, Step
from dinhlang.periods.window import numeric_date
from dinhlang.work.plan_reading import TaskReading

_SHOWN_DAYS = 4


@dataclass(frozen=True, slots=True)
class Understood:
    """How a schedule is understood. `doubts` are sentences about what looks wrong in it."""

    words: str
    doubts: tuple[str, ...]


def understood(reading: TaskReading, year: int) -> Understood:
    """How the schedule of a row is understood in a plan of the year."""
    return Understood(_words(reading, year), reading.warnings)


def _words(reading: TaskReading, year: int) -> str:
    read = schedule.parse(reading.schedule_text, year)
    count = len(reading.spans)
    if reading.watch_months is not None:
        return _("thường xuyên, theo dõi %(every)s, %(count)d kỳ") % {
            "every": _every_months(reading.watch_months),
            "count": count,
        }
    if read.kind is ScheduleKind.TRIGGERED:
        return _("khi phát sinh, không có hạn")
    if read.kind is ScheduleKind.UNKNOWN or not reading.spans:
        return _("chưa hiểu được, tạm theo dõi cả năm %(year)d") % {"year": year}
    first = reading.spans[0]
    if count == 1:
        return _("1 kỳ, từ %(start)s đến %(end)s, hạn %(due)s") % {
            "start": numeric_date(first.starts_on),
            "end": numeric_date(first.ends_on),
            "due": numeric_date(first.due_on),
        }
    parts = [_every(read.recurrence)] if read.recurrence else []
    parts.append(_("%(count)d kỳ") % {"count": count})
    if first.needed > 1:
        parts.append(_("mỗi kỳ %(times)d lần") % {"times": first.needed})
    parts.append(_due(read.recurrence) or _("hạn %(days)s") % {"days": _days(reading)})
    return ", ".join(parts)


def _every(recurrence: Recurrence) -> str:
    if recurrence.step is Step.MONTH:
        return _every_months(recurrence.interval)
    if recurrence.interval == 1:
        return _("mỗi tuần")
    return _("mỗi %(count)d tuần") % {"count": recurrence.interval}


def _every_months(months: int) -> str:
    known = {1: _("mỗi tháng"), 3: _("mỗi quý"), 6: _("mỗi 6 tháng"), 12: _("mỗi năm")}
    return known.get(months) or _("mỗi %(count)d tháng") % {"count": months}


def _due(recurrence: Recurrence | None) -> str:
    """When each time is due, if that can be said of all of them."""
    if recurrence is None or recurrence.weekday is not None:
        return ""
    if recurrence.day is not None:
        return _("hạn ngày %(day)d, gặp ngày nghỉ thì ngày làm việc kế tiếp") % {"day": recurrence.day}
    if recurrence.step is Step.WEEK:
        return _("hạn ngày làm việc cuối tuần")
    ends = {1: _("hạn ngày làm việc cuối tháng"), 3: _("hạn ngày làm việc cuối quý")}
    return ends.get(recurrence.interval) or _("hạn ngày làm việc cuối kỳ")


def _days(reading: TaskReading) -> str:
    days = [numeric_date(span.due_on) for span in reading.spans]
    if len(days) > _SHOWN_DAYS:
        return _("%(first)s … %(last)s") % {"first": days[0], "last": days[-1]}
    return "; ".join(days)
