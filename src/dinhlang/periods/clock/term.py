"""How long something may take, and what is counted for it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time, timedelta

from dinhlang.periods.calendar import MOST_WORKING_DAYS
from dinhlang.periods.clock.hours import OfficeHours
from dinhlang.periods.duration import Duration, DurationUnit

_DAYS = frozenset({DurationUnit.DAY, DurationUnit.WORKING_DAY})
_MONTHS = {DurationUnit.MONTH: 1, DurationUnit.YEAR: 12}
MOST_DAYS = 3660
MOST_MONTHS = 120


class BadTerm(ValueError):
    """A term that cannot be counted. The message is Vietnamese and may be shown."""


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time as the procedure has it, in the version that stood at receipt.

    With `cut_off`, what is received later on a day counts as received on the next working day ("sau 15 giờ").
    Raises BadTerm for a part of a month and for what takes longer than ten years.
    """

    length: Duration
    cut_off: time | None = None

    def __post_init__(self) -> None:
        amount, unit = self.length.amount, self.length.unit
        if unit in _MONTHS:
            if amount != amount.to_integral_value():
                raise BadTerm(
                    f"Thời hạn {self.length.words} không đếm được. Ghi số tháng, số năm chẵn hoặc ghi theo ngày."
                )
            most = MOST_MONTHS // _MONTHS[unit]
        else:
            per_day = {DurationUnit.MINUTE: 24 * 60, DurationUnit.HOUR: 24, DurationUnit.WORKING_HOUR: 6}
            most = min(MOST_DAYS, MOST_WORKING_DAYS) * per_day.get(unit, 1)
        if not 0 <= amount <= most:
            raise BadTerm(f"Thời hạn {self.length.words} dài quá mười năm. Xem lại thời hạn của thủ tục.")

    @property
    def is_by_days(self) -> bool:
        """Whether whole days are counted, so that the hour of receipt does not matter."""
        amount, unit = self.length.amount, self.length.unit
        return unit in _MONTHS or (unit in _DAYS and amount == amount.to_integral_value())

    @property
    def is_by_working_time(self) -> bool:
        """Whether only days, or hours, on which offices work are counted."""
        return self.length.unit in {DurationUnit.WORKING_DAY, DurationUnit.WORKING_HOUR}

    def days_from(self, start: date) -> int:
        """How many days the term has that starts on a day; months end on the day of the same number, or the last."""
        amount = int(self.length.amount)
        if self.length.unit in _MONTHS:
            return (_months_later(start, amount * _MONTHS[self.length.unit]) - start).days
        return amount

    def time_in(self, hours: OfficeHours) -> timedelta:
        """The term as a stretch of time; half a working day is half of what the office works in a day."""
        amount = self.length.amount
        whole = {
            DurationUnit.MINUTE: timedelta(minutes=1),
            DurationUnit.HOUR: timedelta(hours=1),
            DurationUnit.WORKING_HOUR: timedelta(hours=1),
            DurationUnit.DAY: timedelta(days=1),
            DurationUnit.WORKING_DAY: hours.day_length,
        }[self.length.unit]
        seconds = amount * (whole.days * 86400 + whole.seconds)
        return timedelta(seconds=int(seconds))


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
