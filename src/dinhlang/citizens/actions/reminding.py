"""Whoever must do something is reminded before and after its day: each person a row, once for a rung. The mail is `portal`'s."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.timezone import localdate

from dinhlang.citizens import queries
from dinhlang.citizens.models import Case, CaseReminder
from dinhlang.citizens.queries.reminders import REMINDED
from dinhlang.citizens.rules.clock import appointed
from dinhlang.citizens.rules.ladder import (
    ACCEPT,
    ANSWER,
    ASSIGNER,
    LEADER,
    PART,
    TAKER,
    WAIT,
    Rung,
    days_ahead,
    reached,
)
from dinhlang.citizens.rules.states import RUNNING, TO_HANDLE, State
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission
from dinhlang.periods import calendar

_BATCH = 500
# Who is told by what they may do; the others by the case.
_HOLD = {
    LEADER: Permission.CITIZENS_APPROVE,
    TAKER: Permission.CITIZENS_TAKE,
    ASSIGNER: Permission.CITIZENS_HANDLE,
}


class _Owed(NamedTuple):
    """Something that must be done for a case until a moment; `handler` is whoever has the case and still works here, `part` the
    part of the office that was given it."""

    case: int
    unit: str
    part: str | None
    handler: int | None
    due_at: datetime
    of: str


def remind_due(*, at: datetime) -> int:
    """Add the reminders that days have come to, on working days; gives how many are new. For the worker.

    Of the promised day whoever has the case is told, once it is over the head of its part too; of a case that nobody has, all of
    the part that was given it, without one all who may handle cases; of a new case that nobody looked at, all who take cases in; of
    one that waits for somebody too long, as of the promised day; of one that nobody of its part took, the part, then whoever gives
    cases out. Later every leader who approves answers is told. A new day is told anew.
    """
    on = localdate(at)
    if not calendar.default().is_working(on):
        return 0
    owing = [*_answers(at), *_unseen(), *_waited_for(), *_unclaimed()]
    whom = _Whom(on, {owed.part for owed in owing if owed.part})
    told = []
    for owed in owing:
        rung = reached(localdate(owed.due_at), on, of=owed.of)
        if rung is None:
            continue
        people = whom.people(owed, rung)
        told += [
            CaseReminder(case_id=owed.case, step=rung.id, due_at=owed.due_at, at=at, to_id=person)
            for person in people
        ]
    known = set(CaseReminder.objects.filter(REMINDED).values_list("case", "step", "due_at", "to"))
    new = [one for one in told if (one.case_id, one.step, one.due_at, one.to_id) not in known]
    # Another worker may tell the same at this moment: the row decides who did.
    CaseReminder.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    return len(new)


def _answers(at: datetime) -> Iterator[_Owed]:
    """The cases whose promised day is near or past."""
    rows = Case.objects.filter(
        state__in=RUNNING, due_at__isnull=False, due_at__lte=at + timedelta(days=days_ahead())
    ).values_list("pk", "unit", "part", "due_at", "handler", "handler__is_active")
    for pk, unit, part, due_at, handler, is_active in rows.iterator(chunk_size=1000):
        if due_at is not None:
            yield _Owed(pk, unit, part, handler if is_active else None, due_at, ANSWER)


def _unseen() -> Iterator[_Owed]:
    """New cases, with the moment until which somebody must have looked at them."""
    terms = _TermsOfDays()
    rows = Case.objects.filter(state=State.RECEIVED).values_list("pk", "unit", "received_at")
    for pk, unit, since in rows.iterator(chunk_size=1000):
        due_at = terms.until(unit, since, ACCEPT)
        if due_at is not None:
            yield _Owed(pk, unit, None, None, due_at, ACCEPT)


def _waited_for() -> Iterator[_Owed]:
    """Cases that wait for somebody, with the moment until which that is done."""
    terms = _TermsOfDays()
    rows = Case.objects.filter(state=State.WAITING).values_list(
        "pk", "unit", "part", "paused_since", "changed_at", "handler", "handler__is_active"
    )
    for pk, unit, part, paused_since, changed_at, handler, is_active in rows.iterator(chunk_size=1000):
        due_at = terms.until(unit, paused_since or changed_at, WAIT)
        if due_at is not None:
            yield _Owed(pk, unit, part, handler if is_active else None, due_at, WAIT)


def _unclaimed() -> Iterator[_Owed]:
    """Cases of a part that nobody there took, with the moment when they were given to it. Advice waits for nobody."""
    rows = Case.objects.filter(part_since__isnull=False, state__in=TO_HANDLE).values_list(
        "pk", "unit", "part", "part_since"
    )
    for pk, unit, part, since in rows.iterator(chunk_size=1000):
        if since is not None:
            yield _Owed(pk, unit, part, None, since, PART)


class _TermsOfDays:
    """The terms of units on days, each read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, date], dict[str, str]] = {}

    def until(self, unit: str, since: datetime, of: str) -> datetime | None:
        """The end of a term that began at a moment."""
        key = (unit, localdate(since))
        if key not in self._known:
            terms = queries.terms_of(Unit(pk=unit), key[1])
            self._known[key] = {ACCEPT: terms.accept, WAIT: terms.wait}
        return appointed(since, self._known[key][of], ()).due_at


class _Whom:
    """Who is told, by unit and by part; read once for all cases. `None` stands for nobody: the row says that the rung was come to."""

    def __init__(self, on: date, parts: set[str]) -> None:
        self._on = on
        self._parts = queries.people_of_parts(parts, on)
        self._holders: dict[tuple[str, Permission], list[int | None]] = {}

    def people(self, owed: _Owed, rung: Rung) -> list[int | None]:
        if rung.whom in _HOLD:
            return self._of(owed.unit, _HOLD[rung.whom])
        part = self._parts.get(owed.part or "", queries.People())
        if owed.handler is not None:
            heads = [one.pk for one in part.heads if one.pk != owed.handler]
            return [owed.handler, *(heads if rung.days > 0 else [])]
        return [one.pk for one in part.all] or self._of(owed.unit, Permission.CITIZENS_HANDLE)

    def _of(self, unit: str, permission: Permission) -> list[int | None]:
        found = self._holders.get((unit, permission))
        if found is None:
            people = org.holders(Unit.objects.get(pk=unit), permission, self._on)
            found = self._holders[unit, permission] = [one.pk for one in people] or [None]
        return found
