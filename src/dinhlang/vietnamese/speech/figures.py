"""Figures as they are spoken: "1.250.000" → một triệu hai trăm năm mươi nghìn; "0,05" → không phẩy không năm."""

from __future__ import annotations

import re

from dinhlang.vietnamese import numbers

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_LONGEST_READ_AS_NUMBER = 15

NUMBER = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,4})?(?!\d)|\d{1,18}(?:[.,]\d{1,6})?(?!\d)"
"""A number as people write it: grouped or not, with a stop or a comma for decimals."""

_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,(\d+))?|\d{1,3}(?:,\d{3})+(?:\.(\d+))?")
_PLAIN = re.compile(r"(\d+)(?:([.,])(\d+))?")


def digits(written: str) -> str:
    """Each digit by its name; everything else of the text is left out: "0912" → không chín một hai."""
    return " ".join(_DIGITS[int(sign)] for sign in written if sign in "0123456789")


def whole(written: str) -> str:
    """A whole number: zeros in front are silent in "01", said in "007"; too long for a number: digit by digit."""
    if len(written) > _LONGEST_READ_AS_NUMBER or (len(written) > 2 and written[0] == "0"):
        return digits(written)
    return numbers.in_words(int(written))


def document_number(written: str) -> str:
    """The number of a document: "05" is said as it is written, không năm, as announcers do."""
    if written[0] == "0":
        return digits(written)
    return whole(written)


def number(written: str, *, counted: bool = False) -> str:
    """A number with its decimals. `counted`: what follows can only be whole, so "1,234" has groups, not decimals.

    The stop groups thousands and the comma marks decimals; a stop before anything but three digits marks decimals too,
    as many people type them; several commas, or a comma before "000", group thousands.
    """
    grouped = _GROUPED.fullmatch(written)
    if grouped and (_groups_are_sure(written) or counted):
        body, decimals = written, grouped[1] or grouped[2]
        if decimals:
            body = written[: -len(decimals) - 1]
        return whole(re.sub(r"[.,]", "", body)) + (_decimals(decimals) if decimals else "")
    plain = _PLAIN.fullmatch(written)
    if plain is None:
        return digits(written)
    if plain[3] is None:
        return whole(plain[1])
    return _before_decimals(plain[1]) + _decimals(plain[3])


def _groups_are_sure(written: str) -> bool:
    if written.startswith("0"):
        return False
    return "." in written or written.count(",") > 1 or written.endswith(",000")


def _before_decimals(written: str) -> str:
    return whole(written.lstrip("0") or "0")


def _decimals(written: str) -> str:
    if len(written) == 2 and written[0] != "0":
        return f" phẩy {numbers.in_words(int(written))}"
    return f" phẩy {digits(written)}"


def fraction(above: str, below: str) -> str:
    """ "2/3" as a share: hai phần ba."""
    return f"{whole(above)} phần {'tư' if below == '4' else whole(below)}"


def ordinal(written: str) -> str:
    """After "thứ": nhất, hai, ba, tư …"""
    value = written.lstrip("0") or "0"
    return {"1": "nhất", "4": "tư"}.get(value) or whole(value)


def day(written: str) -> str:
    """A day of a month; the first ten are "mùng"."""
    value = int(written)
    return f"mùng {numbers.in_words(value)}" if 1 <= value <= 10 else numbers.in_words(value)


def month(written: str) -> str:
    """A month's number; the fourth is "tư"."""
    return "tư" if int(written) == 4 else numbers.in_words(int(written))


_ROMAN = re.compile(r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman(written: str) -> int | None:
    """The value of a Roman number in capitals below 400, or None."""
    if len(written) > 12 or not _ROMAN.fullmatch(written):
        return None
    values = [_ROMAN_VALUES[sign] for sign in written]
    return sum(
        -value if value < max(values[place:]) and value < values[place + 1] else value
        for place, value in enumerate(values)
    )
