"""What everyone may read. Each list is one question of the database with what a page of it shows."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from dinhlang.org.models import Unit
from dinhlang.portal.models import Column, Edition, Item


def published(unit: Unit, *, column: Column | None = None, field: str = "", kind: str = "") -> QuerySet[Item]:
    """What the unit shows, newest first, with column and shown edition."""
    found = Item.objects.filter(unit=unit, shown__isnull=False)
    if column is not None:
        found = found.filter(column=column)
    if field:
        found = found.filter(field=field)
    if kind:
        found = found.filter(kind=kind)
    return found.select_related("column", "shown").order_by("-published_at", "-pk")


def item_at(unit: Unit, slug: str) -> Item | None:
    """The item under this slug when it is shown or was withdrawn, with the edition that is shown; else `None`."""
    found = Item.objects.filter(
        Q(shown__isnull=False) | Q(withdrawn_at__isnull=False), unit=unit, slug=slug
    ).select_related("unit", "column", "shown", "shown__recording", "task", "procedure_version__procedure")
    return found.first()


def neighbours(item: Item) -> tuple[Item | None, Item | None]:
    """The shown items of its column published before and after it."""
    before, after = neighbours_of(item)
    return before.first(), after.first()


def neighbours_of(item: Item) -> tuple[QuerySet[Item], QuerySet[Item]]:
    """The shown items of its column published before and after it, the nearest first."""
    if item.published_at is None:
        return Item.objects.none(), Item.objects.none()
    others = published(item.unit, column=item.column).exclude(pk=item.pk)
    earlier = Q(published_at__lt=item.published_at) | Q(published_at=item.published_at, pk__lt=item.pk)
    later = Q(published_at__gt=item.published_at) | Q(published_at=item.published_at, pk__gt=item.pk)
    return others.filter(earlier), others.filter(later).order_by("published_at", "pk")


def last_shown(item: Item) -> Edition | None:
    """The edition that was published last, also of an item that was withdrawn."""
    return item.editions.filter(published_at__isnull=False).order_by("-number").first()
