"""Phrases that say when a task is due, and where in a row of a table one stands."""

from __future__ import annotations

import re

from dinhlang.officialdoc.model import TaskSchedule
from dinhlang.officialdoc.read.words import fold

_YEAR = r"(?:\s*(?:[/-]|,?\s*nam|\s)\s*(?:19|20)\d\d)?"
_NUMERAL = r"(?:\d{1,2}|[ivx]+)"
_LINKED = r"(?:\s*(?:,|;|\+|-|va|den)\s*)"
_PER = r"(?:thang|quy|tuan|nam|ngay)"
_TIME = "|".join(
    (
        r"thuong xuyen(?:,?\s+lien tuc)?(?:\s+trong nam)?(?:\s+(?:nam\s+)?20\d\d)?",
        rf"(?:hang|moi)\s+{_PER}\s+(?:it nhat\s+)?\d+\s+\w+(?:\s+\w+)?",
        rf"(?:it nhat\s+)?\d+\s+\w+\s*/\s*{_PER}",
        r"(?:dinh ky\s+)?(?:hang|moi)\s+(?:thang|quy|tuan|nam|ngay)(?:\s*(?:,|va)\s*(?:hang\s+)?(?:[69]\s+)?(?:thang|quy|tuan|nam|ngay))*",
        r"dinh ky(?:\s+\d+\s+\w+\s*/\s*\w+)?", r"lien tuc", r"dot xuat", r"(?:ngay|truoc ngay)\s+\d{1,2}\s+(?:thang cuoi quy|hang thang|cua thang|thang sau)", r"(?:sau\s+)?khi (?:co|duoc)\b[^.;]*", r"theo (?:ke hoach|yeu cau|chi dao|huong dan)\b[^.;]*",
        rf"(?:trong\s+)?quy\s+{_NUMERAL}(?:{_LINKED}(?:quy\s+)?{_NUMERAL})*{_YEAR}",
        rf"(?:(?:tu|trong|den het|het|den)\s+)?thang\s+{_NUMERAL}{_YEAR}(?:{_LINKED}(?:thang\s+)?{_NUMERAL}{_YEAR})*",
        r"(?:hoan thanh\s+)?(?:xong\s+)?(?:truoc|cham nhat|tu)\s+(?:ngay\s+)?\d{1,2}/\d{1,2}(?:/\d{4})?(?:\s*(?:-|den)\s*(?:ngay\s+)?\d{1,2}/\d{1,2}(?:/\d{4})?)?",
        r"(?:ngay\s+)?\d{1,2}/\d{1,2}/\d{4}", r"6 thang (?:dau|cuoi) nam(?:\s+20\d\d)?", r"(?:ca|trong)\s+nam(?:\s+20\d\d)?", r"nam\s+20\d\d",
    )
)  # fmt: skip
_PHRASE = rf"(?:{_TIME})(?:\s*[,;]?\s*(?:va\s+)?(?:{_TIME}))*"
# The grammar of schedules knows more phrases, but would also take 'Báo cáo 6 tháng' for a time.
_BEGINS = re.compile(
    r"(?:moi|hang|truoc|sau khi|ngay|khi|theo|quy|thang|tu (?:ngay|thang|quy|nay)|dinh ky|it nhat|toi thieu|cham nhat|muon nhat|"
    r"trong|ca nam|nam 20|0?[69] thang|den|het|dau|giua|cuoi|dip|nhan|thuong xuyen|lien tuc|hoan thanh|xong|tuan|thu |dot xuat|"
    r"\d{1,2} (?:lan|ky|so|buoi|cuoc|tin|bai|thang|quy)|q[.1-4]|t\d)(?!\w)"
)
_LONGEST = 80
_WHOLE = re.compile(rf"\s*(?:{_PHRASE})\s*[.;]?\s*")
_AT_END = re.compile(rf"(?:^|(?<=\s))(?:{_PHRASE})\s*[.;]?\s*$")
_INSIDE = re.compile(rf"(?:^|(?<=\s))(?:{_PHRASE})(?=\s|$)")
_OPEN_PHRASE = re.compile(r"khi |sau khi |theo ")
_NEXT_CELL = re.compile(r"(?<!\bcó)(?<!\bcủa)(?<!\bđược)(?<!\btheo)\s+(?=[A-ZĐÀÁÂÊÔƠƯỦỨỂĂ])")
_AT_START = re.compile(rf"(?:{_PHRASE})(?=\s|$)")


def is_time(text: str) -> bool:
    """Whether the whole text is a time phrase."""
    folded = fold(text).strip(" .;-")
    if _WHOLE.fullmatch(folded):
        return True
    if len(folded) > _LONGEST or not _BEGINS.match(folded):
        return False
    begun = time_at_start(text)
    if begun and text[begun:].lstrip()[:1].isupper():
        # 'Trước ngày 15/6/2024 Văn phòng UBND xã': another cell begins.
        return False
    from dinhlang.periods import schedule

    return schedule.parse(text, None).kind is not schedule.ScheduleKind.UNKNOWN


def time_within(text: str) -> tuple[int, int] | None:
    """Where a time phrase stands that begins with a capital, as the text of a cell does: its start and end."""
    for found in _INSIDE.finditer(fold(text)):
        start, end = found.span()
        if not (text[start].isupper() or text[start].isdigit()):
            continue
        # An open phrase ('Khi có thay đổi …') ends where the next cell begins.
        if _OPEN_PHRASE.match(found[0]) and (beyond := _NEXT_CELL.search(text, start + 1, end)):
            end = beyond.start()
        return start, end
    return None


def time_at_end(text: str) -> int | None:
    """Where the time phrase begins that ends the text."""
    found = _AT_END.search(fold(text))
    return found.start() if found else None


def time_at_start(text: str) -> int | None:
    """Where the time phrase ends that begins the text."""
    found = _AT_START.match(fold(text))
    return found.end() if found else None


def schedule_of(text: str | None, year: int | None) -> TaskSchedule | None:
    """A phrase as the grammar of schedules reads it; `year` is the plan's, for a phrase without one."""
    if text is None:
        return None
    from dinhlang.periods import schedule

    read = schedule.to_json(schedule.parse(text, year))
    return TaskSchedule(text, str(read["kind"]), read["period"], read["rrule"], read["deadline"])
