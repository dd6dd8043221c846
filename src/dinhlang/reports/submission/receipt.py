"""The receipt as PDF, typeset by typst. What it says comes as data, never as markup."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.qr import qr_svg
from dinhlang.org.rules import printed_day
from dinhlang.org.typesetting import Typesetter
from dinhlang.reports.models import Submission
from dinhlang.reports.submission.rules.receipts import printed_number

_FILE = Path(__file__).with_name("receipt.typ")


def receipt_as_pdf(one: Submission) -> bytes:
    """One page: who received what of whom when, the digest, and where it can be checked."""
    on = timezone.localdate(one.received_at)
    check = settings.PUBLIC_URL.rstrip("/") + reverse("receipt-check")
    rows = [
        (_("Đơn vị nộp"), capfirst(org.title_of(one.obligation.unit, on))),
        (_("Báo cáo"), one.subject or one.obligation.subject),
        (_("Số, ký hiệu"), one.symbol or "–"),
        (_("Ngày văn bản"), printed_day(one.document_on) if one.document_on else "–"),
        (_("Nộp lúc"), _handed_in(one)),
        (_("Nhận lúc"), _moment(one.received_at)),
        (_("Cách nộp"), str(one.get_way_display())),
        (_("Mã băm (SHA-256)"), " ".join(one.digest[at : at + 8] for at in range(0, 64, 8))),
    ]
    return _typesetter().pdf(
        {
            "title": _("Giấy tiếp nhận báo cáo"),
            "recipient": capfirst(org.title_of(one.recipient, on)) if one.recipient else "",
            "number": _("Số: %(number)s") % {"number": printed_number(one.receipt_number, one.receipt_year)},
            "rows": rows,
            "qr": qr_svg(f"{check}?ma={one.digest}"),
            "check": _("Quét mã để kiểm tra, hoặc nhập mã băm tại %(address)s") % {"address": check},
        }
    )


def _handed_in(one: Submission) -> str:
    """When; of a file that came another way only the day is known."""
    moment = _moment(one.submitted_at)
    return moment.split()[1] if one.way == Submission.Way.FILE else moment


def _moment(at: Any) -> str:
    return timezone.localtime(at).strftime("%H:%M %d/%m/%Y")


@lru_cache(maxsize=1)
def _typesetter() -> Typesetter:
    return Typesetter(_FILE)
