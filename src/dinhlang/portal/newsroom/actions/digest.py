"""One mail a day to whoever has something due in the newsroom: what waits, how much, where to go. Nothing else.

No title, no name, no word of a draft leaves the house: a mail lies on machines that are not ours. Without a mail server
(`DINHLANG_MAIL`) nothing is sent and nobody is promised a letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dinhlang.org import mail
from dinhlang.org.desk import Looking
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.mail import Letter, send_once
from dinhlang.org.models import Person, Position
from dinhlang.periods import calendar
from dinhlang.portal.models import Digest
from dinhlang.portal.newsroom.queries.board import Waiting, waiting_for
from dinhlang.portal.newsroom.rules.states import State

FROM_HOUR, UNTIL_HOUR = 7, 18
"""On the commune's clock: before work begins, and no more when it is over."""
DUE_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """What waits for a person in one body, by what is to be done."""

    body: str
    counts: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        return sum(count for _name, count in self.counts)


def due_for(person: Person, on: date) -> list[Due]:
    """What is due for the person, body by body; a draft that nobody waits for is not."""
    looking = Looking(person, on)
    found = []
    for unit in looking.home_units:
        counts = _counts(waiting_for(person, unit, looking.permissions_in(unit), on), on)
        if counts:
            found.append(Due(looking.home_names[unit.pk], counts))
    return found


def _counts(waiting: Waiting, on: date) -> tuple[tuple[str, int], ...]:
    soon = on + DUE_AHEAD
    returned = [item for item in waiting.to_write if item.state == State.RETURNED]
    late = [
        item
        for item in waiting.to_write
        if item.state != State.RETURNED and item.due_on is not None and item.due_on <= soon
    ]
    review = [item for item in waiting.to_review if item.review_by is not None and item.review_by <= on]
    named = (
        ("approve", waiting.to_approve),
        ("look", waiting.to_look_through),
        ("put_up", waiting.to_put_up),
        ("returned", returned),
        ("write", late),
        ("review", review),
    )
    return tuple((name, len(items)) for name, items in named if items)


@transaction.atomic
def choose_digest(*, person: Person, address: str, is_wanted: bool) -> Digest:
    """Say whether one wants the reminder, and where to. The address was judged by the form."""
    found, _made = Digest.objects.update_or_create(
        person=person, defaults={"address": address, "is_wanted": is_wanted}
    )
    return found


def send_digests(*, at: datetime) -> int:
    """Send today's reminders that have not gone yet, and say how many went. For the worker, once an hour.

    Nothing goes on days off, at night, or without a mail server. Whom a mail did not reach is tried again the next
    hour; a server that takes none of several ends the turn.
    """
    now = localtime(at)
    on = now.date()
    if (
        not mail.is_configured()
        or not FROM_HOUR <= now.hour < UNTIL_HOUR
        or not calendar.default().is_working(on)
    ):
        return 0
    return send_once(
        _letter(person, address, due, on) for person, address in _readers(on) if (due := due_for(person, on))
    )


def _letter(person: Person, address: str, due: list[Due], on: date) -> Letter:
    subject, body = _words(due)
    return Letter(
        address,
        claim=lambda: _is_first(person, on),
        send=lambda to: mail.send(person=person, subject=subject, body=body, address=to),
        release=lambda: Digest.objects.filter(person=person, sent_on=on).update(sent_on=None),
    )


def _readers(on: date) -> Iterator[tuple[Person, str]]:
    """Active people with a post today, an address, and no mail today, who have not said that they want none."""
    people = (
        Person.objects.filter(is_active=True, pk__in=Position.objects.in_force(on).values("person"))
        .exclude(newsroom_digest__is_wanted=False)
        .exclude(newsroom_digest__sent_on=on)
        .filter(~Q(email="") | Q(newsroom_digest__address__gt=""))
        .select_related("newsroom_digest")
        .order_by("pk")
    )
    for person in people:
        chosen = getattr(person, "newsroom_digest", None)
        yield person, (chosen.address if chosen is not None and chosen.address else person.email)


@transaction.atomic
def _is_first(person: Person, on: date) -> bool:
    """Whether nobody else, in another process, has sent today's; from now on nobody else does."""
    Digest.objects.get_or_create(person=person)
    return bool(Digest.objects.filter(person=person).exclude(sent_on=on).update(sent_on=on))


@kept_in_vietnamese
def _words(due: list[Due]) -> tuple[str, str]:
    """Subject and body of the mail."""
    site = str(settings.PUBLIC_URL).rstrip("/")
    there = f"{site}{reverse('newsroom:board')}"
    words = {
        "approve": _("%(count)s tin chờ bạn duyệt"),
        "look": _("%(count)s tin chờ bạn xem và trình"),
        "put_up": _("%(count)s tin đã duyệt, chờ bạn đăng"),
        "returned": _("%(count)s tin trả lại để bạn sửa"),
        "write": _("%(count)s tin bạn viết đến hạn"),
        "review": _("%(count)s tin đang đăng đến hạn xem lại"),
    }
    lines = []
    for one in due:
        lines += [f"{one.body}:", *(f"- {words[name] % {'count': count}}" for name, count in one.counts), ""]
    lines += [
        _("Mở: %(address)s") % {"address": there},
        "",
        _("Thư này tự gửi, mỗi ngày làm việc nhiều nhất một lần. Không muốn nhận: tắt ở cuối trang trên."),
    ]
    subject = _("%(count)s việc tin, bài chờ bạn") % {"count": sum(one.count for one in due)}
    return subject, "\n".join(lines)
