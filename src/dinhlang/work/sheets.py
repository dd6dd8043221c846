"""The bytes of an .xlsx or .csv file as rows of cells.

A file of its own because files from outside are hostile until read: what a file is follows from its content,
never from its name, and every limit is checked before anything is unpacked.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.rules import Refused
from dinhlang.vietnamese import legacy
from dinhlang.vietnamese.numbers import printed

LARGEST_FILE = 25 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_RATIO = 150
# A small part may pack very well by nature; only above this size is the ratio a sign of a bomb.
RATIO_FROM = 10 * 1024 * 1024
MOST_ENTRIES = 2_000
MOST_ROWS = 200_000
MOST_COLUMNS = 60
# The last row that any spreadsheet program has; a row that claims a higher number is not one of theirs.
LAST_ROW = 1_048_576
# Opening and closing marks in one part of a workbook. A table of 200.000 rows and seven columns has five to six
# million; reading more takes longer than a person would wait, however few bytes they are packed into.
MOST_MARKS = 6_000_000
# A table is as wide as its head, which stands within so many rows.
_HEAD_ROWS = 100
_PIECE = 1024 * 1024
# A program that writes formulas and does not calculate leaves no result beside them; read as an empty cell, the
# number would be lost without a word. (An empty text, t="str", is a result.)
_NOT_CALCULATED = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"(?![^>]* t="str")[^>]*><f(?:\s[^>]*)?>[^<]*</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_LONGEST_CELL = 10_000

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURE = gettext_lazy("ảnh")
_OTHER_FILES = ((b"%PDF", "PDF"), (b"\x89PNG", _PICTURE), (b"\xff\xd8\xff", _PICTURE), (b"{\\rtf", "RTF"))
_AS_TABLE = gettext_lazy("Hãy lưu lại thành tệp Excel (.xlsx) hoặc CSV rồi nhập lại.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: rows of cells, as many cells as there are. Row 1 is the first; an empty cell is `None`."""

    name: str
    rows: tuple[tuple[object, ...], ...]


def read_sheet(data: bytes, name: str) -> Sheet:
    """The first sheet of a workbook, or the table of a CSV file in any encoding that commune offices use.

    Raises `Refused`, naming the file and the remedy, when it is empty, too large, harmful or not a table.
    """
    _check_size(data, name)
    rows = _checked(_rows(data, name), name)
    if not rows:
        told = (
            _(
                "Tệp “%(name)s” không có dòng nào ở trang tính đầu tiên. Hãy đặt bảng hoạt động vào đó rồi nhập lại."
            )
            if data.startswith(_ZIP)
            else _("Tệp “%(name)s” không có dòng nào. Hãy đặt bảng hoạt động vào đó rồi nhập lại.")
        )
        raise Refused(told % {"name": name})
    return Sheet(name, tuple(_in_unicode(rows)))


def _check_size(data: bytes, name: str) -> None:
    if len(data) > LARGEST_FILE:
        raise Refused(
            _("Tệp “%(name)s” nặng %(size)s MB, tối đa %(most)s MB. Hãy chia thành nhiều tệp.")
            % {"name": name, "size": len(data) // 1048576, "most": LARGEST_FILE // 1048576}
        )
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Refused(_("Tệp “%(name)s” trống. Hãy kiểm tra lại tệp rồi nhập lại.") % {"name": name})


def _checked(found: Iterable[tuple[object, ...]], name: str) -> list[tuple[object, ...]]:
    """The rows up to the last that says something. Raises `Refused` for more than anybody can have meant."""
    rows: list[tuple[object, ...]] = []
    for number, row in enumerate(found, 1):
        if number > LAST_ROW:
            raise Refused(
                _(
                    "Tệp “%(name)s” có hơn %(most)s dòng, nhiều hơn một bảng tính chứa được. "
                    "Hãy xóa các dòng trống thừa rồi nhập lại."
                )
                % {"name": name, "most": printed(LAST_ROW)}
            )
        if any(cell is not None for cell in row):
            if number > MOST_ROWS:
                raise Refused(
                    _("Tệp “%(name)s” có hơn %(most)s dòng. Hãy chia thành nhiều tệp.")
                    % {"name": name, "most": printed(MOST_ROWS)}
                )
            rows += [()] * (number - 1 - len(rows))
            rows.append(row)
    return rows


@dataclass(frozen=True, slots=True)
class Workbook:
    """All tables of a file. `since_1904`: bare numbers that stand for days count from 1904, not from 1900."""

    sheets: tuple[Sheet, ...]
    since_1904: bool = False


def read_workbook(data: bytes, name: str, *, most_columns: int = MOST_COLUMNS) -> Workbook:
    """Every sheet of a workbook, the table of a CSV file, or the tables of a web page that was saved as .xls. Empty sheets are left
    out, rows beyond `MOST_ROWS` refused. Raises as `read_sheet`, but for a workbook without any row."""
    _check_size(data, name)
    if _is_page(data):
        return Workbook(tuple(_page_sheets(data, name, most_columns)))
    if not data.startswith(_ZIP):
        rows = _checked(_rows(data, name, most_columns), name)
        return Workbook((Sheet(name, tuple(_in_unicode(rows))),) if rows else ())
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    sheets, epoch = [], None
    for book, title, lines in _workbook_sheets(data, name, most_columns):
        epoch = book.epoch
        if found := _checked(lines, name):
            sheets.append(Sheet(title, tuple(_in_unicode(found))))
    return Workbook(tuple(sheets), since_1904=epoch == CALENDAR_MAC_1904)


def _is_page(data: bytes) -> bool:
    head = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\0").replace(b"\0", b"").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<style")) or (
        head.startswith(b"<?xml") and b"<html" in head
    )


def _page_sheets(data: bytes, name: str, most_columns: int) -> Iterator[Sheet]:
    """The tables of a web page: systems offer them under the name of an Excel file."""
    from lxml import etree

    source = legacy.to_unicode(data)
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", source), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    found = root.iter("table") if root is not None else ()
    for number, table in enumerate(found, 1):
        # A table that holds others only places them.
        if table.find(".//table") is None and (rows := _checked(_page_rows(table, most_columns), name)):
            yield Sheet(_("bảng %(number)s") % {"number": number}, tuple(rows))


def _page_rows(table: Any, most_columns: int) -> Iterator[tuple[object, ...]]:
    """Rows of a table with cells in their columns; a cell over several rows or columns stands in the first of them."""
    held: dict[int, int] = {}
    for row in table.iter("tr"):
        cells: dict[int, object] = {}
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while held.get(column, 0):
                column += 1
            cells[column] = _blank_to_none(" ".join("".join(cell.itertext()).split()))
            wide, deep = _span(cell, "colspan"), _span(cell, "rowspan")
            for one in range(column, min(column + wide, most_columns)):
                held[one] = deep
            column += wide
        held = {one: left - 1 for one, left in held.items() if left > 1}
        last = min(max(cells, default=-1) + 1, most_columns)
        yield tuple(cells.get(one) for one in range(last))


def _span(cell: Any, name: str) -> int:
    said = cell.get(name, "1").strip()
    return min(int(said), MOST_ROWS) if said.isascii() and said.isdecimal() and int(said) else 1


def _rows(data: bytes, name: str, most_columns: int = MOST_COLUMNS) -> Iterator[tuple[object, ...]]:
    if data.startswith(_OLE):
        raise Refused(
            _no_table(_("Tệp “%(name)s” là Excel kiểu cũ (.xls) hoặc có mật khẩu.") % {"name": name})
        )
    for magic, kind in _OTHER_FILES:
        if data.startswith(magic):
            raise Refused(
                _no_table(_("Tệp “%(name)s” là %(kind)s, không phải bảng.") % {"name": name, "kind": kind})
            )
    if data.startswith(_ZIP):
        return next(rows for _book, _title, rows in _workbook_sheets(data, name, most_columns))
    if name.lower().endswith((".xlsx", ".xlsm")):
        raise Refused(
            _(
                "Tệp “%(name)s” không phải tệp Excel hoặc đã hỏng. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi nhập lại."
            )
            % {"name": name}
        )
    return _csv_rows(_text(data, name), name, most_columns)


def _no_table(told: str) -> str:
    return f"{told} {_AS_TABLE}"


# --- .xlsx ----------------------------------------------------------------------------------------


def check_package(data: bytes, name: str) -> None:
    """Raise `Refused` when the zip package is broken or would unpack to far more than its size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            if _is_bomb(entries, unpacked):
                raise Refused(
                    _no_table(
                        _("Tệp “%(name)s” phình quá lớn khi giải nén nên không được nhận.") % {"name": name}
                    )
                )
            if "xl/workbook.xml" not in package.namelist():
                raise Refused(_no_table(_("Tệp “%(name)s” không phải tệp Excel.") % {"name": name}))
            # Reads every part to its end: the sizes above are only what the file says of itself.
            for entry in entries:
                _check_part(package, entry, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise Refused(
            _("Tệp “%(name)s” đã hỏng hoặc bị cắt cụt. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi nhập lại.")
            % {"name": name}
        ) from None


def _check_part(package: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    """Raise `Refused` when a part has too much in it or formulas without results, else what `zipfile` raises."""
    marks, before = 0, b""
    is_sheet = entry.filename.startswith("xl/worksheets/")
    with package.open(entry) as part:
        while piece := part.read(_PIECE):
            marks += piece.count(b"<")
            if marks > MOST_MARKS:
                raise Refused(
                    _(
                        "Tệp “%(name)s” có quá nhiều ô. Hãy xóa các dòng, cột thừa hoặc chia thành nhiều tệp "
                        "rồi nhập lại."
                    )
                    % {"name": name}
                )
            if is_sheet and (found := _NOT_CALCULATED.search(before + piece)):
                raise Refused(
                    _(
                        "Tệp “%(name)s”, ô %(cell)s: công thức chưa có kết quả. "
                        "Hãy mở bằng Excel, lưu lại rồi nhập lại."
                    )
                    % {"name": name, "cell": found[1].decode()}
                )
            before = piece[-_LONGEST_CELL:]


def _is_bomb(entries: list[zipfile.ZipInfo], unpacked: int) -> bool:
    return (
        len(entries) > MOST_ENTRIES
        or unpacked > LARGEST_UNPACKED
        or any(
            entry.file_size > RATIO_FROM and entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1)
            for entry in entries
        )
    )


def _workbook_sheets(
    data: bytes, name: str, most_columns: int
) -> Iterator[tuple[Any, str, Iterator[tuple[object, ...]]]]:
    """The workbook, the title and the rows of each of its sheets."""
    from openpyxl import load_workbook

    check_package(data, name)
    with _readable(name):
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = workbook.worksheets
    if not sheets:
        raise Refused(_no_table(_("Tệp “%(name)s” không phải tệp Excel.") % {"name": name}))
    for sheet in sheets:
        yield workbook, sheet.title, _sheet_rows(sheet, name, most_columns)


def _sheet_rows(sheet: Any, name: str, most_columns: int) -> Iterator[tuple[object, ...]]:
    with _readable(name):
        sheet.reset_dimensions()  # what the file says of its own size is not trusted
        for row in sheet.iter_rows(max_col=_width(sheet, most_columns), values_only=True):
            # A cell at the far end of the sheet makes the reader give a million empty rows before it.
            yield () if row.count(None) == len(row) else tuple(_blank_to_none(cell) for cell in row)


def _width(sheet: Any, most_columns: int) -> int:
    """How many columns are worth reading: the reader fills every row up to this, and that is most of its time."""
    if most_columns <= MOST_COLUMNS:
        return most_columns
    widest = MOST_COLUMNS
    for row in sheet.iter_rows(max_row=_HEAD_ROWS, max_col=most_columns, values_only=True):
        used = [number for number, cell in enumerate(row, 1) if cell is not None]
        widest = max(widest, used[-1] if used else 0)
    return widest


@contextmanager
def _readable(name: str) -> Iterator[None]:
    try:
        yield
    except (Refused, GeneratorExit):
        raise
    except Exception as error:  # whatever the parser trips over in a crafted or damaged file
        raise Refused(
            _("Không đọc được tệp “%(name)s”. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi nhập lại.")
            % {"name": name}
        ) from error


# --- .csv -----------------------------------------------------------------------------------------


def _text(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in data:
        raise Refused(_no_table(_("Tệp “%(name)s” không phải bảng.") % {"name": name}))
    else:
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        old = legacy.detect(data)
        if old is None:
            raise Refused(
                _("Tệp “%(name)s” dùng bảng mã lạ. Hãy lưu lại dạng CSV UTF-8 rồi nhập lại.") % {"name": name}
            ) from None
        return legacy.to_unicode(data, old)


def _csv_rows(text: str, name: str, most_columns: int) -> Iterator[tuple[object, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    read = 0
    try:
        for cells in reader:
            read += 1
            yield tuple(_blank_to_none(cell) for cell in cells[:most_columns])
    except csv.Error:
        raise Refused(
            _(
                "Tệp “%(name)s”, dòng %(row)s: dấu nháy kép không khép lại hoặc ô quá dài. "
                "Sửa dòng %(row)s rồi nhập lại tệp."
            )
            % {"name": name, "row": read + 1}
        ) from None


def _delimiter(text: str) -> str:
    """The mark that parts most cells in the first lines that have any; quoted text hardly matters there."""
    head = "\n".join(text.splitlines()[:20])
    return max(";\t,", key=head.count)


# --- both -----------------------------------------------------------------------------------------


def _blank_to_none(cell: object) -> object:
    if isinstance(cell, str):
        return cell.strip() or None
    return cell


def _in_unicode(rows: Iterable[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """The rows in Unicode: text typed in a TCVN3 or VNI font looks like text, but is not Vietnamese yet."""
    rows = list(rows)
    sample = "\n".join(cell for row in rows[:200] for cell in row if isinstance(cell, str))
    old = legacy.detect(sample)
    if old is None:
        return rows
    return [
        tuple(legacy.to_unicode(cell, old) if isinstance(cell, str) else cell for cell in row) for row in rows
    ]
