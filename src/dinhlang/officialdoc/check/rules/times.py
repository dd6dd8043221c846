"""Weekdays, hours and stretches of days that cannot be as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dinhlang.officialdoc.check.case import Case, whole
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.noted import word_kind, words
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import Hit, filed, rule, said
from dinhlang.officialdoc.check.wording import NUMBER, SLASH
from dinhlang.officialdoc.model import Kind, PartialDate

INVITED = {
    "kind": Kind.OTHER,
    "symbol": "GM-UBND",
    "subject": "Dự hội nghị triển khai cải cách hành chính",
    "date": PartialDate(3, 3, 2026),
}
MINUTES = {
    "kind": Kind.MINUTES,
    "symbol": "BB-UBND",
    "subject": "Họp giao ban",
    "date": PartialDate(18, 9, 2025),
}
TOLD = (*PROSE, Part.HEADING, Part.CELL, Part.SUBJECT)
DAY = (
    r"(?:ngay\s+)?(?:(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})(?:\s*[/.-]\s*(?P<y>(?:19|20)\d\d))?(?!\s*[/\d])"
    r"|(?P<d2>\d{1,2})\s+thang\s+(?P<m2>\d{1,2})(?:\s*(?:nam\s+|/\s*)(?P<y2>(?:19|20)\d\d))?)"
)
A_DAY = re.compile(rf"(?<!\d)(?<![\d/]){DAY}")
_DATED = re.compile(
    r"(?<![\d/])(?:ngay\s+)?(?:\d{1,2}\s*/\s*\d{1,2}\s*/\s*(?P<y>20\d\d)|\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+(?P<y2>20\d\d))\b"
)


def day_of(found: re.Match[str], year: int | None = None) -> date | None:
    """The day that was matched; without a year that of `year`. None for none in the calendar."""
    written = found["y"] or found["y2"]
    told = int(written) if written else year
    try:
        return date(told, int(found["m"] or found["m2"]), int(found["d"] or found["d2"])) if told else None
    except ValueError:
        return None


_WEEKDAYS = {
    "hai": 0,
    "ba": 1,
    "tu": 2,
    "nam": 3,
    "sau": 4,
    "bay": 5,
    "2": 0,
    "3": 1,
    "4": 2,
    "5": 3,
    "6": 4,
    "7": 5,
}
_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAY = re.compile(
    r"(?:thu(?<!\wthu)\s+(?P<name>hai|ba|tu|nam|sau|bay|[2-7])|(?P<sunday>chu(?<!\wchu) nhat))\b"
)
_LIKE_WEEKDAY, _LIKE_SUNDAY = word_kind(lambda word: word.lower() == "thứ"), words("chủ") & words("nhật")
_TO_DAY = re.compile(
    r"(?:\s+(?:hang|hàng)\s+(?:tuan|thang))?\s*[,(:]?\s*(?:(?:cac|vao|tuc|la)\s+)*(?=ngay|\d)"
)
_NEXT_DAY = re.compile(r"\s*(?:,|;|va|\.)\s*(?=ngay|\d)")
_BEFORE = re.compile(rf"{DAY}\s*[,(]?\s*(?:la\s+|tuc\s+)?$")


@rule(
    "DL250",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.ERROR,
    "Thứ trong tuần không khớp với ngày",
    bad=[
        said("Thời gian: 08 giờ 00 phút, thứ Tư, ngày 10 tháng 3 năm 2026.", **INVITED),
        said("Họp ngày 10/3/2026 (thứ Tư).", **INVITED),
        said("Tiếp dân các ngày thứ Năm hằng tuần: ngày 05/3/2026, 12/3/2026, 20/3/2026.", **INVITED),
    ],
    good=[
        said("Thời gian: 08 giờ 00 phút, thứ Ba, ngày 10 tháng 3 năm 2026.", **INVITED),
        said("Họp ngày 10/3/2026 (thứ Ba), Chủ nhật ngày 15/3 nghỉ.", **INVITED),
        said("Từ thứ Hai đến thứ Sáu hằng tuần; kỳ họp thứ Năm ngày 10/3/2026 của HĐND.", **INVITED),
    ],
)
def other_weekday(case: Case) -> Iterator[Hit]:
    """By the calendar; a day without its year is of the year of the document."""
    own = whole(case.document.date)
    for piece in dict.fromkeys((*case.of(*TOLD, saying=_LIKE_WEEKDAY), *case.of(*TOLD, saying=_LIKE_SUNDAY))):
        for found in _WEEKDAY.finditer(piece.folded):
            if piece.text[found.start()].lower() not in ("t", "c") or _is_session(piece, found):
                continue
            wanted = 6 if found["sunday"] else _WEEKDAYS[found["name"]]
            for start, end, day in _days_at(piece, found, own.year if own else None):
                if day is not None and day.weekday() != wanted:
                    message = f"Ngày {day:%d/%m/%Y} là {_NAMES[day.weekday()]}, không phải {_NAMES[wanted]}: kiểm tra lịch, sửa thứ hoặc ngày."
                    yield Hit(piece, min(start, found.start()), max(end, found.end()), message)


def _is_session(piece: Piece, found: re.Match[str]) -> bool:
    """'kỳ họp thứ Năm', 'lần thứ hai'; 'thu năm' without its mark is no weekday."""
    before = piece.folded[max(0, found.start() - 12) : found.start()]
    written = piece.text[found.start() : found.start() + 3].lower()
    return bool(
        re.search(r"(?:ky hop|lan|phien|phien hop|khoa|nhom|loai|hang|bac|phan)\s+$", before)
    ) or written not in ("thứ", "chủ")


def _days_at(piece: Piece, found: re.Match[str], year: int | None) -> Iterator[tuple[int, int, date | None]]:
    to_day = _TO_DAY.match(piece.folded, found.end())
    if to_day:
        at = to_day.end()
        while day := A_DAY.match(piece.folded, at):
            yield day.start(), day.end(), day_of(day, year)
            following = _NEXT_DAY.match(piece.folded, day.end())
            if following is None or _WEEKDAY.match(piece.folded, following.end()):
                return
            at = following.end()
        return
    begin = max(0, found.start() - 40)
    before = _BEFORE.search(piece.folded[begin : found.start()])
    if before:
        yield begin + before.start(), begin + before.end(), day_of(before, year)


_CLOCK = re.compile(
    r"(?<![\d,.])(?P<h>\d{1,2})\s*(?:gio|h|g)\s*(?P<min>\d{1,2})?(?:\s*(?:phut|'|p)\b)?(?![\d%])"
)
_AT = re.compile(r"\b(?:hoi|luc|vao luc|vao hoi|bat dau(?: tu)?|thoi gian\s*:(?:\s*tu)?)\s*$")
_FROM_TO_CLOCK = re.compile(
    rf"\btu\s+{_CLOCK.pattern.replace('?P<h>', '?P<h1>').replace('?P<min>', '?P<min1>')}\s*(?:-|den)\s*{_CLOCK.pattern}"
)


_OF_CLOCK = words("giờ", "h", "g")
_LIKE_CLOCK = re.compile(r"\d(?:\s*(?:gio|h|g)\b|h\d)")


@rule(
    "DL251",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.ERROR,
    "Giờ không có, hoặc giờ kết thúc trước giờ bắt đầu",
    bad=[
        said("Thời gian: từ 25 giờ 00 phút, ngày 10 tháng 3 năm 2026.", **INVITED),
        said("Thời gian: 08 giờ 75 phút, ngày 10 tháng 3 năm 2026.", **INVITED),
        said("Buổi sáng từ 11 giờ 30 phút đến 7 giờ 30 phút.", **INVITED),
        said("Buổi chiều từ 17 giờ 00 phút đến 16 giờ 30 phút.", **INVITED),
        said(
            "Hôm nay, vào hồi 08 giờ 00 phút ngày 18 tháng 9 năm 2025, họp.\nBuổi họp kết thúc vào hồi 07 giờ 15 phút cùng ngày.",
            **MINUTES,
        ),
    ],
    good=[
        said(
            "Thời gian: từ 08 giờ 00 phút, ngày 10 tháng 3 năm 2026; phát thanh 96 buổi, thời lượng 32 giờ.",
            **INVITED,
        ),
        said("Buổi sáng từ 7 giờ 30 phút đến 11 giờ 30 phút; trực từ 22 giờ đến 06 giờ hôm sau.", **INVITED),
        said(
            "Hôm nay, vào hồi 08 giờ 00 phút ngày 18 tháng 9 năm 2025, họp.\nBuổi họp kết thúc vào hồi 11 giờ 15 phút cùng ngày.",
            **MINUTES,
        ),
    ],
)
def impossible_hour(case: Case) -> Iterator[Hit]:
    """Hours go to 24, minutes to 59; what begins ends later, unless it is the next morning."""
    begun: tuple[int, int] | None = None
    for piece in case.of(*TOLD, saying=_OF_CLOCK & NUMBER):
        if not _LIKE_CLOCK.search(piece.folded):
            continue
        reversed_at = [found for found in _FROM_TO_CLOCK.finditer(piece.folded) if _is_reversed(piece, found)]
        for found in reversed_at:
            yield Hit(piece, *found.span(), "Giờ kết thúc trước giờ bắt đầu: sửa lại giờ.")
        for found in _CLOCK.finditer(piece.folded):
            before = piece.folded[max(0, found.start() - 24) : found.start()]
            minutes = int(found["min"]) if found["min"] else 0
            is_clock = (found["min"] is not None or bool(_AT.search(before))) and "luong" not in before
            if is_clock and (int(found["h"]) > 24 or minutes > 59):
                yield Hit(piece, *found.span(), "Không có giờ này: sửa lại giờ, phút.")
            elif case.document.kind is Kind.MINUTES and re.search(r"\b(?:hoi|luc)\s+$", before):
                time = (int(found["h"]), minutes)
                after = piece.folded[found.end() : found.end() + 20]
                if begun and "cung ngay" in after and time < begun:
                    message = (
                        f"Kết thúc trước khi bắt đầu ({begun[0]:02d} giờ {begun[1]:02d} phút): sửa lại giờ."
                    )
                    yield Hit(piece, *found.span(), message)
                begun = begun or time


def _is_reversed(piece: Piece, found: re.Match[str]) -> bool:
    first = (int(found["h1"]), int(found["min1"] or 0))
    second = (int(found["h"]), int(found["min"] or 0))
    after = piece.folded[found.end() : found.end() + 24]
    overnight = (first[0] >= 17 and second[0] <= 8) or re.search(r"hom sau|ngay hom|sang", after)
    return second <= first and not overnight


# What may not stand before a word is looked at after it: so the search skips from word to word at once.
_MONTH_OR_QUARTER = words("tháng", "quý")
_NO_MONTH = re.compile(
    r"thang(?<!\wthang)\s+(?P<m>\d{1,2})(?=\s*(?:/|nam\b|-\s*20)\s*(?:20\d\d)?|\s*[,.;]|\s*$)"
)
_NO_QUARTER = re.compile(r"quy(?<!\wquy)\s+(?P<q>v|vi|[5-9])(?=\s*(?:/|nam\b|-)\s*(?:20\d\d))")


@rule(
    "DL257",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.ERROR,
    "Không có tháng, không có quý này",
    bad=[said("Hoàn thành trong Quý V/2024."), said("Tổ chức hội thi trong tháng 13/2024.")],
    good=[said("Hoàn thành trong Quý IV/2024, tháng 12/2024; tháng 7, 8.")],
)
def no_such_month(case: Case) -> Iterator[Hit]:
    """Twelve months and four quarters."""
    for piece in case.of(*TOLD, saying=_MONTH_OR_QUARTER & NUMBER):
        for found in _NO_MONTH.finditer(piece.folded):
            if 1 <= int(found["m"]) <= 12:
                continue
            is_count = re.search(
                r"\d\s*$|ngay \d{1,2}\s+$", piece.folded[max(0, found.start() - 9) : found.start()]
            )
            if not is_count and piece.text[found.start() + 1 : found.start() + 3] == "há":
                yield Hit(piece, *found.span(), "Một năm có 12 tháng: sửa lại tháng.")
        for found in _NO_QUARTER.finditer(piece.folded):
            yield Hit(piece, *found.span(), "Một năm có 4 quý: sửa lại quý.")


_IN_ROW = re.compile(r"\s*(?:,|;|va)\s*")
_LEAST_IN_ROW = 3


@rule(
    "DL258",
    FindingKind.STALE_YEAR,
    Severity.ERROR,
    "Một ngày trong dãy ngày mang năm khác",
    needs=SLASH,
    bad=[said("Tiếp dân các ngày 04/4/2023, 11/4/2023, 18/4/2022, 25/4/2023.")],
    good=[said("Tiếp dân các ngày 04/4/2023, 11/4/2023, 18/4/2023; họp ngày 25/12/2023, 04/01/2024.")],
)
def odd_year_in_row(case: Case) -> Iterator[Hit]:
    """Days one after another; a row may pass into the next year, and does not come back."""
    for piece in case.of(*TOLD, saying=SLASH):
        if piece.text.count("/20") < _LEAST_IN_ROW:
            continue
        row: list[re.Match[str]] = []
        for found in _DATED.finditer(piece.folded):
            if row and not _IN_ROW.fullmatch(piece.folded, row[-1].end(), found.start()):
                yield from _odd(piece, row)
                row = []
            row.append(found)
        yield from _odd(piece, row)


def _odd(piece: Piece, row: list[re.Match[str]]) -> Iterator[Hit]:
    years = [found["y"] or found["y2"] for found in row]
    if len(row) < _LEAST_IN_ROW or len(set(years)) != 2:
        return
    rare = min(set(years), key=years.count)
    if years.count(rare) == 1 and (years[-1] != rare or rare < max(years)):
        found = row[years.index(rare)]
        usual = next(year for year in years if year != rare)
        fix = piece.text[found.start() : found.end() - 4] + usual
        yield Hit(piece, *found.span(), f"Các ngày khác trong dãy đều của năm {usual}: sửa lại năm.", fix)


_HEAD_DAY = re.compile(r"ngay(?<!\wngay)\s+(?P<d>\d{1,2})\s+thang\s+(?P<m>\d{1,2})\s+nam\s+(?P<y>\d{4})")


@rule(
    "DL261",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.ERROR,
    "Ngày của văn bản không có trong lịch",
    bad=[
        filed("Số: 01/BC-UBND\nBến Mẫu, ngày 31 tháng 11 năm 2023\nBÁO CÁO\nKết quả năm 2023\n\nXã đã làm.")
    ],
    good=[
        filed("Số: 01/BC-UBND\nBến Mẫu, ngày 30 tháng 11 năm 2023\nBÁO CÁO\nKết quả năm 2023\n\nXã đã làm.")
    ],
)
def dated_on_no_day(case: Case) -> Iterator[Hit]:
    """'ngày 31 tháng 11' in the head."""
    for line in case.head_lines:
        for found in _HEAD_DAY.finditer(line.folded):
            try:
                date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                yield Hit(line, *found.span(), "Ngày này không có trong lịch: đối chiếu và sửa lại.")


RULES = (other_weekday, impossible_hour, no_such_month, odd_year_in_row, dated_on_no_day)
