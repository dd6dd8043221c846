"""Which units came after a unit, and which before. Old matters stay with the old unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from dinhlang.org.models import Unit, UnitSuccession
from dinhlang.org.queries.standing import exists_on


def successions(unit: Unit) -> QuerySet[UnitSuccession]:
    """The direct steps: who took over from this unit, when and by what instrument."""
    return UnitSuccession.objects.filter(predecessor=unit).select_related("successor")


def successors(unit: Unit, on: date | None = None) -> list[Unit]:
    """All units that came after this one, step by step, nearest first; with `on`, those of steps taken by then."""
    found: list[Unit] = []
    layer = [unit]
    while layer:
        steps = UnitSuccession.objects.filter(predecessor__in=layer).select_related("successor")
        if on is not None:
            steps = steps.filter(takes_effect_on__lte=on)
        layer = [step.successor for step in steps if step.successor not in found]
        found.extend(dict.fromkeys(layer))
    return found


def heirs(unit: Unit, on: date) -> list[Unit]:
    """The units in being on that day that hold what this one held; the unit itself while it is in being."""
    if exists_on(unit, on):
        return [unit]
    return [later for later in successors(unit, on) if exists_on(later, on)]


def keeper(unit: Unit, on: date) -> Unit | None:
    """The one unit in being that keeps what is closed of a unit that ended: of those that took over at its end, whoever took
    most of it, step by step, as with what is open. The unit itself while it is in being; `None` when nobody took over."""
    passed: set[str] = set()
    while not exists_on(unit, on):
        passed.add(unit.pk)
        steps = UnitSuccession.objects.filter(predecessor=unit, takes_effect_on__lte=on).select_related(
            "successor"
        )
        # Of one day the greatest part; shares that nobody stated are the whole, or an unknown part.
        last = max(steps.order_by("pk"), key=lambda step: (step.takes_effect_on, _part(step)), default=None)
        if last is None or last.successor_id in passed:
            return None
        unit = last.successor
    return unit


def _part(step: UnitSuccession) -> Decimal:
    if step.share is not None:
        return step.share
    return Decimal(0) if step.is_partial else Decimal(1)


def heir_ids(unit: Unit, on: date) -> set[str]:
    """Ids of the units that took over from this one by that day, at any step."""
    return {later.id for later in successors(unit, on)}


def predecessor_ids(unit_ids: Iterable[str], on: date) -> set[str]:
    """Ids of all units that these took over from, at any step, by that day."""
    found: set[str] = set()
    layer = set(unit_ids)
    while layer:
        steps = UnitSuccession.objects.filter(successor__in=layer, takes_effect_on__lte=on)
        layer = set(steps.values_list("predecessor_id", flat=True)) - found
        found |= layer
    return found
