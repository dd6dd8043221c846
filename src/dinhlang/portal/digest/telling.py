"""What news by mail tells the board of items and channels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, time

from django.urls import reverse
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.broadcast.channels.registry import Carried, Way, add
from dinhlang.portal.models import Mailing
from dinhlang.portal.newsroom.queries.airing import ITEMS


def register() -> None:
    """Let the board show in which mails an item was."""
    add(Way("thu-tin", gettext_lazy("Thư tin"), 50, mails_carried))


def mails_carried(kind: str, keys: Sequence[str]) -> Mapping[str, list[Carried]]:
    """Of each item the days on which it went by mail, the newest first."""
    carried: dict[str, list[Carried]] = defaultdict(list)
    if kind != ITEMS:
        return carried
    told = Mailing.items.through.objects.filter(item__in=[int(key) for key in keys if key.isdecimal()])
    rows = told.select_related("mailing").order_by("-mailing__sent_on")
    for row in rows:
        mailing = row.mailing  # type: ignore[attr-defined]  # the table between the two, made by Django
        carried[str(row.item_id)].append(  # type: ignore[attr-defined]
            Carried(
                where=_("Thư tin"),
                state=_("Đã gửi"),
                tone="done",
                at=datetime.combine(mailing.sent_on, time(7), tzinfo=get_default_timezone()),
                # A reader's columns decide what is in a mail: the day's number is that of all mails.
                detail=_("trong ngày gửi %(count)s thư") % {"count": mailing.sent},
                page=reverse("digest-desk:desk"),
            )
        )
    return carried
