"""Figures of a table that do not agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.pieces import Part
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.figures.reading import (
    NUMBER,
    number,
    printed,
)
from dinhlang.officialdoc.model import Table
from dinhlang.officialdoc.read.words import fold

_TOTAL_ROW = re.compile(r"^\W*(?:tổng(?:\s+(?:cộng|số))?|cộng)\W*$")
_WHOLE_CELL = re.compile(rf"^\s*({NUMBER})\s*$")
_EMPTY_CELL = re.compile(r"^[\s–—\-.…/]*$")
_NO_COUNT = re.compile(r"stt|\btt\b|ty le|%|so sanh|tang|giam|cung ky|ngay|nam\b|ghi chu|so ky hieu")
_SUB_ROW = re.compile(r"^\s*(?:\d+\.\d+|[-+*•]|[a-zđ]\)|trong do)")


@rule(
    "DL221",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Dòng tổng của bảng khác tổng các dòng",
    bad=[
        said(
            "Số liệu:",
            blocks=(
                Table(
                    ("STT", "Kênh", "Số tin"),
                    (("1", "Cổng", "36"), ("2", "Đài", "12"), ("", "Tổng cộng", "49")),
                ),
            ),
        )
    ],
    good=[
        said(
            "Số liệu:",
            blocks=(
                Table(
                    ("STT", "Kênh", "Số tin"),
                    (("1", "Cổng", "36"), ("2", "Đài", "12"), ("", "Tổng cộng", "48")),
                ),
            ),
        ),
        said(
            "Số liệu:",
            blocks=(
                Table(
                    ("STT", "Kênh", "Số tin"),
                    (("1", "Cổng", "36"), ("1.1", "Trong đó tin", "12"), ("", "Tổng cộng", "36")),
                ),
            ),
        ),
    ],
)
def sum_in_table(case: Case) -> Iterator[Hit]:
    """A last row called 'Tổng', under rows that are all counts. Rows of rows are left alone."""
    for path, table in _tables(case):
        if not table.rows or len(table.rows) < 3 or any(_is_sub(row) for row in table.rows[:-1]):
            continue
        last = len(table.rows) - 1
        total = table.rows[last]
        if not any(_TOTAL_ROW.match(cell.lower()) for cell in total[:2]):
            continue
        for column in range(1, len(total)):
            header = fold(table.header[column]) if column < len(table.header) else ""
            counted = _WHOLE_CELL.match(total[column])
            values = _values([row[column] if column < len(row) else "" for row in table.rows[:-1]])
            if counted is None or not values or _NO_COUNT.search(header) or number(counted[1]) == sum(values):
                continue
            piece = next(
                (one for one in case.of(Part.CELL) if one.path == (*path, "rows", last, column)), None
            )
            if piece is not None:
                yield Hit(
                    piece,
                    *counted.span(1),
                    f"Tổng của cột là {printed(sum(values))}, ở đây ghi {counted[1]}: đối chiếu và sửa.",
                )


def _is_sub(row: Sequence[str]) -> bool:
    return any(_SUB_ROW.match(fold(cell)) for cell in row[:2]) or any(
        _TOTAL_ROW.match(cell.lower()) for cell in row[:2]
    )


def _values(cells: Sequence[str]) -> list[int]:
    """The counts of a column; none unless every cell is a count or empty, and at least two are counts."""
    values = []
    for cell in cells:
        found = _WHOLE_CELL.match(cell)
        if found:
            values.append(number(found[1]))
        elif not _EMPTY_CELL.match(cell):
            return []
    return values if len(values) > 1 else []


def _tables(case: Case) -> Iterator[tuple[tuple[str | int, ...], Table]]:
    document = case.document
    for index, block in enumerate(document.body):
        if isinstance(block, Table):
            yield ("body", index), block
    for count, appendix in enumerate(document.appendices):
        for index, block in enumerate(appendix.blocks):
            if isinstance(block, Table):
                yield ("appendices", count, "blocks", index), block


RULES = (sum_in_table,)
