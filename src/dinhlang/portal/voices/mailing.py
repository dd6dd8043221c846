"""Mail to whoever sent feedback and asked for it: the receipt, and word that something happened.

As in every mail of the house no name and no word of the case leaves it. The receipt holds the code and the address for
looking it up, never the PIN: both together open the case to whoever reads the mailbox, a family's phone or a machine on
the way, who could then read it, rate it and take it back. The PIN was shown at sending; who lost it gets a new one from
the office. Every letter holds a link to stop them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import chain
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from dinhlang.citizens.models import Case, CaseEvent, CaseMail
from dinhlang.citizens.rules.kinds import Actor
from dinhlang.citizens.rules.states import Deed, State
from dinhlang.org import mail
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.mail import Letter, send_once
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.addresses import Addresses, absolute

_SALT = "voices.mail"
# What could not be sent for so long is old news: a server that comes back after a month sends no receipts of last month.
_WORTH_TELLING = timedelta(days=7)
_MOST_AT_ONCE = 200
MOST_OF_AN_ADDRESS = 5
# What is done inside the office is no news to the sender.
_INSIDE = (Deed.RECEIVE, Deed.ROUTE, Deed.CLAIM, Deed.DRAFT, Deed.RETURN)


def mail_senders(*, at: datetime) -> int:
    """Send the receipts and the news that are waited for; say how many went. For the worker.

    Whatever a mail server did not take is tried again for a week. What may be a machine's form gets a receipt only
    after a person took the case in.
    """
    if not mail.is_configured():
        return 0
    wanted = (
        CaseMail.objects.filter(stopped_at=None)
        # Erased addresses get no letter, and would be asked for on every turn before those that wait behind them.
        .exclude(case__sender_mail="")
        .exclude(Q(case__state=State.RECEIVED) & ~Q(case__flags=""))
        .select_related("case__unit")
        .order_by("pk")
    )
    receipts = wanted.filter(receipt_at=None, case__received_at__gte=at - _WORTH_TELLING)
    news = wanted.filter(
        wants_news=True,
        receipt_at__isnull=False,
        case__changed_at__gte=at - _WORTH_TELLING,
        case__events__number__gt=F("told_to"),
    ).distinct()
    return send_once(
        chain(
            (_receipt_letter(one, at) for one in receipts[:_MOST_AT_ONCE]),
            (_news_letter(one, at) for one in news[:_MOST_AT_ONCE]),
        )
    )


def _receipt_letter(one: CaseMail, at: datetime) -> Letter:
    mine = CaseMail.objects.filter(pk=one.pk)

    def claim() -> int:
        today = CaseMail.objects.filter(address_mark=one.address_mark, receipt_at__date=localdate(at))
        is_full = today.count() >= MOST_OF_AN_ADDRESS
        # One that an address gets no more is done with too: waiting for days it would keep others waiting, and news of the case.
        noted = mine.filter(receipt_at=None).update(receipt_at=at)
        return 0 if is_full else noted

    return Letter(
        one.case.sender_mail.shown(),
        claim=claim,
        send=lambda address: _hand_over(one.case, address, _receipt(one.case)),
        release=lambda: mine.update(receipt_at=None),
    )


def _news_letter(one: CaseMail, at: datetime) -> Letter:
    mine = CaseMail.objects.filter(pk=one.pk)
    events = list(CaseEvent.objects.filter(case=one.case, number__gt=one.told_to).order_by("number"))
    told = [Deed(event.deed) for event in events if event.actor != Actor.SENDER and event.deed not in _INSIDE]

    def claim() -> int:
        # What was done inside the office is noted as told, too, and no letter goes.
        noted = mine.filter(told_to=one.told_to).update(told_to=events[-1].number, told_at=at)
        return noted if told else 0

    return Letter(
        one.case.sender_mail.shown() if events else "",
        claim=claim,
        send=lambda address: _hand_over(one.case, address, _news(one.case, told[-1])),
        release=lambda: mine.update(told_to=one.told_to, told_at=one.told_at),
    )


def _hand_over(case: Case, address: str, letter: tuple[str, str]) -> bool:
    subject, body = letter
    stop = stop_address(case)
    return mail.hand_over(
        to=address,
        subject=subject,
        body=body,
        headers={
            "List-Id": f"<phan-anh.{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


@kept_in_vietnamese
def _receipt(case: Case) -> tuple[str, str]:
    lines = [
        _("Xã đã nhận phản ánh, kiến nghị bạn gửi lúc %(at)s.") % {"at": f"{localtime(case.received_at):%H:%M, %d/%m/%Y}"},
        "",
        _("Mã tra cứu: %(code)s") % {"code": case.code},
        *_where(case),
        "",
        _("Mã bí mật không gửi qua thư: mã đã hiện trên trang, hoặc đã đọc cho bạn, lúc gửi. Mất mã bí mật thì gọi hoặc đến xã để nhận mã mới."),
        *_end(case),
    ]  # fmt: skip
    return _("Đã nhận phản ánh, mã tra cứu %(code)s") % {"code": case.code}, "\n".join(lines)


@kept_in_vietnamese
def _news(case: Case, deed: Deed) -> tuple[str, str]:
    if deed is Deed.ASK:
        said = _("Xã hỏi thêm bạn về phản ánh mã %(code)s. Bạn trả lời thì xã xử lý tiếp.")
    elif deed is Deed.APPROVE:
        said = _("Xã đã trả lời phản ánh mã %(code)s.")
    else:
        said = _("Phản ánh mã %(code)s của bạn có bước mới.")
    lines = [said % {"code": case.code}, *_where(case), *_end(case)]
    return _("Tin về phản ánh mã %(code)s") % {"code": case.code}, "\n".join(lines)


def _where(case: Case) -> list[str]:
    site = registry.now().by_unit.get(case.unit_id)
    if site is None:
        return []
    address = f"{absolute(site, Addresses(site).voice_look)}#{case.code}"
    return [_("Xem bằng mã tra cứu và mã bí mật tại: %(address)s") % {"address": address}]


def _end(case: Case) -> list[str]:
    return [
        "",
        _("Thư này máy tự gửi, xin đừng trả lời."),
        _("Không muốn nhận thư về phản ánh này nữa: %(address)s") % {"address": stop_address(case)},
    ]


# --- stopping them ------------------------------------------------------------------------------------------------------


def stop_address(case: Case) -> str:
    """Where the letters about a case are stopped. It opens nothing of the case."""
    return absolute(None, reverse("voice-mail:stop", args=[signing.Signer(salt=_SALT).sign(case.uid.hex)]))


def case_of(token: str) -> Case | None:
    """The case whose letters a link stops; None for a link that we did not make."""
    try:
        uid = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        return None
    return Case.objects.filter(uid=uid).first()
