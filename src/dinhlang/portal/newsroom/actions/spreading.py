"""Between an item and other channels: sending what is approved, and taking down what is taken off the site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from dinhlang.broadcast.channels import actions as channels
from dinhlang.broadcast.models import Channel, Delivery
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.portal.models import Item
from dinhlang.portal.newsroom.queries.airing import ITEMS
from dinhlang.portal.newsroom.queries.spreading import outgoing_of


def send_to_channels(
    *, item: Item, chosen: Sequence[Channel], by: Person | None, at: datetime
) -> list[Delivery]:
    """Give what everyone reads to channels; asked again for the same words it gives the same deliveries.

    Raises `Refused` for an item that is not shown or whose words nobody approved, `Unfit`, `NotAllowed`.
    """
    if item.shown is None:
        raise Refused(_("Tin này hiện không đăng nên chưa gửi lên kênh được. Đăng tin trước."))
    if item.owes_approval is not None:
        raise Refused(_("Tin đăng khẩn còn chờ lãnh đạo duyệt. Duyệt xong mới gửi lên kênh."))
    if item.draft_id is not None and item.draft_id != item.shown_id:
        raise Refused(_("Tin đang có bản mới chưa đăng. Đăng bản mới rồi gửi lên kênh."))
    return channels.send(
        unit=item.unit, outgoing=outgoing_of(item, item.shown), channels=chosen, by=by, at=at
    )


def take_off_channels(*, item: Item, reason: str, by: Person | None, at: datetime) -> int:
    """Take down, or not send, all of an item that is published no more; how many. Whoever may withdraw it may this."""
    return channels.withdraw_made_from(kind=ITEMS, key=str(item.pk), reason=reason, by=by, at=at)
