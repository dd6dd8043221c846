"""Tables over pages: rows of cells, a repeated header taken off, a row that a page broke made whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dinhlang.officialdoc.read.layout.grid import Cell, Grid
from dinhlang.officialdoc.read.layout.rows import Row, rows_of
from dinhlang.officialdoc.read.pages.page import Word
from dinhlang.officialdoc.read.words import fold

_DRIFT = 5.0
_DEEPEST_HEADER = 3
_COUNTED = re.compile(r"\(?\s*(\d{1,2})\s*\)?")
_ORDINAL = re.compile(r"(?:so\s+)?(?:stt|tt)\b")


@dataclass(slots=True)
class Filled:
    """The words of a cell of a row, line by line."""

    lines: list[Row] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def words(self) -> Iterable[tuple[Word, int]]:
        return ((word, line.page) for line in self.lines for word in line.words)


@dataclass(slots=True)
class Sheet:
    """A table as it is told: a header and rows of as many cells. `xs` are the edges of its columns."""

    page: int
    top: float
    xs: list[float]
    header: list[Filled]
    rows: list[list[Filled]]


def sheet_of(grid: Grid) -> Sheet:
    """The rows of a ruled table. A cell over several rows is told in each, one over several columns in its first."""
    owners: dict[tuple[int, int], Cell] = {}
    for cell in grid.cells:
        for row in range(cell.row, cell.bottom):
            owners.update(((row, column), cell) for column in range(cell.column, cell.right))
    filled = {id(cell): Filled(rows_of(cell.words, grid.page)) for cell in grid.cells}
    told = [
        [
            filled[id(owners[row, column])] if owners[row, column].column == column else Filled()
            for column in range(grid.columns)
        ]
        for row in range(grid.rows)
    ]
    depth = _header_depth(grid, owners)
    header = [
        _stacked([filled[id(owners[row, column])] for row in range(depth)]) for column in range(grid.columns)
    ]
    rows = [row for row in told[depth:] if any(cell.lines for cell in row)]
    if depth == 1:
        header = told[0]
    return Sheet(grid.page, grid.top, grid.xs, header, _without_count(rows))


def _header_depth(grid: Grid, owners: dict[tuple[int, int], Cell]) -> int:
    """How many rows the header has: more than one where a title stands over several, others beside it going down."""
    first = {id(cell): cell for column in range(grid.columns) if (cell := owners[0, column])}.values()
    deep = max((cell.bottom for cell in first), default=1)
    over_several = any(cell.right - cell.column > 1 and cell.bottom < deep for cell in first)
    return deep if over_several and 1 < deep <= _DEEPEST_HEADER and deep < grid.rows else 1


def _stacked(cells: Sequence[Filled]) -> Filled:
    """The titles over one another in a column as one, the same cell once."""
    found: list[Filled] = []
    for cell in cells:
        if all(cell is not one for one in found):
            found.append(cell)
    return Filled([line for cell in found for line in cell.lines])


def _without_count(rows: list[list[Filled]]) -> list[list[Filled]]:
    """Without the row that only counts the columns: (1) (2) (3)."""
    if not rows or len(rows[0]) < 3:
        return rows
    counts = [_COUNTED.fullmatch(cell.text.strip()) for cell in rows[0]]
    numbers = [int(count[1]) if count else 0 for count in counts]
    return rows[1:] if numbers == list(range(1, len(numbers) + 1)) else rows


def goes_on(before: Sheet, after: Sheet) -> bool:
    """Whether a table at the top of a page has the columns of the one at the end of the page before."""
    if len(before.xs) != len(after.xs):
        return False
    shift = after.xs[0] - before.xs[0]
    return all(abs(b - a - shift) <= _DRIFT for a, b in zip(before.xs, after.xs, strict=True))


def join(before: Sheet, after: Sheet) -> None:
    """Put the rows of a table that goes on to the one before."""
    rows = after.rows
    if not _same_header(before.header, after.header):
        rows = [after.header, *rows]
    if rows and before.rows and _is_rest(before, rows[0]):
        for cell, rest in zip(before.rows[-1], rows[0], strict=True):
            cell.lines = [*cell.lines, *rest.lines]
        rows = rows[1:]
    before.rows.extend(rows)


def _same_header(one: Sequence[Filled], other: Sequence[Filled]) -> bool:
    return [_key(cell) for cell in one] == [_key(cell) for cell in other]


def _key(cell: Filled) -> str:
    return re.sub(r"\W", "", fold(cell.text))


def _is_rest(sheet: Sheet, row: Sequence[Filled]) -> bool:
    """Whether a row is the rest of one that the page broke: it has no ordinal where the others have one."""
    if row[0].lines or not any(cell.lines for cell in row):
        return False
    numbered = sum(bool(one[0].lines) for one in sheet.rows)
    return bool(_ORDINAL.match(fold(sheet.header[0].text))) or numbered == len(sheet.rows)
