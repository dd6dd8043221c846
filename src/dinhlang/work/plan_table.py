"""A plan and its progress as an Excel workbook that opens well and prints on one page's width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dinhlang.work.models import ActivityKind
from dinhlang.work.queries import PlanProgress, TaskProgress

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_DATE = "d/m/yyyy"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def workbook(progress: PlanProgress, unit_name: str, code: str) -> bytes:
    """The plan as .xlsx: the tasks on one sheet, every time they are due on the other."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    tasks = book.create_sheet(_("Nhiệm vụ"))
    head = [
        progress.plan.title,
        _("%(unit)s · số %(code)s · tình hình đến %(day)s")
        % {"unit": unit_name, "code": code or "…", "day": f"{progress.on:%d/%m/%Y}"},
    ]
    _fill(
        tasks,
        head,
        (
            (_("STT"), 6),
            (_("Nhiệm vụ"), 48),
            (_("Sản phẩm, kết quả"), 24),
            (_("Cơ quan chủ trì"), 24),
            (_("Cơ quan phối hợp"), 24),
            (_("Thời gian thực hiện"), 20),
            (_("Loại hoạt động"), 22),
            (_("Số kỳ"), 8),
            (_("Đã thực hiện"), 10),
            (_("Hoạt động"), 10),
            (_("Có minh chứng"), 10),
            (_("Trạng thái"), 18),
        ),
        (_task_row(task) for task in progress.tasks),
    )
    times = book.create_sheet(_("Các kỳ"))
    _fill(
        times,
        head,
        (
            (_("STT"), 6),
            (_("Nhiệm vụ"), 60),
            (_("Cơ quan chủ trì"), 26),
            (_("Từ ngày"), 12),
            (_("Đến ngày"), 12),
            (_("Hạn"), 12),
            (_("Trạng thái"), 20),
        ),
        (row for task in progress.tasks for row in _time_rows(task)),
    )
    return _bytes(book)


def list_workbook(rows: Iterable[tuple[PlanProgress, str]]) -> bytes:
    """A list of plans as .xlsx, each with its unit and how far it is."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(_("Kế hoạch"))
    _fill(
        sheet,
        [_("Danh sách kế hoạch")],
        (
            (_("Năm"), 8),
            (_("Kế hoạch"), 60),
            (_("Đơn vị"), 28),
            (_("Số, ký hiệu"), 16),
            (_("Ngày ban hành"), 14),
            (_("Nhiệm vụ"), 10),
            (_("Đã đến kỳ"), 10),
            (_("Đạt yêu cầu"), 12),
        ),
        (
            [
                one.plan.year,
                one.plan.title,
                unit,
                f"{one.plan.number}/{one.plan.symbol}" if one.plan.number else "",
                one.plan.issued_on,
                one.planned,
                one.begun,
                one.completed,
            ]
            for one, unit in rows
        ),
    )
    return _bytes(book)


def state_of(task: TaskProgress) -> str:
    """Where a task stands, in the words of the plan's page."""
    if task.is_completed:
        return _("hoàn thành") if task.done >= len(task.occurrences) else _("đúng tiến độ")
    if task.late:
        return _("%(count)d kỳ quá hạn") % {"count": task.late}
    if task.gaps:
        return _("%(count)d kỳ chưa có minh chứng") % {"count": len(task.gaps)}
    return _("chưa đến kỳ") if task.is_completed is None else _("đang thực hiện")


def _task_row(task: TaskProgress) -> list[Any]:
    stored = task.task
    return [
        stored.ordinal,
        stored.text,
        stored.product,
        stored.lead,
        stored.cooperating,
        stored.schedule_text,
        ", ".join(ActivityKind(kind).label for kind in stored.expected_kinds if kind in ActivityKind.values),
        len(task.occurrences),
        task.done,
        task.lines,
        task.evidenced_lines,
        state_of(task),
    ]


def _time_rows(task: TaskProgress) -> Iterable[list[Any]]:
    for one in task.occurrences:
        time = one.occurrence
        yield [
            task.task.ordinal,
            task.task.text,
            task.task.lead,
            time.starts_on,
            time.ends_on,
            time.due_on,
            one.state.label,
        ]


def _fill(
    sheet: Worksheet, head: Sequence[str], columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]
) -> None:
    """Title lines, a header that stays in sight, wrapped cells, and A4 landscape as wide as the sheet."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    thin = Border(*(Side(style="thin", color="999999"),) * 4)
    for number, line in enumerate(head, 1):
        titled = sheet.cell(number, 1, _safe(line))
        titled.font = Font(name="Times New Roman", size=14 if number == 1 else 12, bold=number == 1)
    top = len(head) + 2
    for column, (title, width) in enumerate(columns, 1):
        heading = sheet.cell(top, column, title)
        heading.font = Font(name="Times New Roman", size=12, bold=True)
        heading.fill = PatternFill("solid", fgColor="F3ECDC")
        heading.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
        heading.border = thin
        sheet.column_dimensions[get_column_letter(column)].width = width
    last = top
    for last, row in enumerate(rows, top + 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(last, column, _safe(value))
            cell.font = Font(name="Times New Roman", size=12)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = thin
            if isinstance(value, date):
                cell.number_format = _DATE
    sheet.freeze_panes = f"C{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(columns))}{max(last, top)}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.center.text = "&P/&N"  # type: ignore[union-attr]  # there from the beginning


def _safe(value: Any) -> Any:
    """A cell that a spreadsheet will not take for a formula, without letters that XML cannot hold."""
    if not isinstance(value, str):
        return value
    text = "".join(letter for letter in value if letter >= " " or letter in "\t\n")
    return f"'{text}" if text.startswith(_FORMULA) else text


def _bytes(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()
