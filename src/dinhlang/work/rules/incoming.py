"""What becomes of the rows of a file, in plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from dinhlang.vietnamese import numbers
from dinhlang.work.rules.lines import Life, Line


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
        before = sum(1 for row in self.rows if row.row < first.row)
        told = _(
            "Tệp “%(name)s”, dòng %(row)s: %(message)s. Sửa %(where)s rồi nhập lại tệp; %(unsaved)s."
        ) % {
            "name": self.name,
            "row": first.row,
            "message": first.message,
            "where": _("ô %(cell)s") % {"cell": first.cell}
            if first.cell
            else _("dòng %(row)s") % {"row": first.row},
            "unsaved": _("%(count)s dòng trước chưa được lưu") % {"count": numbers.printed(before)}
            if before
            else _("chưa dòng nào được lưu"),
        }
        if len(refused) == 1:
            return told
        return told + _(" Còn %(count)s dòng khác cần sửa.") % {"count": numbers.printed(len(refused) - 1)}


@dataclass(frozen=True, slots=True)
class ImportContext:
    """What rows are judged against: the unit and its life, the day, and the tasks by year and folded name or number."""

    unit: str = ""
    life: Life = field(default=Life(""))
    on: date = date.max
    tasks: Mapping[int, Mapping[str, int]] = field(default_factory=dict)


def preview_rows(
    data: bytes, name: str, context: ImportContext | None = None, told: Mapping[int, str] | None = None
) -> Preview:
    """What would become of each row of an .xlsx or .csv file, judged by itself. `told` names its columns.

    Raises `Refused` when the file as a whole cannot be read: not a table, too large, without the needed headings.
    """
    # Spreadsheet readers are loaded only when a file comes in.
    from dinhlang.work.rows import judge
    from dinhlang.work.sheets import read_sheet

    return judge(read_sheet(data, name), context or ImportContext(), told)
