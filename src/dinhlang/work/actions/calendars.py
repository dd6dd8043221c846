"""Giving out, renewing and closing the secret address of a calendar: each person only their own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused
from dinhlang.work import calendars
from dinhlang.work.models import CalendarFeed


@transaction.atomic
def open_calendar(*, unit: Unit, only_own: bool, by: Person, at: datetime) -> CalendarFeed:
    """Give the person an address for the unit's due days, or the one they have. Raises `Refused` for another's unit."""
    if unit not in org.home_units(by, localdate(at)):
        raise Refused(_("Bạn không giữ chức vụ tại đơn vị này nên không tạo được lịch của đơn vị."))
    feed, is_new = CalendarFeed.objects.get_or_create(
        person=by,
        unit=unit,
        only_own=only_own,
        defaults={"name": calendars.new_name(), "key": calendars.new_key(), "created_at": at},
    )
    if is_new:
        audit(by=by, at=at, action="calendar.open", target=feed, unit=unit, detail={"only_own": only_own})
    return feed


@transaction.atomic
def renew_calendar(*, feed: CalendarFeed, by: Person, at: datetime) -> CalendarFeed:
    """Give a new address; the old one opens nothing any more. Raises `Refused` for another person's."""
    _check_own(feed, by)
    feed.name, feed.key, feed.created_at = calendars.new_name(), calendars.new_key(), at
    feed.save(update_fields=["name", "key", "created_at"])
    audit(by=by, at=at, action="calendar.renew", target=feed, unit=feed.unit)
    return feed


@transaction.atomic
def close_calendar(*, feed: CalendarFeed, by: Person, at: datetime) -> None:
    """Take the address back. Raises `Refused` for another person's."""
    _check_own(feed, by)
    audit(by=by, at=at, action="calendar.close", target=feed, unit=feed.unit)
    feed.delete()


def _check_own(feed: CalendarFeed, by: Person) -> None:
    if feed.person_id != by.pk:
        raise Refused(_("Đây là địa chỉ lịch của người khác."))
