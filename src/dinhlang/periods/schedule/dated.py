"""Phrases that name months, quarters, halves, ranges or days: "Quý II và Quý IV", "Tháng 3-11", "Trước ngày 15/6"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from dinhlang.periods.identifier import BadPeriod, Kind, Period
from dinhlang.periods.phrase import NUMERAL, YEAR, numeral
from dinhlang.periods.schedule.model import Schedule, ScheduleKind
from dinhlang.periods.schedule.reading import Phrase
from dinhlang.periods.window import Window

# A year that has every day a calendar can have, to judge "29/2" when the year is not known.
_LEAP_YEAR = 2024
_ONE_DAY = timedelta(days=1)

_WEEK = r"tuan\s+(?:thu\s+)?(?:[1-5]|i{1,3}|iv|nhat|mot|hai|ba|tu|nam|dau|cuoi)(?:\s+(?:cua|trong))?"
_WHERE = rf"(?:(?:dau|giua|cuoi|trong|het|{_WEEK})\s+)?"
_ITEM = re.compile(
    rf"{_WHERE}(?:(?P<head>thang|quy|qui|q\.?(?=\s*(?:[1-4]|i))|t\.?(?=\d))\s*)?(?P<number>{NUMERAL}|nam)(?:\s*[/.-]\s*(?:nam\s+)?(?P<year>{YEAR}))?"
)
_PARTS_OF_YEAR: tuple[tuple[re.Pattern[str], Kind, int], ...] = (
    (re.compile(r"(?:so ket\s+)?(?:0?6|sau) thang(?: dau(?: nam)?)?|so ket|nua dau(?: nam)?|nua nam dau"), Kind.HALF, 1),
    (re.compile(r"(?:0?6|sau) thang cuoi(?: nam)?|nua cuoi(?: nam)?|nua nam cuoi"), Kind.HALF, 2),
    (re.compile(r"(?:so ket\s+)?(?:0?9|chin) thang(?: dau(?: nam)?)?"), Kind.NINE_MONTHS, 1),
    (re.compile(r"(?:0?3|ba) thang dau(?: nam)?"), Kind.QUARTER, 1),
    (re.compile(r"(?:0?3|ba) thang cuoi(?: nam)?"), Kind.QUARTER, 4),
    (re.compile(r"(?:dau |cuoi |het |trong )?(?:ca )?nam(?: nay)?|(?:12|muoi hai) thang|(?:0?1|mot) nam|tong ket(?: nam)?"), Kind.YEAR, 1),
)  # fmt: skip
_AND = re.compile(r"\s*(?:,|;|\+|&|\bva\b)\s*")
# "Tháng 3 hoặc tháng 4" leaves the choice, so it is the span of both.
_TO = re.compile(r"\s*(?:-|->|\bden\b|\btoi\b|\bhoac\b)\s*(?:het\s+)?")
_FROM_NOW = re.compile(r"tu (?:nay|bay gio|khi ban hanh(?: ke hoach)?) (?:den|toi) (?:het|cuoi)(?: nam)?")
_KINDS = {
    Kind.MONTH: ScheduleKind.MONTH,
    Kind.QUARTER: ScheduleKind.QUARTER,
    Kind.YEAR: ScheduleKind.YEAR,
    Kind.HALF: ScheduleKind.RANGE,
    Kind.NINE_MONTHS: ScheduleKind.RANGE,
}

_BY = re.compile(
    r"(?P<by>(?:(?:xong|hoan thanh|gui|nop|bao cao)\s+)?"
    r"(?:(?:cham nhat|muon nhat|khong qua|khong muon hon)(?:\s+la)?(?:\s+(?:truoc|den))?|truoc|den het|het|den|han(?:\s+(?:chot|cuoi|nop|gui))?(?:\s+la)?)"
    r"(?:\s*:)?\s+)(?:vao\s+)?"
)
_DATE = re.compile(
    rf"(?:ngay\s+)?(?P<day>\d{{1,2}})(?:\s*[/.-]\s*|\s+thang\s+)(?P<month>\d{{1,2}}|{NUMERAL})(?:(?:\s*[/.-]\s*|\s+nam\s+)(?P<year>{YEAR}))?"
)
_DAY_ALONE = re.compile(r"(?:ngay\s+)?(?P<day>\d{1,2})")


class ImpossibleDateError(ValueError):
    """The phrase names a day or a period that no calendar or plan has: it is not read any further."""


def read_dated(phrase: Phrase) -> Schedule | None:
    """The periods or days that the phrase means; None when it speaks of something else.

    Raises ImpossibleDateError for '31/4', 'Quý V' and the like.
    """
    if phrase.separator and re.fullmatch(r"0?[1-9]|1[0-2]", phrase.words):
        return _of_periods(phrase, [(Kind.MONTH, int(phrase.words), None)])
    if not phrase.words:
        return _of_periods(phrase, [(Kind.YEAR, 1, None)]) if phrase.year_written else None
    if _FROM_NOW.fullmatch(phrase.words) or (phrase.year_written and phrase.words in {"dau", "cuoi", "het"}):
        kind = ScheduleKind.RANGE if phrase.words.startswith("tu") else ScheduleKind.YEAR
        return replace(_of_periods(phrase, [(Kind.YEAR, 1, None)]) or phrase.reading(kind), kind=kind)
    return _read_deadlines(phrase) or _read_periods(phrase) or _read_range(phrase)


# --- Months, quarters, halves ---------------------------------------------------------------------------------

_Item = tuple[Kind, int, int | None]


def _read_periods(phrase: Phrase) -> Schedule | None:
    items = _items(_AND.split(phrase.words))
    return _of_periods(phrase, items) if items else None


def _items(parts: list[str]) -> list[_Item] | None:
    """What each part names; a bare numeral is of the kind before it. None when one names nothing."""
    items: list[_Item] = []
    kind: Kind | None = None
    for part in parts:
        item = _part_of_year(part) or _numbered(part, kind)
        if item is None:
            return None
        kind = item[0]
        items.append(item)
    return items


def _part_of_year(part: str) -> _Item | None:
    for pattern, kind, index in _PARTS_OF_YEAR:
        if pattern.fullmatch(part):
            return kind, index, None
    return None


def _numbered(part: str, kind: Kind | None) -> _Item | None:
    found = _ITEM.fullmatch(part)
    if found is None or (found["head"] is None and kind not in {Kind.MONTH, Kind.QUARTER}):
        return None
    if found["head"]:
        kind = Kind.MONTH if found["head"].startswith("t") else Kind.QUARTER
    assert kind is not None  # noqa: S101 - narrowed above
    return kind, numeral(found["number"]), int(found["year"]) if found["year"] else None


def _of_periods(phrase: Phrase, items: list[_Item]) -> Schedule | None:
    written = {year for _, _, year in items if year}
    if len(written | ({phrase.year} if phrase.year_written else set())) > 1:
        return _across_years(phrase, items)
    year = next(iter(written), phrase.year)
    # Whether such a period exists does not depend on the year; it must not stay hidden when none is known.
    periods = [_period(year or _LEAP_YEAR, kind, index) for kind, index, _ in items]
    kinds = {_KINDS[kind] for kind, _, _ in items}
    kind = (
        kinds.pop()
        if len(kinds) == 1 and (len(items) == 1 or kinds != {ScheduleKind.RANGE})
        else ScheduleKind.RECURRING
    )
    return phrase.reading(
        kind, periods=sorted(set(periods), key=_by_end) if year else (), year=next(iter(written), None)
    )


def _across_years(phrase: Phrase, items: list[_Item]) -> Schedule | None:
    """'Quý IV/2023 và Quý I/2024' is one range when nothing lies between; otherwise it is not understood."""
    periods = [_period(year or phrase.year or _LEAP_YEAR, kind, index) for kind, index, year in items]
    if any(before.next() != after for before, after in pairwise(periods)):
        raise ImpossibleDateError("periods of several years that do not follow one another")
    return _range(phrase, periods[0], periods[-1], written=True)


def _period(year: int, kind: Kind, index: int) -> Period:
    try:
        return Period(year, kind, index)
    except BadPeriod as reason:
        raise ImpossibleDateError(str(reason)) from None


def _by_end(period: Period) -> tuple[int, str]:
    return period.last_month, str(period)


# --- Ranges ---------------------------------------------------------------------------------------------------


def _read_range(phrase: Phrase) -> Schedule | None:
    words = phrase.words.removeprefix("tu ")
    ends = _TO.split(words)
    if len(ends) == 2:
        return _range_of_days(phrase, ends[0], ends[1]) or _range_of_periods(phrase, ends[0], ends[1])
    if len(ends) == 1 and words != phrase.words:
        item = _numbered(words, None)
        return _range_to_year_end(phrase, item) if item else None
    return None


def _range_of_periods(phrase: Phrase, first: str, last: str) -> Schedule | None:
    items = _items([first, last])
    if not items or items[0][0] is not items[1][0]:
        return None
    (kind, start, start_year), (_, end, end_year) = items
    closing = end_year or phrase.year
    opening = start_year or (closing - (start > end and phrase.year_written) if closing else None)
    if opening is None or closing is None:
        _period(_LEAP_YEAR, kind, start), _period(_LEAP_YEAR, kind, end)
        return phrase.reading(ScheduleKind.RANGE)
    if not phrase.year_written and not end_year and start > end:
        closing = opening + 1
    return _range(
        phrase,
        _period(opening, kind, start),
        _period(closing, kind, end),
        written=phrase.year_written or bool(start_year or end_year),
    )


def _range_to_year_end(phrase: Phrase, item: _Item) -> Schedule | None:
    kind, index, written = item
    year = written or phrase.year
    first = _period(year or _LEAP_YEAR, kind, index)
    if year is None:
        return phrase.reading(ScheduleKind.RANGE)
    return _range(phrase, first, Period(year), written=phrase.year_written or written is not None)


def _range(phrase: Phrase, first: Period, last: Period, *, written: bool) -> Schedule | None:
    start, end = first.calendar_window().start, last.calendar_window().end
    if end < start:
        return None
    reading = phrase.reading(ScheduleKind.RANGE, span=Window(start, end))
    return replace(reading, year=start.year, year_written=True) if written else reading


def _range_of_days(phrase: Phrase, first: str, last: str) -> Schedule | None:
    end = _DATE.fullmatch(last)
    start = _DATE.fullmatch(first) or _DAY_ALONE.fullmatch(first)
    if not start or not end:
        return None
    month, start_year = (start["month"], start["year"]) if start.re is _DATE else (end["month"], None)
    written = int(end["year"]) if end["year"] else None
    year = written or phrase.year
    closing = _day(end["day"], end["month"], year)
    opening = _day(start["day"], month, int(start_year) if start_year else year)
    if closing < opening:
        return None
    if year is None:
        return phrase.reading(ScheduleKind.RANGE)
    return phrase.reading(ScheduleKind.RANGE, span=Window(opening, closing), year=written)


# --- Deadlines ------------------------------------------------------------------------------------------------


def _read_deadlines(phrase: Phrase) -> Schedule | None:
    by = _BY.match(phrase.words)
    rest = phrase.words[by.end() :] if by else phrase.words
    parts = [part[again.end() :] if (again := _BY.match(part)) else part for part in _AND.split(rest)]
    inclusive = None if by and "truoc" in by["by"] else True
    if not by and not _looks_like_a_date(phrase):
        return None
    dates = [_DATE.fullmatch(part) for part in parts]
    if all(dates):
        return _of_days(phrase, [found for found in dates if found], inclusive)
    return _by_period(phrase, parts, before=inclusive is None) if by else None


def _looks_like_a_date(phrase: Phrase) -> bool:
    """Whether bare figures are a day: '3-11' may as well be months, unless its year is joined the same way."""
    return any(sign in phrase.words for sign in ("ngay", "thang", "/", phrase.separator or "/"))


def _of_days(phrase: Phrase, dates: list[re.Match[str]], inclusive: bool | None) -> Schedule | None:
    written = next((int(found["year"]) for found in dates if found["year"]), None)
    years = [int(found["year"]) if found["year"] else written or phrase.year for found in dates]
    days = [_day(found["day"], found["month"], year) for found, year in zip(dates, years, strict=True)]
    if len({day.year for day in days}) > 1:
        raise ImpossibleDateError("days of several years")
    # A day written twice is one day.
    kind = ScheduleKind.DEADLINE if len(set(days)) == 1 else ScheduleKind.RECURRING
    known = () if None in years else sorted(set(days))
    return phrase.reading(kind, deadlines=known, inclusive=inclusive, year=written)


def _by_period(phrase: Phrase, parts: list[str], *, before: bool) -> Schedule | None:
    """'Trước tháng 6' ends the day before it, 'hết quý II' on its last day."""
    items = _items(parts)
    if not items or len(items) != 1:
        return None
    kind, index, written = items[0]
    year = written or phrase.year
    window = _period(year or _LEAP_YEAR, kind, index).calendar_window()
    day = window.start - _ONE_DAY if before else window.end
    if year is None:
        return phrase.reading(ScheduleKind.DEADLINE, inclusive=True)
    span = Window(date(day.year, 1, 1), day)
    return phrase.reading(ScheduleKind.DEADLINE, deadlines=(day,), span=span, inclusive=True, year=written)


def _day(day: str, month: str, year: int | None) -> date:
    """The day, in a leap year when its own is not known. Raises ImpossibleDateError for one no calendar has."""
    try:
        return date(year or _LEAP_YEAR, numeral(month), int(day))
    except ValueError as reason:
        raise ImpossibleDateError(str(reason)) from None
