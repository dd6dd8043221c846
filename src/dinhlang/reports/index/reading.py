"""A criteria set from a table (.xlsx, .csv) as provinces print them. Plain values; `work.sheets` guards the file.

The columns are known by their titles. Rows with a code are areas, criteria, sub-criteria by the parts of the code
('1', '1.2', '1.2.3'; 'I', '1', '1.1' and 'a' too); lines below them without a code are the steps of their score.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.reports.index.bands import number, step_in
from dinhlang.reports.index.building import Built, Row, built
from dinhlang.reports.index.scheme import Scheme, told
from dinhlang.vietnamese.text import fold, one_line
from dinhlang.work.sheets import read_sheet

_LOOKED_AT = 40
_ROMAN = re.compile(r"[IVXLC]+")
_LETTER = re.compile(r"[a-zđ]")
_CODE = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|\d{1,3}|[a-zđ])(?:\.(?:\d{1,3}|[a-zđ]))*")
_TITLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("code", re.compile(r"^(?:stt|tt|so tt|so thu tu|ma|ma so|ma tieu chi)$")),
    ("maximum", re.compile(r"diem toi da|diem chuan|thang diem|^diem$")),
    ("scoring", re.compile(r"cach cham|phuong (?:thuc|phap) (?:cham|danh gia)|nguon diem|loai diem")),
    ("measure", re.compile(r"^chi tieu|so lieu|tinh tu$")),
    ("rule", re.compile(r"quy tac|cach tinh|huong dan|cong thuc|muc diem")),
    ("text", re.compile(r"tieu chi|noi dung|linh vuc")),
)
_TOTAL = re.compile(r"^tong (?:cong|so|diem)\b|^cong$|^tong$")
_YEARS = re.compile(r"nam\s*(?:ap dung\s*:?\s*)?(20\d\d)(?:\s*[-–]\s*(20\d\d))?")
_BASIS = re.compile(r"(?:quyết định|kế hoạch|công văn)\s+số\s*[^\s,;)]+(?:\s+ngày\s+[\d/. -]+\d)?", re.I)


@dataclass(frozen=True, slots=True)
class _Columns:
    code: int
    text: int
    maximum: int
    scoring: int | None = None
    measure: int | None = None
    rule: int | None = None


def read_set(data: bytes, name: str) -> Scheme:
    """The set in the first sheet of a file. What is wrong in single rows is in `problems`.

    Raises `Refused` for a file that is no table, or a table without the three columns that every set has.
    """
    rows = read_sheet(data, name).rows
    at, columns = _header(rows, name)
    out = Built()
    read: list[Row] = []
    declared: Decimal | None = None
    for place, cells in enumerate(rows[at + 1 :], start=at + 2):
        code, text = _written(cells, columns.code), _written(cells, columns.text)
        if _TOTAL.search(fold(text or code)):
            declared = _points(cells, columns.maximum, place, out)
            _note_below(rows[place:], columns, place + 1, out)
            break
        _take(cells, columns, place, code, text, read, out)
    made = built(_renamed(read))
    problems = [*out.problems, *made.problems]
    scheme = Scheme(*_named(rows[:at], name), problems=tuple(problems), notes=(*out.notes, *made.notes))
    scheme = replace(scheme, nodes=made.nodes)
    if declared is not None and made.nodes and declared != scheme.maximum:
        said = _("Dòng tổng ghi %(said)s điểm, các tiêu chí cộng lại được %(sum)s (không kể thưởng, trừ).")
        told_so = said % {"said": told(declared), "sum": told(scheme.maximum)}
        scheme = replace(scheme, problems=(*scheme.problems, told_so))
    return scheme


def _header(rows: Sequence[Sequence[object]], name: str) -> tuple[int, _Columns]:
    for at, cells in enumerate(rows[:_LOOKED_AT]):
        found: dict[str, int] = {}
        for column, cell in enumerate(cells):
            title = fold(one_line(str(cell))) if isinstance(cell, str) else ""
            kind = next((kind for kind, words in _TITLES if title and words.search(title)), None)
            if kind and kind not in found:
                found[kind] = column
        if {"code", "text", "maximum"} <= found.keys():
            return at, _Columns(**found)
    raise Refused(
        _(
            "Tệp “%(name)s” không có dòng tiêu đề của bộ tiêu chí. Cần ba cột: STT (hoặc Mã), "
            "Tiêu chí (hoặc Nội dung) và Điểm tối đa; thêm được Cách chấm, Chỉ tiêu, Quy tắc."
        )
        % {"name": name}
    )


def _note_below(rows: Sequence[Sequence[object]], columns: _Columns, first: int, out: Built) -> None:
    """Say which criteria stand below the sum, since they are not read: as often notes and signatures stand there."""
    for place, cells in enumerate(rows, start=first):
        code = _written(cells, columns.code).strip().rstrip(".)")
        if code and _CODE.fullmatch(code) and _points(cells, columns.maximum, place, Built()):
            out.noted(
                place,
                _("đứng dưới dòng tổng nên không đọc; điểm thưởng, điểm trừ thì đưa lên trên dòng tổng"),
            )


def _take(
    cells: Sequence[object],
    columns: _Columns,
    place: int,
    code: str,
    text: str,
    read: list[Row],
    out: Built,
) -> None:
    code = code.strip().rstrip(".)")
    if isinstance(_cell(cells, columns.code), date):
        out.wrong(place, _("bảng tính đã đổi mã thành ngày; đổi cột mã sang kiểu chữ rồi gõ lại mã"))
        return
    if code and _CODE.fullmatch(code):
        first, *below = _steps_below(_cell(cells, columns.text)) or [text]
        read.append(
            Row(
                place,
                code,
                first,
                _points(cells, columns.maximum, place, out),
                _written(cells, columns.scoring),
                _written(cells, columns.measure),
                _written(cells, columns.rule),
            )
        )
        for line in (*below, *_lines(cells, columns.rule)):
            read[-1].steps.append((line, None))
        return
    if code and not re.fullmatch(r"[-–—+•*]", code):
        out.wrong(place, _("mã “%(code)s” viết lạ; viết như 1, 1.2, 1.2.3") % {"code": code[:20]})
        return
    if not text and not _written(cells, columns.rule):
        return
    if not read:
        return
    score = _points(cells, columns.maximum, place, out)
    if text:
        several = [] if score is not None else _lines(cells, columns.text)
        read[-1].steps += [(line, None) for line in several] or [(text, score)]
    for line in _lines(cells, columns.rule):
        read[-1].steps.append((line, None))


def _steps_below(cell: object) -> list[str]:
    """A criterion whose steps stand in its own cell, each on a line and with its points; empty for any other cell."""
    lines = [one_line(line) for line in cell.splitlines() if line.strip()] if isinstance(cell, str) else []
    are_steps = len(lines) > 1 and all(step_in(line).score is not None for line in lines[1:])
    return lines if are_steps and step_in(lines[0]).score is None else []


def _lines(cells: Sequence[object], column: int | None) -> list[str]:
    """The lines of a cell that has several: each a step."""
    cell = _cell(cells, column)
    if not isinstance(cell, str):
        return []
    lines = [line.strip() for line in re.split(r"[\n;]", cell) if line.strip()]
    return lines if len(lines) > 1 else []


def _cell(cells: Sequence[object], column: int | None) -> object:
    return cells[column] if column is not None and column < len(cells) else None


def _written(cells: Sequence[object], column: int | None) -> str:
    cell = _cell(cells, column)
    if isinstance(cell, float):
        return f"{Decimal(str(cell)).normalize():f}"
    return one_line(str(cell)) if cell is not None else ""


def _points(cells: Sequence[object], column: int, place: int, out: Built) -> Decimal | None:
    written = _written(cells, column)
    plain = re.sub(r"\s*(điểm|đ)\.?$", "", written.strip(), flags=re.I)
    if not plain or plain in {"-", "–", "—"}:
        return None
    try:
        points = number(plain)
    except InvalidOperation:
        points = Decimal("NaN")
    if not points.is_finite() or abs(points) > 1000 or points != round(points, 2):
        out.wrong(place, _("“%(cell)s” không phải điểm; ghi số như 0,5 hoặc 2") % {"cell": written[:30]})
        return None
    return points


def _renamed(rows: Sequence[Row]) -> list[Row]:
    """Codes made whole: under 'I' come '1' and '1.1', a letter stands under the last number, 1.10 may read 1.1."""
    area, last = "", ""
    out: list[Row] = []
    has_roman = any(_ROMAN.fullmatch(row.code) for row in rows)
    for row in rows:
        code = row.code
        if has_roman and _ROMAN.fullmatch(code):
            area, last = code, code
        elif _LETTER.fullmatch(code):
            code = f"{last}.{code}" if last else code
        else:
            code = f"{area}.{code}" if area else code
            if out and code == _shortened(out[-1].code):
                code += "0"
            last = code
        out.append(replace(row, code=code))
    return out


def _shortened(code: str) -> str:
    """What a spreadsheet makes of the code after this one, when this one ends in 9: after 1.9 it says 1.1 for 1.10."""
    head, _dot, tail = code.rpartition(".")
    return f"{head}.1" if head and tail == "9" and head.count(".") == 0 else ""


def _named(rows: Sequence[Sequence[object]], name: str) -> tuple[str, tuple[()], int | None, int | None, str]:
    """Name, years and legal basis as the lines above the table say them."""
    lines = [one_line(str(cell)) for cells in rows for cell in cells if isinstance(cell, str)]
    whole = " ".join(lines)
    years = _YEARS.search(fold(whole))
    basis = _BASIS.search(whole)
    title = next((line for line in lines if "chi so" in fold(line) or "tieu chi" in fold(line)), "")
    return (
        title[:300] or name.rsplit(".", 1)[0][:300],
        (),
        int(years[1]) if years else None,
        int(years[2]) if years and years[2] else None,
        basis[0][:300] if basis else "",
    )
