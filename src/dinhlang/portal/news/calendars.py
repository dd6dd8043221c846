"""An event as an iCalendar file (RFC 5545). Equal input gives equal bytes."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localtime
from icalendar import Calendar, Event

from dinhlang.portal.models import Edition

# An event without an end is shown as one of two hours, as calendars would otherwise show none at all.
_USUAL = timedelta(hours=2)


def event(*, key: str, edition: Edition, address: str) -> bytes:
    """The event of an edition; `key` names it for good, so that a changed one replaces the old in the calendar."""
    if edition.starts_at is None:
        raise ValueError("an edition without a beginning is no event")
    made = Calendar()
    made.add("prodid", "-//Dinh Lang//Lich su kien//VI")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    one = Event()
    one.add("uid", f"{key}@dinhlang")
    one.add("dtstamp", edition.published_at or edition.changed_at)
    one.add("sequence", edition.number)
    one.add("dtstart", localtime(edition.starts_at))
    one.add("dtend", localtime(edition.ends_at or edition.starts_at + _USUAL))
    one.add("summary", edition.title)
    if edition.lead:
        one.add("description", edition.lead)
    if edition.place:
        one.add("location", edition.place)
    one.add("url", address)
    made.add_component(one)
    return bytes(made.to_ical())
