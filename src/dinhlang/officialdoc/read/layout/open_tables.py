"""Tables without rules: columns known by the free stretches that run down between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dinhlang.officialdoc.read.columns import Column, columns_of
from dinhlang.officialdoc.read.layout.rows import Row
from dinhlang.officialdoc.read.layout.tables import Filled, Sheet
from dinhlang.officialdoc.read.words import fold

_LEAST_COLUMNS, _LEAST_ROWS = 3, 3
_GUTTER = 2.5
_HEADER = re.compile(r"(?:so\s+)?(?:stt|tt)\b")
_FAR = 3.0
# Lines of one row stand evenly; rows with some room between them stand this much further apart.
_APART = 1.14
Numbered = tuple[int, Row]
Stretch = tuple[float, float]


def open_sheets(rows: Sequence[Numbered]) -> list[tuple[Sheet, list[int]]]:
    """The tables without rules among the lines of a page, with the numbers of the lines they take."""
    found = []
    at = 0
    while at < len(rows):
        end, gutters = _region(rows, at)
        if end - at >= _LEAST_ROWS:
            sheet = _sheet([row for _, row in rows[at:end]], gutters)
            if sheet is not None:
                found.append((sheet, [index for index, _ in rows[at:end]]))
                at = end
                continue
        at += 1
    return found


def _region(rows: Sequence[Numbered], at: int) -> tuple[int, list[float]]:
    """Where the table that begins with a line ends, and the middles of its gutters."""
    first = rows[at][1].segments()
    titled = bool(_HEADER.match(fold(rows[at][1].text))) or _names_columns(first)
    if len(first) < _LEAST_COLUMNS or not (titled or _all_in_pieces(rows, at)):
        return at, []
    free = [[(a.x1, b.x0)] for a, b in pairwise(first)]
    end = at + 1
    while end < len(rows):
        row, before = rows[end][1], rows[end - 1][1]
        left = [_left_free(stretches, row) for stretches in free]
        if not all(left) or row.base - before.base > _FAR * row.size:
            break
        free, end = left, end + 1
    widest = [max(stretches, key=lambda one: one[1] - one[0]) for stretches in free]
    widest = _refined([row for _, row in rows[at:end]], first, widest)
    return end, [(start + stop) / 2 for start, stop in widest]


def _left_free(stretches: Sequence[Stretch], row: Row) -> list[Stretch]:
    """What stays free of some stretches beside the words of a line: titles stand in the middle of a column, so that
    the gutter may lie anywhere between two of them."""
    found: list[Stretch] = []
    for start, stop in stretches:
        at = start
        for word in row.words:
            if word.x1 <= at or word.x0 >= stop:
                continue
            found.append((at, word.x0))
            at = word.x1
        found.append((at, stop))
    return [(start, stop) for start, stop in found if stop - start >= _GUTTER]


def _refined(
    rows: Sequence[Row], titles: Sequence[Row], free: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """The gutters with those that part two titles printed close together: 'Cơ quan phối hợp Thời gian thực hiện'."""
    found = list(free)
    for title in titles:
        for at, (before, after) in enumerate(pairwise(title.words), start=1):
            halves = [" ".join(word.text for word in part) for part in (title.words[:at], title.words[at:])]
            if Column.OTHER in columns_of(halves) or columns_of(halves)[0] is columns_of(halves)[1]:
                continue
            gap = (before.x1, after.x0)
            for row in rows:
                gap = _beside(*gap, row)
            if gap[1] - gap[0] >= _GUTTER:
                found.append(gap)
                break
    return sorted(found)


def _names_columns(pieces: Sequence[Row]) -> bool:
    """Whether the pieces of a line are titles of a plan's columns: 'Thời gian  Công việc  Chủ trì  Phối hợp'."""
    known = {column for column in columns_of([piece.text for piece in pieces]) if column is not Column.OTHER}
    return len(known) >= _LEAST_COLUMNS and Column.TASK in known and bool({Column.TIME, Column.LEAD} & known)


def _all_in_pieces(rows: Sequence[Numbered], at: int) -> bool:
    """Whether the next lines show the same pieces: columns, not a line with a gap in it."""
    count = len(rows[at][1].segments())
    return all(len(row.segments()) == count for _, row in rows[at : at + _LEAST_ROWS])


def _beside(start: float, stop: float, row: Row) -> tuple[float, float]:
    middle = (start + stop) / 2
    for word in row.words:
        if word.x1 > start and word.x0 < stop:
            if word.middle < middle:
                start = max(start, word.x1)
            else:
                stop = min(stop, word.x0)
    return start, stop


def _sheet(rows: Sequence[Row], gutters: Sequence[float]) -> Sheet | None:
    """The rows of the table, and the columns as far as the words reach."""
    told: list[list[Filled]] = []
    starts = _starts(rows, gutters)
    for row, begins in zip(rows, starts, strict=True):
        cells = _cells(row, gutters)
        if told and not begins:
            for cell, rest in zip(told[-1], cells, strict=True):
                cell.lines.extend(rest.lines)
        else:
            told.append(cells)
    if len(told) < 2:
        return None
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    return Sheet(rows[0].page, rows[0].top, [left, *gutters, right], told[0], told[1:])


def _starts(rows: Sequence[Row], gutters: Sequence[float]) -> list[bool]:
    """Which lines begin a row: those further from the line above, else those that write in the first column.

    Where that column holds no ordinals its cells may go on below; a row then begins with a capital in every cell.
    """
    steps = [row.base - before.base for before, row in pairwise(rows)]
    told = [_cells(row, gutters) for row in rows]
    if _HEADER.match(fold(rows[0].text)):
        return [bool(cells[0].lines) for cells in told]
    even = min(steps, default=0.0)
    if sum(step > _APART * even for step in steps) >= _LEAST_ROWS - 1:
        return [True, *(step > _APART * even for step in steps)]
    return [bool(cells[0].lines) and not any(cell.text[:1].islower() for cell in cells) for cells in told]


def _cells(row: Row, gutters: Sequence[float]) -> list[Filled]:
    cells: list[list[Row]] = [[] for _ in range(len(gutters) + 1)]
    for word in row.words:
        column = sum(word.middle > gutter for gutter in gutters)
        if cells[column]:
            cells[column][0].words.append(word)
        else:
            cells[column].append(Row([word], row.page))
    return [Filled(lines) for lines in cells]
