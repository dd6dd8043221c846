"""The cells of a row that a PDF reader flattened: cut where the lines, the names of units and the times show it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dinhlang.officialdoc.read import cells
from dinhlang.officialdoc.read.bodies import UNIT_START, WEAK_UNIT
from dinhlang.officialdoc.read.columns import Column
from dinhlang.officialdoc.read.lines import EMPTY, Line, Passage, joined, passage
from dinhlang.officialdoc.read.schedules import is_time, time_at_end, time_at_start, time_within
from dinhlang.officialdoc.read.words import fold

_SOFT = re.compile(r"(?:ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan)")
# By the letters as they stand: 'cửa' is no 'của', 'tiến độ' ends with no 'do'.
_BINDING = re.compile(
    r"(?:\b(?:của|trên|tại|cho|do|và|với|bởi|theo|từ|đến|ở|trong|gửi|lên|lãnh đạo|chủ tịch|thường trực|văn phòng|phòng|các)|[,/&(–-])\s*$"
)
_LEVEL_END = re.compile(r"(?:\b(?:xa|phuong|huyen|tinh|thi tran|thanh pho|quan|hoi|the|thon|tap)|[,;.])\s*$")
# What it costs to put a piece into the cell of the one before: they stood on one line, or were parted by its end.
_WITHIN_LINE = -0.35
_ACROSS_LINES = -1.2
_NO_UNIT = -1.5
_AT_CAPITAL = -0.15
_OPEN_NAME = re.compile(
    r"\b(?:bo phan|trung tam|van phong|phong|so|ban|hoi|doan|to|cong chuc|can bo|cong|trang|bao|dai|truong|cong an|chi bo|co quan)$"
)
_BODY_START = re.compile(
    r"(?:phong|van phong|ubnd|uy ban|hdnd|cac|bo phan|cong an|doan thanh nien|hoi|trung tam|cong chuc|can bo|dai truyen thanh)\b"
)
_CAPITAL = re.compile(r"(?<=\s)(?:[^\W\d_]|\d+\s+(?:triệu|tỷ|nghìn|máy|cuộc|hội|buổi|lớp|tin|bài|bản|tờ)\b)")
_BODIES = ("UBND", "HĐND", "MTTQ", "UBMTTQ")
_BLANK = Line(0, "")


@dataclass(slots=True)
class Row:
    """A row of a flattened table while its lines are gathered: chunks parted by blank lines."""

    ordinal: str
    chunks: list[list[Line]] = field(default_factory=list)
    skip: int = 0

    def passages(self) -> list[Passage]:
        return [
            passage(chunk, self.skip if index == 0 else 0) for index, chunk in enumerate(self.chunks) if chunk
        ]


def placed_cells(row: Row, columns: Sequence[Column], spaced: bool = False) -> tuple[Passage, ...]:
    """The cells of a row in the order of the columns; a blank cell is an empty passage.

    `spaced` says that the ends of lines tell which of them go on (`cells.ends_tell`).
    """
    empty = EMPTY
    ordinal = passage(
        [Line(row.chunks[0][0].number, row.chunks[0][0].text[: row.skip], row.chunks[0][0].page)]
    )
    if shown := _shown_cells(row, [column for column in columns if column is not Column.ORDINAL], spaced):
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


def _pieces(row: Row) -> list[Passage]:
    """The stretches of a row that its lines show: parted by blank lines, else where a line begins anew."""
    pieces = [one for one in row.passages() if one.text]
    if len(pieces) > 1:
        return pieces
    return cells.one_under_another(row.chunks[0], row.skip)


def _shown_cells(row: Row, columns: Sequence[Column], spaced: bool) -> dict[Column, Passage] | None:
    """The cells where the lines of a row show them; `None` where they run together or blank lines part them."""
    chunks = [chunk for chunk in row.chunks if chunk]
    lines = [line for chunk in chunks for line in chunk]
    pieces = cells.side_by_side(lines, row.skip)
    if pieces is None and spaced and (wrapped := _by_wrapping(row, columns)):
        return wrapped
    if pieces is None and len(chunks) == 1:
        pieces = _opened(cells.one_under_another(chunks[0], row.skip), columns)
        if len(pieces) < max(3, len(columns) - 2):
            return None
    if pieces is None:
        return None
    shown = cells.placed(pieces, len(columns), lambda piece, column: _fit(piece, columns[column]))
    return dict(zip(columns, shown, strict=True)) if shown else None


def _opened(pieces: list[Passage], columns: Sequence[Column]) -> list[Passage]:
    """Pieces of lines, where cells ran together on one: the time is cut off its end, a unit off the task."""
    if Column.TIME in columns and not any(is_time(piece.text) for piece in pieces):
        for index in range(len(pieces) - 1, 0, -1):
            if at := time_at_end(pieces[index].text):
                pieces[index : index + 1] = [pieces[index].cut(0, at), pieces[index].cut(at)]
                break
    return pieces if len(pieces) >= len(columns) else [*_parted(pieces[:1]), *pieces[1:]]


def _by_wrapping(row: Row, columns: Sequence[Column]) -> dict[Column, Passage] | None:
    """The cells where the ends of lines tell which go on. Cells that share a line are cut by what they say."""
    lines = [line for chunk in row.chunks for line in [*chunk, _BLANK]]
    groups = cells.wrapped(lines, row.skip)
    pieces: list[Passage] = []
    joins: list[float] = []
    for group in groups:
        parts = _cut(group)
        pieces.extend(parts)
        joins.extend([_ACROSS_LINES, *(_WITHIN_LINE if _is_known(one) else _AT_CAPITAL for one in parts[1:])])
    shown = cells.placed(
        pieces, len(columns), lambda piece, column: _fit_alone(piece, columns[column]), joins
    )
    return dict(zip(columns, shown, strict=True)) if shown else None


def _fit_alone(piece: Passage, column: Column) -> float:
    """How well a piece suits a column where each was cut by what it says: what is no unit is hardly ever one's cell."""
    fit = _fit(piece, column)
    if column not in (Column.LEAD, Column.COOPERATING) or fit:
        return fit
    return 1 if WEAK_UNIT.match(piece.folded) else _NO_UNIT


def _cut(group: Passage) -> list[Passage]:
    """A stretch of lines cut where a time phrase or the name of a unit begins."""
    if (found := time_within(group.text)) and not is_time(group.text):
        start, end = found
        around = _at_capitals(group.cut(0, start)), [group.cut(start, end)], _at_capitals(group.cut(end))
        return [piece for part in around for piece in part if piece.text]
    return [group] if is_time(group.text) else _at_capitals(group)


def _is_known(piece: Passage) -> bool:
    return is_time(piece.text) or UNIT_START.match(piece.folded) is not None


def _at_capitals(piece: Passage) -> list[Passage]:
    """A stretch cut before each capital in mid-sentence, where a cell may begin, but for those that a word binds."""
    cuts = [0]
    for found in _CAPITAL.finditer(piece.text):
        at = found.start()
        word = piece.text[at : at + 40].split()[0]
        if not (word[0].isdigit() or (word[0].isupper() and not word.isupper()) or word in _BODIES):
            continue
        before = piece.text[cuts[-1] : at].rstrip()
        if _OPEN_NAME.search(fold(before)) and not _BODY_START.match(fold(piece.text[at : at + 40])):
            # 'Bộ phận Một cửa', 'Công chức Văn hóa - xã hội' are one name.
            continue
        if word in _BODIES and UNIT_START.match(fold(before)) and not _LEVEL_END.search(fold(before)):
            continue
        if (
            before
            and not _BINDING.search(before.lower())
            and (not before.split()[-1][0].isupper() or before.split()[-1].isupper())
        ):
            cuts.append(at)
    return [piece.cut(start, end) for start, end in zip(cuts, [*cuts[1:], len(piece.text)], strict=True)]


def _fit(piece: Passage, column: Column) -> float:
    """How well the words of a cell suit a column."""
    is_unit = UNIT_START.match(piece.folded) is not None
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
        for found in UNIT_START.finditer(piece.folded):
            if found.start() and piece.text[found.start()].isupper() and _begins_cell(piece, cuts[-1], found):
                cuts.append(found.start())
        parted.extend(
            piece.cut(start, end) for start, end in zip(cuts, [*cuts[1:], len(piece.text)], strict=True)
        )
    return [piece for piece in parted if piece.text]


def _begins_cell(piece: Passage, cell_start: int, found: re.Match[str]) -> bool:
    before = piece.folded[cell_start : found.start()]
    if _BINDING.search(piece.text[cell_start : found.start()].lower()):
        return False
    in_unit = UNIT_START.match(piece.folded, cell_start) is not None
    return not (in_unit and _SOFT.match(found[0]) and not _LEVEL_END.search(before))


def _by_meaning(pieces: Sequence[Passage], wanted: Sequence[Column]) -> dict[Column, Passage]:
    """Units go to the columns of units in their order, a single one to the lead; other words to the others."""
    units = [column for column in wanted if column in (Column.LEAD, Column.COOPERATING)]
    if sum(UNIT_START.match(piece.folded) is not None for piece in pieces) < 2:
        units.sort(key=lambda column: column is not Column.LEAD)
    others = [column for column in wanted if column not in units]
    found: dict[Column, list[Passage]] = {}
    for piece in pieces:
        is_unit = UNIT_START.match(piece.folded) is not None
        free = [column for column in (units if is_unit else others) if column not in found]
        pool = free or [column for column in wanted if column not in found]
        column = pool[0] if pool else wanted[-1] if wanted else Column.TASK
        found.setdefault(column, []).append(piece)
    return {column: joined(of_column) for column, of_column in found.items()}
