"""Who may do what here: by the positions of `org`, on the day of the act.

A person at the command line (`None`) is the operator of the installation and may.
"""

from __future__ import annotations

from datetime import date

from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission
from dinhlang.work.models import Activity


def check_can_import_plan(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `org.permissions.NotAllowed` with the reason."""
    check_can(person, Permission.PLAN_IMPORT, unit, on)


def check_can_edit_plan(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `org.permissions.NotAllowed` with the reason."""
    check_can(person, Permission.PLAN_EDIT, unit, on)


def check_can_record(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `org.permissions.NotAllowed` with the reason. Whoever records may also bring evidence."""
    check_can(person, Permission.ACTIVITY_RECORD, unit, on)


def check_can_import_activities(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `org.permissions.NotAllowed` with the reason."""
    check_can(person, Permission.ACTIVITY_IMPORT, unit, on)


def check_can_reverse(person: Person | None, activity: Activity, on: date) -> None:
    """Raise `org.permissions.NotAllowed` with the reason."""
    check_can(person, Permission.ACTIVITY_REVERSE, activity.unit, on)
