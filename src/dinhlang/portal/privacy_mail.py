"""One mail a day to whoever was reminded of data requests and breaches since the last mail went."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.language import kept_in_vietnamese
from dinhlang.portal.reminder_mail import mail_each
from dinhlang.privacy.breaches.queries import untold
from dinhlang.privacy.models import PrivacyReminder
from dinhlang.privacy.rules.breaches import OWED
from dinhlang.privacy.rules.states import ENDED


def mail_privacy_reminders(*, at: datetime) -> int:
    """Send what was reminded and not mailed yet and is still owed, one mail for each person and register; say how many went.

    For the worker, once an hour, on days off as well: the 72 hours of a breach run on. What was reminded at night goes in the
    morning.
    """
    told = PrivacyReminder.objects.filter(
        told_at__date__gte=localdate(at) - timedelta(days=1), mailed_at=None
    )
    late = Q(why=PrivacyReminder.Why.OVERDUE)
    # Where the notice went or none is owed, the persons concerned may have to be told still.
    breaches = told.filter(Q(breach__state__in=OWED) | Q(breach__in=untold()), due_at=F("breach__due_at"))
    requests = told.filter(request__isnull=False).exclude(request__state__in=ENDED)
    requests = requests.filter(
        Q(due_at=F("request__due_at")) | Q(due_at=F("request__reply_due_at"), request__replied_at=None)
    )
    return mail_each(breaches, "person", late=late, words=_of_breaches, at=at) + mail_each(
        requests, "person", late=late, words=_of_requests, at=at
    )


@kept_in_vietnamese
def _of_breaches(count: int, late: int) -> tuple[str, str]:
    lines = []
    if late:
        lines.append(_("%(count)s vi phạm về dữ liệu cá nhân đã quá hạn thông báo.") % {"count": late})
    if count > late:
        lines.append(
            _("%(count)s vi phạm về dữ liệu cá nhân phải thông báo trong 36 giờ tới.")
            % {"count": count - late}
        )
    return _("Vi phạm về dữ liệu cá nhân phải thông báo"), _letter(lines, "breaches:breaches")


@kept_in_vietnamese
def _of_requests(count: int, late: int) -> tuple[str, str]:
    lines = []
    if late:
        lines.append(_("%(count)s yêu cầu về dữ liệu cá nhân đã quá hạn.") % {"count": late})
    if count > late:
        lines.append(
            _("%(count)s yêu cầu về dữ liệu cá nhân đến hạn trong hai ngày tới.") % {"count": count - late}
        )
    return _("Yêu cầu về dữ liệu cá nhân đến hạn"), _letter(lines, "privacy:requests")


def _letter(lines: list[str], where: str) -> str:
    there = f"{str(settings.PUBLIC_URL).rstrip('/')}{reverse(where)}"
    return "\n".join(
        [
            *lines,
            "",
            _("Mở: %(address)s") % {"address": there},
            "",
            _(
                "Thư này tự gửi, mỗi hạn nhiều nhất một lần khi sắp đến và một lần khi quá. Không muốn nhận: tắt thư nhắc việc."
            ),
        ]
    )
