"""Codes of dossiers, as they are written: 'H15.50.05.13-261008-0975', before 2020 '000.12.34.H23-240115-0007'.

The first part names the office that received, in one of two orders: from the ministry or province down (QĐ 20/2020/QĐ-TTg) or
up to it (TT 01/2018/TT-VPCP art. 19 with QCVN 102:2016/BTTTT); then the day of receipt and a number of that day, four digits in
the systems of provinces, six or seven in those of ministries. A code is kept as it was written; `Code.key` is how it is found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.vietnamese.text import one_line

LONGEST = 40
LAST_OF_A_DAY = 9999
_UPWARDS = r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}"
_DOWNWARDS = r"[A-Z]\d{2}(?:\.\d{2,3}){0,4}"
_AGENCY = re.compile(rf"{_UPWARDS}|{_DOWNWARDS}")
_CODE = re.compile(rf"(?P<agency>{_UPWARDS}|{_DOWNWARDS})-(?P<day>\d{{6}})-(?P<number>\d{{4,7}})")
_NONE = re.compile(r"0+")


class BadCode(Refused):
    """No code of a dossier or of an office; the message says how one looks."""

    field = "code"


@dataclass(frozen=True, slots=True)
class Code:
    """A code in its parts. `agency` as written, `number` with its zeros."""

    agency: str
    day: date
    number: str

    @property
    def key(self) -> str:
        """Equal for both orders of the same office: from the top down, without the empty levels."""
        return f"{agency_key(self.agency)}-{self.day:%y%m%d}-{self.number}"

    def __str__(self) -> str:
        return f"{self.agency}-{self.day:%y%m%d}-{self.number}"


def _plain(text: str) -> str:
    """Without spaces, in capitals, with the hyphen of a keyboard for those of word processors."""
    return re.sub(r"[\u2010-\u2015\u2212]", "-", "".join(one_line(text).split())).upper()


def read(text: str) -> Code:
    """The code that a person typed or a file holds. Raises `BadCode`."""
    found = _CODE.fullmatch(_plain(text)[: LONGEST + 1])
    if found is None:
        raise BadCode(
            _(
                "“%(code)s” không phải mã hồ sơ. Mã có dạng H15.50.05.13-261008-0975; hãy xem lại trên giấy hoặc hệ thống."
            )
            % {"code": one_line(text)[:LONGEST]}
        )
    return Code(found["agency"], _day(found["day"], text), found["number"])


def _day(digits: str, text: str) -> date:
    try:
        return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        raise BadCode(
            _("Mã “%(code)s” có phần ngày %(day)s không có trong lịch (năm, tháng, ngày). Hãy xem lại mã.")
            % {"code": one_line(text)[:LONGEST], "day": digits}
        ) from None


def agency(text: str) -> str:
    """The code of an office as it was typed, tidied. Raises `BadCode`."""
    said = _plain(text)
    if not _AGENCY.fullmatch(said):
        raise BadCode(
            _("“%(code)s” không phải mã cơ quan. Mã có dạng H15.50.05.13 hoặc 000.12.34.H23.")
            % {"code": one_line(text)[:LONGEST]}
        )
    return said


def agency_key(written: str) -> str:
    """The office from the top down, whichever way it was written, without levels that are all zeros."""
    parts = written.split(".")
    if parts[0].isdecimal():
        parts.reverse()
    while len(parts) > 1 and _NONE.fullmatch(parts[-1]):
        parts.pop()
    return ".".join(parts)


def next_number(taken: list[str]) -> str:
    """The number that follows those of the day, four digits. Raises `BadCode` when the day has no more."""
    last = max((int(one) for one in taken), default=0)
    if last >= LAST_OF_A_DAY:
        raise BadCode(
            _("Hôm nay đã hết số của mã hồ sơ (9999). Hãy ghi mã do hệ thống giải quyết thủ tục cấp.")
        )
    return f"{last + 1:04d}"
