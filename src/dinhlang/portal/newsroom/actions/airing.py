"""Between an item and the radio: a bulletin of what is published, and off the air what is taken off the site."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dinhlang.broadcast import actions as radio
from dinhlang.broadcast.models import Bulletin
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.portal.models import Item
from dinhlang.portal.newsroom.actions.moving import locked
from dinhlang.portal.newsroom.queries.airing import ITEMS, origin_of


@transaction.atomic
def make_bulletin(*, item: Item, by: Person | None, at: datetime) -> Bulletin:
    """A draft bulletin of the words everyone reads; asked again for the same words it gives the same one.

    Raises `Refused` for an item that is not shown, `Unfit` and `org.permissions.NotAllowed`.
    """
    item = locked(item)
    if item.shown is None:
        raise Refused(
            _("Tin này hiện không đăng nên chưa làm bản tin được. Đăng tin trước, hoặc soạn bản tin riêng.")
        )
    return radio.bulletin_from(unit=item.unit, source=origin_of(item, item.shown), by=by, at=at)


def take_off_air(*, item: Item, reason: str, by: Person | None, at: datetime) -> int:
    """Withdraw approved bulletins of an item that is published no more; how many. Whoever may withdraw it may this."""
    return radio.withdraw_made_from(kind=ITEMS, key=str(item.pk), reason=reason, by=by, at=at)
