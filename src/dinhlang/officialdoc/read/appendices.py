"""Appendices: where they begin, their label, title and note, and the table of tasks in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dinhlang.officialdoc.model import Appendix, Block, Paragraph, PartialDate, Task
from dinhlang.officialdoc.read import tables
from dinhlang.officialdoc.read.blocks import Placed, drafts_of, mark_of, placed
from dinhlang.officialdoc.read.counts import Cell
from dinhlang.officialdoc.read.dates import LONG, SHORT, date_of
from dinhlang.officialdoc.read.header import kind_in_title, symbol_of
from dinhlang.officialdoc.read.lines import Line, passage
from dinhlang.officialdoc.read.signature import is_signing
from dinhlang.officialdoc.read.tasks import tasks_of
from dinhlang.officialdoc.read.words import fold, pattern

_LABEL = re.compile(
    r"phu luc(?:\s+(?:so\s+)?(?:[ivx]{1,5}|\d{1,2}))?\s*[.:]?|bieu(?:\s+mau)?(?:\s+so)?\s*\d{1,2}[a-z]?\s*[.:]?"
)
# Label and title on one line: 'PHỤ LỤC: CÁC NHIỆM VỤ', 'Phụ lục I. DANH MỤC'.
_LABELLED = re.compile(r"phu luc(?:\s+(?:so\s+)?(?:[ivx]{1,5}|\d{1,2}))?(?=\s*[.:–-]\s|\s)")
# What comes with a document but is not called an appendix has a title in capitals and this note soon under it.
_NOTE_REACH = 6
_LONGEST_TITLE = 300
_NOTE = re.compile(r"\(?\s*(?:ban hanh\s+)?kem theo\b")
_PARENT_CODE = r"«số»\s*[:.]?[\s.…_]*(?P<number>\d+)?[\s.…_]*/\s*(?P<symbol>[a-z]+(?:\s*-\s*[a-z]+)+)"


@dataclass(frozen=True, slots=True)
class Found:
    """An appendix, the passages of its plain paragraphs, and the tasks of its table."""

    appendix: Appendix
    blocks: tuple[Placed, ...] = ()
    tasks: tuple[Task, ...] = ()
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """Paragraphs and tables in their order, with the passages, tasks and counting cells found in them."""

    text: tuple[Placed, ...] = ()
    tasks: tuple[Task, ...] = ()
    blocks: tuple[Block, ...] = ()
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Parent:
    """What the note of an appendix says of the document it belongs to."""

    number: str | None = None
    symbol: str | None = None
    date: PartialDate | None = None


def split(lines: Sequence[Line], after: int) -> tuple[Sequence[Line], list[Sequence[Line]]]:
    """The main part, and each appendix. Nothing before line index `after` begins one."""
    starts = [index for index in range(max(after, 1), len(lines)) if _begins(lines, index)]
    if not starts:
        return lines, []
    ends = [*starts[1:], len(lines)]
    return lines[: starts[0]], [lines[start:end] for start, end in zip(starts, ends, strict=True)]


def _begins(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    if line.is_blank or len(line.text) > _LONGEST_TITLE or not line.stripped[0].isupper():
        return False
    if not _LABEL.fullmatch(line.folded):
        return line.stripped.isupper() and (_has_label(line) or _is_attached(lines, index))
    before = lines[index - 1]
    after = next((one for one in lines[index + 1 :] if not one.is_blank), None)
    return (
        before.is_blank
        or (after is not None and (after.stripped.isupper() or _NOTE.match(after.folded) is not None))
        or before.page != line.page
        or before.stripped.endswith((".", ";"))
        or line.stripped.isupper()
    )


def _has_label(line: Line) -> bool:
    return _LABELLED.match(line.folded) is not None


def _is_attached(lines: Sequence[Line], index: int) -> bool:
    """A title in capitals, first of its lines, with '(Kèm theo …)' under it: 'DANH SÁCH', 'BIỂU PHÂN CÔNG'.

    A regulation that a decision issues is the better part of the document and stays in its body.
    """
    if (
        kind_in_title(lines[index]) is not None
        or mark_of(lines[index].text) is not None
        or is_signing(lines[index])
        or not _is_apart(lines, index)
    ):
        return False
    seen, small = 0, False
    for line in lines[index + 1 : index + 1 + 2 * _NOTE_REACH]:
        if line.is_blank:
            continue
        seen += 1
        if line.stripped.startswith("(") and _NOTE.match(line.folded):
            return True
        if seen >= _NOTE_REACH or mark_of(line.text) is not None or line.stripped.endswith((".", ";", ":")):
            return False
        if small and line.stripped.isupper():
            # The title is that one: what stands above is a name or a role.
            return False
        small = not line.stripped.isupper()
    return False


def _is_apart(lines: Sequence[Line], index: int) -> bool:
    """Whether no label and no other line of a title in capitals stands just above."""
    before = lines[index - 1]
    if before.is_blank and index > 1:
        before = lines[index - 2]
    if before.is_blank or is_signing(before):
        return True
    return not (before.stripped.isupper() or _LABEL.fullmatch(before.folded))


def read_appendix(lines: Sequence[Line], year: int | None, damaged: bool, width: int | None = None) -> Found:
    """One appendix. The tasks are read when its table has a column of tasks."""
    label, title, note, index = _title_and_note(lines)
    rest = lines[index:]
    grid = tables.flattened(rest)
    if grid is not None:
        blocks: tuple[Block, ...] = (grid.table(),)
        appendix = Appendix(title, label, note, blocks, landscape=True, span=passage(lines).span)
        return Found(appendix, (), tasks_of(grid, year), tuple(grid.counted()))
    body = body_of(rest, year, damaged, width)
    landscape = any(not isinstance(block, Paragraph) for block in body.blocks)
    appendix = Appendix(title, label, note, body.blocks, landscape, passage(lines).span)
    return Found(appendix, body.text, body.tasks, body.cells)


def _title_and_note(lines: Sequence[Line]) -> tuple[str | None, str | None, str | None, int]:
    """Label, title and note, and the index of the line after them."""
    notes: list[str] = []
    label, titles = _first_line(lines[0])
    index = 1
    while index < len(lines):
        line = lines[index]
        if notes and (notes[-1].endswith(")") or line.is_blank):
            break
        if not line.is_blank and not line.is_rule:
            if notes or _NOTE.match(line.folded):
                notes.append(line.stripped)
            elif _is_title_line(line, titles, lines[index - 1].is_blank):
                titles.append(line.stripped)
            else:
                break
        index += 1
    return label, " ".join(titles) or None, " ".join(notes) or None, index


def _first_line(line: Line) -> tuple[str | None, list[str]]:
    """The label in the first line, and the title that may follow it there."""
    text = line.stripped
    if _LABEL.fullmatch(line.folded):
        return text.rstrip(":."), []
    if found := _LABELLED.match(line.folded):
        return text[: found.end()], [text[found.end() :].strip(" :.–-")]
    return None, [text]


def _is_title_line(line: Line, titles: Sequence[str], blank_before: bool) -> bool:
    if (
        mark_of(line.text) is not None
        or tables.is_piped(line)
        or fold(line.stripped).startswith(("stt", "tt "))
    ):
        return False
    if not titles:
        return len(line.stripped) < 160
    return line.stripped.isupper() or (not blank_before and not titles[-1].isupper() and len(titles) < 4)


def read_note(lines: Sequence[Line]) -> str | None:
    """The note '(Kèm theo …)' of the appendix that these lines are."""
    return _title_and_note(lines)[2]


def parent_of(note: str | None) -> Parent:
    """Number, symbol and date of the document an appendix is attached to, as far as its note has them."""
    if note is None:
        return Parent()
    folded = fold(note)
    code = pattern(_PARENT_CODE).search(folded)
    date = pattern(LONG).search(folded) or pattern(SHORT).search(folded)
    symbol = symbol_of(note[code.start("symbol") : code.end("symbol")]) if code else None
    return Parent(code["number"] if code else None, symbol, date_of(date) if date else None)


_GRIDS: dict[str, Callable[[Sequence[Line]], tables.Grid | None]] = {
    "piped": tables.piped,
    "separated": tables.separated,
    "flattened": tables.flattened,
}


def body_of(lines: Sequence[Line], year: int | None, damaged: bool, width: int | None = None) -> Body:
    """Paragraphs and tables in their order."""
    pieces: list[tuple[str, list[Line]]] = []
    apart = tables.separated_within(lines)
    inside = range(0) if apart else tables.flattened_within(lines)
    for index, line in enumerate(lines):
        kind = (
            "piped"
            if tables.is_piped(line)
            else "separated"
            if index in apart
            else "flattened"
            if index in inside
            else ""
        )
        if pieces and pieces[-1][0] == kind:
            pieces[-1][1].append(line)
        else:
            pieces.append((kind, [line]))
    text: list[Placed] = []
    tasks: list[Task] = []
    blocks: list[Block] = []
    counted: list[Cell] = []
    for kind, piece in pieces:
        if kind and len(piece) > 1:
            grid = _GRIDS[kind](piece)
            if grid is None:
                continue
            blocks.append(grid.table())
            tasks.extend(tasks_of(grid, year))
            counted.extend(grid.counted())
        else:
            found = placed(drafts_of(piece, width), damaged)
            text.extend(found)
            blocks.extend(one.paragraph for one in found)
    return Body(tuple(text), tuple(tasks), tuple(blocks), tuple(counted))
