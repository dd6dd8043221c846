"""The promised day of a case: what happened to it, as the clock of `periods` counts it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dinhlang.citizens.rules.states import Deed
from dinhlang.citizens.rules.terms import term_of
from dinhlang.periods import clock
from dinhlang.periods.clock import Act, Appointment, Event

# What the sender and whoever looks later reads of a pause; the words of the office stand in the history, not here.
_PAUSES = {
    Deed.ASK: "chờ người gửi bổ sung",
    Deed.PAUSE: "chờ ý kiến của cơ quan khác",
    Deed.FORWARD: "chuyển cơ quan khác xem xét",
}
_RESUMES = {Deed.RESUME: "xử lý tiếp", Deed.COME_BACK: "nhận lại từ cơ quan khác"}


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a case as far as its clock goes. `new_on` only of an extension."""

    deed: Deed
    at: datetime
    new_on: date | None = None


def appointed(since: datetime, term: str, happened: Iterable[Happened]) -> Appointment:
    """When the answer is due that is counted from a moment. Raises `BadTerm`, `WrongEvent`, `periods.calendar.BadCount`."""
    return clock.appointment(since, term_of(term), _events(since, happened))


def days_used(since: datetime, until: datetime, happened: Iterable[Happened]) -> int:
    """Working days that a case took, without those on which its clock stood."""
    return clock.working_days_used(since, until, _events(since, happened))


def extended_until(since: datetime, extended: str, happened: Iterable[Happened]) -> date:
    """The last day to which a case may be extended: that of the longer term, counted over the same pauses."""
    due_at = appointed(since, extended, happened).due_at
    if due_at is None:
        raise clock.WrongEvent("Thời hạn đang tạm dừng nên chưa gia hạn được. Xử lý tiếp trước, rồi gia hạn.")
    return due_at.date()


def _events(since: datetime, happened: Iterable[Happened]) -> list[Event]:
    events: list[Event] = []
    stands = False
    for one in happened:
        if one.at < since:
            continue
        if one.deed in _PAUSES and not stands:
            events.append(Event(Act.PAUSED, one.at, _PAUSES[one.deed]))
            stands = True
        elif one.deed in _RESUMES and stands:
            events.append(Event(Act.RESUMED, one.at, _RESUMES[one.deed]))
            stands = False
        elif one.deed is Deed.EXTEND:
            events.append(Event(Act.APOLOGISED, one.at, "gia hạn", one.new_on))
    return events
