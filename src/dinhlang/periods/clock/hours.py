"""When an office is open, and how much of its time lies between two moments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from dinhlang.periods.calendar import MOST_WORKING_DAYS, WorkingCalendar

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""One zone without summer time since 1975; terms are counted by its days."""

_ONE_DAY = timedelta(days=1)
_NONE = timedelta()


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting of a day: from `opens` until `closes`."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The sittings of each working day, in order. Raises ValueError when one ends before it begins, or two overlap."""

    sessions: tuple[Session, ...]

    def __post_init__(self) -> None:
        bounds = [moment for one in self.sessions for moment in (one.opens, one.closes)]
        if not bounds or bounds != sorted(bounds) or any(one.opens == one.closes for one in self.sessions):
            raise ValueError("office hours need sittings in order, each of some length")

    @property
    def closes(self) -> time:
        """When the working day is over."""
        return self.sessions[-1].closes

    @property
    def day_length(self) -> timedelta:
        """How long a working day is."""
        return sum((_length(one) for one in self.sessions), _NONE)

    def close_of(self, day: date) -> datetime:
        """The end of the working day."""
        return datetime.combine(day, self.closes, VIETNAM)

    def sittings(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The sittings of a day as moments."""
        for one in self.sessions:
            yield datetime.combine(day, one.opens, VIETNAM), datetime.combine(day, one.closes, VIETNAM)

    def between(self, start: datetime, end: datetime, days: WorkingCalendar) -> timedelta:
        """How long the office was open between two moments."""
        open_for, day = _NONE, start.date()
        while day <= end.date():
            if days.is_working(day):
                for opens, closes in self.sittings(day):
                    open_for += max(_NONE, min(closes, end) - max(opens, start))
            day += _ONE_DAY
        return open_for

    def after(self, start: datetime, left: timedelta, days: WorkingCalendar) -> datetime:
        """The moment when the office will have been open for `left` since `start`; for nothing left, the next it is open."""
        day, looked_at = start.date(), 0
        while looked_at <= MOST_WORKING_DAYS:
            if days.is_working(day):
                looked_at += 1
                for opens, closes in self.sittings(day):
                    begins = max(opens, start)
                    if begins <= closes and left <= closes - begins:
                        return begins + left
                    left -= max(_NONE, closes - begins)
            day += _ONE_DAY
        raise ValueError(f"a term of {left} is longer than {MOST_WORKING_DAYS} working days")


def _length(one: Session) -> timedelta:
    return datetime.combine(date.min, one.closes) - datetime.combine(date.min, one.opens)


def in_vietnam(at: datetime) -> datetime:
    """The moment by the clocks of Vietnam; one without a zone is taken for that already."""
    return at.replace(tzinfo=VIETNAM) if at.tzinfo is None else at.astimezone(VIETNAM)


USUAL_HOURS = OfficeHours((Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17, 30))))
"""Eight hours, as long as the office names no others: each province sets its own by season."""
