"""One mail a day to whoever was reminded of citizens' feedback today, or of what nobody has any more at an hour without mail."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.models import CaseReminder
from dinhlang.citizens.queries.reminders import LATE_STEPS, REMINDED
from dinhlang.citizens.rules.ladder import LEFT, steps_of
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.portal.reminder_mail import mail_each, mailed_since


def mail_case_reminders(*, at: datetime) -> int:
    """Send what was reminded today, not mailed yet and is still owed, one mail for each person; say how many went.

    For the worker, once an hour. Days off have no mail. Cases are taken back in the evening and on days off as well: their mail
    goes on the next working day.
    """
    since = mailed_since(at)
    if since is None:
        return 0
    due = Q(at__date=localdate(at)) | Q(step__in=steps_of(LEFT), at__date__gte=since)
    waiting = CaseReminder.objects.filter(REMINDED, due, mailed_at=None, to__isnull=False)
    return mail_each(waiting, "to", late=Q(step__in=LATE_STEPS), words=_words, at=at)


@kept_in_vietnamese
def _words(count: int, late: int) -> tuple[str, str]:
    """Subject and body of the mail."""
    there = f"{str(settings.PUBLIC_URL).rstrip('/')}{reverse('citizens:cases')}"
    lines = [_("Có %(count)s phản ánh, kiến nghị cần xử lý.") % {"count": count}]
    if late:
        lines.append(
            _("Trong đó %(count)s phản ánh đã quá hạn trả lời, hạn xem hoặc hạn chờ.") % {"count": late}
        )
    lines += [
        "",
        _("Mở: %(address)s") % {"address": there},
        "",
        _("Thư này tự gửi, mỗi ngày làm việc nhiều nhất một lần. Không muốn nhận: tắt thư nhắc việc."),
    ]
    return _("%(count)s phản ánh cần xử lý") % {"count": count}, "\n".join(lines)
