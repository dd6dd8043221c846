"""Whoever owes an answer is reminded before and after the promised day: each person a row, once for a rung. The mail is `portal`'s."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import F
from django.utils.timezone import localdate

from dinhlang.citizens.models import Case, CaseReminder
from dinhlang.citizens.rules.ladder import LEADER, days_ahead, reached
from dinhlang.citizens.rules.states import RUNNING
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission
from dinhlang.periods import calendar

_BATCH = 500


def remind_due(*, at: datetime) -> int:
    """Add the reminders that promised days have come to, on working days; gives how many are new. For the worker.

    Before the day and just after it whoever has the case is told, later every leader who approves answers; of a case that
    nobody has, all who may handle it. A new promised day is told anew.
    """
    on = localdate(at)
    if not calendar.default().is_working(on):
        return 0
    running = Case.objects.filter(
        state__in=RUNNING, due_at__isnull=False, due_at__lte=at + timedelta(days=days_ahead())
    ).values_list("pk", "unit", "due_at", "handler", "handler__is_active")
    whom = _Whom(on)
    told = []
    for pk, unit, due_at, handler, is_active in running.iterator(chunk_size=1000):
        rung = reached(localdate(due_at), on) if due_at is not None else None
        if rung is None or due_at is None:
            continue
        people = whom.people(unit, rung.whom, handler if is_active else None)
        told += [
            CaseReminder(case_id=pk, step=rung.id, due_at=due_at, at=at, to_id=person) for person in people
        ]
    known = set(
        CaseReminder.objects.filter(case__state__in=RUNNING, due_at=F("case__due_at")).values_list(
            "case", "step", "due_at", "to"
        )
    )
    new = [one for one in told if (one.case_id, one.step, one.due_at, one.to_id) not in known]
    # Another worker may tell the same at this moment: the row decides who did.
    CaseReminder.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    return len(new)


class _Whom:
    """Who is told, by unit; read once for all cases. `None` stands for nobody: the row says that the rung was come to."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._holders: dict[tuple[str, Permission], list[int | None]] = {}

    def people(self, unit: str, whom: str, handler: int | None) -> list[int | None]:
        if whom == LEADER:
            return self._of(unit, Permission.CITIZENS_APPROVE)
        return [handler] if handler is not None else self._of(unit, Permission.CITIZENS_HANDLE)

    def _of(self, unit: str, permission: Permission) -> list[int | None]:
        found = self._holders.get((unit, permission))
        if found is None:
            people = org.holders(Unit.objects.get(pk=unit), permission, self._on)
            found = self._holders[unit, permission] = [one.pk for one in people] or [None]
        return found
