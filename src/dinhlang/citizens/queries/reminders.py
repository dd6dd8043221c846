"""Who was reminded of a promised day, as lists and a case show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dinhlang.citizens.models import Case, CaseReminder
from dinhlang.citizens.rules import ladder
from dinhlang.citizens.rules.states import RUNNING


@dataclass(frozen=True, slots=True)
class Reminded:
    """The last rung of a case: in words, when, and whose names."""

    rung: str
    at: datetime
    people: tuple[str, ...]


def last_reminded(cases: Iterable[Case]) -> dict[int, Reminded]:
    """The last rung that each of these cases came to, for its promised day of now, while an answer is owed. One question."""
    owed = {one.pk: one.due_at for one in cases if one.due_at is not None and one.state in RUNNING}
    if not owed:
        return {}
    found: dict[int, list[CaseReminder]] = {}
    for one in CaseReminder.objects.filter(case__in=owed).select_related("to").order_by("at", "pk"):
        if one.due_at != owed[one.case_id]:
            continue
        held = found.setdefault(one.case_id, [])
        if held and held[0].step != one.step:
            held.clear()
        held.append(one)
    return {
        pk: Reminded(ladder.told(rows[0].step), rows[0].at, tuple(one.to.full_name for one in rows if one.to))
        for pk, rows in found.items()
    }
