"""The cells of a row whose table a PDF reader flattened, where the lines still show them.

Two shapes show them: cells side by side with wide gaps, a wrapped cell going on below its beginning; and cells
one under another, each beginning on a line of its own. Which column a cell belongs to is decided by the order
of the columns and by what the cell says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from dinhlang.officialdoc.read.lines import Line, Passage, joined, passage

_GAP = re.compile(r"\s{2,}")
# How far to the left or right of a cell's beginning its next line may begin.
_DRIFT = 4
_MOST_COLUMNS = 20
# A row of more lines is no row, and trying its partitions would take long.
_MOST_PIECES = 40
_BLANK_CELL = -0.8
_SPLIT_CELL = -0.6
# Words that cannot end a cell: the line after them goes on with it.
_OPEN = re.compile(r"(?:[-–,/&(]|\b(?:và|của|các|về|cho|tại|trên|trong|theo))$", re.IGNORECASE)


def side_by_side(lines: Sequence[Line], skip: int) -> list[Passage] | None:
    """The cells of a row laid out in columns; `None` when its first line shows no gaps. `skip` is the ordinal."""
    first = " " * skip + lines[0].text[skip:]
    starts = [at for at, _ in _fragments(first)]
    if not 3 <= len(starts) <= _MOST_COLUMNS:
        return None
    cells: list[list[Line]] = [[] for _ in starts]
    for index, line in enumerate(lines):
        for at, text in _fragments(first if index == 0 else line.text):
            cell = min(range(len(starts)), key=lambda one: abs(starts[one] - at))
            if abs(starts[cell] - at) > _DRIFT and index:
                cell = max((one for one in range(len(starts)) if starts[one] <= at), default=0)
            cells[cell].append(Line(line.number, " " * at + text, line.page))
    return [passage(cell) for cell in cells]


def _fragments(text: str) -> list[tuple[int, str]]:
    """The stretches of a line between wide gaps, with where each begins."""
    found = []
    start = len(text) - len(text.lstrip())
    for gap in (*_GAP.finditer(text, start), None):
        end = gap.start() if gap else len(text)
        if end > start:
            found.append((start, text[start:end]))
        start = gap.end() if gap else end
    return found


def one_under_another(lines: Sequence[Line], skip: int) -> list[Passage]:
    """The lines of a row, those joined that go on with a cell: in lower case, or after a word that leaves it open."""
    groups: list[list[Line]] = []
    for index, line in enumerate(lines):
        text = line.text[skip:].strip() if index == 0 else line.stripped
        if not text:
            continue
        kept = Line(line.number, " " * skip + line.text[skip:], line.page) if index == 0 else line
        if groups and (text[0].islower() or text[0] in "()" or _OPEN.search(groups[-1][-1].stripped)):
            groups[-1].append(kept)
        else:
            groups.append([kept])
    return [passage(group) for group in groups]


def ends_tell(lines: Sequence[Line]) -> bool:
    """Whether the ends of lines tell which go on: some readers leave a space there, and none where a cell ends."""
    told = [line.raw.endswith(" ") for line in lines if not line.is_blank]
    return any(told) and not all(told)


def wrapped(lines: Sequence[Line], skip: int) -> list[Passage]:
    """The lines of a row joined where the page broke them, in a table whose ends of lines tell (`ends_tell`)."""
    groups: list[list[Line]] = []
    goes_on = False
    for index, line in enumerate(lines):
        if line.is_blank:
            goes_on = False
            continue
        kept = Line(line.number, " " * skip + line.text[skip:], line.page) if index == 0 else line
        if groups and (goes_on or line.stripped[0].islower() or _OPEN.search(groups[-1][-1].stripped)):
            groups[-1].append(kept)
        else:
            groups.append([kept])
        goes_on = line.raw.endswith(" ")
    return [one for one in map(passage, groups) if one.text]


def placed(
    pieces: Sequence[Passage],
    columns: int,
    fits: Callable[[Passage, int], float],
    joins: Sequence[float] = (),
) -> list[Passage] | None:
    """The pieces put into columns in their order, so that they fit best; `None` when there are too few or too many.

    A column may stay empty and several pieces may share one, at a cost; `fits` says how well a piece fits, `joins`
    what it costs to put each piece into the column of the one before.
    """
    if not 2 <= len(pieces) <= _MOST_PIECES or not columns:
        return None
    costs = joins or [_SPLIT_CELL] * len(pieces)
    values = [[fits(piece, column) for column in range(columns)] for piece in pieces]

    @cache
    def best(piece: int, column: int) -> tuple[float, tuple[int, ...]]:
        """The best way to put the pieces from `piece` on into the columns from `column` on."""
        if piece == len(pieces):
            return _BLANK_CELL * (columns - column), ()
        ways = []
        for skipped in range(columns - column):
            value = _BLANK_CELL * skipped
            for taken in range(1, len(pieces) - piece + 1):
                fit = values[piece + taken - 1][column + skipped]
                value += fit if taken == 1 else min(fit, 0) + costs[piece + taken - 1]
                rest, counts = best(piece + taken, column + skipped + 1)
                ways.append((value + rest, (*(0 for _ in range(skipped)), taken, *counts)))
        return max(ways, default=(float("-inf"), ()))

    value, counts = best(0, 0)
    if value == float("-inf"):
        return None
    cells, at = [], 0
    for count in (*counts, *(0 for _ in range(columns - len(counts)))):
        cells.append(joined(pieces[at : at + count]))
        at += count
    return cells
