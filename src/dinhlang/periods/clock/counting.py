"""The two clocks: one counts days, one counts time. Both know what is left and when it will be over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Protocol

from dinhlang.periods.calendar import WorkingCalendar
from dinhlang.periods.clock.hours import OfficeHours
from dinhlang.periods.clock.term import Term

_ONE_DAY = timedelta(days=1)
_NONE = timedelta()


class Clock(Protocol):
    """A clock that runs since `since`; days up to and including that one no longer count when days are counted."""

    @property
    def since(self) -> date: ...
    @property
    def ends_on(self) -> date:
        """The last day of the count, which may be a day off."""
        ...

    @property
    def due_at(self) -> datetime:
        """The end of the term: of a day off that of the next working day."""
        ...

    @property
    def left(self) -> str: ...
    def pause(self, at: datetime) -> None:
        """Takes off what was used up to the pause."""
        ...

    def resume(self, at: datetime, paused_at: datetime) -> None:
        """Goes on with what is left."""
        ...

    def promise(self, at: datetime, until: datetime) -> None:
        """Sets a new end; what is left is the time until then."""
        ...


def started(received: datetime, term: Term, hours: OfficeHours, days: WorkingCalendar) -> Clock:
    """The clock of a term, running."""
    return (
        _DayClock(received, term, hours, days) if term.is_by_days else _TimeClock(received, term, hours, days)
    )


class _DayClock:
    def __init__(self, received: datetime, term: Term, hours: OfficeHours, days: WorkingCalendar) -> None:
        self._term, self._hours, self._days = term, hours, days
        self._left = int(term.length.amount)
        self.since = self._day_of(received)
        self._left = term.days_from(self.since)

    def _day_of(self, at: datetime, *, with_cut_off: bool = True) -> date:
        """The day on which something counts as received; what is due within the day must come while the office works."""
        limits = [self._hours.closes] if not self._left else []
        if with_cut_off and self._term.cut_off is not None:
            limits.append(self._term.cut_off)
        if limits and at.time() > min(limits):
            return self._days.next_working(at.date() + _ONE_DAY)
        return at.date()

    @property
    def ends_on(self) -> date:
        if self._term.is_by_working_time:
            return self._days.add(self.since, self._left)
        return self.since + timedelta(days=self._left)

    @property
    def due_at(self) -> datetime:
        return self._hours.close_of(self._days.next_working(self.ends_on))

    @property
    def left(self) -> str:
        return f"{self._left} ngày làm việc" if self._term.is_by_working_time else f"{self._left} ngày"

    def _counted(self, until: date) -> int:
        """Days that count after `since` up to and including a day; none when that day is not after it."""
        if not self._term.is_by_working_time:
            return max(0, (until - self.since).days)
        passed = ((self.since + timedelta(days=one)) for one in range(1, (until - self.since).days + 1))
        return sum(1 for day in passed if self._days.is_working(day))

    def pause(self, at: datetime) -> None:
        # What came after the cut-off and is stopped the same evening has not begun to run.
        self._left = max(0, self._left - self._counted(at.date()))
        self.since = max(self.since, at.date())

    def resume(self, at: datetime, paused_at: datetime) -> None:
        goes_on = at.date()
        if not self._left:
            goes_on = self._day_of(at, with_cut_off=at.date() > paused_at.date())
        self.since = max(self.since, goes_on)

    def promise(self, at: datetime, until: datetime) -> None:
        self.since = max(at.date(), self.since)
        self._left = self._counted(until.date())


class _TimeClock:
    def __init__(self, received: datetime, term: Term, hours: OfficeHours, days: WorkingCalendar) -> None:
        self._term, self._hours, self._days = term, hours, days
        self._since, self._left = received, term.time_in(hours)

    @property
    def since(self) -> date:
        return self._since.date()

    @property
    def ends_on(self) -> date:
        return self.due_at.date() if self._term.is_by_working_time else (self._since + self._left).date()

    @property
    def due_at(self) -> datetime:
        if self._term.is_by_working_time:
            return self._hours.after(self._since, self._left, self._days)
        due = self._since + self._left
        return (
            due
            if self._days.is_working(due.date())
            else self._hours.close_of(self._days.next_working(due.date()))
        )

    @property
    def left(self) -> str:
        hours, seconds = divmod(self._left.days * 86400 + self._left.seconds, 3600)
        unit = "giờ làm việc" if self._term.is_by_working_time else "giờ"
        minutes = f" {seconds // 60} phút" if seconds >= 60 else ""
        return f"{hours} {unit}{minutes}"

    def _passed(self, until: datetime) -> timedelta:
        if self._term.is_by_working_time:
            return self._hours.between(self._since, until, self._days)
        return until - self._since

    def pause(self, at: datetime) -> None:
        self._left = max(_NONE, self._left - self._passed(at))
        self._since = at

    def resume(self, at: datetime, paused_at: datetime) -> None:
        self._since = at

    def promise(self, at: datetime, until: datetime) -> None:
        self._since = at
        self._left = self._passed(until)
