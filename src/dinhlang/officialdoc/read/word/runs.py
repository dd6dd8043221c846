"""The text of a paragraph: runs in their order, tracked changes accepted, fields as their results.

Deleted and moved-away text, hidden text, comments and instructions of fields are left out; inserted text counts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from dinhlang.officialdoc.read.flow.blocks import Block
from dinhlang.officialdoc.read.flow.pieces import Line, Piece
from dinhlang.officialdoc.read.word import legacy, symbols
from dinhlang.officialdoc.read.word.fields import Fields, is_dropped
from dinhlang.officialdoc.read.word.names import MC, M, W, flag, value
from dinhlang.officialdoc.read.word.styles import Style, Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 40
_BOX = f"{W}txbxContent"
_ALTERNATIVE, _CHOICE, _FALLBACK = f"{MC}AlternateContent", f"{MC}Choice", f"{MC}Fallback"
_RUN_PROPERTIES = f"{W}rPr"
_INSIDE = frozenset(
    (f"{W}hyperlink", f"{W}smartTag", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}dir", f"{W}bdo",
     f"{M}oMath", f"{M}oMathPara", f"{W}sdtContent")
)  # fmt: skip
_DRAWN = frozenset((f"{W}drawing", f"{W}pict", f"{W}object"))
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-"}
_GALLERIES = ("Table of Contents", "Page Numbers")
_PRIVATE = "\uf020"


class Note(NamedTuple):
    """A reference to a note: 'footnotes' or 'endnotes', and which."""

    part: str
    identifier: str


class Look(NamedTuple):
    """What of its look a run's text depends on."""

    capitals: bool = False
    hidden: bool = False
    font: str | None = None


class Runs:
    """Gathers the text of one paragraph after another."""

    def __init__(
        self, styles: Styles, *, legacy_fonts: bool, boxes: Callable[[_Element], list[Block]]
    ) -> None:
        self._styles = styles
        self._legacy_fonts = legacy_fonts
        self._read_box = boxes
        self._fields = Fields()
        self._base = Style()
        self._lines: list[list[tuple[Piece, legacy.Code | None]]] = [[]]
        self.boxes: list[Block] = []
        self.notes: list[Note] = []
        self._handlers = self._table()

    def read(self, paragraph: _Element, base: Style) -> list[Line]:
        """The lines of a paragraph; `boxes` and `notes` then hold what is anchored in it."""
        kept = (self._base, self._lines, self._fields)
        self._base, self._lines, self.boxes, self.notes = base, [[]], [], []
        if any(one.tag == _BOX for one in paragraph.iterancestors(_BOX)):
            self._fields = Fields()
        self._children(paragraph, 0)
        self._fields.end_paragraph()
        lines = self._lines
        self._base, self._lines, self._fields = kept
        if self._legacy_fonts:
            return [legacy.converted(line) for line in lines]
        return [[piece for piece, _ in line] for line in lines]

    def _table(self) -> dict[str, Callable[[_Element, int], None]]:
        handlers: dict[str, Callable[[_Element, int], None]] = dict.fromkeys(_INSIDE, self._children)
        handlers |= {
            f"{W}r": self._run,
            f"{M}r": self._formula,
            f"{W}sdt": self._control,
            f"{W}fldSimple": self._simple_field,
            _ALTERNATIVE: self._alternative,
        }
        return handlers

    def _children(self, parent: _Element, depth: int) -> None:
        if depth > _DEEPEST:
            return
        handlers = self._handlers
        for child in parent:
            handler = handlers.get(child.tag)
            if handler is not None:
                handler(child, depth + 1)
            elif depth and child.tag.__class__ is str and child.tag.startswith(M):
                self._children(child, depth + 1)

    def _control(self, control: _Element, depth: int) -> None:
        if not is_left_out(control):
            for content in control.iterchildren(f"{W}sdtContent"):
                self._children(content, depth)

    def _simple_field(self, element: _Element, depth: int) -> None:
        if not is_dropped(element.get(f"{W}instr") or ""):
            self._children(element, depth)

    def _alternative(self, element: _Element, depth: int) -> None:
        chosen = alternative_of(element)
        if chosen is not None:
            self._children(chosen, depth)

    def _formula(self, run: _Element, depth: int) -> None:
        for text in run.iterchildren(f"{M}t"):
            self._lines[-1].append((Piece(text.text or ""), None))

    def _run(self, run: _Element, depth: int) -> None:
        look: Look | None = None
        offset = 0
        for child in run:
            tag = child.tag
            if tag == _RUN_PROPERTIES:
                look = self._look(child)
                continue
            if look is None:
                look = self._look(None)
            if tag == f"{W}t":
                text = child.text or ""
                if not (look.hidden or self._fields.hidden):
                    self._text(text, look, run, offset)
                offset += len(text)
            elif tag in _SIGNS or tag in _BREAKS:
                if not (look.hidden or self._fields.hidden):
                    self._sign(child, run, offset)
                offset += 1
            elif tag == f"{W}sym" or tag == f"{W}softHyphen":
                if not (look.hidden or self._fields.hidden):
                    self._symbol(child, look, run, offset)
                offset += 1
            else:
                self._other(child, depth, look)

    def _other(self, child: _Element, depth: int, look: Look) -> None:
        tag = child.tag
        if tag == f"{W}fldChar":
            self._fields.mark(child.get(f"{W}fldCharType"))
        elif tag == f"{W}instrText":
            self._fields.instruct(child.text or "")
        elif look.hidden:
            return
        elif tag in _DRAWN:
            self._drawn(child)
        elif tag == _ALTERNATIVE:
            chosen = alternative_of(child)
            if chosen is not None:
                self._drawn(chosen)
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            self.notes.append(Note(f"{tag[len(W) : -len('Reference')]}s", child.get(f"{W}id") or ""))
        elif tag == f"{W}ruby":
            for base in child.iterchildren(f"{W}rubyBase"):
                self._children(base, depth)

    def _text(self, text: str, look: Look, run: _Element, offset: int) -> None:
        length = len(text)
        if not length:
            return
        code = legacy.code_of(look.font) if self._legacy_fonts else None
        if code is None and (symbols.is_symbol_font(look.font) or max(text) >= _PRIVATE):
            text = symbols.shown(text, look.font)
        if look.capitals and code is None:
            text = text.upper()
        self._lines[-1].append((Piece(text, run, offset, length), code))

    def _sign(self, sign: _Element, run: _Element, offset: int) -> None:
        text = _SIGNS.get(sign.tag)
        if text is not None:
            self._lines[-1].append((Piece(text, run, offset, 1), None))
            return
        self._lines.append([])
        if sign.get(f"{W}type") == "page":
            # A page begins with a new paragraph for the reader.
            self._lines.append([])

    def _symbol(self, symbol: _Element, look: Look, run: _Element, offset: int) -> None:
        code = legacy.code_of(look.font) if self._legacy_fonts else None
        if symbol.tag == f"{W}softHyphen":
            if code is not None:
                # What Word takes for a soft hyphen is the letter ư of such a font.
                self._lines[-1].append((Piece("\u00ad", run, offset, 1), code))
            return
        number = symbol.get(f"{W}char") or ""
        try:
            character = chr(int(number, 16))
        except (ValueError, OverflowError):
            return
        text = symbols.shown(character, symbol.get(f"{W}font"))
        self._lines[-1].append((Piece(text, run, offset, 1), code))

    def _drawn(self, element: _Element) -> None:
        boxes, notes = self.boxes, self.notes
        for content in boxes_of(element):
            boxes += self._read_box(content)
        # Reading a box reads paragraphs, which begin their own.
        self.boxes, self.notes = boxes, notes

    def _look(self, properties: _Element | None) -> Look:
        base = self._base
        capitals, hidden = base.capitals or False, base.hidden or False
        font = base.font
        if properties is None:
            return Look(capitals, hidden, font)
        own: dict[str, bool] = {}
        for child in properties:
            tag = child.tag
            if tag == f"{W}rStyle":
                style = self._styles.of(value(child))
                # A look that both styles switch on is off (ECMA-376, part 1, 17.7.3).
                capitals, hidden = capitals ^ (style.capitals or False), hidden ^ (style.hidden or False)
                font = style.font or font
            elif tag == f"{W}caps":
                own["capitals"] = flag(child)
            elif tag in (f"{W}vanish", f"{W}specVanish"):
                own["hidden"] = own.get("hidden", False) or flag(child)
            elif tag == f"{W}rFonts":
                font = self._styles.font_of(child) or font
        return Look(own.get("capitals", capitals), own.get("hidden", hidden), font)


_BREAKS = frozenset((f"{W}br", f"{W}cr"))


def is_left_out(control: _Element) -> bool:
    """Whether a content control holds no text of the document: a placeholder, a table of contents."""
    properties = control.find(f"{W}sdtPr")
    if properties is None:
        return False
    if flag(properties.find(f"{W}showingPlcHdr")):
        return True
    return value(properties.find(f"{W}docPartObj/{W}docPartGallery")) in _GALLERIES


def alternative_of(element: _Element) -> _Element | None:
    """The one of several alternatives that counts: the first that holds text or a box, else the last."""
    found = [one for one in element if one.tag in (_CHOICE, _FALLBACK)]
    for one in found:
        if next(one.iter(_BOX, f"{W}t", f"{W}tbl"), None) is not None:
            return one
    return found[-1] if found else None


def boxes_of(element: _Element) -> list[_Element]:
    """The contents of the text boxes in a drawing, each once, in their order."""
    found: list[_Element] = []
    pending = [element]
    while pending:
        one = pending.pop()
        if one.tag == _BOX:
            found.append(one)
        elif one.tag == _ALTERNATIVE:
            chosen = alternative_of(one)
            pending += [chosen] if chosen is not None else []
        else:
            pending += reversed(one)
    return found
