"""Whoever keeps the two registers is told before a term ends, and when it has passed: once each, by a row.

The mail of a day is `portal/privacy_mail.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from dinhlang.org import queries as org
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Permission
from dinhlang.periods import calendar
from dinhlang.privacy.breaches import queries
from dinhlang.privacy.models import Breach, DataRequest, PrivacyReminder
from dinhlang.privacy.rules.breaches import OWED
from dinhlang.privacy.rules.breaches import State as BreachState
from dinhlang.privacy.rules.states import ENDED, State

_MOST = 2000
REQUEST_SOON = timedelta(days=2)
BREACH_SOON = timedelta(hours=36)


def remind_due(*, at: datetime) -> int:
    """Remind of what ends soon or is overdue; how many reminders are new.

    Requests on working days. Breaches on any day: their hours run at night and over Tết.
    """
    wanted = [*_of_breaches(at)]
    if calendar.default().is_working(localdate(at)):
        wanted += _of_requests(at)
    known = set(
        PrivacyReminder.objects.filter(
            Q(request__in=[one.request_id for one in wanted if one.request_id])
            | Q(breach__in=[one.breach_id for one in wanted if one.breach_id])
        ).values_list("request_id", "breach_id", "person_id", "why", "due_at")
    )
    new = [
        one
        for one in wanted
        if (one.request_id, one.breach_id, one.person_id, one.why, one.due_at) not in known
    ]
    # Another worker may tell the same at this moment: the row decides who did.
    PrivacyReminder.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _of_requests(at: datetime) -> Iterator[PrivacyReminder]:
    near = (
        DataRequest.objects.exclude(state__in=ENDED)
        .filter(Q(replied_at=None, reply_due_at__lt=at + REQUEST_SOON) | Q(due_at__lt=at + REQUEST_SOON))
        .select_related("unit")
        .order_by("received_at", "pk")[:_MOST]
    )
    people = _People(at)
    for one in near:
        # The first answer comes before the rest.
        due_at = one.reply_due_at if one.replied_at is None else one.due_at
        if due_at is not None:
            for person in people.of(one.unit, decides=one.state == State.PROPOSED):
                yield PrivacyReminder(
                    request=one, person=person, why=_why(due_at, at), due_at=due_at, told_at=at
                )


def _of_breaches(at: datetime) -> Iterator[PrivacyReminder]:
    """Those of which the authority, or persons who must know, have not been told."""
    near = (
        Breach.objects.filter(Q(state__in=OWED) | Q(pk__in=queries.untold()), due_at__lt=at + BREACH_SOON)
        .select_related("unit")
        .order_by("due_at", "pk")[:_MOST]
    )
    people = _People(at)
    for one in near:
        for person in people.of(one.unit, decides=one.state == BreachState.PROPOSED):
            yield PrivacyReminder(
                breach=one, person=person, why=_why(one.due_at, at), due_at=one.due_at, told_at=at
            )


def _why(due_at: datetime, at: datetime) -> str:
    return PrivacyReminder.Why.OVERDUE if due_at < at else PrivacyReminder.Why.SOON


class _People:
    """Who is reminded in a unit: those who handle, or those who decide where somebody has proposed."""

    def __init__(self, at: datetime) -> None:
        self._on = localdate(at)
        self._known: dict[tuple[str, bool], list[Person]] = {}

    def of(self, unit: Unit, *, decides: bool) -> list[Person]:
        if (unit.pk, decides) not in self._known:
            permission = Permission.PRIVACY_DECIDE if decides else Permission.PRIVACY_HANDLE
            self._known[unit.pk, decides] = org.holders(unit, permission, self._on)
        return self._known[unit.pk, decides]
