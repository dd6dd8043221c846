"""Who may do what with data requests: one handles, another decides."""

from __future__ import annotations

from datetime import date

from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import can, check_can
from dinhlang.org.rules import Permission


def check_can_handle(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not handle data requests of a unit."""
    check_can(person, Permission.PRIVACY_HANDLE, unit, on)


def check_can_decide(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not decide data requests of a unit."""
    check_can(person, Permission.PRIVACY_DECIDE, unit, on)


def can_handle(person: Person | None, unit: Unit, on: date) -> bool:
    return can(person, Permission.PRIVACY_HANDLE, unit, on)


def can_decide(person: Person | None, unit: Unit, on: date) -> bool:
    return can(person, Permission.PRIVACY_DECIDE, unit, on)
