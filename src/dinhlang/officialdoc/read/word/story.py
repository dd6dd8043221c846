"""The blocks of a .docx: paragraphs with the numbers that Word prints, tables with their merged cells, notes, boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from dinhlang.officialdoc.read.flow.blocks import Block, Cell, Paragraph, Row, Table
from dinhlang.officialdoc.read.flow.pieces import Line, Piece, text_of
from dinhlang.officialdoc.read.word import legacy
from dinhlang.officialdoc.read.word.names import MC, R, W, flag, integer, value
from dinhlang.officialdoc.read.word.numbering import Numbering
from dinhlang.officialdoc.read.word.package import Package
from dinhlang.officialdoc.read.word.runs import Note, Runs, alternative_of, is_left_out
from dinhlang.officialdoc.read.word.styles import NOTHING, Style, Styles, has_lines

if TYPE_CHECKING:
    from lxml.etree import _Element

# Tables within tables and boxes within boxes; people stop at three.
_DEEPEST = 25
MOST_CELLS = 100_000
"""The table of the longest report seen has 4 000."""
OURS = "<Application>Đình Làng</Application>"
# A longer line needs no pushing to reach the middle.
_SHORT = 110
# Titles stand near the beginning.
_TITLE_WITHIN = 40
_INSIDE = frozenset((f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"))
_NOTE_NAME = {"footnotes": "footnote", "endnotes": "endnote"}


@dataclass(slots=True)
class _Properties:
    """What `w:pPr` says, with the style's word where it says nothing."""

    style: Style = NOTHING
    style_name: str | None = None
    list_number: str | None = None
    list_level: int | None = None
    centred: bool = False
    breaks_page: bool = False
    joins_next: bool = False
    ends_section: bool = False


class Story:
    """Reads the parts of a package into blocks."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.is_cut = False
        self.cells = 0
        self.styles = Styles(
            package.part("styles"), lambda: package.part("theme"), capitals=not _is_ours(package)
        )
        self._numbering: Numbering | None = None
        self._runs = Runs(self.styles, legacy_fonts=self._has_legacy_fonts(), boxes=self._box)
        self._depth = 0
        self._paragraphs = 0
        self._notes: dict[str, dict[str, _Element]] = {}
        self._noted = 0
        self._in_note = False
        self._known: dict[tuple[str | None, str | None], _Properties] = {}

    def _has_legacy_fonts(self) -> bool:
        names = [name for name in self._package.names() if name.endswith(".xml") and "media" not in name]
        wanted = ("document", "styles", "theme", "footnotes", "header", "glossary")
        return any(
            legacy.mentioned(self._package.read(name) or b"")
            for name in names
            if any(word in name for word in wanted)
        )

    def blocks(self, parent: _Element) -> list[Block]:
        """The paragraphs and tables in an element, a paragraph whose mark was deleted joined with the next."""
        if self._depth >= _DEEPEST:
            return [Paragraph([[Piece(" ".join(one.text or "" for one in parent.iter(f"{W}t")))]])]
        self._depth += 1
        found: list[Block] = []
        open_one: tuple[Paragraph, _Properties] | None = None
        for element in _contents(parent):
            if element.tag != f"{W}p":
                if open_one:
                    self._close(*open_one, found)
                    open_one = None
                found += [self._table(element)] if element.tag == f"{W}tbl" else self._chunk(element)
                continue
            paragraph, properties = self._paragraph(element)
            if open_one:
                paragraph, properties = _joined(open_one, (paragraph, properties))
            open_one = (paragraph, properties) if properties.joins_next else None
            if open_one is None:
                self._close(paragraph, properties, found)
        if open_one:
            self._close(*open_one, found)
        self._depth -= 1
        return found

    def _close(self, paragraph: Paragraph, properties: _Properties, found: list[Block]) -> None:
        """A paragraph is complete: number it, and take it unless nothing is left of it."""
        if properties.joins_next and paragraph.is_blank and not paragraph.boxes:
            return
        paragraph.label = self._label(properties)
        found.append(paragraph)

    def _chunk(self, element: _Element) -> list[Block]:
        """Another file within this one, as programs on the web make a .docx: a page of theirs in a shell."""
        from dinhlang.officialdoc.read import office

        part = self._package.related("aFChunk").get(element.get(f"{R}id") or "")
        data = self._package.read(part) if part else None
        return office.page_blocks(data) if data else []

    def _box(self, content: _Element) -> list[Block]:
        return self.blocks(content)

    def _paragraph(self, element: _Element) -> tuple[Paragraph, _Properties]:
        properties = self._properties(element.find(f"{W}pPr"))
        lines = self._runs.read(element, properties.style)
        boxes, notes = self._runs.boxes, self._runs.notes
        centred = properties.centred or _is_pushed(lines)
        self._paragraphs += 1
        paragraph = Paragraph(
            lines,
            centred=centred,
            breaks_page=properties.breaks_page,
            ends_section=properties.ends_section,
            boxes=boxes,
        )
        if not centred and self._paragraphs <= _TITLE_WITHIN:
            paragraph.bold = _is_bold(element, bool(properties.style.bold))
        if notes and not self._in_note:
            paragraph.notes = [line for note in notes if (line := self._note(note))]
        return paragraph, properties

    def _properties(self, element: _Element | None) -> _Properties:
        if element is None:
            name = self.styles.default_paragraph
            style = self._style(name)
            return _Properties(style, name, style.list_number, style.list_level, style.alignment == "center")
        said = {child.tag: child for child in element}
        name = value(said.get(f"{W}pStyle")) or self.styles.default_paragraph
        style = self._style(name)
        alignment = value(said.get(f"{W}jc")) or style.alignment
        found = _Properties(style, name, style.list_number, style.list_level, alignment == "center")
        numbered = said.get(f"{W}numPr")
        if numbered is not None:
            found.list_number = value(numbered.find(f"{W}numId")) or found.list_number
            level = integer(numbered.find(f"{W}ilvl"))
            found.list_level = found.list_level if level is None else level
        found.breaks_page = flag(said.get(f"{W}pageBreakBefore"))
        found.ends_section = f"{W}sectPr" in said
        mark = said.get(f"{W}rPr")
        found.joins_next = mark is not None and (
            mark.find(f"{W}del") is not None
            or mark.find(f"{W}moveFrom") is not None
            or flag(mark.find(f"{W}specVanish"))
        )
        return found

    def _style(self, name: str | None) -> Style:
        style = self.styles.of(name)
        if style.font is None and self.styles.default_font:
            return replace(style, font=self.styles.default_font)
        return style

    def _label(self, properties: _Properties) -> str:
        number = properties.list_number
        if number is None or number == "0":
            return ""
        if self._numbering is None:
            self._numbering = Numbering(
                self._package.part("numbering"), lambda style: self.styles.of(style).list_number
            )
        level = properties.list_level
        if level is None:
            level = self._numbering.level_of_style(number, properties.style_name)
        return self._numbering.label(number, level)

    def _note(self, note: Note) -> Line:
        """The text of a note after its number."""
        elements = self._notes.get(note.part)
        if elements is None:
            root = self._package.part(note.part)
            listed = [] if root is None else list(root.iterchildren(f"{W}{_NOTE_NAME[note.part]}"))
            elements = self._notes[note.part] = {one.get(f"{W}id") or "": one for one in listed}
        element = elements.get(note.identifier)
        if element is None:
            return []
        self._in_note = True
        texts = [
            text_of(line)
            for block in self.blocks(element)
            if isinstance(block, Paragraph)
            for line in block.lines
        ]
        self._in_note = False
        self._noted += 1
        text = " ".join(" ".join(texts).split())
        return [Piece(f"[{self._noted}] {text}")] if text else []

    def _table(self, element: _Element) -> Table:
        properties = element.find(f"{W}tblPr")
        table = Table([], self._is_ruled(properties))
        for row in _members(element, f"{W}tr"):
            if self.cells >= MOST_CELLS:
                self.is_cut = True
                break
            said = row.find(f"{W}trPr")
            if said is not None and (said.find(f"{W}del") is not None or flag(said.find(f"{W}hidden"))):
                continue
            table.rows.append(self._row(row, said))
        table.ruled = table.ruled or _has_ruled_cells(element)
        return table

    def _row(self, element: _Element, said: _Element | None) -> Row:
        row = Row([])
        if said is not None:
            row.is_header = flag(said.find(f"{W}tblHeader"))
            row.before = max(0, integer(said.find(f"{W}gridBefore")) or 0)
        for cell in _members(element, f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            if properties is not None and properties.find(f"{W}cellDel") is not None:
                continue
            self.cells += 1
            merged = None if properties is None else properties.find(f"{W}hMerge")
            if merged is not None and value(merged) != "restart" and row.cells:
                row.cells[-1].span += 1
                continue
            row.cells.append(self._cell(cell, properties))
        return row

    def _cell(self, element: _Element, properties: _Element | None) -> Cell:
        blocks = self.blocks(element)
        if properties is None:
            return Cell(blocks)
        merged = properties.find(f"{W}vMerge")
        continues = merged is not None and value(merged) != "restart"
        return Cell(blocks, max(1, integer(properties.find(f"{W}gridSpan")) or 1), continues)

    def _is_ruled(self, properties: _Element | None) -> bool:
        if properties is None:
            return False
        own = has_lines(properties.find(f"{W}tblBorders"))
        if own is not None:
            return own
        return bool(self.styles.of(value(properties.find(f"{W}tblStyle"))).ruled)


def _is_ours(package: Package) -> bool:
    """Whether our writer made the file and nobody saved it since: what its styles show in capitals was not typed so."""
    return OURS.encode() in (package.read("docProps/app.xml") or b"")


def _has_ruled_cells(table: _Element) -> bool:
    return any(has_lines(one) for one in islice(table.iter(f"{W}tcBorders"), 6))


def _is_bold(paragraph: _Element, is_style_bold: bool) -> bool:
    """Whether all of a paragraph's text is bold."""
    runs = [run for run in paragraph.iterchildren(f"{W}r") if run.find(f"{W}t") is not None]
    said = [run.find(f"{W}rPr/{W}b") for run in runs]
    return bool(runs) and all(is_style_bold if one is None else flag(one) for one in said)


def _is_pushed(lines: list[Line]) -> bool:
    """Whether a short line was put in the middle by tabs or spaces before it; a long one was only indented."""
    text = text_of(lines[0]) if lines and lines[0] else ""
    bare = text.lstrip()
    before = text[: len(text) - len(bare)]
    return len(bare) < _SHORT and (before.count("\t") > 1 or len(before) > 10)


def _joined(
    first: tuple[Paragraph, _Properties], second: tuple[Paragraph, _Properties]
) -> tuple[Paragraph, _Properties]:
    """Two paragraphs between which the mark was deleted. The look is that of the first that says something."""
    (upper, upper_said), (lower, lower_said) = first, second
    look, said = (lower, lower_said) if upper.is_blank else (upper, upper_said)
    lines = [*upper.lines[:-1], [*upper.lines[-1], *lower.lines[0]], *lower.lines[1:]]
    paragraph = Paragraph(
        lines,
        centred=look.centred,
        bold=look.bold,
        breaks_page=upper.breaks_page,
        ends_section=lower.ends_section,
        boxes=[*upper.boxes, *lower.boxes],
        notes=[*upper.notes, *lower.notes],
    )
    said.joins_next = lower_said.joins_next
    return paragraph, said


def _contents(parent: _Element) -> Iterator[_Element]:
    """The paragraphs and tables in an element, those within content controls and tracked changes too."""
    pending = list(reversed(parent))
    while pending:
        one = pending.pop()
        tag = one.tag
        if tag in (f"{W}p", f"{W}tbl", f"{W}altChunk"):
            yield one
        elif tag in _INSIDE:
            pending += reversed(one)
        elif tag == f"{W}sdt" and not is_left_out(one):
            for content in one.iterchildren(f"{W}sdtContent"):
                pending += reversed(content)
        elif tag == f"{MC}AlternateContent":
            chosen = alternative_of(one)
            pending += reversed(chosen) if chosen is not None else []


def _members(parent: _Element, name: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, those within content controls too."""
    pending = list(reversed(parent))
    while pending:
        one = pending.pop()
        if one.tag == name:
            yield one
        elif one.tag in _INSIDE or one.tag == f"{W}sdt":
            pending += reversed(one)
