"""When and for how many people help may be written down: at the counter, and by the community digital team."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from dinhlang.org.rules import Unfit

LATEST = timedelta(days=31)
"""So long after a day it may still be written down: a list on paper, a phone without a network."""


def check(people: int, day: date, *, today: date, most: int) -> None:
    """Raise `Unfit` for no or more than `most` people, and for a day to come or longer ago than `LATEST`."""
    if not 1 <= people <= most:
        raise Unfit(_("Số lượt người từ 1 đến %(most)s.") % {"most": most}, "people")
    if not today - LATEST <= day <= today:
        raise Unfit(
            _("Chỉ ghi được cho hôm nay và %(days)s ngày trước. Chọn lại ngày.") % {"days": LATEST.days},
            "day",
        )
