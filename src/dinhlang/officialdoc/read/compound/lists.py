"""Lists of a .doc ([MS-DOC] 2.9.131 to 2.9.150), counted as those of a .docx are."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from dinhlang.officialdoc.read.word.numbering import Level, Numbering

_FORMS = {0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 22: "decimalZero", 23: "bullet", 255: "none"}  # fmt: skip
_FOLLOWED_BY = {0: "tab", 1: "space", 2: "nothing"}
_LEVELS = 9
_LIST_SIZE, _LEVEL_SIZE, _USE_SIZE = 28, 28, 16
_MOST_LISTS = 5_000
_FONT_CHANGE = b"\x4f\x4a"


def numbering_of(
    table: bytes, lists: tuple[int, int], uses: tuple[int, int], fonts: Sequence[str]
) -> Numbering:
    """The counters of a document: `lists` and `uses` are where its lists and their uses stand in `table`, and how long."""
    numbering = Numbering(None, lambda style: None)
    start, length = lists
    if length < 2:
        return numbering
    (count,) = struct.unpack_from("<H", table, start)
    at = start + length
    for index in range(min(count, _MOST_LISTS)):
        identifier, _, flags = struct.unpack_from("<iI18xB", table, start + 2 + _LIST_SIZE * index)
        levels: dict[int, Level] = {}
        for depth in range(1 if flags & 1 else _LEVELS):
            levels[depth], at = _level(table, at, fonts)
        numbering.define(str(identifier), levels)
    _take_uses(numbering, table, uses, fonts)
    return numbering


def _take_uses(numbering: Numbering, table: bytes, uses: tuple[int, int], fonts: Sequence[str]) -> None:
    start, length = uses
    if length < 4:
        return
    (count,) = struct.unpack_from("<I", table, start)
    count = min(count, _MOST_LISTS)
    at = start + 4 + _USE_SIZE * count
    for index in range(count):
        identifier, overrides = struct.unpack_from("<i8xB", table, start + 4 + _USE_SIZE * index)
        starts: dict[int, int] = {}
        levels: dict[int, Level] = {}
        at += 4
        for _ in range(overrides):
            first, flags = struct.unpack_from("<iI", table, at)
            at += 8
            depth = flags & 0xF
            if flags & 0x20:
                levels[depth], at = _level(table, at, fonts)
            elif flags & 0x10:
                starts[depth] = first
        numbering.use(str(index + 1), str(identifier), starts, levels)


def _level(table: bytes, at: int, fonts: Sequence[str]) -> tuple[Level, int]:
    """One level, and where the next thing begins."""
    first, form, flags, follow = struct.unpack_from("<iBB9xB", table, at)
    run_size, paragraph_size, restart = struct.unpack_from("<BBB", table, at + 24)
    run = at + _LEVEL_SIZE + paragraph_size
    text_at = run + run_size
    (letters,) = struct.unpack_from("<H", table, text_at)
    text = table[text_at + 2 : text_at + 2 + 2 * letters].decode("utf-16-le", "replace")
    shown = "".join(f"%{ord(one) + 1}" if ord(one) < _LEVELS else one for one in text)
    level = Level(
        _FORMS.get(form, "decimal"), shown, first, restart if flags & 0x08 else None, bool(flags & 0x04),
        _FOLLOWED_BY.get(follow, "tab"), None, _font(table[run:text_at], fonts),
    )  # fmt: skip
    return level, text_at + 2 + 2 * letters


def _font(changes: bytes, fonts: Sequence[str]) -> str | None:
    at = changes.find(_FONT_CHANGE)
    number = int.from_bytes(changes[at + 2 : at + 4], "little") if at >= 0 else len(fonts)
    return fonts[number] if number < len(fonts) else None
