"""A criteria set as a TOML file has it; the sample that comes with the software explains the shape. Plain Python."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.reports.index.bands import number
from dinhlang.reports.index.building import Row, built
from dinhlang.reports.index.scheme import Scheme

LARGEST = 1_000_000


class BadSet(Refused):
    """The file is no criteria set; the message says where and what."""


@cache
def sample() -> Scheme:
    """The invented set that comes with the software, marked as one."""
    return scheme_from((files("dinhlang.reports") / "data" / "index_sample.toml").read_bytes())


def scheme_from(data: bytes) -> Scheme:
    """What the bytes (TOML, UTF-8) say; what is wrong in single rows is in `problems`. Raises `BadSet`."""
    if len(data) > LARGEST:
        raise BadSet(_("Tệp lớn hơn 1 MB. Bộ tiêu chí chỉ vài trăm dòng; hãy chọn lại tệp."))
    try:
        content = tomllib.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSet(
            _("Tệp không đúng định dạng TOML: %(error)s. Mở tệp, sửa chỗ đó rồi nạp lại.") % {"error": error}
        ) from None
    head, rows = content.get("set"), content.get("criterion")
    if not isinstance(head, dict) or not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        raise BadSet(_("Tệp cần mục [set] và các mục [[criterion]]. Xem tệp mẫu index_sample.toml."))
    made = built([_row(place, row) for place, row in enumerate(rows, start=1)])
    scheme = Scheme(
        _text(head, "name")[:300] or _("Bộ tiêu chí"),
        made.nodes,
        _year(head, "first_year"),
        _year(head, "last_year"),
        _text(head, "basis")[:300],
        counting=_text(head, "counting") or "calendar",
        without_survey=_text(head, "without_survey") or "rescale",
        is_capped=bool(head.get("capped", True)),
        is_sample=bool(head.get("sample", False)),
        problems=tuple(made.problems),
        notes=tuple(made.notes),
    )
    if scheme.without_survey not in {"rescale", "keep"}:
        told = _("Cách tính khi không điều tra chỉ nhận hai giá trị, xem tệp mẫu index_sample.toml.")
        return replace(scheme, without_survey="rescale", problems=(*scheme.problems, told))
    return scheme


def _row(place: int, row: dict[str, Any]) -> Row:
    levels = row.get("levels", [])
    return Row(
        place,
        _text(row, "code"),
        _text(row, "text"),
        _points(row.get("maximum")),
        _text(row, "scoring"),
        _text(row, "measure"),
        _text(row, "rule"),
        [(str(level), None) for level in levels] if isinstance(levels, list) else [],
    )


def _points(said: Any) -> Decimal | None:
    if said is None or isinstance(said, bool):
        return None
    try:
        points = number(str(said))
    except InvalidOperation:
        return None
    return points if points.is_finite() and abs(points) <= 1000 else None


def _text(row: dict[str, Any], name: str) -> str:
    return str(row.get(name, "")).strip()


def _year(row: dict[str, Any], name: str) -> int | None:
    said = row.get(name)
    return said if isinstance(said, int) and not isinstance(said, bool) and 2000 <= said <= 2100 else None
