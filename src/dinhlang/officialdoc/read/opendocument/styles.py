"""Styles of an OpenDocument text, as far as reading depends on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dinhlang.officialdoc.read.opendocument.names import FO, LOEXT, STYLE, SVG, TEXT, number
from dinhlang.officialdoc.read.word import symbols
from dinhlang.officialdoc.read.word.numbering import letter, roman

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST_CHAIN = 20
_FORMATS: dict[str, Callable[[int], str]] = {
    "1": str,
    "a": letter,
    "A": lambda number: letter(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says. None where it says nothing."""

    capitals: bool | None = None
    hidden: bool | None = None
    font: str | None = None
    centred: bool | None = None
    breaks_page: bool | None = None
    list_style: str | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered. `bullet` is set instead of `form` for marks."""

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown_levels: int = 1
    bullet: str | None = None
    pattern: str | None = None


class Styles:
    """The styles of the text: its own and those of the file."""

    def __init__(self, roots: list[_Element]) -> None:
        self._styles: dict[tuple[str, str], _Element] = {}
        self._lists: dict[str, _Element] = {}
        self._fonts: dict[str, str] = {}
        self._known: dict[tuple[str, str], Look] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        for root in roots:
            self._take(root)

    def _take(self, root: _Element) -> None:
        for one in root.iter(f"{STYLE}font-face"):
            self._fonts[one.get(f"{STYLE}name") or ""] = one.get(f"{SVG}font-family") or ""
        for one in root.iter(f"{STYLE}style", f"{STYLE}default-style"):
            family = one.get(f"{STYLE}family") or ""
            self._styles[family, one.get(f"{STYLE}name") or ""] = one
        for one in root.iter(f"{TEXT}list-style"):
            self._lists[one.get(f"{STYLE}name") or ""] = one
        for one in root.iter(f"{TEXT}outline-style"):
            self.outline = _levels(one)

    def of(self, family: str, name: str | None) -> Look:
        """What a style of a family ('paragraph', 'text') says, with those it is based on and the default."""
        key = (family, name or "")
        if key not in self._known:
            self._known[key] = self._resolved(family, name)
        return self._known[key]

    def _resolved(self, family: str, name: str | None) -> Look:
        look = Look()
        at = name
        for _ in range(_LONGEST_CHAIN):
            element = self._styles.get((family, at or ""))
            if element is None or at is None:
                break
            look = _over(look, self._own(element))
            at = element.get(f"{STYLE}parent-style-name")
        default = self._styles.get((family, ""))
        return look if default is None else _over(look, self._own(default))

    def _own(self, element: _Element) -> Look:
        text, paragraph = (
            element.find(f"{STYLE}text-properties"),
            element.find(f"{STYLE}paragraph-properties"),
        )
        capitals = hidden = font = centred = breaks = None
        if text is not None:
            transform = text.get(f"{FO}text-transform")
            capitals = None if transform is None else transform == "uppercase"
            display = text.get(f"{TEXT}display")
            hidden = None if display is None else display == "none"
            named = text.get(f"{STYLE}font-name")
            font = text.get(f"{FO}font-family") or (self._fonts.get(named, named) if named else None)
        if paragraph is not None:
            align = paragraph.get(f"{FO}text-align")
            centred = None if align is None else align == "center"
            breaks = True if paragraph.get(f"{FO}break-before") == "page" else None
        return Look(
            capitals,
            hidden,
            font.strip("'\"") if font else None,
            centred,
            breaks,
            element.get(f"{STYLE}list-style-name"),
        )

    def levels(self, name: str | None) -> dict[int, Level]:
        """The levels of a list style, from 1."""
        if name is None or name not in self._lists:
            return {}
        if name not in self._levels:
            self._levels[name] = _levels(self._lists[name])
        return self._levels[name]

    def draws_lines(self, name: str | None) -> bool:
        """Whether the style of a cell draws lines around it."""
        element = self._styles.get(("table-cell", name or "")) if name else None
        properties = None if element is None else element.find(f"{STYLE}table-cell-properties")
        if properties is None:
            return False
        sides = (properties.get(f"{FO}border{side}") for side in ("", "-left", "-right", "-top", "-bottom"))
        return any(side is not None and not side.endswith("none") for side in sides)


def _over(look: Look, base: Look) -> Look:
    return Look(
        *(
            getattr(look, name) if getattr(look, name) is not None else getattr(base, name)
            for name in Look.__slots__
        )
    )


def _levels(element: _Element) -> dict[int, Level]:
    return {number(one.get(f"{TEXT}level")): _level(one) for one in element if isinstance(one.tag, str)}


def _level(element: _Element) -> Level:
    if element.tag == f"{TEXT}list-level-style-bullet":
        properties = element.find(f"{STYLE}text-properties")
        font = (
            None
            if properties is None
            else properties.get(f"{FO}font-family") or properties.get(f"{STYLE}font-name")
        )
        return Level(
            bullet=symbols.bullet(element.get(f"{TEXT}bullet-char") or "", (font or "").strip("'\""))
        )
    return Level(
        element.get(f"{STYLE}num-format") or "",
        element.get(f"{STYLE}num-prefix") or "",
        element.get(f"{STYLE}num-suffix") or "",
        number(element.get(f"{TEXT}start-value")),
        number(element.get(f"{TEXT}display-levels")),
        None,
        element.get(f"{LOEXT}num-list-format"),
    )


def label(levels: dict[int, Level], counters: list[int], depth: int) -> str:
    """What is printed before an item at a depth (from 1), with the space after it; `counters` are those of all depths."""
    level = levels.get(depth)
    if level is None:
        return ""
    if level.bullet is not None:
        return f"{level.bullet} "
    if not level.form:
        return ""
    if level.pattern is not None:
        text = level.pattern
        for one in range(1, depth + 1):
            text = text.replace(f"%{one}%", _shown(levels, counters, one))
        return f"{text.strip()} " if text.strip() else ""
    first = max(1, depth - level.shown_levels + 1)
    numbers = [shown for one in range(first, depth + 1) if (shown := _shown(levels, counters, one))]
    return f"{level.prefix}{'.'.join(numbers)}{level.suffix} ".lstrip()


def _shown(levels: dict[int, Level], counters: list[int], depth: int) -> str:
    level = levels.get(depth)
    form = _FORMATS.get(level.form) if level is not None else None
    return form(counters[depth - 1]) if form is not None else ""
