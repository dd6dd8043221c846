"""The look of a .docx: sections, and paragraphs with what styles, defaults and direct formatting make of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dinhlang.officialdoc.check.layout.pages import Align, Layout, PageNumber, Printed, Sheet, Stretch
from dinhlang.officialdoc.check.layout.properties import Fonts, Letters, Shape, Styles
from dinhlang.officialdoc.read.archive import Broken
from dinhlang.officialdoc.read.word.names import MC, R, W, flag, number, value
from dinhlang.officialdoc.read.word.package import Package
from dinhlang.officialdoc.read.words import fold

if TYPE_CHECKING:
    from lxml.etree import _Element

# No commune's document has more; the look of the first tells the look of the rest.
_MOST_PARAGRAPHS = 20_000
_TWIPS_PER_MM = 1440 / 25.4
_HEAD = re.compile(r"cong hoa xa hoi|doc lap|noi nhan|^\W*so\s*:|\btm\.|chu tich|uy ban nhan dan|ubnd")
_PAGES = re.compile(rb"<Pages>(\d{1,5})</Pages>")
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_LINES = ("line", "straightConnector1")


def layout_of(data: bytes) -> Layout | None:
    """How a .docx is printed; None when it cannot be opened. Never raises."""
    try:
        package = Package(data)
    except Broken:
        return None
    root = package.xml(package.main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        return None
    return _Reading(package, body).layout()


def _mm(twips: str | None) -> float | None:
    length = number(twips)
    return None if length is None else length / _TWIPS_PER_MM


class _Reading:
    def __init__(self, package: Package, body: _Element) -> None:
        self.package = package
        self.body = body
        self.styles = Styles(package.part("styles"), Fonts(package.part("theme")))
        self.sheet = 0
        self.ruled_cells = 0

    def layout(self) -> Layout:
        paragraphs: list[Printed] = []
        for one in self._paragraphs(self.body, is_cell=False, table=None):
            paragraphs.append(one)
            if len(paragraphs) >= _MOST_PARAGRAPHS:
                break
        properties = self.package.read("docProps/app.xml") or b""
        pages = _PAGES.search(properties)
        return Layout(tuple(self._sheets()), paragraphs, int(pages[1]) if pages else None, self.ruled_cells)

    # --- paragraphs ------------------------------------------------------------------------------------------

    def _paragraphs(self, parent: _Element, *, is_cell: bool, table: str | None) -> Iterator[Printed]:
        for child in parent.iterchildren():
            if child.tag == f"{W}p":
                yield from self._paragraph(child, is_cell=is_cell, table=table)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}smartTag"):
                yield from self._paragraphs(child, is_cell=is_cell, table=table)

    def _table(self, table: _Element) -> Iterator[Printed]:
        text = fold(" ".join(node.text or "" for node in table.iter(f"{W}t"))[:4000])
        rows = table.findall(f"{W}tr")
        columns = max((len(row.findall(f"{W}tc")) for row in rows), default=0)
        is_cell = columns > 2 or not (len(rows) < 3 or _HEAD.search(text))
        style = value(table.find(f"{W}tblPr/{W}tblStyle"))
        for cell in table.iterfind(f"{W}tr/{W}tc"):
            self.ruled_cells += _is_ruled_cell(cell) and not is_cell
            yield from self._paragraphs(cell, is_cell=is_cell, table=style)

    def _paragraph(self, paragraph: _Element, *, is_cell: bool, table: str | None) -> Iterator[Printed]:
        own = paragraph.find(f"{W}pPr")
        style = value(own.find(f"{W}pStyle")) if own is not None else None
        shape = self.styles.shape(style, own, table)
        letters = self.styles.letters_of_paragraph(style, table)
        drawn = _drawn_lines(paragraph) + shape.is_ruled
        printed = Printed(
            tuple(self._stretches(paragraph, letters)),
            shape.align,
            shape.indent,
            shape.before,
            shape.after,
            None,
            is_cell,
            _is_listed(own, style, self.styles),
            bool(drawn),
            self.sheet,
        )
        yield from _parts(replace(printed, spacing=_lines(shape, printed.size)))
        if own is not None and own.find(f"{W}sectPr") is not None:
            self.sheet += 1

    def _stretches(self, paragraph: _Element, letters: Letters) -> Iterator[Stretch]:
        for run in paragraph.iter(f"{W}r"):
            if _is_set_aside(run, paragraph):
                continue
            text = "".join(_text(node) for node in run.iterchildren())
            look = self.styles.letters_of_run(letters, run.find(f"{W}rPr"))
            if text and not look.hidden:
                shown = text.upper() if look.caps else text
                yield Stretch(
                    shown, look.font, look.size, look.bold, look.italic, look.underline, look.colour
                )

    # --- sections ------------------------------------------------------------------------------------------

    def _sheets(self) -> Iterator[Sheet]:
        headers = self.package.related("header")
        footers = self.package.related("footer")
        known: dict[tuple[str, str], str] = {}
        sections = [one for one in self.body.iter(f"{W}sectPr") if one.getparent().tag != f"{W}sectPrChange"]  # type: ignore[union-attr]
        for section in sections:
            for tag in ("headerReference", "footerReference"):
                for one in section.iterchildren(f"{W}{tag}"):
                    known[tag, one.get(f"{W}type") or "default"] = one.get(f"{R}id") or ""
            yield self._sheet(section, known, headers, footers)

    def _sheet(
        self,
        section: _Element,
        known: dict[tuple[str, str], str],
        headers: dict[str, str],
        footers: dict[str, str],
    ) -> Sheet:
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")

        def margin(name: str) -> float | None:
            return None if margins is None else _mm(margins.get(f"{W}{name}"))

        left, gutter = margin("left"), margin("gutter")
        top, bottom = margin("top"), margin("bottom")
        return Sheet(
            (_mm(size.get(f"{W}w")) if size is not None else None) or 215.9,
            (_mm(size.get(f"{W}h")) if size is not None else None) or 279.4,
            None if left is None else left + (gutter or 0),
            margin("right"),
            None if top is None else abs(top),
            None if bottom is None else abs(bottom),
            self._number(flag(section.find(f"{W}titlePg")), known, headers, footers),
        )

    def _number(
        self,
        has_own_first: bool,
        known: dict[tuple[str, str], str],
        headers: dict[str, str],
        footers: dict[str, str],
    ) -> PageNumber | None:
        for tag, parts in (("headerReference", headers), ("footerReference", footers)):
            root = self.package.xml(parts.get(known.get((tag, "default"), ""), ""))
            field = None if root is None else _page_field(root)
            if field is None:
                continue
            first = self.package.xml(parts.get(known.get((tag, "first"), ""), ""))
            on_first = not has_own_first or (first is not None and _page_field(first) is not None)
            align, size = self._place_of_number(field)
            return PageNumber(tag == "headerReference", align, on_first, size)
        return None

    def _place_of_number(self, field: _Element) -> tuple[Align | None, float | None]:
        """How the paragraph of the number stands: by its own alignment, its frame or its tabs."""
        paragraph = next(field.iterancestors(f"{W}p"), None)
        if paragraph is None:
            return None, None
        own = paragraph.find(f"{W}pPr")
        style = value(own.find(f"{W}pStyle")) if own is not None else None
        run = next(field.iterancestors(f"{W}r"), field.find(f"{W}r"))
        letters = self.styles.letters_of_paragraph(style, None)
        look = self.styles.letters_of_run(letters, None if run is None else run.find(f"{W}rPr"))
        frame = own.find(f"{W}framePr") if own is not None else None
        if frame is not None and frame.get(f"{W}xAlign"):
            return _ALIGNS.get(frame.get(f"{W}xAlign") or ""), look.size
        if (
            paragraph.find(f".//{W}ptab[@{W}alignment='center']") is not None
            or _tabs_before(field, paragraph) == 1
        ):
            return Align.CENTER, look.size
        return self.styles.shape(style, own, None).align, look.size


_ALIGNS = {
    "center": Align.CENTER,
    "left": Align.LEFT,
    "right": Align.RIGHT,
    "inside": Align.LEFT,
    "outside": Align.RIGHT,
}


def _lines(shape: Shape, size: float | None) -> float | None:
    """The distance of lines, in lines of a font whose own is 1.15 of its size."""
    if shape.points is not None:
        if size is None:
            return None
        lines = shape.points / (size * 1.15)
        return max(lines, 1.0) if shape.at_least else lines
    return shape.lines


def _parts(printed: Printed) -> Iterator[Printed]:
    """A paragraph whose tabs put two texts side by side is two: of neither is the place known."""
    text = printed.text
    if "\t" not in text.strip() or printed.is_cell or not re.search(r"\S\s*\t\s*\S", text):
        yield printed
        return
    part: list[Stretch] = []
    for one in printed.stretches:
        pieces = one.text.split("\t")
        for index, piece in enumerate(pieces):
            if index and "".join(before.text for before in part).strip():
                yield replace(printed, stretches=tuple(part), align=None, indent=None)
                part = []
            if piece:
                part.append(replace(one, text=piece))
    yield replace(printed, stretches=tuple(part), align=None, indent=None)


def _text(node: _Element) -> str:
    if node.tag == f"{W}t":
        return node.text or ""
    if node.tag in (f"{W}tab", f"{W}ptab"):
        return "\t"
    if node.tag in (f"{W}br", f"{W}cr"):
        return " "
    return "-" if node.tag == f"{W}noBreakHyphen" else ""


def _is_set_aside(run: _Element, paragraph: _Element) -> bool:
    """Runs that are taken out (tracked), stand in a box of their own, or are the fallback of another."""
    for one in run.iterancestors():
        if one is paragraph:
            return False
        if one.tag in (f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{MC}Fallback"):
            return True
    return False


def _is_listed(own: _Element | None, style: str | None, styles: Styles) -> bool:
    numbering = own.find(f"{W}numPr") if own is not None else None
    if numbering is not None:
        return value(numbering.find(f"{W}numId")) != "0"
    return styles.is_listed(style)


def _drawn_lines(paragraph: _Element) -> int:
    """Lines drawn in a paragraph, in the old or the new way of Word, each counted once."""
    if paragraph.find(f".//{W}drawing") is None and paragraph.find(f".//{W}pict") is None:
        return 0
    drawn = sum(one.get("prst") in _LINES for one in paragraph.iter(f"{_A}prstGeom"))
    old = [*paragraph.iter(f"{_V}line"), *paragraph.iter(f"{_V}rect"), *paragraph.iter(f"{_V}shape")]
    typed = sum(
        one.tag == f"{_V}line" or one.get(f"{_O}hr") == "t" or (one.get("type") or "").endswith("_t32")
        for one in old
        if next(one.iterancestors(f"{MC}Fallback"), None) is None
    )
    return drawn + typed


def _is_ruled_cell(cell: _Element) -> bool:
    """A cell of the head with a border below it and none on its sides."""
    borders = cell.find(f"{W}tcPr/{W}tcBorders")
    if borders is None:
        return False
    below, side = borders.find(f"{W}bottom"), borders.find(f"{W}left")
    return value(below) not in (None, "nil", "none") and value(side) in (None, "nil", "none")


def _page_field(root: _Element) -> _Element | None:
    """The field that prints the page's number."""
    for one in root.iter(f"{W}fldSimple"):
        if re.match(r"\s*PAGE\b", one.get(f"{W}instr") or "", re.IGNORECASE):
            return one
    for one in root.iter(f"{W}instrText"):
        if re.match(r"\s*PAGE\b", one.text or "", re.IGNORECASE):
            return one
    return None


def _tabs_before(field: _Element, paragraph: _Element) -> int:
    """Tabs before the number in its paragraph: one leads to the middle of the usual header."""
    tabs = 0
    for node in paragraph.iter(f"{W}tab", f"{W}instrText", f"{W}fldSimple"):
        if node is field:
            break
        tabs += node.tag == f"{W}tab" and node.getparent().tag == f"{W}r"  # type: ignore[union-attr]
    return tabs
