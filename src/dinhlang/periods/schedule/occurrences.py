"""Which spans of a year a schedule means, and by which working day each is due.

Two rules move a due date off a day without work:
- a task to be done within a month, a quarter or any other span is due on the last working day of the span:
  the plan is the office's own aim, and work of a quarter is not handed in after it;
- a named day ("trước ngày 15/6", "ngày 15 hằng tháng") is a term, and a term that ends on a day off ends on the
  next working day (Bộ luật Dân sự 2015, art. 148 khoản 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dinhlang.periods import calendar as working_days
from dinhlang.periods.calendar import FIRST_YEAR, LAST_YEAR, WorkingCalendar
from dinhlang.periods.schedule.grammar import parse
from dinhlang.periods.schedule.model import Recurrence, Schedule, Step, weekdays
from dinhlang.periods.schedule.wording import render
from dinhlang.periods.window import Window, last_day

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """One time a task is due: the days on which the work counts, and the working day by which it is done."""

    number: int
    start: date
    end: date
    due: date


def occurrences(schedule: Schedule, year: int, calendar: WorkingCalendar | None = None) -> tuple[Due, ...]:
    """Every time the schedule falls due in a plan of the year; a year written in the phrase wins.

    Continuous, triggered and unknown schedules have none, nor has one that writes a year no calendar reaches: it
    is a slip of the pen. Raises BadCount when the plan's own year is such.
    """
    if schedule.year_written and not FIRST_YEAR < (schedule.year or year) < LAST_YEAR:
        return ()
    if not schedule.year_written and schedule.year != year:
        schedule = parse(render(schedule), year)
    days = calendar or working_days.default()
    spans = (
        _recurring(schedule.recurrence, schedule.year or year, days)
        if schedule.recurrence
        else _named(schedule, days)
    )
    return tuple(Due(number, window.start, window.end, due) for number, (window, due) in enumerate(spans, 1))


def watch_windows(year: int, months: int = 1) -> tuple[Window, ...]:
    """The spans in which a continuous task must leave a trace. Raises ValueError unless `months` divides 12."""
    if months < 1 or 12 % months:
        raise ValueError(f"a watch rhythm of {months} months does not divide the year")
    return tuple(
        Window(date(year, first, 1), last_day(year, first + months - 1)) for first in range(1, 13, months)
    )


def _named(schedule: Schedule, days: WorkingCalendar) -> Iterator[tuple[Window, date]]:
    if schedule.span:
        yield schedule.span, _within(schedule.span, days)
    elif schedule.deadlines:
        yield from _by_days(schedule.deadlines, days)
    else:
        for period in schedule.periods:
            window = period.calendar_window()
            yield window, _within(window, days)


def _by_days(deadlines: Iterable[date], days: WorkingCalendar) -> Iterator[tuple[Window, date]]:
    """Each term runs from the day after the one before it, the first from New Year's Day."""
    start: date | None = None
    for deadline in deadlines:
        first = start or date(deadline.year, 1, 1)
        yield Window(first, deadline), days.next_working(deadline)
        start = deadline + _ONE_DAY


def _recurring(recurrence: Recurrence, year: int, days: WorkingCalendar) -> Iterator[tuple[Window, date]]:
    if recurrence.step is Step.WEEK:
        yield from _weekly(recurrence, year, days)
    elif recurrence.day is not None:
        last_days = (last_day(year, month) for month in recurrence.due_months())
        yield from _by_days(
            (min(last, last.replace(day=min(recurrence.day, last.day))) for last in last_days), days
        )
    else:
        for window in watch_windows(year, recurrence.interval):
            yield window, _within(window, days)


def _weekly(recurrence: Recurrence, year: int, days: WorkingCalendar) -> Iterator[tuple[Window, date]]:
    """Weeks from Monday; those at the edges take the days of the year that would belong to none."""
    if recurrence.weekday is not None:
        yield from _by_days(weekdays(year, recurrence.weekday), days)
        return
    mondays = weekdays(year)[:: recurrence.interval]
    starts = (date(year, 1, 1), *mondays[1:])
    ends = (*(monday - _ONE_DAY for monday in mondays[1:]), date(year, 12, 31))
    for start, end in zip(starts, ends, strict=True):
        window = Window(start, end)
        yield window, _within(window, days)


def _within(window: Window, days: WorkingCalendar) -> date:
    """The last working day of the span; the next one after it when it has none, as the week of Tết may not."""
    due = days.last_working(window.end)
    return due if due >= window.start else days.next_working(window.end)
