"""Rows of an imported table as lines of the ledger: headings, then cell by cell.

A file of its own beside `rules`: reading what people typed is long, what is true of a line is short.
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from dinhlang.org.rules import Refused
from dinhlang.vietnamese import dates, numbers
from dinhlang.work import rules
from dinhlang.work.concepts import CONCEPTS, COUNTERS
from dinhlang.work.models import ActivityKind, Basis, Exactness, ReformField
from dinhlang.work.rules import Count, Fate, ImportContext, Line, NotRecordable, Preview, RowFate, plain
from dinhlang.work.sheets import Sheet

HEADER_WITHIN = 20
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
_REQUIRED = {"happened_on": "Ngày", "kind": "Loại hoạt động", "title": "Nội dung"}

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
    ActivityKind.GUIDANCE: ("huong dan", "huong dan truc tiep", "huong dan tai mot cua"),
    ActivityKind.TRAINING: ("tap huan", "boi duong"),
    ActivityKind.CONTEST: ("cuoc thi", "hoi thi"),
    ActivityKind.POSTING: ("niem yet", "niem yet tthc"),
    ActivityKind.ONESTOP: ("mot cua", "ket qua mot cua", "ket qua giai quyet tthc"),
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


def judge(sheet: Sheet, context: ImportContext) -> Preview:
    """What would become of each row below the headings. Raises `Refused` when the headings are not there."""
    columns = _find_columns(sheet)
    fates = []
    for row, cells in enumerate(sheet.rows[columns.header_row :], columns.header_row + 1):
        if any(cell is not None for index, cell in enumerate(cells) if index in _meant(columns)):
            fates.append(_judge_row(_Reading(row, columns, cells), context))
    if not fates:
        raise Refused(
            f"Tệp “{sheet.name}” không có dòng nào dưới dòng tiêu đề. Hãy điền hoạt động rồi nhập lại."
        )
    return Preview(sheet.name, tuple(fates), columns.unread)


def _meant(columns: _Columns) -> frozenset[int]:
    return frozenset(columns.parts.values()) | frozenset(columns.counters)


def _find_columns(sheet: Sheet) -> _Columns:
    best: _Columns | None = None
    for number, cells in enumerate(sheet.rows[:HEADER_WITHIN], 1):
        found = _read_headings(number, cells)
        if best is None or len(found.parts) > len(best.parts):
            best = found
    missing = [label for part, label in _REQUIRED.items() if best is None or part not in best.parts]
    if best is None or missing:
        raise Refused(
            f"Tệp “{sheet.name}” thiếu cột {', '.join(f'“{label}”' for label in missing)}. Dòng tiêu đề cần có “Ngày”, "
            "“Loại hoạt động”, “Nội dung” và ít nhất một cột số lượng, ví dụ “Số tin, bài”; đặt lại tên cột rồi nhập lại tệp."
        )
    if best.repeated:
        raise Refused(
            f"Tệp “{sheet.name}”, dòng {best.header_row}: cột “{best.repeated}” có hai lần. "
            "Giữ một cột, đổi tên hoặc xóa cột kia rồi nhập lại tệp."
        )
    if not best.counters:
        raise Refused(
            f"Tệp “{sheet.name}” không có cột số lượng nào. Thêm cột theo loại hoạt động, ví dụ “Số tin, bài”, "
            "“Lượt phát thanh”, “Số cuộc”, “Số người dự”, rồi nhập lại tệp."
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
        reform_field=_choice(reading.text("reform_field"), _REFORM, "lĩnh vực", "reform_field"),
        basis=_choice(reading.text("basis"), _BASES, "căn cứ đếm", "basis") or Basis.EVENT,
        note=reading.text("note"),
    )


def _day(cell: object) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if cell is None:
        raise NotRecordable("chưa có ngày", "happened_on")
    text = rules.clean(str(cell))
    found = dates.parse(_DASHES.sub("/", text)) or _iso(text)
    if found is not None:
        return found
    written = _DAY_AND_MONTH.match(text)
    if written and not written["year"] and _exists(int(written["day"]), int(written["month"])):
        raise NotRecordable(f"ngày {text} thiếu năm; viết ngày như 20/7/2023", "happened_on")
    if written and written["year"] and len(written["year"]) < 4:
        raise NotRecordable(
            f"ngày {text} ghi tắt năm; viết đủ bốn chữ số của năm, như 20/7/2023", "happened_on"
        )
    if written:
        raise NotRecordable(f"ngày {text} không có trong lịch", "happened_on")
    raise NotRecordable(f"“{text[:40]}” không phải là ngày; viết ngày như 20/7/2023", "happened_on")


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
        raise NotRecordable("chưa có loại hoạt động", "kind")
    found = _KINDS.get(plain(text))
    if found is None:
        known = "; ".join(kind.label for kind in ActivityKind)
        raise NotRecordable(
            f"không có loại hoạt động “{text[:60]}”. Dùng một trong các loại: {known}", "kind"
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
                f"“{CONCEPTS[concept].label}” được ghi ở hai cột; chỉ để số ở một cột", concept
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
            f"“{label}”: “{str(cell)[:40]}” không phải là số; viết như 36 hoặc hơn 3.500", concept
        )
    if isinstance(value, float) and not value.is_integer():
        raise NotRecordable(
            f"“{label}”: {numbers.printed(value)} không phải số nguyên; chỉ đếm số nguyên", concept
        )
    return Count(int(value), word)


def _task(text: str, day: date, context: ImportContext) -> int | None:
    if not text:
        return None
    found = context.tasks.get(day.year, {}).get(plain(text))
    if found is None:
        raise NotRecordable(
            f"kế hoạch năm {day.year} không có nhiệm vụ “{text[:60]}”; ghi số thứ tự của nhiệm vụ hoặc để trống",
            "task",
        )
    return found


def _choice(text: str, known: Mapping[str, str], called: str, part: str) -> str:
    if not text:
        return ""
    if plain(text) not in known and text not in known:
        raise NotRecordable(f"không có {called} “{text[:60]}”", part)
    return known.get(plain(text)) or known[text]
