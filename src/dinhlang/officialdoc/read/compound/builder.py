"""Characters of a .doc to paragraphs, cells and rows."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from dinhlang.officialdoc.read.compound.properties import (
    CENTRED,
    IN_TABLE,
    ROW_CELLS,
    ROW_END,
    TABLE_LINES,
    Properties,
    is_on,
)
from dinhlang.officialdoc.read.flow import Block, Cell, Paragraph, Piece, Row, Table
from dinhlang.officialdoc.read.word import legacy
from dinhlang.officialdoc.read.word.fields import Fields
from dinhlang.officialdoc.read.word.story import MOST_CELLS

_MERGED_BELOW, _MERGED_FIRST = 0x20, 0x40
_CELL_SIZE = 20
# Edges of cells nearer than this, in twentieths of a point, are one.
_SAME_EDGE = 30
CELL = "\x07"
NOTE = "\x02"
_NO_LINE = (0, 255)
ENDS = ("\r", CELL, "\x0c")
_FIELD_MARKS = {"\x13": "begin", "\x14": "separate", "\x15": "end"}
_SIGNS = {"\x1e": "-", "\xa0": " ", "\t": "\t"}


@dataclass(slots=True)
class _LaidCell(Cell):
    """A cell with the place of its right edge."""

    edge: int = 0


class Builder:
    """Characters to paragraphs, cells and rows."""

    def __init__(self, label: Callable[[Properties], str], notes: Sequence[str] = ()) -> None:
        self._label = label
        # The notes of the text in the order of their marks.
        self._notes = list(notes)
        self._noted: list[Piece] = []
        self._ruled = False
        self._found: list[Block] = []
        self._row: list[Cell] = []
        self._cell: list[Block] = []
        self._rows: list[Row] = []
        self._lines: list[list[tuple[str, legacy.Code | None]]] = [[]]
        self._fields = Fields()
        self._cells = 0

    def take(self, character: str, code: legacy.Code | None) -> None:
        """A character within a paragraph."""
        if character in _FIELD_MARKS:
            self._fields.mark(_FIELD_MARKS[character])
        elif character == "\x0b":
            self._lines.append([])
        elif self._fields.hidden:
            self._fields.instruct(character)
        elif character == "\x1f":
            # What Word takes for a soft hyphen is the letter ư of an old font.
            self._lines[-1] += [("\u00ad", code)] if code is not None else []
        elif character == NOTE and self._notes:
            self._noted.append(Piece(self._notes.pop(0)))
        elif character in _SIGNS:
            self._lines[-1].append((_SIGNS[character], code))
        elif character >= " ":
            self._lines[-1].append((character, code))

    def end(self, character: str, said: Properties) -> None:
        """The mark that ends a paragraph, a cell or a row."""
        if character == CELL and is_on(said, ROW_END):
            self._end_row(said)
        elif character == CELL:
            self._cells += 1
            paragraph = self._paragraph(said)
            if self._cells <= MOST_CELLS:
                self._row.append(_LaidCell([*self._cell, paragraph]))
            self._cell = []
        elif is_on(said, IN_TABLE):
            self._cell.append(self._paragraph(said))
        else:
            self._end_table()
            self._found.append(self._paragraph(said))
            if character == "\x0c":
                self._found.append(Paragraph([[]], breaks_page=True))

    def _paragraph(self, said: Properties) -> Paragraph:
        lines = [
            legacy.converted(
                [
                    (Piece("".join([one for one, _ in group])), code)
                    for code, group in groupby(line, key=lambda one: one[1])
                ]
            )
            for line in self._lines
        ]
        self._lines = [[]]
        self._fields.end_paragraph()
        centred = any(said.get(code, b"")[:1] == b"\x01" for code in CENTRED)
        notes, self._noted = [[note] for note in self._noted], []
        return Paragraph(lines, self._label(said), centred=centred, notes=notes)

    def _end_row(self, said: Properties) -> None:
        """A row is complete: its layout has the edges of its cells, their lines, and which go on with the one above."""
        self._lines = [[]]
        layout = said.get(ROW_CELLS, b"")
        self._ruled = self._ruled or _has_lines(said)
        count = layout[0] if layout else 0
        if count == len(self._row) and len(layout) >= 1 + 2 * (count + 1):
            edges = struct.unpack_from(f"<{count + 1}h", layout, 1)
            cells = layout[1 + 2 * (count + 1) :]
            for index, cell in enumerate(self._row):
                drawn = cells[index * _CELL_SIZE :][:_CELL_SIZE]
                flags = int.from_bytes(drawn[:2], "little")
                self._ruled = self._ruled or any(kind not in _NO_LINE for kind in drawn[5::4])
                cell.continues = bool(flags & _MERGED_BELOW) and not flags & _MERGED_FIRST
                if isinstance(cell, _LaidCell):
                    cell.edge = edges[index + 1]
        if self._row:
            self._rows.append(Row(self._row))
        self._row, self._cell = [], []

    def _end_table(self) -> None:
        if self._row:
            self._rows.append(Row(self._row))
        if self._rows:
            _span(self._rows)
            self._found.append(Table(self._rows, ruled=self._ruled))
        self._rows, self._row, self._cell = [], [], []
        self._ruled = False

    def finished(self) -> list[Block]:
        """Everything read."""
        if any(self._lines):
            self._found.append(self._paragraph({}))
        self._end_table()
        return self._found


def _has_lines(said: Properties) -> bool:
    """Whether lines are drawn in the whole table: the kind of each stands at a place of its own."""
    old, new = said.get(TABLE_LINES[0], b""), said.get(TABLE_LINES[1], b"")
    return any(kind not in _NO_LINE for kind in (*old[1::4], *new[5::8]))


def _span(rows: Sequence[Row]) -> None:
    """Over how many columns each cell goes: the columns are parted by the edges of all rows."""
    edges: list[int] = []
    for edge in sorted(cell.edge for row in rows for cell in row.cells if isinstance(cell, _LaidCell)):
        if edge > 0 and (not edges or edge - edges[-1] > _SAME_EDGE):
            edges.append(edge)
    for row in rows:
        column = 0
        for cell in row.cells:
            if isinstance(cell, _LaidCell) and cell.edge > 0:
                end = bisect_right(edges, cell.edge + _SAME_EDGE // 2)
                cell.span = max(1, end - column)
                column = max(end, column + 1)
