"""Tables: ruled with '|' in Markdown, or flattened by a PDF reader into lines; and the tasks in them.

A flattened table has its cells one after another, parted by blank lines or not at all. Its columns are known
by the words of its header, its rows by their ordinals, and a cell by what it says: a time phrase, the name of
a unit, or other words. A unit cell that the text cannot place is taken for the lead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from dinhlang.officialdoc.model import Place, Span, Table, Task
from dinhlang.officialdoc.read import cells
from dinhlang.officialdoc.read.counts import Cell, cells_of
from dinhlang.officialdoc.read.lines import EMPTY, Line, Passage, joined, passage, passage_between
from dinhlang.officialdoc.read.schedules import is_time, schedule_of, time_at_end, time_at_start, time_within
from dinhlang.officialdoc.read.words import fold


class Column(StrEnum):
    """What a column of a plan's table holds."""

    ORDINAL = "ordinal"
    TASK = "task"
    PRODUCT = "product"
    LEAD = "lead"
    COOPERATING = "cooperating"
    TIME = "time"
    OTHER = "other"


_UNIT_WORDS = r"(?:co quan|don vi|bo phan|can bo|nguoi|tap the|ca nhan|ban nganh)(?:\s*[,/]\s*(?:don vi|co quan|bo phan|ca nhan|to chuc|nguoi))*"
# In this order, so that 'Kết quả, sản phẩm' is not cut in two and 'Cơ quan phối hợp' is not a lead.
_TITLES: tuple[tuple[Column, str], ...] = (
    (Column.ORDINAL, r"(?:so\s+)?(?:stt|tt)\b"),
    (Column.COOPERATING, rf"(?:{_UNIT_WORDS}\s+)?phoi hop(?:\s+thuc hien)?"),
    (Column.LEAD, rf"(?:{_UNIT_WORDS}\s+)?(?:chu tri|phu trach|dau moi)(?:\s+(?:thuc hien|tham muu))?|{_UNIT_WORDS}\s+thuc hien"),
    (Column.TIME, r"(?:thoi gian|thoi han|tien do|thoi diem)(?:\s*[,/]?\s*(?:thuc hien|hoan thanh|ban hanh|trien khai|tien do))*"),
    (Column.PRODUCT, r"(?:du kien\s+)?(?:san pham|ket qua)(?:\s*[,/-]?\s*(?:va\s+)?(?:ket qua|san pham|dau ra|dat duoc|can dat|du kien))*(?:\s+(?:thuc hien|hoan thanh))?"),
    (Column.TASK, r"(?:ten\s+)?(?:noi dung|nhiem vu|cong viec|hoat dong|muc tieu)(?:\s*[,/-]?\s*(?:va\s+)?(?:cu the|cong viec|nhiem vu|noi dung|hoat dong|thuc hien|trong tam|chu yeu|cac nhiem vu))*"),
    (Column.OTHER, r"(?:ghi chu|kinh phi|nguon kinh phi|hinh thuc|doi tuong|dia diem|so luong|chi tieu|van ban)(?:\s+(?:thuc hien|tuyen truyen))?"),
)  # fmt: skip
_COMPILED = tuple((column, re.compile(rf"(?<!\w)(?:{titles})(?!\w)")) for column, titles in _TITLES)

# Words that begin the name of a unit. After a word like 'của' they go on with the cell before.
_UNIT_START = re.compile(
    r"(?<![\w–-])(?:van phong|bo phan|can bo|cong chuc|dai (?:truyen thanh|phat thanh|tt)|phong|so (?:noi vu|thong tin|tu phap|van hoa|tai chinh)|"
    r"ban (?:chi dao|bien tap|chi huy|van hoa|tuyen giao|dan van|nhan dan)|cac (?:nganh|ban|thon|don vi|doan|co quan|bo phan|to chuc|khu|phong|cong chuc|truong|chi)|"
    r"doan (?:thanh nien|the)|hoi (?:nong dan|phu nu|cuu chien binh|lien hiep|dong nhan dan)|uy ban (?:nhan dan|mttq|mat tran)|mttq|ub ?mttq|mat tran to quoc|truong (?:thon|ban|khu|cac|hoc|thcs|mam non|tieu hoc)|"
    r"tram y te|cong an|quan su|thon|khu dan cu|to (?:dan pho|cong nghe)|trung tam|hdnd|ubnd|chu tich|lanh dao|toan the|dang uy|nguoi dung dau|ke toan)(?!\w)"
)
_SOFT = re.compile(r"(?:ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan)")
_BINDING = re.compile(
    r"(?:\b(?:cua|tai|cho|do|va|voi|boi|theo|tu|den|o|trong|gui|len|lanh dao|chu tich|thuong truc|van phong|phong|cac)|[,/&(–-])\s*$"
)
_LEVEL_END = re.compile(r"(?:\b(?:xa|phuong|huyen|tinh|thi tran|thanh pho|quan|hoi|the|thon|tap)|[,;.])\s*$")
_ORDINAL = re.compile(r"\s*(\d{1,3})\s*[.)]?(?:\s+(?=\S)|\s*$)")
_NOT_ORDINAL = re.compile(r"\s*\d+ (?:lan|ky|tin|bai|buoi|cuoc|luot|thang|quy|nam|ngay|gio|phut)\b")
_GROUP_ORDINAL = re.compile(r"(?:[IVXL]{1,5}|[A-HĐ])\s*[.)]?")
_GROUP = re.compile(r"\s*(?:[IVX]{1,4}|[A-Z])\s*[.)]?\s+[A-ZĐÀ-Ỹ]")
# The header of a table and its first row; what follows is read only when these are there.
_HEADER_REACH = 30
_HEADER_START = re.compile(r"(?:so )?(?:stt|tt)(?:\s+(?:noi dung|nhiem vu|ten|cong viec|hoat dong)|$)")
_AFTER_TABLE = re.compile(r"[IVX]{1,5}\s*[.)/]\s*[A-ZĐÀ-Ỹ]|Trên đây|Phần thứ|[-+] ")
# The fields of a task that the columns hold.
FIELDS = {
    Column.ORDINAL: "ordinal",
    Column.TASK: "task",
    Column.PRODUCT: "product",
    Column.LEAD: "lead",
    Column.COOPERATING: "cooperating",
    Column.TIME: "schedule",
}
_TITLE_WORDS = 6
_PIPES = re.compile(r"\s*\|.*\|\s*$")
_PIPE_RULE = re.compile(r"[\s|:-]+")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with the passage of each cell."""

    header: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Passage, ...], ...]
    span: Span | None

    def counted(self) -> list[Cell]:
        """The cells that may state figures."""
        left_out = [
            index for index, column in enumerate(self.columns) if column in (Column.ORDINAL, Column.TIME)
        ]
        return cells_of(self.header, self.rows, left_out)

    def table(self) -> Table:
        return Table(
            self.header, tuple(tuple(cell.text for cell in row) for row in self.rows), span=self.span
        )


@dataclass(slots=True)
class _Row:
    """A row of a flattened table while its lines are gathered: chunks parted by blank lines."""

    ordinal: str
    chunks: list[list[Line]] = field(default_factory=list)
    skip: int = 0

    def passages(self) -> list[Passage]:
        return [
            passage(chunk, self.skip if index == 0 else 0) for index, chunk in enumerate(self.chunks) if chunk
        ]


def is_piped(line: Line) -> bool:
    return bool(_PIPES.match(line.text))


def piped(lines: Sequence[Line]) -> Grid:
    """A table ruled with '|', as Markdown writes it."""
    rows = [_cells(line) for line in lines if not _PIPE_RULE.fullmatch(line.text)]
    wide = max((len(row) for row in rows), default=0)
    full = [(*row, *(EMPTY for _ in range(wide - len(row)))) for row in rows]
    whole = passage((lines[0], lines[-1]))
    header = tuple(cell.text for cell in full[0]) if full else ()
    if len(full) > 1 and (below := _second_header(header, full[1])):
        titles = tuple(f"{title} {under}".strip() for title, under in zip(header, below, strict=True))
        columns = tuple(
            lower if lower is not Column.OTHER else upper
            for lower, upper in zip(columns_of(below), columns_of(header), strict=True)
        )
        return Grid(titles, columns, tuple(full[2:]), whole.span)
    return Grid(header, columns_of(header), tuple(full[1:]), whole.span)


def _second_header(header: Sequence[str], row: Sequence[Passage]) -> tuple[str, ...] | None:
    """The titles of a second header row, as under 'Cơ quan thực hiện' the words 'Chủ trì' and 'Phối hợp'."""
    titles = tuple(cell.text for cell in row)
    said = [title for title in titles if title]
    if not said or columns_of(titles)[0] is Column.ORDINAL or titles[0] == header[0] == "":
        return None
    is_header = all(
        len(title.split()) <= _TITLE_WORDS and columns_of([title])[0] not in (Column.OTHER, Column.ORDINAL)
        for title in said
    )
    return titles if is_header and titles[0] in ("", header[0]) else None


def _cells(line: Line) -> tuple[Passage, ...]:
    text = line.text
    edges = [at for at, character in enumerate(text) if character == "|" and text[at - 1 : at] != "\\"]
    return tuple(passage_between(line, left + 1, right) for left, right in pairwise(edges))


def columns_of(header: Sequence[str]) -> tuple[Column, ...]:
    """What each column holds, by the words of its title."""
    return tuple(
        next((column for column, titles in _COMPILED if titles.search(fold(title))), Column.OTHER)
        for title in header
    )


def column_titled(title: str) -> Column | None:
    """What a title names when it says nothing else; `None` for any other words."""
    folded = fold(title).strip(" :.-")
    return next((column for column, titles in _COMPILED if titles.fullmatch(folded)), None)


def flattened(lines: Sequence[Line]) -> Grid | None:
    """The table that begins with these lines, or `None` when they begin none."""
    start = next((index for index, line in enumerate(lines) if not line.is_blank), None)
    if start is None:
        return None
    first = next((i for i in range(start, min(start + 12, len(lines))) if _is_row(lines[i], 1)), None)
    if first is None:
        return None
    titles = _titles(passage(lines[start:first]).text)
    columns = [column for column, _ in titles]
    if Column.TASK not in columns or len({*columns} - {Column.OTHER, Column.ORDINAL}) < 3:
        return None
    rows = [_placed_cells(row, columns) for row in _rows(lines[first:])]
    span = passage(lines[start:]).span
    return Grid(tuple(title for _, title in titles), tuple(columns), tuple(rows), span)


def flattened_within(lines: Sequence[Line]) -> range:
    """The lines of a flattened table that stands in the text: from its header to the next heading."""
    for start, line in enumerate(lines):
        if not _HEADER_START.match(line.folded) or flattened(lines[start : start + _HEADER_REACH]) is None:
            continue
        end = next((at for at in range(start + 1, len(lines)) if _ends_table(lines[at])), len(lines))
        grid = flattened(lines[start:end])
        if grid is not None and {Column.TIME, Column.LEAD} & set(grid.columns):
            return range(start, end)
    return range(0)


def _ends_table(line: Line) -> bool:
    return _AFTER_TABLE.match(line.stripped) is not None


def _titles(header: str) -> list[tuple[Column, str]]:
    """The titles of the columns in the order they are printed, cut where each begins."""
    folded = fold(header)
    found: list[tuple[int, Column]] = []
    for column, titles in _COMPILED:
        match = titles.search(folded)
        if match is not None:
            found.append((match.start(), column))
            folded = folded[: match.start()] + "_" * (match.end() - match.start()) + folded[match.end() :]
    if not found:
        return []
    found.sort()
    ends = [at for at, _ in found[1:]] + [len(header)]
    return [(column, header[at:end].strip()) for (at, column), end in zip(found, ends, strict=True)]


def _is_row(line: Line, ordinal: int) -> bool:
    found = _ORDINAL.match(line.text)
    return found is not None and int(found[1]) == ordinal and not _NOT_ORDINAL.match(fold(line.text))


def _rows(lines: Sequence[Line]) -> list[_Row]:
    rows: list[_Row] = []
    for line in lines:
        if line.is_blank:
            if rows and rows[-1].chunks[-1]:
                rows[-1].chunks.append([])
        elif _is_row(line, len(rows) + 1):
            found = _ORDINAL.match(line.text)
            length = found.end() if found else 0
            rows.append(_Row(found[1] if found else "", [[line]], length))
        elif rows and not (_GROUP.match(line.text) and not rows[-1].chunks[-1]):
            rows[-1].chunks[-1].append(line)
    return rows


def _placed_cells(row: _Row, columns: Sequence[Column]) -> tuple[Passage, ...]:
    """The cells of a row in the order of the columns; a blank cell is an empty passage."""
    empty = EMPTY
    ordinal = passage(
        [Line(row.chunks[0][0].number, row.chunks[0][0].text[: row.skip], row.chunks[0][0].page)]
    )
    if shown := _shown_cells(row, [column for column in columns if column is not Column.ORDINAL]):
        return tuple(ordinal if column is Column.ORDINAL else shown[column] for column in columns)
    pieces = _pieces(row)
    found: dict[Column, Passage] = {}
    if Column.TIME in columns:
        time, pieces = _take_time(pieces)
        if time is not None:
            found[Column.TIME] = time
    if len(pieces) == 1:
        pieces = _parted(pieces)
    if pieces:
        found[Column.TASK], pieces = pieces[0], _parted(pieces[1:])
    wanted = [column for column in columns if column not in (Column.ORDINAL, Column.TASK, Column.TIME)]
    found.update(_by_meaning(pieces, wanted))
    found[Column.ORDINAL] = ordinal
    return tuple(found.get(column, empty) for column in columns)


def _pieces(row: _Row) -> list[Passage]:
    """The stretches of a row that its lines show: parted by blank lines, else where a line begins anew."""
    pieces = [one for one in row.passages() if one.text]
    if len(pieces) > 1:
        return pieces
    return cells.one_under_another(row.chunks[0], row.skip)


def _shown_cells(row: _Row, columns: Sequence[Column]) -> dict[Column, Passage] | None:
    """The cells where the lines of a row show them; `None` where they run together or blank lines part them."""
    chunks = [chunk for chunk in row.chunks if chunk]
    pieces = cells.side_by_side([line for chunk in chunks for line in chunk], row.skip)
    if pieces is None and len(chunks) == 1:
        pieces = cells.one_under_another(chunks[0], row.skip)
        if len(pieces) < max(3, len(columns) - 2):
            return None
    if pieces is None:
        return None
    shown = cells.placed(pieces, len(columns), lambda piece, column: _fit(piece, columns[column]))
    return dict(zip(columns, shown, strict=True)) if shown else None


def _fit(piece: Passage, column: Column) -> float:
    """How well the words of a cell suit a column."""
    is_unit = _UNIT_START.match(piece.folded) is not None
    match column:
        case Column.TIME:
            return 4 if is_time(piece.text) else -3
        case Column.LEAD | Column.COOPERATING:
            return 2 if is_unit else -2 if is_time(piece.text) else 0
        case Column.TASK:
            return -2 if is_time(piece.text) else 0 if is_unit else 2
        case _:
            return -2 if is_time(piece.text) else -0.5 if is_unit else 1


def _take_time(pieces: Sequence[Passage]) -> tuple[Passage | None, list[Passage]]:
    """The time phrase of a row and the pieces without it. The task itself is searched last."""
    for index in (*range(len(pieces) - 1, 0, -1), *((0,) if len(pieces) == 1 else ())):
        piece = pieces[index]
        rest = list(pieces[:index]), list(pieces[index + 1 :])
        if is_time(piece.text):
            return piece, [*rest[0], *rest[1]]
        at = time_at_end(piece.text)
        if at:
            return piece.cut(at), [*rest[0], piece.cut(0, at), *rest[1]]
        end = time_at_start(piece.text) if index else None
        if end:
            return piece.cut(0, end), [*rest[0], piece.cut(end), *rest[1]]
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        if found := time_within(piece.text):
            start, end = found
            around = [one for one in (piece.cut(0, start), piece.cut(end)) if one.text]
            return piece.cut(start, end), [*pieces[:index], *around, *pieces[index + 1 :]]
    return None, list(pieces)


def _parted(pieces: Sequence[Passage]) -> list[Passage]:
    """Pieces cut where the name of a unit begins, since cells run together on one line."""
    parted: list[Passage] = []
    for piece in pieces:
        cuts = [0]
        for found in _UNIT_START.finditer(piece.folded):
            if found.start() and piece.text[found.start()].isupper() and _begins_cell(piece, cuts[-1], found):
                cuts.append(found.start())
        parted.extend(
            piece.cut(start, end) for start, end in zip(cuts, [*cuts[1:], len(piece.text)], strict=True)
        )
    return [piece for piece in parted if piece.text]


def _begins_cell(piece: Passage, cell_start: int, found: re.Match[str]) -> bool:
    before = piece.folded[cell_start : found.start()]
    # 'Bộ phận một cửa' ends with no 'của'.
    if _BINDING.search(before) and not piece.text[: found.start()].rstrip().lower().endswith("cửa"):
        return False
    in_unit = _UNIT_START.match(piece.folded, cell_start) is not None
    return not (in_unit and _SOFT.match(found[0]) and not _LEVEL_END.search(before))


def _by_meaning(pieces: Sequence[Passage], wanted: Sequence[Column]) -> dict[Column, Passage]:
    """Units go to the columns of units in their order, a single one to the lead; other words to the others."""
    units = [column for column in wanted if column in (Column.LEAD, Column.COOPERATING)]
    if sum(_UNIT_START.match(piece.folded) is not None for piece in pieces) < 2:
        units.sort(key=lambda column: column is not Column.LEAD)
    others = [column for column in wanted if column not in units]
    found: dict[Column, Passage] = {}
    for piece in pieces:
        is_unit = _UNIT_START.match(piece.folded) is not None
        free = [column for column in (units if is_unit else others) if column not in found]
        pool = free or [column for column in wanted if column not in found]
        column = pool[0] if pool else wanted[-1] if wanted else Column.TASK
        found[column] = joined([found[column], piece]) if column in found else piece
    return found


def tasks_of(grid: Grid, year: int | None) -> tuple[Task, ...]:
    """The tasks of a plan's table; none when it has no column of tasks with a time or a lead."""
    columns = grid.columns
    if Column.TASK not in columns or not {Column.TIME, Column.LEAD} & set(columns):
        return ()
    tasks = []
    for row in grid.rows:
        cells = {column: cell for column, cell in reversed(list(zip(columns, row, strict=True))) if cell.text}
        if Column.TASK not in cells or len(cells) < 2 or _is_group(cells):
            continue
        text = {column: cell.text for column, cell in cells.items()}
        tasks.append(
            Task(
                text[Column.TASK],
                text.get(Column.ORDINAL, "").rstrip(".)") or None,
                text.get(Column.PRODUCT),
                text.get(Column.LEAD),
                text.get(Column.COOPERATING),
                schedule_of(text.get(Column.TIME), year),
                _row_span(row),
                tuple(Place(FIELDS[column], cells[column].lines()) for column in FIELDS if column in cells),
            )
        )
    return tuple(tasks)


def _is_group(cells: Mapping[Column, Passage]) -> bool:
    """A row that only names those under it: 'II | Tuyên truyền tại cơ sở', with a number that tasks do not have."""
    if cells.keys() - {Column.ORDINAL, Column.TASK}:
        return False
    return Column.ORDINAL in cells and _GROUP_ORDINAL.fullmatch(cells[Column.ORDINAL].text) is not None


def _row_span(row: Sequence[Passage]) -> Span | None:
    spans = [cell.span for cell in row if cell.span is not None]
    if not spans:
        return None
    first = min(spans, key=lambda span: (span.line, span.column))
    last = max(spans, key=lambda span: (span.end_line, span.end_column))
    return Span(first.line, first.column, last.end_line, last.end_column, first.page)
