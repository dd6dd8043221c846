"""Items as the desk lists them: of units the person may read; what is not public only to those who act there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from dinhlang.org.desk import Looking
from dinhlang.portal.models import Item
from dinhlang.portal.newsroom.rules.states import State
from dinhlang.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to. `state` is one of `State`, 'public' or 'owes'."""

    text: str = ""
    unit: str = ""
    state: str = ""
    kind: str = ""
    column: int | None = None
    field: str = ""
    author: int | None = None
    since: date | None = None
    until: date | None = None


def items_for(looking: Looking, asked: Asked | None = None) -> QuerySet[Item]:
    """The items the person may see that were asked for, the last changed first. Dropped ones only when asked for."""
    asked = asked or Asked()
    home = [unit.pk for unit in looking.home_units]
    found = Item.objects.filter(
        Q(unit__in=home) | Q(unit__in=looking.readable_ids, published_at__isnull=False)
    ).select_related("unit", "column", "draft", "shown", "author", "assignee")
    if asked.unit:
        found = found.filter(unit=asked.unit)
    found = _in_state(found, asked.state)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.column:
        found = found.filter(column=asked.column)
    if asked.field:
        found = found.filter(field=asked.field)
    if asked.author:
        found = found.filter(author=asked.author)
    if asked.since:
        found = found.filter(published_at__gte=_midnight(asked.since))
    if asked.until:
        found = found.filter(published_at__lt=_midnight(date.fromordinal(asked.until.toordinal() + 1)))
    for word in fold(asked.text).split()[:12]:
        found = found.filter(Q(draft__folded__contains=word) | Q(shown__folded__contains=word))
    return found.order_by("-changed_at", "-pk")


def _in_state(found: QuerySet[Item], state: str) -> QuerySet[Item]:
    if state == "public":
        return found.filter(shown__isnull=False)
    if state == "owes":
        return found.filter(owes_approval__isnull=False)
    if state in State.values:
        return found.filter(state=state)
    return found.exclude(state=State.DROPPED)


def _midnight(day: date) -> datetime:
    zone = timezone.get_default_timezone()
    return datetime.combine(day, time.min, tzinfo=zone if isinstance(zone, ZoneInfo) else None)


def item_for(looking: Looking, pk: int) -> Item | None:
    """The item, when the person may see it."""
    home = {unit.pk for unit in looking.home_units}
    item = (
        Item.objects.select_related(
            "unit",
            "column",
            "draft",
            "shown",
            "author",
            "assignee",
            "task",
            "line",
            "decision",
            "procedure_version__procedure",
        )
        .filter(pk=pk)
        .first()
    )
    if item is None or item.unit_id not in looking.readable_ids | home:
        return None
    if item.unit_id not in home and item.published_at is None:
        return None
    return item
