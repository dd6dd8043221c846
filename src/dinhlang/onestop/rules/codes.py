"""Codes of dossiers, as they are written: 'H15.50.05.13-261008-0975', before 2020 '000.12.34.H23-240115-0007'.

The first part names the office that received, in one of two orders: from the ministry or province down (QĐ 20/2020/QĐ-TTg) or
up to it (TT 01/2018/TT-VPCP art. 19 with QCVN 102:2016/BTTTT); then the day of receipt and a number of that day, four digits in
the systems of provinces, six or seven in those of ministries. A code is kept as it was written; `Code.key` is how it is found.

A request that was refused has no such code. Its slip has a number of the counter's register of refusals, 'TCHS-2026-0003'.
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
# What the QR code of a slip holds: the address where the dossier is looked up, with its code.
_SCANNED = re.compile(r"https?://\S+?[?&]ma=([^&#\s]+)\S*", re.IGNORECASE)
_PARTING = re.compile(r"[\s\u2010-\u2015\u2212_-]+")


REFUSED = "TCHS"
"""How the number of a slip of refusal is marked: "Số: 03/TCHS"."""
_REFUSAL = re.compile(rf"{REFUSED}-?(?P<year>\d{{4}})-?(?P<number>\d{{1,6}})")
_REFUSAL_WITH_YEAR = re.compile(rf"(?P<number>\d{{1,6}})/(?P<year>\d{{4}})/{REFUSED}")
_REFUSAL_HEAD = re.compile(rf"(?P<number>\d{{1,6}})/?{REFUSED}")


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


@dataclass(frozen=True, slots=True)
class RefusalCode:
    """A number of the register of refusals, which begins anew each year."""

    year: int
    number: int

    @property
    def key(self) -> str:
        return str(self)

    def __str__(self) -> str:
        return f"{REFUSED}-{self.year}-{self.number:04d}"


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


def read_loosely(text: str) -> Code:
    """The code as a person types it from paper: signs between its parts may be others or missing. Raises `BadCode`."""
    said = scanned(text)
    try:
        return read(said)
    except BadCode:
        if tidied := _tidied(said):
            return read(tidied)
        raise


def read_refusal(text: str) -> RefusalCode | None:
    """The number under the bars of a slip of refusal, as loosely as a code, or its head where that says the year
    ('01/2023/TCHS'); `None` for anything else."""
    found = _REFUSAL.fullmatch(_PARTING.sub("-", one_line(scanned(text))[:LONGEST]).strip("-").upper())
    found = found or _REFUSAL_WITH_YEAR.fullmatch(_plain(text)[:LONGEST])
    return RefusalCode(int(found["year"]), int(found["number"])) if found is not None else None


def read_refusal_head(text: str) -> int | None:
    """The number in the head of a slip of refusal, '03/TCHS', which does not say the year; `None` for anything else."""
    found = _REFUSAL_HEAD.fullmatch(_plain(text)[:LONGEST])
    return int(found["number"]) if found is not None else None


def scanned(text: str) -> str:
    """The code within what a reader of QR codes gives; the text itself where it is no address."""
    found = _SCANNED.fullmatch(one_line(text))
    return found[1] if found is not None else text


def _tidied(text: str) -> str:
    """'H15.50.05.13-261008-0975' of 'h15 50 05 13 261008 0975' or 'H15500513261008 0975'; '' for what cannot be one."""
    said = _PARTING.sub("-", one_line(text)[: 2 * LONGEST]).strip("-.").upper()
    head, parted, number = said.rpartition("-")
    if not (parted and number.isdecimal() and 4 <= len(number) <= 7):
        # Nothing parts the number: four digits, as the counters of communes give it.
        said = said.replace("-", "")
        head, number = said[:-4], said[-4:]
    plain = re.sub(r"[-.]", "", head)
    agency, day = plain[:-6], plain[-6:]
    upwards = re.fullmatch(r"(\d{3})(\d{2})(\d{2})([A-Z]\d{2})", agency)
    if upwards is not None:
        return f"{'.'.join(upwards.groups())}-{day}-{number}"
    if re.fullmatch(r"[A-Z]\d{2}(?:\d{2}){0,4}", agency) is None:
        return ""
    return f"{'.'.join([agency[:3], *re.findall('..', agency[3:])])}-{day}-{number}"


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
