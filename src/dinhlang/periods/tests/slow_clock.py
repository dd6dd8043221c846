"""The clock once more, slow and plain: it walks day by day, or by quarters of an hour, and asks each whether it counts.

Its days off are typed from the notices of 2022–2026, apart from `calendar`, so that both check each other. Used by the
tests with some hundred random cases and by `benchmarks/citizens/due_dates.py` with 100 000.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from dinhlang.periods.clock import USUAL_HOURS, VIETNAM, Act, Event, Term
from dinhlang.periods.duration import Duration, DurationUnit

DAY = timedelta(days=1)
QUARTER = timedelta(minutes=15)
CLOSES = time(17, 30)


def _stretch(first: str, last: str) -> set[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return {start + number * DAY for number in range((end - start).days + 1)}


def _each(*days: str) -> set[date]:
    return {date.fromisoformat(day) for day in days}


OFF = (
    _stretch("2022-01-31", "2022-02-04")
    | _each("2022-01-03", "2022-04-11", "2022-05-02", "2022-05-03", "2022-09-01", "2022-09-02")
    | _stretch("2023-01-20", "2023-01-26")
    | _stretch("2023-05-01", "2023-05-03")
    | _each("2023-01-02", "2023-09-01", "2023-09-04")
    | _stretch("2024-02-08", "2024-02-14")
    | _each("2024-01-01", "2024-04-18", "2024-04-29", "2024-04-30", "2024-05-01", "2024-09-02", "2024-09-03")
    | _stretch("2025-01-27", "2025-01-31")
    | _each("2025-01-01", "2025-04-07", "2025-04-30", "2025-05-01", "2025-05-02", "2025-09-01", "2025-09-02")
    | _stretch("2026-02-16", "2026-02-20")
    | _each("2026-01-01", "2026-01-02", "2026-04-27", "2026-04-30", "2026-05-01")
    | _each("2026-08-31", "2026-09-01", "2026-09-02", "2026-11-24")
)
MAKE_UP = _each("2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22")


def is_working(day: date) -> bool:
    return day in MAKE_UP or (day.weekday() < 5 and day not in OFF)


def close_of(day: date) -> datetime:
    return datetime.combine(day, CLOSES, VIETNAM)


def next_working(day: date) -> date:
    while not is_working(day):
        day += DAY
    return day


def is_open(quarter: datetime) -> bool:
    """Whether the office works in the quarter of an hour that begins then."""
    return is_working(quarter.date()) and any(
        one.opens <= quarter.time() < one.closes for one in USUAL_HOURS.sessions
    )


def due(received: datetime, term: Term, events: list[Event]) -> datetime | None:
    """When it is due, by walking; None while the clock stands."""
    by_time = not term.is_by_days
    left, counts_after = _whole(received, term), received.date()
    if not by_time:
        limit = min([CLOSES] * (not left) + [term.cut_off or time.max])
        if received.time() > limit:
            counts_after = next_working(received.date() + DAY)
            left = _whole(datetime.combine(counts_after, time(), VIETNAM), term)
    before: list[Event] = []
    for event in events:
        if event.act is Act.APOLOGISED:
            assert event.new_on is not None
            found = close_of(event.new_on)
            after = [one for one in events if events.index(one) > events.index(event)]
            if not any(one.at <= found for one in after):
                return found
            left = _until(max(event.at.date(), counts_after), event, term)
            if by_time:
                return _walk_quarters(event.at, left, term, after)
            return _walk_days(event.at, max(event.at.date(), counts_after), left, term, after)
        before.append(event)
    if by_time:
        return _walk_quarters(received, left, term, before)
    return _walk_days(received, counts_after, left, term, before)


def _whole(start: datetime, term: Term) -> int:
    """Days, or quarters of an hour, that the term has."""
    amount, unit = term.length.amount, term.length.unit
    if unit is DurationUnit.MONTH:
        day = start.date()
        for _month in range(int(amount)):
            day = day.replace(day=1) + timedelta(days=monthrange(day.year, day.month)[1])
        last = monthrange(day.year, day.month)[1]
        return (day.replace(day=min(start.day, last)) - start.date()).days
    if unit in (DurationUnit.HOUR, DurationUnit.WORKING_HOUR):
        return int(amount * 4)
    return int(amount)


def _until(counts_after: date, event: Event, term: Term) -> int:
    """What lies between an apology and the day it promises."""
    at, new_on, left = event.at, event.new_on or date.max, 0
    if term.is_by_days:
        day = counts_after + DAY
        while day <= new_on:
            left += not term.is_by_working_time or is_working(day)
            day += DAY
        return left
    quarter = at
    while quarter < close_of(new_on):
        left += not term.is_by_working_time or is_open(quarter)
        quarter += QUARTER
    return left


def _walk_days(
    start: datetime, counts_after: date, left: int, term: Term, events: list[Event]
) -> datetime | None:
    """A day counts when the clock ran as it began, and it comes after `counts_after`."""
    day, runs, waiting = start.date(), True, list(events)
    while True:
        if day > counts_after and runs and left and (not term.is_by_working_time or is_working(day)):
            left -= 1
        end = close_of(next_working(max(day, counts_after)))
        over = runs and not left
        while waiting and waiting[0].at.date() == day:
            event = waiting.pop(0)
            if over and event.at > end:
                return end
            runs = event.act is Act.RESUMED
            if runs and not left:
                stopped_today = events[events.index(event) - 1].at.date() == day
                limit = CLOSES if stopped_today else min(CLOSES, term.cut_off or time.max)
                goes_on = next_working(day + DAY) if event.at.time() > limit else day
                end = close_of(next_working(max(goes_on, counts_after)))
            over = runs and not left
        if over:
            # The clock may yet be stopped between a last day that is off and the end it was moved to.
            if not (waiting and waiting[0].at <= end):
                return end
            day = waiting[0].at.date()
            continue
        if not runs and not waiting:
            return None
        day += DAY


def _walk_quarters(start: datetime, left: int, term: Term, events: list[Event]) -> datetime | None:
    at, runs, waiting = start, True, list(events)
    while True:
        if not left and runs:
            end = _end(at, term)
            if not (waiting and waiting[0].at <= end):
                return end
            at = waiting[0].at
        if waiting and waiting[0].at == at:
            runs = waiting.pop(0).act is Act.RESUMED
            if not runs and not waiting:
                return None
            continue
        left -= bool(left) and runs and (not term.is_by_working_time or is_open(at))
        at += QUARTER


def _end(at: datetime, term: Term) -> datetime:
    if not term.is_by_working_time:
        return at if is_working(at.date()) else close_of(next_working(at.date()))
    while not (is_open(at) or is_open(at - QUARTER)):
        at += QUARTER
    return at


def random_case(dice: Random) -> tuple[datetime, Term, list[Event]]:
    """What an office may live through in 2022–2026: a term of any unit, up to three pauses, an apology or none."""
    received = datetime(2022, 1, 3, tzinfo=VIETNAM) + dice.randrange(4 * 365 + 150) * DAY
    if dice.random() < 0.4:
        around = dice.choice(sorted(OFF - _each("2026-08-31", "2026-09-01", "2026-09-02", "2026-11-24")))
        received = datetime.combine(around - dice.randrange(8) * DAY, time(), VIETNAM)
    received += dice.randrange(96) * QUARTER
    unit = dice.choice(
        [DurationUnit.WORKING_DAY] * 5
        + [DurationUnit.DAY, DurationUnit.MONTH, DurationUnit.HOUR, DurationUnit.WORKING_HOUR]
    )
    most = {DurationUnit.MONTH: 1, DurationUnit.HOUR: 72, DurationUnit.WORKING_HOUR: 40}.get(unit, 20)
    amount = dice.randrange(unit is DurationUnit.MONTH, most + 1)
    cut_off = time(15) if dice.random() < 0.2 else None
    term = Term(Duration(Decimal(amount), unit), cut_off)
    events: list[Event] = []
    at, apologised = received, False
    for _step in range(dice.choice([0, 0, 1, 2, 3, 4, 6])):
        at += dice.choice([dice.randrange(30), dice.randrange(96 * 9)]) * QUARTER
        promised = due(received, term, events)
        if promised is None:
            events.append(Event(Act.RESUMED, at))
        elif not apologised and dice.random() < 0.3 and not _stands(events):
            new_on = next_working(max(promised.date() + DAY, at.date()) + dice.randrange(6) * DAY)
            events.append(Event(Act.APOLOGISED, at, "chờ xác minh", new_on))
            apologised = True
        else:
            events.append(Event(Act.RESUMED if _stands(events) else Act.PAUSED, at))
    return received, term, events


def _stands(events: list[Event]) -> bool:
    changes = [event.act for event in events if event.act is not Act.APOLOGISED]
    return bool(changes) and changes[-1] is Act.PAUSED
