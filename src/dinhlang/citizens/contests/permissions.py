"""Who may do what with contests: whoever makes surveys writes them, the leader stands for them."""

from __future__ import annotations

from datetime import date

from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import can, check_can
from dinhlang.org.rules import Permission


def check_can_manage(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not write contests, finish weeks and draw lots."""
    check_can(person, Permission.SURVEYS_MANAGE, unit, on)


def can_manage(person: Person | None, unit: Unit, on: date) -> bool:
    """Whether `check_can_manage` would let it pass."""
    return can(person, Permission.SURVEYS_MANAGE, unit, on)


def check_can_approve(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may neither approve nor stop a contest."""
    check_can(person, Permission.CONTESTS_APPROVE, unit, on)


def can_approve(person: Person | None, unit: Unit, on: date) -> bool:
    """Whether `check_can_approve` would let it pass."""
    return can(person, Permission.CONTESTS_APPROVE, unit, on)
