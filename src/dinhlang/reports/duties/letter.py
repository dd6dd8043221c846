"""A letter that asks for a report: who asks, what, by when, of whom. Read from the document model, in plain Python.

What is found is a proposal with the words it rests on; a person confirms it beside the letter. Letters ask in a few ways
("gửi về Sở trước ngày 20/11/2026", "chậm nhất 17 giờ 00 ngày 20 tháng 11", "trong thời hạn 05 ngày làm việc kể từ ngày
nhận được văn bản này"); dates of the documents they cite stand beside numbers and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from dinhlang.officialdoc.model import Document, PartialDate
from dinhlang.officialdoc.read.words import fold
from dinhlang.periods import calendar
from dinhlang.periods.calendar import WorkingCalendar
from dinhlang.periods.window import numeric_date
from dinhlang.vietnamese.numbers import printed
from dinhlang.vietnamese.text import nfc, one_line

LONGEST_QUOTE = 400
# A letter that cites a plan of ten years does not ask about them.
_LONGEST_WINDOW = timedelta(days=3 * 366)
_MOST = {"asker": 200, "symbol": 60, "subject": 500}

_CUE = (
    r"(?:truoc|cham nhat|muon nhat|den het|het ngay|khong qua|khong muon hon|thoi han|han cuoi|han gui|"
    r"han bao cao|thoi gian (?:gui|nop|bao cao|hoan thanh)|xong)"
)
_HOUR = r"(?:\d{1,2}\s*(?:gio|h|g)\s*(?:\d{1,2})?\s*(?:phut)?)"
_WEEKDAY = r"(?:thu (?:hai|ba|tu|nam|sau|bay)|chu nhat)"
_DAY = (
    r"(?P<day>\d{1,2})\s*(?:[/.-]|thang)\s*(?P<month>\d{1,2})(?!\s*\d)"
    r"(?:\s*(?:[/.-]|,?\s*nam)\s*(?P<year>20\d\d))?"
)
_BY_DATE = re.compile(
    rf"\b{_CUE}\b(?:[\s,:()]|\b(?:la|vao|luc|den|ngay|trong|gui|nop|bao cao|ve|truoc|het)\b|{_HOUR}|{_WEEKDAY})*?"
    rf"\b{_DAY}(?![/\d])"
)
_WITHIN = re.compile(
    r"\b(?:trong (?:thoi han |vong |thoi gian )?|cham nhat (?:la |sau )?|sau )(?P<count>\d{1,2})\s*(?:\([^)]{1,30}\)\s*)?"
    r"(?P<unit>ngay lam viec|ngay)\b[^.;]{0,20}?\bngay (?P<from>nhan|ban hanh|ky|co van ban|phat hanh)"
)
_WINDOW = re.compile(
    r"\b(?:tu|ke tu)\s+(?:ngay\s+)?(?P<day>\d{1,2})\s*(?:[/.-]|thang)\s*(?P<month>\d{1,2})"
    r"(?:\s*(?:[/.-]|,?\s*nam)\s*(?P<year>20\d\d))?\s*,?\s*(?:den|toi)\s+(?:het\s+)?(?:ngay\s+)?"
    r"(?P<last_day>\d{1,2})\s*(?:[/.-]|thang)\s*(?P<last_month>\d{1,2})\s*(?:[/.-]|,?\s*nam)\s*(?P<last_year>20\d\d)"
)
_SENDING = re.compile(r"\b(?:bao cao|gui|nop|cung cap|tong hop|phan hoi|tham gia y kien)\b")
_ASKING = re.compile(
    r"\b(?:de nghi|yeu cau|giao)\b.{0,200}?\b(?:bao cao|cung cap|thong ke|tong hop|ra soat)\b"
)
_SENT_TO = re.compile(r"^\s*kinh gui\s*:?\s*", re.MULTILINE)
_ABOUT = re.compile(r"^(?:v/v|ve viec)\s*:?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A value as it was read, the words it rests on, and how it was worked out where the words give no day."""

    value: str = ""
    quote: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter seems to ask. `dues` are all days by which it may be meant, the likeliest first, as ISO text.

    `start` and `end` are the first and last day that it asks about, `period` the period it names ('2026-H1').
    """

    asker: Found
    symbol: Found
    dated: Found
    subject: Found
    sent_to: Found
    asks: Found
    dues: tuple[Found, ...] = ()
    start: Found = Found()
    end: Found = Found()
    period: Found = Found()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> Letter:
        dues = tuple(Found(**one) for one in given.get("dues", ()))
        names = ("asker", "symbol", "dated", "subject", "sent_to", "asks", "start", "end", "period")
        return cls(**{name: Found(**given.get(name, {})) for name in names}, dues=dues)


def letter_of(
    document: Document, text: str, received_on: date, days: WorkingCalendar | None = None
) -> Letter:
    """What the letter asks, from its model and its text. `received_on` counts where it says "from receipt"."""
    dated = whole_date(document.date)
    issuer = document.issuer
    asker = one_line(issuer.name or "") if issuer else ""
    symbol = "/".join(part for part in (document.number, document.symbol) if part)
    subject = _ABOUT.sub("", one_line(document.subject or ""))
    paragraphs = list(_paragraphs(text))
    start, end = _window(paragraphs)
    return Letter(
        asker=Found(_cased(asker, text)[: _MOST["asker"]], asker),
        symbol=Found(symbol[: _MOST["symbol"]], symbol),
        dated=Found(dated.isoformat() if dated else "", numeric_date(dated) if dated else ""),
        subject=Found(_capital(subject)[: _MOST["subject"]], document.subject or ""),
        sent_to=_sent_to(text),
        asks=_asks(paragraphs),
        dues=tuple(_dues(paragraphs, dated, received_on, days or calendar.default())),
        start=start,
        end=end,
        period=Found(document.period or ""),
    )


def whole_date(given: PartialDate | None) -> date | None:
    """The day, when none of its parts is blank."""
    if given is None or not (given.day and given.month and given.year):
        return None
    return _day(given.year, given.month, given.day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _paragraphs(text: str) -> Iterator[str]:
    """The text in paragraphs: a line that goes on in small letters belongs to the one before it."""
    pending = ""
    for raw in nfc(text).splitlines():
        line = one_line(raw)
        if pending and line and (line[0].islower() or (line[0].isdigit() and pending[-1] not in ".;:")):
            pending = f"{pending} {line}"
            continue
        if pending:
            yield pending
        pending = line
    if pending:
        yield pending


def _sent_to(text: str) -> Found:
    plain = nfc(text)
    found = _SENT_TO.search(fold(plain))
    if found is None:
        return Found()
    lines: list[str] = []
    for raw in plain[found.end() :].splitlines()[:12]:
        line = one_line(raw)
        if not line and lines:
            break
        if line:
            lines.append(line.strip("-–;. "))
    told = "; ".join(lines)[:LONGEST_QUOTE]
    return Found(told, told)


def _asks(paragraphs: list[str]) -> Found:
    for one in paragraphs:
        if _ASKING.search(fold(one)):
            return Found(one[:LONGEST_QUOTE], one[:LONGEST_QUOTE])
    return Found()


def _window(paragraphs: list[str]) -> tuple[Found, Found]:
    """The days that figures are asked about: 'từ ngày 15/12/2025 đến hết ngày 14/6/2026'."""
    for one in paragraphs:
        for match in _WINDOW.finditer(fold(one)):
            end = _day(int(match["last_year"]), int(match["last_month"]), int(match["last_day"]))
            year = int(match["year"] or match["last_year"])
            start = _day(year, int(match["month"]), int(match["day"]))
            if start is not None and end is not None and start <= end <= start + _LONGEST_WINDOW:
                quote = _sentence(one, match.start(), match.end())
                return Found(start.isoformat(), quote), Found(end.isoformat(), quote)
    return Found(), Found()


# --- by when --------------------------------------------------------------------------------------


def _dues(paragraphs: list[str], dated: date | None, received_on: date, days: WorkingCalendar) -> list[Found]:
    """The days by which the letter may want an answer: those beside words of sending first, in the order they stand."""
    start = dated or received_on
    ranked: list[tuple[int, int, Found]] = []
    for place, paragraph in enumerate(paragraphs):
        folded = fold(paragraph)
        for match in _BY_DATE.finditer(folded):
            day = _meant(match, start)
            if day is not None:
                quote = _sentence(paragraph, match.start(), match.end())
                rank = 0 if _SENDING.search(fold(quote)) else 1
                ranked.append((rank + (2 if day < start else 0), place, Found(day.isoformat(), quote)))
        for match in _WITHIN.finditer(folded):
            quote = _sentence(paragraph, match.start(), match.end())
            found = _within(match, quote, dated, received_on, days)
            if found is not None:
                ranked.append((0 if _SENDING.search(fold(quote)) else 1, place, found))
    ranked.sort(key=lambda one: one[:2])
    return list({one.value: one for _rank, _place, one in reversed(ranked)}.values())[::-1]


def _meant(match: re.Match[str], start: date) -> date | None:
    """The day of a match; without a year the first such day from the letter's own."""
    day, month = int(match["day"]), int(match["month"])
    if match["year"]:
        return _day(int(match["year"]), month, day)
    this_year = _day(start.year, month, day)
    if this_year is None or this_year >= start:
        return this_year
    return _day(start.year + 1, month, day)


def _within(
    match: re.Match[str], quote: str, dated: date | None, received_on: date, days: WorkingCalendar
) -> Found | None:
    """'trong 05 ngày làm việc kể từ ngày nhận': counted from receipt or from the letter's own day."""
    is_receipt = match["from"] == "nhan"
    start = received_on if is_receipt else dated or received_on
    count = int(match["count"])
    try:
        is_working = match["unit"] == "ngay lam viec"
        due = days.add(start, count) if is_working else days.next_working(start + timedelta(days=count))
    except calendar.BadCount:
        return None
    unit = "ngày làm việc" if is_working else "ngày"
    since = "ngày nhận" if is_receipt else "ngày văn bản"
    why = f"{printed(count)} {unit} kể từ {since} {numeric_date(start)}"
    return Found(due.isoformat(), quote, why)


def _sentence(paragraph: str, start: int, end: int) -> str:
    """The sentence around a place; a full stop inside a date or a number does not end one."""
    first = max((found.end() for found in re.finditer(r"[.;]\s", paragraph[:start])), default=0)
    last = re.search(r"\./\.|[.;](?=\s|$)", paragraph[end:])
    return paragraph[first : end + last.end() if last else len(paragraph)].strip()[:LONGEST_QUOTE]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cased(name: str, text: str) -> str:
    """A name in capitals as the letter writes it in its own sentences ('Sở Nội vụ'); as it stands where it does not."""
    if not name or name != name.upper():
        return name
    plain = nfc(text)
    for found in re.finditer(re.escape(fold(name)), fold(plain)):
        written = plain[found.start() : found.end()]
        if written != written.upper():
            return _capital(written)
    return name
