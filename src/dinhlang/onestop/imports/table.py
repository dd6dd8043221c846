"""The table in a file: which sheet, where its head is, which rows are dossiers and which are titles, sums, heads of further pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from dinhlang.onestop.imports import columns, days
from dinhlang.onestop.imports.columns import Column
from dinhlang.vietnamese.text import nfc, one_line
from dinhlang.work.rules import plain
from dinhlang.work.sheets import Sheet, Workbook

MOST_COLUMNS = 400
_HEAD_WITHIN = 60
_LEAST_KNOWN = 2
_LEAST_FILLED = 3
_NUMBERING = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z]{1,2})\)?")
_EXPORTED = re.compile(
    r"(?:ngay|thoi diem|thoi gian)\s+(?:xuat|ket xuat|in|lap)\b|\bxuat\s+(?:luc|ngay)\b|\btinh den\b"
)
_A_DAY = re.compile(
    r"\d{1,4}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{1,4}|ngày\s*\d+\s*tháng\s*\d+\s*,?\s*năm\s*\d+", re.IGNORECASE
)
_COUNT = re.compile(r"(?<![\d/.-])(\d{1,3}(?:\.\d{3})+|\d{1,9})(?![\d/-])")
_FIELD = re.compile(r"^\W*(?:[IVXivx\d]+[.)]\s*)?lĩnh vực\s*[:–-]?\s*(.+)$", re.IGNORECASE)

Cells = Sequence[object]


@dataclass(slots=True)
class Table:
    """A table as it was found. `rows` are what may be dossiers, by their row in the sheet, with the field that a heading above
    them names; `head` the first row of the heading, from 1. `totals` are the system's own sums, by `Figures`' names."""

    sheet: str
    sheets: list[tuple[str, int]]
    head: int
    columns: list[Column]
    since_1904: bool = False
    rows: list[tuple[int, Cells, str]] = field(default_factory=list)
    repeated: int = 0
    sums: int = 0
    notes: int = 0
    totals: dict[str, int] = field(default_factory=dict)
    exported_on: date | None = None

    def column(self, meaning: str) -> int | None:
        return next((one.number for one in self.columns if one.meaning == meaning), None)


def find(
    book: Workbook, saved: Callable[[str], Mapping[str, str] | None], *, sheet: str = ""
) -> tuple[Table, bool] | None:
    """The table of the sheet that is asked for, else of the one with most known headings, and whether its columns were `saved`
    (what a person said of the headings with that fingerprint). `None` for a file without any table."""
    best: tuple[tuple[int, int], Sheet, int, list[str], int] | None = None
    for one in book.sheets:
        if sheet and one.name != sheet:
            continue
        head, headings, deep, known = _head(one)
        if sum(map(bool, headings)) >= _LEAST_FILLED and (best is None or (known, len(one.rows)) > best[0]):
            best = (known, len(one.rows)), one, head, headings, deep
    if best is None:
        return None
    _rank, found, head, headings, deep = best
    meanings = saved(columns.fingerprint(headings))
    known_columns = columns.columns_of(headings)
    if meanings is not None:
        known_columns = [replace(one, meaning=meanings.get(str(one.number), "")) for one in known_columns]
    table = Table(
        found.name,
        [(one.name, len(one.rows)) for one in book.sheets],
        head + 1,
        known_columns,
        book.since_1904,
    )
    for row in found.rows[:head]:
        _take_note(table, row)
    _gather(table, found.rows, head + deep, headings)
    return table, meanings is not None


def shown(cell: object) -> str:
    """A cell as text on one line, in one form of Unicode."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return one_line(nfc(str(cell)))


def _known(headings: Sequence[str]) -> int:
    return len({one.meaning for one in columns.columns_of(headings) if one.meaning})


def _head(sheet: Sheet) -> tuple[int, list[str], int, int]:
    """The row of the heading from 0, its words, over how many rows it goes and how many are known: a word over several columns
    says what they share. Where none is known, the row with most words."""
    texts = [_filled(row) for row in sheet.rows[:_HEAD_WITHIN]]
    fullest = max(range(len(texts)), key=lambda number: (sum(map(bool, texts[number])), -number), default=0)
    best: tuple[int, int, list[str], int] = (0, fullest, texts[fullest] if texts else [], 1)
    for number, row in enumerate(texts):
        if sum(map(bool, row)) < _LEAST_KNOWN:
            continue
        known = _known(row)
        if known > best[0]:
            best = (known, number, row, 1)
    for number, (above, below) in enumerate(pairwise(texts)):
        if not any(below) or (columns.meaning_of(next(filter(None, below), "")) == "" and _known(below) == 0):
            continue
        both = _together(above, below)
        known = _known(both)
        if known > best[0]:
            best = (known, number, both, 2)
    return best[1], best[2], best[3], best[0]


def _filled(row: Cells) -> list[str]:
    """The cells as text, as far as anything stands in them."""
    texts = [shown(cell) for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _together(above: Sequence[str], below: Sequence[str]) -> list[str]:
    width = max(len(above), len(below))
    above, below = [*above, *[""] * (width - len(above))], [*below, *[""] * (width - len(below))]
    told, over = [], ""
    for first, second in zip(above, below, strict=True):
        over = first or over
        if not second:
            told.append(first)
            continue
        # 'Ngày' over 'Tiếp nhận' is 'Ngày tiếp nhận'; where the lower words say it alone they are enough.
        told.append(second if columns.meaning_of(second) else f"{over} {second}".strip())
    return told


def _gather(table: Table, rows: Sequence[Cells], start: int, headings: Sequence[str]) -> None:
    heading = {plain(one) for one in headings if one}
    code = table.column("code")
    wanted = [one.number for one in table.columns if one.meaning and one.meaning != columns.PERSONAL]
    under = ""
    for index in range(start, len(rows)):
        row = rows[index]
        if not row or not any(cell is not None for cell in row):
            continue
        said_code = row[code] if code is not None and code < len(row) else None
        if isinstance(said_code, str) and "-" in said_code and any(map(str.isdigit, said_code)):
            # What looks like a code is a dossier, whatever else stands in its row.
            table.rows.append((index + 1, row, under))
            continue
        texts = [shown(cell) for cell in row]
        filled = [one for one in texts if one]
        if (len(filled) > 1 and sum(plain(one) in heading for one in filled) * 2 > len(filled)) or (
            len(filled) > 2 and all(_NUMBERING.fullmatch(one) for one in filled)
        ):
            table.repeated += 1
        elif len(filled) == 1 and (named := _FIELD.match(filled[0])):
            under = named[1][:250]
        elif _is_sum(filled):
            table.sums += 1
            _take_note(table, row)
        elif sum(1 for one in wanted if one < len(texts) and texts[one]) >= 3:
            table.rows.append((index + 1, row, under))
        else:
            table.notes += 1
            _take_note(table, row)


def _is_sum(filled: Sequence[str]) -> bool:
    return (
        any(plain(one).split(" ", 1)[0] in ("tong", "cong") for one in filled[:3])
        and len(plain(filled[0])) < 60
    )


def _take_note(table: Table, row: Cells) -> None:
    """What a row above or below the table says: when the file was made, what the system counts."""
    filled = [shown(cell) for cell in row if cell is not None]
    if not filled:
        return
    text = " ".join(filled)
    if table.exported_on is None and (found := _EXPORTED.search(plain(text))):
        table.exported_on = _day_in(text)
        if found and table.exported_on is not None:
            return
    for name, count in _counts(filled):
        table.totals.setdefault(name, count)


def _day_in(text: str) -> date | None:
    for found in _A_DAY.finditer(text):
        try:
            # Titles are written by the system in its own language: the day first.
            moment = days.read(found[0], days.Order.DAY_FIRST)
        except days.BadDay:
            continue
        if moment is not None:
            return moment.day
    return None


def _counts(filled: Sequence[str]) -> Iterator[tuple[str, int]]:
    names = {word: name for name, said in columns.words()["totals"].items() for word in said}
    parts = [part for one in filled for part in re.split(r"[;,]", one)]
    for number, part in enumerate(parts):
        label, _colon, rest = part.partition(":")
        count = _COUNT.search(rest) or _COUNT.search(label)
        said = plain(_COUNT.sub(" ", label))
        if said not in names:
            said = plain(re.sub(r"\b(?:ho so|so luong)\b", "", said))
        if said not in names:
            continue
        if count is None and number + 1 < len(parts):
            count = _COUNT.fullmatch(parts[number + 1].strip())
        if count is not None:
            yield names[said], int(count[1].replace(".", ""))
