"""What is true and allowed about one line of the ledger and the evidence laid beside it."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import PurePath
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.periods.window import numeric_date
from dinhlang.vietnamese import numbers
from dinhlang.vietnamese.text import fold, nfc
from dinhlang.work.concepts import CONCEPTS, COUNTERS, offered_for
from dinhlang.work.models import ActivityKind, Basis, Exactness, ReformField

TITLE_LENGTH = 500
CAPTION_LENGTH = 300
URL_LENGTH = 1000
# Above what any commune can count in one line: a slip of the finger, or a telephone number in the wrong cell.
LARGEST_COUNT = 1_000_000_000
# How long whoever recorded a line may take it back as a slip, and the reason the ledger then gives.
UNDO_MINUTES = 10
UNDO_BATCH_DAYS = 7
SLIP = "Ghi nhầm"
EARLIEST_DAY = date(2000, 1, 1)
DIGEST_MODULUS = 2**256


class NotRecordable(Refused):
    """A line cannot be recorded as it is. `field` names the part to mend ('title', 'happened_on', a concept …)."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


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
class HeldEvidence:
    """A file that came with a form which could not be taken then, and is kept since: named by its content."""

    sha256: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class LinkEvidence:
    """An address on the web that shows a line is true."""

    url: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class EntryEvidence:
    """Where in a register of this house a line was counted. The words may be read by everyone: they name the register and the
    entry, nobody and nothing in it (ADR 0021)."""

    words: str


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


def task_of(concept: str) -> int | None:
    """The task whose lines are folded under that name; `None` for the name of anything else."""
    kind, _colon, key = concept.partition(":")
    return int(key) if kind == "task" and key.isdecimal() else None


def kind_concept(kind: str) -> str:
    """Under what name the lines of a kind are folded."""
    return f"kind:{kind}"


def field_concept(field: str) -> str:
    """Under what name the lines that name a field of reform are folded."""
    return f"field:{field}"


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
        raise NotRecordable(
            _("ngày %(day)s ở tương lai; chỉ ghi việc đã làm") % {"day": numeric_date(day)}, "happened_on"
        )
    if day < EARLIEST_DAY:
        raise NotRecordable(
            _("ngày %(day)s quá xa; kiểm tra lại năm") % {"day": numeric_date(day)}, "happened_on"
        )
    if life.ends_on is not None and day >= life.ends_on:
        raise NotRecordable(
            _(
                "%(unit)s đã kết thúc hoạt động từ ngày %(end)s, không ghi được việc ngày %(day)s; "
                "ghi vào đơn vị kế thừa"
            )
            % {"unit": life.name, "end": numeric_date(life.ends_on), "day": numeric_date(day)},
            "happened_on",
        )
    if life.starts_on is not None and day < life.starts_on:
        raise NotRecordable(
            _("%(unit)s thành lập ngày %(start)s, không ghi được việc ngày %(day)s; ghi vào đơn vị trước đó")
            % {"unit": life.name, "start": numeric_date(life.starts_on), "day": numeric_date(day)},
            "happened_on",
        )


def _check_words(line: Line) -> None:
    if line.kind not in ActivityKind.values:
        known = ", ".join(ActivityKind.values)
        raise NotRecordable(
            _("không có loại hoạt động “%(kind)s”; dùng một trong: %(known)s")
            % {"kind": line.kind, "known": known},
            "kind",
        )
    if not line.title:
        raise NotRecordable(_("chưa có nội dung hoạt động"), "title")
    if len(line.title) > TITLE_LENGTH:
        raise NotRecordable(
            _("nội dung dài %(length)s chữ cái, tối đa %(most)s; phần dài ghi vào ghi chú")
            % {"length": len(line.title), "most": TITLE_LENGTH},
            "title",
        )
    if line.basis not in Basis.values:
        known = ", ".join(Basis.values)
        raise NotRecordable(
            _("không có căn cứ đếm “%(basis)s”; dùng một trong: %(known)s")
            % {"basis": line.basis, "known": known},
            "basis",
        )
    if line.reform_field and line.reform_field not in ReformField.values:
        known = ", ".join(ReformField.values)
        raise NotRecordable(
            _("không có lĩnh vực “%(field)s”; dùng một trong: %(known)s")
            % {"field": line.reform_field, "known": known},
            "reform_field",
        )


def _check_measures(line: Line) -> None:
    kind = ActivityKind(line.kind)
    offered = {concept.id for concept in COUNTERS[kind]}
    if not line.measures:
        named = "; ".join(concept.label for concept in offered_for(kind))
        raise NotRecordable(
            _("chưa có số lượng nào. Loại “%(kind)s” đếm: %(named)s") % {"kind": kind.label, "named": named},
            "measures",
        )
    for concept_id, count in line.measures.items():
        if concept_id not in CONCEPTS:
            raise NotRecordable(_("không có chỉ tiêu “%(concept)s”") % {"concept": concept_id}, concept_id)
        if concept_id not in offered:
            raise NotRecordable(
                _("loại “%(kind)s” không đếm chỉ tiêu “%(concept)s”; đổi loại hoặc bỏ số này")
                % {"kind": kind.label, "concept": CONCEPTS[concept_id].label},
                concept_id,
            )
        check_count(count, concept_id)


def check_count(count: Count, concept_id: str) -> None:
    """Raise `NotRecordable` for a number that no counter can hold."""
    label = CONCEPTS[concept_id].label
    if count.value < 0:
        raise NotRecordable(
            _("“%(label)s” là số âm (%(value)s); số lượng từ 0 trở lên")
            % {"label": label, "value": count.value},
            concept_id,
        )
    if count.value > LARGEST_COUNT:
        raise NotRecordable(
            _("“%(label)s” quá lớn, tối đa %(most)s; kiểm tra lại số")
            % {"label": label, "most": numbers.printed(LARGEST_COUNT)},
            concept_id,
        )
    if count.exactness not in Exactness.values:
        raise NotRecordable(
            _("“%(label)s”: không có độ chính xác “%(word)s”") % {"label": label, "word": count.exactness},
            concept_id,
        )


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
            _("“%(address)s” không phải đường dẫn; đường dẫn bắt đầu bằng https:// hoặc http://")
            % {"address": address[:80]},
            "evidence",
        )
    if len(address) > URL_LENGTH:
        raise NotRecordable(
            _("đường dẫn dài %(length)s ký tự, tối đa %(most)s")
            % {"length": len(address), "most": URL_LENGTH},
            "evidence",
        )
    return address


_PICTURE_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".heif", ".avif"})
_RUN_BY_A_BROWSER = re.compile(
    rb"\s*(?:<\?xml[^>]*>|<!--.*?-->|<!doctype\s+svg[^>]*>|\s)*"
    rb"<\s*(?:!doctype\s+html|html|head|body|script|svg|iframe|img|meta|a\s|[\w-]+:svg)",
    re.IGNORECASE | re.DOTALL,
)
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_LOOKED_AT = 4096


def check_file(data: bytes, name: str, *, is_picture: bool) -> None:
    """Raise `Refused` for a file that a browser or a computer would run, and for a picture that is none."""
    start = data[:_LOOKED_AT]
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if start.startswith(mark):
            start = start.decode(encoding, "ignore").encode()
    if _RUN_BY_A_BROWSER.match(start):
        raise Refused(
            _(
                "Tệp “%(name)s” là trang web hoặc hình vẽ có thể chạy mã nên không được nhận. "
                "Hãy chụp màn hình hoặc lưu thành PDF."
            )
            % {"name": name}
        )
    if start.startswith(_PROGRAMS):
        raise Refused(
            _("Tệp “%(name)s” là chương trình, không phải minh chứng. Hãy chọn ảnh, PDF hoặc văn bản.")
            % {"name": name}
        )
    if data and not is_picture and PurePath(name).suffix.lower() in _PICTURE_ENDINGS:
        raise Refused(
            _("Tệp “%(name)s” mang tên ảnh nhưng không phải là ảnh. Hãy chọn đúng tệp ảnh rồi gửi lại.")
            % {"name": name}
        )


def is_fresh(recorded_at: datetime, at: datetime) -> bool:
    """Whether a line was recorded so lately that whoever did may take it back as a slip."""
    return at - recorded_at <= timedelta(minutes=UNDO_MINUTES)


def is_undoable(*, deed: str, done_at: datetime, at: datetime) -> bool:
    try:
        check_undoable(deed=deed, done_at=done_at, at=at)
    except Refused:
        return False
    return True


def check_undoable(*, deed: str, done_at: datetime, at: datetime) -> None:
    """Raise `Refused` for what was done to many lines too long ago, or was an undoing itself."""
    if deed == "undo":
        raise Refused(_("Không hoàn tác một lần hoàn tác. Hãy làm lại việc đó trên các dòng cần sửa."))
    if at - done_at > timedelta(days=UNDO_BATCH_DAYS):
        raise Refused(
            _("Chỉ hoàn tác được trong %(days)s ngày. Hãy lọc các dòng đó trong sổ rồi hủy ghi.")
            % {"days": UNDO_BATCH_DAYS}
        )


def sentence(message: str) -> str:
    """The message with a capital letter and a full stop."""
    return message[:1].upper() + message[1:] + ("" if message.endswith(".") else ".")
