"""Who may do what with cases: some take them in, some handle them, the leader stands for what is said.

What a unit left behind when it ended is its successors': their people do with its closed cases what they may do with their own.
"""

from __future__ import annotations

from datetime import date

from dinhlang.citizens.models import Case
from dinhlang.org import queries as org
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import can, check_can
from dinhlang.org.rules import Permission
from dinhlang.vietnamese.text import name_key


def check_can_take_in(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not write down, for this very unit, what a citizen says."""
    check_can(person, Permission.CITIZENS_TAKE, unit, on)


def check_can_take(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not do with the unit's cases what is done with a sender."""
    _check(person, Permission.CITIZENS_TAKE, unit, on)


def check_can_handle(person: Person | None, case: Case, on: date) -> None:
    """Raise `NotAllowed` for whoever neither handles all cases of the unit nor was given this one."""
    if not can_handle(person, case, on):
        _check(person, Permission.CITIZENS_HANDLE, case.unit, on)


def can_handle(person: Person | None, case: Case, on: date) -> bool:
    if _can(person, Permission.CITIZENS_HANDLE, case.unit, on):
        return True
    return (
        person is not None and case.handler_id == person.pk and _can(person, Permission.READ, case.unit, on)
    )


def check_can_assign(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not say who handles what."""
    _check(person, Permission.CITIZENS_HANDLE, unit, on)


def check_can_approve(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not stand for an answer and for what is made public."""
    _check(person, Permission.CITIZENS_APPROVE, unit, on)


def check_can_read(person: Person | None, case: Case, on: date) -> None:
    """Raise `NotAllowed` for whoever may not open what a citizen wrote."""
    if not can_read(person, case, on):
        _check(person, Permission.CITIZENS_READ, case.unit, on)


def can_read(person: Person | None, case: Case, on: date) -> bool:
    return _can(person, Permission.CITIZENS_READ, case.unit, on) or can_handle(person, case, on)


def approvers(unit: Unit, on: date) -> list[Person]:
    """Who may approve answers of a unit today, in the order of their names."""
    units = org.heirs(unit, on) or [unit]
    found = {one.pk: one for each in units for one in org.holders(each, Permission.CITIZENS_APPROVE, on)}
    return sorted(found.values(), key=lambda person: name_key(person.full_name))


def can_approve(person: Person | None, unit: Unit, on: date) -> bool:
    return _can(person, Permission.CITIZENS_APPROVE, unit, on)


def can_take(person: Person | None, unit: Unit, on: date) -> bool:
    return _can(person, Permission.CITIZENS_TAKE, unit, on)


def can_assign(person: Person | None, unit: Unit, on: date) -> bool:
    return _can(person, Permission.CITIZENS_HANDLE, unit, on)


def _check(person: Person | None, permission: Permission, unit: Unit, on: date) -> None:
    if not _can(person, permission, unit, on):
        check_can(person, permission, unit, on)


def _can(person: Person | None, permission: Permission, unit: Unit, on: date) -> bool:
    if can(person, permission, unit, on):
        return True
    return any(can(person, permission, heir, on) for heir in org.heirs(unit, on) if heir != unit)
