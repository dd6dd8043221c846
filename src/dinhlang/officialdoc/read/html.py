"""A web page as lines of text: portals hand out documents as pages, often under the name of a Word file.

Only text and its order are taken; scripts, pictures and everything linked stay where they are.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from dinhlang.officialdoc.model import Problem
from dinhlang.officialdoc.read.decode import MOST_LINES, Decoded, characters
from dinhlang.officialdoc.read.flow import Block, Cell, Paragraph, Piece, Row, Table, are_whole, printed
from dinhlang.officialdoc.read.flow.grids import MOST_COLUMNS
from dinhlang.officialdoc.read.opendocument.names import number
from dinhlang.officialdoc.read.word import MOST_CHARACTERS, legacy, symbols
from dinhlang.officialdoc.read.word.numbering import letter, roman
from dinhlang.officialdoc.read.word.story import MOST_CELLS

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 20 * 1024 * 1024
_DEEPEST = 120
_HEAD = 4096
_MOST_ROWS_SPANNED = 500
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_LEFT_OUT = frozenset(("script", "style", "head", "title", "del", "select", "textarea", "button", "noscript", "template", "iframe", "object", "svg", "rt", "rp", "nav"))  # fmt: skip
_PARTS = frozenset(("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "center", "address", "dd", "dt", "dl", "pre", "section", "article", "body", "html", "form", "fieldset", "main", "header", "footer", "ul", "ol", "figure", "figcaption", "hr"))  # fmt: skip
_SPACES = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.IGNORECASE)
_NO_TEXT = re.compile(r"mso-element\s*:\s*(?:header|footer|comment)", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_CAPITALS = re.compile(r"text-transform\s*:\s*uppercase", re.IGNORECASE)
_FAMILY = re.compile(r"font-family\s*:\s*[\"'&quot;]*([^;\"',]+)", re.IGNORECASE)
_LINES = re.compile(r"border(?:-\w+)*\s*:[^;]*(?:solid|double|dotted|dashed)", re.IGNORECASE)
_LIST_STYLES = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I"}  # fmt: skip
_MARKS = {"a": letter, "A": lambda one: letter(one).upper(), "i": roman, "I": lambda one: roman(one).upper()}


def text_of(data: bytes, charset: str | None = None) -> Decoded:
    """The text of a web page; `charset` is what came with it, when something did. Never raises."""
    blocks, is_cut = blocks_of(data, charset)
    if blocks is None:
        message = "Trang web trong tệp này bị hỏng: hãy mở bằng trình duyệt rồi chép phần chữ."
        return Decoded("", "html", (Problem("unreadable", message),))
    shown, is_long = printed(blocks, most_lines=MOST_LINES, most_characters=MOST_CHARACTERS)
    problems = []
    if is_cut or is_long:
        message = "Văn bản quá dài, chỉ đọc được phần đầu: hãy tách thành nhiều tệp."
        problems.append(Problem("cut-off", message))
    if not shown.text.strip():
        problems.append(Problem("empty", "Trang web trong tệp này không có chữ nào: hãy kiểm tra lại tệp."))
    return Decoded(shown.text, "html", tuple(problems), whole_lines=are_whole(shown.text))


def blocks_of(data: bytes, charset: str | None = None) -> tuple[list[Block] | None, bool]:
    """The paragraphs and tables of a page, and whether it was cut off; None when it cannot be read."""
    from lxml import etree

    source = _decoded(data[:MOST_BYTES], charset)
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return None, False
    page = _Page(legacy_fonts=b".VnTime" in data or legacy.mentioned(data) or b"VNI-" in data)
    blocks = page.read(root, _Look(), 0)
    return blocks, page.is_cut or len(data) > MOST_BYTES


def _decoded(data: bytes, charset: str | None) -> str:
    """The characters of a page, as its own declaration says; an XML declaration would contradict what is known by now."""
    text = None
    said = _CHARSET.search(data[:_HEAD])
    name = said[1].decode("ascii") if said is not None else charset
    if name is not None and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        with contextlib.suppress(LookupError):
            text = data.decode(name, "replace")
    text = characters(data)[0] if text is None else text
    return re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text)


@dataclass(frozen=True, slots=True)
class _Look:
    """What the elements around some text say of it."""

    centred: bool = False
    capitals: bool = False
    kept_lines: bool = False
    font: str | None = None


@dataclass(slots=True)
class _Gathered:
    """The blocks of a part of the page while it is read."""

    blocks: list[Block] = field(default_factory=list)
    lines: list[list[tuple[Piece, legacy.Code | None]]] = field(default_factory=lambda: [[]])
    label: str = ""

    def close(self, *, centred: bool, legacy_fonts: bool) -> None:
        """The paragraph ends here."""
        if any(piece.text.strip() for line in self.lines for piece, _ in line):
            lines = [
                legacy.converted(line) if legacy_fonts else [piece for piece, _ in line]
                for line in self.lines
            ]
            self.blocks.append(Paragraph(lines, self.label, centred=centred))
            self.label = ""
        self.lines = [[]]


class _Page:
    """Reads elements into blocks."""

    def __init__(self, *, legacy_fonts: bool) -> None:
        self._legacy_fonts = legacy_fonts
        self._cells = 0
        self.is_cut = False

    def read(self, element: _Element, look: _Look, depth: int) -> list[Block]:
        """The paragraphs and tables in an element."""
        gathered = _Gathered()
        self._children(element, look, depth, gathered)
        self._close(gathered, look)
        return gathered.blocks

    def _close(self, gathered: _Gathered, look: _Look) -> None:
        gathered.close(centred=look.centred, legacy_fonts=self._legacy_fonts)

    def _children(self, element: _Element, look: _Look, depth: int, gathered: _Gathered) -> None:
        self._text(element.text, look, gathered)
        items = _labels(element) if element.tag in ("ol", "ul") else None
        for child in element:
            if isinstance(child.tag, str):
                if items is not None and child.tag == "li":
                    gathered.label = next(items)
                self._element(child, look, depth + 1, gathered)
            self._text(child.tail, look, gathered)

    def _element(self, element: _Element, look: _Look, depth: int, gathered: _Gathered) -> None:
        tag, style = element.tag, element.get("style") or ""
        if tag in _LEFT_OUT or _HIDDEN.search(style) or _NO_TEXT.search(style):
            return
        if depth > _DEEPEST:
            self._text(" ".join(str(text) for text in element.itertext()), look, gathered)
            return
        inner = _look_of(element, style, look)
        if tag == "br":
            gathered.lines.append([])
        elif tag == "table":
            self._close(gathered, look)
            gathered.blocks.append(self._table(element, inner, depth))
        elif tag in _PARTS:
            self._close(gathered, look)
            self._children(element, inner, depth, gathered)
            self._close(gathered, inner)
        else:
            self._children(element, inner, depth, gathered)

    def _text(self, text: str | None, look: _Look, gathered: _Gathered) -> None:
        if not text:
            return
        parts = text.split("\n") if look.kept_lines else [_SPACES.sub(" ", text)]
        code = legacy.code_of(look.font) if self._legacy_fonts else None
        for index, part in enumerate(parts):
            if index:
                gathered.lines.append([])
            shown = symbols.shown(part, look.font) if symbols.is_symbol_font(look.font) else part
            gathered.lines[-1].append((Piece(shown.upper() if look.capitals else shown), code))

    def _table(self, element: _Element, look: _Look, depth: int) -> Table:
        table = Table([], _draws_lines(element))
        # For each column: how many rows more the cell above covers, and over how many columns.
        above: dict[int, tuple[int, int]] = {}
        for row, is_header in _rows(element):
            if self._cells >= MOST_CELLS:
                self.is_cut = True
                break
            table.rows.append(Row(self._row(row, look, depth, above), is_header))
        return table

    def _row(self, row: _Element, look: _Look, depth: int, above: dict[int, tuple[int, int]]) -> list[Cell]:
        cells: list[Cell] = []
        column = 0
        waiting = [one for one in row if one.tag in ("td", "th")]
        while (waiting or column in above) and column < MOST_COLUMNS:
            covered, span = above.pop(column, (0, 1))
            if covered:
                cells.append(Cell([], span, continues=True))
                if covered > 1:
                    above[column] = (covered - 1, span)
            elif waiting:
                element = waiting.pop(0)
                span = max(1, min(number(element.get("colspan")), MOST_COLUMNS - column))
                inner = _look_of(element, element.get("style") or "", look)
                cells.append(Cell(self.read(element, inner, depth + 1), span))
                self._cells += 1
                rows = min(number(element.get("rowspan")), _MOST_ROWS_SPANNED)
                if rows > 1:
                    above[column] = (rows - 1, span)
            column += span
        # What began in this row covers the next ones, not this one.
        return cells


def _look_of(element: _Element, style: str, look: _Look) -> _Look:
    align = (element.get("align") or "").lower()
    centred = look.centred
    if element.tag == "center" or align == "center" or _CENTRED.search(style):
        centred = True
    elif align or "text-align" in style.lower():
        centred = False
    family = _FAMILY.search(style)
    font = family[1].strip() if family else element.get("face") if element.tag == "font" else None
    return _Look(
        centred,
        look.capitals or bool(_CAPITALS.search(style)),
        look.kept_lines or element.tag == "pre",
        font or look.font,
    )


def _labels(element: _Element) -> Iterator[str]:
    """What a browser prints before the items of a list, one after another."""
    style = (element.get("style") or "").lower()
    kind = element.get("type") or next((mark for name, mark in _LIST_STYLES.items() if name in style), "")
    shown: Callable[[int], str] = _MARKS.get(kind, str)
    count = number(element.get("start"))
    while True:
        if "list-style-type:none" in style.replace(" ", "") or "list-style:none" in style.replace(" ", ""):
            yield ""
        elif element.tag == "ul":
            yield "- "
        else:
            yield f"{shown(count)}. "
        count += 1


def _rows(table: _Element) -> Iterator[tuple[_Element, bool]]:
    for child in table:
        if child.tag == "tr":
            yield child, False
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from ((row, child.tag == "thead") for row in child if row.tag == "tr")


def _draws_lines(table: _Element) -> bool:
    if (table.get("border") or "0").strip() not in ("0", ""):
        return True
    styles = [table.get("style") or ""]
    styles += [one.get("style") or "" for one in islice(table.iter("td", "th"), 6)]
    return any(_LINES.search(style) for style in styles)
