"""The text of an old Word file (.doc of Word 97 to 2003) without LibreOffice.

The layout of the file is [MS-DOC], published by Microsoft: the text lies in pieces (2.4.1), paragraphs and runs have
their properties on pages of 512 bytes (2.9.32, 2.9.33). Read are paragraphs, rows of tables, fields, notes, and which
text is deleted or hidden. Numbers that Word prints before paragraphs are not: that takes the program itself.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from dinhlang.officialdoc.read.flow import Block, Cell, Paragraph, Piece, Row, Table
from dinhlang.officialdoc.read.flow.blocks import paragraphs_of
from dinhlang.officialdoc.read.flow.printer import signs
from dinhlang.officialdoc.read.word import legacy
from dinhlang.officialdoc.read.word.fields import Fields
from dinhlang.officialdoc.read.word.letterhead import is_letterhead
from dinhlang.officialdoc.read.word.story import MOST_CELLS
from dinhlang.vietnamese.legacy import detect as legacy_encoding

if TYPE_CHECKING:
    import olefile

MOST_CHARACTERS = 4_000_000
_MAGIC = 0xA5EC
_ENCRYPTED, _WHICH_TABLE = 0x0100, 0x0200
# Where the file information block keeps what is needed ([MS-DOC] 2.5.1 to 2.5.6).
_FLAGS, _MAIN_LENGTH, _PIECES = 0x0A, 0x4C, 0x1A2
_CHARACTER_PAGES, _PARAGRAPH_PAGES, _FONTS = 0xFA, 0x102, 0x112
_FONT_NAME = 40
_TEXTS, _HEADERS, _BOXES = 7, 2, 6
_PAGE = 512
_COMPRESSED = 0x4000_0000
# Properties, by their codes ([MS-DOC] 2.6).
_IN_TABLE, _ROW_END, _ROW_CELLS, _ELSEWHERE = 0x2416, 0x2417, 0xD608, (0x6646, 0x6645)
_DELETED, _HIDDEN, _FONT, _CENTRED = 0x0800, 0x083C, 0x4A4F, (0x2403, 0x2461)
_MERGED_BELOW, _MERGED_FIRST = 0x20, 0x40
_CELL_SIZE = 20
# Edges of cells nearer than this, in twentieths of a point, are one.
_SAME_EDGE = 30
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_LONG_OPERANDS = (0xD608, 0xC615)
_CELL = "\x07"
_ENDS = ("\r", _CELL, "\x0c")
_FIELD_MARKS = {"\x13": "begin", "\x14": "separate", "\x15": "end"}
_SIGNS = {"\x1e": "-", "\xa0": " ", "\t": "\t"}
_SAMPLE = 20_000


class NoText(Exception):
    """The file is no Word file or is broken."""


class Locked(NoText):
    """The file has a password."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Properties that hold for the bytes of the file from `start` up to `end`."""

    start: int
    end: int
    properties: dict[int, bytes]


def blocks_of(data: bytes) -> list[Block]:
    """The paragraphs and tables of a .doc. Raises `NoText`, or `Locked` for one with a password."""
    import olefile

    try:
        with olefile.OleFileIO(data) as file:
            return _Reader(file).blocks()
    except (
        OSError,
        struct.error,
        ValueError,
        IndexError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        # What a broken file makes the reader of compound files raise is not said anywhere.
        raise NoText from error


class _Reader:
    def __init__(self, file: olefile.OleFileIO) -> None:
        self._main = file.openstream("WordDocument").read()
        magic, flags = self._number("<H", 0), self._number("<H", _FLAGS)
        if magic != _MAGIC:
            raise NoText
        if flags & _ENCRYPTED:
            raise Locked
        self._table = file.openstream("1Table" if flags & _WHICH_TABLE else "0Table").read()
        self._data = file.openstream("Data").read() if file.exists("Data") else b""
        self._fonts = list(self._font_names())
        self._paragraphs = _Pages(list(self._stretches(_PARAGRAPH_PAGES, paragraphs=True)))
        self._runs = _Pages(list(self._stretches(_CHARACTER_PAGES, paragraphs=False)))

    def _number(self, form: str, at: int) -> int:
        (found,) = struct.unpack_from(form, self._main, at)
        return int(found)

    def _characters(self) -> Iterator[tuple[str, int]]:
        """Each character of the file's texts with its place in the file."""
        left = MOST_CHARACTERS
        for count, offset, is_narrow in self._pieces():
            size = 1 if is_narrow else 2
            taken = min(count, left)
            raw = self._main[offset : offset + taken * size]
            text = raw.decode("cp1252", "replace") if is_narrow else raw.decode("utf-16-le", "replace")
            yield from ((one, offset + at * size) for at, one in enumerate(text[:taken]))
            left -= taken
            if left <= 0:
                return

    def _pieces(self) -> Iterator[tuple[int, int, bool]]:
        """For each piece of the text: how many characters, where, and whether one byte each."""
        start, length = self._number("<I", _PIECES), self._number("<I", _PIECES + 4)
        parts = self._table[start : start + length]
        at = 0
        while at < len(parts) and parts[at] == 1:
            at += 3 + struct.unpack_from("<H", parts, at + 1)[0]
        if at >= len(parts) or parts[at] != 2:
            raise NoText
        (size,) = struct.unpack_from("<I", parts, at + 1)
        count = (size - 4) // 12
        if not 0 < count <= len(parts):
            raise NoText
        places = struct.unpack_from(f"<{count + 1}i", parts, at + 5)
        first = at + 5 + 4 * (count + 1)
        for index in range(count):
            (where,) = struct.unpack_from("<I", parts, first + 8 * index + 2)
            is_narrow = bool(where & _COMPRESSED)
            offset = (where & (_COMPRESSED - 1)) // (2 if is_narrow else 1)
            yield max(0, places[index + 1] - places[index]), offset, is_narrow

    def _stretches(self, place: int, *, paragraphs: bool) -> Iterator[_Stretch]:
        start, length = self._number("<I", place), self._number("<I", place + 4)
        count = (length - 4) // 8
        if not 0 < count < len(self._main):
            return
        pages = struct.unpack_from(f"<{count}I", self._table, start + 4 * (count + 1))
        for page in pages:
            yield from _on_page(self._main[(page & 0x3FFFFF) * _PAGE :][:_PAGE], paragraphs)

    def _font_names(self) -> Iterator[str]:
        start, length = self._number("<I", _FONTS), self._number("<I", _FONTS + 4)
        raw = self._table[start : start + length]
        at = 4
        while at < len(raw):
            entry = raw[at : at + raw[at] + 1]
            yield entry[_FONT_NAME:].decode("utf-16-le", "ignore").split("\0")[0]
            at += len(entry)

    def _code(self, run: dict[int, bytes]) -> legacy.Code | None:
        number = int.from_bytes(run.get(_FONT, b"")[:2], "little")
        return legacy.code_of(self._fonts[number]) if _FONT in run and number < len(self._fonts) else None

    def _said(self, offset: int) -> dict[int, bytes]:
        """The properties of a paragraph; those of wide rows are kept in a stream of their own."""
        said = self._paragraphs.at(offset)
        place = next((said[code] for code in _ELSEWHERE if code in said), None)
        if place is None:
            return said
        at = int.from_bytes(place[:4], "little")
        (size,) = struct.unpack_from("<H", self._data, at)
        return {**said, **dict(_changes(self._data[at + 2 : at + 2 + size]))}

    def blocks(self) -> list[Block]:
        """The paragraphs and tables of the main text, and of boxes and headers what belongs to it."""
        characters = list(self._characters())
        unnamed = legacy_encoding("".join([one for one, _ in characters[:_SAMPLE]]))
        otherwise = legacy.Code(unnamed) if unnamed is not None else None
        # The texts stand one after another: main, notes, headers, macros, comments, end notes, boxes.
        lengths = [max(0, self._number("<i", _MAIN_LENGTH + 4 * index)) for index in range(_TEXTS)]
        starts = list(accumulate(lengths, initial=0))
        main, headers, boxes = (
            self._built(characters[starts[index] : starts[index + 1]], otherwise)
            for index in (0, _HEADERS, _BOXES)
        )
        if (not boxes and not headers) or is_letterhead(_text(main)):
            return [*main, *boxes]
        if is_letterhead(_text(boxes)):
            # Boxes stand in the file in their order: those of the head, then those that somebody signs in.
            foot = next((at for at, one in enumerate(boxes) if signs(_text([one]).strip())), len(boxes))
            return [*boxes[:foot], *main, *boxes[foot:]]
        return [*headers, *main, *boxes] if is_letterhead(_text(headers)) else [*main, *boxes]

    def _built(self, characters: Sequence[tuple[str, int]], otherwise: legacy.Code | None) -> list[Block]:
        builder = _Builder()
        for character, offset in characters:
            if character in _ENDS:
                builder.end(character, self._said(offset))
                continue
            run = self._runs.at(offset)
            if not (_is_on(run, _DELETED) or _is_on(run, _HIDDEN)):
                builder.take(character, self._code(run) if _FONT in run else otherwise)
        return builder.finished()


def _text(blocks: list[Block]) -> str:
    return " ".join(paragraph.text for paragraph in paragraphs_of(blocks))


def _is_on(said: dict[int, bytes], code: int) -> bool:
    return said.get(code, b"\0")[:1] not in (b"\0", b"")


class _Pages:
    """Properties by place, for places asked in a rising order within each piece."""

    def __init__(self, stretches: list[_Stretch]) -> None:
        self._stretches = sorted(stretches, key=lambda one: one.start)
        self._starts = [one.start for one in self._stretches]
        self._last: _Stretch | None = None

    def at(self, offset: int) -> dict[int, bytes]:
        last = self._last
        if last is None or not last.start <= offset < last.end:
            index = bisect_right(self._starts, offset) - 1
            last = self._last = self._stretches[index] if index >= 0 else None
        return last.properties if last is not None and last.start <= offset < last.end else {}


def _on_page(page: bytes, paragraphs: bool) -> Iterator[_Stretch]:
    """The stretches that a page of properties describes."""
    if len(page) < _PAGE:
        return
    count = page[-1]
    size = 13 if paragraphs else 1
    if 4 * (count + 1) + size * count >= _PAGE:
        return
    places = struct.unpack_from(f"<{count + 1}I", page, 0)
    for index in range(count):
        at = page[4 * (count + 1) + size * index] * 2
        yield _Stretch(places[index], places[index + 1], _properties(page, at, paragraphs) if at else {})


def _properties(page: bytes, at: int, paragraphs: bool) -> dict[int, bytes]:
    length = page[at]
    if not paragraphs:
        return dict(_changes(page[at + 1 : at + 1 + length]))
    # Twice the length in words, or when that is zero, the next byte tells; a style's number comes first.
    start, end = (at + 2, at + 2 + page[at + 1] * 2) if length == 0 else (at + 1, at + length * 2)
    return dict(_changes(page[start + 2 : end]))


def _changes(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """The changes in a list of them: the code of each with its operand."""
    at = 0
    while at + 3 <= len(raw):
        (code,) = struct.unpack_from("<H", raw, at)
        at += 2
        kind = code >> 13
        if kind in _SIZES:
            size, skipped = _SIZES[kind], 0
        elif code in _LONG_OPERANDS:
            size, skipped = int.from_bytes(raw[at : at + 2], "little") - 1, 2
        else:
            size, skipped = raw[at], 1
        yield code, raw[at + skipped : at + skipped + max(size, 0)]
        at += skipped + max(size, 0)


@dataclass(slots=True)
class _LaidCell(Cell):
    """A cell with the place of its right edge."""

    edge: int = 0


class _Builder:
    """Characters to paragraphs, cells and rows."""

    def __init__(self) -> None:
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
        elif character in _SIGNS:
            self._lines[-1].append((_SIGNS[character], code))
        elif character >= " ":
            self._lines[-1].append((character, code))

    def end(self, character: str, said: dict[int, bytes]) -> None:
        """The mark that ends a paragraph, a cell or a row."""
        if character == _CELL and _is_on(said, _ROW_END):
            self._end_row(said.get(_ROW_CELLS, b""))
        elif character == _CELL:
            self._cells += 1
            paragraph = self._paragraph(said)
            if self._cells <= MOST_CELLS:
                self._row.append(_LaidCell([*self._cell, paragraph]))
            self._cell = []
        elif _is_on(said, _IN_TABLE):
            self._cell.append(self._paragraph(said))
        else:
            self._end_table()
            self._found.append(self._paragraph(said))
            if character == "\x0c":
                self._found.append(Paragraph([[]], breaks_page=True))

    def _paragraph(self, said: dict[int, bytes]) -> Paragraph:
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
        centred = any(said.get(code, b"")[:1] == b"\x01" for code in _CENTRED)
        return Paragraph(lines, centred=centred)

    def _end_row(self, layout: bytes) -> None:
        """A row is complete: `layout` has the edges of its cells, and which of them go on with the one above."""
        self._lines = [[]]
        count = layout[0] if layout else 0
        if count == len(self._row) and len(layout) >= 1 + 2 * (count + 1):
            edges = struct.unpack_from(f"<{count + 1}h", layout, 1)
            cells = layout[1 + 2 * (count + 1) :]
            for index, cell in enumerate(self._row):
                flags = int.from_bytes(cells[index * _CELL_SIZE : index * _CELL_SIZE + 2], "little")
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
            self._found.append(Table(self._rows, ruled=len(self._rows) > 2))
        self._rows, self._row, self._cell = [], [], []

    def finished(self) -> list[Block]:
        """Everything read."""
        if any(self._lines):
            self._found.append(self._paragraph({}))
        self._end_table()
        return self._found


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
