"""The tasks in a plan's table: a row each, whatever its columns are called and however it says who and when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dinhlang.officialdoc.model import Place, Span, Task
from dinhlang.officialdoc.read.bodies import is_unit
from dinhlang.officialdoc.read.columns import (
    FIELDS,
    Column,
    columns_of,
    is_of_both,
    is_of_product_and_time,
)
from dinhlang.officialdoc.read.contents import by_content, holds, is_when
from dinhlang.officialdoc.read.lines import Passage
from dinhlang.officialdoc.read.schedules import is_time, schedule_of
from dinhlang.officialdoc.read.shared_columns import (
    between_columns,
    lead_and_help,
    leads_in_task,
    names_lead,
    product_and_time,
    several,
    time_between,
    time_columns,
    time_of,
    unit_columns,
    units_of,
)
from dinhlang.officialdoc.read.tables import Grid
from dinhlang.officialdoc.read.words import fold

_LEAST_KNOWN = 3
_GROUP_ORDINAL = re.compile(r"(?:[IVXL]{1,5}|[A-HĐ])\s*[.)]?")
# What the first row under a numbered one is called.
_UNDER_NUMBER = re.compile(r"[a-hđ]\s*[.)]?|[-+•]|0?1\s*[.)]?")
# Said of what stands above: 'nt'.
_DITTO = re.compile(r"[-–\s]*(?:nt|nhu tren)[-–\s.]*|[\"”″'']{1,2}|-//-|//")
# A dash where there is nothing to say.
_NOBODY = re.compile(r"\s*[-–—]{1,3}\s*")
_TOTAL = re.compile(r"(?:tong(?: cong| so| kinh phi)?|cong)\W*")
_Filled = dict[Column, Passage]


def tasks_of(grid: Grid, year: int | None) -> tuple[Task, ...]:
    """The tasks of a plan's table; none when it has no column of tasks with a time or a lead."""
    grid = _untitled(_upright(grid))
    units = unit_columns(grid.header, grid.rows)
    if Column.TASK not in grid.columns or not (units or {Column.TIME, Column.LEAD} & set(grid.columns)):
        return ()
    return tuple(_Reading(grid, units, year).tasks())


class _Reading:
    """One table with what its titles say of it, and what the rows above say to those below."""

    def __init__(self, grid: Grid, units: Sequence[int], year: int | None) -> None:
        self.grid = grid
        self.units = units
        self.year = year
        self.both = any(map(is_of_both, grid.header))
        self.dated = any(map(is_of_product_and_time, grid.header))
        self.quarters = time_columns(grid.header)
        self.between = between_columns(grid.header)
        apart = {*self.quarters, *units, *self.between}
        self.columns = tuple(
            Column.OTHER if at in apart else column for at, column in enumerate(grid.columns)
        )
        self.group: Passage | None = None
        self.above: Mapping[Column, Passage] = {}

    def tasks(self) -> list[Task]:
        found: list[Task] = []
        for at, row in enumerate(self.grid.rows):
            filled = self._filled(row)
            if Column.TASK not in filled or len(filled) < 2 or _TOTAL.fullmatch(filled[Column.TASK].folded):
                continue
            if _is_group(filled, _ordinal(self.grid, at + 1)):
                continue
            self.above = filled
            when = time_between(row, self.between) or time_of(row, self.quarters, self.year)
            found.extend(_task(one, when, self.year, _row_span(row)) for one in several(filled))
        return found

    def _filled(self, row: Sequence[Passage]) -> _Filled:
        """What the cells of a row say, by their columns."""
        cells = reversed(list(zip(self.columns, row, strict=True)))
        filled: _Filled = {
            column: cell for column, cell in cells if cell.text and not _NOBODY.fullmatch(cell.text)
        }
        filled |= units_of(row, self.grid.header, self.units)
        for column, cell in list(filled.items()):
            if column in self.above and column is not Column.TASK and _DITTO.fullmatch(cell.folded):
                filled[column] = self.above[column]
        if list(filled) == [Column.TASK]:
            # 'THÁNG 01' over the rows under it says when.
            self.group = filled[Column.TASK] if is_time(filled[Column.TASK].text) else None
        elif self.group is not None and Column.TIME not in self.columns:
            filled[Column.TIME] = self.group
        self._part(filled)
        return filled

    def _part(self, filled: _Filled) -> None:
        """Take apart the cells that say two things."""
        if Column.LEAD in filled and (self.both or names_lead(filled[Column.LEAD])):
            filled[Column.LEAD], helping = lead_and_help(filled[Column.LEAD])
            if helping is not None:
                filled.setdefault(Column.COOPERATING, helping)
        if self.dated and Column.TIME in filled:
            product, filled[Column.TIME] = product_and_time(filled[Column.TIME])
            if product is not None:
                filled.setdefault(Column.PRODUCT, product)
        if Column.TASK in filled and Column.LEAD not in self.columns:
            filled |= leads_in_task(filled[Column.TASK])


def _untitled(grid: Grid) -> Grid:
    """A table without titles, whose first row is a task too: its columns are known by their cells."""
    if not grid.titles or {*columns_of(grid.header)} - {Column.OTHER} or grid.header[0].strip(". ") != "1":
        return grid
    rows = (grid.titles, *grid.rows)
    texts = [[cell.text for cell in row] for row in rows]
    blank = tuple("" for _ in grid.header)
    words = [at for at in range(len(blank)) if not any(holds(says, texts, at) for says in (is_when, is_unit))]
    longest = max(words or range(len(blank)), key=lambda at: sum(len(row[at]) for row in texts))
    columns = tuple(Column.TASK if at == longest else Column.OTHER for at in range(len(blank)))
    return Grid(blank, by_content(columns, blank, texts, helping=True), rows, grid.span)


def _upright(grid: Grid) -> Grid:
    """A table whose titles stand under one another, as in a form for each task, with its columns as rows."""
    if len({*grid.columns} - {Column.OTHER}) >= _LEAST_KNOWN - 1 or not grid.titles:
        return grid
    rows = [grid.titles, *grid.rows]
    header = tuple(row[0].text for row in rows)
    columns = columns_of(header)
    if Column.TASK not in columns or len({*columns} - {Column.OTHER}) < _LEAST_KNOWN:
        return grid
    return Grid(header, columns, tuple(zip(*(row[1:] for row in rows), strict=True)), grid.span)


def _task(filled: Mapping[Column, Passage], when: str | None, year: int | None, span: Span | None) -> Task:
    """`when` is the time that other columns say: crosses, or the first and the last day."""
    text = {column: cell.text for column, cell in filled.items()}
    return Task(
        text[Column.TASK],
        text.get(Column.ORDINAL, "").rstrip(".)") or None,
        text.get(Column.PRODUCT),
        text.get(Column.LEAD),
        text.get(Column.COOPERATING),
        schedule_of(text.get(Column.TIME) or when, year),
        span,
        tuple(Place(FIELDS[column], filled[column].lines()) for column in FIELDS if column in filled),
    )


def _ordinal(grid: Grid, row: int) -> str | None:
    """What stands in the column of ordinals of a row; `None` where there is no such row or column."""
    if row >= len(grid.rows) or Column.ORDINAL not in grid.columns:
        return None
    return grid.rows[row][grid.columns.index(Column.ORDINAL)].text.strip()


def _is_group(filled: Mapping[Column, Passage], following: str | None) -> bool:
    """A row that only names those under it: 'II | Tuyên truyền tại cơ sở', '2 | Về tuyên truyền' before '2.1'.

    Its number is one that tasks do not have, or the next row's goes on with it.
    """
    if filled.keys() - {Column.ORDINAL, Column.TASK} or Column.ORDINAL not in filled:
        return False
    own = filled[Column.ORDINAL].text
    # A scan may give the number marks: 'Ĩ'.
    if _GROUP_ORDINAL.fullmatch(fold(own).upper()) is not None and not own.islower():
        return True
    if following is None or following == own:
        return False
    return following.startswith(own.rstrip(".)") + ".") or _UNDER_NUMBER.fullmatch(following) is not None


def _row_span(row: Sequence[Passage]) -> Span | None:
    spans = [cell.span for cell in row if cell.span is not None]
    if not spans:
        return None
    first = min(spans, key=lambda span: (span.line, span.column))
    last = max(spans, key=lambda span: (span.end_line, span.end_column))
    return Span(first.line, first.column, last.end_line, last.end_column, first.page)
