"""Phrases that come round: "Mỗi tháng 01 kỳ", "01 lần/quý", "ít nhất 02 tin/tháng", "Trước ngày 15 hằng tháng"."""

from __future__ import annotations

import re

from dinhlang.periods.phrase import ARABIC, WORD, numeral
from dinhlang.periods.schedule.model import Recurrence, Schedule, ScheduleKind, Step
from dinhlang.periods.schedule.reading import Phrase
from dinhlang.periods.schedule.wording import ROUNDS

_COUNT = rf"(?:\d{{1,3}}|{WORD})"
_SIZE = rf"(?:{ARABIC}|{WORD})"
_CYCLE = rf"(?:(?P<size>{_SIZE})\s+)?(?P<cycle>tuan|thang|quy|nam)"
_LEAST = r"(?P<least>(?:it nhat|toi thieu|khong it hon|tu)\s+)?"
_UNIT = r"(?P<unit>(?!(?:tuan|thang|quy|nam|ngay)\b)[a-z]+(?:[ ,]+[a-z]+){0,3}?)"
_ROUND = r"(?P<unit>lan|ky|so|dot|buoi|tin|bai)"
_DOES = r"(?:\s+(?:phat|phat song|dang|co|thuc hien|to chuc|xay dung|bien tap|duy tri))?"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_BY = r"(?:(?:truoc|cham nhat|muon nhat|vao|den|han)\s+(?:la\s+)?)?(?:ngay\s+)?"
_WEEKDAY = (
    r"(?:(?:sang|chieu|toi)\s+)?(?:thu\s+(?P<weekday>hai|ba|tu|nam|sau|bay|[2-7])|(?P<sunday>chu nhat))"
)

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # Mỗi tháng (ít nhất) 01 kỳ; 6 tháng 01 lần; tháng/lần
        rf"(?:moi|hang|trong)\s+{_CYCLE}{_DOES}\s*,?\s*{_LEAST}(?P<times>{_COUNT})\s+{_UNIT}(?:\s+tro len)?(?:,?\s+(?:vao\s+)?(?:truoc\s+)?ngay\s+{_DAY})?",
        rf"{_CYCLE}\s*[/ ]\s*(?:(?P<times>{_COUNT})\s+)?{_ROUND}",
        # 01 lần/quý; ít nhất 02 tin mỗi tháng; 01 kỳ/01 tháng
        rf"{_LEAST}(?P<times>{_COUNT})\s+{_UNIT}(?:\s+tro len)?\s*(?:/|\b(?:moi|trong|tren|hang)\b)\s*(?:moi\s+)?{_CYCLE}",
        # Hằng tuần; theo quý
        rf"(?:hang|moi|theo)\s+{_CYCLE}",
        r"(?:(?:tat ca\s+)?cac|ca\s+(?:4|12)|4(?=\s+quy))\s+(?P<cycle>thang|quy|tuan)",
        # Quý, 6 tháng, năm: the shortest comes first, and the longer reports are its last
        r"(?:(?:hang|moi)\s+)?(?P<cycle>tuan|thang|quy)(?:\s*(?:,|\bva\b)\s*(?:hang\s+)?(?:thang|quy|0?[69] thang|(?:0?1 )?nam|dot xuat|khi co yeu cau))+",
        # Trước ngày 15 hằng tháng; trước ngày 20 tháng cuối quý; hằng tháng, trước ngày 15
        rf"{_BY}{_DAY}\s+(?:cua\s+)?(?:hang|moi|cac)\s+(?P<cycle>thang)",
        rf"{_BY}(?<=ngay\s){_DAY}\s+(?:cua\s+)?(?P<cycle>thang)(?:\s+(?:ke tiep|tiep theo)|(?<=cua thang)\s+sau)?",
        rf"(?:hang|moi)\s+(?P<cycle>thang)\s*,?\s*{_BY}{_DAY}",
        rf"{_BY}{_DAY}\s+(?:cua\s+)?thang\s+(?P<where>dau|cuoi)\s+(?:cua\s+)?(?:(?:hang|moi)\s+)?(?P<cycle>quy)",
        # Thứ Sáu hằng tuần; hằng tuần vào thứ Sáu
        rf"{_WEEKDAY}\s+(?:hang|moi)\s+(?P<cycle>tuan)",
        rf"(?:hang|moi)\s+(?P<cycle>tuan)\s*,?\s*(?:vao\s+)?{_WEEKDAY}",
    )
)  # fmt: skip
_MONTHS = {"thang": 1, "quy": 3, "nam": 12}
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}


def read_recurring(phrase: Phrase) -> Schedule | None:
    """The recurrence that the phrase means; None when it speaks of something else."""
    for pattern in _PATTERNS:
        found = pattern.fullmatch(phrase.words)
        if found is not None:
            recurrence = _recurrence(found, phrase.shown)
            return phrase.reading(ScheduleKind.RECURRING, recurrence=recurrence) if recurrence else None
    return None


def _recurrence(found: re.Match[str], shown: str) -> Recurrence | None:
    """The recurrence of a match; None when its cycle does not divide the year or happens no time at all."""
    groups = found.groupdict()
    size = numeral(groups["size"]) if groups.get("size") else 1
    times = numeral(groups["times"]) if groups.get("times") else 1
    unit = shown[found.start("unit") : found.end("unit")] if groups.get("unit") else None
    if times < 1:
        return None
    if groups["cycle"] == "tuan":
        return Recurrence(Step.WEEK, size, times, unit, bool(groups.get("least")), weekday=_weekday(groups))
    months = size * _MONTHS[groups["cycle"]]
    if 12 % months:
        return None
    if months == 12 and unit in ROUNDS:
        months, times = _spread(times)
    return Recurrence(
        Step.MONTH,
        months,
        times,
        unit,
        at_least=bool(groups.get("least")),
        day=int(groups["day"]) if groups.get("day") else None,
        in_first_month=groups.get("where") == "dau",
    )


def _spread(times_a_year: int) -> tuple[int, int]:
    """Months from one round to the next, and rounds in each cycle, when so many rounds share a year evenly."""
    if 12 % times_a_year == 0:
        return 12 // times_a_year, 1
    return (1, times_a_year // 12) if times_a_year % 12 == 0 else (12, times_a_year)


def _weekday(groups: dict[str, str | None]) -> int | None:
    if groups.get("sunday"):
        return 6
    named = groups.get("weekday")
    if named is None:
        return None
    return int(named) - 2 if named.isdecimal() else _WEEKDAYS[named]
