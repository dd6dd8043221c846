"""Counts month by month, for charts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from dinhlang.org.models import Unit
from dinhlang.periods.window import Window
from dinhlang.work.concepts import CONCEPTS
from dinhlang.work.models import DailyFact

_COUNTERS = [concept.id for concept in CONCEPTS.values() if concept.is_counter and not concept.is_stock]


def totals_by_month(unit: Unit, window: Window) -> Mapping[str, Mapping[date, int]]:
    """The totals of every counter by the first day of each month within the window; a month without is not there."""
    rows = (
        DailyFact.objects.filter(
            unit=unit, concept__in=_COUNTERS, day__range=(window.start, window.end), lines__gt=0
        )
        .order_by()
        .annotate(month=TruncMonth("day"))
        .values_list("concept", "month")
        .annotate(Sum("total"))
    )
    found: dict[str, dict[date, int]] = {}
    for concept, month, total in rows:
        found.setdefault(concept, {})[month] = total
    return found
