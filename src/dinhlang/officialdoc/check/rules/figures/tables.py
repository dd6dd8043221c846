"""Figures of a table that do not agree with each other, and rows whose numbers jump."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import permutations

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity, Step
from dinhlang.officialdoc.check.pieces import Part, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.figures.quantities import of_case
from dinhlang.officialdoc.check.rules.figures.reading import NUMBER, decimal, told
from dinhlang.officialdoc.kept import once
from dinhlang.officialdoc.model import Table
from dinhlang.officialdoc.read.words import fold

_TOTAL_ROW = re.compile(r"^\W*(?:tổng(?:\s+(?:cộng|số))?|cộng)\W*$")
_WHOLE_CELL = re.compile(rf"^\s*({NUMBER})\s*$")
_DECIMAL_CELL = re.compile(r"^\s*(\d{1,3}(?:\.\d{3})*(?:,\d{1,3})?|\d{1,9}(?:,\d{1,3})?)\s*%?\s*$")
_EMPTY_CELL = re.compile(r"^[\s–—\-.…/]*$")
_NO_COUNT = re.compile(
    r"stt|\btt\b|t[iy] le|%|so sanh|tang|giam|cung ky|ngay|nam\b|ghi chu|so ky hieu|don gia|binh quan"
)
_SUB_ROW = re.compile(r"^\s*(?:\d+\.\d+|[-+*•]|[a-zđ]\)|trong do)")


@dataclass(frozen=True, eq=False)
class Grid:
    """A table with the way to it and its cells as pieces."""

    path: tuple[Step, ...]
    table: Table
    cells: dict[tuple[Step, ...], Piece]

    def cell(self, row: int, column: int) -> Piece | None:
        return self.cells.get((*self.path, "rows", row, column))

    def header(self, column: int) -> str:
        return fold(self.table.header[column]) if column < len(self.table.header) else ""

    @property
    def width(self) -> int:
        return max((len(row) for row in self.table.rows), default=0)

    def text(self, row: int, column: int) -> str:
        cells = self.table.rows[row]
        return cells[column] if column < len(cells) else ""

    def is_total(self, row: int) -> bool:
        return any(_TOTAL_ROW.match(cell.lower()) for cell in self.table.rows[row][:2])


@once
def grids(case: Case) -> tuple[Grid, ...]:
    """The tables of the document and of its appendices."""
    cells = {piece.path: piece for piece in case.of(Part.CELL)}
    document = case.document
    found = [
        Grid(("body", index), block, cells)
        for index, block in enumerate(document.body)
        if isinstance(block, Table)
    ]
    for place, appendix in enumerate(document.appendices):
        found += [
            Grid(("appendices", place, "blocks", index), block, cells)
            for index, block in enumerate(appendix.blocks)
            if isinstance(block, Table)
        ]
    return tuple(found)


def _channels(*rows: tuple[str, ...]) -> tuple[Table, ...]:
    return (Table(("STT", "Kênh", "Số tin"), rows),)


@rule(
    "DL221",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Dòng tổng của bảng khác tổng các dòng",
    bad=[
        said("Số liệu:", blocks=_channels(("1", "Cổng", "36"), ("2", "Đài", "12"), ("", "Tổng cộng", "49")))
    ],
    good=[
        said("Số liệu:", blocks=_channels(("1", "Cổng", "36"), ("2", "Đài", "12"), ("", "Tổng cộng", "48"))),
        said(
            "Số liệu:",
            blocks=_channels(("1", "Cổng", "36"), ("1.1", "Trong đó tin", "12"), ("", "Tổng cộng", "36")),
        ),
    ],
)
def sum_in_table(case: Case) -> Iterator[Hit]:
    """A first or a last row called 'Tổng', beside rows that are all counts. Rows of rows are left alone."""
    for grid in grids(case):
        rows = grid.table.rows
        if len(rows) < 3:
            continue
        total = next((at for at in (len(rows) - 1, 0) if grid.is_total(at)), None)
        others = [row for at, row in enumerate(rows) if at != total]
        if total is None or any(_is_sub(row) for row in others):
            continue
        for column in range(1, len(rows[total])):
            counted = _DECIMAL_CELL.match(rows[total][column])
            values = _values([row[column] if column < len(row) else "" for row in others])
            if (
                counted is None
                or not values
                or _NO_COUNT.search(grid.header(column))
                or decimal(counted[1]) == sum(values)
            ):
                continue
            piece = grid.cell(total, column)
            if piece is not None and _broken(grid, column) is None and not any(row_total_of(grid)):
                message = f"Tổng của cột là {told(sum(values, Fraction(0)))}, ở đây ghi {counted[1]}: đối chiếu và sửa."
                yield Hit(piece, *counted.span(1), message)


def _is_sub(row: Sequence[str]) -> bool:
    return any(_SUB_ROW.match(fold(cell)) for cell in row[:2]) or any(
        _TOTAL_ROW.match(cell.lower()) for cell in row[:2]
    )


def _values(cells: Sequence[str]) -> list[Fraction]:
    """The counts of a column; none unless every cell is a count or empty, and at least two are counts."""
    values = []
    for cell in cells:
        found = _DECIMAL_CELL.match(cell)
        if found and "%" not in cell:
            values.append(decimal(found[1]))
        elif not _EMPTY_CELL.match(cell):
            return []
    return values if len(values) > 1 else []


_Relation = tuple[str, Callable[[Fraction, Fraction, Fraction], bool], str]
_RELATIONS: tuple[_Relation, ...] = (
    ("sum", lambda one, two, three: one + two == three, "+"),
    ("product", lambda one, two, three: one * two == three, "×"),
)
_LEAST_ROWS = 3


@rule(
    "DL242",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Các cột của một dòng không khớp nhau như ở những dòng khác",
    bad=[
        said(
            "Số liệu:",
            blocks=(
                Table(
                    ("Lĩnh vực", "Tiếp nhận", "Đã giải quyết", "Đang giải quyết"),
                    (
                        ("Hộ tịch", "1.120", "1.120", "0"),
                        ("Đất đai", "350", "312", "48"),
                        ("Bảo trợ xã hội", "250", "236", "14"),
                        ("Chứng thực", "90", "84", "6"),
                    ),
                ),
            ),
        ),
        said(
            "Dự toán:",
            blocks=(
                Table(
                    ("Nội dung", "Số lượng", "Đơn giá", "Thành tiền"),
                    (
                        ("Cụm loa", "12", "20", "250"),
                        ("Phần mềm", "2", "18", "36"),
                        ("Tập huấn", "3", "10", "30"),
                    ),
                ),
            ),
        ),
    ],
    good=[
        said(
            "Số liệu:",
            blocks=(
                Table(
                    ("Lĩnh vực", "Tiếp nhận", "Đã giải quyết", "Đang giải quyết"),
                    (
                        ("Hộ tịch", "1.120", "1.120", "0"),
                        ("Đất đai", "350", "302", "48"),
                        ("Bảo trợ xã hội", "250", "236", "14"),
                    ),
                ),
            ),
        ),
        said(
            "Số liệu:",
            blocks=(
                Table(
                    ("Thôn", "Số hộ", "Số loa", "Số tin"),
                    (("A", "10", "5", "7"), ("B", "20", "3", "23"), ("C", "30", "4", "9")),
                ),
            ),
        ),
    ],
)
def row_unlike_others(case: Case) -> Iterator[Hit]:
    """What holds in every other row (a + b = c, a × b = c) holds in this one too."""
    for grid in grids(case):
        told_rows: set[int] = set()
        for columns, (_, _, sign), row, values in _all_broken(grid):
            piece = grid.cell(row, _culprit(grid, row, columns, values, sign))
            if piece is None or row in told_rows:
                continue
            told_rows.add(row)
            one, two, three = (told(value) for value in values)
            right = told(values[0] + values[1] if sign == "+" else values[0] * values[1])
            message = f"Ở các dòng khác {one_of(grid, columns, sign)}, ở đây {one} {sign} {two} = {right}, khác {three}: đối chiếu và sửa."
            yield Hit(piece, 0, len(piece.text), message)


def _culprit(
    grid: Grid,
    row: int,
    columns: tuple[int, int, int],
    values: tuple[Fraction, Fraction, Fraction],
    sign: str,
) -> int:
    """The column whose total comes out right when the relation is mended there; else the last."""
    one, two, three = values
    if sign != "+":
        return columns[2]
    for column, mended, written in zip(columns, (three - two, three - one, one + two), values, strict=True):
        total = next((at for at in range(len(grid.table.rows)) if grid.is_total(at)), None)
        if total is None or total == row:
            break
        cells = [
            _DECIMAL_CELL.match(grid.text(at, column)) for at in range(len(grid.table.rows)) if at != total
        ]
        counted = _DECIMAL_CELL.match(grid.text(total, column))
        added = sum((decimal(cell[1]) for cell in cells if cell), Fraction(0))
        if (
            counted
            and added - written + mended == decimal(counted[1])
            and mended != written
            and added != decimal(counted[1])
        ):
            return column
    return columns[2]


def one_of(grid: Grid, columns: Sequence[int], sign: str) -> str:
    """The relation in the words of the header."""
    names = [grid.table.header[column] if column < len(grid.table.header) else "" for column in columns]
    return f"“{names[0]}” {sign} “{names[1]}” = “{names[2]}”"


def _broken(grid: Grid, column: int) -> int | None:
    """The row with the odd value of a column that takes part in a relation."""
    return next((row for columns, _, row, _ in _all_broken(grid) if column in columns), None)


_Broken = tuple[tuple[int, int, int], _Relation, int, tuple[Fraction, Fraction, Fraction]]
_MOST_ROWS, _MOST_COLUMNS = 60, 9


@lru_cache(maxsize=32)
def _all_broken(grid: Grid) -> tuple[_Broken, ...]:
    """Relations of three columns that all rows but one keep."""
    rows = grid.table.rows
    if not _LEAST_ROWS <= len(rows) <= _MOST_ROWS:
        return ()
    numeric = [column for column in range(1, min(grid.width, _MOST_COLUMNS)) if _is_numeric(grid, column)]
    first = 0 if _is_numeric(grid, 0) and "tt" not in grid.header(0) else None
    numeric = [first, *numeric] if first is not None else numeric
    found: list[_Broken] = []
    for one, two, three in permutations(numeric, 3):
        if one > two:
            continue
        for relation in _RELATIONS:
            broken = _exception(grid, (one, two, three), relation)
            if broken is not None:
                found.append(((one, two, three), relation, *broken))
    return tuple(found)


def _is_numeric(grid: Grid, column: int) -> bool:
    cells = [grid.text(row, column) for row in range(len(grid.table.rows))]
    counts = sum(bool(_DECIMAL_CELL.match(cell)) for cell in cells)
    return counts >= _LEAST_ROWS - 1 and all(
        _DECIMAL_CELL.match(cell) or _EMPTY_CELL.match(cell) for cell in cells
    )


def _exception(
    grid: Grid, columns: tuple[int, int, int], relation: _Relation
) -> tuple[int, tuple[Fraction, Fraction, Fraction]] | None:
    kept, odd = 0, []
    is_priced = relation[0] == "product" and bool(
        re.search("don gia|muc chi|dinh muc", " ".join(grid.header(column) for column in columns[:2]))
        and re.search("thanh tien|kinh phi|so tien|tong", grid.header(columns[2]))
    )
    for row in range(len(grid.table.rows)):
        found = [_DECIMAL_CELL.match(grid.text(row, column)) for column in columns]
        if not all(found):
            continue
        one, two, three = (decimal(match[1]) for match in found if match)
        if relation[1](one, two, three):
            # What changes nothing (a + 0, a × 1) bears out little, unless the header says what is multiplied.
            kept += bool(one and two) and (relation[0] == "sum" or 1 not in (one, two) or is_priced)
        else:
            odd.append((row, (one, two, three)))
    if len(odd) != 1 or kept < _LEAST_ROWS - 1:
        return None
    return odd[0]


_ORDINAL = re.compile(r"^\s*(\d{1,3})[.)]?\s*$")
_IS_ORDINAL = re.compile(r"^\W*(?:stt|tt|so tt|so thu tu)\W*$")


@rule(
    "DL508",
    FindingKind.NUMBERING,
    Severity.WARNING,
    "Số thứ tự trong bảng bị trùng, nhảy số",
    bad=[
        said("Số liệu:", blocks=_channels(("1", "Cổng", "36"), ("1", "Đài", "12"), ("3", "Zalo", "9"))),
        said("Số liệu:", blocks=_channels(("1", "Cổng", "36"), ("2", "Đài", "12"), ("4", "Zalo", "9"))),
    ],
    good=[
        said("Số liệu:", blocks=_channels(("1", "Cổng", "36"), ("2", "Đài", "12"), ("3", "Zalo", "9"))),
        said(
            "Số liệu:",
            blocks=_channels(
                ("I", "Tin", ""),
                ("1", "Cổng", "36"),
                ("2", "Đài", "2"),
                ("II", "Bài", ""),
                ("1", "Cổng", "9"),
            ),
        ),
    ],
)
def ordinals(case: Case) -> Iterator[Hit]:
    """1, 2, 3 in the column of ordinals; they may begin anew."""
    for grid in grids(case):
        if not _IS_ORDINAL.match(grid.header(0)):
            continue
        before: int | None = None
        for row in range(len(grid.table.rows)):
            found = _ORDINAL.match(grid.text(row, 0))
            value = int(found[1]) if found else None
            if value is None:
                before = before if not grid.text(row, 0).strip() else None
                continue
            piece = grid.cell(row, 0)
            if (before is not None and value not in (1, before + 1)) or (before == 1 and value == 1):
                if piece is not None:
                    message = f"Số thứ tự sau {before} phải là {before + 1}, ở đây ghi {value}: đánh lại số."
                    yield Hit(piece, 0, len(piece.text), message)
                value = before + 1
            before = value


_ALL_OF_ROW = re.compile(r"^\W*(?:tong|cong|tong so|tong cong|tiep nhan)\b|tong so")


@rule(
    "DL244",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Cột tổng của một dòng khác tổng các cột của dòng ấy",
    bad=[
        said(
            "Số liệu:",
            blocks=(
                Table(
                    ("Lĩnh vực", "Trực tuyến", "Trực tiếp", "Bưu chính", "Tổng số"),
                    (
                        ("A", "10", "5", "1", "16"),
                        ("B", "20", "3", "2", "25"),
                        ("C", "141", "19", "30", "180"),
                        ("D", "8", "4", "1", "13"),
                    ),
                ),
            ),
        )
    ],
    good=[
        said(
            "Số liệu:",
            blocks=(
                Table(
                    ("Lĩnh vực", "Trực tuyến", "Trực tiếp", "Bưu chính", "Tổng số"),
                    (
                        ("A", "10", "5", "1", "16"),
                        ("B", "20", "3", "2", "25"),
                        ("C", "141", "19", "30", "190"),
                        ("D", "8", "4", "1", "13"),
                    ),
                ),
            ),
        )
    ],
)
def row_total(case: Case) -> Iterator[Hit]:
    """A last or first column of counts that is the sum of the others in every row but one."""
    for grid in grids(case):
        for row, column, values in row_total_of(grid):
            piece = grid.cell(row, column)
            if piece is not None:
                message = f"Các cột của dòng này cộng lại là {told(sum(values[:-1], Fraction(0)))}, ở đây ghi {told(values[-1])}: đối chiếu và sửa."
                yield Hit(piece, 0, len(piece.text), message)


def row_total_of(grid: Grid) -> Iterator[tuple[int, int, list[Fraction]]]:
    """The row whose columns do not add up to its total, when all others do: row, column of the total, all values."""
    rows = range(len(grid.table.rows))
    numeric = [column for column in range(1, min(grid.width, _MOST_COLUMNS)) if _is_numeric(grid, column)]
    if len(numeric) < 4 or not _LEAST_ROWS <= len(rows) <= _MOST_ROWS:
        return
    for total in (numeric[-1], numeric[0]):
        columns = [*(column for column in numeric if column != total), total]
        told_rows = [(row, values) for row in rows if (values := _row_values(grid, row, columns))]
        odd = [(row, values) for row, values in told_rows if sum(values[:-1]) != values[-1]]
        if _ALL_OF_ROW.search(grid.header(total)) and len(odd) == 1 and len(told_rows) >= _LEAST_ROWS:
            yield odd[0][0], total, odd[0][1]


def _row_values(grid: Grid, row: int, columns: Sequence[int]) -> list[Fraction]:
    found = [_DECIMAL_CELL.match(grid.text(row, column)) for column in columns]
    return [decimal(match[1]) for match in found if match] if all(found) else []


_IN_TEXT = re.compile(r"\b(?:tong so|tong cong|tat ca|toan phuong|toan xa|gom|co|bo tri)\b[^.;:]{0,40}$")
_MOST_OFF = 3


@rule(
    "DL245",
    FindingKind.SUM_MISMATCH,
    Severity.WARNING,
    "Tổng số nêu trong câu khác tổng của cột trong bảng",
    bad=[
        said(
            "Tổng số người trực là 08 người.",
            blocks=(
                Table(("Điểm hỗ trợ", "Người trực"), (("A", "02"), ("B", "02"), ("C", "01"), ("D", "02"))),
            ),
        )
    ],
    good=[
        said(
            "Tổng số người trực là 07 người.",
            blocks=(
                Table(("Điểm hỗ trợ", "Người trực"), (("A", "02"), ("B", "02"), ("C", "01"), ("D", "02"))),
            ),
        )
    ],
)
def column_against_text(case: Case) -> Iterator[Hit]:
    """A column of counts without a total, and the sentence that says how many there are of what its header names."""
    for grid in grids(case):
        rows = range(len(grid.table.rows))
        if len(rows) < _LEAST_ROWS or any(grid.is_total(row) for row in rows):
            continue
        for column in range(1, grid.width):
            values = [_DECIMAL_CELL.match(grid.text(row, column)) for row in rows]
            if not all(values):
                continue
            total = sum((decimal(match[1]) for match in values if match), Fraction(0))
            yield from _told_otherwise(case, grid.header(column), total)


def _told_otherwise(case: Case, header: str, total: Fraction) -> Iterator[Hit]:
    words = header.split()
    for piece, quantities in of_case(case).items():
        for one in quantities:
            unit = one.unit.split()[:2]
            named = "nguoi" in words if one.unit == "people" else len(unit) == 2 and " ".join(unit) in header
            before = piece.folded[max(0, one.start - 60) : one.start]
            if (
                named
                and one.value != total
                and abs(one.value - total) <= _MOST_OFF
                and _IN_TEXT.search(before)
            ):
                message = f"Cột “{header}” trong bảng cộng lại là {told(total)}, ở đây ghi {told(one.value)}: đối chiếu và sửa."
                yield Hit(piece, one.start, one.end, message)


RULES = (row_total, column_against_text, sum_in_table, row_unlike_others, ordinals)
