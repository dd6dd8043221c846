"""What would become of each row of a table: a line of the ledger, or what has to be mended and in which cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.work import rules
from dinhlang.work.concepts import CONCEPTS, offered_for
from dinhlang.work.models import ActivityKind, Basis
from dinhlang.work.rows.cells import choice_in, day_in, kind_in, read_count
from dinhlang.work.rows.columns import (
    Columns,
    column_letters,
    find_columns,
    meant,
    told_columns,
)
from dinhlang.work.rows.words import BASES, REFORM
from dinhlang.work.rules import Count, Fate, ImportContext, Line, NotRecordable, Preview, RowFate, plain
from dinhlang.work.sheets import Sheet

_NO_UID = UUID(int=0)


@dataclass(slots=True)
class _Reading:
    """One row under way: which part was read from which column, so that a refusal can name its cell."""

    row: int
    columns: Columns
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


def judge(sheet: Sheet, context: ImportContext, told: Mapping[int, str] | None = None) -> Preview:
    """What would become of each row below the headings, which may be told by a person (column → meaning).

    Raises `HeadingsUnknown` when they are not there, and `Refused` for a table without rows.
    """
    columns = find_columns(sheet) if told is None else told_columns(sheet, told)
    fates = []
    for row, cells in enumerate(sheet.rows[columns.header_row :], columns.header_row + 1):
        if any(cell is not None for index, cell in enumerate(cells) if index in meant(columns)):
            fates.append(_judge_row(_Reading(row, columns, cells), context))
    if not fates:
        raise Refused(
            _("Tệp “%(name)s” không có dòng nào dưới dòng tiêu đề. Hãy điền hoạt động rồi nhập lại.")
            % {"name": sheet.name}
        )
    return Preview(sheet.name, tuple(fates), columns.unread)


def _judge_row(reading: _Reading, context: ImportContext) -> RowFate:
    try:
        line = _line(reading, context)
        links = tuple(rules.check_link(link) for link in reading.text("evidence").replace(";", " ").split())
        rules.check_line(line, on=context.on, life=context.life)
    except NotRecordable as reason:
        return RowFate(reading.row, Fate.REFUSED, str(reason), reading.address(reason.field))
    return RowFate(reading.row, Fate.NEW, line=line, links=links)


def _line(reading: _Reading, context: ImportContext) -> Line:
    day = day_in(reading.cell("happened_on"))
    kind = kind_in(reading.text("kind"))
    return Line(
        uid=_NO_UID,
        unit=context.unit,
        kind=kind,
        happened_on=day,
        title=reading.text("title"),
        measures=_measures(reading, kind),
        task=_task(reading.text("task"), day, context),
        reform_field=choice_in(reading.text("reform_field"), REFORM, _("lĩnh vực"), "reform_field"),
        basis=choice_in(reading.text("basis"), BASES, _("căn cứ đếm"), "basis") or Basis.EVENT,
        note=reading.text("note"),
    )


def _measures(reading: _Reading, kind: ActivityKind) -> dict[str, Count]:
    offered = {concept.id for concept in offered_for(kind)}
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
                _("“%(label)s” được ghi ở hai cột; chỉ để số ở một cột") % {"label": CONCEPTS[concept].label},
                concept,
            )
        # A zero under a heading that does not fit the row's kind is a filled-in blank, not a statement.
        if count.value or concept in offered:
            counts[concept] = count
    return counts


def _task(text: str, day: date, context: ImportContext) -> int | None:
    if not text:
        return None
    found = context.tasks.get(day.year, {}).get(plain(text))
    if found is None:
        raise NotRecordable(
            _("kế hoạch năm %(year)s không có nhiệm vụ “%(task)s”; ghi số thứ tự của nhiệm vụ hoặc để trống")
            % {"year": day.year, "task": text[:60]},
            "task",
        )
    return found
