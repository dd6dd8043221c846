"""From a draft to the blocks of a document, its figures put in and anchored; and from a document to a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dinhlang.officialdoc.model import Block, Paragraph, Role, Run, Table
from dinhlang.reports import outline
from dinhlang.reports.editing.model import Draft, Piece
from dinhlang.reports.passages import TOKEN, Grid, Passage, Text, token


@dataclass(frozen=True, slots=True)
class Composed:
    """What a draft prints.

    `blocks` with the key of the piece each comes from; `placed` the figure of each anchor; `cells` where an anchor
    stands in a table; `empty` the headings left out because nothing stands under them, by key.
    """

    blocks: tuple[tuple[str, Block], ...]
    placed: Mapping[str, str]
    cells: Mapping[str, outline.Cell]
    empty: Mapping[str, str]


def compose(draft: Draft, printed: Mapping[str, str]) -> Composed:
    """The blocks of a draft. `printed` says how each figure is printed; a token that is none stays as text."""
    setting = _Setting(printed)
    shown = [piece for piece in draft.body if not piece.removed]
    body = [piece for piece in shown if not piece.closing]
    closing = [piece for piece in shown if piece.closing]
    kept, empty = _without_empty(body)
    numbers = [*outline.numbers(map(_heading_level, kept)), *(None for _ in closing)]
    blocks = tuple(
        (piece.key, setting.block(piece.block, number))
        for piece, number in zip((*kept, *closing), numbers, strict=True)
    )
    return Composed(blocks, setting.placed, setting.cells, empty)


def _without_empty(pieces: Sequence[Piece]) -> tuple[list[Piece], dict[str, str]]:
    kept, empty = outline.without_empty(list(map(_heading_level, pieces)))
    return [pieces[at] for at in kept], {pieces[at].key: _words(pieces[at]) for at in empty}


def _heading_level(piece: Piece) -> int:
    return piece.block.level if isinstance(piece.block, Text) and piece.is_heading else 0


def _words(piece: Piece) -> str:
    return piece.block.words if isinstance(piece.block, Text) else ""


@dataclass
class _Setting:
    """Sets words into runs, giving each figure its anchor."""

    printed: Mapping[str, str]
    placed: dict[str, str] = field(default_factory=dict)
    cells: dict[str, outline.Cell] = field(default_factory=dict)
    tables: int = 0
    marks: outline.Marks = field(default_factory=outline.Marks)

    def block(self, block: Passage, number: str | None) -> Block:
        if isinstance(block, Grid):
            return self._table(block)
        mark = {1: "-", 2: "+"}.get(block.level) if block.role is Role.ITEM else number
        return Paragraph(block.role, self.runs(block.words), block.level, mark)

    def runs(self, words: str) -> tuple[Run, ...]:
        found: list[Run] = []
        for position, piece in enumerate(TOKEN.split(words)):
            if position % 2 and piece in self.printed:
                anchor = self.marks.anchor(piece)
                self.placed[anchor] = piece
                found.append(Run(self.printed[piece], fact=anchor))
            elif position % 2:
                found.append(Run(token(piece)))
            elif piece:
                found.append(Run(piece))
        return tuple(found)

    def _table(self, grid: Grid) -> Table:
        lines = []
        for r, line in enumerate(grid.lines):
            cells = []
            for c, words in enumerate(line):
                runs = self.runs(words)
                self.cells.update(
                    {run.fact: outline.Cell(self.tables, r, c) for run in runs if run.fact is not None}
                )
                cells.append("".join(run.text for run in runs))
            lines.append(tuple(cells))
        self.tables += 1
        return Table(lines[0], tuple(lines[1:]), grid.widths)
