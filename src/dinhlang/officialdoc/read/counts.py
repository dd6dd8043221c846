"""Figures that have no unit beside them: in the cells of a table, after a label, and numbers in words.

'| Tin, bài | bài | 62 |' counts what its row and its column say; 'Tổng số hồ sơ tiếp nhận: 1.105 (trực tuyến: 1.037)'
counts what the label says, and a number in brackets the same as the one before them; 'ba hội nghị' is three of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dinhlang.officialdoc.model import Figure
from dinhlang.officialdoc.read.lines import Passage
from dinhlang.officialdoc.read.units import UNIT, indicator
from dinhlang.officialdoc.read.words import fold

NUMBER = r"(?P<value>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?: \d{3})+(?![\w.,/]*\d)(?:,\d+)?|\d+,\d+|\d+\.\d{1,2}(?!\.?\d)|\d+)"
"""Dots (or blanks) part thousands and a comma the decimals: 6.694 is six thousand, 86,5 is eighty-six and a half.

What has one or two digits after a dot can be no thousand: 98.5 is ninety-eight and a half.
"""

_POINT = re.compile(r"\d+\.\d{1,2}")
_UNIT = re.compile(UNIT)
_CELL = re.compile(rf"\s*{NUMBER}\s*(?P<percent>%)?\s*")
_UNIT_TITLE = re.compile(r"\s*(?:don vi tinh|dvt|d\.v\.t|don vi do)\b")
# Columns in which numbers count nothing.
_NAMELESS_TITLE = re.compile(
    r"(?:\bnam\b|ngay|ky hieu|so van ban|so hieu|dien thoai|ma so|ghi chu$|^so$|^tt$|^stt$)"
)
_BARE = re.compile(
    rf"(?P<lead>:|\b(?:la|dat|co))\s+(?:(?P<qualifier>hon|gan|khoang|tren|it nhat)\s+)?{NUMBER}(?=\s*(?:[;()]|[,.](?!\d)|$))"
)
# Words whose first part is a unit by its letters only: 'hộ tịch', 'Đất đai', 'giải quyết', 'xã hội', 'lĩnh vực'.
_OTHER_WORD = re.compile(
    r"hộ (?:tịch|chiếu|khẩu)|đai|giải (?:quyết|pháp|trình|ngân)|xã hội|lĩnh vực|hội đồng|đơn giản|tổ chức|phòng,|điểm đến|ban hành|đảng (?:ủy|bộ)|cơ quan|đơn vị|trung tâm|bộ phận|thôn|trang thông"
)
# A unit stands first in a title, after what says that it is counted, or in brackets.
_TITLE_LEAD = re.compile(
    r"(?:^|\(|/|:|[.;]|\b(?:so|tong|luong|cac|tong cong|cong|co|phat|dang|to chuc|treo|cap|moi|tiep nhan|giai quyet|ban hanh)\b)\s*$"
)
_NO_COUNT = re.compile(r"dien thoai|tai khoan|ma so|so hieu|\bsdt\b|\bfax\b|\bdt\b|phong hop|duong day")
_LABEL = 90
_LABEL_START = re.compile(r".*(?:[;.(:]|,(?!\s+bai\b))(?=\s)")
# '12 triệu 500 nghìn đồng' is one sum.
_SUM = re.compile(
    r"(?<![\w.,/-])(?P<high>\d{1,4})\s+(?P<unit>ty|trieu)\s+(?P<low>\d{1,3})\s+(?P<part>trieu|nghin|ngan)\s+dong\b"
)
_TIMES = {"ty": 10**9, "trieu": 10**6, "nghin": 10**3, "ngan": 10**3}
_IN_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
# A passage has single spaces.
_BEFORE_UNIT = tuple(f"{word} " for word in _IN_WORDS)
# Five ('năm') is left out: the word is 'year' far more often. So are things that are spoken of rather than counted.
_WORD = re.compile(r"(?<!\w)(?P<word>[Hh]ai|[Bb]a|[Bb]ốn|[Ss]áu|[Bb]ảy|[Tt]ám|[Cc]hín|[Mm]ười)\s+(?=\w)")
_ORDER = re.compile(
    r"\b(?:thu|thang|lop|to|thon|khu|dieu|muc|quy|so|buoc|ap|xom|muoi|phan|ngay|quan|phuong|cap|va|nam|tram|nghin|giai)\s+$"
)
_SPOKEN_OF = re.compile(
    r"(?:noi dung|don vi|co quan|nhiem vu|giai phap|to chuc|truong hop|diem|van ban|xa|huyen|phuong|ban|bo|thi tran|phong|don|anh|trang|chi tieu|tieu chi|dai|nguoi|ca nhan|tap the)\b"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table that may state figures, with what its row and its column say of a bare number."""

    words: Passage
    unit: str | None
    label: str


def value_of(printed: str) -> int | float:
    """'6.694' and '6 694' are 6694, '86,5' and '86.5' are 86.5, '01' is 1."""
    if _POINT.fullmatch(printed):
        return float(printed)
    plain = printed.replace(".", "").replace(" ", "")
    return float(plain.replace(",", ".")) if "," in plain else int(plain)


def cells_of(header: Sequence[str], rows: Iterable[Sequence[Passage]], left_out: Iterable[int]) -> list[Cell]:
    """The cells of a table's rows that may state figures. `left_out` are columns that never do (ordinals, times)."""
    titles = [fold(title) for title in header]
    unit_column = next((index for index, title in enumerate(titles) if _UNIT_TITLE.match(title)), None)
    nameless = {index for index, title in enumerate(titles) if _NAMELESS_TITLE.search(title)}
    skipped = {*left_out, *([] if unit_column is None else [unit_column])}
    found = []
    for row in rows:
        given = row[unit_column].text if unit_column is not None and unit_column < len(row) else ""
        label = next(
            (cell.text for index, cell in enumerate(row) if index not in skipped and _is_label(cell)), ""
        )
        for index, cell in enumerate(row):
            if index in skipped or not any(character.isdigit() for character in cell.text):
                continue
            title = header[index] if index < len(header) else ""
            titled = _unit_of(title)
            said = (titled, given) if titled == "%" else (given, titled)
            unit = None if index in nameless else next(filter(None, (*said, _unit_of(label))), None)
            found.append(Cell(cell, unit or None, f"{label} {title}".strip()))
    return found


def _is_label(cell: Passage) -> bool:
    return any(character.isalpha() for character in cell.text)


def _unit_of(words: str) -> str | None:
    """The unit that a title names: 'Tỷ lệ (%)', 'Số hồ sơ tiếp nhận'."""
    if "%" in words or "tỷ lệ" in words.lower():
        return "%"
    folded = fold(words)
    for found in _UNIT.finditer(folded):
        if not _OTHER_WORD.match(words.lower(), found.start()) and _TITLE_LEAD.search(
            folded, 0, found.start()
        ):
            return words[found.start() : found.end()]
    return None


def figure_of(cell: Cell, target: bool) -> Figure | None:
    """The figure of a cell that holds a bare number and counts something known; else `None`."""
    found = _CELL.fullmatch(cell.words.folded)
    if found is None:
        return None
    unit = "%" if found["percent"] else cell.unit
    if unit is None:
        return None
    concept = None if target else indicator(unit, fold(cell.label), "")
    subject = cell.label or None
    return Figure(value_of(found["value"]), unit, subject, cell.words.text, None, concept, cell.words.span)


def sums_in(words: Passage, closed: bytearray) -> list[Figure]:
    """Sums of money in two parts, in đồng. Their places are closed to other figures."""
    found: list[Figure] = []
    if "dong" not in words.folded or not (" ty" in words.folded or " trieu" in words.folded):
        return found
    for match in _SUM.finditer(words.folded):
        value = int(match["high"]) * _TIMES[match["unit"]] + int(match["low"]) * _TIMES[match["part"]]
        quote = words.text[match.start() : match.end()]
        found.append(
            Figure(
                value,
                words.text[match.end() - 4 : match.end()],
                None,
                quote,
                None,
                None,
                words.span_of(match.start(), match.end()),
            )
        )
        closed[match.start() : match.end()] = b"x" * (match.end() - match.start())
    return found


def bare_in(words: Passage, closed: bytearray, known: Sequence[Figure], target: bool) -> list[Figure]:
    """The numbers after a label that names what they count. `known` are the figures already found in the passage."""
    found: list[Figure] = []
    for match in _BARE.finditer(words.folded):
        printed = match["value"]
        if closed[match.start("value")] or (len(printed) > 2 and printed[0] == "0"):
            continue
        first = max(match.start() - _LABEL, 0)
        start = _LABEL_START.match(words.folded, first, match.start())
        begin = start.end() if start else first
        label = words.text[begin : match.start()].strip()
        if _NO_COUNT.search(fold(label)):
            continue
        unit = _unit_of(label) or (_inherited(words, match, known, found) if match["lead"] == ":" else None)
        if unit is None or unit == "%":
            continue
        qualifier = (
            words.text[match.start("qualifier") : match.end("qualifier")].lower() or None
            if match["qualifier"]
            else None
        )
        concept = None if target else indicator(unit, fold(label), "")
        span = words.span_of(match.start("value"), match.end("value"))
        found.append(
            Figure(
                value_of(printed),
                unit,
                label or None,
                words.text[begin : match.end("value")].strip(),
                qualifier,
                concept,
                span,
            )
        )
    return found


def _inherited(
    words: Passage, match: re.Match[str], known: Sequence[Figure], found: Sequence[Figure]
) -> str | None:
    """The unit of the figure before an open bracket, which the numbers in it part."""
    opened = words.text.rfind("(", 0, match.start())
    if opened < 0 or words.text.find(")", opened, match.start()) >= 0:
        return None
    at = words.span_of(opened, opened + 1)
    before = [
        one
        for one in (*known, *found)
        if one.span is not None
        and (one.span.line, one.span.column) < (at.line, at.column)
        and one.unit != "%"
    ]
    return (
        max(before, key=lambda one: (one.span.line, one.span.column) if one.span else (0, 0)).unit
        if before
        else None
    )


def written_in(words: Passage, closed: bytearray, target: bool) -> list[Figure]:
    """The numbers in words before a known unit: 'ba hội nghị', 'Hai cuộc thi'."""
    found: list[Figure] = []
    lowered = words.text.lower()
    if not any(word in lowered for word in _BEFORE_UNIT):
        return found
    for match in _WORD.finditer(words.text):
        unit = _UNIT.match(words.folded, match.end())
        before = words.folded[max(match.start() - 12, 0) : match.start()]
        if unit is None or closed[match.start()] or _SPOKEN_OF.match(unit[0]) or _ORDER.search(before):
            continue
        name = words.text[unit.start() : unit.end()]
        span = words.span_of(match.start(), unit.end())
        concept = None if target else indicator(name, words.folded[unit.start() : unit.end() + 60], "")
        quote = words.text[match.start() : unit.end()]
        found.append(Figure(_IN_WORDS[match["word"].lower()], name, quote, quote, None, concept, span))
    return found
