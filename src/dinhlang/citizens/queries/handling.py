"""By which rules a unit handles cases on a day, and who handles what."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from dinhlang.citizens.models import HandlingRules, Route
from dinhlang.citizens.rules.terms import Terms, usual_terms
from dinhlang.org.models import Unit


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
