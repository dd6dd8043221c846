"""Tables: whether one holds data or only places text, and the rows of data with merged cells put right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dinhlang.officialdoc.read.columns import Column, columns_of
from dinhlang.officialdoc.read.flow.blocks import Block, Cell, Paragraph, Row, Table, paragraphs_of
from dinhlang.officialdoc.read.flow.pieces import Line, Piece, text_of
from dinhlang.officialdoc.read.words import fold

# Word draws no more columns; a larger number is an error or an attack.
MOST_COLUMNS = 63
# A heading of more rows has not been seen.
_HEADER_DEPTH = 4
# Of a table without ruling lines; a longer one lists something.
_PLACING_ROWS = 2
_SIGNING_ROWS = 6

_NATION = re.compile(r"cong hoa xa hoi chu nghia|^\W*doc lap\s*[-.]?\s*tu do")
_FOOT = re.compile(r"^\W*noi nhan\b|^(?:tm|kt|tl|tuq|q)\s*[./]\s*(?=[a-z]{2})|^kinh gui\b")
_SIGNING = re.compile(
    r"(?:(?:pho )?chu tich|chu tri|chu toa|thu ky|nguoi (?:lap|ghi|bao cao).*|(?:pho )?giam doc|dai dien .*|truong .*|ke toan.*)"
)
_RECIPIENTS = re.compile(r"^\W*noi nhan\b")
_INDEX = re.compile(r"\(?(?:\d{1,2}|[A-Z])\)?(?:\s*=.*)?")
_ENDED = re.compile(r"[.;:!?]$")
_SPACE = Piece(" ")


def paragraph_texts(blocks: Sequence[Block]) -> list[str]:
    """The lines of text in blocks, without blanks around them and without blank ones."""
    lines = (line for one in paragraphs_of(list(blocks)) for line in one.text.split("\n"))
    return [" ".join(line.split()) for line in lines if line.strip()]


def places_text(table: Table) -> bool:
    """Whether a table only puts the head, the foot or a frame on the page."""
    rows = [[paragraph_texts(cell.blocks) for cell in row.cells] for row in table.rows]
    if len(rows) < 2 or all(sum(bool(cell) for cell in row) <= 1 for row in rows):
        return True
    first = _joined(rows[0])
    if _is_header(first):
        return False
    texts = [text for row in rows for cell in row for text in cell]
    folded = [fold(text) for text in texts if len(text) < 200]
    if any(_NATION.search(text) or _FOOT.match(text) for text in folded):
        return True
    if table.ruled:
        return False
    if len(rows) <= _PLACING_ROWS or max(len(row) for row in rows) <= 2:
        return True
    return len(rows) <= _SIGNING_ROWS and any(
        _SIGNING.fullmatch(fold(text)) and text.isupper() for text in texts
    )


def _joined(row: Sequence[Sequence[str]]) -> list[str]:
    return [" ".join(cell) for cell in row]


def _is_header(cells: Sequence[str]) -> bool:
    """Whether these are titles of columns: an ordinal, or two of the words that plans use."""
    columns = [column for column, text in zip(columns_of(cells), cells, strict=True) if len(text) < 60]
    known = [column for column in columns if column is not Column.OTHER]
    return len(cells) > 1 and (columns[:1] == [Column.ORDINAL] or len(set(known)) > 1)


@dataclass(slots=True)
class Grid:
    """Rows of data: each cell a line of pieces, every row as wide as the table; the first is the header."""

    rows: list[list[Line]]
    notes: list[Line] = field(default_factory=list)

    @property
    def header(self) -> list[str]:
        return [text_of_cell(cell) for cell in self.rows[0]] if self.rows else []


def text_of_cell(cell: Line) -> str:
    """The text of a cell, single spaces between its words."""
    return " ".join(text_of(cell).split())


def grid_of(table: Table) -> Grid:
    """The rows of a table of data. A merged cell is said in each of its rows, and in the first of its columns."""
    placed = _placed(table.rows)
    depth = _header_depth(table.rows, placed)
    wide = max((len(row) for row in placed), default=0)
    full = [[*(cell.line for cell in row), *([[]] * (wide - len(row)))] for row in placed]
    rows = [_merged_header(placed[:depth], wide), *full[depth:]] if depth > 1 else full
    said = [column for column in range(wide) if any(text_of_cell(row[column]) for row in rows)]
    rows = [[row[column] for column in said] for row in rows]
    grid = Grid(rows, [note for one in _paragraphs(table) for note in one.notes])
    return _without_repeated_headers(grid)


def title_parted(table: Table) -> tuple[list[Block], Table]:
    """The title that stands in a row of its own over the header of a table, and the table without it."""
    for index in range(1, min(_HEADER_DEPTH, len(table.rows))):
        if sum(bool(paragraph_texts(cell.blocks)) for cell in table.rows[index - 1].cells) > 1:
            break
        if _is_header(_joined([paragraph_texts(cell.blocks) for cell in table.rows[index].cells])):
            title = [block for row in table.rows[:index] for cell in row.cells for block in cell.blocks]
            return title, Table(table.rows[index:], table.ruled)
    return [], table


def foot_parted(table: Table) -> tuple[Table, Table | None]:
    """A table of data and the foot under it: two tables with nothing between them are one to many programs."""
    for index, row in enumerate(table.rows):
        texts = [fold(text) for cell in row.cells for text in paragraph_texts(cell.blocks)[:1]]
        if index and any(_RECIPIENTS.match(text) for text in texts):
            return Table(table.rows[:index], table.ruled), Table(table.rows[index:])
    return table, None


def _paragraphs(table: Table) -> list[Paragraph]:
    return list(paragraphs_of([table]))


@dataclass(slots=True)
class _Placed:
    """What a row shows in one column: its line, and of which cell it is a part."""

    line: Line
    cell: Cell | None
    is_first: bool = True


def _placed(rows: Sequence[Row]) -> list[list[_Placed]]:
    placed: list[list[_Placed]] = []
    above: list[_Placed] = []
    for row in rows:
        shown = [_Placed([], None) for _ in range(min(row.before, MOST_COLUMNS))]
        for cell in row.cells:
            if len(shown) >= MOST_COLUMNS:
                break
            shown += _columns_of_cell(cell, above[len(shown) :], MOST_COLUMNS - len(shown))
        placed.append(shown)
        above = shown
    return placed


def _columns_of_cell(cell: Cell, above: Sequence[_Placed], room: int) -> list[_Placed]:
    span = max(1, min(cell.span, room))
    if cell.continues and above:
        inherited = list(above[:span])
        return [*inherited, *(_Placed([], None) for _ in range(span - len(inherited)))]
    first = _Placed(line_of(cell.blocks), cell)
    return [first, *(_Placed([], cell, is_first=False) for _ in range(span - 1))]


def line_of(blocks: Sequence[Block]) -> Line:
    """All the text of a cell as one line, a space between its paragraphs."""
    line: Line = []
    for paragraph in paragraphs_of(list(blocks)):
        parts = [part for part in paragraph.lines if any(piece.text.strip() for piece in part)]
        if paragraph.label:
            # A column of ordinals is often numbered by the program and holds nothing else.
            line += [Piece(paragraph.label), _SPACE]
        for part in parts:
            line += [_without_rules(piece) for piece in part]
            line.append(_SPACE)
    return line


def _without_rules(piece: Piece) -> Piece:
    return piece._replace(text=piece.text.replace("|", "¦")) if "|" in piece.text else piece


def _header_depth(rows: Sequence[Row], placed: Sequence[Sequence[_Placed]]) -> int:
    """How many rows the header has: those marked so, or those over which its cells reach."""
    marked = 0
    while marked < len(rows) and rows[marked].is_header:
        marked += 1
    first = {id(one.cell) for one in placed[0]} if placed else set()
    depth = 1
    while depth < len(placed) and any(one.cell and id(one.cell) in first for one in placed[depth]):
        depth += 1
    spans = any(cell.span > 1 for cell in rows[0].cells) if rows else False
    if depth > 1 and not (spans or _is_header([text_of_cell(one.line) for one in placed[0]])):
        depth = 1
    depth = max(depth, marked if marked < len(rows) else 1)
    return depth if depth <= min(_HEADER_DEPTH, len(rows) - 1) else 1


def _merged_header(rows: Sequence[Sequence[_Placed]], wide: int) -> list[Line]:
    """Titles over several rows as one: 'Đơn vị thực hiện' over 'Chủ trì' says both."""
    titles: list[Line] = []
    for column in range(wide):
        title: Line = []
        seen: list[object] = []
        for index, row in enumerate(rows):
            one = row[column] if column < len(row) else None
            if one is None or one.cell is None or any(one.cell is cell for cell in seen):
                continue
            seen.append(one.cell)
            if index and _is_index([text_of_cell(each.line) for each in row]):
                continue
            # The title over several columns is said in each of them.
            line = one.line if one.is_first else _line_of_cell(row, one.cell)
            title += [*line, _SPACE]
        titles.append(title)
    return titles


def _line_of_cell(row: Sequence[_Placed], cell: Cell) -> Line:
    return next((one.line for one in row if one.cell is cell and one.is_first), [])


def _is_index(texts: Sequence[str]) -> bool:
    """'(1) | (2) | (3)' under the titles."""
    shown = [text for text in texts if text]
    return len(shown) > 1 and all(_INDEX.fullmatch(text) for text in shown)


def _without_repeated_headers(grid: Grid) -> Grid:
    header = [fold(title) for title in grid.header]
    if not _is_header(grid.header):
        return grid
    kept = [row for row in grid.rows[1:] if [fold(text_of_cell(cell)) for cell in row] != header]
    return Grid([grid.rows[0], *kept], grid.notes)


def goes_on(grid: Grid, following: Grid) -> bool:
    """Whether a table right after another is the rest of it: the same header, or the next ordinals."""
    if not grid.rows or not following.rows or len(grid.rows[0]) != len(following.rows[0]):
        return False
    if not _is_header(grid.header):
        return False
    if [fold(title) for title in following.header] == [fold(title) for title in grid.header]:
        return True
    last, first = _ordinal(grid.rows[-1]), _ordinal(following.rows[0])
    return first is not None and last is not None and first == last + 1


def _ordinal(row: Sequence[Line]) -> int | None:
    found = re.fullmatch(r"(\d{1,3})[.)]?", text_of_cell(row[0]))
    return int(found[1]) if found else None


def joined(grid: Grid, following: Grid) -> Grid:
    """Both parts as one table; a row that the page cut in two is one again."""
    repeats = [fold(title) for title in following.header] == [fold(title) for title in grid.header]
    rows = following.rows[1:] if repeats else following.rows
    before = list(grid.rows)
    if rows and _is_rest_of_row(before[-1], rows[0]):
        before[-1] = [[*upper, _SPACE, *lower] for upper, lower in zip(before[-1], rows[0], strict=True)]
        rows = rows[1:]
    return Grid([*before, *rows], [*grid.notes, *following.notes])


def _is_rest_of_row(last: Sequence[Line], first: Sequence[Line]) -> bool:
    """No ordinal, and its few cells go on with sentences that the row above left open."""
    texts = [text_of_cell(cell) for cell in first]
    above = [text_of_cell(cell) for cell in last]
    if texts[0] or not above[0] or not any(texts):
        return False
    pairs = [(upper, lower) for upper, lower in zip(above, texts, strict=True) if lower]
    if any(not upper or _ENDED.search(upper) for upper, _ in pairs):
        return False
    return len(pairs) * 2 < len(texts) or all(lower[0].islower() for _, lower in pairs)
