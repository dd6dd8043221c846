"""What went where of an item: other channels, the radio, and whatever else registered with the board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dinhlang.broadcast.channels import permissions
from dinhlang.broadcast.channels import queries as channels
from dinhlang.broadcast.channels.registry import Carried, ways
from dinhlang.broadcast.channels.sources import Outgoing
from dinhlang.broadcast.models import Channel
from dinhlang.org.desk import Looking
from dinhlang.portal.models import Edition, Item
from dinhlang.portal.news.pictures import SHARED
from dinhlang.portal.newsroom.addresses import public_address, site_of
from dinhlang.portal.newsroom.queries.airing import ITEMS
from dinhlang.portal.newsroom.rules.body import blocks
from dinhlang.portal.sites.addresses import Addresses, absolute

_PARAGRAPHS = frozenset({"p", "li", "blockquote", "h2", "h3"})


@dataclass(frozen=True, slots=True)
class Spread:
    """One item on the board: each way by its label, in the board's order, and what it carried."""

    item: Item
    cells: tuple[tuple[str, tuple[Carried, ...]], ...]


def spread_of(items: Sequence[Item]) -> list[Spread]:
    """What every way carried of these items, in a few questions for all of them."""
    keys = [str(item.pk) for item in items]
    told = [(str(way.label), way.carried(ITEMS, keys)) for way in ways()]
    return [
        Spread(item, tuple((label, tuple(carried.get(str(item.pk), ()))) for label, carried in told))
        for item in items
    ]


def sendable_channels(looking: Looking, item: Item) -> list[Channel]:
    """Channels to which the person may send the item as everyone reads it now."""
    if item.shown_id is None or not permissions.can_send(looking.person, item.unit, looking.on):
        return []
    return list(channels.usable(item.unit))


def outgoing_of(item: Item, edition: Edition) -> Outgoing:
    """The item as it goes to channels: the words everyone reads, and who approved just those."""
    site = site_of(item)
    picture = edition.pictures.order_by("position", "pk").first()
    return Outgoing(
        kind=ITEMS,
        key=str(item.pk),
        digest=edition.digest,
        approved_digest=item.approved_digest,
        approved_by=item.approved_by_id or 0,
        title=edition.title,
        lead=edition.lead,
        paragraphs=tuple(block.text for block in blocks(edition.body) if block.tag in _PARAGRAPHS),
        address=public_address(item),
        byline=edition.byline,
        picture=picture.blob_id if picture is not None else "",
        picture_address=absolute(site, Addresses(site).picture(picture.blob_id, SHARED))
        if picture is not None
        else "",
        reform_field=item.field,
        task=item.task_id,
    )
