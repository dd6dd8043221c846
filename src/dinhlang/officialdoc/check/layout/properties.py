"""What the styles of a .docx make of a paragraph and its letters (ECMA-376, part 1, 17.7): defaults, then the styles
from the root of each chain down, then what the paragraph or the run says itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dinhlang.officialdoc.check.layout.pages import Align
from dinhlang.officialdoc.read.word.names import VAL, W, flag, integer, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TWIPS_PER_MM = 1440 / 25.4
_DEEPEST = 20
_JC = {
    "left": Align.LEFT,
    "start": Align.LEFT,
    "center": Align.CENTER,
    "right": Align.RIGHT,
    "end": Align.RIGHT,
    "both": Align.JUSTIFY,
    "distribute": Align.JUSTIFY,
}
_BLACK = frozenset({"auto", "000000", None})


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph stands. `lines` is its distance of lines in lines; `points` in points, when it is fixed."""

    align: Align | None = Align.LEFT
    indent: float | None = 0.0
    before: float | None = 0.0
    after: float | None = 0.0
    lines: float | None = 1.0
    points: float | None = None
    at_least: bool = False
    is_ruled: bool = False


@dataclass(frozen=True, slots=True)
class Letters:
    """How letters look."""

    font: str | None = None
    size: float | None = 10.0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    caps: bool = False
    hidden: bool = False
    colour: str | None = None


class Fonts:
    """Names of fonts: a theme gives some of them."""

    def __init__(self, theme: _Element | None) -> None:
        self._of_theme: dict[str, str] = {}
        for name in () if theme is None else ("major", "minor"):
            latin = theme.find(f".//{_A}{name}Font/{_A}latin") if theme is not None else None
            if latin is not None and latin.get("typeface"):
                self._of_theme[name] = latin.get("typeface") or ""

    def name(self, fonts: _Element) -> str | None:
        """The font of Latin letters, those with Vietnamese marks included."""
        for slot in ("hAnsi", "ascii"):
            theme = fonts.get(f"{W}{slot}Theme") or ""
            if theme:
                return self._of_theme.get("major" if theme.startswith("major") else "minor")
            if fonts.get(f"{W}{slot}"):
                return fonts.get(f"{W}{slot}")
        return None


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: _Element | None, fonts: Fonts) -> None:
        self.fonts = fonts
        self._styles: dict[str, _Element] = {}
        self._default: str | None = None
        defaults = None if root is None else root.find(f"{W}docDefaults")
        for one in () if root is None else root.iterchildren(f"{W}style"):
            identifier = one.get(f"{W}styleId") or ""
            self._styles[identifier] = one
            if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default") in ("1", "true"):
                self._default = identifier
        self._letters = Letters(font="Times New Roman" if root is None else None)
        self._shape = Shape()
        if defaults is not None:
            self._letters = self._with_letters(self._letters, defaults.find(f"{W}rPrDefault/{W}rPr"))
            self._shape = _with_shape(self._shape, defaults.find(f"{W}pPrDefault/{W}pPr"))
        self._chain = lru_cache(maxsize=None)(self._chain_of)

    def shape(self, style: str | None, own: _Element | None, table: str | None) -> Shape:
        """How a paragraph of a style stands, with its own settings."""
        shape = self._shape
        for one in (*self._chain(table), *self._chain(style or self._default)):
            shape = _with_shape(shape, one.find(f"{W}pPr"))
        return _with_shape(shape, own)

    def letters_of_paragraph(self, style: str | None, table: str | None) -> Letters:
        """How letters look in a paragraph of a style, before any run says otherwise."""
        letters = self._letters
        for one in (*self._chain(table), *self._chain(style or self._default)):
            letters = self._with_letters(letters, one.find(f"{W}rPr"))
        return letters

    def letters_of_run(self, letters: Letters, own: _Element | None) -> Letters:
        """The same for a run: its character style turns what the paragraph's has on and off."""
        if own is None:
            return letters
        styled = letters
        for one in self._chain(value(own.find(f"{W}rStyle"))):
            styled = self._with_letters(styled, one.find(f"{W}rPr"), toggles=letters)
        return self._with_letters(styled, own)

    def is_listed(self, style: str | None) -> bool:
        """Whether a style numbers its paragraphs."""
        return any(one.find(f"{W}pPr/{W}numPr") is not None for one in self._chain(style))

    def _chain_of(self, style: str | None) -> tuple[_Element, ...]:
        """The styles that one is based on, the most general first, and itself."""
        chain: list[_Element] = []
        while style in self._styles and len(chain) < _DEEPEST:
            one = self._styles[style]
            if one in chain:
                break
            chain.append(one)
            style = value(one.find(f"{W}basedOn"))
        return tuple(reversed(chain))

    def _with_letters(
        self, letters: Letters, own: _Element | None, toggles: Letters | None = None
    ) -> Letters:
        if own is None:
            return letters
        changes: dict[str, object] = {}
        for child in own:
            name = _LETTERS.get(child.tag)
            if name is None:
                continue
            found = self._value(name, child)
            if name in _TOGGLES and toggles is not None and found:
                found = not getattr(toggles, name)
            if found is not None or name == "colour":
                changes[name] = found
        return replace(letters, **changes) if changes else letters  # type: ignore[arg-type]

    def _value(self, name: str, element: _Element) -> object:
        """What a property of letters says; None when it says nothing that is understood."""
        if name == "font":
            return self.fonts.name(element)
        if name == "size":
            half = integer(element)
            return half / 2 if half else None
        if name == "colour":
            colour = (element.get(VAL) or "").lower()
            return None if colour in _BLACK else colour
        if name == "underline":
            return element.get(VAL) not in (None, "none")
        return flag(element)


_TOGGLES = ("bold", "italic", "caps")
_LETTERS = {
    f"{W}b": "bold",
    f"{W}i": "italic",
    f"{W}caps": "caps",
    f"{W}vanish": "hidden",
    f"{W}u": "underline",
    f"{W}sz": "size",
    f"{W}color": "colour",
    f"{W}rFonts": "font",
}


def _with_shape(shape: Shape, own: _Element | None) -> Shape:
    if own is None:
        return shape
    jc = value(own.find(f"{W}jc"))
    if jc is not None:
        shape = replace(shape, align=_JC.get(jc))
    shape = _indented(_spaced(shape, own.find(f"{W}spacing")), own.find(f"{W}ind"))
    borders = own.find(f"{W}pBdr")
    if borders is not None:
        ruled = any(
            value(borders.find(f"{W}{side}")) not in (None, "nil", "none") for side in ("top", "bottom")
        )
        shape = replace(shape, is_ruled=ruled)
    return shape


def _spaced(shape: Shape, spacing: _Element | None) -> Shape:
    if spacing is None:
        return shape
    before = _gap(spacing, "before", shape.before)
    shape = replace(shape, before=before, after=_gap(spacing, "after", shape.after))
    line = number(spacing.get(f"{W}line"))
    if line is not None:
        rule = spacing.get(f"{W}lineRule") or "auto"
        if rule == "auto":
            shape = replace(shape, lines=line / 240, points=None)
        else:
            shape = replace(shape, lines=None, points=line / 20, at_least=rule == "atLeast")
    return shape


def _gap(spacing: _Element, name: str, known: float | None) -> float | None:
    if spacing.get(f"{W}{name}Autospacing") in ("1", "true"):
        return 14.0
    points = number(spacing.get(f"{W}{name}"))
    return known if points is None else points / 20


def _indented(shape: Shape, indent: _Element | None) -> Shape:
    if indent is None:
        return shape
    if (hanging := number(indent.get(f"{W}hanging"))) is not None and hanging:
        return replace(shape, indent=-hanging / _TWIPS_PER_MM)
    first = number(indent.get(f"{W}firstLine"))
    return shape if first is None else replace(shape, indent=first / _TWIPS_PER_MM)
