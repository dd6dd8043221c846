"""Weeks: from one moment to another, with questions and lots. When somebody may begin, and when results may be made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused, Unfit

MOST_WEEKS = 20
MOST_ASKED = 50
MOST_LOTS = 100
LONGEST = timedelta(days=62)
SECONDS = range(5, 3601)


class NotNow(Refused):
    """The week takes nobody at this moment."""


@dataclass(frozen=True, slots=True)
class WeekGiven:
    """What a week is. `drawn` is how many questions everyone gets at random, None for all of the bank."""

    opens_at: datetime
    closes_at: datetime
    drawn: int | None
    lots: int
    public_source: str = ""


def check_week(given: WeekGiven, *, in_bank: int, at: datetime) -> None:
    """Raise `Unfit` for a week that cannot be."""
    if given.closes_at <= given.opens_at:
        raise Unfit(_("Giờ đóng đứng trước giờ mở."), "closes_at")
    if given.closes_at - given.opens_at > LONGEST:
        raise Unfit(_("Một tuần thi dài nhất %s ngày. Chia thành nhiều tuần.") % LONGEST.days, "closes_at")
    if given.closes_at <= at:
        raise Unfit(_("Giờ đóng đã qua. Chọn một giờ sau bây giờ."), "closes_at")
    if not in_bank:
        raise Unfit(_("Bộ câu hỏi này chưa có câu nào có đáp án đúng."), "version")
    if given.drawn is None and in_bank > MOST_ASKED:
        raise Unfit(
            _("Bộ câu hỏi có %(bank)s câu, một lần thi tối đa %(most)s. Ghi số câu lấy ngẫu nhiên.")
            % {"bank": in_bank, "most": MOST_ASKED},
            "drawn",
        )
    if given.drawn is not None and not 1 <= given.drawn <= min(in_bank, MOST_ASKED):
        raise Unfit(
            _("Lấy ngẫu nhiên từ 1 đến %(most)s câu; bộ câu hỏi có %(bank)s câu.")
            % {"most": min(in_bank, MOST_ASKED), "bank": in_bank},
            "drawn",
        )
    if not 0 <= given.lots <= MOST_LOTS:
        raise Unfit(_("Số người trúng giải bốc thăm từ 0 đến %s.") % MOST_LOTS, "lots")


def check_order(spans: Sequence[tuple[datetime, datetime]]) -> None:
    """Raise `Refused` for weeks that meet: whoever takes part must know for which week it counts."""
    for (_from, until), (since, _until) in pairwise(spans):
        if since < until:
            raise Refused(_("Các tuần thi chồng giờ lên nhau. Sửa giờ mở, giờ đóng rồi trình lại."))


def check_takes(opens_at: datetime, ends_at: datetime, *, is_open: bool, at: datetime) -> None:
    """Raise `NotNow` for a moment at which nobody may begin or get another question."""
    if at < opens_at:
        raise NotNow(_("Tuần thi mở lúc %s. Mời bạn quay lại.") % moment(opens_at))
    if not is_open or at >= ends_at:
        raise NotNow(_("Tuần thi đã đóng lúc %s. Cảm ơn bạn đã quan tâm.") % moment(ends_at))


def moment(at: datetime) -> str:
    """A moment as pages say it: '20 giờ 00, 20/7/2023'."""
    here = localtime(at)
    return _("%(hour)s giờ %(minute)s, %(day)s") % {
        "hour": here.hour,
        "minute": f"{here.minute:02d}",
        "day": f"{here.day}/{here.month}/{here.year}",
    }
