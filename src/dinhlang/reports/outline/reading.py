"""From the filled text of an outline to the blocks of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dinhlang.officialdoc.model import Block, Paragraph, Role, Run, Table
from dinhlang.reports.outline.marks import RUN, TABLE, Cell, Marks, OutlineError
from dinhlang.reports.passages import Grid, Passage, Text


class Part:
    """The names of the parts, as they stand after '==='."""

    SUBJECT = "Trích yếu"
    PLACE = "Địa danh"
    BODY = "Nội dung"
    CLOSING = "Kết thúc"
    RECIPIENTS = "Nơi nhận"
    SIGNATURE = "Ký"
    REQUIRED = (SUBJECT, PLACE, BODY, CLOSING, RECIPIENTS, SIGNATURE)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered outline. `empty` names the headings that were left out because nothing stood under them.

    `passages` and `closing` are its text before that, for a draft that can be edited.
    """

    subject: str
    place: str
    blocks: tuple[Block, ...]
    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    cells: Mapping[str, Cell]
    empty: tuple[str, ...]
    passages: tuple[Passage, ...] = ()
    closing: tuple[Passage, ...] = ()


_HEADING = re.compile(r"(#{1,4})\s+(.*)")
_ITEM = re.compile(r"([-+])\s+(.*)")
_ROW = re.compile(r"\|(.*)\|\s*$")


def read(text: str, marks: Marks) -> Rendered:
    """A filled outline as parts and blocks. Raises `OutlineError` for a part that is not there."""
    parts = _parts(text)
    missing = [name for name in Part.REQUIRED if name not in parts]
    if missing:
        raise OutlineError(
            None, _("thiếu phần “=== %(part)s”. Thêm lại phần này theo đề cương mẫu.") % {"part": missing[0]}
        )
    body = _Reader(marks)
    body.take(parts[Part.BODY])
    kept, empty = _without_empty_sections(body.blocks)
    closing = _Reader(marks)
    closing.take(parts[Part.CLOSING])
    blocks = (*_numbered(kept), *closing.blocks)
    final, cells = _with_cells(blocks, marks)
    return Rendered(
        subject=_one_line(parts[Part.SUBJECT]),
        place=_one_line(parts[Part.PLACE]),
        blocks=final,
        recipients=tuple(line.lstrip("- ").strip() for line in parts[Part.RECIPIENTS] if line.strip()),
        signature=tuple(line.strip() for line in parts[Part.SIGNATURE] if line.strip()),
        cells=cells,
        empty=empty,
        passages=tuple(_passage(block, marks) for block in body.blocks),
        closing=tuple(_passage(block, marks) for block in closing.blocks),
    )


def _passage(block: Block, marks: Marks) -> Passage:
    if isinstance(block, Table):
        lines = [tuple(map(marks.words_of, line)) for line in (block.header, *block.rows)]
        return Grid(lines[0], tuple(lines[1:]), block.widths)
    return Text(block.role, "".join(map(marks.word_of, block.runs)), block.level)


def _parts(text: str) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        if line.startswith("%%"):  # a remark of the clerk
            continue
        if line.startswith("==="):
            current = parts.setdefault(line.lstrip("= ").strip(), [])
        else:
            current.append(line)
    return parts


def _one_line(lines: Iterable[str]) -> str:
    return " ".join(" ".join(lines).split())


class _Reader:
    """Gathers lines into blocks."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.blocks: list[Block] = []
        self.pending: list[str] = []
        self.rows: list[tuple[str, ...]] = []

    def take(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._line(line.strip())
        self._close()

    def _line(self, line: str) -> None:
        row = _ROW.match(line)
        if row:
            self._close_paragraph()
            self.rows.append(tuple(cell.strip() for cell in row[1].split("|")))
            return
        self._close_table()
        table = TABLE.search(line)
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if not line or table or heading or item:
            self._close_paragraph()
        if table:
            self.blocks.append(self.marks.tables[int(table[1])])
        elif heading:
            self.blocks.append(Paragraph(Role.HEADING, self._runs(heading[2]), level=len(heading[1])))
        elif item:
            level = 1 if item[1] == "-" else 2
            self.blocks.append(Paragraph(Role.ITEM, self._runs(item[2]), level=level, number=item[1]))
        elif line:
            self.pending.append(line)

    def _close(self) -> None:
        self._close_paragraph()
        self._close_table()

    def _close_paragraph(self) -> None:
        if self.pending:
            self.blocks.append(Paragraph(Role.BODY, self._runs(" ".join(self.pending))))
            self.pending = []

    def _close_table(self) -> None:
        rows = [row for row in self.rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
        ruler = next((row for row in self.rows if row not in rows), ())
        self.rows = []
        if rows:
            width = len(rows[0])
            even = tuple((*row, *[""] * width)[:width] for row in rows)
            shares = tuple(float(len(cell)) for cell in ruler) if len(ruler) == width else ()
            self.blocks.append(Table(even[0], even[1:], shares))

    def _runs(self, text: str) -> tuple[Run, ...]:
        """Plain text and the runs its marks stand for, in turn."""
        found: list[Run] = []
        for position, piece in enumerate(RUN.split(text)):
            if position % 2:
                found.append(self.marks.runs[int(piece)])
            elif piece:
                found.append(Run(piece))
        return tuple(found)


def _without_empty_sections(blocks: Sequence[Block]) -> tuple[list[Block], tuple[str, ...]]:
    """Leave out headings with nothing under them: an office does not print an empty section, nor invent one."""
    kept, empty = without_empty([_heading_level(block) for block in blocks])
    titles = [block for block in (blocks[at] for at in empty) if isinstance(block, Paragraph)]
    return [blocks[at] for at in kept], tuple(title.text for title in titles)


def _heading_level(block: Block) -> int:
    return block.level if isinstance(block, Paragraph) and block.role is Role.HEADING else 0


def without_empty(levels: Sequence[int]) -> tuple[list[int], list[int]]:
    """Which blocks are printed, and which headings are left out with nothing under them.

    `levels` are those of the headings, 0 for what is none. A section that is empty as a whole is named once, not
    with each heading in it.
    """
    kept: list[int] = []
    empty: list[int] = []
    below = 0  # the level of the nearest later heading that was kept
    has_text = False
    for at in range(len(levels) - 1, -1, -1):
        level = levels[at]
        if not level:
            kept.append(at)
            has_text = True
        elif has_text or below > level:
            kept.append(at)
            below, has_text = level, False
        else:
            while empty and levels[empty[-1]] > level:
                empty.pop()
            empty.append(at)
    return kept[::-1], empty[::-1]


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order of points in Vietnamese drafting (no f, j, w, z)


def _numbered(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with their headings numbered."""
    given = iter(numbers([_heading_level(block) for block in blocks]))
    return [
        Paragraph(block.role, block.runs, block.level, number)
        if (number := next(given)) and isinstance(block, Paragraph)
        else block
        for block in blocks
    ]


def numbers(levels: Iterable[int]) -> list[str | None]:
    """The numbers of headings by their levels: I, 1, 1.1, a (NĐ 30/2020/NĐ-CP, Phụ lục I, II.6); 0 is no heading."""
    counts = [0, 0, 0, 0]
    given: list[str | None] = []
    for level in levels:
        if level:
            counts[level - 1] += 1
            counts[level:] = [0] * (4 - level)
        given.append(_number(counts, level) if level else None)
    return given


def _number(counts: Sequence[int], level: int) -> str:
    if level == 1:
        return _ROMAN[min(counts[0], len(_ROMAN)) - 1]
    if level == 2:
        return str(counts[1])
    if level == 3:
        return f"{counts[1]}.{counts[2]}" if counts[1] else str(counts[2])
    return _LETTERS[min(counts[3], len(_LETTERS)) - 1]


def _with_cells(blocks: Sequence[Block], marks: Marks) -> tuple[tuple[Block, ...], dict[str, Cell]]:
    """Tables with the text of their figures, and where each figure stands."""
    cells: dict[str, Cell] = {}
    final: list[Block] = []
    number = 0
    for block in blocks:
        if isinstance(block, Table):
            rows = (block.header, *block.rows)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    for found in RUN.findall(cell):
                        anchor = marks.runs[int(found)].fact
                        if anchor:
                            cells[anchor] = Cell(number, r, c)
            plain = [tuple(marks.text_of(cell) for cell in row) for row in rows]
            block = Table(plain[0], tuple(plain[1:]), block.widths)  # noqa: PLW2901
            number += 1
        final.append(block)
    return tuple(final), cells
