"""The columns of a table: found by their headings, guessed by their cells, or told by a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.work import rules
from dinhlang.work.concepts import CONCEPTS
from dinhlang.work.rows.cells import is_day, is_kind, shown
from dinhlang.work.rows.words import COUNTER_HEADINGS, FIELDS, NUMBERING, PARTS, REQUIRED
from dinhlang.work.rules import plain
from dinhlang.work.sheets import Sheet

HEADER_WITHIN = 20


_SAMPLES = 3


_HOW_MANY = re.compile(r"^(?:tong )?(?:so luong|so luot|so|luong|tong cong) ")


@dataclass(frozen=True, slots=True)
class Columns:
    header_row: int
    parts: Mapping[str, int]
    counters: Mapping[int, tuple[str, ...]]
    unread: tuple[str, ...]
    repeated: str = ""


def column_letters(column: int) -> str:
    """'A' for 0, 'AA' for 26: how a spreadsheet calls its columns."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class HeadingsUnknown(Refused):
    """The table has no row that reads like headings: a person has to say what its columns hold."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as a person sees it: its letters, its heading, a few of its cells, and what it seems to hold."""

    number: int
    letters: str
    heading: str
    cells: tuple[str, ...]
    meaning: str


def columns_of(sheet: Sheet) -> tuple[int, list[Column]]:
    """The number of the row of headings as far as one can tell, and the columns with the best guess for each."""
    columns = _best_headings(sheet)
    width = max((len(row) for row in sheet.rows[: columns.header_row + HEADER_WITHIN]), default=0)
    below = sheet.rows[columns.header_row :][:HEADER_WITHIN]
    by_column = {column: part for part, column in columns.parts.items()}
    by_column |= {column: meanings[0] for column, meanings in columns.counters.items()}
    by_column |= _guessed(below, set(range(width)) - set(by_column), set(REQUIRED) - set(columns.parts))
    return columns.header_row, [
        Column(
            number,
            column_letters(number),
            shown(sheet.rows[columns.header_row - 1], number),
            tuple(shown(row, number) for row in below[:_SAMPLES]),
            by_column.get(number, ""),
        )
        for number in range(width)
    ]


def _guessed(below: Sequence[tuple[object, ...]], free: set[int], wanted: set[str]) -> dict[int, str]:
    """What columns without a known heading seem to hold, by their cells: days, kinds, and the longest words."""
    found: dict[int, str] = {}
    cells = {
        column: [row[column] for row in below if column < len(row) and row[column] is not None]
        for column in free
    }
    for part, fits in (("happened_on", is_day), ("kind", is_kind)):
        for column in sorted(free - set(found)):
            if (
                part in wanted
                and part not in found.values()
                and cells[column]
                and all(map(fits, cells[column]))
            ):
                found[column] = part
    texts = {
        column: sum(len(str(cell)) for cell in cells[column])
        for column in free - set(found)
        if cells[column] and all(isinstance(cell, str) for cell in cells[column])
    }
    if "title" in wanted and texts:
        found[max(texts, key=lambda column: texts[column])] = "title"
    return found


def told_columns(sheet: Sheet, told: Mapping[int, str]) -> Columns:
    """The columns as a person named them. Raises `Refused` when one is missing or named twice."""
    parts: dict[str, int] = {}
    counters: dict[int, tuple[str, ...]] = {}
    for column, meaning in sorted(told.items()):
        if meaning in PARTS:
            if meaning in parts:
                raise HeadingsUnknown(
                    _("Hai cột cùng được chọn là “%(part)s”. Chỉ chọn một cột.") % {"part": PARTS[meaning]}
                )
            parts[meaning] = column
        elif meaning in CONCEPTS and CONCEPTS[meaning].is_offered:
            if (meaning,) in counters.values():
                raise HeadingsUnknown(
                    _("Hai cột cùng được chọn là “%(part)s”. Chỉ chọn một cột.")
                    % {"part": CONCEPTS[meaning].label}
                )
            counters[column] = (meaning,)
    missing = [str(label) for part, label in REQUIRED.items() if part not in parts]
    if missing or not counters:
        raise HeadingsUnknown(
            _("Còn thiếu cột: %(missing)s. Hãy chọn cột cho từng mục, và ít nhất một cột số lượng.")
            % {"missing": ", ".join([*missing, *([] if counters else [_("số lượng")])])}
        )
    return Columns(_best_headings(sheet).header_row, parts, counters, ())


def meant(columns: Columns) -> frozenset[int]:
    return frozenset(columns.parts.values()) | frozenset(columns.counters)


def _best_headings(sheet: Sheet) -> Columns:
    """The row that names the most parts and counters; the first row when none names anything."""
    found = [_read_headings(number, cells) for number, cells in enumerate(sheet.rows[:HEADER_WITHIN], 1)]
    return max(found, key=lambda columns: (len(columns.parts), len(columns.counters)))


def find_columns(sheet: Sheet) -> Columns:
    best = _best_headings(sheet)
    missing = [f"“{label}”" for part, label in REQUIRED.items() if part not in best.parts]
    if missing:
        raise HeadingsUnknown(
            _(
                "Tệp “%(name)s” thiếu cột %(missing)s. Dòng tiêu đề cần có “Ngày”, "
                "“Loại hoạt động”, “Nội dung” và ít nhất một cột số lượng, ví dụ “Số tin, bài”; "
                "đặt lại tên cột rồi nhập lại tệp."
            )
            % {"name": sheet.name, "missing": ", ".join(missing)}
        )
    if best.repeated:
        raise HeadingsUnknown(
            _(
                "Tệp “%(name)s”, dòng %(row)s: cột “%(column)s” có hai lần. "
                "Giữ một cột, đổi tên hoặc xóa cột kia rồi nhập lại tệp."
            )
            % {"name": sheet.name, "row": best.header_row, "column": best.repeated}
        )
    if not best.counters:
        raise HeadingsUnknown(
            _(
                "Tệp “%(name)s” không có cột số lượng nào. Thêm cột theo loại hoạt động, ví dụ “Số tin, bài”, "
                "“Lượt phát thanh”, “Số cuộc”, “Số người dự”, rồi nhập lại tệp."
            )
            % {"name": sheet.name}
        )
    return best


def _read_headings(number: int, cells: tuple[object, ...]) -> Columns:
    parts: dict[str, int] = {}
    counters: dict[int, tuple[str, ...]] = {}
    unread: list[str] = []
    seen: set[str] = set()
    repeated = ""
    for column, cell in enumerate(cells):
        if not isinstance(cell, str):
            continue
        heading = plain(re.sub(r"\(.*?\)", " ", cell)) or plain(cell)
        if plain(cell) in seen and (heading in FIELDS or _counters_named(heading)):
            repeated = repeated or rules.clean(cell)
        seen.add(plain(cell))
        if heading in FIELDS and FIELDS[heading] not in parts:
            parts[FIELDS[heading]] = column
        elif meanings := _counters_named(heading):
            counters[column] = meanings
        elif heading not in NUMBERING:
            unread.append(rules.clean(cell))
    return Columns(number, parts, counters, tuple(unread), repeated)


def _counters_named(heading: str) -> tuple[str, ...]:
    """The concepts a folded heading may mean, with or without what people put before it: 'số lượng tin bài'."""
    bare = _HOW_MANY.sub("", heading)
    return next(
        (found for name in (heading, bare, f"so {bare}") if (found := COUNTER_HEADINGS.get(name))), ()
    )
