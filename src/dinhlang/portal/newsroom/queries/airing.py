"""What the radio has of an item."""

from __future__ import annotations

from dataclasses import dataclass

from dinhlang.broadcast import permissions
from dinhlang.broadcast.models import Bulletin
from dinhlang.broadcast.rules.script import Written
from dinhlang.broadcast.rules.sources import Origin
from dinhlang.org.desk import Looking
from dinhlang.portal.models import Edition, Item
from dinhlang.portal.newsroom.rules.body import blocks

ITEMS = "item"
"""What the radio calls something that is an item here (`Origin.kind`)."""

# Read aloud, a heading is no sentence and a cell means nothing without its table.
_READ_ALOUD = frozenset({"p", "li", "blockquote"})


@dataclass(frozen=True, slots=True)
class OnAir:
    """A bulletin made from an item, and whether the item says other words since."""

    bulletin: Bulletin
    is_of_old_words: bool


def bulletins_of(looking: Looking, item: Item) -> list[OnAir]:
    """Bulletins made from the item, the newest first, for whoever reads its unit's matters."""
    if not looking.reads(item.unit):
        return []
    digest = item.shown.digest if item.shown is not None else ""
    found = Bulletin.objects.filter(made_from_kind=ITEMS, made_from_key=str(item.pk), unit=item.unit)
    return [
        OnAir(one, one.made_from_digest != digest)
        for one in found.select_related("draft", "approved").order_by("-pk")
    ]


def can_make_bulletin(looking: Looking, item: Item) -> bool:
    """Whether the person may make a bulletin of the item as it stands."""
    return item.shown_id is not None and permissions.can_write(looking.person, item.unit, looking.on)


def origin_of(item: Item, edition: Edition) -> Origin:
    """What a bulletin of the item is made from: the words of this edition that can be read aloud."""
    read = tuple(block.text for block in blocks(edition.body) if block.tag in _READ_ALOUD)
    return Origin(
        kind=ITEMS,
        key=str(item.pk),
        digest=edition.digest,
        written=Written(edition.title, edition.lead, read),
        writer=edition.byline,
        reform_field=item.field,
        task=item.task_id,
    )
