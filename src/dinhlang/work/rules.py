"""What is true and allowed about lines of the ledger and about the tasks they fulfil.

No database and no clock: the day on which something is judged is always told (`on`).
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from dinhlang.org.rules import Refused
from dinhlang.periods.window import numeric_date
from dinhlang.vietnamese import numbers
from dinhlang.vietnamese.text import fold, nfc
from dinhlang.work.concepts import CONCEPTS, COUNTERS
from dinhlang.work.models import ActivityKind, Basis, Exactness, ReformField

TITLE_LENGTH = 500
CAPTION_LENGTH = 300
URL_LENGTH = 1000
# Above what any commune can count in one line: a slip of the finger, or a telephone number in the wrong cell.
LARGEST_COUNT = 1_000_000_000
EARLIEST_DAY = date(2000, 1, 1)
DIGEST_MODULUS = 2**256


class NotRecordable(Refused):
    """A line cannot be recorded as it is. `field` names the part to mend ('title', 'happened_on', a concept …)."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


# --- a line ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Count:
    """How many, and how exactly that is known ('' for exactly, 'hơn', 'gần' …)."""

    value: int
    exactness: str = ""


@dataclass(frozen=True, slots=True)
class FileEvidence:
    """A file or photo that shows a line is true. What kind of file it is follows from its content."""

    data: bytes
    caption: str = ""


@dataclass(frozen=True, slots=True)
class LinkEvidence:
    """An address on the web that shows a line is true."""

    url: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """When a unit exists: from `starts_on`, until before `ends_on`. `name` is how a message calls it."""

    name: str
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What a line of the ledger says, before or after it is stored. Text is clean NFC (see `clean`)."""

    uid: UUID
    unit: str
    kind: str
    happened_on: date
    title: str
    measures: Mapping[str, Count]
    task: int | None = None
    reform_field: str = ""
    basis: str = Basis.EVENT
    note: str = ""


def clean(text: str) -> str:
    """The text in NFC, without control characters or invisible ones, its white space folded into single spaces.

    Marks that turn the reading direction or take no room come along in copied text; with them two titles that
    look the same differ, and one that looks empty is not.
    """
    return " ".join("".join(map(_visible, nfc(text))).split())


def _visible(letter: str) -> str:
    match unicodedata.category(letter):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Cf" | "Cs":
            return ""
        case _:
            return letter


def clean_note(text: str) -> str:
    """As `clean`, but lines stay lines."""
    return "\n".join(line for line in (clean(part) for part in text.splitlines()) if line)


def plain(text: object) -> str:
    """Folded words without punctuation: 'Tin, bài' and 'tin bai' are one."""
    return " ".join(re.sub(r"[^\w]+", " ", fold(str(text))).split())


def task_names(ordinal: str, text: str) -> set[str]:
    """The names under which a row of a file may point at a task: its number, its words."""
    return {name for name in (plain(ordinal), plain(text)) if name}


def line_hash(line: Line) -> str:
    """SHA-256 of the line's content in a canonical form, in hex. Who recorded it and when is not content."""
    content = {
        "uid": str(line.uid),
        "unit": line.unit,
        "kind": str(line.kind),
        "happened_on": line.happened_on.isoformat(),
        "title": line.title,
        "task": line.task,
        "reform_field": str(line.reform_field),
        "basis": str(line.basis),
        "note": line.note,
        "measures": {concept: [count.value, count.exactness] for concept, count in line.measures.items()},
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(b"dinhlang.line/1\n" + canonical.encode()).hexdigest()


def task_concept(task: int) -> str:
    """Under what name the lines of a task are folded, beside the concepts."""
    return f"task:{task}"


def sameness(line: Line) -> tuple[str, ...]:
    """What two lines share when they very likely record the same act twice: kind, day, title and counts."""
    counts = ",".join(f"{concept}={count.value}" for concept, count in sorted(line.measures.items()))
    return (str(line.kind), line.happened_on.isoformat(), line.title.casefold(), counts)


def check_line(line: Line, *, on: date, life: Life) -> None:
    """Raise `NotRecordable` when the line cannot be true on the day `on`, or does not fit its kind."""
    _check_day(line.happened_on, on=on, life=life)
    _check_words(line)
    _check_measures(line)


def _check_day(day: date, *, on: date, life: Life) -> None:
    if day > on:
        raise NotRecordable(f"ngày {numeric_date(day)} ở tương lai; chỉ ghi việc đã làm", "happened_on")
    if day < EARLIEST_DAY:
        raise NotRecordable(f"ngày {numeric_date(day)} quá xa; kiểm tra lại năm", "happened_on")
    if life.ends_on is not None and day >= life.ends_on:
        raise NotRecordable(
            f"{life.name} đã kết thúc hoạt động từ ngày {numeric_date(life.ends_on)}, không ghi được việc ngày {numeric_date(day)}; "
            "ghi vào đơn vị kế thừa",
            "happened_on",
        )
    if life.starts_on is not None and day < life.starts_on:
        raise NotRecordable(
            f"{life.name} thành lập ngày {numeric_date(life.starts_on)}, không ghi được việc ngày {numeric_date(day)}; "
            "ghi vào đơn vị trước đó",
            "happened_on",
        )


def _check_words(line: Line) -> None:
    if line.kind not in ActivityKind.values:
        known = ", ".join(ActivityKind.values)
        raise NotRecordable(f"không có loại hoạt động “{line.kind}”; dùng một trong: {known}", "kind")
    if not line.title:
        raise NotRecordable("chưa có nội dung hoạt động", "title")
    if len(line.title) > TITLE_LENGTH:
        raise NotRecordable(
            f"nội dung dài {len(line.title)} chữ cái, tối đa {TITLE_LENGTH}; phần dài ghi vào ghi chú",
            "title",
        )
    if line.basis not in Basis.values:
        known = ", ".join(Basis.values)
        raise NotRecordable(f"không có căn cứ đếm “{line.basis}”; dùng một trong: {known}", "basis")
    if line.reform_field and line.reform_field not in ReformField.values:
        known = ", ".join(ReformField.values)
        raise NotRecordable(
            f"không có lĩnh vực “{line.reform_field}”; dùng một trong: {known}", "reform_field"
        )


def _check_measures(line: Line) -> None:
    kind = ActivityKind(line.kind)
    offered = {concept.id for concept in COUNTERS[kind]}
    if not line.measures:
        named = "; ".join(concept.label for concept in COUNTERS[kind])
        raise NotRecordable(f"chưa có số lượng nào. Loại “{kind.label}” đếm: {named}", "measures")
    for concept_id, count in line.measures.items():
        if concept_id not in CONCEPTS:
            raise NotRecordable(f"không có chỉ tiêu “{concept_id}”", concept_id)
        if concept_id not in offered:
            raise NotRecordable(
                f"loại “{kind.label}” không đếm chỉ tiêu “{CONCEPTS[concept_id].label}”; đổi loại hoặc bỏ số này",
                concept_id,
            )
        check_count(count, concept_id)


def check_count(count: Count, concept_id: str) -> None:
    """Raise `NotRecordable` for a number that no counter can hold."""
    label = CONCEPTS[concept_id].label
    if count.value < 0:
        raise NotRecordable(f"“{label}” là số âm ({count.value}); số lượng từ 0 trở lên", concept_id)
    if count.value > LARGEST_COUNT:
        raise NotRecordable(
            f"“{label}” quá lớn, tối đa {numbers.printed(LARGEST_COUNT)}; kiểm tra lại số", concept_id
        )
    if count.exactness not in Exactness.values:
        raise NotRecordable(f"“{label}”: không có độ chính xác “{count.exactness}”", concept_id)


def check_link(url: str) -> str:
    """The address, cleaned. Raises `NotRecordable` for what is not a web address."""
    address = clean(url)
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in {"http", "https"} or not host or " " in address:
        raise NotRecordable(
            f"“{address[:80]}” không phải đường dẫn; đường dẫn bắt đầu bằng https:// hoặc http://", "evidence"
        )
    if len(address) > URL_LENGTH:
        raise NotRecordable(f"đường dẫn dài {len(address)} ký tự, tối đa {URL_LENGTH}", "evidence")
    return address


def sentence(message: str) -> str:
    """The message with a capital letter and a full stop."""
    return message[:1].upper() + message[1:] + ("" if message.endswith(".") else ".")


# --- figures --------------------------------------------------------------------------------------

_AT_LEAST = (Exactness.MORE_THAN, Exactness.OVER, Exactness.AT_LEAST)


def joint_exactness(words: Iterable[str]) -> str:
    """The exactness of a sum: the one word all inexact parts share, 'hơn' when all only err downwards, else 'khoảng'."""
    inexact = {word for word in words if word}
    if not inexact:
        return ""
    if len(inexact) == 1:
        return str(inexact.pop())
    return str(Exactness.MORE_THAN if inexact <= set(_AT_LEAST) else Exactness.ABOUT)


def share(numerator: int | None, denominator: int | None) -> float | None:
    """The percentage, to two decimals; unknown when a part is unknown or there is nothing to divide by."""
    if numerator is None or not denominator:
        return None
    return round(100 * numerator / denominator, 2)


# --- plans ----------------------------------------------------------------------------------------

_NUMBER_AND_SYMBOL = re.compile(r"(?P<number>\d{1,6})\s*(?:/\s*(?P<symbol>[A-ZĐ][A-ZĐ.-]{0,38}[A-ZĐ]))?")


def number_and_symbol(text: str) -> tuple[str, str]:
    """'4/KH-UBND' as ('04', 'KH-UBND'); without a symbol the second is ''. Raises `Refused` for anything else.

    A number below 10 has a leading zero (NĐ 30/2020/NĐ-CP, Phụ lục I).
    """
    found = _NUMBER_AND_SYMBOL.fullmatch(clean(text))
    if found is None or not int(found["number"]):
        raise Refused(f"“{text[:40]}” không phải số, ký hiệu văn bản. Ghi như 04/KH-UBND.")
    return f"{int(found['number']):02d}", found["symbol"] or ""


# --- tasks ----------------------------------------------------------------------------------------


class State(StrEnum):
    """Where an occurrence of a task stands on a day."""

    DONE = "done"
    DONE_LATE = "done-late"
    OPEN = "open"
    LATE = "late"
    GAP = "gap"
    UPCOMING = "upcoming"

    @property
    def label(self) -> str:
        return _STATE_LABELS[self]


_STATE_LABELS = {
    State.DONE: "đã thực hiện",
    State.DONE_LATE: "thực hiện sau hạn",
    State.OPEN: "đang trong kỳ",
    State.LATE: "quá hạn",
    State.GAP: "chưa có minh chứng",
    State.UPCOMING: "chưa đến kỳ",
}
FULFILLED = frozenset({State.DONE, State.DONE_LATE})
SETTLED = FULFILLED | {State.LATE, State.GAP}


@dataclass(frozen=True, slots=True)
class Span:
    """The days in which work counts for an occurrence, and the day it is due. `needed` lines fulfil it."""

    starts_on: date
    ends_on: date
    due_on: date
    is_watch: bool = False
    is_only: bool = False
    needed: int = 1


def occurrence_state(span: Span, evidenced_days: Sequence[date], *, on: date) -> State:
    """Where the occurrence stands on `on`, given the sorted days of the task's lines that have evidence.

    Work within the span fulfils it. When the task has only this occurrence, later work fulfils it too, after
    the due day as late; a repeated task's late work would belong to the next occurrence as well.
    """
    first = bisect_left(evidenced_days, span.starts_on)
    after = bisect_right(evidenced_days, on if span.is_only else min(on, span.ends_on))
    if after - first >= span.needed:
        fulfilled_on = evidenced_days[first + span.needed - 1]
        return State.DONE if fulfilled_on <= max(span.due_on, span.ends_on) else State.DONE_LATE
    if on < span.starts_on:
        return State.UPCOMING
    if span.is_watch:
        return State.GAP if on > span.ends_on else State.OPEN
    return State.LATE if on > span.due_on else State.OPEN


def is_completed(states: Iterable[State]) -> bool | None:
    """Whether the task is completed so far; `None` when nothing of it has begun.

    The reform index counts completed tasks of planned ones, with evidence. A continuous task ("Thường xuyên")
    is completed when every watch window that has ended holds evidence; any other when every occurrence that
    is due was done. While nothing is due yet, one fulfilled occurrence is asked for.
    """
    begun = [state for state in states if state is not State.UPCOMING]
    if not begun:
        return None
    settled = [state for state in begun if state in SETTLED]
    return bool(settled) and all(state in FULFILLED for state in settled)


# --- rows of an imported file ---------------------------------------------------------------------


class Fate(StrEnum):
    """What becomes of a row of an imported file."""

    NEW = "new"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowFate:
    """A row's number in its file, what becomes of it, and in `message` why not, in Vietnamese.

    `cell` is where to mend it ('C14'). A row that is taken carries its line and the links it gives as evidence.
    """

    row: int
    fate: Fate
    message: str = ""
    cell: str | None = None
    line: Line | None = None
    links: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return self.fate is not Fate.REFUSED


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of each row of a file. `unread_columns` are headings that mean nothing here."""

    name: str
    rows: tuple[RowFate, ...]
    unread_columns: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return all(row.ok for row in self.rows)

    def with_fate(self, fate: Fate) -> tuple[RowFate, ...]:
        return tuple(row for row in self.rows if row.fate is fate)

    def refusal(self) -> str:
        """The first refused row as one sentence that says where, what and how to go on."""
        refused = self.with_fate(Fate.REFUSED)
        first = refused[0]
        mend = f"Sửa ô {first.cell}" if first.cell else f"Sửa dòng {first.row}"
        more = f" Còn {numbers.printed(len(refused) - 1)} dòng khác cần sửa." if len(refused) > 1 else ""
        before = sum(1 for row in self.rows if row.row < first.row)
        unsaved = (
            f"{numbers.printed(before)} dòng trước chưa được lưu" if before else "chưa dòng nào được lưu"
        )
        return (
            f"Tệp “{self.name}”, dòng {first.row}: {first.message}. {mend} rồi nhập lại tệp; {unsaved}.{more}"
        )


@dataclass(frozen=True, slots=True)
class ImportContext:
    """What rows are judged against: the unit and its life, the day, and the tasks by year and folded name or number."""

    unit: str = ""
    life: Life = field(default=Life("đơn vị"))
    on: date = date.max
    tasks: Mapping[int, Mapping[str, int]] = field(default_factory=dict)


def preview_rows(data: bytes, name: str, context: ImportContext | None = None) -> Preview:
    """What would become of each row of an .xlsx or .csv file, judged by itself.

    Raises `Refused` when the file as a whole cannot be read: not a table, too large, without the needed headings.
    """
    # Spreadsheet readers are loaded only when a file comes in.
    from dinhlang.work.rows import judge
    from dinhlang.work.sheets import read_sheet

    return judge(read_sheet(data, name), context or ImportContext())
