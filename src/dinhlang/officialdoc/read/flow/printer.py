"""Blocks to lines of text, as the reader of text knows them.

A paragraph is one line with a blank one after it; the lines of a centred or bold title stand together. A row of data is a
line between '|'. Tables that place text are read column by column, for the letterhead and the foot stand in columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dinhlang.officialdoc.read.blocks import mark_of
from dinhlang.officialdoc.read.decode import tidy
from dinhlang.officialdoc.read.flow import grids
from dinhlang.officialdoc.read.flow.blocks import Block, Cell, Paragraph, Row, Table
from dinhlang.officialdoc.read.flow.pieces import Line, Piece, Printed, text_of
from dinhlang.officialdoc.read.words import fold

# A box anchored in one of the first paragraphs holds the letterhead and is read before them.
_HEAD_PARAGRAPHS = 12
_ENDED = re.compile(r"(?:[.;:!?…]|/\.?)[”\"’')\]]*\s*$")
_ON_ITS_OWN = re.compile(
    r"\W*(?:cong hoa xa hoi|doc lap\s*[-.]|noi nhan\b|so\s*[:.]|kinh gui\b)|(?:tm|kt|tl|tuq|q)\s*[./]"
)
_SIGNING = re.compile(
    r"(?:tm|kt|tl|tuq|q)\s*[./]|(?:pho )?chu tich\b|(?:pho )?giam doc\b|(?:pho )?truong (?:phong|ban)\b"
)
_RECIPIENT = re.compile(r"\s*(?:[-–+•]|noi nhan\b)")
# A line of a page has so many characters.
_TORN_LENGTH = (45, 130)
_MANY_TORN = 6
_SHARE_TORN = 0.35
_RULE = Piece("|")


def printed(blocks: Sequence[Block], *, most_lines: int, most_characters: int) -> tuple[Printed, bool]:
    """The text of blocks, and whether it was cut off because there is more of it than the limits allow."""
    printer = _Printer(most_lines, most_characters)
    printer.blocks(blocks)
    return printer.finished(), printer.is_full


def signs(text: str) -> bool:
    """Whether a line begins a signing block: 'TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'."""
    return _SIGNING.match(fold(text)) is not None and text.isupper()


class _Printer:
    def __init__(self, most_lines: int, most_characters: int) -> None:
        self.lines: list[Line] = []
        self.texts: list[str] = []
        self.most_lines = most_lines
        self.left = most_characters
        self.paragraphs = 0
        self.notes: list[Line] = []
        self.signing: list[Block] = []
        self.last: Paragraph | None = None
        self.is_full = False

    def finished(self) -> Printed:
        self._flush_signing()
        self._flush_notes()
        text = "\n".join(self.texts)
        tidied = tidy(text)
        # Tidying never makes or takes a line: what would have been one is a space by now.
        return Printed(tidied, self.lines)

    def blocks(self, blocks: Sequence[Block]) -> None:
        for block in _tables_joined(blocks):
            if self.is_full:
                return
            if not isinstance(block, Paragraph):
                self.last = None
                self._flush_signing()
            if isinstance(block, grids.Grid):
                self._grid(block)
            elif isinstance(block, Table):
                self._placing(block)
            else:
                self._paragraph(block)

    def _line(self, line: Line, text: str | None = None) -> None:
        text = text_of(line).strip() if text is None else text
        self.left -= len(text)
        if len(self.lines) >= self.most_lines or self.left < 0:
            self.is_full = True
            return
        self.lines.append(line)
        self.texts.append(text)

    def _blank(self) -> None:
        if self.texts and self.texts[-1]:
            self._line([])

    def _paragraph(self, paragraph: Paragraph, *, in_columns: bool = False) -> None:
        self.paragraphs += 1
        if self.signing and not (paragraph.is_blank or _RECIPIENT.match(fold(paragraph.text))):
            self._flush_signing()
        in_head = self.paragraphs <= _HEAD_PARAGRAPHS
        if paragraph.boxes and in_head:
            self._box(paragraph.boxes)
        if not in_columns and (paragraph.breaks_page or not self._is_rest_of_title(paragraph)):
            self._blank()
        if not (in_columns or paragraph.is_blank or paragraph.centred or paragraph.bold):
            # Notes of a title stand under it, not under what comes next.
            self._flush_notes()
        self._lines_of(paragraph, in_columns)
        self.notes += paragraph.notes
        if paragraph.boxes and not in_head:
            self._box_after(paragraph.boxes)
        if in_columns:
            return
        self.last = None if paragraph.ends_section or paragraph.is_blank else paragraph
        if self.last is None or not (paragraph.centred or paragraph.bold):
            self._blank()
        if not (paragraph.centred or paragraph.is_blank):
            self._flush_notes()

    def _is_rest_of_title(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph stands in one title with the one before: both centred, or bold under such a one."""
        last = self.last
        if last is None or paragraph.is_blank:
            return False
        return (paragraph.centred and last.centred) or (paragraph.bold and (last.bold or last.centred))

    def _lines_of(self, paragraph: Paragraph, in_columns: bool) -> None:
        if paragraph.is_blank:
            return
        label = [Piece(paragraph.label)] if paragraph.label else []
        for line in _broken(paragraph, in_columns):
            if any(piece.text.strip() for piece in line):
                self._line([*label, *line])
                label = []
            elif not in_columns:
                self._blank()

    def _box(self, blocks: Sequence[Block]) -> None:
        self._columns([[Cell(list(blocks))]])

    def _box_after(self, blocks: Sequence[Block]) -> None:
        """A box that somebody signs in stands beside the recipients, and is read after them."""
        if any(signs(text) for text in grids.paragraph_texts(blocks)):
            self.signing += blocks
        else:
            self._box(blocks)

    def _flush_signing(self) -> None:
        blocks, self.signing = self.signing, []
        if blocks:
            self._box(blocks)

    def _flush_notes(self) -> None:
        notes, self.notes = self.notes, []
        for note in notes:
            self._line(note)
            self._blank()

    def _grid(self, grid: grids.Grid) -> None:
        self._blank()
        for row in grid.rows:
            line: Line = []
            for cell in row:
                line += [_RULE, *cell]
            self._line([*line, _RULE], f"| {' | '.join([grids.text_of_cell(cell) for cell in row])} |")
        self._blank()
        self.notes += grid.notes
        self._flush_notes()

    def _placing(self, table: Table) -> None:
        if _lists(table):
            self._blank()
            for row in table.rows:
                self._row_as_line(row)
            self._blank()
            return
        group: list[list[Cell]] = []
        for row in table.rows:
            if len(row.cells) == 1:
                # A row that is one cell parts what stands above it from what stands below.
                self._columns(group)
                self.blocks(row.cells[0].blocks)
                group = []
            else:
                group.append(row.cells)
        self._columns(group)

    def _row_as_line(self, row: Row) -> None:
        parts = [part for cell in row.cells if grids.text_of_cell(part := grids.line_of(cell.blocks))]
        if parts:
            self._line([piece for part in parts for piece in part], "\t".join(map(grids.text_of_cell, parts)))

    def _columns(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Cells column by column. The first column is that of the first cell that says something."""
        self._blank()
        wide = max((len(row) for row in rows), default=0)
        for column in range(wide):
            for row in rows:
                if column < len(row):
                    self._cell(row[column])
        self._blank()

    def _cell(self, cell: Cell) -> None:
        for block in _tables_joined(cell.blocks):
            if self.is_full:
                return
            if isinstance(block, grids.Grid):
                self._grid(block)
            elif isinstance(block, Table):
                self._placing(block)
            else:
                self._paragraph(block, in_columns=True)


def _lists(table: Table) -> bool:
    """Whether a table without lines puts short things side by side, row by row: names and their posts."""
    if table.ruled or len(table.rows) < 3:
        return False
    cells = [
        [grids.paragraph_texts(cell.blocks) for cell in row.cells] for row in table.rows if len(row.cells) > 1
    ]
    texts = [text for row in cells for cell in row for text in cell]
    return (
        len(cells) == len(table.rows)
        and all(len(cell) <= 1 for row in cells for cell in row)
        and not any(_ON_ITS_OWN.match(fold(text)) for text in texts)
    )


def _tables_joined(blocks: Sequence[Block]) -> list[Block | grids.Grid]:
    """The blocks with tables of data as grids; one that goes on after a page break is put to the one before."""
    found: list[Block | grids.Grid] = []
    # Where the last table of data stands, as long as only blank paragraphs came after it.
    last: int | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            last = last if block.is_blank and not block.boxes else None
            found.append(block)
        elif grids.places_text(block):
            last = None
            found.append(block)
        else:
            title, data = grids.title_parted(block)
            if title:
                last = None
                found += title
            data, foot = grids.foot_parted(data)
            grid = grids.grid_of(data)
            before = found[last] if last is not None else None
            if last is not None and isinstance(before, grids.Grid) and grids.goes_on(before, grid):
                del found[last:]
                grid = grids.joined(before, grid)
            last = len(found)
            found.append(grid)
            if foot is not None:
                last = None
                found.append(foot)
    return found


def _broken(paragraph: Paragraph, in_columns: bool) -> list[Line]:
    """The lines of a paragraph as they are meant: a sentence that the writer broke by hand is one line again."""
    lines = paragraph.lines
    if len(lines) == 1 or in_columns or paragraph.centred:
        return lines
    kept: list[Line] = []
    for line in lines:
        if kept and _goes_on(text_of(kept[-1]).strip(), text_of(line).strip()):
            kept[-1] = [*kept[-1], Piece(" "), *line]
        else:
            kept.append(list(line))
    return kept


def _goes_on(before: str, text: str) -> bool:
    if not before or not text or _ENDED.search(before) or mark_of(text) is not None:
        return False
    if before.isupper() != text.isupper():
        return False
    return not (_ON_ITS_OWN.match(fold(before)) or _ON_ITS_OWN.match(fold(text)))


def are_whole(text: str) -> bool:
    """Whether each line of a printed text is a whole paragraph, as it should be.

    In a file made out of a PDF each line of the page became a paragraph: most long ones end in mid-sentence.
    """
    lines = [line for line in text.split("\n") if line and not line.startswith("|")]
    long = [pair for pair in pairwise(lines) if _TORN_LENGTH[0] <= len(pair[0]) <= _TORN_LENGTH[1]]
    torn = sum(upper[-1].isalnum() or upper[-1] == "," for upper, lower in long if lower[0].islower())
    return torn < _MANY_TORN or torn < _SHARE_TORN * len(long)
