"""Between an item and what is printed: a sheet of the words everyone reads, called back when the item is taken off the site."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dinhlang.broadcast.models import Print
from dinhlang.broadcast.prints import actions as prints
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.portal.models import Item
from dinhlang.portal.newsroom.actions.moving import locked
from dinhlang.portal.newsroom.queries.airing import ITEMS
from dinhlang.portal.newsroom.queries.printing import print_origin_of


@transaction.atomic
def make_print(*, item: Item, form: str, by: Person | None, at: datetime) -> Print:
    """A print of the item; asked again for the same words and form it gives the same one.

    Raises `Refused` for an item that is not shown, `Unfit` and `org.permissions.NotAllowed`.
    """
    item = locked(item)
    if item.shown is None:
        raise Refused(_("Tin này hiện không đăng nên chưa làm ấn phẩm được. Đăng tin trước."))
    return prints.print_from(
        unit=item.unit, source=print_origin_of(item, item.shown), form=form, by=by, at=at
    )


def call_back(*, item: Item, reason: str, by: Person | None, at: datetime) -> int:
    """Withdraw the prints of an item that is published no more; how many. Whoever may withdraw it may this."""
    return prints.withdraw_made_from(kind=ITEMS, key=str(item.pk), reason=reason, by=by, at=at)
