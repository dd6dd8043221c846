"""What happened, folded into the moment by which the answer is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dinhlang.periods import calendar
from dinhlang.periods.calendar import WorkingCalendar
from dinhlang.periods.clock import telling
from dinhlang.periods.clock.counting import Clock, started
from dinhlang.periods.clock.events import Act, Elsewhere, Event, WrongEvent, check_act, in_order
from dinhlang.periods.clock.hours import USUAL_HOURS, OfficeHours, in_vietnam
from dinhlang.periods.clock.term import Term
from dinhlang.periods.window import numeric_date

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Appointment:
    """When the answer is due, by the clocks of Vietnam, and how that was found.

    `due_at` is None while the clock stands: there is no day to promise. `first_due_at` is what was promised at receipt.
    `is_expected` while another office decides and is not known to have it: the day then rests on its being handed on in time.
    `left` says in words what the clock that stands has left for when it goes on. `apologised_in_time` is None without an apology.
    `provisional` when a day of the count lies in a year without an official notice; `version` is the calendar it rests
    on: an open deadline is counted again when a new notice is loaded, a closed one never.
    """

    due_at: datetime | None
    first_due_at: datetime
    paused_since: datetime | None
    left: str
    apologised_in_time: bool | None
    provisional: bool
    is_expected: bool
    version: str
    told: tuple[str, ...]

    def is_late(self, at: datetime) -> bool:
        """Whether the answer is overdue. A clock that stands is not late; lateness never withholds a result."""
        return self.due_at is not None and in_vietnam(at) > self.due_at


def appointment(
    received: datetime,
    term: Term,
    events: Iterable[Event] = (),
    *,
    elsewhere: Elsewhere | None = None,
    hours: OfficeHours = USUAL_HOURS,
    days: WorkingCalendar | None = None,
) -> Appointment:
    """When something is due that was received at a moment, after what happened to it, in order.

    With `elsewhere` nothing of the term runs until the office that decides has it: whatever stopped it before leaves it whole.

    Raises WrongEvent when an event cannot come where it stands, `calendar.BadCount` outside the years of the calendar.
    """
    known = days or calendar.default()
    start = in_vietnam(received)
    waits = elsewhere
    begins = waits.by(start) if waits else start
    clock = started(begins, term, hours, known)
    due_at = first_due_at = clock.due_at
    told = [telling.received(start)]
    told += [waits.why] if waits else telling.lasts(start, term, clock.since)
    paused_since: datetime | None = None
    promised: datetime | None = None
    in_time: bool | None = None
    left, was_late, anew = "", False, False
    for event in in_order(start, events):
        check_act(event.act, is_running=paused_since is None, was_reappointed=in_time is not None)
        if event.act is Act.PAUSED:
            # While another office waits for it, no term is over yet: only the day of an apology can have passed.
            is_settled = waits is None or due_at == promised
            paused_since, was_late = event.at, is_settled and event.at > due_at
            anew = event.anew or waits is not None
            if was_late:
                told.append(telling.paused_too_late(event, due_at, is_waiting=waits is not None))
                continue
            told += _passed(event, waits, clock.since, term, known)
            clock.pause(event.at)
            left = term.length.words if anew else clock.left
            keeps_on = promised.date() if anew and promised is not None and promised > event.at else None
            told.append(telling.paused(event, left, keeps_on, is_waiting=waits is not None))
        elif event.act is Act.RESUMED:
            if not was_late and paused_since is not None:
                if anew:
                    begins = waits.by(event.at) if waits else event.at
                    clock = started(begins, term, hours, known)
                    told += (
                        [telling.waits_again(event)]
                        if waits
                        else telling.restarted(event, term, clock.since, clock.due_at, promised)
                    )
                    due_at = _kept(clock, event.at, promised)
                else:
                    clock.resume(event.at, paused_since)
                    told.append(telling.resumed(event, left))
                    # The day of an apology moves with a pause, and stands as it was moved.
                    promised = clock.due_at if due_at == promised else promised
                    due_at = clock.due_at
            paused_since, left = None, ""
        elif event.act is Act.BEGUN:
            waits, clock = None, started(event.at, term, hours, known)
            told += telling.begun(event, term, clock.since, clock.due_at, promised)
            due_at = _kept(clock, event.at, promised)
        else:
            in_time = event.at.date() < due_at.date()
            new_on = _checked(event, due_at, known)
            told += _passed(event, waits, clock.since, term, known)
            due_at = promised = hours.close_of(new_on)
            clock.promise(event.at, due_at)
            told.append(telling.apologised(event, new_on, in_time=in_time))
    stands = paused_since is not None and not was_late
    if not stands:
        told += _expected(begins, waits, term, clock.since, is_promised=due_at == promised)
        told += telling.passed(clock.since, due_at.date(), term, known)
        told += telling.moved(clock.ends_on, due_at.date(), known)
    provisional = any(known.is_provisional(date(year, 1, 1)) for year in range(start.year, due_at.year + 1))
    told += telling.ended(None if stands else due_at, term, provisional=provisional)
    return Appointment(
        due_at=None if stands else due_at,
        first_due_at=first_due_at,
        paused_since=paused_since,
        left=left,
        apologised_in_time=in_time,
        provisional=provisional,
        is_expected=waits is not None,
        version=known.version,
        told=tuple(told),
    )


def _expected(
    begins: datetime, waits: Elsewhere | None, term: Term, since: date, *, is_promised: bool
) -> list[str]:
    """On what the day rests while another office is not known to have it; nothing of a term that runs."""
    if waits is None:
        return []
    if is_promised:
        return [telling.still_expected()]
    return [telling.expected(begins, waits.rule), *telling.lasts(begins, term, since)]


def _kept(clock: Clock, at: datetime, promised: datetime | None) -> datetime:
    """The end of a term that began again at a moment, or the day promised by an apology before where that is later: it stands."""
    if promised is None or clock.due_at >= promised:
        return clock.due_at
    clock.promise(at, promised)
    return promised


def _passed(
    event: Event, waits: Elsewhere | None, since: date, term: Term, days: WorkingCalendar
) -> list[str]:
    """The days off until an event, of a term that runs."""
    return telling.passed(since, event.at.date(), term, days) if waits is None else []


def _checked(event: Event, due_at: datetime, days: WorkingCalendar) -> date:
    """The new day of an apology: a working day after the one promised before and after the apology itself."""
    new_on = event.new_on
    if new_on is None:
        raise WrongEvent("Phiếu xin lỗi phải ghi ngày hẹn trả mới. Điền ngày hẹn mới.")
    if new_on <= due_at.date() or new_on < event.at.date():
        raise WrongEvent(
            f"Ngày hẹn mới {numeric_date(new_on)} phải sau ngày đã hẹn {numeric_date(due_at.date())} và không trước ngày xin lỗi."
        )
    if (reason := days.reason_off(new_on)) is not None:
        raise WrongEvent(
            f"Ngày hẹn mới {numeric_date(new_on)} là ngày nghỉ ({reason[:1].lower()}{reason[1:]}). "
            f"Chọn ngày làm việc, như {numeric_date(days.next_working(new_on))}."
        )
    return new_on


def working_days_used(
    received: datetime, until: datetime, events: Iterable[Event] = (), *, days: WorkingCalendar | None = None
) -> int:
    """Working days that something took, without the time the clock stood: what medians are made of.

    The day of receipt and the days on which the clock goes on do not count. Raises WrongEvent.
    """
    known = days or calendar.default()
    start, end = in_vietnam(received), in_vietnam(until)
    since: date | None = start.date()
    used = 0
    for event in in_order(start, events):
        if event.at > end or event.act in (Act.APOLOGISED, Act.BEGUN):
            continue
        check_act(event.act, is_running=since is not None, was_reappointed=False)
        if since is None:
            since = event.at.date()
        else:
            used, since = used + _working_days(since, event.at.date(), known), None
    return used if since is None else used + _working_days(since, end.date(), known)


def _working_days(after: date, until: date, days: WorkingCalendar) -> int:
    passed = (after + number * _ONE_DAY for number in range(1, (until - after).days + 1))
    return sum(1 for day in passed if days.is_working(day))
