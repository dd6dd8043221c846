"""Changes from a file: a whole province's list in TOML or CSV. Plain reading; nothing is looked up here.

TOML holds `[[change]]` tables with the names of `rules.from_json`. CSV has a header with the columns of `COLUMNS` and one
row for each change; several units or targets in a cell stand on lines of their own or between semicolons, a target as
'xã Tân Kỳ = 40%', one to be made as '+ xã Tân Kỳ (11113)'.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.org.changes.rules import Asked, from_json
from dinhlang.org.rules import Refused

MOST_BYTES = 2_000_000
MOST_CHANGES = 4_000
COLUMNS = ("kind", "on", "basis", "units", "targets", "parent", "report_to", "report_as", "posts")
_NEW = re.compile(
    r"\+\s*(?P<kind>xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh)\s+(?P<name>.+)", re.I
)
_CODE = re.compile(r"\s*\((?P<code>\d{2,5})\)\s*$")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def read(content: bytes, name: str) -> list[Asked]:
    """The changes of a file, in its order. Raises `Refused`, naming the place."""
    if len(content) > MOST_BYTES:
        raise Refused(_("Tệp %(name)s lớn quá 2 MB.") % {"name": name})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("Tệp %(name)s không phải là chữ UTF-8.") % {"name": name}) from None
    rows = _csv(text, name) if name.lower().endswith(".csv") else _toml(text, name)
    if not rows:
        raise Refused(_("Tệp %(name)s không có thay đổi nào.") % {"name": name})
    if len(rows) > MOST_CHANGES:
        raise Refused(_("Tệp %(name)s có quá %(most)s thay đổi.") % {"name": name, "most": MOST_CHANGES})
    found = []
    for place, row in rows:
        try:
            found.append(from_json(row))
        except Refused as reason:
            raise Refused(f"{place}: {reason}") from None
    return found


def _toml(text: str, name: str) -> list[tuple[str, Mapping[str, Any]]]:
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as reason:
        raise Refused(
            _("Tệp %(name)s không đọc được: %(reason)s.") % {"name": name, "reason": reason}
        ) from None
    rows = said.get("change", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refused(_("Tệp %(name)s phải có các mục [[change]].") % {"name": name})
    return [(_("Thay đổi thứ %(number)s") % {"number": at}, row) for at, row in enumerate(rows, 1)]


def _csv(text: str, name: str) -> list[tuple[str, Mapping[str, Any]]]:
    try:
        reader = csv.DictReader(StringIO(text, newline=""), delimiter=";" if _semicolons(text) else ",")
        rows = list(reader)
    except csv.Error as reason:
        raise Refused(
            _("Tệp %(name)s không đọc được: %(reason)s.") % {"name": name, "reason": reason}
        ) from None
    if not reader.fieldnames or not {"kind", "on", "basis", "units"} <= set(reader.fieldnames):
        raise Refused(
            _("Tệp %(name)s thiếu cột. Hàng đầu phải có: %(columns)s.")
            % {"name": name, "columns": ", ".join(COLUMNS)}
        )
    return [(_("Hàng %(number)s") % {"number": at}, _row(row)) for at, row in enumerate(rows, 2)]


def _semicolons(text: str) -> bool:
    head = text.partition("\n")[0]
    return head.count(";") > head.count(",")


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {name: (row.get(name) or "").strip() for name in COLUMNS}
    said["units"] = parts_of(said["units"])
    said["targets"] = [target_of(one) for one in parts_of(said["targets"])]
    if found := _DAY.fullmatch(said["on"]):
        day, month, year = map(int, found.groups())
        try:
            said["on"] = date(year, month, day)
        except ValueError:
            said["on"] = ""
    return said


def parts_of(cell: str) -> list[str]:
    """What stands on lines of its own, or between semicolons."""
    return [part.strip() for part in re.split(r"[;\n]", cell) if part.strip()]


def target_of(text: str) -> dict[str, Any]:
    """A target as people write it: 'tan-ky-11113', 'xã Tân Kỳ = 40%', '+ xã Tân Kỳ (11113) = 40%' for one to be made."""
    called, _sign, share = (part.strip() for part in text.partition("="))
    said: dict[str, Any] = {"share": share} if share else {}
    code = _CODE.search(called)
    new = _NEW.fullmatch(_CODE.sub("", called))
    if new is None:
        return {**said, "unit": called}
    return {
        **said,
        "kind": new["kind"].lower(),
        "name": new["name"].strip(),
        "code": code["code"] if code else "",
    }
