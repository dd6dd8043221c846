"""The blocks of an OpenDocument text: paragraphs with their numbers, tables, frames, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dinhlang.officialdoc.read.flow.blocks import Block, Cell, Paragraph, Row, Table
from dinhlang.officialdoc.read.flow.grids import MOST_COLUMNS
from dinhlang.officialdoc.read.flow.pieces import Line, Piece, text_of
from dinhlang.officialdoc.read.opendocument.names import DRAW, OFFICE, TABLE, TEXT, number
from dinhlang.officialdoc.read.opendocument.styles import Level, Look, Styles, label
from dinhlang.officialdoc.read.word import legacy, symbols
from dinhlang.officialdoc.read.word.story import MOST_CELLS

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 25
_DEPTHS = 10
_SPACES = re.compile("[ \t\r\n]+")
# A run of spaces or of equal rows is written once with its count; larger counts are filler of spreadsheets or attacks.
_MOST_SPACES = 200
_MOST_REPEATED_ROWS = 200
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_INSIDE = frozenset(f"{TEXT}{name}" for name in ("section", "index-title", "list-header", "numbered-paragraph")) | frozenset(
    (f"{DRAW}a", f"{OFFICE}text", f"{TABLE}table-cell")
)  # fmt: skip
_LEFT_OUT = frozenset(
    (f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{TEXT}tracked-changes", f"{TEXT}page-number", f"{TEXT}page-count",
     f"{TEXT}hidden-paragraph", f"{TEXT}ruby-text", f"{TEXT}placeholder", f"{TEXT}note-citation",
     f"{TEXT}table-of-content", f"{TEXT}alphabetical-index", f"{TEXT}bibliography", f"{DRAW}image", f"{OFFICE}forms")
)  # fmt: skip
_DRAWN = frozenset(f"{DRAW}{name}" for name in ("frame", "custom-shape", "g", "rect", "text-box", "caption"))


@dataclass(slots=True)
class _Counting:
    """A list while it is read: its levels and the number of each depth."""

    levels: dict[int, Level]
    counters: list[int] = field(default_factory=lambda: [0] * _DEPTHS)


class Story:
    """Reads the text into blocks."""

    def __init__(self, styles: Styles, *, legacy_fonts: bool) -> None:
        self._styles = styles
        self._legacy_fonts = legacy_fonts
        self.is_cut = False
        self._cells = 0
        self._depth = 0
        self._noted = 0
        self._outline = _Counting(styles.outline)
        # The counting of each list by its id and of the last one of each style: a list may go on with another.
        self._by_id: dict[str, _Counting] = {}
        self._by_style: dict[str, _Counting] = {}

    def blocks(self, parent: _Element) -> list[Block]:
        """The paragraphs and tables in an element."""
        if self._depth >= _DEEPEST:
            return [Paragraph([[Piece(" ".join("".join(str(text) for text in parent.itertext()).split()))]])]
        self._depth += 1
        found = list(self._within(parent, 0))
        self._depth -= 1
        return found

    def _within(self, parent: _Element, level: int) -> Iterator[Block]:
        if level > _DEEPEST:
            return
        for child in parent:
            tag = child.tag
            if tag in _PARAGRAPHS:
                yield self._paragraph(child)
            elif tag == f"{TEXT}list":
                yield from self._list(child, None, 1, None)
            elif tag == f"{TABLE}table":
                yield self._table(child)
            elif tag in _DRAWN:
                yield from self._drawn(child)
            elif tag in _INSIDE and child.get(f"{TEXT}display") != "none":
                yield from self._within(child, level + 1)

    def _list(
        self, element: _Element, outer: _Counting | None, depth: int, style: str | None
    ) -> Iterator[Block]:
        if depth > _DEPTHS:
            return
        style = element.get(f"{TEXT}style-name") or style
        counting = self._counting(element, style) if outer is None else outer
        for item in element:
            is_first = item.tag == f"{TEXT}list-item"
            if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
                continue
            for child in item:
                if child.tag == f"{TEXT}list":
                    yield from self._list(child, counting, depth + 1, style)
                elif child.tag in _PARAGRAPHS:
                    paragraph = self._paragraph(child, in_list=True)
                    if is_first:
                        paragraph.label = self._item_label(item, child, counting, depth, style)
                        is_first = False
                    yield paragraph

    def _counting(self, element: _Element, style: str | None) -> _Counting:
        """The counting of an outermost list: its own, or that of the list it goes on with."""
        goes_on = element.get(f"{TEXT}continue-list")
        known = self._by_id.get(goes_on) if goes_on else None
        if known is None and element.get(f"{TEXT}continue-numbering") == "true":
            known = self._by_style.get(style or "")
        counting = known or _Counting(self._styles.levels(style))
        self._by_style[style or ""] = counting
        identifier = element.get("{http://www.w3.org/XML/1998/namespace}id")
        if identifier:
            self._by_id[identifier] = counting
        return counting

    def _item_label(
        self, item: _Element, paragraph: _Element, counting: _Counting, depth: int, style: str | None
    ) -> str:
        own = self._styles.of("paragraph", paragraph.get(f"{TEXT}style-name")).list_style
        levels = counting.levels or self._styles.levels(style or own)
        level = levels.get(depth)
        start = item.get(f"{TEXT}start-value")
        counters = counting.counters
        if start is not None:
            counters[depth - 1] = number(start)
        elif counters[depth - 1]:
            counters[depth - 1] += 1
        else:
            counters[depth - 1] = level.start if level else 1
        counters[depth:] = [0] * (_DEPTHS - depth)
        shown = [
            count or (levels[at].start if at in levels else 1) for at, count in enumerate(counters, start=1)
        ]
        return label(levels, shown, depth)

    def _paragraph(self, element: _Element, *, in_list: bool = False) -> Paragraph:
        look = self._styles.of("paragraph", element.get(f"{TEXT}style-name"))
        reader = _Inline(self._styles, look, legacy_fonts=self._legacy_fonts)
        reader.read(element)
        paragraph = Paragraph(reader.lines(), centred=bool(look.centred), breaks_page=bool(look.breaks_page))
        for drawn in reader.drawn:
            paragraph.boxes += self._drawn(drawn)
        paragraph.notes = [line for one in reader.notes if (line := self._note(one))]
        if element.tag == f"{TEXT}h" and not in_list:
            paragraph.label = self._heading_label(element)
        return paragraph

    def _heading_label(self, element: _Element) -> str:
        depth = min(number(element.get(f"{TEXT}outline-level")), _DEPTHS)
        level = self._outline.levels.get(depth)
        if level is None or element.get(f"{TEXT}is-list-header") == "true":
            return ""
        counters = self._outline.counters
        counters[depth - 1] = counters[depth - 1] + 1 if counters[depth - 1] else level.start
        counters[depth:] = [0] * (_DEPTHS - depth)
        return label(self._outline.levels, [count or 1 for count in counters], depth)

    def _note(self, element: _Element) -> Line:
        body = element.find(f"{TEXT}note-body")
        if body is None:
            return []
        texts = [
            text_of(line)
            for block in self.blocks(body)
            if isinstance(block, Paragraph)
            for line in block.lines
        ]
        text = " ".join(" ".join(texts).split())
        self._noted += 1
        return [Piece(f"[{self._noted}] {text}")] if text else []

    def _drawn(self, element: _Element) -> list[Block]:
        """The text in a frame or shape."""
        if element.tag in (f"{DRAW}frame", f"{DRAW}g"):
            # A frame may hold the same content several times; the first that has text counts.
            for child in element:
                found = self._drawn(child) if child.tag in _DRAWN else []
                if found and element.tag == f"{DRAW}frame":
                    return found
            if element.tag == f"{DRAW}frame":
                return []
            return [block for child in element if child.tag in _DRAWN for block in self._drawn(child)]
        return self.blocks(element)

    def _table(self, element: _Element) -> Table:
        table = Table([])
        for row, is_header in _rows(element):
            if self._cells >= MOST_CELLS:
                self.is_cut = True
                break
            shown, ruled = self._row(row, is_header)
            table.ruled = table.ruled or ruled
            repeated = min(number(row.get(f"{TABLE}number-rows-repeated")), _MOST_REPEATED_ROWS)
            copies = repeated if any(cell.blocks for cell in shown.cells) else 1
            table.rows += [Row(list(shown.cells), is_header) for _ in range(copies)]
        _continue_spans(table)
        return table

    def _row(self, element: _Element, is_header: bool) -> tuple[Row, bool]:
        row = Row([], is_header)
        ruled = False
        for child in element:
            if child.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            repeated = min(
                number(child.get(f"{TABLE}number-columns-repeated")), MOST_COLUMNS - len(row.cells)
            )
            self._cells += max(repeated, 1)
            if child.tag == f"{TABLE}covered-table-cell":
                row.cells += [_Covered([]) for _ in range(repeated)]
                continue
            ruled = ruled or self._styles.draws_lines(child.get(f"{TABLE}style-name"))
            blocks = self.blocks(child)
            rows = number(child.get(f"{TABLE}number-rows-spanned"))
            row.cells += [
                _Spanning(blocks, number(child.get(f"{TABLE}number-columns-spanned")), rows=rows)
                for _ in range(repeated)
            ]
        return row, ruled


@dataclass(slots=True)
class _Covered(Cell):
    """A place that a merged cell covers."""


@dataclass(slots=True)
class _Spanning(Cell):
    """A cell with how many rows it covers."""

    rows: int = 1


def _rows(table: _Element) -> Iterator[tuple[_Element, bool]]:
    """The rows of a table in order, and whether each is one of the header."""
    pending = [(one, False) for one in reversed(table)]
    while pending:
        one, is_header = pending.pop()
        if one.tag == f"{TABLE}table-row":
            yield one, is_header
        elif one.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            header = is_header or one.tag == f"{TABLE}table-header-rows"
            pending += [(child, header) for child in reversed(one)]


def _continue_spans(table: Table) -> None:
    """Covered places as the reader of tables knows them: part of the cell to the left, or going on with the one above."""
    # For each column: how many rows more the cell above covers, and over how many columns.
    open_spans: dict[int, tuple[int, int]] = {}
    for row in table.rows:
        cells: list[Cell] = []
        column = 0
        places = iter(row.cells)
        skip = 0
        for place in places:
            if skip:
                skip -= 1
                column += 1
                continue
            rows, span = open_spans.get(column, (0, 1))
            if isinstance(place, _Covered) and rows:
                cells.append(Cell([], span, continues=True))
                open_spans[column] = (rows - 1, span)
                skip = span - 1
            elif isinstance(place, _Covered):
                cells.append(Cell([]))
            else:
                span = max(1, min(place.span, MOST_COLUMNS))
                cells.append(Cell(place.blocks, span))
                open_spans[column] = (place.rows - 1 if isinstance(place, _Spanning) else 0, span)
                skip = span - 1
            column += 1
        row.cells = cells


class _Inline:
    """The text of one paragraph."""

    def __init__(self, styles: Styles, look: Look, *, legacy_fonts: bool) -> None:
        self._styles = styles
        self._look = look
        self._legacy_fonts = legacy_fonts
        self._lines: list[list[tuple[Piece, legacy.Code | None]]] = [[]]
        self.drawn: list[_Element] = []
        self.notes: list[_Element] = []

    def lines(self) -> list[Line]:
        if self._legacy_fonts:
            return [legacy.converted(line) for line in self._lines]
        return [[piece for piece, _ in line] for line in self._lines]

    def read(self, element: _Element) -> None:
        self._children(element, self._look, 0)

    def _children(self, element: _Element, look: Look, depth: int) -> None:
        self._text(element.text, look)
        for child in element:
            if isinstance(child.tag, str) and depth < _DEEPEST:
                self._child(child, look, depth)
            self._text(child.tail, look)

    def _child(self, child: _Element, look: Look, depth: int) -> None:
        tag = child.tag
        if tag == f"{TEXT}s":
            self._add(" " * min(number(child.get(f"{TEXT}c")), _MOST_SPACES), look)
        elif tag == f"{TEXT}tab":
            self._add("\t", look)
        elif tag == f"{TEXT}line-break":
            self._lines.append([])
        elif tag == f"{TEXT}note":
            self.notes.append(child)
        elif tag in _DRAWN:
            self.drawn.append(child)
        elif tag not in _LEFT_OUT and not (
            tag == f"{TEXT}hidden-text" and child.get(f"{TEXT}is-hidden") != "false"
        ):
            inner = look
            if tag == f"{TEXT}span":
                inner = _within(look, self._styles.of("text", child.get(f"{TEXT}style-name")))
            self._children(child, inner, depth + 1)

    def _text(self, text: str | None, look: Look) -> None:
        """Text of XML: its line ends and runs of spaces are one space (ODF 1.2, part 1, 6.1.2)."""
        if text:
            self._add(_SPACES.sub(" ", text), look)

    def _add(self, text: str, look: Look) -> None:
        if look.hidden:
            return
        code = legacy.code_of(look.font) if self._legacy_fonts else None
        if code is None and symbols.is_symbol_font(look.font):
            text = symbols.shown(text, look.font)
        if look.capitals and code is None:
            text = text.upper()
        self._lines[-1].append((Piece(text), code))


def _within(outer: Look, inner: Look) -> Look:
    """A look inside another: what it leaves open is the outer one's."""
    return Look(
        inner.capitals if inner.capitals is not None else outer.capitals,
        inner.hidden if inner.hidden is not None else outer.hidden,
        inner.font or outer.font,
    )
