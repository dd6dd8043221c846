"""Paragraphs and tables as a word processor has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dinhlang.officialdoc.read.flow.pieces import Line, text_of


@dataclass(slots=True)
class Paragraph:
    """One paragraph. `lines` are parted where the writer broke a line; `label` is the number the
    program prints, with the space after it.

    `bold` is told only near the beginning, where titles stand. `boxes` are what text boxes anchored here hold, `notes` the texts of its footnotes.
    """

    lines: list[Line]
    label: str = ""
    centred: bool = False
    bold: bool = False
    breaks_page: bool = False
    ends_section: bool = False
    boxes: list[Block] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join([text_of(line) for line in self.lines])

    @property
    def is_blank(self) -> bool:
        return not any(piece.text.strip() for line in self.lines for piece in line)


@dataclass(slots=True)
class Cell:
    """A cell over `span` columns. With `continues` it goes on with the cell above it."""

    blocks: list[Block]
    span: int = 1
    continues: bool = False


@dataclass(slots=True)
class Row:
    """A row whose first cell stands in the column `before`, counted from 0."""

    cells: list[Cell]
    is_header: bool = False
    before: int = 0


@dataclass(slots=True)
class Table:
    """A table. `ruled` when lines are drawn between its cells."""

    rows: list[Row]
    ruled: bool = False


Block = Paragraph | Table


def paragraphs_of(blocks: list[Block]) -> Iterator[Paragraph]:
    """The paragraphs of blocks in order, those of boxes and of tables within tables too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from paragraphs_of(block.boxes)
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs_of(cell.blocks)
