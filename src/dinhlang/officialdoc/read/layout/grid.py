"""Ruled tables: from drawn lines to cells, merged ones too."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dinhlang.officialdoc.read.pages.page import Page, Rule, Word

_TOUCH = 3.5
_SAME = 2.6
_GAP = 4.0
# A drawing has more lines than any table.
_MOST_RULES = 700
_SHORTEST_SIDE = 8.0


@dataclass(slots=True)
class Cell:
    """A cell from row and column up to, not with, `bottom` and `right`."""

    row: int
    column: int
    bottom: int
    right: int
    words: list[Word] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table on one page. `xs` and `ys` are where its columns and rows begin, with the last end."""

    page: int
    xs: list[float]
    ys: list[float]
    cells: list[Cell]

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        return len(self.ys) - 1


def grids_of(page: Page, words: Sequence[Word]) -> tuple[list[Grid], list[Word]]:
    """The ruled tables of a page with their words, and the words that stand in none."""
    level, upright = _merged(page.rules)
    if len(level) + len(upright) > _MOST_RULES:
        return [], list(words)
    grids = [grid for group in _touching(level, upright) if (grid := _grid(group, page.number)) is not None]
    grids.sort(key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0]))
    left = []
    for word in words:
        cell = next((found for grid in grids if (found := _cell_at(grid, word)) is not None), None)
        if cell is None:
            left.append(word)
        else:
            cell.words.append(word)
    kept = [grid for grid in grids if _is_table(grid)]
    for grid in grids:
        if grid not in kept:
            left.extend(word for cell in grid.cells for word in cell.words)
    return sorted(kept, key=lambda grid: grid.top), left


def lattices(rules: Iterable[Rule], page: int) -> list[Grid]:
    """What drawn lines make up, still without words; the smallest first, since one may stand in another."""
    level, upright = _merged(rules)
    if len(level) + len(upright) > _MOST_RULES:
        return []
    grids = [grid for group in _touching(level, upright) if (grid := _grid(group, page)) is not None]
    return sorted(grids, key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0]))


def _is_table(grid: Grid) -> bool:
    """A frame around a text is none, nor are two boxes of which one is written in.

    Of a row that the page broke, the rest may stand in one of many columns.
    """
    written = sum(bool(cell.words) for cell in grid.cells)
    return len(grid.cells) > 1 and (written > 1 or (written == 1 and grid.columns > 2))


def _cell_at(grid: Grid, word: Word) -> Cell | None:
    x, y = word.middle, word.base - 0.3 * word.size
    if not (grid.xs[0] < x < grid.xs[-1] and grid.ys[0] < y < grid.ys[-1]):
        return None
    column, row = bisect_right(grid.xs, x) - 1, bisect_right(grid.ys, y) - 1
    return next(
        cell for cell in grid.cells if cell.row <= row < cell.bottom and cell.column <= column < cell.right
    )


# --- Lines put together ------------------------------------------------------------------------------------------


def _merged(rules: Iterable[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Level and upright lines, pieces of one line made one."""
    level = [rule for rule in rules if rule.is_level and rule.y1 - rule.y0 <= _GAP]
    upright = [rule for rule in rules if not rule.is_level and rule.x1 - rule.x0 <= _GAP]
    turned = _runs([((r.x0 + r.x1) / 2, r.y0, r.y1) for r in upright])
    return (
        [Rule(x0, y, x1, y) for y, x0, x1 in _runs([((r.y0 + r.y1) / 2, r.x0, r.x1) for r in level])],
        [Rule(x, y0, x, y1) for x, y0, y1 in turned],
    )


def _runs(lines: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Lines at (place, start, end) with those joined that lie on one another or go on."""
    lines.sort()
    found: list[tuple[float, float, float]] = []
    group: list[tuple[float, float, float]] = []
    for line in [*lines, (float("inf"), 0.0, 0.0)]:
        if group and line[0] - group[-1][0] > 1.5:
            place = sum(one[0] for one in group) / len(group)
            found.extend((place, start, end) for start, end in _joined([one[1:] for one in group]))
            group = []
        group.append(line)
    return found


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    spans.sort()
    found = [spans[0]]
    for start, end in spans[1:]:
        if start <= found[-1][1] + _GAP:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _touching(level: Sequence[Rule], upright: Sequence[Rule]) -> list[list[Rule]]:
    """Groups of lines that meet each other."""
    rules = [*level, *upright]
    owner = list(range(len(rules)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    for at, one in enumerate(level):
        for other, across in enumerate(upright, start=len(level)):
            if (
                one.x0 - _TOUCH <= across.x0 <= one.x1 + _TOUCH
                and across.y0 - _TOUCH <= one.y0 <= across.y1 + _TOUCH
            ):
                owner[root(at)] = root(other)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        groups.setdefault(root(index), []).append(rule)
    return [group for group in groups.values() if len(group) > 2]


# --- Cells -------------------------------------------------------------------------------------------------------


def _grid(group: Sequence[Rule], page: int) -> Grid | None:
    level = [rule for rule in group if rule.is_level]
    upright = [rule for rule in group if not rule.is_level]
    if len(level) < 2 and len(upright) < 2:
        return None
    # A table may be open at its sides, or at its end where the page ends.
    xs = _places([rule.x0 for rule in upright], [side for rule in level for side in (rule.x0, rule.x1)])
    ys = _places([rule.y0 for rule in level], [side for rule in upright for side in (rule.y0, rule.y1)])
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) < 2:
        return None
    return Grid(page, xs, ys, _cells(xs, ys, level, upright))


def _places(own: list[float], ends: list[float]) -> list[float]:
    """Where lines stand, one place for those that nearly coincide, and the outermost ends of those across."""
    found: list[float] = []
    for place in sorted(own):
        if not found or place - found[-1] > _SAME:
            found.append(place)
    if ends and found:
        if found[0] - min(ends) > _SHORTEST_SIDE:
            found.insert(0, min(ends))
        if max(ends) - found[-1] > _SHORTEST_SIDE:
            found.append(max(ends))
    return found


def _cells(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]
) -> list[Cell]:
    """The cells: squares of the lattice, put together where no line parts them."""
    columns, rows = len(xs) - 1, len(ys) - 1
    owner = list(range(columns * rows))

    def root(index: int) -> int:
        while owner[index] != index:
            index = owner[index]
        return index

    for row in range(rows):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(columns):
            across = (xs[column] + xs[column + 1]) / 2
            if column and not any(
                abs(rule.x0 - xs[column]) <= _SAME and rule.y0 <= middle <= rule.y1 for rule in upright
            ):
                owner[root(row * columns + column)] = root(row * columns + column - 1)
            if row and not any(
                abs(rule.y0 - ys[row]) <= _SAME and rule.x0 <= across <= rule.x1 for rule in level
            ):
                owner[root(row * columns + column)] = root((row - 1) * columns + column)
    groups: dict[int, list[int]] = {}
    for index in range(columns * rows):
        groups.setdefault(root(index), []).append(index)
    return [
        Cell(
            min(one // columns for one in group),
            min(one % columns for one in group),
            max(one // columns for one in group) + 1,
            max(one % columns for one in group) + 1,
        )
        for group in groups.values()
    ]
