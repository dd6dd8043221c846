"""The text of an old Word file (.doc of Word 97 to 2003) without LibreOffice.

The layout of the file is [MS-DOC], published by Microsoft: the text lies in pieces (2.4.1), paragraphs and runs have
their properties on pages of 512 bytes (`properties`), lists are counted (`lists`), and `builder` makes paragraphs and
tables of the characters. Deleted and hidden text is left out, text in fonts of old codes becomes Unicode.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from dinhlang.officialdoc.read.compound.builder import ENDS, NOTE, Builder
from dinhlang.officialdoc.read.compound.lists import numbering_of
from dinhlang.officialdoc.read.compound.properties import (
    CAPITALS,
    DELETED,
    ELSEWHERE,
    FONT,
    HIDDEN,
    LIST,
    LIST_LEVEL,
    PAGE,
    STYLE,
    Pages,
    Properties,
    Stretch,
    Style,
    changes,
    is_on,
    number,
    on_page,
    styles_of,
)
from dinhlang.officialdoc.read.flow import Block
from dinhlang.officialdoc.read.flow.blocks import paragraphs_of
from dinhlang.officialdoc.read.flow.printer import signs
from dinhlang.officialdoc.read.word import legacy
from dinhlang.officialdoc.read.word.letterhead import is_letterhead
from dinhlang.vietnamese.legacy import detect as legacy_encoding

if TYPE_CHECKING:
    import olefile

MOST_CHARACTERS = 4_000_000
_MAGIC = 0xA5EC
_ENCRYPTED, _WHICH_TABLE = 0x0100, 0x0200
# Where the file information block keeps what is needed ([MS-DOC] 2.5.1 to 2.5.6).
_FLAGS, _MAIN_LENGTH, _PIECES = 0x0A, 0x4C, 0x1A2
_CHARACTER_PAGES, _PARAGRAPH_PAGES, _FONTS = 0xFA, 0x102, 0x112
_STYLES, _LISTS, _LIST_USES = 0xA2, 0x2E2, 0x2EA
_FONT_NAME = 40
_NOTHING = Style({}, {})
_TEXTS, _NOTES, _HEADERS, _BOXES = 7, 1, 2, 6
_Characters = Sequence[tuple[str, int]]
_COMPRESSED = 0x4000_0000
_SAMPLE = 20_000


class NoText(Exception):
    """The file is no Word file or is broken."""


class Locked(NoText):
    """The file has a password."""


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


class _Look(NamedTuple):
    """What of its look a run's text depends on."""

    hidden: bool = False
    capitals: bool = False
    code: legacy.Code | None = None


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
        self._paragraphs = Pages(list(self._stretches(_PARAGRAPH_PAGES, paragraphs=True)))
        self._runs = Pages(list(self._stretches(_CHARACTER_PAGES, paragraphs=False)))
        start, length = self._place(_STYLES)
        self._styles = styles_of(self._table[start : start + length])
        self._numbering = numbering_of(self._table, self._place(_LISTS), self._place(_LIST_USES), self._fonts)

    def _number(self, form: str, at: int) -> int:
        (found,) = struct.unpack_from(form, self._main, at)
        return int(found)

    def _place(self, at: int) -> tuple[int, int]:
        """Where a part of the table stream stands, and how long it is."""
        return self._number("<I", at), self._number("<I", at + 4)

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
        start, length = self._place(_PIECES)
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

    def _stretches(self, place: int, *, paragraphs: bool) -> Iterator[Stretch]:
        start, length = self._place(place)
        count = (length - 4) // 8
        if not 0 < count < len(self._main):
            return
        pages = struct.unpack_from(f"<{count}I", self._table, start + 4 * (count + 1))
        for page in pages:
            yield from on_page(self._main[(page & 0x3FFFFF) * PAGE :][:PAGE], paragraphs)

    def _font_names(self) -> Iterator[str]:
        start, length = self._place(_FONTS)
        raw = self._table[start : start + length]
        at = 4
        while at < len(raw):
            entry = raw[at : at + raw[at] + 1]
            yield entry[_FONT_NAME:].decode("utf-16-le", "ignore").split("\0")[0]
            at += len(entry)

    def _style(self, said: Properties) -> Style:
        return self._styles.get(number(said, STYLE) or 0, _NOTHING)

    def _said(self, offset: int) -> Properties:
        """The properties of a paragraph over those of its style; those of wide rows are kept in a stream of their own."""
        said = self._paragraphs.at(offset)
        place = next((said[code] for code in ELSEWHERE if code in said), None)
        if place is not None:
            at = int.from_bytes(place[:4], "little")
            (size,) = struct.unpack_from("<H", self._data, at)
            said = {**said, **dict(changes(self._data[at + 2 : at + 2 + size]))}
        return {**self._style(said).paragraph, **said}

    def _label(self, said: Properties) -> str:
        uses = number(said, LIST)
        level = said.get(LIST_LEVEL, b"\0")[:1]
        return self._numbering.label(str(uses), level[0] if level else 0) if uses else ""

    def blocks(self) -> list[Block]:
        """The paragraphs and tables of the main text, and of boxes and headers what belongs to it."""
        characters = list(self._characters())
        unnamed = legacy_encoding("".join([one for one, _ in characters[:_SAMPLE]]))
        otherwise = legacy.Code(unnamed) if unnamed is not None else None
        # The texts stand one after another: main, notes, headers, macros, comments, end notes, boxes.
        lengths = [max(0, self._number("<i", _MAIN_LENGTH + 4 * index)) for index in range(_TEXTS)]
        starts = list(accumulate(lengths, initial=0))
        texts = [characters[start:end] for start, end in pairwise(starts)]
        main = self._built(texts[0], otherwise, self._notes_of(texts[0], texts[_NOTES], otherwise))
        headers, boxes = self._built(texts[_HEADERS], otherwise), self._built(texts[_BOXES], otherwise)
        if (not boxes and not headers) or is_letterhead(_text(main)):
            return [*main, *boxes]
        if is_letterhead(_text(boxes)):
            # Boxes stand in the file in their order: those of the head, then those that somebody signs in.
            foot = next((at for at, one in enumerate(boxes) if signs(_text([one]).strip())), len(boxes))
            return [*boxes[:foot], *main, *boxes[foot:]]
        return [*headers, *main, *boxes] if is_letterhead(_text(headers)) else [*main, *boxes]

    def _notes_of(self, main: _Characters, notes: _Characters, otherwise: legacy.Code | None) -> list[str]:
        """The notes, each after its number; none when their marks do not agree with those in the text."""
        marks = [at for at, (one, _) in enumerate(notes) if one == NOTE]
        if len(marks) != sum(one == NOTE for one, _ in main):
            return []
        parts = [self._built(notes[at:end], otherwise) for at, end in pairwise([*marks, len(notes)])]
        return [f"[{index}] {' '.join(_text(part).split())}" for index, part in enumerate(parts, start=1)]

    def _built(
        self, characters: _Characters, otherwise: legacy.Code | None, notes: Sequence[str] = ()
    ) -> list[Block]:
        builder = Builder(self._label, notes)
        known: tuple[Properties, Properties] | None = None
        look = _Look()
        for character, offset in characters:
            if character in ENDS:
                builder.end(character, self._said(offset))
                continue
            around = (self._runs.at(offset), self._paragraphs.at(offset))
            if known is None or around[0] is not known[0] or around[1] is not known[1]:
                known, look = around, self._look(*around, otherwise)
            if not look.hidden:
                builder.take(character.upper() if look.capitals else character, look.code)
        return builder.finished()

    def _look(self, run: Properties, paragraph: Properties, otherwise: legacy.Code | None) -> _Look:
        said = {**self._style(paragraph).run, **run}
        font = number(said, FONT)
        is_named = font is not None and font < len(self._fonts)
        code = legacy.code_of(self._fonts[font or 0]) if is_named else otherwise
        return _Look(is_on(said, DELETED) or is_on(said, HIDDEN), is_on(said, CAPITALS), code)


def _text(blocks: list[Block]) -> str:
    return " ".join(paragraph.text for paragraph in paragraphs_of(blocks))
