"""Who was reminded of what must be done for a case, as lists and a case show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from dinhlang.citizens.models import Case, CaseReminder
from dinhlang.citizens.rules import ladder
from dinhlang.citizens.rules.ladder import ACCEPT, ANSWER, LEFT, PART, WAIT
from dinhlang.citizens.rules.states import HELD, RUNNING, State

# Reminders of what is still to be done: of the promised day of now, of looking at a new case, of going on after a wait, of taking
# what the part was given, of giving what nobody has. One of an earlier wait is over.
REMINDED = (
    Q(case__state__in=RUNNING, due_at=F("case__due_at"), step__in=ladder.steps_of(ANSWER))
    | Q(case__state=State.RECEIVED, step__in=ladder.steps_of(ACCEPT))
    | Q(case__state=State.WAITING, step__in=ladder.steps_of(WAIT), at__gte=F("case__paused_since"))
    | Q(case__state=State.WAITING, step__in=ladder.steps_of(WAIT), case__paused_since=None)
    | Q(due_at=F("case__part_since"), step__in=ladder.steps_of(PART))
    | Q(case__state__in=HELD, case__part=None, case__handler=None, step__in=ladder.steps_of(LEFT))
)
LATE_STEPS = tuple(one for one in ladder.steps_of(ANSWER, ACCEPT, WAIT) if ladder.is_late(one))
NEGLECTED_STEPS = tuple(one for one in ladder.steps_of(ACCEPT, WAIT) if ladder.is_late(one))


@dataclass(frozen=True, slots=True)
class Reminded:
    """The last rung of a case: in words, when, and whose names."""

    rung: str
    at: datetime
    people: tuple[str, ...]


def last_reminded(cases: Iterable[Case]) -> dict[int, Reminded]:
    """The last rung that each of these cases came to, while something is to be done for it. One question."""
    ids = [one.pk for one in cases if one.state in HELD]
    if not ids:
        return {}
    found: dict[int, list[CaseReminder]] = {}
    rows = CaseReminder.objects.filter(REMINDED, case__in=ids).select_related("to")
    for one in rows.order_by("at", "pk"):
        held = found.setdefault(one.case_id, [])
        if held and held[0].step != one.step:
            held.clear()
        held.append(one)
    return {
        pk: Reminded(ladder.told(rows[0].step), rows[0].at, tuple(one.to.full_name for one in rows if one.to))
        for pk, rows in found.items()
    }
