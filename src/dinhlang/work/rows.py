"""Rows of an imported table as lines of the ledger: headings, then cell by cell.

A file of its own beside `rules`: reading what people typed is long, what is true of a line is short.
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.rules import Refused
from dinhlang.vietnamese import dates, numbers
from dinhlang.work import rules
from dinhlang.work.concepts import CONCEPTS, COUNTERS
from dinhlang.work.models import ActivityKind, Basis, Exactness, ReformField
from dinhlang.work.rules import Count, Fate, ImportContext, Line, NotRecordable, Preview, RowFate, plain
from dinhlang.work.sheets import Sheet

HEADER_WITHIN = 20
_SAMPLES = 3
_NO_UID = UUID(int=0)

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "happened_on": (
        "ngay",
        "ngay thuc hien",
        "ngay thang",
        "thoi gian",
        "thoi gian thuc hien",
        "ngay dang",
        "ngay phat",
        "ngay to chuc",
    ),
    "kind": (
        "loai",
        "loai hoat dong",
        "kenh",
        "hinh thuc",
        "hinh thuc tuyen truyen",
        "kenh thong tin",
        "kenh tuyen truyen",
    ),
    "title": (
        "noi dung",
        "tieu de",
        "ten hoat dong",
        "hoat dong",
        "ten tin bai",
        "noi dung hoat dong",
        "noi dung tuyen truyen",
    ),
    "task": ("nhiem vu", "stt nhiem vu", "nhiem vu so", "so nhiem vu", "nhiem vu ke hoach"),
    "reform_field": ("linh vuc", "linh vuc cchc"),
    "evidence": (
        "minh chung",
        "duong dan",
        "link",
        "url",
        "lien ket",
        "duong dan minh chung",
        "link minh chung",
    ),
    "basis": ("can cu dem", "can cu", "nguon so lieu"),
    "note": ("ghi chu", "chu thich"),
}
_NUMBERING = frozenset({"stt", "tt", "so tt", "so thu tu"})
_REQUIRED = {
    "happened_on": gettext_lazy("Ngày"),
    "kind": gettext_lazy("Loại hoạt động"),
    "title": gettext_lazy("Nội dung"),
}
# What a column may hold besides a counter, as a person chooses it.
PARTS = {
    **_REQUIRED,
    "task": gettext_lazy("Nhiệm vụ"),
    "reform_field": gettext_lazy("Lĩnh vực"),
    "evidence": gettext_lazy("Minh chứng (đường dẫn)"),
    "basis": gettext_lazy("Căn cứ đếm"),
    "note": gettext_lazy("Ghi chú"),
}

_KIND_WORDS: Mapping[ActivityKind, tuple[str, ...]] = {
    ActivityKind.RADIO: ("truyen thanh", "dai truyen thanh", "phat thanh", "loa truyen thanh", "loa"),
    ActivityKind.BOARD: ("bang tin", "bang ron", "pano", "pa no", "khau hieu", "truc quan"),
    ActivityKind.BULLETIN: ("ban tin", "ban tin co so"),
    ActivityKind.LEAFLET: ("to roi", "to gap", "tai lieu"),
    ActivityKind.SPEAKER: ("tuyen truyen vien", "tuyen truyen mieng", "tuyen truyen truc tiep"),
    ActivityKind.WEBSITE: (
        "trang thong tin dien tu",
        "cong thong tin dien tu",
        "trang ttdt",
        "website",
        "trang tin",
        "tin bai",
    ),
    ActivityKind.SOCIAL: ("mang xa hoi", "facebook", "zalo", "fanpage", "fanpage facebook"),
    ActivityKind.MESSAGE: ("tin nhan", "sms"),
    ActivityKind.MEETING: ("hoi nghi", "cuoc hop", "hop", "hop thon"),
    ActivityKind.GUIDANCE: (
        "huong dan",
        "huong dan truc tiep",
        "huong dan tai mot cua",
        "huong dan tai bo phan mot cua",
        "huong dan tai trung tam phuc vu hanh chinh cong",
    ),
    ActivityKind.TRAINING: ("tap huan", "boi duong"),
    ActivityKind.CONTEST: ("cuoc thi", "hoi thi"),
    ActivityKind.POSTING: ("niem yet", "niem yet tthc"),
    ActivityKind.ONESTOP: (
        "mot cua",
        "ket qua mot cua",
        "ket qua tai bo phan mot cua",
        "ket qua tai trung tam phuc vu hanh chinh cong",
        "ket qua giai quyet tthc",
    ),
}


def _by_words() -> dict[str, ActivityKind]:
    known = {word: kind for kind, words in _KIND_WORDS.items() for word in words}
    for kind in ActivityKind:
        known[plain(kind.label)] = known[kind.value] = kind
    return known


def _counter_headings() -> dict[str, tuple[str, ...]]:
    """Heading → the concepts it may mean; the kind of the row decides ('số người' of a meeting or of a course)."""
    meanings: dict[str, list[str]] = {}
    for concept in CONCEPTS.values():
        if concept.is_counter:
            for name in {concept.id, plain(concept.label), *concept.columns}:
                meanings.setdefault(name, []).append(concept.id)
    return {name: tuple(concepts) for name, concepts in meanings.items()}


_KINDS = _by_words()
_FIELDS = {name: part for part, names in _HEADINGS.items() for name in names}
_COUNTER_HEADINGS = _counter_headings()
_REFORM = {plain(choice.label): choice.value for choice in ReformField} | {
    choice.value: choice.value for choice in ReformField
}
_BASES = {plain(choice.label): choice.value for choice in Basis} | {
    choice.value: choice.value for choice in Basis
}
_EXACT_WORDS = {plain(choice.value): choice.value for choice in Exactness if choice.value}
_AMOUNT = re.compile(r"(?P<word>[^\W\d]+(?:\s+[^\W\d]+)*)?\s*(?P<number>[-−]?\d[\d.,]*)$")
_DAY_AND_MONTH = re.compile(r"(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})(\s*[/.-]\s*(?P<year>\d{2,4}))?$")
_DASHES = re.compile(r"(?<=\d)\s*[/.-]\s*(?=\d)")
_HOW_MANY = re.compile(r"^(?:tong )?(?:so luong|so luot|so|luong|tong cong) ")
_LEAP_YEAR = 2024


@dataclass(frozen=True, slots=True)
class _Columns:
    header_row: int
    parts: Mapping[str, int]
    counters: Mapping[int, tuple[str, ...]]
    unread: tuple[str, ...]
    repeated: str = ""


@dataclass(slots=True)
class _Reading:
    """One row under way: which part was read from which column, so that a refusal can name its cell."""

    row: int
    columns: _Columns
    cells: tuple[object, ...]
    where: dict[str, int] = field(default_factory=dict)

    def cell(self, part: str) -> object:
        column = self.columns.parts.get(part)
        if column is None:
            return None
        self.where[part] = column
        return self.cells[column] if column < len(self.cells) else None

    def text(self, part: str) -> str:
        found = self.cell(part)
        if isinstance(found, float) and found.is_integer():
            found = int(found)
        return "" if found is None else rules.clean(str(found))

    def address(self, part: str) -> str | None:
        column = self.where.get(part)
        return None if column is None else f"{column_letters(column)}{self.row}"


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
    by_column |= _guessed(below, set(range(width)) - set(by_column), set(_REQUIRED) - set(columns.parts))
    return columns.header_row, [
        Column(
            number,
            column_letters(number),
            _shown(sheet.rows[columns.header_row - 1], number),
            tuple(_shown(row, number) for row in below[:_SAMPLES]),
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
    for part, fits in (("happened_on", _is_day), ("kind", _is_kind)):
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


def _is_day(cell: object) -> bool:
    try:
        _day(cell)
    except NotRecordable:
        # A slip in one day does not make the column something else.
        return bool(_DAY_AND_MONTH.match(str(cell)))
    return True


def _is_kind(cell: object) -> bool:
    return isinstance(cell, str) and plain(cell) in _KINDS


def _shown(cells: tuple[object, ...], column: int) -> str:
    found = cells[column] if column < len(cells) else None
    if isinstance(found, datetime | date):
        return f"{found.day}/{found.month}/{found.year}"
    return "" if found is None else rules.clean(str(found))[:80]


def _told_columns(sheet: Sheet, told: Mapping[int, str]) -> _Columns:
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
        elif meaning in CONCEPTS and CONCEPTS[meaning].is_counter:
            if (meaning,) in counters.values():
                raise HeadingsUnknown(
                    _("Hai cột cùng được chọn là “%(part)s”. Chỉ chọn một cột.")
                    % {"part": CONCEPTS[meaning].label}
                )
            counters[column] = (meaning,)
    missing = [str(label) for part, label in _REQUIRED.items() if part not in parts]
    if missing or not counters:
        raise HeadingsUnknown(
            _("Còn thiếu cột: %(missing)s. Hãy chọn cột cho từng mục, và ít nhất một cột số lượng.")
            % {"missing": ", ".join([*missing, *([] if counters else [_("số lượng")])])}
        )
    return _Columns(_best_headings(sheet).header_row, parts, counters, ())


def judge(sheet: Sheet, context: ImportContext, told: Mapping[int, str] | None = None) -> Preview:
    """What would become of each row below the headings, which may be told by a person (column → meaning).

    Raises `HeadingsUnknown` when they are not there, and `Refused` for a table without rows.
    """
    columns = _find_columns(sheet) if told is None else _told_columns(sheet, told)
    fates = []
    for row, cells in enumerate(sheet.rows[columns.header_row :], columns.header_row + 1):
        if any(cell is not None for index, cell in enumerate(cells) if index in _meant(columns)):
            fates.append(_judge_row(_Reading(row, columns, cells), context))
    if not fates:
        raise Refused(
            _("Tệp “%(name)s” không có dòng nào dưới dòng tiêu đề. Hãy điền hoạt động rồi nhập lại.")
            % {"name": sheet.name}
        )
    return Preview(sheet.name, tuple(fates), columns.unread)


def _meant(columns: _Columns) -> frozenset[int]:
    return frozenset(columns.parts.values()) | frozenset(columns.counters)


def _best_headings(sheet: Sheet) -> _Columns:
    """The row that names the most parts and counters; the first row when none names anything."""
    found = [_read_headings(number, cells) for number, cells in enumerate(sheet.rows[:HEADER_WITHIN], 1)]
    return max(found, key=lambda columns: (len(columns.parts), len(columns.counters)))


def _find_columns(sheet: Sheet) -> _Columns:
    best = _best_headings(sheet)
    missing = [f"“{label}”" for part, label in _REQUIRED.items() if part not in best.parts]
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


def _read_headings(number: int, cells: tuple[object, ...]) -> _Columns:
    parts: dict[str, int] = {}
    counters: dict[int, tuple[str, ...]] = {}
    unread: list[str] = []
    seen: set[str] = set()
    repeated = ""
    for column, cell in enumerate(cells):
        if not isinstance(cell, str):
            continue
        heading = plain(re.sub(r"\(.*?\)", " ", cell)) or plain(cell)
        if plain(cell) in seen and (heading in _FIELDS or _counters_named(heading)):
            repeated = repeated or rules.clean(cell)
        seen.add(plain(cell))
        if heading in _FIELDS and _FIELDS[heading] not in parts:
            parts[_FIELDS[heading]] = column
        elif meanings := _counters_named(heading):
            counters[column] = meanings
        elif heading not in _NUMBERING:
            unread.append(rules.clean(cell))
    return _Columns(number, parts, counters, tuple(unread), repeated)


def _counters_named(heading: str) -> tuple[str, ...]:
    """The concepts a folded heading may mean, with or without what people put before it: 'số lượng tin bài'."""
    bare = _HOW_MANY.sub("", heading)
    return next(
        (found for name in (heading, bare, f"so {bare}") if (found := _COUNTER_HEADINGS.get(name))), ()
    )


def _judge_row(reading: _Reading, context: ImportContext) -> RowFate:
    try:
        line = _line(reading, context)
        links = tuple(rules.check_link(link) for link in reading.text("evidence").replace(";", " ").split())
        rules.check_line(line, on=context.on, life=context.life)
    except NotRecordable as reason:
        return RowFate(reading.row, Fate.REFUSED, str(reason), reading.address(reason.field))
    return RowFate(reading.row, Fate.NEW, line=line, links=links)


def _line(reading: _Reading, context: ImportContext) -> Line:
    day = _day(reading.cell("happened_on"))
    kind = _kind(reading.text("kind"))
    return Line(
        uid=_NO_UID,
        unit=context.unit,
        kind=kind,
        happened_on=day,
        title=reading.text("title"),
        measures=_measures(reading, kind),
        task=_task(reading.text("task"), day, context),
        reform_field=_choice(reading.text("reform_field"), _REFORM, _("lĩnh vực"), "reform_field"),
        basis=_choice(reading.text("basis"), _BASES, _("căn cứ đếm"), "basis") or Basis.EVENT,
        note=reading.text("note"),
    )


def _day(cell: object) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if cell is None:
        raise NotRecordable(_("chưa có ngày"), "happened_on")
    text = rules.clean(str(cell))
    found = dates.parse(_DASHES.sub("/", text)) or _iso(text)
    if found is not None:
        return found
    written = _DAY_AND_MONTH.match(text)
    if written and not written["year"] and _exists(int(written["day"]), int(written["month"])):
        raise NotRecordable(
            _("ngày %(day)s thiếu năm; viết ngày như 20/7/2023") % {"day": text}, "happened_on"
        )
    if written and written["year"] and len(written["year"]) < 4:
        raise NotRecordable(
            _("ngày %(day)s ghi tắt năm; viết đủ bốn chữ số của năm, như 20/7/2023") % {"day": text},
            "happened_on",
        )
    if written:
        raise NotRecordable(_("ngày %(day)s không có trong lịch") % {"day": text}, "happened_on")
    raise NotRecordable(
        _("“%(text)s” không phải là ngày; viết ngày như 20/7/2023") % {"text": text[:40]}, "happened_on"
    )


def _exists(day: int, month: int) -> bool:
    """Whether some year has the day."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(_LEAP_YEAR, month)[1]


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _kind(text: str) -> ActivityKind:
    if not text:
        raise NotRecordable(_("chưa có loại hoạt động"), "kind")
    found = _KINDS.get(plain(text))
    if found is None:
        known = "; ".join(kind.label for kind in ActivityKind)
        raise NotRecordable(
            _("không có loại hoạt động “%(kind)s”. Dùng một trong các loại: %(known)s")
            % {"kind": text[:60], "known": known},
            "kind",
        )
    return found


def _measures(reading: _Reading, kind: ActivityKind) -> dict[str, Count]:
    offered = {concept.id for concept in COUNTERS[kind]}
    counts: dict[str, Count] = {}
    for column, meanings in reading.columns.counters.items():
        cell = reading.cells[column] if column < len(reading.cells) else None
        if cell is None:
            continue
        concept = next((meaning for meaning in meanings if meaning in offered), meanings[0])
        reading.where[concept] = column
        count = read_count(cell, concept)
        if concept in counts:
            raise NotRecordable(
                _("“%(label)s” được ghi ở hai cột; chỉ để số ở một cột") % {"label": CONCEPTS[concept].label},
                concept,
            )
        # A zero under a heading that does not fit the row's kind is a filled-in blank, not a statement.
        if count.value or concept in offered:
            counts[concept] = count
    return counts


def read_count(cell: object, concept: str) -> Count:
    """A number as people write it ('36', 'hơn 3.500'). Raises `NotRecordable` for anything else."""
    label = CONCEPTS[concept].label
    word = ""
    value: int | float | None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        value = cell
    else:
        match = _AMOUNT.match(rules.clean(str(cell)))
        value = numbers.parse(match["number"].lstrip("-−")) if match else None
        if match and value is not None and match["number"][0] in "-−":
            value = -value
        if match and match["word"]:
            word = _EXACT_WORDS.get(plain(match["word"]), "?")
    if value is None or word == "?" or not math.isfinite(value):
        raise NotRecordable(
            _("“%(label)s”: “%(cell)s” không phải là số; viết như 36 hoặc hơn 3.500")
            % {"label": label, "cell": str(cell)[:40]},
            concept,
        )
    if isinstance(value, float) and not value.is_integer():
        raise NotRecordable(
            _("“%(label)s”: %(value)s không phải số nguyên; chỉ đếm số nguyên")
            % {"label": label, "value": numbers.printed(value)},
            concept,
        )
    return Count(int(value), word)


def _task(text: str, day: date, context: ImportContext) -> int | None:
    if not text:
        return None
    found = context.tasks.get(day.year, {}).get(plain(text))
    if found is None:
        raise NotRecordable(
            _("kế hoạch năm %(year)s không có nhiệm vụ “%(task)s”; ghi số thứ tự của nhiệm vụ hoặc để trống")
            % {"year": day.year, "task": text[:60]},
            "task",
        )
    return found


def _choice(text: str, known: Mapping[str, str], called: str, part: str) -> str:
    if not text:
        return ""
    if plain(text) not in known and text not in known:
        raise NotRecordable(_("không có %(what)s “%(text)s”") % {"what": called, "text": text[:60]}, part)
    return known.get(plain(text)) or known[text]
