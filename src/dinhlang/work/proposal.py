"""A plan that is proposed: each value beside the place it came from, and what a person said of it.

Plain values, no database. `values` gives the plan as it would be stored now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.officialdoc.model import Document, Role, Span
from dinhlang.officialdoc.read import Places
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.rules import Refused
from dinhlang.periods.window import numeric_date
from dinhlang.work import rules
from dinhlang.work.plan_reading import PlanReading, read_row
from dinhlang.work.plan_values import (
    NotWritable,
    PlanValues,
    Row,
    check_year,
    row_from_json,
    row_to_json,
)
from dinhlang.work.rollover import Rolled, moved_schedule
from dinhlang.work.rules import clean
from dinhlang.work.schedule_words import Understood, understood
from dinhlang.work.years import YearKind, mentions

ROW_FIELDS = ("text", "product", "lead", "cooperating", "schedule_text")
_CELLS = {"text": "task", "schedule_text": "schedule"}
_DATE_FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")
_LONGEST_VALUE = 4000
# How a number stands that is not known yet.
_BLANK = re.compile(r"[\s.…_]*")


@dataclass(frozen=True, slots=True)
class Item:
    """One value of the plan. `path` names it ('rows.3.lead'), `spans` say where it stands in the source."""

    path: str
    value: str
    read: str
    spans: tuple[Span, ...] = ()
    doubts: tuple[str, ...] = ()
    suggestion: str = ""
    is_seen: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """All values of a proposed plan. `base` holds what is not asked about: ordinals, kinds, rhythms, units of duties."""

    base: PlanValues
    items: tuple[Item, ...]

    @property
    def seen(self) -> int:
        return sum(item.is_seen for item in self.items)

    @property
    def year(self) -> int:
        return int(self._value("year"))

    def _value(self, path: str) -> str:
        return next(item.value for item in self.items if item.path == path)

    def item(self, path: str) -> Item:
        """The item of that path. Raises `NotWritable` when the proposal has none: the page is an old one."""
        for item in self.items:
            if item.path == path:
                return item
        raise NotWritable(_("Ô này không có trong bản đề xuất. Hãy tải lại trang."), field=path)

    def understood(self, item: Item) -> Understood | None:
        """How the schedule that an item holds is understood; `None` for other items."""
        if not item.path.endswith(".schedule_text"):
            return None
        at = int(item.path.split(".")[1])
        row = replace(self.base.rows[at], schedule_text=item.value)
        return understood(read_row(row, at + 1, self.year), self.year)

    def doubts(self, item: Item) -> tuple[str, ...]:
        """What looks wrong about an item as it stands now."""
        reading = self.understood(item)
        said = item.doubts if item.value == item.read else ()
        return (*said, *(reading.doubts if reading else ()))

    def suggestion(self, item: Item) -> str:
        """What the value could be instead, '' when nothing comes to mind."""
        if item.suggestion and item.value == item.read:
            return item.suggestion
        if not item.path.endswith(".schedule_text"):
            return ""
        stale = {one.year for one in mentions(item.value) if one.kind is YearKind.YEAR} - {self.year}
        return moved_schedule(item.value, stale.pop(), self.year) if len(stale) == 1 else ""

    def in_order(self) -> tuple[Item, ...]:
        """The doubtful items first, each part in the order of the document."""
        return tuple(sorted(self.items, key=lambda item: not self.doubts(item)))

    def decided(self, path: str, value: str | None = None) -> Proposal:
        """The proposal after someone saw an item, and said what it should be unless it is right.

        Raises `NotWritable` for a value that cannot be.
        """
        item = self.item(path)
        kept = item.value if value is None else _checked(path, value)
        return replace(
            self,
            items=tuple(
                replace(one, value=kept, is_seen=True) if one.path == path else one for one in self.items
            ),
        )

    def all_decided(self) -> Proposal:
        """The proposal after someone took everything that was left as right."""
        return replace(self, items=tuple(replace(one, is_seen=True) for one in self.items))

    def values(self) -> PlanValues:
        """The plan as it stands now."""
        said = {item.path: item.value for item in self.items}
        number, symbol = _code(said["code"], self.base.symbol)
        rows = tuple(
            _with_texts(row, {name: said[f"rows.{at}.{name}"] for name in ROW_FIELDS})
            for at, row in enumerate(self.base.rows)
        )
        duties = tuple((unit, said[f"duties.{at}"]) for at, (unit, _duty) in enumerate(self.base.duties))
        return PlanValues(
            year=int(said["year"]),
            title=said["title"],
            number=number,
            symbol=symbol,
            issued_on=_day(said["issued_on"]),
            bases=tuple(said[f"bases.{at}"] for at in range(len(self.base.bases)) if said[f"bases.{at}"]),
            rows=rows,
            duties=tuple((unit, duty) for unit, duty in duties if duty),
        )


def _with_texts(row: Row, texts: dict[str, Any]) -> Row:
    return replace(row, **texts)


def group_of(path: str, base: PlanValues) -> str:
    """The heading under which an item stands."""
    name, *rest = path.split(".")
    if name == "rows":
        row = base.rows[int(rest[0])]
        return _("Nhiệm vụ %(ordinal)s") % {"ordinal": row.ordinal or int(rest[0]) + 1}
    if name == "duties":
        return base.duties[int(rest[0])][0] or _("Phân công")
    return _("Căn cứ") if name == "bases" else _("Văn bản")


def label_of(path: str) -> str:
    """What an item is called."""
    labels = {
        "title": _("Trích yếu"),
        "year": _("Năm"),
        "code": _("Số, ký hiệu"),
        "issued_on": _("Ngày ban hành"),
        "bases": _("Căn cứ"),
        "duties": _("Nội dung giao"),
        "text": _("Nhiệm vụ"),
        "product": _("Sản phẩm, kết quả"),
        "lead": _("Cơ quan chủ trì"),
        "cooperating": _("Cơ quan phối hợp"),
        "schedule_text": _("Thời gian thực hiện"),
    }
    name, *rest = path.split(".")
    return labels[rest[-1] if name == "rows" else name]


# --- what a value may be --------------------------------------------------------------------------


def _checked(path: str, value: str) -> str:
    value = clean(value)
    if len(value) > _LONGEST_VALUE:
        raise NotWritable(
            _("Nội dung dài quá %(most)d ký tự. Hãy viết gọn lại.") % {"most": _LONGEST_VALUE}, field=path
        )
    if not value and (path == "title" or path.endswith(".text")):
        raise NotWritable(_("Ô này không được để trống."), field=path)
    match path:
        case "year":
            if not (value.isascii() and value.isdecimal() and len(value) == 4):
                raise NotWritable(_("Ghi năm bằng bốn chữ số, ví dụ 2026."), field=path)
            check_year(int(value))
        case "code":
            try:
                number, symbol = _code(value, "")
            except Refused as reason:
                raise NotWritable(str(reason), field=path) from None
            return f"{number or '…'}/{symbol}" if symbol else number
        case "issued_on":
            day = _day(value)
            if value and day is None:
                raise NotWritable(_("Ngày không đúng. Ghi ngày/tháng/năm, ví dụ 20/7/2023."), field=path)
            return numeric_date(day) if day else ""
    return value


def _code(text: str, symbol: str) -> tuple[str, str]:
    """Number and symbol; '…/KH-UBND' has no number yet. Raises `Refused`."""
    if not text:
        return "", symbol
    blank, _slash, rest = text.partition("/")
    if rest and _BLANK.fullmatch(blank):
        return "", rules.number_and_symbol(f"1/{rest}")[1]
    number, said = rules.number_and_symbol(text)
    return number, said or symbol


def _day(text: str) -> date | None:
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


# --- from a document ------------------------------------------------------------------------------


@kept_in_vietnamese
def of_document(document: Document, reading: PlanReading, text: str) -> Proposal:
    """What was read from a document, each value with its place in the text."""
    return _FromDocument(document, reading, Places(text), text.split("\n")).proposal()


def bases_of(document: Document, places: Places) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    """The documents cited before the first heading, each in its own words with its place."""
    headings = [
        block.span.line
        for block in document.body
        if getattr(block, "role", None) is Role.HEADING and block.span
    ]
    until = min(headings, default=10**9)
    spans = [one.span for one in document.references if one.span and one.span.line < until]
    return tuple((places.text_of(span), places.of_span(span)) for span in spans)


class _FromDocument:
    def __init__(self, document: Document, reading: PlanReading, places: Places, lines: list[str]) -> None:
        self.document = document
        self.reading = reading
        self.places = places
        self.lines = lines

    def proposal(self) -> Proposal:
        document, reading = self.document, self.reading
        bases = bases_of(document, self.places)
        rows = tuple(
            Row(task.text, task.product, task.lead, task.cooperating, task.schedule_text, task.ordinal)
            for task in reading.tasks
        )
        base = PlanValues(
            reading.year,
            reading.title,
            document.number or "",
            document.symbol or "",
            reading.issued_on,
            tuple(text for text, _spans in bases),
            rows,
            reading.duties,
        )
        items = [*self._head(base), *(self._basis(at, *one) for at, one in enumerate(bases))]
        for at, row in enumerate(rows):
            items += self._row(at, row)
        return Proposal(base, (*items, *self._duties()))

    def _head(self, base: PlanValues) -> Iterable[Item]:
        document, places = self.document, self.places
        title = places.of_words(document.subject or "")
        year = str(base.year)
        year_at = tuple(
            Span(span.line, at + 1, span.line, at + 5, span.page)
            for span in title
            if (at := self.lines[span.line - 1].find(year)) >= 0
        )
        day = numeric_date(base.issued_on) if base.issued_on else ""
        return (
            _item(
                "title",
                base.title,
                title,
                () if document.subject else (_("Không thấy trích yếu trong văn bản."),),
            ),
            _item("year", year, year_at),
            _item(
                "code",
                base.code,
                places.of_number(document.number),
                () if base.number else (_("Văn bản chưa ghi số. Để trống nếu chưa ban hành."),),
            ),
            _item(
                "issued_on",
                day,
                places.of_date(document.date),
                () if day else (_("Văn bản chưa ghi đủ ngày ban hành. Để trống nếu chưa biết."),),
            ),
        )

    def _basis(self, at: int, text: str, spans: tuple[Span, ...]) -> Item:
        years = sorted({one.year for one in mentions(text) if one.kind is YearKind.YEAR})
        stale = [year for year in years if year < self.reading.year]
        doubts = tuple(
            _("Căn cứ là văn bản của năm %(year)d, kế hoạch là của năm %(plan)d.")
            % {"year": year, "plan": self.reading.year}
            for year in stale
        )
        return _item(f"bases.{at}", text, spans, doubts)

    def _row(self, at: int, row: Row) -> Iterable[Item]:
        task = self.document.tasks[at]
        for name in ROW_FIELDS:
            value = getattr(row, name)
            doubts: tuple[str, ...] = ()
            if name == "lead":
                doubts = self._doubts_about_lead(at, row)
            elif name != "schedule_text":
                doubts = self._old_years(value)
            spans = task.spans_of(_CELLS.get(name, name))
            if not value and task.span is not None:  # the row in which it is missing
                spans = self.places.of_span(task.span)
            yield _item(f"rows.{at}.{name}", value, spans, doubts)

    def _doubts_about_lead(self, at: int, row: Row) -> tuple[str, ...]:
        if not row.lead:
            return (_("Chưa thấy cơ quan chủ trì."),)
        spans = self.document.tasks[at].spans_of("lead")
        ruled = any("|" in self.lines[span.line - 1] for span in spans)
        if row.cooperating or ruled:
            return ()
        return (_("Dòng này chỉ có một cơ quan: kiểm tra là chủ trì hay phối hợp."),)

    def _old_years(self, text: str) -> tuple[str, ...]:
        """The year before is what a plan looks back on; an older one is very likely left from an older plan."""
        old = {one.year for one in mentions(text) if one.kind is YearKind.YEAR}
        return tuple(
            _("Có “năm %(year)d” trong kế hoạch năm %(plan)d.") % {"year": year, "plan": self.reading.year}
            for year in sorted(old)
            if year < self.reading.year - 1
        )

    def _duties(self) -> Iterable[Item]:
        at = 0
        for one in self.document.assignments:
            for duty in one.duties:
                text = clean(duty)
                yield _item(f"duties.{at}", text, self.places.of_words(duty, one.span), self._old_years(text))
                at += 1


def _item(
    path: str, value: str, spans: tuple[Span, ...] = (), doubts: tuple[str, ...] = (), suggestion: str = ""
) -> Item:
    return Item(path, value, value, spans, doubts, suggestion)


# --- from the plan of another year ----------------------------------------------------------------


@kept_in_vietnamese
def of_rollover(old: PlanValues, rolled: Rolled) -> tuple[str, Proposal]:
    """The plan of this year as lines of text, and the proposal that points into them."""
    lines: list[str] = []
    spans: dict[str, tuple[Span, ...]] = {}

    def write(path: str, text: str, before: str = "") -> None:
        lines.append(before + text)
        if text:
            number = len(lines)
            spans[path] = (Span(number, len(before) + 1, number, len(before) + len(text) + 1),)

    write("title", old.title)
    write("year", str(old.year), _("Năm: "))
    write("code", old.code, _("Số, ký hiệu: "))
    write("issued_on", numeric_date(old.issued_on) if old.issued_on else "", _("Ngày ban hành: "))
    for at, basis in enumerate(old.bases):
        write(f"bases.{at}", basis, _("Căn cứ: "))
    for at, row in enumerate(old.rows):
        lines.append("")
        lines.append(group_of(f"rows.{at}", old))
        for name in ROW_FIELDS:
            write(f"rows.{at}.{name}", getattr(row, name), f"{label_of(f'rows.{at}.{name}')}: ")
    for at, (unit, duty) in enumerate(old.duties):
        if at == 0 or old.duties[at - 1][0] != unit:
            lines += ["", unit]
        write(f"duties.{at}", duty, "- ")
    return "\n".join(lines), Proposal(rolled.values, tuple(_rolled_items(rolled, spans)))


def _rolled_items(rolled: Rolled, spans: Mapping[str, tuple[Span, ...]]) -> Iterable[Item]:
    values = rolled.values
    said: dict[str, str] = {
        "title": values.title,
        "year": str(values.year),
        "code": values.code,
        "issued_on": "",
        **{f"bases.{at}": basis for at, basis in enumerate(values.bases)},
        **{
            f"rows.{at}.{name}": getattr(row, name)
            for at, row in enumerate(values.rows)
            for name in ROW_FIELDS
        },
        **{f"duties.{at}": duty for at, (_unit, duty) in enumerate(values.duties)},
    }
    for path, value in said.items():
        notes = [note for note in rolled.notes if note.path.removesuffix(".unit") == path]
        doubts = tuple(rules.sentence(note.reason) for note in notes)
        suggestion = next((note.suggestion for note in notes if note.suggestion), "")
        yield _item(path, value, spans.get(path, ()), doubts, suggestion)


# --- as JSON --------------------------------------------------------------------------------------


def to_json(proposal: Proposal) -> dict[str, Any]:
    """The proposal as a draft keeps it."""
    base = proposal.base
    return {
        "base": {
            "year": base.year,
            "title": base.title,
            "number": base.number,
            "symbol": base.symbol,
            "issued_on": base.issued_on.isoformat() if base.issued_on else None,
            "bases": list(base.bases),
            "rows": [row_to_json(row) for row in base.rows],
            "duties": [list(duty) for duty in base.duties],
        },
        "items": [
            {
                "path": item.path,
                "value": item.value,
                "read": item.read,
                "spans": [
                    [span.line, span.column, span.end_line, span.end_column, span.page] for span in item.spans
                ],
                "doubts": list(item.doubts),
                "suggestion": item.suggestion,
                "seen": item.is_seen,
            }
            for item in proposal.items
        ],
    }


def from_json(data: Mapping[str, Any]) -> Proposal:
    """The proposal that `to_json` wrote."""
    base = data["base"]
    return Proposal(
        PlanValues(
            year=base["year"],
            title=base["title"],
            number=base["number"],
            symbol=base["symbol"],
            issued_on=date.fromisoformat(base["issued_on"]) if base["issued_on"] else None,
            bases=tuple(base["bases"]),
            rows=tuple(row_from_json(row) for row in base["rows"]),
            duties=tuple((unit, duty) for unit, duty in base["duties"]),
        ),
        tuple(
            Item(
                one["path"],
                one["value"],
                one["read"],
                tuple(Span(*span) for span in one["spans"]),
                tuple(one["doubts"]),
                one["suggestion"],
                one["seen"],
            )
            for one in data["items"]
        ),
    )
