"""What a schedule phrase means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window

_WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# When the year is not known, as many weeks as every year has.
_WEEKS = 52


class ScheduleKind(StrEnum):
    """The kinds of the document contract."""

    CONTINUOUS = "continuous"
    RECURRING = "recurring"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"
    DEADLINE = "deadline"
    TRIGGERED = "triggered"
    UNKNOWN = "unknown"


class Step(StrEnum):
    """What a recurrence counts its interval in."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Something done again in every cycle of a year.

    The cycle is `interval` weeks, or months (1, 2, 3, 4, 6 or 12). `times` is how often in each cycle, as a
    minimum when `at_least`; `unit` is the plan's word for one time ("kỳ", "tin"), None when it has none.
    `day` is the day of the month by which it is due, in the last month of the cycle unless `in_first_month`;
    `weekday` (0 is Monday) the day of the week.
    """

    step: Step = Step.MONTH
    interval: int = 1
    times: int = 1
    unit: str | None = None
    at_least: bool = False
    day: int | None = None
    in_first_month: bool = False
    weekday: int | None = None

    def cycles(self, year: int | None) -> int:
        """How many cycles the year has."""
        if self.step is Step.MONTH:
            return 12 // self.interval
        weeks = _WEEKS if year is None else len(weekdays(year, self.weekday or 0))
        return -(-weeks // self.interval)

    def due_months(self) -> tuple[int, ...]:
        """The months in which a monthly recurrence with a day is due."""
        offset = 1 if self.in_first_month else self.interval
        return tuple(range(offset, 13, self.interval))

    def rrule(self, year: int | None) -> str:
        """The recurrence as an RRULE (RFC 5545) without its DTSTART, which is the first day of the plan's year."""
        count = f"COUNT={self.cycles(year)}"
        if self.step is Step.WEEK:
            every = [f"INTERVAL={self.interval}"] if self.interval > 1 else []
            on = [f"BYDAY={_WEEKDAY_CODES[self.weekday]}"] if self.weekday is not None else []
            return ";".join(["FREQ=WEEKLY", *every, *on, count])
        if self.interval == 12 and self.day is None:
            return f"FREQ=YEARLY;{count}"
        if self.day is None:
            every = [f"INTERVAL={self.interval}"] if self.interval > 1 else []
            return ";".join(["FREQ=MONTHLY", *every, count])
        months = ",".join(str(month) for month in self.due_months())
        every = [f"BYMONTH={months}"] if self.interval > 1 else []
        return ";".join(["FREQ=MONTHLY", *every, _by_month_day(self.day), count])


@dataclass(frozen=True, slots=True)
class Schedule:
    """A phrase and its reading.

    `text` is the phrase as it stands in the plan (NFC) and what is printed. `year` is the year it was read
    for: its own when `year_written`, else the plan's; None when neither is known, and then nothing that needs a
    year is filled. `periods` are the periods it names; `span` the days of a range, or those that end with a
    deadline named by a period ("hết quý II"); `deadlines` the days by which something is due. `inclusive` is False or True where the words say so and None for "trước ngày 15/6", which
    people write for "by the 15th" as well as for "before it".
    """

    text: str
    kind: ScheduleKind
    year: int | None = None
    year_written: bool = False
    periods: tuple[Period, ...] = ()
    span: Window | None = None
    deadlines: tuple[date, ...] = ()
    inclusive: bool | None = None
    recurrence: Recurrence | None = None

    @property
    def period(self) -> Period | None:
        """The period named, when it is exactly one."""
        return self.periods[0] if len(self.periods) == 1 else None

    @property
    def deadline(self) -> date | None:
        """The deadline, when it is exactly one."""
        return self.deadlines[0] if len(self.deadlines) == 1 else None

    @property
    def count(self) -> int | None:
        """How often in each cycle of a recurrence; None for other kinds."""
        return self.recurrence.times if self.recurrence else None

    @property
    def rrule(self) -> str | None:
        """The RRULE of a recurrence, or of several periods or deadlines: in the months in which they are due."""
        if self.recurrence is not None:
            return self.recurrence.rrule(self.year)
        if len(self.periods) > 1:
            months = sorted({period.last_month for period in self.periods})
            return f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};COUNT={len(months)}"
        if len(self.deadlines) > 1:
            return f"FREQ=YEARLY;{_by_days(self.deadlines)};COUNT={len(self.deadlines)}"
        return None


def weekdays(year: int, weekday: int = 0) -> tuple[date, ...]:
    """Every Monday, or other day of the week, of a year: a week belongs to the year in which it begins."""
    first = date(year, 1, 1)
    first += timedelta(days=(weekday - first.weekday()) % 7)
    return tuple(day for number in range(53) if (day := first + timedelta(weeks=number)).year == year)


def _by_month_day(day: int) -> str:
    """A day of every month. Short months take their last day, where plain BYMONTHDAY=31 would skip them."""
    if day <= 28:
        return f"BYMONTHDAY={day}"
    if day == 31:
        return "BYMONTHDAY=-1"
    return f"BYMONTHDAY={','.join(str(one) for one in range(28, day + 1))};BYSETPOS=-1"


def _by_days(days: tuple[date, ...]) -> str:
    if len({day.day for day in days}) == 1:
        return f"BYMONTH={','.join(str(day.month) for day in days)};BYMONTHDAY={days[0].day}"
    return f"BYYEARDAY={','.join(str(day.timetuple().tm_yday) for day in days)}"
