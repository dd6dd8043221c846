"""Rounds: their days, the ways answers come, codes of slips, what is flagged, paper typed twice."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.citizens.surveys.rules.definition import CHOSEN, Definition, Kind, Purpose, Question
from dinhlang.org.rules import Refused, Unfit

# Without what is read as something else: 0 and o, 1, i and l.
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 6
TOKEN_LENGTH = 12
"""Twelve letters of 31 are 59 bits: nobody finds one by trying, nor from its SHA-256."""

MOST_SLIPS = 1000
MOST_SHEETS = 500
LONGEST_ROUND = 400
OLDEST_PAGE = timedelta(hours=12)
_SAME_FROM = 6


class Way(models.TextChoices):
    """How an answer came."""

    SLIP = "slip", gettext_lazy("Phiếu có mã")
    AFTER = "after", gettext_lazy("Sau khi được trả lời")
    POSTER = "poster", gettext_lazy("Mã QR chung")
    KIOSK = "kiosk", gettext_lazy("Màn hình ở quầy")
    PAPER = "paper", gettext_lazy("Phiếu giấy nhập lại")


ONE_VOICE = frozenset({Way.SLIP, Way.AFTER})
"""Ways with a code: one voice each."""


class Flag(models.TextChoices):
    """Why somebody should look twice at an answer. Nothing is thrown away: a figure is shown with and without these."""

    FAST = "fast", gettext_lazy("Trả lời rất nhanh")
    AGAIN = "again", gettext_lazy("Cùng máy trả lời lại sớm")
    MANY = "many", gettext_lazy("Nhiều phiếu từ một nơi trong một giờ")
    SAME = "same", gettext_lazy("Mọi câu chọn cùng một mức")


class WrongToken(Refused):
    """A code that lets nobody in."""


class NotNow(Refused):
    """The round takes no answers on this day, or not this way."""


def new_token() -> str:
    """A code for one slip."""
    return _letters(TOKEN_LENGTH)


def token_from(digest: str) -> str:
    """A code from a keyed digest (hexadecimal): a form sent twice gets the same one, and it need not be kept to be told again."""
    number = int(digest, 16)
    letters = []
    for _one in range(TOKEN_LENGTH):
        number, letter = divmod(number, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters)


def new_code() -> str:
    """A code for a round, short enough to be typed from a poster."""
    return _letters(CODE_LENGTH)


def _letters(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _one in range(length))


def typed_token(text: str) -> str:
    """A code as it is kept, from how people type it: capitals, spaces and hyphens do not matter."""
    return "".join(one for one in text.lower() if one.isalnum())


def printed_token(token: str) -> str:
    """A code in groups of four, as it stands on a slip."""
    return " ".join(token[at : at + 4].upper() for at in range(0, len(token), 4))


def mark_of(token: str) -> str:
    """What is kept of a code."""
    return sha256(f"dinhlang survey {token}".encode()).hexdigest()


def check_purpose(purpose: Purpose) -> None:
    """Raise `Refused` for questions with right answers: a round would ask them as opinions."""
    if purpose is Purpose.CONTEST:
        raise Refused(_("Đây là bộ câu hỏi thi, không mở đợt khảo sát được. Mở tuần thi ở trang Cuộc thi."))
    if purpose is Purpose.TEST:
        raise Refused(
            _("Đây là bài kiểm tra, không mở đợt khảo sát được. Mở bài kiểm tra ở trang của lớp tập huấn.")
        )


def check_days(opens_on: date, closes_on: date) -> None:
    """Raise `Unfit` for days that are no stretch."""
    if closes_on < opens_on:
        raise Unfit(_("Ngày kết thúc đứng trước ngày bắt đầu."), "closes_on")
    if (closes_on - opens_on).days > LONGEST_ROUND:
        raise Unfit(_("Một đợt dài nhất %s ngày. Chia thành nhiều đợt.") % LONGEST_ROUND, "closes_on")


def check_takes(opens_on: date, closes_on: date, *, is_closed: bool, on: date) -> None:
    """Raise `NotNow` for a day on which a round takes no answers."""
    if is_closed or on > closes_on:
        raise NotNow(_("Đợt khảo sát đã kết thúc. Cảm ơn ông/bà đã quan tâm."))
    if on < opens_on:
        raise NotNow(_("Đợt khảo sát bắt đầu từ ngày %s. Mời ông/bà quay lại.") % f"{opens_on:%d/%m/%Y}")


def check_open(closed_at: datetime | None) -> None:
    """Raise `NotNow` for a round that was closed."""
    if closed_at is not None:
        raise NotNow(_("Đợt này đã đóng."))


def check_way(way: Way, *, by_poster: bool, by_kiosk: bool) -> None:
    """Raise `NotNow` for a way that a round does not ask by."""
    if (way == Way.POSTER and not by_poster) or (way == Way.KIOSK and not by_kiosk):
        raise NotNow(_("Đợt này chỉ nhận phiếu có mã. Dùng mã in trên phiếu của ông/bà."))


def flags_of(
    definition: Definition,
    values: Mapping[str, Any],
    *,
    seconds: float | None,
    least_seconds: int,
    came_before: datetime | None,
    at: datetime,
    cooldown: timedelta,
    is_one_of_many: bool,
) -> list[str]:
    """What is to be looked at twice. `seconds` is how long the page was open, `came_before` when this device answered last;
    None where nobody knows (paper)."""
    found: list[Flag] = []
    if seconds is not None and seconds < least_seconds:
        found.append(Flag.FAST)
    if came_before is not None and at - came_before < cooldown:
        found.append(Flag.AGAIN)
    if is_one_of_many:
        found.append(Flag.MANY)
    return [str(one) for one in found] + flags_of_paper(definition, values)


def flags_of_paper(definition: Definition, values: Mapping[str, Any]) -> list[str]:
    """What can be seen on the slip alone."""
    chosen = [
        one.option(str(values[one.id])) for one in definition.questions if one.scored and one.id in values
    ]
    scores = [one.score for one in chosen if one is not None and one.score is not None]
    return [str(Flag.SAME)] if len(scores) >= _SAME_FROM and len(set(scores)) == 1 else []


# --- Paper ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """One question that two people typed differently."""

    question: Question
    first: str
    second: str


def differences(
    definition: Definition, first: Mapping[str, Any], second: Mapping[str, Any]
) -> list[Difference]:
    """Where two entries of one slip differ, question by question."""
    return [
        Difference(one, shown(one, first.get(one.id)), shown(one, second.get(one.id)))
        for one in definition.questions
        if one.kind is not Kind.TEXT and first.get(one.id) != second.get(one.id)
    ]


def shown(question: Question, value: Any) -> str:
    """A stored answer in words."""
    if value is None:
        return _("bỏ trống")
    if question.kind in CHOSEN:
        ids = value if isinstance(value, list) else [value]
        return "; ".join(one.text for one in question.options if one.id in ids)
    return str(value)
