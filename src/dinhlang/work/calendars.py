"""A plan's due days as a calendar (RFC 5545) that phones fetch by themselves, and the secret address it has."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from dinhlang.periods.window import numeric_date
from dinhlang.work.models import CalendarFeed
from dinhlang.work.rules import FULFILLED, State, plain

TIME_ZONE = "Asia/Ho_Chi_Minh"
REFRESH = timedelta(hours=6)
# At eight in the morning of the day before: an event of a whole day begins at midnight.
_ALARM = timedelta(hours=-16)
_SALT = "work.calendars"
_TOKEN = re.compile(r"(?P<name>[0-9a-f]{16})-(?P<proof>[0-9a-f]{40})")
# Words of a post that say nothing of its matter.
_GENERIC = frozenset(
    [
        "cong",
        "chuc",
        "can",
        "bo",
        "nhan",
        "vien",
        "chuyen",
        "phu",
        "trach",
        "truong",
        "pho",
        "giam",
        "doc",
        "ky",
        "su",
        "phan",
        "to",
        "phong",
        "ban",
    ]
)


# --- the address ----------------------------------------------------------------------------------


def new_name() -> str:
    """The open part of an address, by which its row is found."""
    return secrets.token_hex(8)


def new_key() -> str:
    """What the secret part is made of."""
    return secrets.token_hex(32)


def token_of(feed: CalendarFeed) -> str:
    """The secret address: it can be shown again, and follows from the row and the installation's secret."""
    return f"{feed.name}-{_proof(feed)}"


def feed_of(token: str) -> CalendarFeed | None:
    """The feed that the address opens; `None` for one that was never given out or is void."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    feed = CalendarFeed.objects.select_related("person", "unit").filter(name=found["name"]).first()
    if feed is None or not constant_time_compare(found["proof"], _proof(feed)):
        return None
    return feed


def _proof(feed: CalendarFeed) -> str:
    return salted_hmac(_SALT, f"{feed.name}:{feed.key}", algorithm="sha256").hexdigest()[:40]


# --- whose task it is -----------------------------------------------------------------------------


def words_of_posts(titles: Iterable[str], departments: Iterable[str]) -> tuple[str, ...]:
    """By what words a plan means the holder of these posts: the department's name, the matter in the title."""
    found = [plain(name) for name in departments]
    for title in titles:
        matter = [word for word in plain(title).split() if word]
        while matter and matter[0] in _GENERIC:
            matter.pop(0)
        if len(matter) > 1:
            found.append(" ".join(matter[:2]))
    return tuple(dict.fromkeys(words for words in found if words))


def is_led_by(lead: str, words: Sequence[str]) -> bool:
    """Whether a task's lead is meant by any of these words."""
    led = f" {plain(lead)} "
    return any(f" {each} " in led for each in words)


# --- the calendar ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DueEvent:
    """One day on which something is due. `uid` stays the same as long as it is the same time of the same task."""

    uid: str
    day: date
    task: str
    plan: str
    lead: str
    product: str
    start: date
    end: date
    state: State
    is_watch: bool
    address: str


def calendar(name: str, events: Iterable[DueEvent], stamp: datetime) -> bytes:
    """The events as an iCalendar stream. Equal input gives equal bytes."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Dinh Lang//Lich ke hoach//VI")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("calscale", "GREGORIAN")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", TIME_ZONE)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    for event in events:
        made.add_component(_event(event, stamp))
    return made.to_ical()


def etag_of(data: bytes) -> str:
    """What a client compares to know whether the calendar changed."""
    return f'"{hashlib.sha256(data).hexdigest()[:32]}"'


def _event(due: DueEvent, stamp: datetime):  # type: ignore[no-untyped-def]  # the library has no types
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", due.uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))
    event.add("summary", _summary(due))
    event.add("description", _description(due))
    event.add("url", due.address)
    event.add("categories", [due.state.label])
    event.add("transp", "TRANSPARENT")
    if due.state not in FULFILLED:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _summary(due))
        alarm.add("trigger", _ALARM)
        event.add_component(alarm)
    return event


def _summary(due: DueEvent) -> str:
    if due.state in FULFILLED:
        return _("Đã xong: %(task)s") % {"task": due.task}
    if due.is_watch:
        return _("Cần minh chứng: %(task)s") % {"task": due.task}
    return _("Hạn: %(task)s") % {"task": due.task}


def _description(due: DueEvent) -> str:
    lines = [
        due.plan,
        _("Kỳ: %(start)s – %(end)s") % {"start": numeric_date(due.start), "end": numeric_date(due.end)},
        _("Chủ trì: %(lead)s") % {"lead": due.lead} if due.lead else "",
        _("Sản phẩm: %(product)s") % {"product": due.product} if due.product else "",
        _("Tình hình: %(state)s") % {"state": due.state.label},
        due.address,
    ]
    return "\n".join(line for line in lines if line)
