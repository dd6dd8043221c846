"""Tables that leave the system as files: .xlsx or .csv, with nothing in them that a spreadsheet would run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.timezone import localtime

FORMS = ("xlsx", "csv")
KINDS = (("xlsx", "Excel (.xlsx)"), ("csv", "CSV"))
"""The same with their names on buttons."""
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_FORMULA_SIGNS = frozenset("=+-@\t\r")
# Excel reads a file without this mark as one of Western letters.
_MARK = "\ufeff"

Row = Sequence[str | int | float]


class _Echo:
    """Gives each row back to be sent on, so that a long export never lies in memory."""

    def write(self, row: str) -> str:
        return row


def moment(at: datetime | None) -> str:
    """A moment in a cell, by the clock here; '' where there is none."""
    return f"{localtime(at):%H:%M %d/%m/%Y}" if at is not None else ""


def download(name: str, form: str, header: Sequence[str], rows: Iterable[Row]) -> HttpResponseBase:
    """The table as a file named `name.form`, for the browser to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "no-store"}
    if form == "csv":
        lines = _in_the_language_of_now(csv_lines(header, rows))
        return StreamingHttpResponse(lines, content_type=_TYPES[form], headers=headers)
    return HttpResponse(as_xlsx(header, rows), content_type=_TYPES["xlsx"], headers=headers)


def _in_the_language_of_now(lines: Iterator[str]) -> Iterator[str]:
    """The lines in the language of whoever asks: they are made when the request, and its language, have ended."""
    language = translation.get_language()

    def told() -> Iterator[str]:
        while True:
            # Around each line and not all of them: in between, the thread is someone else's.
            with translation.override(language):
                line = next(lines, None)
            if line is None:
                return
            yield line

    return told()


def csv_lines(header: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """The table line by line, in UTF-8 as Excel expects it."""
    writer: Any = csv.writer(_Echo())
    yield _MARK + writer.writerow(header)
    for row in rows:
        yield writer.writerow([_harmless(cell) for cell in row])


def as_xlsx(header: Sequence[str], rows: Iterable[Row]) -> bytes:
    """The table as a workbook of one sheet with its header kept in view."""
    # openpyxl is a tenth of a second of import, and only this function needs it.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for number in range(len(header)):
        sheet.column_dimensions[get_column_letter(number + 1)].width = 28
    heads = []
    for said in header:
        head = WriteOnlyCell(sheet, said)
        head.font = Font(bold=True)
        heads.append(head)
    sheet.append(heads)
    for row in rows:
        sheet.append([_text_cell(sheet, cell) if isinstance(cell, str) else cell for cell in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _text_cell(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    # Said outright: a text that begins with = would be taken for a formula.
    cell.data_type = "s"
    return cell


def _harmless(cell: str | float) -> str | float:
    """A cell that a spreadsheet will not take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in _FORMULA_SIGNS else cell
