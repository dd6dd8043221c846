"""The numbers that Word prints before paragraphs: 'I.', '1.2.', 'a)', '-'.

A file holds only which list a paragraph belongs to and at which level; the number comes of counting
(ECMA-376, part 1, 17.9). Lists that share an abstract definition count on together; a list may start anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dinhlang.officialdoc.read.word import symbols
from dinhlang.officialdoc.read.word.names import W, flag, integer, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
# A list of more items is an error or an attack; its numbers would be long.
_LARGEST = 30_000


def roman(number: int) -> str:
    """'iv' for 4."""
    if not 0 < number <= _LARGEST:
        return str(number)
    parts = []
    for size, letters in _ROMAN:
        count, number = divmod(number, size)
        parts.append(letters * count)
    return "".join(parts)


def letter(number: int) -> str:
    """'a' to 'z', then 'aa', 'bb', as Word counts."""
    if not 0 < number <= _LARGEST:
        return str(number)
    times, which = divmod(number - 1, 26)
    return chr(ord("a") + which) * (times + 1)


def _in_words(number: int) -> str:
    from dinhlang.vietnamese.numbers import in_words

    return in_words(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": lambda number: roman(number).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda number: letter(number).upper(),
    "lowerLetter": letter,
    "vietnameseCounting": _in_words,
    "numberInDash": lambda number: f"- {number} -",
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "none": lambda number: "",
}


@dataclass(slots=True)
class Level:
    """How one level of a list is numbered."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    is_legal: bool = False
    suffix: str = "tab"
    style: str | None = None
    font: str | None = None
    is_hidden: bool = False

    def shown(self, number: int) -> str:
        return _FORMATS.get(self.form, str)(number)


@dataclass(slots=True)
class _List:
    """A list of the document: its abstract definition and what it does otherwise."""

    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Numbering:
    """The counters of a document. `label` must be asked for each paragraph in the order of the text."""

    def __init__(self, root: _Element | None, list_of_style: Callable[[str], str | None]) -> None:
        self._abstracts: dict[str, dict[int, Level]] = {}
        self._linked: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        self._list_of_style = list_of_style
        if root is not None:
            self._read(root)

    def _read(self, root: _Element) -> None:
        for one in root.iterchildren(f"{W}abstractNum"):
            identifier = one.get(f"{W}abstractNumId") or ""
            self._abstracts[identifier] = _levels(one)
            link = value(one.find(f"{W}numStyleLink"))
            if link is not None:
                self._linked[identifier] = link
        for one in root.iterchildren(f"{W}num"):
            found = _List(value(one.find(f"{W}abstractNumId")) or "")
            for override in one.iterchildren(f"{W}lvlOverride"):
                index = _level_index(override)
                start = integer(override.find(f"{W}startOverride"))
                if start is not None:
                    found.starts[index] = start
                replaced = override.find(f"{W}lvl")
                if replaced is not None:
                    found.levels[index] = _level(replaced)
            self._lists[one.get(f"{W}numId") or ""] = found

    def define(self, identifier: str, levels: dict[int, Level]) -> None:
        """An abstract list."""
        self._abstracts[identifier] = levels

    def use(self, number: str, abstract: str, starts: dict[int, int], levels: dict[int, Level]) -> None:
        """A list of the document, with what it does otherwise than its abstract definition."""
        self._lists[number] = _List(abstract, starts, levels)

    def level_of_style(self, number: str, style: str | None) -> int:
        """The level of a list that is tied to a paragraph style."""
        known = self._lists.get(number)
        if known is None or style is None:
            return 0
        return next((at for at, one in self._levels_of(known).items() if one.style == style), 0)

    def label(self, number: str, index: int) -> str:
        """What is printed before the next paragraph of list `number` at a level (from 0), with the space after it.

        Empty for a list that is not there or prints nothing.
        """
        known = self._lists.get(number)
        index = max(0, min(index, _LEVELS - 1))
        if known is None:
            return ""
        levels = self._levels_of(known)
        level = levels.get(index)
        if level is None:
            return ""
        counters = self._counters.setdefault(self._abstract_of(known), [None] * _LEVELS)
        self._count(number, known, levels, index, counters)
        if level.is_hidden:
            return ""
        if level.form == "bullet":
            mark = symbols.bullet(level.text, level.font) if level.text.strip() else ""
            return f"{mark} " if mark else ""
        text = _PLACE.sub(lambda found: _shown(int(found[1]) - 1, level, levels, counters), level.text)
        return text + ("" if level.suffix == "nothing" else " ") if text.strip() else ""

    def _count(
        self, number: str, known: _List, levels: dict[int, Level], index: int, counters: list[int | None]
    ) -> None:
        current = counters[index]
        level = levels[index]
        if index in known.starts and (number, index) not in self._started:
            counters[index] = known.starts[index]
        else:
            counters[index] = level.start if current is None else current + 1
        self._started.add((number, index))
        for deeper in range(index + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and index < restart):
                counters[deeper] = None

    def _abstract_of(self, known: _List) -> str:
        style = self._linked.get(known.abstract)
        number = self._list_of_style(style) if style else None
        real = self._lists.get(number) if number else None
        return real.abstract if real is not None else known.abstract

    def _levels_of(self, known: _List) -> dict[int, Level]:
        levels = self._abstracts.get(self._abstract_of(known), {})
        return {**levels, **known.levels} if known.levels else levels


def _shown(index: int, level: Level, levels: dict[int, Level], counters: list[int | None]) -> str:
    """One number of a label; a level above that has not been counted shows its first."""
    other = levels.get(index)
    if other is None:
        return ""
    count = counters[index]
    number = other.start if count is None else count
    return str(number) if level.is_legal and other.form not in ("none", "bullet") else other.shown(number)


def _levels(abstract: _Element) -> dict[int, Level]:
    return {_level_index(one): _level(one) for one in abstract.iterchildren(f"{W}lvl")}


def _level_index(element: _Element) -> int:
    text = element.get(f"{W}ilvl") or "0"
    return int(text) if text.isdecimal() and len(text) < 3 else 0


def _level(element: _Element) -> Level:
    def of(name: str) -> _Element | None:
        return element.find(f"{W}{name}")

    fonts = element.find(f"{W}rPr/{W}rFonts")
    return Level(
        form=value(of("numFmt")) or "decimal",
        text=value(of("lvlText")) or "",
        start=integer(of("start")) or 0,
        restart=integer(of("lvlRestart")),
        is_legal=flag(of("isLgl")),
        suffix=value(of("suff")) or "tab",
        style=value(of("pStyle")),
        font=fonts.get(f"{W}ascii") if fonts is not None else None,
        is_hidden=flag(element.find(f"{W}rPr/{W}vanish")),
    )
