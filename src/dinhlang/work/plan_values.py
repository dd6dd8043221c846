"""A plan as people write it: what a proposal, the sheet of a plan and the plan of next year all hold.

Plain values without a database. `plan_reading` says what becomes of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.work.models import ActivityKind
from dinhlang.work.rules import clean

EARLIEST_YEAR, LATEST_YEAR = 2000, 2098
# The longest appendix seen has 64 rows.
MOST_ROWS = 400
LONGEST_CELL = 4000
ORDINAL_LENGTH = 10
WATCH_CHOICES = (1, 2, 3, 6, 12)
TEXT_FIELDS = ("ordinal", "text", "product", "lead", "cooperating", "schedule_text")


class NotWritable(Refused):
    """A plan cannot be kept as it is written. `row` counts from 1 and is `None` for the plan as a whole."""

    def __init__(self, message: str, row: int | None = None, field: str = "") -> None:
        super().__init__(message)
        self.row = row
        self.field = field


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the plan's appendix. `task` is the task it is already stored as.

    `watch_months` None is the usual rhythm; `expected_kinds` None lets the words of the row decide.
    """

    text: str
    product: str = ""
    lead: str = ""
    cooperating: str = ""
    schedule_text: str = ""
    ordinal: str = ""
    watch_months: int | None = None
    expected_kinds: tuple[str, ...] | None = None
    task: int | None = None

    @property
    def is_blank(self) -> bool:
        return not any(getattr(self, name).strip() for name in TEXT_FIELDS if name != "ordinal")


@dataclass(frozen=True, slots=True)
class PlanValues:
    """A whole plan. `duties` are pairs of unit and duty; `bases` the documents it rests on, each in its words."""

    year: int
    title: str
    number: str = ""
    symbol: str = ""
    issued_on: date | None = None
    bases: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    duties: tuple[tuple[str, str], ...] = ()

    @property
    def code(self) -> str:
        """'04/KH-UBND' as printed; '…/KH-UBND' without a number, '' without both."""
        return f"{self.number or '…'}/{self.symbol}" if self.symbol else self.number


def cleaned(row: Row) -> Row:
    """The row without invisible letters, its white space folded, its kinds in the order of their list."""
    kinds = row.expected_kinds
    if kinds is not None:
        kinds = tuple(kind for kind in ActivityKind.values if kind in kinds)
    return Row(
        **{name: clean(getattr(row, name)) for name in TEXT_FIELDS},
        watch_months=row.watch_months,
        expected_kinds=kinds,
        task=row.task,
    )


def check_rows(rows: tuple[Row, ...]) -> None:
    """Raise `NotWritable` for rows that no plan can have, telling the row."""
    if len(rows) > MOST_ROWS:
        raise NotWritable(
            _("Kế hoạch có %(count)d dòng, tối đa %(most)d dòng. Hãy tách thành nhiều kế hoạch.")
            % {"count": len(rows), "most": MOST_ROWS}
        )
    stored = [row.task for row in rows if row.task is not None]
    if len(stored) != len(set(stored)):
        raise NotWritable(_("Một nhiệm vụ đứng ở hai dòng. Hãy tải lại trang rồi sửa lại."))
    for number, row in enumerate(rows, 1):
        _check_row(row, number)


def _check_row(row: Row, number: int) -> None:
    if not row.text:
        raise NotWritable(
            _("Dòng %(row)d chưa ghi nhiệm vụ. Ghi nội dung hoặc xóa dòng này.") % {"row": number},
            number,
            "text",
        )
    if len(row.ordinal) > ORDINAL_LENGTH:
        raise NotWritable(
            _("Dòng %(row)d: số thứ tự “%(value)s” quá dài, tối đa %(most)d ký tự.")
            % {"row": number, "value": row.ordinal[:20], "most": ORDINAL_LENGTH},
            number,
            "ordinal",
        )
    for name in TEXT_FIELDS:
        if len(getattr(row, name)) > LONGEST_CELL:
            raise NotWritable(
                _("Dòng %(row)d có ô dài quá %(most)d ký tự. Hãy viết gọn lại.")
                % {"row": number, "most": LONGEST_CELL},
                number,
                name,
            )
    if row.watch_months is not None and row.watch_months not in WATCH_CHOICES:
        raise NotWritable(
            _("Dòng %(row)d: nhịp theo dõi là 1, 2, 3, 6 hoặc 12 tháng.") % {"row": number},
            number,
            "watch_months",
        )


def check_year(year: int) -> None:
    """Raise `NotWritable` for a year of which no plan can be."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise NotWritable(
            _("Năm của kế hoạch từ %(first)d đến %(last)d.") % {"first": EARLIEST_YEAR, "last": LATEST_YEAR},
            field="year",
        )


# --- as JSON --------------------------------------------------------------------------------------


def row_to_json(row: Row) -> dict[str, Any]:
    """The row as plain JSON, as history and proposals keep it."""
    return {
        **{name: getattr(row, name) for name in TEXT_FIELDS},
        "watch_months": row.watch_months,
        "expected_kinds": None if row.expected_kinds is None else list(row.expected_kinds),
        "task": row.task,
    }


def row_from_json(data: Mapping[str, Any]) -> Row:
    """The row that `row_to_json` wrote. It may have been through a browser: `ValueError` for anything else."""
    texts = {name: data.get(name, "") for name in TEXT_FIELDS}
    watch, kinds, task = data.get("watch_months"), data.get("expected_kinds"), data.get("task")
    if not all(isinstance(text, str) for text in texts.values()):
        raise ValueError("a text is none")
    if not all(number is None or type(number) is int for number in (watch, task)):
        raise ValueError("a number is none")
    # Half a character, which JSON can write and no file can hold.
    "".join(texts.values()).encode()
    if kinds is not None and not (isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds)):
        raise ValueError("the kinds are none")
    return Row(
        **texts,
        watch_months=watch,
        expected_kinds=None if kinds is None else tuple(kinds),
        task=task,
    )
