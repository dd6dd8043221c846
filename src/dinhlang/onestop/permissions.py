"""Who may do what with dossiers: the counter registers, those who work on one carry it on, few see whose it is."""

from __future__ import annotations

from datetime import date

from dinhlang.citizens.surveys import permissions as surveys
from dinhlang.onestop.models import Dossier, Support
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import can, check_can
from dinhlang.org.rules import Permission


def check_can_register(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not write in the register of the counter."""
    check_can(person, Permission.ONESTOP_REGISTER, unit, on)


def can_register(person: Person | None, unit: Unit, on: date) -> bool:
    return can(person, Permission.ONESTOP_REGISTER, unit, on)


def can_hand_survey_slips(person: Person | None, unit: Unit, on: date) -> bool:
    """Whether the person may print the slip of a survey for a dossier: the counter, where it gives out slips at all."""
    return can_register(person, unit, on) and surveys.can_enter(person, unit, on)


def check_can_carry_on(person: Person | None, dossier: Dossier, on: date) -> None:
    """Raise `NotAllowed` for whoever neither registers nor holds this dossier: work on it is theirs who have it."""
    if not can_carry_on(person, dossier, on):
        check_can(person, Permission.ONESTOP_REGISTER, dossier.unit, on)


def can_carry_on(person: Person | None, dossier: Dossier, on: date) -> bool:
    return can_register(person, dossier.unit, on) or _holds(person, dossier, on)


def can_see_whose(person: Person | None, dossier: Dossier, on: date) -> bool:
    """Whether the person may see who handed it in: the counter, the leader who signs, and who works on it."""
    return can_see_people(person, dossier.unit, on) or _holds(person, dossier, on)


def can_see_people(person: Person | None, unit: Unit, on: date) -> bool:
    """Whether the person may see who hands in dossiers at this counter."""
    return can(person, Permission.ONESTOP_PEOPLE, unit, on)


def check_can_set_rules(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not say how the counter is called, when it is open, where fees go."""
    check_can(person, Permission.ONESTOP_RULES, unit, on)


def check_can_support(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not write in the support log: members of the team are those who record activities."""
    check_can(person, Permission.ACTIVITY_RECORD, unit, on)


def check_can_take_support_back(person: Person | None, support: Support, on: date) -> None:
    """Raise `NotAllowed` for whoever neither wrote the row nor may reverse lines of the ledger."""
    if person is not None and support.by_id == person.pk:
        check_can_support(person, support.unit, on)
    else:
        check_can(person, Permission.ACTIVITY_REVERSE, support.unit, on)


def check_can_write_guides(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not say what stands on the unit's site: its own words in guides stand there."""
    check_can(person, Permission.SITE_MANAGE, unit, on)


def _holds(person: Person | None, dossier: Dossier, on: date) -> bool:
    return (
        person is not None
        and dossier.held_by_id == person.pk
        and can(person, Permission.READ, dossier.unit, on)
    )
