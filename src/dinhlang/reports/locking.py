"""One writer of a unit's reports and register at a time."""

from __future__ import annotations

from dinhlang.org.models import Unit


def lock(unit: Unit) -> None:
    """Wait until nobody else writes in this unit's reports or register; the end of the transaction lets go."""
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
