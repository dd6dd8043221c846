"""A case as its sender follows it, by code and PIN. No name, number or address of anybody is among what is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from dinhlang.citizens.models import Answer, Case
from dinhlang.citizens.queries.handling import terms_of
from dinhlang.citizens.queries.history import Step, appointment_of, steps
from dinhlang.citizens.rules import codes
from dinhlang.citizens.rules.states import Deed, State, can_happen
from dinhlang.citizens.surveys.queries import round_after_answers
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.periods.clock import Appointment


@dataclass(frozen=True, slots=True)
class Tracked:
    """What the sender is told: where the case stands, the promised day with its reasons, answers with their moments, the oldest
    first, what may be done next."""

    case: Case
    appointment: Appointment | None
    steps: list[Step]
    answers: list[tuple[str, datetime]]
    question: str
    may_rate: bool
    may_reopen: bool
    may_withdraw: bool
    may_be_asked: bool


def kin(unit_id: str, on: date) -> set[str]:
    """A unit, those it took over from and those that took over from it: where the cases of its senders lie by now."""
    return {unit_id} | org.predecessor_ids([unit_id], on) | org.heir_ids(Unit(pk=unit_id), on)


def find(unit: Unit | None, code: str, pin: str, *, on: date | None = None) -> Case | None:
    """The case that a code and a PIN lead to, in a unit or anywhere; with `on`, also where it lies after units changed.

    A wrong code takes as long as a wrong PIN.
    """
    rows = Case.objects.select_related("unit", "hamlet")
    if unit is not None:
        rows = rows.filter(unit__in=kin(unit.pk, on) if on else [unit.pk])
    read = codes.read_code(code)
    case: Case | None = rows.filter(code=read).first() if read else None
    kept = case.pin_hash.shown() if case is not None and case.pin_hash else _NOBODYS
    given = codes.read_pin(pin) or "000000"
    is_right = codes.matches(given, kept)
    return case if case is not None and is_right and codes.read_pin(pin) else None


# Compared with when there is no such code, so that the time of an answer does not tell which codes exist.
_NOBODYS = codes.hashed("a")


def tracked(case: Case, at: datetime) -> Tracked:
    """What its sender may see of a case at a moment."""
    told = steps(case, for_sender=True)
    is_within = (
        case.last_answered_at is not None
        and (localdate(at) - localdate(case.last_answered_at)).days
        <= terms_of(case.unit, localdate(at)).rate_days
    )
    return Tracked(
        case=case,
        appointment=appointment_of(case),
        steps=told,
        answers=[
            (one.words.shown(), one.approved_at)
            for one in Answer.objects.filter(case=case).order_by("number")
            if one.approved_at is not None
        ],
        question=_asked(told) if case.state == State.WAITING else "",
        may_rate=case.state == State.ANSWERED and is_within,
        may_reopen=case.state == State.DISSATISFIED and is_within and case.reopened_at is None,
        may_withdraw=can_happen(case.state, Deed.WITHDRAW),
        may_be_asked=is_within
        and is_answered(case)
        and not case.is_invited
        and round_after_answers(case.unit, localdate(at)) is not None,
    )


def is_answered(case: Case) -> bool:
    """Whether a case was answered and nothing more is waited for."""
    return case.answered_at is not None and case.state in (State.ANSWERED, State.DISSATISFIED, State.CLOSED)


def _asked(told: list[Step]) -> str:
    """What the sender was asked last, '' when the case waits for somebody else."""
    last = next((one for one in reversed(told) if one.event.after == State.WAITING), None)
    if last is None or last.event.deed != Deed.ASK:
        return ""
    return "\n".join(one.words.shown() for one in last.words)
