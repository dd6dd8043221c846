"""One mail a day to whoever was reminded of dossiers since the last mail went."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.onestop.models import Reminder
from dinhlang.onestop.rules.states import RUNNING
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.portal.reminder_mail import mail_each, mailed_since


def mail_dossier_reminders(*, at: datetime) -> int:
    """Send what was reminded and not mailed yet and still runs, one mail for each person; say how many went.

    For the worker, once an hour. Days off have no mail. What falls due at the end of an office day is reminded after the hours of
    mail: it goes on the next working day.
    """
    since = mailed_since(at)
    if since is None:
        return 0
    waiting = Reminder.objects.filter(
        told_at__date__gte=since,
        mailed_at=None,
        dossier__state__in=RUNNING,
        due_at=F("dossier__due_at"),
    )
    return mail_each(waiting, "person", late=Q(why=Reminder.Why.OVERDUE), words=_words, at=at)


@kept_in_vietnamese
def _words(count: int, late: int) -> tuple[str, str]:
    """Subject and body of the mail."""
    there = f"{str(settings.PUBLIC_URL).rstrip('/')}{reverse('onestop:dossiers')}"
    lines = []
    if late:
        lines.append(_("%(count)s hồ sơ đã quá hạn.") % {"count": late})
    if count > late:
        lines.append(_("%(count)s hồ sơ đến hạn trong hai ngày tới.") % {"count": count - late})
    lines += [
        "",
        _("Mở: %(address)s") % {"address": there},
        "",
        _("Thư này tự gửi, mỗi ngày làm việc nhiều nhất một lần. Không muốn nhận: tắt thư nhắc việc."),
    ]
    return _("Hồ sơ một cửa đến hạn"), "\n".join(lines)
