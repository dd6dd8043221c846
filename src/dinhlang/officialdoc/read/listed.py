"""Tasks of a plan that stand in a list instead of a table.

'1. Xây dựng phóng sự' with '- Đơn vị chủ trì: …', '- Thời gian thực hiện: …' under it is a row whose columns are
called by their labels. The labels may also follow in the paragraph itself: '1. Xây dựng phóng sự. Chủ trì: …'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dinhlang.officialdoc.model import Place, Role, Span, Task
from dinhlang.officialdoc.read.blocks import Placed
from dinhlang.officialdoc.read.columns import FIELDS, Column, column_titled, is_of_both
from dinhlang.officialdoc.read.lines import Passage
from dinhlang.officialdoc.read.schedules import schedule_of
from dinhlang.officialdoc.read.shared_columns import lead_and_help

# 'Đơn vị chủ trì: A; phối hợp: B' says two things in one paragraph.
_PARTS = re.compile(r"[^;]+")
_LABEL = re.compile(r"\s*(?P<label>[^:;]{3,60}?)\s*:\s*(?P<value>\S.*?)[\s.;,]*$")
_INLINE = re.compile(r"(?:(?<=[.;,]\s)|(?<=\())(?P<label>[^.;:,()]{3,40}?)\s*:\s*")
_LABELLED = (Column.LEAD, Column.COOPERATING, Column.TIME, Column.PRODUCT)


def tasks_of(blocks: Sequence[Placed], year: int | None) -> tuple[Task, ...]:
    """The tasks whose fields stand as labelled lines under a numbered paragraph; none when nothing is labelled so."""
    found = []
    for index, block in enumerate(blocks):
        number = block.paragraph.number
        if number is None or not number[0].isalnum():
            continue
        fields = _fields(_under(blocks, index))
        task = block.words
        if not fields:
            task, fields = _inline(block.words)
        if len(fields) >= 2 and {Column.LEAD, Column.TIME} & fields.keys():
            found.append(_task(block, task, fields, year))
    return tuple(found)


def _inline(words: Passage) -> tuple[Passage, dict[Column, Passage]]:
    """The task and the fields of a paragraph that holds both."""
    labels = [
        (found, column)
        for found in _INLINE.finditer(words.text)
        if (column := column_titled(found["label"])) in _LABELLED
    ]
    fields: dict[Column, Passage] = {}
    ends = [found.start() for found, _ in labels[1:]]
    for (label, column), end in zip(labels, [*ends, len(words.text)], strict=False):
        value = words.text[label.end() : end].rstrip(" .;,)")
        if value and column is not None and column not in fields:
            fields[column] = words.cut(label.end(), label.end() + len(value))
    task = words.text[: labels[0][0].start()].rstrip(" .;,(") if labels else words.text
    return words.cut(0, len(task)), fields


def _under(blocks: Sequence[Placed], index: int) -> list[Placed]:
    """The unnumbered items and paragraphs that follow a numbered one."""
    found = []
    for block in blocks[index + 1 :]:
        number = block.paragraph.number
        if block.paragraph.role is Role.HEADING or (number is not None and number[0].isalnum()):
            break
        found.append(block)
    return found


def _fields(blocks: Sequence[Placed]) -> dict[Column, Passage]:
    found: dict[Column, Passage] = {}
    for block in blocks:
        for part in _PARTS.finditer(block.words.text):
            said = _LABEL.match(part[0])
            column = column_titled(said["label"]) if said else None
            if said and column is None and is_of_both(said["label"]):
                value = block.words.cut(part.start() + said.start("value"), part.start() + said.end("value"))
                lead, helping = lead_and_help(value)
                found.setdefault(Column.LEAD, lead)
                if helping is not None:
                    found.setdefault(Column.COOPERATING, helping)
            if said and column in _LABELLED and column not in found:
                start = part.start()
                found[column] = block.words.cut(start + said.start("value"), start + said.end("value"))
    return found


def _task(block: Placed, task: Passage, fields: dict[Column, Passage], year: int | None) -> Task:
    text = {column: words.text for column, words in fields.items()}
    first = block.paragraph.span
    last = max(
        (words.span for words in fields.values() if words.span),
        key=lambda span: (span.end_line, span.end_column),
    )
    return Task(
        task.text.rstrip(" .;:"),
        block.paragraph.number,
        text.get(Column.PRODUCT),
        text.get(Column.LEAD),
        text.get(Column.COOPERATING),
        schedule_of(text.get(Column.TIME), year),
        Span(first.line, first.column, last.end_line, last.end_column, first.page) if first else last,
        (
            Place(FIELDS[Column.TASK], task.lines()),
            *(Place(FIELDS[column], words.lines()) for column, words in fields.items()),
        ),
    )
