"""Tasks of a plan that stand in a list instead of a table.

'1. Xây dựng phóng sự' with '- Đơn vị chủ trì: …', '- Thời gian thực hiện: …' under it is a row whose columns are
called by their labels. The labels may also follow in the paragraph itself: '1. Xây dựng phóng sự. Chủ trì: …', and
the task have a label of its own: 'Nhiệm vụ 2: …', 'Nhiệm vụ: …'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dinhlang.officialdoc.model import Place, Role, Span, Task
from dinhlang.officialdoc.read.blocks import Placed
from dinhlang.officialdoc.read.columns import FIELDS, Column, column_titled, is_of_both
from dinhlang.officialdoc.read.lines import EMPTY, Passage
from dinhlang.officialdoc.read.schedules import is_time, schedule_of
from dinhlang.officialdoc.read.shared_columns import lead_and_help, leads_in_task

# 'Đơn vị chủ trì: A; phối hợp: B' says two things in one paragraph.
_PARTS = re.compile(r"[^;]+")
_LABEL = re.compile(r"\s*(?P<label>[^:;]{3,60}?)\s*:\s*(?P<value>\S.*?)[\s.;,]*$")
_INLINE = re.compile(r"(?:(?<=[.;,]\s)|(?<=\())(?P<label>[^.;:,()]{3,40}?)\s*:\s*")
_TASK_LABEL = re.compile(
    r"(?:(?:nhiem vu|cong viec|viec|noi dung|hoat dong)(?: (?:so|thu))? (?P<number>\d{1,2})|nhiem vu|cong viec)\s*:\s*(?=\S)"
)
_LABELLED = (Column.LEAD, Column.COOPERATING, Column.TIME, Column.PRODUCT)


def tasks_of(blocks: Sequence[Placed], year: int | None) -> tuple[Task, ...]:
    """The tasks whose fields stand as labelled lines under a numbered paragraph; none when nothing is labelled so."""
    found = []
    period: Placed | None = None
    for index, block in enumerate(blocks):
        if block.paragraph.role is Role.HEADING:
            period = _period(block, period)
        if _field_said(block) is not None:
            continue
        number, task = _number_and_task(block)
        is_counted = number is not None or task is not block.words
        fields = _fields(_under(blocks, index)) if is_counted else {}
        if not fields:
            task, fields = _inline(task)
        if not fields:
            fields = leads_in_task(task)
            task = fields.pop(Column.TASK, task)
            if period is not None and fields:
                fields[Column.TIME] = period.words
        if len(fields) >= 2 and task.text and {Column.LEAD, Column.TIME} & fields.keys():
            found.append(_task(block, number, task, fields, year))
    return tuple(found)


def _period(heading: Placed, before: Placed | None) -> Placed | None:
    """The heading that says when what stands under it is due, 'II. QUÝ II'; headings below it leave it so."""
    if is_time(heading.words.text):
        return heading
    return before if before is not None and heading.paragraph.level > before.paragraph.level else None


def _number_and_task(block: Placed) -> tuple[str | None, Passage]:
    """The number of a paragraph and what it says after its own label, 'Nhiệm vụ 2:'; the same words without one."""
    number = block.paragraph.number
    if number is not None and not number[0].isalnum():
        number = None
    labelled = _TASK_LABEL.match(block.words.folded)
    if labelled is None:
        return number, block.words
    return number or labelled["number"], block.words.cut(labelled.end())


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
    if (first := _LABEL.match(task)) and column_titled(first["label"]) in _LABELLED:
        # '- Chủ trì: A; phối hợp: B' says nothing of what is to be done.
        return EMPTY, {}
    return words.cut(0, len(task)), fields


def _under(blocks: Sequence[Placed], index: int) -> list[Placed]:
    """The unnumbered items and paragraphs that follow a numbered one."""
    found = []
    for block in blocks[index + 1 :]:
        number = block.paragraph.number
        if (
            block.paragraph.role is Role.HEADING
            or (number is not None and number[0].isalnum() and _field_said(block) not in _LABELLED)
            or _TASK_LABEL.match(block.words.folded)
        ):
            break
        found.append(block)
    return found


def _field_said(block: Placed) -> Column | None:
    """Which field of the task above a lettered paragraph says: 'b) Chủ trì: Phòng Kinh tế'; `None` for any other."""
    number = block.paragraph.number or ""
    said = _LABEL.match(block.words.text) if len(number) == 1 and number.isalpha() else None
    return column_titled(said["label"]) if said else None


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


def _task(
    block: Placed, number: str | None, task: Passage, fields: dict[Column, Passage], year: int | None
) -> Task:
    text = {column: words.text for column, words in fields.items()}
    first = block.paragraph.span
    last = max(
        (words.span for words in fields.values() if words.span),
        key=lambda span: (span.end_line, span.end_column),
    )
    return Task(
        task.text.rstrip(" .;:"),
        number,
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
