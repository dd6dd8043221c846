"""Whether missing papers were asked for in time once a dossier was received (form 02): NĐ 118/2025/NĐ-CP, Điều 19, khoản 5.

The first time counts, from the day of receipt; where another office decides, from the day on which it got the dossier, once it had it
when it asked. Laws of a field may set another time, which we do not know: late by this is a question, no verdict.
"""

from __future__ import annotations

from datetime import date

from dinhlang.onestop.rules import regimes
from dinhlang.onestop.rules.journey import Standing
from dinhlang.onestop.rules.states import State
from dinhlang.periods import calendar
from dinhlang.periods.calendar import WorkingCalendar
from dinhlang.periods.clock.hours import in_vietnam


def asked_by(found: Standing, days: WorkingCalendar | None = None) -> date | None:
    """The last day on which papers of this dossier were to be asked for; `None` where they were not, or the law set no time.

    Raises `periods.calendar.BadCount`.
    """
    if found.received_at is None or found.asked_after_at is None:
        return None
    within = regimes.limits_on(in_vietnam(found.received_at).date()).asked_within
    if not within:
        return None
    was_there = found.begun_at is not None and found.begun_at <= found.asked_after_at
    since = found.begun_at if was_there and found.begun_at is not None else found.received_at
    return (days or calendar.default()).add(in_vietnam(since).date(), within)


def is_late(found: Standing, days: WorkingCalendar | None = None) -> bool:
    """Whether papers were asked for after that day; a receipt that was taken back is no dossier. Raises `periods.calendar.BadCount`."""
    last = asked_by(found, days)
    if last is None or found.asked_after_at is None or found.state is State.CANCELLED:
        return False
    return in_vietnam(found.asked_after_at).date() > last
