"""Who may do what with surveys: some ask and publish, some only type what came on paper."""

from __future__ import annotations

from datetime import date

from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import can, check_can
from dinhlang.org.rules import Permission


def check_can_manage(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not write forms, open and close rounds, publish results."""
    check_can(person, Permission.SURVEYS_MANAGE, unit, on)


def can_manage(person: Person | None, unit: Unit, on: date) -> bool:
    """Whether `check_can_manage` would let it pass."""
    return can(person, Permission.SURVEYS_MANAGE, unit, on)


def check_can_enter(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may neither print slips nor type what came on paper."""
    check_can(person, Permission.SURVEYS_ENTER, unit, on)


def can_enter(person: Person | None, unit: Unit, on: date) -> bool:
    """Whether `check_can_enter` would let it pass."""
    return can(person, Permission.SURVEYS_ENTER, unit, on)
