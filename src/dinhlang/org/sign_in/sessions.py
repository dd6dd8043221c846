"""A person's open sessions, in words: which browser on which machine, since when, when last used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import queries
from dinhlang.org.actions import audit
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused

# The first that fits counts: most browsers call themselves Chrome and Safari too.
BROWSERS = (
    ("coc_coc", "Cốc Cốc"),
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("zalo", "Zalo"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("crios", "Chrome"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
MACHINES = (
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android"),
    ("windows", "Windows"),
    ("mac os", "Mac"),
    ("cros", "Chromebook"),
    ("linux", "Linux"),
)


@dataclass(frozen=True)
class Visit:
    """One open session of a person."""

    pk: int
    machine: str
    began_at: datetime
    seen_at: datetime
    is_this_one: bool


def in_words(user_agent: str) -> str:
    """'Chrome trên Windows'; what is not known is said so."""
    text = user_agent.lower()
    browser = next((name for mark, name in BROWSERS if mark in text), "")
    machine = next((name for mark, name in MACHINES if re.search(rf"\b{mark}", text)), "")
    if browser and machine:
        return _("%(browser)s trên %(machine)s") % {"browser": browser, "machine": machine}
    return browser or machine or _("Trình duyệt không rõ")


def visits(person: Person, *, this_key: str | None) -> list[Visit]:
    """The sessions that are still open, the one in use first, then the last used."""
    rows = UserSession.objects.filter(user=person, session_key__in=Session.objects.values("session_key"))
    found = [
        Visit(row.pk, in_words(row.user_agent), row.created_at, row.last_seen_at, row.session_key == this_key)
        for row in rows
    ]
    return sorted(found, key=lambda visit: (not visit.is_this_one, -visit.seen_at.timestamp()))


@transaction.atomic
def end_visit(*, person: Person, pk: int, by: Person, at: datetime) -> None:
    """End one session of one's own. Raises `Refused` when it is not there any more."""
    row = UserSession.objects.filter(user=person, pk=pk).first()
    if by.pk != person.pk or row is None:
        raise Refused(_("Phiên này đã kết thúc từ trước."))
    _end([row], person=person, by=by, at=at)


@transaction.atomic
def end_other_visits(*, person: Person, this_key: str | None, by: Person, at: datetime) -> int:
    """End every session of one's own but the one in use; give how many there were."""
    rows = list(UserSession.objects.filter(user=person).exclude(session_key=this_key))
    _end(rows, person=person, by=by, at=at)
    return len(rows)


@transaction.atomic
def end_all_visits(*, person: Person, by: Person | None, at: datetime) -> int:
    """End every session of a person: their account was closed, or their password replaced by somebody else."""
    rows = list(UserSession.objects.filter(user=person))
    _end(rows, person=person, by=by, at=at)
    return len(rows)


def _end(rows: list[UserSession], *, person: Person, by: Person | None, at: datetime) -> None:
    Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
    UserSession.objects.filter(pk__in=[row.pk for row in rows]).delete()
    unit = queries.body_of_person(person, localdate(at))
    for row in rows:
        audit(
            by=by,
            at=at,
            action="session.revoke",
            target=person,
            unit=unit,
            detail={"machine": in_words(row.user_agent), "began_at": row.created_at.isoformat()},
        )
