"""Properties of paragraphs and runs in a .doc: lists of changes on pages of 512 bytes, and the styles below them."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

PAGE = 512
# Properties, by their codes ([MS-DOC] 2.6).
IN_TABLE, ROW_END, ROW_CELLS, ELSEWHERE = 0x2416, 0x2417, 0xD608, (0x6646, 0x6645)
DELETED, HIDDEN, CAPITALS, FONT = 0x0800, 0x083C, 0x083B, 0x4A4F
CENTRED, LIST, LIST_LEVEL = (0x2403, 0x2461), 0x460B, 0x260A
TABLE_LINES = (0xD605, 0xD613)
STYLE = -1
"""Not a property: the number of the paragraph's style is kept beside them."""
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_LONG_OPERANDS = (0xD608, 0xC615)
# Styles are based on styles; a chain longer than this is a circle.
_LONGEST_CHAIN = 12
_PARAGRAPH_STYLE = 1

Properties = dict[int, bytes]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Properties that hold for the bytes of the file from `start` up to `end`."""

    start: int
    end: int
    properties: Properties


def is_on(said: Properties, code: int) -> bool:
    """Whether a property is switched on."""
    return said.get(code, b"\0")[:1] not in (b"\0", b"")


def number(said: Properties, code: int) -> int | None:
    """The number a property gives; None when nothing is said."""
    raw = said.get(code)
    return None if raw is None else int.from_bytes(raw[:2], "little")


class Pages:
    """Properties by place, for places asked in a rising order within each piece."""

    def __init__(self, stretches: list[Stretch]) -> None:
        self._stretches = sorted(stretches, key=lambda one: one.start)
        self._starts = [one.start for one in self._stretches]
        self._last: Stretch | None = None

    def at(self, offset: int) -> Properties:
        last = self._last
        if last is None or not last.start <= offset < last.end:
            index = bisect_right(self._starts, offset) - 1
            last = self._last = self._stretches[index] if index >= 0 else None
        return last.properties if last is not None and last.start <= offset < last.end else {}


def on_page(page: bytes, paragraphs: bool) -> Iterator[Stretch]:
    """The stretches that a page of properties describes."""
    if len(page) < PAGE:
        return
    count = page[-1]
    size = 13 if paragraphs else 1
    if 4 * (count + 1) + size * count >= PAGE:
        return
    places = struct.unpack_from(f"<{count + 1}I", page, 0)
    for index in range(count):
        at = page[4 * (count + 1) + size * index] * 2
        yield Stretch(places[index], places[index + 1], _properties(page, at, paragraphs) if at else {})


def _properties(page: bytes, at: int, paragraphs: bool) -> Properties:
    length = page[at]
    if not paragraphs:
        return dict(changes(page[at + 1 : at + 1 + length]))
    # Twice the length in words, or when that is zero, the next byte tells; a style's number comes first.
    start, end = (at + 2, at + 2 + page[at + 1] * 2) if length == 0 else (at + 1, at + length * 2)
    return {STYLE: page[start : start + 2], **dict(changes(page[start + 2 : end]))}


def changes(raw: bytes) -> Iterator[tuple[int, bytes]]:
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


@dataclass(frozen=True, slots=True)
class Style:
    """What a style and those it is based on say of a paragraph, and of its runs."""

    paragraph: Properties
    run: Properties


def styles_of(raw: bytes) -> dict[int, Style]:
    """The paragraph styles of a style sheet ([MS-DOC] 2.9.271), by their numbers."""
    if len(raw) < 6:
        return {}
    header, _, base = struct.unpack_from("<HHH", raw, 0)
    entries: dict[int, bytes] = {}
    at = 2 + header
    while at + 2 <= len(raw):
        (size,) = struct.unpack_from("<H", raw, at)
        entries[len(entries)] = raw[at + 2 : at + 2 + size]
        at += 2 + size + size % 2
    own = {index: found for index, entry in entries.items() if (found := _own(entry, base))}
    return {index: _resolved(index, own) for index in own}


def _own(entry: bytes, base: int) -> tuple[int, Style] | None:
    """The style it is based on, and what a paragraph style says itself."""
    if len(entry) < base + 2 or base < 10:
        return None
    kind, count = struct.unpack_from("<HH", entry, 2)
    if kind & 0xF != _PARAGRAPH_STYLE:
        return None
    (letters,) = struct.unpack_from("<H", entry, base)
    at = base + 2 + 2 * letters + 2
    parts: list[bytes] = []
    for _ in range(min(count & 0xF, 3)):
        if at + 2 > len(entry):
            break
        (size,) = struct.unpack_from("<H", entry, at)
        parts.append(entry[at + 2 : at + 2 + size])
        at += 2 + size + size % 2
    paragraph, run = [*parts, b"", b""][:2]
    return kind >> 4, Style(dict(changes(paragraph[2:])), dict(changes(run)))


def _resolved(index: int, own: dict[int, tuple[int, Style]]) -> Style:
    paragraph: Properties = {}
    run: Properties = {}
    for _ in range(_LONGEST_CHAIN):
        if index not in own:
            break
        index, style = own[index]
        paragraph = {**style.paragraph, **paragraph}
        run = {**style.run, **run}
    return Style(paragraph, run)
