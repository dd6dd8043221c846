"""Who may do what with classes: some hold them and know who came; everyone of the unit sees that they were held."""

from __future__ import annotations

from datetime import date

from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import can, check_can
from dinhlang.org.rules import Permission


def check_can_manage(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not hold classes: invite, tick who came, close."""
    check_can(person, Permission.TRAINING_MANAGE, unit, on)


def can_manage(person: Person | None, unit: Unit, on: date) -> bool:
    """Whether `check_can_manage` would let it pass."""
    return can(person, Permission.TRAINING_MANAGE, unit, on)
