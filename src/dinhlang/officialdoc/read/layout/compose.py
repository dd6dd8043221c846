"""The whole file as text: line by line with the place of every word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dinhlang.officialdoc.read.layout import columns, footnotes, running
from dinhlang.officialdoc.read.layout.grid import grids_of
from dinhlang.officialdoc.read.layout.open_tables import open_sheets
from dinhlang.officialdoc.read.layout.paragraphs import Joined, paragraphs_of
from dinhlang.officialdoc.read.layout.rows import Margins, Row, margins_of, rows_of
from dinhlang.officialdoc.read.layout.tables import Filled, Sheet, goes_on, join, sheet_of
from dinhlang.officialdoc.read.pages.page import Page, Word
from dinhlang.officialdoc.read.sheets import Piece
from dinhlang.vietnamese.syllable import frequency, is_syllable

_WIDE = 1.8
_FEW_LINES = 8
_ENDS_RECIPIENT = re.compile(r"[;.:]\s*$")
_DASH = re.compile(r"[-–+*•]")
_BARS = str.maketrans({"|": "¦"})
_NEXT_LINE = 0.5
_WHOLE_DAY = re.compile(r"\(?(?:\d{1,2}[/.-])?\d{1,2}[/.-](?:19|20)\d\d[).,;]*")
_PART_OF_WORD = re.compile(r"[^\W\d_]+(?=[.,;:)]*$)")


def text_of(pages: Sequence[Page]) -> tuple[str, tuple[tuple[Piece, ...], ...]]:
    """The text of some pages, each line a whole paragraph or the row of a table, and the places of its words."""
    composer = _Composer({page.number: page for page in pages})
    flow: list[tuple[Row, Margins]] = []
    for item in _items(pages, composer.notes):
        if isinstance(item, tuple):
            flow.append(item)
            continue
        composer.paragraphs(flow)
        flow = []
        if isinstance(item, Sheet):
            composer.table(item)
        else:
            composer.side_by_side(item)
    composer.paragraphs(flow)
    return composer.finished()


Item = tuple[Row, Margins] | Sheet | columns.Parted


def _items(pages: Sequence[Page], notes: dict[int, footnotes.Note]) -> list[Item]:
    """Lines, tables and side-by-side parts of all pages in reading order; tables over pages made one.

    Footnotes go to `notes`, by the identity of the line that refers to each.
    """
    sheets: list[list[Sheet]] = []
    rows: list[list[Row]] = []
    for page in pages:
        grids, left = grids_of(page, running.without_signature(page))
        sheets.append([sheet_of(grid) for grid in grids])
        rows.append(rows_of(left, page.number))
    rows = running.without_running(pages, rows)
    for at, lines in enumerate(rows):
        rows[at], told = footnotes.parted(lines)
        notes.update(told)
    found: list[Item] = []
    usual = _usual_margins(pages, rows)
    for page, ruled, lines in zip(pages, sheets, rows, strict=True):
        margins = margins_of(lines, page) or usual.get(page.width > page.height) or _all_of(lines, page)
        if ruled and len(lines) < _FEW_LINES:
            # Beside a table stands too little text to show the margins; the table fills them.
            start, end = min(sheet.xs[0] for sheet in ruled), max(sheet.xs[-1] for sheet in ruled)
            margins = Margins(start, end, margins.pitch) if end - start > 0.5 * page.width else margins
        own = _items_of_page(ruled, lines, margins)
        first, last = own[0] if own else None, found[-1] if found else None
        if isinstance(first, Sheet) and isinstance(last, Sheet) and goes_on(last, first):
            join(last, first)
            own = own[1:]
        found.extend(own)
    return found


def _usual_margins(pages: Sequence[Page], rows: Sequence[Sequence[Row]]) -> dict[bool, Margins]:
    """The margins of all upright and of all lying pages, for pages that show theirs badly."""
    found: dict[bool, Margins] = {}
    for lying in (False, True):
        chosen = [at for at, page in enumerate(pages) if (page.width > page.height) is lying]
        together = [row for at in chosen for row in rows[at]]
        margins = margins_of(together, pages[chosen[0]], least=1) if chosen else None
        if margins is not None:
            found[lying] = margins
    return found


def _all_of(rows: Sequence[Row], page: Page) -> Margins:
    """Margins as the decree wants them, for a page that shows none."""
    left = min((row.x0 for row in rows), default=0.14 * page.width)
    right = max((row.x1 for row in rows), default=0.0)
    return Margins(left, max(right, 0.9 * page.width), 1.4 * rows[0].size if rows else 18.0)


def _items_of_page(ruled: Sequence[Sheet], rows: Sequence[Row], margins: Margins) -> list[Item]:
    found: list[tuple[float, Item]] = [(sheet.top, sheet) for sheet in ruled]
    taken: set[int] = set()
    for block in columns.parted(rows, margins):
        taken.update(range(block.start, block.end))
        found.append((rows[block.start].top, block))
    left = [(index, row) for index, row in enumerate(rows) if index not in taken]
    for sheet, inside in open_sheets(left):
        taken.update(inside)
        found.append((sheet.top, sheet))
    found += [(row.top, (row, margins)) for index, row in left if index not in taken]
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


@dataclass(slots=True)
class _Line:
    """A line of the text being written: its words with what stands before each."""

    parts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    length: int = 0

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def word(self, text: str, page: Page, word: Word) -> None:
        start = self.length + 1
        self.put(text)
        self.pieces.append(
            Piece(start, self.length + 1, page.number, page.seen(word), word.bold, word.italic)
        )


class _Composer:
    """Writes lines."""

    def __init__(self, pages: dict[int, Page]) -> None:
        self.pages = pages
        self.lines: list[_Line] = []
        self.notes: dict[int, footnotes.Note] = {}

    def finished(self) -> tuple[str, tuple[tuple[Piece, ...], ...]]:
        while self.lines and not self.lines[-1].parts:
            self.lines.pop()
        text = "\n".join("".join(line.parts) for line in self.lines)
        return text, tuple(tuple(line.pieces) for line in self.lines)

    def blank(self) -> None:
        if self.lines and self.lines[-1].parts:
            self.lines.append(_Line())

    def paragraphs(self, flow: Sequence[tuple[Row, Margins]]) -> None:
        """Paragraphs, a blank line after each; lines in the middle of the page stay together."""
        before: Joined | None = None
        for one in paragraphs_of(flow):
            if before is not None and not _is_title_going_on(before, one):
                self.blank()
            self.rows(one.rows)
            before = one
            for row in one.rows:
                if (note := self.notes.pop(id(row), None)) is not None:
                    self._note(note)
        self.blank()

    def _note(self, note: footnotes.Note) -> None:
        """A footnote as a paragraph of its own."""
        self.blank()
        self.rows(note.rows, f"[{note.number}] ")

    def rows(self, rows: Sequence[Row], mark: str = "") -> None:
        """Some lines of a page as one line of text, after a mark that the page does not show so."""
        line = _Line()
        if mark:
            line.put(mark)
        for row in rows:
            if line.pieces and not _is_broken_word(line.parts[-1], row.words[0].text):
                line.put(" ")
            self._words(line, [(word, row.page) for word in row.words])
        self.lines.append(line)

    def side_by_side(self, block: columns.Parted) -> None:
        """One column after the other; a recipient's name that was broken is one line again."""
        self.blank()
        for group in _recipients(block.left) if block.is_foot else _issuers(block.left):
            self.rows(group)
        self.blank()
        for group in block.right_groups():
            self.rows(group)
        self.blank()

    def table(self, sheet: Sheet) -> None:
        self.blank()
        for row in (sheet.header, *sheet.rows):
            self.lines.append(self._table_row(row))
        self.blank()

    def _table_row(self, cells: Iterable[Filled]) -> _Line:
        line = _Line()
        line.put("|")
        for cell in cells:
            line.put(" ")
            self._words(line, list(cell.words), in_table=True)
            line.put(" |" if cell.lines else "|")
        return line

    def _words(self, line: _Line, words: Sequence[tuple[Word, int]], in_table: bool = False) -> None:
        for index, (word, page) in enumerate(words):
            if index:
                before, on = words[index - 1]
                if in_table:
                    line.put("" if _is_below(before, word) and _is_one_word(before.text, word.text) else " ")
                else:
                    apart = on == page and word.x0 - before.x1 > _WIDE * word.size
                    line.put("   " if apart else " ")
            text = unicodedata.normalize("NFC", word.text)
            line.word(text.translate(_BARS) if in_table else text, self.pages[page], word)


def _is_below(before: Word, word: Word) -> bool:
    """Whether a word begins the next line of its cell."""
    return word.base - before.base > _NEXT_LINE * word.size


def _is_one_word(before: str, after: str) -> bool:
    """Whether a narrow cell broke a word inside: '31/01/20' / '26', 'chuyê' / 'n', 'HĐND-' / 'UBND'."""
    if _is_broken_word(before, after) or _WHOLE_DAY.fullmatch(before + after):
        return not _WHOLE_DAY.fullmatch(before)
    end = _PART_OF_WORD.match(after)
    if end is None or not before.isalpha() or (is_syllable(before) and is_syllable(end[0])):
        return False
    return is_syllable(before + end[0]) and frequency((before + end[0]).lower()) > 0


def _is_broken_word(before: str, after: str) -> bool:
    """Whether a word went over the end of the line inside: '76/NQ-' / 'CP', '3311/' / 'UBND-NC'."""
    return len(before) > 1 and before[-1] in "-/" and before[-2].isalnum() and after[0].isalnum()


def _is_title_going_on(before: Joined, one: Joined) -> bool:
    """Whether lines in the middle of the page follow each other closely, as those of a title do."""
    last, row = before.rows[-1], one.rows[0]
    margins = one.margins
    if not one.centred or margins is None or last.page != row.page:
        return False
    off = abs(last.middle - margins.centre)
    in_middle = before.centred or (off < 0.02 * margins.width and last.bold == row.bold)
    return in_middle and row.base - last.base < 2.3 * row.size


def _issuers(rows: Sequence[Row]) -> list[list[Row]]:
    """The lines on the left of a head. Bold ones under others that are not are one name (NĐ 30/2020/NĐ-CP, PL I, II.2)."""
    groups: list[list[Row]] = []
    has_parent = False
    for row in rows:
        if groups and _is_rest_of_name(groups[-1][-1], row, has_parent):
            groups[-1].append(row)
        else:
            groups.append([row])
        has_parent = has_parent or (not row.bold and row.text.isupper())
    return groups


def _is_rest_of_name(above: Row, row: Row, has_parent: bool) -> bool:
    if not (above.text.isupper() and row.text.isupper()):
        return False
    dashed = row.text.startswith(("-", "–")) or above.text.endswith(("-", "–"))
    return dashed or (has_parent and row.bold and above.bold)


def _recipients(rows: Sequence[Row]) -> list[list[Row]]:
    groups: list[list[Row]] = []
    for row in rows:
        goes_on = groups and not _DASH.match(row.text) and not _ENDS_RECIPIENT.search(groups[-1][-1].text)
        if goes_on:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups
