"""What all acts on a case share: it is locked, what happened is added, its promised day is counted anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max

from dinhlang.citizens import queries
from dinhlang.citizens.models import Case, CaseEvent, CaseWords
from dinhlang.citizens.rules.kinds import Actor, Said
from dinhlang.citizens.rules.states import ENDED, Deed, State, after, can_happen
from dinhlang.org.actions import audit
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused


class SomebodyElse(Refused):
    """Somebody else did something to the case meanwhile."""


def locked(case: Case) -> Case:
    """The case as it stands now, until the transaction ends."""
    rows = Case.objects.select_for_update(of=("self",), no_key=True).select_related(
        "unit", "hamlet", "part", "handler"
    )
    return rows.get(pk=case.pk)


def note(
    case: Case,
    deed: Deed,
    *,
    by: Person | None,
    at: datetime,
    actor: Actor | None = None,
    detail: Mapping[str, Any] | None = None,
    said: Mapping[Said, str] | None = None,
) -> CaseEvent:
    """Move a locked case by a deed, add the event with its words, count the promised day anew, and save the case. One that
    its part may take and nobody has waits there from now on.

    Whoever calls has set every other field. An official's deed goes into the audit. Raises `WrongMove`.
    """
    before = State(case.state)
    there = State.RECEIVED if deed is Deed.RECEIVE else after(before, deed)
    last = CaseEvent.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    event = CaseEvent.objects.create(
        case=case,
        number=last + 1,
        deed=deed,
        before="" if deed is Deed.RECEIVE else before,
        after=there,
        at=at,
        actor=actor or (Actor.OFFICIAL if by is not None else Actor.MACHINE),
        by=by,
        detail=dict(detail or {}),
    )
    for kind, words in (said or {}).items():
        if words:
            CaseWords.objects.create(case=case, event=event, kind=kind, words=words, at=at, by=by)
    case.state, case.changed_at = there, at
    case.version += 1
    if there in ENDED and case.ended_at is None:
        case.ended_at = at
    elif there not in ENDED:
        case.ended_at = None
    if case.part_id is None or case.handler_id is not None or not can_happen(there, Deed.CLAIM):
        case.part_since = None
    elif case.part_since is None:
        case.part_since = at
    _count(case)
    case.save()
    if by is not None:
        audit(by=by, at=at, action=f"case.{deed.value}", target=case, unit=case.unit)
    return event


def _count(case: Case) -> None:
    """The promised day as it is after what happened; left as it was when the case has ended or was answered."""
    if case.state in ENDED or case.state in (State.ANSWERED, State.DISSATISFIED):
        return
    found = queries.appointment_of(case)
    case.due_at = found.due_at if found else None
    case.paused_since = found.paused_since if found else None
    if case.first_due_at is None and found is not None:
        case.first_due_at = found.first_due_at
