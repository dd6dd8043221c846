"""Numbers and periods that belong together: from … to …, so many a month and so many a year, what a letter asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.letters import begins
from dinhlang.officialdoc.check.needs import ON_PERIOD, of_kind
from dinhlang.officialdoc.check.noted import words
from dinhlang.officialdoc.check.pieces import PROSE, Part
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.wording import MONTH, NUMBER, SLASH, YEAR
from dinhlang.officialdoc.model import Kind, PartialDate
from dinhlang.officialdoc.read.words import fold
from dinhlang.periods.identifier import Kind as PeriodKind
from dinhlang.periods.identifier import find_period

_TOLD = (*PROSE, Part.HEADING, Part.CELL)
_UP_TO = words("đến")
_FROM_TO = re.compile(
    r"tu(?<!\wtu)\s+(?P<all>(?P<low>\d{1,3})\s+(?:den|-)\s+(?P<high>\d{1,3}))\s+(?:phut|giay|gio|lan|tin|bai|buoi|cuoc|hoi nghi|nguoi|lop|so|ky|trang|trieu dong|ngay lam viec)\b"
)


@rule(
    "DL234",
    FindingKind.OTHER,
    Severity.ERROR,
    "Khoảng “từ … đến …” có số đầu lớn hơn số cuối",
    bad=[said("Mỗi tuần phát ít nhất 02 lần, mỗi lần từ 10 đến 5 phút.")],
    good=[said("Mỗi tuần phát ít nhất 02 lần, mỗi lần từ 5 đến 10 phút; giảm từ 10 đến 5.")],
)
def range_turned_round(case: Case) -> Iterator[Hit]:
    """'từ 10 đến 5 phút': nobody means that. What rises or falls is told otherwise."""
    for piece in case.of(*_TOLD, saying=_UP_TO & NUMBER):
        for found in _FROM_TO.finditer(piece.folded):
            falls = re.search(r"\bgiam\s+$", piece.folded[: found.start()])
            if int(found["low"]) > int(found["high"]) and not falls:
                message = f"Số đầu {found['low']} lớn hơn số cuối {found['high']}: đối chiếu và sửa."
                yield Hit(piece, *found.span("all"), message)


_UNIT = r"(?:tin|bai|so|ky|buoi|cuoc|luot|chuyen muc|chuyen trang|ban tin|hoi nghi|lan)"
# Told as '02 tin, bài/tháng (24 tin, bài/năm)'.
_BY_STROKE = re.compile(
    rf"(?P<month>\d(?<![\d/.,]\d)\d{{0,2}})\s+(?P<unit>{_UNIT})\b[^.;\d/]{{0,20}}/\s*(?:01\s+|1\s+|moi\s+)?thang\b[^.;\d]{{0,25}}(?P<year>\d{{1,4}})\s+{_UNIT}\b[^.;\d/]{{0,20}}/\s*(?:01\s+|1\s+)?nam\b"
)
# Told as 'mỗi tháng 02 số; phấn đấu cả năm 24 số'.
_BY_EACH = re.compile(
    rf"{begins('moi', 'hang')}\s+thang\s+(?:[a-z]+\s+){{0,3}}?(?:(?:it nhat|toi thieu)\s+)?(?P<month>\d{{1,3}})\s+(?P<unit>{_UNIT})\b[^.\d]{{0,40}}?\b(?:ca|mot|trong)\s+nam\s+(?:[a-z]+\s+){{0,3}}?(?P<year>\d{{1,4}})\s+(?P=unit)\b"
)
_RATES = ((SLASH, _BY_STROKE), (words("mỗi", "hằng", "hàng"), _BY_EACH))
_AT_LEAST = re.compile(r"(?:it nhat|toi thieu)\s+$")
_MONTHS = 12


@rule(
    "DL241",
    FindingKind.SUM_MISMATCH,
    Severity.WARNING,
    "Số mỗi tháng nhân 12 khác số của cả năm",
    bad=[
        said("Viết ít nhất 02 tin, bài/tháng (15 tin, bài/năm)."),
        said("Duy trì chuyên mục mỗi tháng 02 số; phấn đấu cả năm 20 số."),
    ],
    good=[
        said("Viết ít nhất 02 tin, bài/tháng (30 tin, bài/năm)."),
        said("Duy trì chuyên mục mỗi tháng 02 số; phấn đấu cả năm 24 số."),
    ],
)
def month_against_year(case: Case) -> Iterator[Hit]:
    """Twelve months are a year; with 'ít nhất' a year may have more."""
    for kind, pattern in _RATES:
        for piece in case.of(*_TOLD, saying=kind & NUMBER & MONTH & YEAR):
            for found in pattern.finditer(piece.folded):
                whole, year = int(found["month"]) * _MONTHS, int(found["year"])
                is_least = _AT_LEAST.search(piece.folded, 0, found.start("month"))
                if year < whole or (year > whole and not is_least):
                    message = f"12 × {found['month']} = {whole}, ở đây ghi cả năm {year}: đối chiếu và sửa."
                    yield Hit(piece, found.start("month"), found.end("year"), message)


_REPORTS = words("báo") & words("cáo")
_ASKED = re.compile(r"\bbao cao\b(?P<what>[^.;:,]{0,120})")
_REQUEST = {
    "kind": Kind.LETTER,
    "symbol": "SNV-CCHC",
    "subject": "V/v báo cáo kết quả tuyên truyền quý III năm 2025",
    "period": "2025-Q3",
    "date": PartialDate(5, 9, 2025),
}


@rule(
    "DL267",
    FindingKind.PERIOD_MISMATCH,
    Severity.ERROR,
    "Công văn yêu cầu báo cáo một kỳ khác với kỳ ở trích yếu",
    needs=of_kind(Kind.LETTER) & ON_PERIOD,
    bad=[said("Sở Nội vụ đề nghị các đơn vị báo cáo kết quả tuyên truyền 9 tháng đầu năm 2025.", **_REQUEST)],
    good=[
        said("Sở Nội vụ đề nghị các đơn vị báo cáo kết quả tuyên truyền quý III năm 2025.", **_REQUEST),
        said("Đề nghị báo cáo năm 2025 theo Kế hoạch số 12/KH-UBND.", **_REQUEST),
    ],
)
def asks_for_other_period(case: Case) -> Iterator[Hit]:
    """What the subject says is asked for, the letter asks for too. A year alone may be that of the plan."""
    own = case.period
    if own is None or "bao cao" not in fold(case.document.subject or ""):
        return
    for piece in case.of(*PROSE, saying=_REPORTS):
        for found in _ASKED.finditer(piece.folded):
            text = piece.text[found.start("what") : found.end("what")]
            asked = None if "/" in text else find_period(text, own.year)
            if asked is None or asked == own or PeriodKind.YEAR in (asked.kind, own.kind):
                continue
            message = f"Trích yếu nói {own.label}, câu này nói {asked.label}: sửa cho khớp."
            yield Hit(piece, *found.span("what"), message)


RULES = (range_turned_round, month_against_year, asks_for_other_period)
