"""A document as JSON and back: the schema `dinhlang.document/1` with two keys more: `body`, the text itself, and
`co_signers`, who sign beside the one of `signature` (minutes have a secretary).

`from_json(to_json(document))` gives the document again. A document of the bare contract, without `body` and
without the blocks of its appendices, is taken as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeGuard, TypeVar

from dinhlang.officialdoc.model import (
    SCHEMA,
    Appendix,
    Assignment,
    Block,
    Box,
    Document,
    Figure,
    Issuer,
    Kind,
    Paragraph,
    PartialDate,
    Problem,
    Recipient,
    Reference,
    Role,
    Run,
    Section,
    Signature,
    SignatureMode,
    Source,
    Span,
    Statement,
    Table,
    Task,
    TaskSchedule,
)

Json = dict[str, Any]
T = TypeVar("T")
# No count of an office is larger, and JSON's Infinity is no count.
_LARGEST = 10**15


class BadDocument(ValueError):
    """The JSON is not a document. The message is Vietnamese, names the field, and may be shown."""


# --- Out ---------------------------------------------------------------------------------------------------------


def to_json(document: Document) -> Json:
    """The document as plain dicts and lists, in the order of the contract."""
    return {
        "schema": SCHEMA,
        "source": _plain(document.source, "name format pages damage ocr repaired"),
        "kind": document.kind.value,
        "issuer": _plain(document.issuer, "parent name unit_kind unit_name") if document.issuer else None,
        "number": document.number,
        "symbol": document.symbol,
        "place": document.place,
        "date": _date(document.date),
        "subject": document.subject,
        "period": document.period,
        "references": [_reference(one) for one in document.references],
        "sections": [_section(one) for one in document.sections],
        "figures": [
            {**_plain(one, "value unit subject qualifier concept quote"), "span": _span(one.span)}
            for one in document.figures
        ],
        "tasks": [_task(one) for one in document.tasks],
        "assignments": [
            {"unit": one.unit, "duties": list(one.duties), "span": _span(one.span)}
            for one in document.assignments
        ],
        "proposals": [_statement(one) for one in document.proposals],
        "directions": [_statement(one) for one in document.directions],
        "signature": _signature(document.signature),
        "co_signers": [_signature(one) for one in document.co_signers],
        "recipients": [_plain(one, "name purpose") for one in document.recipients],
        "appendices": [_appendix(one) for one in document.appendices],
        "problems": [_plain(one, "code message") for one in document.problems],
        "body": [_block(one) for one in document.body],
    }


def _plain(value: object, names: str) -> Json:
    return {name: getattr(value, name) for name in names.split()}


def _span(span: Span | None) -> Json | None:
    if span is None:
        return None
    plain = _plain(span, "page line column end_line end_column")
    return plain if span.box is None else {**plain, "box": list(span.box)}


def _date(date: PartialDate | None) -> Json | None:
    return _plain(date, "day month year") if date else None


def _reference(one: Reference) -> Json:
    return {
        "kind": one.kind.value,
        "number": one.number,
        "symbol": one.symbol,
        "date": _date(one.date),
        "issuer": one.issuer,
        "subject": one.subject,
        "span": _span(one.span),
    }


def _section(one: Section) -> Json:
    children = [_section(child) for child in one.children]
    return {**_plain(one, "number level title"), "span": _span(one.span), "children": children}


def _task(one: Task) -> Json:
    schedule = _plain(one.schedule, "text kind period rrule deadline") if one.schedule else None
    return {
        **_plain(one, "ordinal task product lead cooperating"),
        "schedule": schedule,
        "span": _span(one.span),
    }


def _statement(one: Statement) -> Json:
    return {"text": one.text, "number": one.number, "span": _span(one.span)}


def _signature(one: Signature | None) -> Json | None:
    if one is None:
        return None
    return {"mode": one.mode.value if one.mode else None, **_plain(one, "on_behalf_of role name")}


def _appendix(one: Appendix) -> Json:
    return {
        **_plain(one, "title label note landscape"),
        "span": _span(one.span),
        "blocks": [_block(block) for block in one.blocks],
    }


def _block(block: Block) -> Json:
    if isinstance(block, Table):
        return {
            "type": "table",
            "header": list(block.header),
            "rows": [list(row) for row in block.rows],
            "widths": list(block.widths),
            "span": _span(block.span),
        }
    return {
        "type": "paragraph",
        "role": block.role.value,
        "level": block.level,
        "number": block.number,
        "runs": [_plain(run, "text bold italic fact") for run in block.runs],
        "span": _span(block.span),
    }


# --- In ----------------------------------------------------------------------------------------------------------


def from_json(data: object) -> Document:
    """The document that `data` (parsed JSON) describes. Raises BadDocument."""
    if not isinstance(data, dict):
        raise BadDocument(
            "Tệp không phải một văn bản: cần một đối tượng JSON theo lược đồ dinhlang.document/1."
        )
    schema = data.get("schema", SCHEMA)
    if schema != SCHEMA:
        raise BadDocument(f"Lược đồ “{str(schema)[:60]}” không đọc được: cần “{SCHEMA}”.")
    top = _Object(data, "")
    return Document(
        kind=top.choice("kind", Kind) or Kind.OTHER,
        issuer=top.one("issuer", _read_issuer),
        number=top.text("number"),
        symbol=top.text("symbol"),
        place=top.text("place"),
        date=top.one("date", _read_date),
        subject=top.text("subject"),
        period=top.text("period"),
        body=top.many("body", _read_block),
        appendices=top.many("appendices", _read_appendix),
        references=top.many("references", _read_reference),
        figures=top.many("figures", _read_figure),
        tasks=top.many("tasks", _read_task),
        assignments=top.many("assignments", _read_assignment),
        proposals=top.many("proposals", _read_statement),
        directions=top.many("directions", _read_statement),
        signature=top.one("signature", _read_signature),
        co_signers=top.many("co_signers", _read_signature),
        recipients=top.many("recipients", lambda one: Recipient(one.needed("name"), one.text("purpose"))),
        source=top.one("source", _read_source) or Source(),
        problems=top.many("problems", lambda one: Problem(one.needed("code"), one.string("message"))),
    )


def _is_number(value: object) -> TypeGuard[int | float]:
    return not isinstance(value, bool) and isinstance(value, int | float) and abs(value) < _LARGEST


def sections_from(data: object) -> tuple[Section, ...]:
    """The tree of headings that parsed JSON states beside or instead of a text. Raises BadDocument."""
    return _Object(data, "").many("sections", _read_section)


class _Object:
    """A JSON object being read: gives typed values, and names the field when one is wrong."""

    def __init__(self, data: object, path: str) -> None:
        if not isinstance(data, dict):
            raise BadDocument(f"Trường “{path}” phải là một đối tượng.")
        self.data: Json = data
        self.path = path

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def text(self, name: str) -> str | None:
        """A text; nothing and an empty text are both unknown."""
        value = self.data.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise BadDocument(f"Trường “{self._at(name)}” phải là chữ hoặc null.")
        return value

    def string(self, name: str) -> str:
        """A text that may be empty."""
        return self.text(name) or ""

    def needed(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise BadDocument(f"Thiếu trường “{self._at(name)}”.")
        return value

    def number(self, name: str) -> int | float:
        value = self.data.get(name)
        if not _is_number(value):
            raise BadDocument(f"Trường “{self._at(name)}” phải là số.")
        return value

    def whole(self, name: str, least: int, most: int = 10**9) -> int | None:
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise BadDocument(
                f"Trường “{self._at(name)}” phải là số nguyên từ {least} đến {most}, hoặc null."
            )
        return value

    def flag(self, name: str) -> bool:
        value = self.data.get(name, False)
        if not isinstance(value, bool):
            raise BadDocument(f"Trường “{self._at(name)}” phải là true hoặc false.")
        return value

    def choice(self, name: str, kind: Callable[[str], T]) -> T | None:
        value = self.text(name)
        if value is None:
            return None
        try:
            return kind(value)
        except ValueError:
            raise BadDocument(f"Trường “{self._at(name)}” có giá trị lạ: “{str(value)[:60]}”.") from None

    def list(self, name: str) -> list[Any]:
        value = self.data.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise BadDocument(f"Trường “{self._at(name)}” phải là một danh sách.")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        values = self.list(name)
        if not all(isinstance(value, str) for value in values):
            raise BadDocument(f"Trường “{self._at(name)}” phải là một danh sách chữ.")
        return tuple(values)

    def one(self, name: str, read: Callable[[_Object], T]) -> T | None:
        value = self.data.get(name)
        return None if value is None else read(_Object(value, self._at(name)))

    def many(self, name: str, read: Callable[[_Object], T]) -> tuple[T, ...]:
        return tuple(
            read(_Object(value, f"{self._at(name)}[{at}]")) for at, value in enumerate(self.list(name))
        )

    def span(self) -> Span | None:
        """The span; an empty object, as the contract shows one, is none."""
        if not self.data.get("span"):
            return None
        return self.one("span", _read_span)


def _read_span(one: _Object) -> Span:
    line, column, end_line, end_column = (
        one.whole(name, 1) or 1 for name in ("line", "column", "end_line", "end_column")
    )
    return Span(line, column, end_line, end_column, one.whole("page", 1), _read_box(one))


def _read_box(one: _Object) -> Box | None:
    """Four numbers, or nothing."""
    sides = one.list("box")
    if not sides:
        return None
    if len(sides) != 4 or not all(_is_number(side) for side in sides):
        raise BadDocument(f"Trường “{one._at('box')}” phải là bốn số: trái, trên, phải, dưới.")
    left, top, right, bottom = (float(side) for side in sides)
    return left, top, right, bottom


def _read_section(one: _Object) -> Section:
    children = one.many("children", _read_section)
    return Section(
        one.text("number"), one.whole("level", 1, 9) or 1, one.string("title"), children, one.span()
    )


def _read_date(one: _Object) -> PartialDate:
    return PartialDate(one.whole("day", 1, 31), one.whole("month", 1, 12), one.whole("year", 1, 9999))


def _read_issuer(one: _Object) -> Issuer:
    return Issuer(one.text("name"), one.text("unit_kind"), one.text("unit_name"), one.text("parent"))


def _read_source(one: _Object) -> Source:
    damage = one.number("damage") if one.data.get("damage") is not None else 0.0
    return Source(
        one.text("name"),
        one.text("format"),
        one.whole("pages", 0),
        float(damage),
        one.flag("ocr"),
        one.flag("repaired"),
    )


def _read_reference(one: _Object) -> Reference:
    return Reference(
        one.choice("kind", Kind) or Kind.OTHER,
        one.text("number"),
        one.text("symbol"),
        one.one("date", _read_date),
        one.text("issuer"),
        one.text("subject"),
        one.span(),
    )


def _read_figure(one: _Object) -> Figure:
    return Figure(
        one.number("value"),
        one.text("unit"),
        one.text("subject"),
        one.string("quote"),
        one.text("qualifier"),
        one.text("concept"),
        one.span(),
    )


def _read_schedule(one: _Object) -> TaskSchedule:
    return TaskSchedule(
        one.string("text"),
        one.text("kind") or "unknown",
        one.text("period"),
        one.text("rrule"),
        one.text("deadline"),
    )


def _read_task(one: _Object) -> Task:
    return Task(
        one.needed("task"),
        one.text("ordinal"),
        one.text("product"),
        one.text("lead"),
        one.text("cooperating"),
        one.one("schedule", _read_schedule),
        one.span(),
    )


def _read_assignment(one: _Object) -> Assignment:
    return Assignment(one.needed("unit"), one.texts("duties"), one.span())


def _read_statement(one: _Object) -> Statement:
    return Statement(one.needed("text"), one.text("number"), one.span())


def _read_signature(one: _Object) -> Signature:
    return Signature(
        one.choice("mode", SignatureMode), one.text("on_behalf_of"), one.text("role"), one.text("name")
    )


def _read_appendix(one: _Object) -> Appendix:
    return Appendix(
        one.text("title"),
        one.text("label"),
        one.text("note"),
        one.many("blocks", _read_block),
        one.flag("landscape"),
        one.span(),
    )


def _read_run(one: _Object) -> Run:
    return Run(one.string("text"), one.flag("bold"), one.flag("italic"), one.text("fact"))


def _read_block(one: _Object) -> Block:
    if one.text("type") == "table":
        return _read_table(one)
    role = one.choice("role", Role) or Role.BODY
    return Paragraph(
        role, one.many("runs", _read_run), one.whole("level", 0, 9) or 0, one.text("number"), one.span()
    )


def _read_table(one: _Object) -> Table:
    header = one.texts("header")
    rows = tuple(_row(value, f"{one._at('rows')}[{at}]") for at, value in enumerate(one.list("rows")))
    widths = one.list("widths")
    if any(isinstance(width, bool) or not isinstance(width, int | float) for width in widths):
        raise BadDocument(f"Trường “{one._at('widths')}” phải là một danh sách số.")
    return Table(header, rows, tuple(widths), one.span())


def _row(value: object, path: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(cell, str) for cell in value):
        raise BadDocument(f"Trường “{path}” phải là một danh sách chữ.")
    return tuple(value)
