"""Who holds which position on a day, and which units they may therefore see."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from dinhlang.org.models import Person, Position, Unit
from dinhlang.org.queries.standing import body_of, ids_below
from dinhlang.org.queries.succession import predecessor_ids
from dinhlang.org.rules import ROLES, Role


def positions(person: Person | AnonymousUser, on: date) -> QuerySet[Position]:
    """The person's positions in force on that day, with their units."""
    if person.pk is None:
        return Position.objects.none()
    held: QuerySet[Position] = (
        Position.objects.in_force(on).filter(person_id=person.pk).select_related("unit")
    )
    return held


def home_units(person: Person | AnonymousUser, on: date) -> list[Unit]:
    """The bodies the person acts for on that day (not those they only read), in the order of their positions."""
    acting = [p for p in positions(person, on) if not ROLES[Role(p.role)].sees_below]
    return list(dict.fromkeys(body_of(position.unit, on) for position in acting))


def visible_units(person: Person | AnonymousUser | None, on: date) -> QuerySet[Unit]:
    """The units whose matters the person may read on that day: every query of the rooms above goes through it.

    Their own bodies with departments and hamlets; for a role that sees below, everything below; and the
    units these took over from. `None` is the operator at the command line, who sees all; a person without
    a position, or one who is not signed in, sees none.
    """
    if person is None:
        return Unit.objects.all()
    if not person.is_active:
        return Unit.objects.none()
    ids: set[str] = set()
    for position in positions(person, on):
        home = body_of(position.unit, on)
        ids |= {home.id} | ids_below(home, on, parts_only=not ROLES[Role(position.role)].sees_below)
    return Unit.objects.filter(id__in=ids | predecessor_ids(ids, on))
