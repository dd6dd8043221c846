"""The columns of a table: how many, how wide, which of them are centred."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from dinhlang.officialdoc.model import Table
from dinhlang.officialdoc.write.layout import CELL_PADDING, LOOKS, Element
from dinhlang.officialdoc.write.metrics import width_mm
from dinhlang.officialdoc.write.printed import clean

_SAMPLE = 40
"""Rows looked at. Enough to judge a column; 500 rows would cost as much as drawing them."""

_SHORT = re.compile(r"[\d\s.,%/–+-]{0,16}|[IVXLC]{1,6}|[xX✓-]")
_LETTER_MM = 2.05
"""An average letter of 13 pt Times."""

_PHRASE = 15
"""Letters of a column's longest cell up to which its cells stay on one line ('Mỗi tháng 01 kỳ')."""

_READABLE = 10
"""Letters of a line below which running text in a column is hard to read."""

_TALL = 900
"""Letters in one cell from which a row may be as high as a page, and must be let to break."""


@dataclass(frozen=True, slots=True)
class Columns:
    """`widths` are millimetres and add up to the line; `centred` says which columns hold only short marks."""

    widths: tuple[float, ...]
    centred: tuple[bool, ...]

    @property
    def count(self) -> int:
        return len(self.widths)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with as many clean cells in every row as it has columns; `row_mm` is the least height of a row, 0 without one."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Columns
    row_mm: float = 0.0


def grid(table: Table, line_mm: float) -> Grid | None:
    """`table` ready to draw on a line of `line_mm`; `None` when it has no cell at all.

    Short rows are filled with empty cells, so nothing is lost and nothing raised for a ragged table.
    """
    count = max((len(row) for row in (table.header, *table.rows)), default=0)
    if count == 0:
        return None
    rows = tuple(_filled(row, count) for row in table.rows)
    header = _filled(table.header, count) if any(table.header) else ()
    return Grid(header, rows, _columns(table.widths, header, rows, count, line_mm), table.row_mm)


def may_break(row: tuple[str, ...]) -> bool:
    """Whether a row can be too high to be kept on one page."""
    return any(len(cell) > _TALL or cell.count("\n") > _TALL // 30 for cell in row)


def _filled(row: tuple[str, ...], count: int) -> tuple[str, ...]:
    return tuple(clean(cell) for cell in row) + ("",) * (count - len(row))


def _columns(
    shares: tuple[float, ...],
    header: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    count: int,
    line_mm: float,
) -> Columns:
    sample = list(zip(*rows[:_SAMPLE], strict=True)) if rows else [()] * count
    heads = header or ("",) * count
    centred = tuple(bool(cells) and all(map(_SHORT.fullmatch, cells)) for cells in sample)
    if len(shares) == count and all(math.isfinite(share) and share > 0 for share in shares):
        wanted = [float(share) for share in shares]
        least = [0.0] * count
    else:
        least = [_least(head, cells) for head, cells in zip(heads, sample, strict=True)]
        wanted = [_wanted(head, cells) for head, cells in zip(heads, sample, strict=True)]
    return Columns(_fit(least, wanted, line_mm), centred)


def _least(head: str, cells: tuple[str, ...]) -> float:
    """The width at which no usual word of the column breaks, nor a short phrase."""
    size = LOOKS[Element.CELL_HEADING].size
    head_word = max((width_mm(word, size) for word in head.split()), default=0.0)
    longest = max(map(len, cells), default=0)
    if longest > _PHRASE:
        longest = max(_READABLE, *(len(word) for cell in cells for word in cell.split()))
    return max(head_word, min(longest, _PHRASE) * _LETTER_MM) + 2 * CELL_PADDING[0] + 0.5


def _wanted(head: str, cells: tuple[str, ...]) -> float:
    """How much room the column asks for beyond its least: more for fuller columns, but not in proportion."""
    usual = sum(map(len, cells)) / len(cells) if cells else 0.0
    return math.pow(max(usual - _PHRASE, len(head) / 4, 1.0), 0.75)


def _fit(least: list[float], wanted: list[float], line_mm: float) -> tuple[float, ...]:
    room = line_mm - sum(least)
    if room <= 0:
        return tuple(line_mm * width / sum(least) for width in least)
    total = sum(wanted)
    if total <= 0:
        wanted, total = [1.0] * len(wanted), float(len(wanted))
    return tuple(width + room * share / total for width, share in zip(least, wanted, strict=True))
