"""By when a dossier is due, why on that day, and whether it was in time. Counted by `periods.clock`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from dinhlang.onestop.rules import deciding, regimes
from dinhlang.onestop.rules.journey import Standing
from dinhlang.onestop.rules.states import OPEN, State
from dinhlang.periods import calendar
from dinhlang.periods.calendar import WorkingCalendar
from dinhlang.periods.clock import (
    USUAL_HOURS,
    Appointment,
    Elsewhere,
    OfficeHours,
    Session,
    Term,
    appointment,
)
from dinhlang.periods.clock.hours import in_vietnam
from dinhlang.periods.duration import Duration, DurationUnit


class Timing(TextChoices):
    """How a dossier stands to its day. A property, computed whenever it is asked for: never a state."""

    NONE = "none", gettext_lazy("Không có hạn")
    IN_TIME = "in-time", gettext_lazy("Trong hạn")
    SOON = "soon", gettext_lazy("Sắp đến hạn")
    OVERDUE = "overdue", gettext_lazy("Quá hạn")
    STANDS = "stands", gettext_lazy("Đang tạm dừng")
    EARLY = "early", gettext_lazy("Trước hạn")
    ON_THE_DAY = "on-the-day", gettext_lazy("Đúng hạn")
    LATE = "late", gettext_lazy("Quá hạn")


SOLVED = (Timing.EARLY, Timing.ON_THE_DAY, Timing.LATE)


class TermSource(StrEnum):
    """Where a term comes from: the version of the procedure in force at receipt, or a person who gave a reason."""

    VERSION = "version"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class TermGiven:
    """The time a dossier may take. `words` as the procedure has it; `basis` where a person set it."""

    amount: Decimal
    unit: DurationUnit
    words: str = ""
    cut_off: time | None = None
    basis: str = ""

    @property
    def term(self) -> Term:
        """As the clock counts it. Raises `periods.clock.BadTerm`."""
        return Term(Duration(self.amount, self.unit), self.cut_off)


def due(
    found: Standing,
    given: TermGiven,
    *,
    is_online: bool = False,
    hours: OfficeHours = USUAL_HOURS,
    days: WorkingCalendar | None = None,
) -> Appointment | None:
    """When the dossier is due and why; `None` for one that was not received. One that came online is handed on at once.

    Raises `periods.clock.WrongEvent`, `periods.clock.BadTerm`, `periods.calendar.BadCount`.
    """
    if found.received_at is None:
        return None
    known = days or calendar.default()
    return appointment(
        found.received_at,
        given.term,
        found.events,
        elsewhere=_elsewhere(found, found.received_at, is_online, hours, known),
        hours=hours,
        days=known,
    )


def _elsewhere(
    found: Standing, received: datetime, is_online: bool, hours: OfficeHours, days: WorkingCalendar
) -> Elsewhere | None:
    """How the term of a dossier runs that another office decides; `None` where it runs from the receipt at the counter."""
    until = regimes.limits_on(in_vietnam(received).date()).handed_on_until
    if not found.decided_by or until is None:
        return None
    return deciding.elsewhere(found.decided_by, until, is_online=is_online, hours=hours, days=days)


def timing(
    *, state: str, due_at: datetime | None, resolved_at: datetime | None, at: datetime, soon: timedelta
) -> Timing:
    """How a dossier stands to its day at a moment. Early is a day before the day; on the day is until its end."""
    if state == State.RESOLVED and resolved_at is not None:
        if due_at is None:
            return Timing.NONE
        if resolved_at > due_at:
            return Timing.LATE
        same_day = in_vietnam(resolved_at).date() == in_vietnam(due_at).date()
        return Timing.ON_THE_DAY if same_day else Timing.EARLY
    if state not in OPEN:
        return Timing.NONE
    if due_at is None:
        return Timing.STANDS
    if at > due_at:
        return Timing.OVERDUE
    return Timing.SOON if at > due_at - soon else Timing.IN_TIME


def hours_of(sittings: list[list[str]]) -> OfficeHours:
    """The office's hours as they are stored ([['07:30', '11:30'], …]); the usual ones for none. Raises ValueError."""
    if not sittings:
        return USUAL_HOURS
    return OfficeHours(
        tuple(Session(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in sittings)
    )


COUNTED: Mapping[Timing, str] = {
    Timing.EARLY: "early",
    Timing.ON_THE_DAY: "on_the_day",
    Timing.LATE: "late",
}
"""Under which name of the figures a solved dossier counts."""
