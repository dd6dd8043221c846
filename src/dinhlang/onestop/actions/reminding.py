"""Whoever has a dossier is told before its day, and when it has passed: once each, by a row, and by one mail a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from dinhlang.onestop import queries
from dinhlang.onestop.models import Dossier, Reminder
from dinhlang.onestop.rules.states import RUNNING
from dinhlang.org import mail
from dinhlang.org import queries as org
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person
from dinhlang.org.rules import Permission
from dinhlang.periods import calendar

_FROM_HOUR, _UNTIL_HOUR = 7, 18
_MOST = 2000


def remind_due(*, at: datetime) -> int:
    """Remind of what falls due within two days or is overdue, on working days; how many reminders are new.

    Whoever holds the dossier is told; of one that nobody holds, those who keep the register. The day that was promised belongs
    to the reminder: a new day is told anew.
    """
    if not calendar.default().is_working(localdate(at)):
        return 0
    near = (
        Dossier.objects.filter(state__in=RUNNING, due_at__lt=at + queries.SOON)
        .select_related("unit", "held_by")
        .order_by("due_at", "pk")[:_MOST]
    )
    keepers: dict[str, list[Person]] = {}
    wanted = [
        Reminder(dossier=one, person=person, why=_why(one.due_at, at), due_at=one.due_at, told_at=at)
        for one in near
        if one.due_at is not None
        for person in _people(one, keepers, at)
    ]
    known = set(
        Reminder.objects.filter(dossier__in=[one.dossier_id for one in wanted]).values_list(
            "dossier_id", "person_id", "why", "due_at"
        )
    )
    new = [one for one in wanted if (one.dossier_id, one.person_id, one.why, one.due_at) not in known]
    # Another worker may tell the same at this moment: the row decides who did.
    Reminder.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _why(due_at: datetime, at: datetime) -> str:
    return Reminder.Why.OVERDUE if due_at < at else Reminder.Why.SOON


def _people(dossier: Dossier, keepers: dict[str, list[Person]], at: datetime) -> Iterable[Person]:
    if dossier.held_by is not None and dossier.held_by.is_active:
        return [dossier.held_by]
    if dossier.unit_id not in keepers:
        keepers[dossier.unit_id] = org.holders(dossier.unit, Permission.ONESTOP_REGISTER, localdate(at))
    return keepers[dossier.unit_id]


def mail_reminders(*, at: datetime) -> int:
    """One mail for each person who was reminded today and not written to yet; how many went. By day only.

    It has no code and no name: how many, and where to look.
    """
    if not mail.is_configured() or not _FROM_HOUR <= localtime(at).hour < _UNTIL_HOUR:
        return 0
    waiting = Reminder.objects.filter(mailed_at=None, told_at__date=localdate(at))
    sent = 0
    for person in Person.objects.filter(pk__in=waiting.values("person")):
        mine = waiting.filter(person=person)
        overdue, soon = (mine.filter(why=why).count() for why in (Reminder.Why.OVERDUE, Reminder.Why.SOON))
        # Marked before it goes, so that two workers never send it twice.
        if not mine.update(mailed_at=at):
            continue
        subject, body = _words(overdue, soon)
        if mail.send(person=person, subject=subject, body=body):
            sent += 1
        else:
            Reminder.objects.filter(person=person, mailed_at=at).update(mailed_at=None)
    return sent


@kept_in_vietnamese
def _words(overdue: int, soon: int) -> tuple[str, str]:
    there = f"{str(settings.PUBLIC_URL).rstrip('/')}{reverse('onestop:dossiers')}"
    lines = []
    if overdue:
        lines.append(_("%(count)s hồ sơ đã quá hạn.") % {"count": overdue})
    if soon:
        lines.append(_("%(count)s hồ sơ đến hạn trong hai ngày tới.") % {"count": soon})
    lines += ["", _("Mở: %(address)s") % {"address": there}]
    return _("Hồ sơ một cửa đến hạn"), "\n".join(lines)
