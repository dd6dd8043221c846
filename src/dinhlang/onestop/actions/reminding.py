"""Whoever has a dossier is told before its day, and when it has passed: once each, by a row (the mail of a day is `portal/dossier_mail.py`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localdate

from dinhlang.onestop import queries
from dinhlang.onestop.models import Dossier, Reminder
from dinhlang.onestop.rules.states import RUNNING
from dinhlang.org import queries as org
from dinhlang.org.models import Person
from dinhlang.org.rules import Permission
from dinhlang.periods import calendar

_MOST = 2000


def remind_due(*, at: datetime) -> int:
    """Remind of what falls due within two days or is overdue, on working days; how many reminders are new.

    Whoever holds the dossier is told; of one that nobody holds, those who keep the register. The day that was promised belongs
    to the reminder: a new day is told anew.
    """
    if not calendar.default().is_working(localdate(at)):
        return 0
    near = (
        Dossier.objects.filter(state__in=RUNNING, due_at__lt=at + queries.SOON)
        .select_related("unit", "held_by")
        .order_by("due_at", "pk")[:_MOST]
    )
    keepers: dict[str, list[Person]] = {}
    wanted = [
        Reminder(dossier=one, person=person, why=_why(one.due_at, at), due_at=one.due_at, told_at=at)
        for one in near
        if one.due_at is not None
        for person in _people(one, keepers, at)
    ]
    known = set(
        Reminder.objects.filter(dossier__in=[one.dossier_id for one in wanted]).values_list(
            "dossier_id", "person_id", "why", "due_at"
        )
    )
    new = [one for one in wanted if (one.dossier_id, one.person_id, one.why, one.due_at) not in known]
    # Another worker may tell the same at this moment: the row decides who did.
    Reminder.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _why(due_at: datetime, at: datetime) -> str:
    return Reminder.Why.OVERDUE if due_at < at else Reminder.Why.SOON


def _people(dossier: Dossier, keepers: dict[str, list[Person]], at: datetime) -> Iterable[Person]:
    if dossier.held_by is not None and dossier.held_by.is_active:
        return [dossier.held_by]
    if dossier.unit_id not in keepers:
        keepers[dossier.unit_id] = org.holders(dossier.unit, Permission.ONESTOP_REGISTER, localdate(at))
    return keepers[dossier.unit_id]
