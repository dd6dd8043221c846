"""One mail a day to whoever was reminded of reports today: how many, how many late, where to look. Nothing else.

A file of its own in this room: the reminder is of the reports, whether and where to one wants mail is kept here. As in
the newsroom's mail no name and no title leaves the house.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dinhlang.org import mail
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person
from dinhlang.portal.newsroom.actions.digest import FROM_HOUR, MOST_REFUSED, UNTIL_HOUR
from dinhlang.reports.models import Nudge


def mail_reminders(*, at: datetime) -> int:
    """Send what was reminded today and not mailed yet, one mail for each person; say how many went.

    For the worker, once an hour. Nothing goes at night, without a mail server, or to who wants none; days off have no
    reminders. A reminder is marked before its mail goes, so that two workers never send it twice, and unmarked when
    the server did not take it.
    """
    now = localtime(at)
    if not mail.is_configured() or not FROM_HOUR <= now.hour < UNTIL_HOUR:
        return 0
    sent = refused = 0
    waiting = Nudge.objects.filter(told_on=now.date(), mailed_at=None, seen_at=None)
    told = (
        waiting.order_by()
        .values("person")
        .annotate(count=Count("pk"), late=Count("pk", filter=Q(rung__startswith="qua-")))
    )
    people = Person.objects.select_related("newsroom_digest").in_bulk([one["person"] for one in told])
    for one in told:
        person = people[one["person"]]
        address = _address(person)
        if not address or not waiting.filter(person=person).update(mailed_at=at):
            continue
        subject, body = _words(one["count"], one["late"])
        if mail.send(person=person, subject=subject, body=body, address=address):
            sent, refused = sent + 1, 0
            continue
        Nudge.objects.filter(person=person, told_on=now.date(), mailed_at=at).update(mailed_at=None)
        refused += 1
        if refused == MOST_REFUSED:
            break
    return sent


def _address(person: Person) -> str:
    """Where the person wants reminders; '' for who wants none or has no address."""
    chosen = getattr(person, "newsroom_digest", None)
    if chosen is not None and not chosen.is_wanted:
        return ""
    return (chosen.address if chosen is not None else "") or person.email


@kept_in_vietnamese
def _words(count: int, late: int) -> tuple[str, str]:
    """Subject and body of the mail."""
    there = f"{str(settings.PUBLIC_URL).rstrip('/')}{reverse('reports:duties')}"
    lines = [_("%(count)s báo cáo phải nộp được nhắc hôm nay.") % {"count": count}]
    if late:
        lines.append(_("Trong đó %(count)s báo cáo đã quá hạn.") % {"count": late})
    lines += [
        "",
        _("Mở: %(address)s") % {"address": there},
        "",
        _("Thư này tự gửi, mỗi ngày làm việc nhiều nhất một lần. Không muốn nhận: tắt thư nhắc việc."),
    ]
    return _("%(count)s báo cáo phải nộp") % {"count": count}, "\n".join(lines)
