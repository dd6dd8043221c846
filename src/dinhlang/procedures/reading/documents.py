"""Word, PDF and web documents: a decision with its annex of lists, or the sheet of one procedure (`ChiTietTTHC_….doc`).

`officialdoc.read` gives text and tables, whatever the format; here they become records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from dinhlang.officialdoc import read as officialdoc
from dinhlang.officialdoc.model import Document, Paragraph, Table
from dinhlang.org.rules import Refused
from dinhlang.procedures import rules
from dinhlang.procedures.reading import columns, sheets
from dinhlang.procedures.reading.record import Reading, Record, event_of, levels_of, record_of
from dinhlang.procedures.rules import DecisionGiven, EventKind
from dinhlang.vietnamese import dates
from dinhlang.vietnamese.text import fold

# A cell of a PDF may be broken within a day: '15/5/ 2026'.
_DAY = r"(?:ngày )?(\d{1,2} ?[/.\-] ?\d{1,2} ?[/.\-] ?\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})"
_EFFECTIVE = re.compile(rf"hiệu lực[^.;\d]{{0,60}}?từ (?:{_DAY}|ngày ký)", re.IGNORECASE)
_OF_A_ROW = re.compile(rf"(?:hiệu lực|áp dụng|thực hiện)[^.;\d]{{0,40}}?từ {_DAY}", re.IGNORECASE)
_FIELD = re.compile(r"lĩnh vực\s*:?\s*(?P<field>[^\n]{2,150})", re.IGNORECASE)
_ORDINAL = re.compile(r"^\s*(?:[IVXLC]+|[A-ZĐ]|\d{1,3})(?:\.\d{1,3})*\s*[.)/\-]?\s+")


def read_document(data: bytes, name: str) -> Reading:
    """What a document says of procedures. Raises `Refused` when it cannot be read or says nothing of them."""
    document, text = officialdoc.read_with_text(data, name)
    if not text.strip():
        told = " ".join(str(problem.message) for problem in document.problems[:1])
        raise Refused(_("Không đọc được tệp “%(name)s”. %(why)s") % {"name": name, "why": told})
    records, left_out = sheets.records_in(text)
    if records:
        return Reading(tuple(records), left_out=tuple(left_out))
    return _of_decision(document, text, name)


# --- a decision -------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Under:
    """What the headings above a row say of it."""

    kind: EventKind | None = None
    field: str = ""
    levels: str = ""
    whole_field: str = ""
    whole_levels: str = ""
    head: dict[int, str] | None = None


def _of_decision(document: Document, text: str, name: str) -> Reading:
    records: list[Record] = []
    left_out: list[str] = []
    whole = _field_in(document.subject or "")
    # A subject that names several fields says nothing of a single row.
    whole = "" if "," in whole else whole
    levels = _levels_said(document.subject or "")
    under = _Under(levels=levels, field=whole, whole_field=whole, whole_levels=levels)
    for block in _blocks(document):
        if isinstance(block, str):
            _heed(block, under)
            continue
        for cells in _rows(block):
            _take_row(cells, under, records, left_out)
    if not records:
        raise Refused(
            _(
                "Tệp “%(name)s” không có bảng thủ tục nào có cột mã và tên. "
                "Hãy chọn quyết định có phụ lục danh mục, hoặc tờ chi tiết của một thủ tục."
            )
            % {"name": name}
        )
    return Reading(
        tuple(records),
        decision=_decision(document),
        effective_on=_effective(text, _signed(document)),
        left_out=tuple(left_out),
    )


def _blocks(document: Document) -> Iterator[str | Table]:
    """Titles, headings and tables in their order."""
    for appendix in (None, *document.appendices):
        if appendix is not None:
            yield " ".join(one for one in (appendix.title, appendix.note) if one)
        for block in document.body if appendix is None else appendix.blocks:
            if isinstance(block, Table):
                yield block
            elif isinstance(block, Paragraph):
                yield f"{block.number or ''} {''.join(run.text for run in block.runs)}".strip()


def _rows(table: Table) -> Iterator[list[str]]:
    for row in (table.header, *table.rows):
        yield [cell.strip() for cell in row]


def _heed(said: str, under: _Under) -> None:
    """Let a heading say what is done below it, in which field and by whom."""
    if len(said) > 400:
        return
    folded = fold(said)
    if "thu tuc" in folded or "tthc" in folded or "danh muc" in folded:
        # A title that names several ('mới ban hành, bị bãi bỏ') says nothing of a single table.
        kinds = {kind for part in re.split(r"[,;]", said) if (kind := event_of(part)) is not None}
        if len(kinds) == 1 or (kinds == {EventKind.AMEND} and "bo sung" in folded):
            under.kind, under.field, under.levels = kinds.pop(), under.whole_field, under.whole_levels
    if (levels := _levels_said(said)) and len(said) <= 250:
        under.levels = levels
    if (field := _field_in(said)) and len(said) <= 250:
        under.field = field


def _levels_said(said: str) -> str:
    """'cấp xã' when a title names the level at which its procedures are carried out."""
    return ", ".join(dict.fromkeys(re.findall(r"cấp (?:xã|tỉnh|bộ)", said.lower())))


def _field_in(said: str) -> str:
    found = _FIELD.search(said)
    if found is None:
        return ""
    field = re.split(r"\s+thuộc\s|\s*\(|\s*[:;]|\s+tại\s|\s+trên\s", found["field"])[0].strip(" .–-")
    return field[:1].upper() + (field[1:].lower() if field.isupper() else field[1:])


def _take_row(cells: list[str], under: _Under, records: list[Record], left_out: list[str]) -> None:
    filled = [cell for cell in cells if cell]
    if not filled:
        return
    if head := columns.headings(cells):
        under.head = head
        return
    if len(set(filled)) == 1 or (
        len(filled) == 2 and len(filled[0]) <= 6 and under.head and "code" not in _named(cells, under.head)
    ):
        _heed(" ".join(dict.fromkeys(filled)), under)
        if _is_field(filled[-1]):
            under.field = _as_field(filled[-1])
        return
    if under.head is None or all(cell.strip("().").isdigit() for cell in filled):
        return
    parts = _named(cells, under.head)
    parts["code"] = _code(parts)
    where = _("dòng “%(row)s”") % {"row": " · ".join(filled)[:60]}
    try:
        record = record_of(parts, where)
    except rules.BadCode as reason:
        left_out.append(f"{' · '.join(filled)[:500]} ({reason})")
        return
    records.append(_placed(record, under, cells))


def _named(cells: list[str], head: dict[int, str]) -> dict[str, str]:
    return {part: cells[column] for column, part in head.items() if column < len(cells) and cells[column]}


def _code(parts: dict[str, str]) -> str:
    """The code of a row: of its own cell, else one that stands in the cell of the name."""
    found = rules.codes_in(parts.get("code", "")) or rules.codes_in(parts.get("name", ""))
    return found[0] if found else parts.get("code", "")


def _is_field(said: str) -> bool:
    """Whether a row that is one heading names a field: not what is done, not a level, not a list."""
    folded = fold(said)
    return not (
        _field_in(said)
        or event_of(said)
        or _levels_said(said)
        or said.strip("().").isdigit()
        or "thu tuc" in folded
        or "danh muc" in folded
    )


def _as_field(said: str) -> str:
    """A heading row that is nothing but a field: 'I. HỘ TỊCH'."""
    field = _ORDINAL.sub("", said).strip(" .:")
    return (field[:1] + field[1:].lower() if field.isupper() else field)[:150]


def _placed(record: Record, under: _Under, cells: list[str]) -> Record:
    """The record with what its headings say and its own day of effect."""
    sheet = record.sheet
    name = re.sub(r"\s*\(?\d\s?\.\s?\d{6}[^)]*\)?\s*$", "", sheet.name).strip() or sheet.name
    sheet = replace(
        sheet,
        name=name,
        field=sheet.field or under.field,
        levels=sheet.levels or levels_of(under.levels),
    )
    own = [day for cell in cells for day in _days(cell)]
    return replace(
        record,
        sheet=sheet,
        kind=record.kind or under.kind,
        effective_on=record.effective_on or (own[0] if own else None),
    )


def _days(cell: str) -> Iterable[date]:
    for found in _OF_A_ROW.finditer(cell):
        if day := dates.parse(_as_written(found[1])):
            yield day


def _as_written(text: str) -> str:
    return text if "tháng" in text else re.sub(r"[.\-]", "/", text.replace(" ", ""))


def _decision(document: Document) -> DecisionGiven | None:
    if not document.number and not document.symbol:
        return None
    issuer = document.issuer.name if document.issuer and document.issuer.name else ""
    number = "/".join(one for one in (document.number, document.symbol) if one)
    return DecisionGiven(number, _signed(document), issuer, document.subject or "")


def _signed(document: Document) -> date | None:
    said = document.date
    if said is None or said.day is None or said.month is None or said.year is None:
        return None
    try:
        return date(said.year, said.month, said.day)
    except ValueError:
        return None


def _effective(text: str, signed: date | None) -> date | None:
    """From which day the decision says it counts; `None` when it does not say."""
    body = " ".join(text.split())
    for found in _EFFECTIVE.finditer(body):
        before = fold(body[max(0, found.start() - 120) : found.start()])
        if "quyet dinh nay" in before:
            return dates.parse(_as_written(found[1])) if found[1] else signed
    return None
