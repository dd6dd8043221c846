"""Styles: what a paragraph or a run looks like when it does not say so itself, as far as reading depends on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dinhlang.officialdoc.read.word.names import W, flag, integer, value

if TYPE_CHECKING:
    from lxml.etree import _Element

# Styles are based on styles; a chain longer than this is a circle.
_LONGEST_CHAIN = 20
_NO_LINE = (None, "none", "nil")
_THEME = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says. None where it says nothing."""

    capitals: bool | None = None
    hidden: bool | None = None
    bold: bool | None = None
    font: str | None = None
    alignment: str | None = None
    list_number: str | None = None
    list_level: int | None = None
    ruled: bool | None = None


NOTHING = Style()


class Styles:
    """The styles of a document by their ids."""

    def __init__(
        self, root: _Element | None, theme: Callable[[], _Element | None], *, capitals: bool = True
    ) -> None:
        self._capitals = capitals
        self._elements: dict[str, _Element] = {}
        self._known: dict[str, Style] = {}
        self._theme = theme
        self._theme_fonts: dict[str, str] | None = None
        self.default_paragraph: str | None = None
        self.default_font: str | None = None
        if root is None:
            return
        for one in root.iterchildren(f"{W}style"):
            identifier = one.get(f"{W}styleId") or ""
            self._elements[identifier] = one
            if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default") in ("1", "true", "on"):
                self.default_paragraph = identifier
        self.default_font = self.font_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts"))

    def of(self, identifier: str | None) -> Style:
        """What a style and those it is based on say."""
        if identifier is None:
            return NOTHING
        known = self._known.get(identifier)
        if known is None:
            known = self._known[identifier] = self._resolved(identifier)
        return known

    def _resolved(self, identifier: str) -> Style:
        style = NOTHING
        at: str | None = identifier
        for _ in range(_LONGEST_CHAIN):
            element = self._elements.get(at) if at is not None else None
            if element is None:
                break
            style = _over(style, self._own(element))
            at = value(element.find(f"{W}basedOn"))
        return style

    def _own(self, element: _Element) -> Style:
        run, paragraph = element.find(f"{W}rPr"), element.find(f"{W}pPr")
        style = NOTHING
        if run is not None:
            style = replace(
                style,
                capitals=_flag(run, "caps") if self._capitals else None,
                hidden=_flag(run, "vanish"),
                bold=_flag(run, "b"),
                font=self.font_of(run.find(f"{W}rFonts")),
            )
        if paragraph is not None:
            style = replace(
                style,
                alignment=value(paragraph.find(f"{W}jc")),
                list_number=value(paragraph.find(f"{W}numPr/{W}numId")),
                list_level=integer(paragraph.find(f"{W}numPr/{W}ilvl")),
            )
        return replace(style, ruled=has_lines(element.find(f"{W}tblPr/{W}tblBorders")))

    def font_of(self, fonts: _Element | None) -> str | None:
        """The font that `w:rFonts` names for letters with marks: legacy letters stand where Latin ones with marks do."""
        if fonts is None:
            return None
        for name in ("hAnsi", "ascii"):
            theme = fonts.get(f"{W}{name}Theme")
            if theme is not None:
                return self._theme_font(theme)
            if found := fonts.get(f"{W}{name}"):
                return found
        return None

    def _theme_font(self, name: str) -> str | None:
        if self._theme_fonts is None:
            self._theme_fonts = {}
            root = self._theme()
            for kind in ("major", "minor"):
                latin = root.find(f".//{_THEME}{kind}Font/{_THEME}latin") if root is not None else None
                if latin is not None:
                    self._theme_fonts[kind] = latin.get("typeface") or ""
        return self._theme_fonts.get(name[:5]) or None


def _flag(parent: _Element, name: str) -> bool | None:
    element = parent.find(f"{W}{name}")
    return None if element is None else flag(element)


def _over(style: Style, base: Style) -> Style:
    """A style with what it leaves open taken from the one it is based on."""
    return Style(
        *(
            getattr(style, name) if getattr(style, name) is not None else getattr(base, name)
            for name in Style.__slots__
        )
    )


def has_lines(borders: _Element | None) -> bool | None:
    """Whether borders draw lines between cells; None when nothing is said."""
    if borders is None:
        return None
    return any(
        (line := borders.find(f"{W}{side}")) is not None and value(line) not in _NO_LINE
        for side in ("insideV", "insideH", "top", "bottom", "left", "right", "start", "end")
    )
