"""Who may do what with cases: some take them in, some handle them, the leader stands for what is said.

Whoever was given a case handles it, and so does everybody of the part of the office that was given it, as long as they stand there.

What a unit left behind when it ended is kept by one successor (`queries.keeper_of`): its people do with closed cases what they
may do with their own. Where the unit was parted, the other successors see nothing of them.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from dinhlang.citizens.models import Case
from dinhlang.citizens.queries.kept import keeper_of
from dinhlang.citizens.queries.parts import has_left, stands_in
from dinhlang.org import queries as org
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import NotAllowed, can, check_can
from dinhlang.org.rules import Permission


def check_can_take_in(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not write down, for this very unit, what a citizen says."""
    check_can(person, Permission.CITIZENS_TAKE, unit, on)


def check_can_take(person: Person | None, case: Case, on: date) -> None:
    """Raise `NotAllowed` for whoever may not do with the case what is done with a sender."""
    _check(person, Permission.CITIZENS_TAKE, case, on)


def check_can_handle(person: Person | None, case: Case, on: date) -> None:
    """Raise `NotAllowed` for whoever neither handles all cases of the unit nor was given this one, by name or by their part."""
    if not can_handle(person, case, on):
        _check(person, Permission.CITIZENS_HANDLE, case, on)


def can_handle(person: Person | None, case: Case, on: date) -> bool:
    if _can(person, Permission.CITIZENS_HANDLE, case, on):
        return True
    return person is not None and _has(person, case, on) and _can(person, Permission.READ, case, on)


def _has(person: Person, case: Case, on: date) -> bool:
    """Whether the case was given to the person, or to a part in which they stand. Who left the part has it no more."""
    if case.part_id is None:
        return case.handler_id == person.pk
    if case.handler_id == person.pk:
        return not has_left(person, case.part_id, on)
    return stands_in(person, case.part_id, on)


def check_can_claim(person: Person | None, case: Case, on: date) -> None:
    """Raise `NotAllowed` for whoever does not stand in the part that was given the case."""
    if not can_claim(person, case, on):
        raise NotAllowed(_("Chỉ cán bộ của bộ phận được giao mới nhận được việc này."))


def can_claim(person: Person | None, case: Case, on: date) -> bool:
    if person is None or case.part_id is None or not stands_in(person, case.part_id, on):
        return False
    return _can(person, Permission.READ, case, on)


def check_can_assign(person: Person | None, of: Case | Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not say who handles what."""
    _check(person, Permission.CITIZENS_HANDLE, of, on)


def check_can_approve(person: Person | None, of: Case | Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not stand for an answer and for what is made public."""
    _check(person, Permission.CITIZENS_APPROVE, of, on)


def check_can_read(person: Person | None, case: Case, on: date) -> None:
    """Raise `NotAllowed` for whoever may not open what a citizen wrote."""
    if not can_read(person, case, on):
        _check(person, Permission.CITIZENS_READ, case, on)


def can_read(person: Person | None, case: Case, on: date) -> bool:
    return _can(person, Permission.CITIZENS_READ, case, on) or can_handle(person, case, on)


def can_approve(person: Person | None, of: Case | Unit, on: date) -> bool:
    return _can(person, Permission.CITIZENS_APPROVE, of, on)


def can_take(person: Person | None, of: Case | Unit, on: date) -> bool:
    return _can(person, Permission.CITIZENS_TAKE, of, on)


def can_assign(person: Person | None, of: Case | Unit, on: date) -> bool:
    return _can(person, Permission.CITIZENS_HANDLE, of, on)


def _check(person: Person | None, permission: Permission, of: Case | Unit, on: date) -> None:
    if not _can(person, permission, of, on):
        check_can(person, permission, _unit_of(of), on)


def _can(person: Person | None, permission: Permission, of: Case | Unit, on: date) -> bool:
    unit = _unit_of(of)
    if can(person, permission, unit, on):
        return True
    if org.exists_on(unit, on):
        return False
    keeper = keeper_of(of, on) if isinstance(of, Case) else org.keeper(of, on)
    return keeper is not None and can(person, permission, keeper, on)


def _unit_of(of: Case | Unit) -> Unit:
    return of.unit if isinstance(of, Case) else of
