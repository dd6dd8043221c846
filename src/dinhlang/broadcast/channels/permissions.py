"""Who may do what with channels: the culture officer connects and sends, the leader may send too, whoever records may copy."""

from __future__ import annotations

from datetime import date

from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import can, check_can
from dinhlang.org.rules import Permission


def check_can_connect(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not connect and close channels."""
    check_can(person, Permission.CHANNELS_MANAGE, unit, on)


def check_can_send(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not send to channels, try again and take down."""
    check_can(person, Permission.CHANNELS_SEND, unit, on)


def can_send(person: Person | None, unit: Unit, on: date) -> bool:
    return can(person, Permission.CHANNELS_SEND, unit, on)


def check_can_copy(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed`: who sends, and whoever records what was done, may say that it was copied."""
    if not can_send(person, unit, on):
        check_can(person, Permission.ACTIVITY_RECORD, unit, on)


def can_copy(person: Person | None, unit: Unit, on: date) -> bool:
    return can_send(person, unit, on) or can(person, Permission.ACTIVITY_RECORD, unit, on)
