"""What is true of obligations, in plain Python: how one stands on a day, when a reminder is due, who may be let wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.rules import Refused
from dinhlang.periods.calendar import WorkingCalendar
from dinhlang.periods.window import numeric_date
from dinhlang.reports.duties.catalogue import Rung

# A report that was due and not sent is spoken of on the first page for a quarter; then it is in the list only.
STILL_OWED = timedelta(days=92)
# An extension is for months, not for ever.
LONGEST_EXTENSION = timedelta(days=183)
# A rung that could not be told on its day (the machine was off) may be told this many days later, no more.
TOLD_WITHIN = timedelta(days=14)


class CannotExempt(Refused):
    """The day cannot be moved; the message says why."""


class CannotNote(Refused):
    """What was sent cannot be noted so."""


class CannotRequest(Refused):
    """The request cannot be taken in, confirmed or withdrawn so."""


class NotConfirmed(CannotRequest):
    """A value of the request is missing or wrong; `field` names it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


class State(StrEnum):
    """How an obligation stands on a day."""

    OPEN = "open"
    DRAFT = "draft"
    ISSUED = "issued"
    RETURNED = "returned"
    LATE = "late"
    EXTENDED = "extended"
    DONE = "done"
    DONE_LATE = "done-late"
    RELEASED = "released"

    @property
    def is_owed(self) -> bool:
        """Whether the report is still to come."""
        return self in _OWED

    @property
    def counts(self) -> bool:
        """Whether the obligation is one of those that rates count."""
        return self is not State.RELEASED


_OWED = frozenset({State.OPEN, State.DRAFT, State.ISSUED, State.RETURNED, State.LATE, State.EXTENDED})

STATES = {
    State.OPEN: gettext_lazy("Chưa nộp"),
    State.DRAFT: gettext_lazy("Đang soạn"),
    State.ISSUED: gettext_lazy("Đã phát hành, chưa nộp"),
    State.RETURNED: gettext_lazy("Bị trả lại"),
    State.LATE: gettext_lazy("Quá hạn"),
    State.EXTENDED: gettext_lazy("Được lùi hạn"),
    State.DONE: gettext_lazy("Đã nộp đúng hạn"),
    State.DONE_LATE: gettext_lazy("Đã nộp muộn"),
    State.RELEASED: gettext_lazy("Thôi phải nộp"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the standing of an obligation follows from. `until` is the day of a granted extension, `done_on` the day on
    which the report was handed in; that it was returned takes the day away until it is handed in again."""

    due_on: date
    until: date | None = None
    done_on: date | None = None
    released_on: date | None = None
    has_draft: bool = False
    is_issued: bool = False
    is_returned: bool = False

    @property
    def limit(self) -> date:
        """The last day on which the report is in time."""
        return max(self.due_on, self.until) if self.until else self.due_on


def state_of(facts: Facts, on: date) -> State:
    """How the obligation stood on that day: a function of what is known, so nothing has to set a state."""
    if facts.done_on is not None and facts.done_on <= on:
        return State.DONE if facts.done_on <= facts.limit else State.DONE_LATE
    if facts.released_on is not None and facts.released_on <= on:
        return State.RELEASED
    if facts.is_returned:
        return State.RETURNED
    if on > facts.limit:
        return State.LATE
    if on > facts.due_on:
        return State.EXTENDED
    if facts.is_issued:
        return State.ISSUED
    return State.DRAFT if facts.has_draft else State.OPEN


# --- reminders ------------------------------------------------------------------------------------


def day_of(rung: Rung, due_on: date, calendar: WorkingCalendar) -> date:
    """The working day on which a rung speaks: so many working days before or after the deadline."""
    day, left, step = due_on, abs(rung.days), timedelta(days=1 if rung.days > 0 else -1)
    while left:
        day += step
        left -= calendar.is_working(day)
    return day


def rung_to_tell(rungs: Iterable[Rung], limit: date, on: date, calendar: WorkingCalendar) -> Rung | None:
    """The rung that speaks on that day: the last one reached. On a day off nobody speaks, and a rung that was missed
    for long, or has a later one after it, is passed over."""
    if not calendar.is_working(on):
        return None
    reached = [(day, rung) for rung in rungs if (day := day_of(rung, limit, calendar)) <= on]
    if not reached:
        return None
    day, rung = max(reached, key=lambda one: one[0])
    if rung.days < 0 and on > limit:
        return None
    return rung if on - day <= TOLD_WITHIN else None


# --- exemptions -----------------------------------------------------------------------------------


def check_extension(until: date, facts: Facts, on: date) -> None:
    """An extension is to a working future: after the day that holds now, not for ever. Raises `CannotExempt`."""
    state = state_of(facts, on)
    if not state.is_owed:
        raise CannotExempt(_("Báo cáo này không còn phải nộp nên không cần lùi hạn."))
    if until <= facts.limit or until < on:
        raise CannotExempt(
            _("Ngày xin lùi phải sau hạn đang áp dụng %(limit)s và không trước hôm nay.")
            % {"limit": numeric_date(facts.limit)}
        )
    if until > facts.due_on + LONGEST_EXTENSION:
        raise CannotExempt(
            _("Chỉ xin lùi được đến %(last)s (sáu tháng sau hạn). Chọn ngày sớm hơn.")
            % {"last": numeric_date(facts.due_on + LONGEST_EXTENSION)}
        )


def check_sent(sent_on: date, opened_on: date | None, on: date) -> None:
    """A report is sent on a day that has come, not before the letter that asks for it or the days it counts."""
    if sent_on > on:
        raise CannotNote(
            _("Ngày gửi %(day)s chưa tới. Chọn ngày không sau hôm nay.") % {"day": numeric_date(sent_on)}
        )
    if opened_on is not None and sent_on < opened_on:
        raise CannotNote(
            _(
                "Ngày gửi %(day)s trước %(start)s, ngày bắt đầu tính số liệu hoặc ngày của công văn. Xem lại ngày gửi."
            )
            % {"day": numeric_date(sent_on), "start": numeric_date(opened_on)}
        )
