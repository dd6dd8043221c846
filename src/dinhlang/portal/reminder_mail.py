"""One mail a day to each person who was reminded of something: how many, how many late, where to look. Nothing else.

A file of its own in this room: what is reminded of belongs to the rooms below, whether and where to one wants mail is kept
here. As in the newsroom's mail no name and no title leaves the house.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate, localtime

from dinhlang.org import mail
from dinhlang.org.mail import Letter, send_once
from dinhlang.org.models import Person
from dinhlang.periods import calendar
from dinhlang.portal.newsroom.actions.digest import FROM_HOUR, UNTIL_HOUR


def mail_each(
    waiting: QuerySet[Any],
    whom: str,
    *,
    late: Q,
    words: Callable[[int, int], tuple[str, str]],
    at: datetime,
) -> int:
    """Send one mail for each person among these reminders (`whom` is the field); say how many went.

    `late` are those whose day has passed, `words` makes subject and body of both numbers. Nothing goes at night, without a
    mail server, or to who wants none. A reminder is marked in `mailed_at`.
    """
    if not mail.is_configured() or not FROM_HOUR <= localtime(at).hour < UNTIL_HOUR:
        return 0
    told = waiting.order_by().values(whom).annotate(count=Count("pk"), late=Count("pk", filter=late))
    people = Person.objects.select_related("newsroom_digest").in_bulk([one[whom] for one in told])

    def letter(one: dict[str, Any]) -> Letter:
        person = people[one[whom]]
        mine = {whom: person}
        subject, body = words(one["count"], one["late"])
        return Letter(
            address_of(person),
            claim=lambda: waiting.filter(**mine).update(mailed_at=at),
            send=lambda address: mail.send(person=person, subject=subject, body=body, address=address),
            release=lambda: waiting.model._default_manager.filter(**mine, mailed_at=at).update(
                mailed_at=None
            ),
        )

    return send_once(letter(one) for one in told)


def mailed_since(at: datetime) -> date | None:
    """From which day on reminders are mailed now: what is reminded after the hours of mail goes on the next working day. `None` on a
    day off."""
    on, working = localdate(at), calendar.default()
    return working.last_working(on - timedelta(days=1)) if working.is_working(on) else None


def address_of(person: Person) -> str:
    """Where the person wants reminders; '' for who wants none or has no address."""
    chosen = getattr(person, "newsroom_digest", None)
    if chosen is not None and not chosen.is_wanted:
        return ""
    return (chosen.address if chosen is not None else "") or person.email
