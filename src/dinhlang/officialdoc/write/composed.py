"""A text for a document that came as facts alone: the bare contract has headings, references, figures and tasks, and
no paragraphs.

Nothing is invented: each fact stands under the heading it belongs to, in the words it has; what has no heading yet
gets the one such documents have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from dinhlang.officialdoc.model import (
    Appendix,
    Block,
    Document,
    Kind,
    Paragraph,
    Reference,
    Role,
    Run,
    Section,
    Table,
    Task,
)
from dinhlang.officialdoc.write import printed

_KINDS = {kind: title.lower() for kind, title in printed.TITLES.items() if title} | {
    Kind.LETTER: "công văn",
    Kind.OTHER: "văn bản",
}
_RESULTS = re.compile(r"kết quả|tình hình|công tác", re.IGNORECASE)
_PROPOSALS = re.compile(r"kiến nghị|đề xuất|đề nghị", re.IGNORECASE)
_DIRECTIONS = re.compile(r"phương hướng|nhiệm vụ|giải pháp", re.IGNORECASE)
_ASSIGNMENTS = re.compile(r"tổ chức thực hiện|phân công|trách nhiệm", re.IGNORECASE)
_COLUMNS = (
    ("ordinal", "STT"),
    ("task", "Nhiệm vụ"),
    ("product", "Sản phẩm"),
    ("lead", "Cơ quan chủ trì"),
    ("cooperating", "Cơ quan phối hợp"),
)


def is_bare(document: Document) -> bool:
    """Whether a document has no text of its own."""
    return not document.body and not any(appendix.blocks for appendix in document.appendices)


def composed(document: Document, sections: Sequence[Section] = ()) -> Document:
    """`document` with a text made of its facts and of the headings in `sections`, if it has none; else as it is."""
    if not is_bare(document):
        return document
    body = [*_bases(document), *_under_headings(document, sections)]
    return replace(document, body=tuple(body), appendices=_appendices(document))


def _bases(document: Document) -> Iterator[Block]:
    """What the document cites, one a line, as its legal bases."""
    if document.kind in (Kind.LETTER, Kind.MINUTES):
        return
    for number, reference in enumerate(document.references, 1):
        end = "." if number == len(document.references) else ";"
        yield Paragraph(Role.BASIS, (Run(f"Căn cứ {_cited(reference)}{end}"),))


def _cited(reference: Reference) -> str:
    kind = _KINDS[reference.kind]
    parts = [kind[0].upper() + kind[1:]]
    code = "/".join(part for part in (reference.number, reference.symbol) if part)
    if code:
        parts.append(f"số {code}")
    date = reference.date
    if date and date.day and date.month and date.year:
        parts.append(f"ngày {date.day:02d} tháng {printed.month(date.month)} năm {date.year}")
    if reference.issuer:
        parts.append(f"của {reference.issuer}")
    if reference.subject:
        parts.append(reference.subject if reference.subject[:1].islower() else f"về {reference.subject}")
    return " ".join(parts)


def _under_headings(document: Document, sections: Sequence[Section]) -> Iterator[Block]:
    scheduled = {task.schedule.text for task in document.tasks if task.schedule}
    quotes = dict.fromkeys(one.quote for one in document.figures if one.quote and one.quote not in scheduled)
    waiting = [
        (_RESULTS, "KẾT QUẢ THỰC HIỆN", [_item(quote) for quote in quotes]),
        (_PROPOSALS, "KIẾN NGHỊ, ĐỀ XUẤT", [_item(one.text) for one in document.proposals]),
        (_DIRECTIONS, "PHƯƠNG HƯỚNG, NHIỆM VỤ", [_item(one.text) for one in document.directions]),
        (_ASSIGNMENTS, "TỔ CHỨC THỰC HIỆN", _assigned(document)),
    ]
    for section in sections:
        yield _heading(section.number, section.title, section.level)
        for part in list(waiting):
            if part[2] and part[0].search(section.title):
                waiting.remove(part)
                yield from part[2]
        yield from _children(section)
    numbers = count(sum(section.level == 1 for section in sections) + 1)
    for _, title, blocks in waiting:
        if blocks:
            yield _heading(printed.roman(next(numbers)), title, 1)
            yield from blocks


def _children(section: Section) -> Iterator[Block]:
    for child in section.children:
        yield _heading(child.number, child.title, child.level)
        yield from _children(child)


def _heading(number: str | None, title: str, level: int) -> Paragraph:
    return Paragraph(Role.HEADING, (Run(title),), level, number)


def _item(text: str) -> Block:
    text = text[:1].upper() + text[1:]
    return Paragraph(Role.ITEM, (Run(text if text.endswith((".", ";")) else f"{text}."),), 1, "-")


def _assigned(document: Document) -> list[Block]:
    found: list[Block] = []
    for number, one in enumerate(document.assignments, 1):
        found.append(_heading(str(number), one.unit, 2))
        found += [_item(duty) for duty in one.duties]
    return found


def _appendices(document: Document) -> tuple[Appendix, ...]:
    """The tasks as a table, in the first appendix."""
    if not document.tasks:
        return document.appendices
    table = _table(document.tasks)
    if not document.appendices:
        return (Appendix("NHIỆM VỤ CỤ THỂ", "Phụ lục", None, (table,), landscape=True),)
    first = replace(document.appendices[0], blocks=(table,), landscape=True)
    return (first, *document.appendices[1:])


def _table(tasks: Sequence[Task]) -> Table:
    columns = [
        (title, [getattr(task, name) or "" for task in tasks])
        for name, title in _COLUMNS
        if any(getattr(task, name) for task in tasks)
    ]
    if any(task.schedule for task in tasks):
        columns.append(
            ("Thời gian thực hiện", [task.schedule.text if task.schedule else "" for task in tasks])
        )
    return Table(
        tuple(title for title, _ in columns),
        tuple(zip(*(cells for _, cells in columns), strict=True)),
    )
