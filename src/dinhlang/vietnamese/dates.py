"""Dates as official documents write them, and in words."""

from __future__ import annotations

import re
from datetime import date

from dinhlang.vietnamese import numbers
from dinhlang.vietnamese.text import nfc

_FIGURES = (
    re.compile(r"(?:ngày\s*)?(?P<day>\d{1,2})\s*([/.-])\s*(?P<month>\d{1,2})\s*\2\s*(?P<year>\d{4})"),
    re.compile(
        r"(?:ngày\s*)?(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*,?\s*(?:năm\s*)?(?P<year>\d{4})"
    ),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"),
)
_WORDS = re.compile(
    r"(?:ngày\s+)?(?:(?:mùng|mồng)\s+)?(?P<day>.+?)\s+tháng\s+(?P<month>.+?),?\s+năm\s+(?P<year>.+)"
)


def printed(day: date) -> str:
    """The date in figures: "ngày 08 tháng 02 năm 2023".

    Days below 10 and the months 1 and 2 take a zero (Decree 30/2020/NĐ-CP, Appendix I, part I, section II.4).
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def parse(written: str) -> date | None:
    """The date that is written in figures ("13/2/2023", "ngày 13 tháng 2 năm 2023"); None for anything else.

    The year has four digits. A day that does not exist (31/4) is None, never a neighbour.
    """
    asked = nfc(written).strip().rstrip(".,;").lower()
    for form in _FIGURES:
        if match := form.fullmatch(asked):
            return _existing(int(match["year"]), int(match["month"]), int(match["day"]))
    return None


def in_words(day: date) -> str:
    """The date in words: "ngày tám tháng hai năm hai nghìn không trăm hai mươi ba"; April is "tháng tư"."""
    month = "tư" if day.month == 4 else numbers.in_words(day.month)
    return f"ngày {numbers.in_words(day.day)} tháng {month} năm {numbers.in_words(day.year)}"


def from_words(words: str) -> date | None:
    """The date that the words say, or None; "mùng" before the day and "tháng bốn" are understood."""
    match = _WORDS.fullmatch(nfc(words).strip().rstrip(".,;").lower())
    if match is None:
        return None
    month_words = "bốn" if match["month"] == "tư" else match["month"]
    year, month, day = (numbers.from_words(part) for part in (match["year"], month_words, match["day"]))
    if year is None or month is None or day is None:
        return None
    return _existing(year, month, day)


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
