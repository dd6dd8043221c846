"""Dates as documents print them, whole or with blanks: 'ngày  20   tháng 7 năm 2023', 'ngày 13/2/2023'."""

from __future__ import annotations

import datetime
import re

from dinhlang.officialdoc.model import PartialDate

_BLANK = r"[\s.…_]*"
LONG = rf"«ngày»{_BLANK}(?P<day>\d{{0,2}}){_BLANK}«tháng»{_BLANK}(?P<month>\d{{0,2}}){_BLANK}«năm»{_BLANK}(?P<year>(?:19|20)\d\d|)"
SHORT = r"«ngày»\s*(?P<day2>\d{1,2}|[.…_]{2,}|(?=/))\s*[/.-]\s*(?P<month2>\d{1,2})\s*[/.-]\s*(?P<year2>(?:19|20)\d\d)"
DATE = f"(?:{LONG}|{SHORT})"
"""A template for `words.pattern`. Every part of the long form may be blank (a draft leaves it so)."""


def date_of(found: re.Match[str]) -> PartialDate | None:
    """The date in a match of DATE. A day that the month does not have stays blank; all blank is `None`."""
    parts = found.groupdict()
    day, month, year = (
        int(value) if (value := parts.get(name) or parts.get(f"{name}2") or "").isdecimal() else None
        for name in ("day", "month", "year")
    )
    if month is not None and not 1 <= month <= 12:
        month = None
    if day is not None and not _has_day(day, month, year):
        day = None
    if day is None and month is None and year is None:
        return None
    return PartialDate(day, month, year)


def _has_day(day: int, month: int | None, year: int | None) -> bool:
    try:
        datetime.date(year or 2000, month or 1, day)
    except ValueError:
        return False
    return True
