"""A plan as an official document, to be printed: the text it was read from with what is stored now, or a plain one.

The table of tasks, the head, the citations and the duties follow the stored plan; the rest of the text is the
document's own. Plain values, no database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dinhlang.officialdoc.model import (
    Appendix,
    Assignment,
    Block,
    Document,
    Issuer,
    Kind,
    Paragraph,
    PartialDate,
    Recipient,
    Role,
    Run,
    Signature,
    SignatureMode,
    Table,
    Task,
    TaskSchedule,
)
from dinhlang.periods import schedule
from dinhlang.vietnamese.text import lower_first
from dinhlang.work import rules
from dinhlang.work.plan_values import PlanValues, Row
from dinhlang.work.rollover import rolled_text

_WIDTHS = (0.05, 0.33, 0.17, 0.16, 0.15, 0.14)


def document_of(values: PlanValues, template: Document | None, issuer: Issuer, place: str) -> Document:
    """The plan as a document. `template` is what it was read from; without one the text is a plain frame."""
    base = template if template is not None and template.body else _frame(values, issuer)
    day = values.issued_on
    return replace(
        base,
        kind=Kind.PLAN,
        issuer=base.issuer or issuer,
        place=base.place or place,
        number=values.number or None,
        symbol=values.symbol or base.symbol,
        date=PartialDate(day.day, day.month, day.year) if day else PartialDate(year=values.year),
        subject=values.title,
        period=str(values.year),
        body=_with_bases(_with_duties(_without_tables(base.body), base.assignments, values), values.bases),
        appendices=(_appendix(values, base.appendices), *_others(base.appendices)),
        tasks=tuple(_task(row, values.year) for row in values.rows),
        assignments=_assignments(values.duties),
        references=(),
        figures=(),
    )


def table_of(rows: Sequence[Row]) -> Table:
    """The table of an appendix."""
    return Table(
        (
            "STT",
            "Nhiệm vụ",
            "Sản phẩm, kết quả",
            "Cơ quan chủ trì",
            "Cơ quan phối hợp",
            "Thời gian thực hiện",
        ),
        tuple(
            (
                row.ordinal or str(number),
                row.text,
                row.product,
                row.lead,
                row.cooperating,
                row.schedule_text,
            )
            for number, row in enumerate(rows, 1)
        ),
        _WIDTHS,
    )


def rolled(document: Document | None, old: int, new: int) -> tuple[dict[str, Any] | None, list[str]]:
    """The text of a plan of the year `old` for one of `new` as JSON, and what in it could not be moved, as sentences.

    Citations, tasks and duties are not told here: they stand in the proposal, each for itself.
    """
    from dinhlang.officialdoc import codec

    if document is None:
        return None, []
    notes: list[str] = []
    duties = {duty for one in document.assignments for duty in one.duties}

    def moved(text: str, *, told: bool) -> str:
        text, found = rolled_text(text, old, new)
        if told:
            notes.extend(
                f"Phần lời văn: “{_short(text, note.quote)}” – {rules.sentence(note.reason)}"
                for note in found
                if note.is_left
            )
        return text

    body = tuple(
        _moved_block(block, lambda text: moved(text, told=not any(duty in text for duty in duties)))
        for block in document.body
        if not isinstance(block, Table)
    )
    changed = replace(
        document,
        number=None,
        date=None,
        period=str(new),
        body=body,
        appendices=tuple(
            replace(one, title=one.title and moved(one.title, told=True), note=None)
            for one in document.appendices
        ),
        assignments=tuple(
            Assignment(moved(one.unit, told=False), tuple(moved(duty, told=False) for duty in one.duties))
            for one in document.assignments
        ),
        references=(),
        figures=(),
        tasks=(),
    )
    return codec.to_json(changed), notes


def _moved_block(block: Block, moved: Any) -> Block:
    if isinstance(block, Table) or block.role is Role.BASIS:
        return block
    return replace(block, runs=(Run(moved(block.text)),))


def _short(text: str, quote: str, reach: int = 60) -> str:
    """The words around a quote."""
    at = max(text.find(quote), 0)
    start, end = max(at - reach, 0), at + len(quote) + reach // 2
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


# --- parts ----------------------------------------------------------------------------------------


def _task(row: Row, year: int) -> Task:
    read = schedule.to_json(schedule.parse(row.schedule_text, year))
    said = TaskSchedule(row.schedule_text, str(read["kind"]), read["period"], read["rrule"], read["deadline"])
    return Task(
        row.text,
        row.ordinal or None,
        row.product or None,
        row.lead or None,
        row.cooperating or None,
        said if row.schedule_text else None,
    )


def _assignments(duties: Sequence[tuple[str, str]]) -> tuple[Assignment, ...]:
    by_unit: dict[str, list[str]] = {}
    for unit, duty in duties:
        by_unit.setdefault(unit, []).append(duty)
    return tuple(Assignment(unit, tuple(said)) for unit, said in by_unit.items())


def _appendix(values: PlanValues, appendices: Sequence[Appendix]) -> Appendix:
    """The appendix of tasks: its own words where the document has one, its note for the number as it is now."""
    own = next((one for one in appendices if _has_table(one)), None)
    title = own.title if own and own.title else f"Danh mục nhiệm vụ {values.title}".upper()
    note = f"(Kèm theo Kế hoạch số {values.code or '…/KH-UBND'})"
    label = own.label if own and own.label else "PHỤ LỤC"
    return Appendix(title, label, note, (table_of(values.rows),), landscape=True)


def _others(appendices: Sequence[Appendix]) -> tuple[Appendix, ...]:
    own = next((one for one in appendices if _has_table(one)), None)
    return tuple(one for one in appendices if one is not own)


def _has_table(appendix: Appendix) -> bool:
    return any(isinstance(block, Table) for block in appendix.blocks)


def _without_tables(body: Sequence[Block]) -> tuple[Paragraph, ...]:
    """The tasks stand in the appendix, also where the document had them in its text."""
    return tuple(block for block in body if isinstance(block, Paragraph))


def _with_bases(body: Sequence[Paragraph], bases: Sequence[str]) -> tuple[Block, ...]:
    """A paragraph for each citation, in the place of those that were there (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    if not bases:
        return tuple(body)
    at = next((index for index, block in enumerate(body) if block.role is Role.BASIS), 0)
    rest = [block for block in body if block.role is not Role.BASIS]
    last = len(bases) - 1
    cited = [
        Paragraph(Role.BASIS, (Run(f"Căn cứ {basis.rstrip(' ;.')}{'.' if index == last else ';'}"),))
        for index, basis in enumerate(bases)
    ]
    return (*rest[:at], *cited, *rest[at:])


def _with_duties(
    body: Sequence[Paragraph], read: Sequence[Assignment], values: PlanValues
) -> tuple[Paragraph, ...]:
    """The paragraphs with each duty as it is stored, where one was corrected."""
    were = [duty for one in read for duty in one.duties]
    are = [duty for _unit, duty in values.duties]
    changed = [(old, new) for old, new in zip(were, are, strict=False) if old != new and old]
    if not changed or len(were) != len(are):
        return tuple(body)
    return tuple(_replaced(block, changed) for block in body)


def _replaced(block: Paragraph, changed: Sequence[tuple[str, str]]) -> Paragraph:
    text = block.text
    for old, new in changed:
        text = text.replace(old, new)
    return block if text == block.text else replace(block, runs=(Run(text),))


# --- a plan that was written here -----------------------------------------------------------------


def _frame(values: PlanValues, issuer: Issuer) -> Document:
    name = rules.sentence((issuer.name or "Ủy ban nhân dân").capitalize())[:-1]
    subject = lower_first(values.title)
    return Document(
        kind=Kind.PLAN,
        issuer=issuer,
        symbol="KH-UBND",
        body=(
            _paragraph(Role.BODY, f"{name} ban hành Kế hoạch {subject} như sau:"),
            _paragraph(Role.HEADING, "NHIỆM VỤ", 1, "I"),
            _paragraph(
                Role.BODY,
                "Các nhiệm vụ, sản phẩm, cơ quan chủ trì, cơ quan phối hợp và thời gian thực hiện nêu tại "
                "Phụ lục kèm theo Kế hoạch này.",
            ),
            _paragraph(Role.HEADING, "TỔ CHỨC THỰC HIỆN", 1, "II"),
            *_organisation(values),
            _paragraph(Role.BODY, f"Trên đây là Kế hoạch {subject}./."),
        ),
        signature=Signature(SignatureMode.FOR_BODY, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        recipients=(Recipient("Như mục II"), Recipient("Lưu: VT")),
        assignments=_assignments(values.duties),
    )


def _organisation(values: PlanValues) -> list[Paragraph]:
    """The duties by unit; without any, what every lead has to do."""
    found: list[Paragraph] = []
    for number, one in enumerate(_assignments(values.duties), 1):
        found.append(_paragraph(Role.HEADING, one.unit, 2, str(number)))
        found += [_paragraph(Role.ITEM, f"{duty}.", 1, "-") for duty in one.duties]
    return found or [
        _paragraph(
            Role.BODY,
            "Cơ quan, đơn vị được giao chủ trì tại Phụ lục tổ chức thực hiện và báo cáo kết quả đúng thời gian.",
        )
    ]


def _paragraph(role: Role, text: str, level: int = 0, number: str | None = None) -> Paragraph:
    return Paragraph(role, (Run(text),), level, number)
