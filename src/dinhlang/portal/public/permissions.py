"""Who may open a report to all, or close it again: whoever may publish for the unit, or for the one that took over from it."""

from __future__ import annotations

from datetime import date

from dinhlang.org import queries as org
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import can, check_can
from dinhlang.org.rules import Permission


def check_can_publish(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `org.permissions.NotAllowed` with the reason.

    A unit that is no more cannot open or close its papers; those who keep them must be able to.
    """
    if can_publish(person, unit, on):
        return
    check_can(person, Permission.REPORT_PUBLISH, unit, on)


def can_publish(person: Person | None, unit: Unit, on: date) -> bool:
    """Whether `check_can_publish` would let it pass."""
    keepers = org.heirs(unit, on) or [unit]
    return any(can(person, Permission.REPORT_PUBLISH, keeper, on) for keeper in keepers)
