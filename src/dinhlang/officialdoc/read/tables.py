"""Tables: ruled with '|' in Markdown, drawn, parted by marks, or flattened by a PDF reader into lines.

A flattened table has its cells one after another, parted by blank lines or not at all. Its columns are known
by the words of its header, its rows by their ordinals, and a cell by what it says: a time phrase, the name of
a unit, or other words. A unit cell that the text cannot place is taken for the lead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from dinhlang.officialdoc.model import Span, Table
from dinhlang.officialdoc.read import cells
from dinhlang.officialdoc.read.columns import (
    Column,
    columns_of,
    titles_in,
)
from dinhlang.officialdoc.read.contents import by_content
from dinhlang.officialdoc.read.counts import Cell, cells_of
from dinhlang.officialdoc.read.flat import Row, placed_cells
from dinhlang.officialdoc.read.lines import EMPTY, Line, Passage, joined, passage, passage_between
from dinhlang.officialdoc.read.words import fold

_ORDINAL = re.compile(r"\s*(\d{1,3})\s*[.)]?(?:\s+(?=\S)|\s*$)")
_NOT_ORDINAL = re.compile(r"\s*\d+ (?:lan|ky|tin|bai|buoi|cuoc|luot|thang|quy|nam|ngay|gio|phut)\b")
_GROUP = re.compile(r"\s*(?:[IVX]{1,4}|[A-Z])\s*[.)]?\s+[A-ZĐÀ-Ỹ]")
_FIRST_GROUP = re.compile(r"I\s*[.)]?\s+[A-ZĐÀ-Ỹ]")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
# The header of a table and its first row; what follows is read only when these are there.
_HEADER_REACH = 30
_HEADER_START = re.compile(r"(?:so )?(?:stt|tt)(?:\s+(?:noi dung|nhiem vu|ten|cong viec|hoat dong)|$)")
_AFTER_TABLE = re.compile(r"[IVX]{1,5}\s*[.)/]\s*[A-ZĐÀ-Ỹ]|Trên đây|Phần thứ|[-+] ")
_TITLE_WORDS = 6
_LEAST_ROWS = 2
# What parts the cells of a row written on one line, and how many at least.
_SEPARATORS = {"\t": 2, ";": 3, "|": 2}
_LONGEST_TITLE = 60
_COUNTED = re.compile(r"\(?\s*(\d{1,2})\s*\)?(?:\s*=.*)?")
# The upright line between cells, typed or drawn.
_UPRIGHT = "|│║┃"
_PIPES = re.compile(rf"\s*[{_UPRIGHT}].*[{_UPRIGHT}]\s*$")
_BOX_RULE = re.compile(r"\s*(?:\+(?:[-=]+\+)+|[┌├└╔╠╚╟┏┣┗][─━═┬┼┴╦╬╩╤╪╧┳╋┻]+[┐┤┘╗╣╝╢┓┫┛])\s*$")
_PIPE_RULE = re.compile(r"[\s|:-]+")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with the passage of each cell."""

    header: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Passage, ...], ...]
    span: Span | None
    titles: tuple[Passage, ...] = ()

    def counted(self) -> list[Cell]:
        """The cells that may state figures."""
        left_out = [
            index for index, column in enumerate(self.columns) if column in (Column.ORDINAL, Column.TIME)
        ]
        return cells_of(self.header, self.rows, left_out)

    def table(self) -> Table:
        return Table(
            self.header, tuple(tuple(cell.text for cell in row) for row in self.rows), span=self.span
        )


def is_piped(line: Line) -> bool:
    return bool(_PIPES.match(line.text) or _BOX_RULE.match(line.text))


def piped(lines: Sequence[Line]) -> Grid:
    """A table ruled with '|', as Markdown writes it, or drawn in a box, where a row may have several lines."""
    if any(_BOX_RULE.match(line.text) for line in lines):
        return _grid(_boxed_rows(lines), lines)
    return _grid([_cells(line) for line in lines if not _PIPE_RULE.fullmatch(line.text)], lines)


def _boxed_rows(lines: Sequence[Line]) -> list[tuple[Passage, ...]]:
    """The rows between the drawn rules: '+-----+-----+'."""
    rows: list[list[tuple[Passage, ...]]] = [[]]
    for line in lines:
        if _BOX_RULE.match(line.text):
            rows.append([])
        else:
            rows[-1].append(_cells(line))
    return [tuple(map(joined, zip_longest(*row, fillvalue=EMPTY))) for row in rows if row]


def separated(lines: Sequence[Line]) -> Grid:
    """A table whose cells are parted by one mark, a row on each line, as it is pasted from a sheet or a page."""
    mark = _separator(lines[0])
    return _grid([_separate_cells(line, mark) for line in lines], lines)


def separated_within(lines: Sequence[Line]) -> frozenset[int]:
    """The lines of tables parted by a tab or another mark: a row of titles, and rows of as many cells under it."""
    found: set[int] = set()
    start = 0
    while start < len(lines):
        end = start + 1
        if mark := _separator(lines[start]):
            wide = lines[start].text.count(mark)
            while end < len(lines) and lines[end].text.count(mark) == wide:
                end += 1
            if end - start >= _LEAST_ROWS and _are_titles(lines[start], mark):
                found.update(range(start, end))
        start = end
    return frozenset(found)


def _separator(line: Line) -> str:
    """The mark that may part the cells of a line; nothing where none is there often enough."""
    return next((mark for mark, least in _SEPARATORS.items() if line.text.count(mark) >= least), "")


def _are_titles(line: Line, mark: str) -> bool:
    titles = [cell.text for cell in _separate_cells(line, mark)]
    known = [column for column in columns_of(titles) if column is not Column.OTHER]
    return len(known) >= _SEPARATORS[mark] and all(len(title) <= _LONGEST_TITLE for title in titles)


def _separate_cells(line: Line, mark: str) -> tuple[Passage, ...]:
    edges = [-1, *(at for at, character in enumerate(line.text) if character == mark), len(line.text)]
    return tuple(passage_between(line, left + 1, right) for left, right in pairwise(edges))


def _is_count(row: Sequence[Passage]) -> bool:
    """Whether a row only counts the columns: (1) (2) (3)."""
    counts = [_COUNTED.fullmatch(cell.text) for cell in row]
    return len(row) > 2 and [int(one[1]) if one else 0 for one in counts] == list(range(1, len(row) + 1))


def _grid(rows: Sequence[tuple[Passage, ...]], lines: Sequence[Line]) -> Grid:
    rows = [row for at, row in enumerate(rows) if not (0 < at <= 2 and _is_count(row))]
    wide = max((len(row) for row in rows), default=0)
    full = [(*row, *(EMPTY for _ in range(wide - len(row)))) for row in rows]
    whole = passage((lines[0], lines[-1]))
    header = tuple(cell.text for cell in full[0]) if full else ()
    if len(full) > 1 and (below := _second_header(header, full[1])):
        titles = tuple(f"{title} {under}".strip() for title, under in zip(header, below, strict=True))
        columns = tuple(
            lower if lower is not Column.OTHER else upper
            for lower, upper in zip(columns_of(below), columns_of(header), strict=True)
        )
        return _known(Grid(titles, columns, tuple(full[2:]), whole.span))
    return _known(Grid(header, columns_of(header), tuple(full[1:]), whole.span, full[0] if full else ()))


def _known(grid: Grid) -> Grid:
    """The table with the columns that only their cells betray."""
    if Column.OTHER not in grid.columns:
        return grid
    rows = [[cell.text for cell in row] for row in grid.rows]
    return replace(grid, columns=by_content(grid.columns, grid.header, rows))


def _second_header(header: Sequence[str], row: Sequence[Passage]) -> tuple[str, ...] | None:
    """The titles of a second header row, as under 'Cơ quan thực hiện' the words 'Chủ trì' and 'Phối hợp'."""
    titles = tuple(cell.text for cell in row)
    said = [title for title in titles if title]
    if not said or columns_of(titles)[0] is Column.ORDINAL or titles[0] == header[0] == "":
        return None
    is_header = all(
        len(title.split()) <= _TITLE_WORDS and columns_of([title])[0] not in (Column.OTHER, Column.ORDINAL)
        for title in said
    )
    return titles if is_header and titles[0] in ("", header[0]) else None


def _cells(line: Line) -> tuple[Passage, ...]:
    text = line.text
    edges = [at for at, character in enumerate(text) if character in _UPRIGHT and text[at - 1 : at] != "\\"]
    return tuple(passage_between(line, left + 1, right) for left, right in pairwise(edges))


def flattened(lines: Sequence[Line]) -> Grid | None:
    """The table that begins with these lines, or `None` when they begin none."""
    start = next((index for index, line in enumerate(lines) if not line.is_blank), None)
    if start is None:
        return None
    first = next((i for i in range(start, min(start + 12, len(lines))) if _is_row(lines[i], 1)), None)
    if first is None:
        return None
    groups = [line for line in lines[start:first] if _FIRST_GROUP.match(line.stripped)]
    titles = titles_in(passage(line for line in lines[start:first] if line not in groups).text)
    columns = [column for column, _ in titles]
    if Column.TASK not in columns or len({*columns} - {Column.OTHER, Column.ORDINAL}) < 3:
        return None
    spaced = cells.ends_tell(lines[first:])
    rows = [placed_cells(row, columns, spaced) for row in _rows(lines[first:], spaced, len(groups))]
    span = passage(lines[start:]).span
    return Grid(tuple(title for _, title in titles), tuple(columns), tuple(rows), span)


def flattened_within(lines: Sequence[Line]) -> range:
    """The lines of a flattened table that stands in the text: from its header to the next heading."""
    for start, line in enumerate(lines):
        if not _HEADER_START.match(line.folded) or flattened(lines[start : start + _HEADER_REACH]) is None:
            continue
        end = next((at for at in range(start + 1, len(lines)) if _ends_table(lines[at])), len(lines))
        grid = flattened(lines[start:end])
        if grid is not None and {Column.TIME, Column.LEAD} & set(grid.columns):
            return range(start, end)
    return range(0)


def _ends_table(line: Line) -> bool:
    return _AFTER_TABLE.match(line.stripped) is not None


def _is_row(line: Line, ordinal: int) -> bool:
    found = _ORDINAL.match(line.text)
    if found is None or int(found[1]) != ordinal:
        return False
    # '1 Tháng 3' begins a row, '1 tháng' does not.
    return line.text[found.end() : found.end() + 1].isupper() or not _NOT_ORDINAL.match(fold(line.text))


def _rows(lines: Sequence[Line], spaced: bool = False, groups: int = 0) -> list[Row]:
    """The rows by their ordinals. Lines that only name the rows under them are left out.

    With `spaced` a line that goes on ends with a space, so that a new one is known without a blank line before it.
    After `groups` lines with Roman numbers the one with the next number names a group, whatever stands before it.
    """
    rows: list[Row] = []
    before = Line(0, "")
    for line in lines:
        begins = before.is_blank or (spaced and not before.raw.endswith(" "))
        before = line
        if line.is_blank:
            if rows and rows[-1].chunks[-1]:
                rows[-1].chunks.append([])
        elif _is_row(line, len(rows) + 1):
            found = _ORDINAL.match(line.text)
            length = found.end() if found else 0
            rows.append(Row(found[1] if found else "", [[line]], length))
        elif groups and line.stripped.split()[0].rstrip(".)") == _ROMAN[min(groups, len(_ROMAN) - 1)]:
            groups += 1
        elif rows and not (_GROUP.match(line.text) and begins):
            rows[-1].chunks[-1].append(line)
    return rows
