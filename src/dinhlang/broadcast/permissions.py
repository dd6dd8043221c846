"""Who may do what on the radio: the station writes and plans, the culture officer looks through, the leader approves."""

from __future__ import annotations

from datetime import date

from dinhlang.broadcast.emergency.rules import Status
from dinhlang.broadcast.models import Bulletin, Print
from dinhlang.org import queries as org
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import can, check_can
from dinhlang.org.rules import Permission
from dinhlang.vietnamese.text import name_key


def check_can_write(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever neither writes bulletins nor looks them through."""
    if not can(person, Permission.BROADCAST_REVIEW, unit, on):
        check_can(person, Permission.BROADCAST_WRITE, unit, on)


def can_write(person: Person | None, unit: Unit, on: date) -> bool:
    return can(person, Permission.BROADCAST_REVIEW, unit, on) or can(
        person, Permission.BROADCAST_WRITE, unit, on
    )


def check_can_review(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not look bulletins through and pass them on."""
    check_can(person, Permission.BROADCAST_REVIEW, unit, on)


def check_can_approve(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not let a bulletin be aired."""
    check_can(person, Permission.BROADCAST_APPROVE, unit, on)


def approvers(bulletin: Bulletin, on: date) -> list[Person]:
    """Who may approve the bulletin: people with such a post today, also those who have never signed in."""
    return leaders(bulletin.unit, on)


def leaders(unit: Unit, on: date) -> list[Person]:
    """Who approves what is aired and sends emergencies: people with such a post today, in the order of their names."""
    found = org.holders(unit, Permission.BROADCAST_APPROVE, on)
    return sorted(found, key=lambda person: name_key(person.full_name))


def check_can_withdraw(person: Person | None, bulletin: Bulletin, on: date) -> None:
    """Raise `NotAllowed`. Of a unit that is no more, whoever keeps its papers must be able to stop a bulletin."""
    for keeper in org.heirs(bulletin.unit, on):
        if _can_stop(person, keeper, on):
            return
    if not _can_stop(person, bulletin.unit, on):
        check_can_review(person, bulletin.unit, on)


def can_withdraw(person: Person | None, bulletin: Bulletin, on: date) -> bool:
    return any(_can_stop(person, one, on) for one in (bulletin.unit, *org.heirs(bulletin.unit, on)))


def _can_stop(person: Person | None, unit: Unit, on: date) -> bool:
    """The operator too: who hears that something wrong is about to be aired stops it first and asks then."""
    return any(
        can(person, one, unit, on)
        for one in (Permission.BROADCAST_WRITE, Permission.BROADCAST_REVIEW, Permission.BROADCAST_APPROVE)
    )


def check_can_plan(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not set slots and make programmes."""
    check_can(person, Permission.BROADCAST_PLAN, unit, on)


def check_can_log(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not say what was aired."""
    check_can(person, Permission.BROADCAST_LOG, unit, on)


def check_can_register(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not say what was printed and where it hangs."""
    if not can_write(person, unit, on):
        check_can(person, Permission.BROADCAST_LOG, unit, on)


def can_register(person: Person | None, unit: Unit, on: date) -> bool:
    return can_write(person, unit, on) or can(person, Permission.BROADCAST_LOG, unit, on)


def check_can_withdraw_print(person: Person | None, made: Print, on: date) -> None:
    """Raise `NotAllowed` for whoever may not call a print back: the same people who may stop a bulletin."""
    if not can_withdraw_print(person, made, on):
        check_can_review(person, made.unit, on)


def can_withdraw_print(person: Person | None, made: Print, on: date) -> bool:
    return any(_can_stop(person, one, on) for one in (made.unit, *org.heirs(made.unit, on)))


def check_can_alarm(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever may not write and propose emergency messages: who leads, writes or looks through may."""
    if not can_alarm(person, unit, on):
        check_can(person, Permission.BROADCAST_WRITE, unit, on)


def can_alarm(person: Person | None, unit: Unit, on: date) -> bool:
    return any(
        can(person, one, unit, on)
        for one in (Permission.BROADCAST_WRITE, Permission.BROADCAST_REVIEW, Permission.BROADCAST_APPROVE)
    )


def check_can_send(person: Person | None, unit: Unit, on: date, *, status: str) -> None:
    """Raise `NotAllowed` for whoever may not send an emergency message: a leader does, a test anyone who may write one."""
    if status == Status.TEST:
        check_can_alarm(person, unit, on)
    else:
        check_can(person, Permission.BROADCAST_APPROVE, unit, on)
