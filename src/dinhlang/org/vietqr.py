"""What a VietQR code says: whom to pay, how much, what for. `qr.qr_svg` draws it.

Tags of EMVCo's merchant-presented codes as NAPAS uses them: two digits of a tag, two of a length, the value. Lengths count
characters of ASCII, so the purpose loses its marks before it is measured.
"""

from __future__ import annotations

import re
from enum import StrEnum

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.vietnamese.text import fold

MOST_PURPOSE = 25
MOST_AMOUNT = 10**13 - 1
_NAPAS = "A000000727"
_DONG = "704"
_BANK = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
_NOT_SAID = re.compile(r"[^0-9A-Z .,/()+-]+")


class Service(StrEnum):
    """To what the money goes."""

    ACCOUNT = "QRIBFTTA"
    CARD = "QRIBFTTC"


def payload(
    *, bank: str, account: str, amount: int | None, purpose: str, service: Service = Service.ACCOUNT
) -> str:
    """The text of the code. `bank` is the bank's six digits (BIN), `amount` in đồng; None lets the payer type it.

    With an amount the code is for one payment ('12'), without it for many ('11'). Raises Refused with the reason.
    """
    if not _BANK.fullmatch(bank):
        raise Refused(_("Mã ngân hàng có sáu chữ số, như 970436. Xem lại mã ngân hàng nhận."))
    number = account.replace(" ", "")
    if not _ACCOUNT.fullmatch(number):
        raise Refused(
            _("Số tài khoản chỉ có chữ số và chữ cái, nhiều nhất 19 ký tự. Xem lại số tài khoản nhận.")
        )
    if amount is not None and not 0 < amount <= MOST_AMOUNT:
        raise Refused(_("Số tiền phải lớn hơn 0 và có nhiều nhất 13 chữ số. Miễn phí thì không cần mã QR."))
    to_whom = _tag("00", _NAPAS) + _tag("01", _tag("00", bank) + _tag("01", number)) + _tag("02", service)
    fields = [
        _tag("00", "01"),
        _tag("01", "11" if amount is None else "12"),
        _tag("38", to_whom),
        _tag("53", _DONG),
        "" if amount is None else _tag("54", str(amount)),
        _tag("58", "VN"),
        _tag("62", _tag("08", said)) if (said := said_plainly(purpose)) else "",
        "6304",
    ]
    text = "".join(fields)
    return f"{text}{checksum(text):04X}"


def said_plainly(purpose: str) -> str:
    """The purpose as banks take it: capitals without marks, at most 25 characters, cut between words."""
    words = _NOT_SAID.sub(" ", fold(purpose).upper()).split()
    said = ""
    for word in words:
        longer = f"{said} {word}".strip()
        if len(longer) > MOST_PURPOSE:
            return said or word[:MOST_PURPOSE]
        said = longer
    return said


def checksum(text: str) -> int:
    """CRC-16/CCITT-FALSE (polynomial 0x1021, begins at 0xFFFF, nothing reflected) of ASCII text."""
    found = 0xFFFF
    for byte in text.encode("ascii"):
        found ^= byte << 8
        for _bit in range(8):
            found = (found << 1) ^ 0x1021 if found & 0x8000 else found << 1
        found &= 0xFFFF
    return found


def _tag(name: str, value: str) -> str:
    return f"{name}{len(value):02d}{value}"
