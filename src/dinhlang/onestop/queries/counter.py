"""The counter as it stands on a day, and the procedures that are received there."""

from __future__ import annotations

from datetime import date

from dinhlang.onestop.models import CounterRules
from dinhlang.org.models import Unit


def rules_on(unit: Unit, on: date) -> CounterRules | None:
    """What the unit has decided about its counter for the day; `None` when it has decided nothing."""
    found: CounterRules | None = (
        CounterRules.objects.filter(unit=unit).in_force(on).order_by("-starts_on", "-pk").first()
    )
    return found
