"""By which rules a unit handles cases on a day, and who handles what."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from dinhlang.citizens.models import HandlingRules, Route
from dinhlang.citizens.queries.parts import has_left, has_people
from dinhlang.citizens.rules.terms import Terms, usual_terms
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import can
from dinhlang.org.rules import Permission


def terms_of(unit: Unit, on: date) -> Terms:
    """The unit's own terms that hold on the day, else the usual ones."""
    row = (
        HandlingRules.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), unit=unit, starts_on__lte=on)
        .order_by("-starts_on", "-pk")
        .first()
    )
    if row is None:
        return usual_terms(on)
    return Terms.from_json(row.values, name=row.name, legal_basis=row.legal_basis)


def route_of(unit: Unit, category: str) -> Route | None:
    """Who handles a category in a unit; None where nobody was named."""
    found: Route | None = (
        Route.objects.filter(unit=unit, category=category).select_related("part", "handler").first()
    )
    return found


def given_by(unit: Unit, category: str, on: date) -> tuple[Unit | None, Person | None]:
    """The part and the person that a case of a category goes to on a day: those of its route who are still there.

    A part in which nobody stands gets nothing that no person was named for: whoever gives cases out sees it then.
    """
    route = route_of(unit, category)
    if route is None:
        return None, None
    part = route.part if route.part and has_people(route.part, unit, on) else None
    return part, route.handler if is_there(route, on) else None


def is_there(route: Route, on: date) -> bool:
    """Whether the person of a route still works in the unit, and did not leave the part that stands beside them."""
    handler = route.handler
    if handler is None or not can(handler, Permission.READ, route.unit, on):
        return False
    return route.part_id is None or not has_left(handler, route.part_id, on)
