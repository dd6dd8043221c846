"""What can be asked about good models and commendations."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from dinhlang.org.models import Unit
from dinhlang.periods.window import Window
from dinhlang.reports.models import Practice
from dinhlang.reports.practices.rules import State

RECOGNISED = (State.RECOGNISED, State.PUBLISHED)


def practices_for(unit_ids: Collection[str]) -> QuerySet[Practice]:
    """Those of these units that are not dropped, newest first."""
    found: QuerySet[Practice] = Practice.objects.filter(unit__in=unit_ids).exclude(state=State.DROPPED)
    return found.select_related("unit", "activity")


def recognised_in(unit: Unit, window: Window) -> list[Practice]:
    """What was done in the window and recognised, oldest first; a line reversed since is left out."""
    found = Practice.objects.filter(
        unit=unit,
        state__in=RECOGNISED,
        happened_on__range=(window.start, window.end),
        activity__reversal=None,
    )
    return list(found.order_by("happened_on", "pk"))


def published_of(unit_id: str) -> QuerySet[Practice]:
    """What a unit opened to all, newest first; a line reversed since is left out."""
    found: QuerySet[Practice] = Practice.objects.filter(
        unit=unit_id, state=State.PUBLISHED, activity__reversal=None
    )
    return found.order_by("-happened_on", "-pk")
