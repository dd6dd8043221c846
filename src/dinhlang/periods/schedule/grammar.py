"""Reading the "Thời gian thực hiện" of a plan's task: every phrase plans use, and the usual ways to vary it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from dinhlang.periods.schedule.dated import ImpossibleDateError, read_dated
from dinhlang.periods.schedule.model import Schedule, ScheduleKind
from dinhlang.periods.schedule.reading import Phrase, printed
from dinhlang.periods.schedule.recurring import read_recurring

# No table cell says when in more letters; a whole page pasted into one is not worth the search.
LONGEST = 1000

_ALWAYS = r"(?:thuong xuyen|lien tuc|kip thoi|dot xuat|hang ngay|moi ngay|hang gio|(?:it nhat )?\d{1,2} (?:lan|luot|buoi|tin|bai)\s*/\s*(?:1 )?ngay|moi ngay (?:it nhat )?\d{1,2} (?:lan|luot|buoi|tin|bai)|quanh nam|suot(?: ca)? nam|khi co yeu cau)"
_CONTINUOUS = re.compile(
    rf"(?!dot xuat|khi|kip thoi){_ALWAYS}(?:(?:\s*[,;/+-]\s*|\s+va\s+|\s+){_ALWAYS})*(?:,?\s+(?:trong\s+)?(?:ca\s+)?nam)?"
)
_TRIGGERED = re.compile(
    r"(?:theo|khi|ngay khi|ngay sau|sau(?! ngay \d| thang \d| quy \w+$)|dot xuat|neu co|tuy theo|tuy tinh hinh|can cu|truoc khi|truoc va trong|truoc tet|dip|nhan dip|nhan ngay)\b.*"
    r"|(?:(?:vong|thoi han|cham nhat|muon nhat|khong qua)\s+)*\d{1,3}\s+(?:ngay|gio|tuan|thang)(?:\s+lam viec)?\s+"
    r"(?:ke tu|tinh tu|tu (?:ngay|khi)|(?:sau|truoc) (?:ngay|khi)(?! \d))\b.*"
)
_CLAUSES = re.compile(r"\s*[;()]\s*|,\s+|\s+-\s+|\.\s+|\s+hoac\s+")
_NAMED_DAY = re.compile(
    r"\b(?:truoc|cham nhat|muon nhat|den het|han)\b(?:\s+(?:la|vao|den))*\s+(?:ngay\s+)?\d{1,2}\s*(?:[/.-]|thang)\s*\d{1,2}(?:\s*(?:[/.-]|nam)\s*(?:19|20)\d\d(?!\d))?"
)
_BEGINS_CONTINUOUS = re.compile(r"(?:thuong xuyen|lien tuc|hang ngay)\b")

# Of several clauses, the one that says most about when.
_PRECISION = (
    ScheduleKind.DEADLINE,
    ScheduleKind.RECURRING,
    ScheduleKind.MONTH,
    ScheduleKind.QUARTER,
    ScheduleKind.RANGE,
    ScheduleKind.CONTINUOUS,
    ScheduleKind.YEAR,
    ScheduleKind.TRIGGERED,
)


def parse(text: str, year: int | None) -> Schedule:
    """What the phrase means in a plan of the year; a year in the phrase wins over it. Never raises.

    `year` None leaves unfilled what a phrase without a year cannot say. A phrase that is not understood, or
    names a day no calendar has ('31/4'), is of kind unknown, with its words kept.
    """
    if len(text) > LONGEST:
        return Schedule(printed(text), ScheduleKind.UNKNOWN, year)
    phrase = Phrase.of(text, year)
    try:
        reading = _read(phrase) or _read_clauses(phrase)
    except ImpossibleDateError:
        reading = None
    return reading or phrase.reading(ScheduleKind.UNKNOWN)


def _read(phrase: Phrase) -> Schedule | None:
    """A phrase that is one clause. Raises ImpossibleDateError."""
    if _CONTINUOUS.fullmatch(phrase.words):
        return phrase.reading(ScheduleKind.CONTINUOUS)
    of_one_year = phrase.without_its_year()
    reading = read_recurring(phrase) or read_dated(of_one_year) or read_recurring(of_one_year)
    if reading is None and _TRIGGERED.fullmatch(phrase.words):
        return phrase.reading(ScheduleKind.TRIGGERED)
    return reading


def _read_clauses(phrase: Phrase) -> Schedule | None:
    """A phrase with asides: the most precise of its clauses, or a day named somewhere in it."""
    if (unbracketed := _without_brackets(phrase)) and (reading := _read(unbracketed)):
        return reading
    clauses = list(_clauses(phrase)) or [phrase]
    readings = [reading for clause in clauses if (reading := _read(clause) or _read_day(clause))]
    if not readings:
        begins = _BEGINS_CONTINUOUS.match(phrase.words)
        return phrase.reading(ScheduleKind.CONTINUOUS) if begins else None
    if several := _periods_of(readings):
        return replace(several[0], periods=tuple(sorted({one.periods[0] for one in several})))
    if days := _deadlines_of(readings):
        named = next(reading for reading in readings if reading.kind is ScheduleKind.DEADLINE)
        return replace(named, kind=ScheduleKind.RECURRING, deadlines=days, inclusive=None, span=None)
    return min(readings, key=lambda reading: _PRECISION.index(reading.kind))


def _without_brackets(phrase: Phrase) -> Phrase | None:
    """'Hằng tháng (trước ngày 20)' as one clause; None when nothing is in brackets."""
    if "(" not in phrase.words:
        return None
    words, shown = (text.replace("(", "").replace(")", "") for text in (phrase.words, phrase.shown))
    return replace(phrase, words=words, shown=shown)


def _read_day(clause: Phrase) -> Schedule | None:
    """A clause that speaks of something else and names its day: 'sơ kết trước 15/6'."""
    day = _NAMED_DAY.search(clause.words)
    return _read(clause.part(day.start(), day.end())) if day else None


def _periods_of(readings: Sequence[Schedule]) -> list[Schedule]:
    """The months, or quarters, of one year of which several clauses name one: 'tháng 6 (sơ kết), tháng 12 (tổng kết)'."""
    for kind in (ScheduleKind.MONTH, ScheduleKind.QUARTER):
        named = [reading for reading in readings if reading.kind is kind and len(reading.periods) == 1]
        found = {reading.periods[0] for reading in named}
        if len(found) > 1 and len({period.year for period in found}) == 1:
            return named
    return []


def _deadlines_of(readings: Sequence[Schedule]) -> tuple[date, ...]:
    """The days of one year of which each clause names one: 'trước 15/6 (6 tháng); trước 15/12 (năm)'."""
    days = [reading.deadline for reading in readings if reading.kind is ScheduleKind.DEADLINE]
    known = sorted({day for day in days if day})
    return tuple(known) if len(known) > 1 and len({day.year for day in known}) == 1 else ()


def _clauses(phrase: Phrase) -> Iterator[Phrase]:
    start = 0
    for found in _CLAUSES.finditer(phrase.words):
        yield phrase.part(start, found.start())
        start = found.end()
    if start:
        yield phrase.part(start, len(phrase.words))
