"""Lists of procedures: .xlsx, .csv, and JSON as one list or an object a line, packed with gzip or not."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.procedures import rules
from dinhlang.procedures.reading import columns
from dinhlang.procedures.reading.record import Reading, Record, record_of
from dinhlang.work import sheets

LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 20_000
# Said of the data by whoever collected it, and told again by the parts themselves.
_DERIVED = frozenset(
    {
        "methods_parsed",
        "legal_basis_numbers",
        "result_codes",
        "result_names",
        "issuer_folder",
        "source",
        "levels",
    }
)


def read_table(data: bytes, name: str) -> Reading:
    """The rows of a spreadsheet or CSV file under the first row that is a head. Raises `Refused`."""
    table = sheets.read_sheet(data, name)
    head: dict[int, str] = {}
    titles: dict[int, str] = {}
    records: list[Record] = []
    left_out: list[str] = []
    for number, row in enumerate(table.rows, 1):
        cells = [_cell(one) for one in row]
        if found := columns.headings(cells):
            head = found
            titles = {column: cell for column, cell in enumerate(cells) if cell and column not in found}
            continue
        if not any(cells):
            continue
        _check_number(len(records) + len(left_out), name)
        where = _("dòng %(row)s") % {"row": number}
        if not head:
            continue
        parts = {part: cells[column] for column, part in head.items() if column < len(cells)}
        others = {title: cells[column] for column, title in titles.items() if column < len(cells)}
        _take(parts, others, where, records, left_out)
    if not head:
        raise Refused(
            _(
                "Tệp “%(name)s” không có dòng tiêu đề với cột tên và mã thủ tục. "
                "Hãy thêm các cột “Mã thủ tục”, “Tên thủ tục” rồi nhập lại."
            )
            % {"name": name}
        )
    return Reading(tuple(records), left_out=tuple(left_out))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, float):
        # A code typed as a number: 1.001193 stays, 2.0 would be no code anyway.
        return f"{value:.6f}" if value != int(value) else str(int(value))
    return str(value)


def _check_number(number: int, name: str) -> None:
    if number >= MOST_ROWS:
        raise Refused(
            _("Tệp “%(name)s” có hơn %(most)s thủ tục. Hãy chia thành nhiều tệp.")
            % {"name": name, "most": MOST_ROWS}
        )


def _take(
    parts: Mapping[str, str],
    others: Mapping[str, str],
    where: str,
    records: list[Record],
    left_out: list[str],
) -> None:
    try:
        records.append(record_of(parts, where, others=others))
    except rules.BadCode as reason:
        words = " · ".join(one for one in (*parts.values(), *others.values()) if one)
        left_out.append(f"{where}: {words[:500]} ({reason})")


# --- JSON -------------------------------------------------------------------------------------------


def read_json(data: bytes, name: str) -> Reading:
    """The objects of a JSON file. Raises `Refused` naming the line at fault."""
    records: list[Record] = []
    left_out: list[str] = []
    for number, one in enumerate(_objects(_unpacked(data, name), name), 1):
        _check_number(number - 1, name)
        where = _("mục %(number)s") % {"number": number}
        if not isinstance(one, Mapping):
            left_out.append(f"{where}: {str(one)[:200]}")
            continue
        if isinstance(one.get("sheet"), Mapping):
            _take_own(one, where, records, left_out)
            continue
        parts, others = _parts(one)
        _take(parts, others, where, records, left_out)
    if not records and not left_out:
        raise Refused(_("Tệp “%(name)s” không có thủ tục nào.") % {"name": name})
    return Reading(tuple(records), left_out=tuple(left_out))


def _take_own(one: Mapping[str, Any], where: str, records: list[Record], left_out: list[str]) -> None:
    """A procedure as we export it."""
    try:
        records.append(
            Record(where, rules.short_code(str(one.get("code", ""))), rules.from_json(one["sheet"]))
        )
    except (rules.BadCode, KeyError, TypeError, ValueError) as reason:
        left_out.append(f"{where}: {str(one.get('code', ''))[:60]} ({str(reason)[:200]})")


def _parts(one: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    parts: dict[str, str] = {}
    others: dict[str, str] = {}
    for key, value in one.items():
        text = value if isinstance(value, str) else ""
        if key in _DERIVED and not isinstance(value, str):
            continue
        if key in _DERIVED and key != "levels":
            continue
        part = columns.part_of(key)
        if part is not None and part not in parts and (text or value in (None, "")):
            parts[part] = text
        elif value not in (None, "", [], {}):
            others[key] = text or json.dumps(value, ensure_ascii=False)
    if not parts.get("methods"):
        rows = one.get("methods_parsed")
        if isinstance(rows, list):
            parts["method_rows"] = json.dumps(rows, ensure_ascii=False)
    return parts, others


def _unpacked(data: bytes, name: str) -> str:
    if data.startswith(b"\x1f\x8b"):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
                data = packed.read(LARGEST_UNPACKED + 1)
        except (OSError, EOFError, zlib.error):
            raise Refused(
                _("Tệp “%(name)s” đã hỏng hoặc bị cắt cụt. Hãy tải lại tệp.") % {"name": name}
            ) from None
    if len(data) > LARGEST_UNPACKED:
        raise Refused(_("Tệp “%(name)s” quá lớn. Hãy chia thành nhiều tệp.") % {"name": name})
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            _("Tệp “%(name)s” không phải UTF-8. Hãy lưu lại dạng UTF-8.") % {"name": name}
        ) from None


def _objects(text: str, name: str) -> Iterator[Any]:
    if text.lstrip()[:1] == "[":
        yield from _parsed(text, name, 1)
        return
    stripped = text.strip()
    if "\n" not in stripped or stripped[:2] in ("{\n", "{\r"):
        whole = _parsed(stripped, name, 1)
        rows = (
            next((value for value in whole.values() if isinstance(value, list)), None)
            if isinstance(whole, dict)
            else None
        )
        yield from rows if rows is not None and "code" not in whole else [whole]
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield _parsed(line, name, number)


def _parsed(text: str, name: str, line: int) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        at = line - 1 + getattr(error, "lineno", 1)
        raise Refused(
            _("Tệp “%(name)s”, dòng %(line)s: không phải JSON. Hãy sửa dòng đó rồi nhập lại.")
            % {"name": name, "line": at}
        ) from None
