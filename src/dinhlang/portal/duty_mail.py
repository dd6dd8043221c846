"""One mail a day to whoever was reminded of reports today."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.language import kept_in_vietnamese
from dinhlang.portal.reminder_mail import mail_each
from dinhlang.reports.models import Nudge


def mail_reminders(*, at: datetime) -> int:
    """Send what was reminded today and not mailed yet, one mail for each person; say how many went.

    For the worker, once an hour. Days off have no reminders.
    """
    waiting = Nudge.objects.filter(told_on=localdate(at), mailed_at=None, seen_at=None)
    return mail_each(waiting, "person", late=Q(rung__startswith="qua-"), words=_words, at=at)


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
