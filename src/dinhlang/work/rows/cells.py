"""One cell of a table: the day, the kind or the count that someone wrote in it."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from dinhlang.vietnamese import dates, numbers
from dinhlang.work import rules
from dinhlang.work.concepts import CONCEPTS
from dinhlang.work.models import ActivityKind
from dinhlang.work.rows.words import EXACT_WORDS, KINDS
from dinhlang.work.rules import Count, NotRecordable, plain

_AMOUNT = re.compile(r"(?P<word>[^\W\d]+(?:\s+[^\W\d]+)*)?\s*(?P<number>[-−]?\d[\d.,]*)$")


_DAY_AND_MONTH = re.compile(r"(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})(\s*[/.-]\s*(?P<year>\d{2,4}))?$")


_DASHES = re.compile(r"(?<=\d)\s*[/.-]\s*(?=\d)")


_LEAP_YEAR = 2024


def is_day(cell: object) -> bool:
    try:
        day_in(cell)
    except NotRecordable:
        # A slip in one day does not make the column something else.
        return bool(_DAY_AND_MONTH.match(str(cell)))
    return True


def is_kind(cell: object) -> bool:
    return isinstance(cell, str) and plain(cell) in KINDS


def shown(cells: tuple[object, ...], column: int) -> str:
    found = cells[column] if column < len(cells) else None
    if isinstance(found, datetime | date):
        return f"{found.day}/{found.month}/{found.year}"
    return "" if found is None else rules.clean(str(found))[:80]


def day_in(cell: object) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if cell is None:
        raise NotRecordable(_("chưa có ngày"), "happened_on")
    text = rules.clean(str(cell))
    found = dates.parse(_DASHES.sub("/", text)) or _iso(text)
    if found is not None:
        return found
    written = _DAY_AND_MONTH.match(text)
    if written and not written["year"] and _exists(int(written["day"]), int(written["month"])):
        raise NotRecordable(
            _("ngày %(day)s thiếu năm; viết ngày như 20/7/2023") % {"day": text}, "happened_on"
        )
    if written and written["year"] and len(written["year"]) < 4:
        raise NotRecordable(
            _("ngày %(day)s ghi tắt năm; viết đủ bốn chữ số của năm, như 20/7/2023") % {"day": text},
            "happened_on",
        )
    if written:
        raise NotRecordable(_("ngày %(day)s không có trong lịch") % {"day": text}, "happened_on")
    raise NotRecordable(
        _("“%(text)s” không phải là ngày; viết ngày như 20/7/2023") % {"text": text[:40]}, "happened_on"
    )


def _exists(day: int, month: int) -> bool:
    """Whether some year has the day."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(_LEAP_YEAR, month)[1]


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def kind_in(text: str) -> ActivityKind:
    if not text:
        raise NotRecordable(_("chưa có loại hoạt động"), "kind")
    found = KINDS.get(plain(text))
    if found is None:
        known = "; ".join(kind.label for kind in ActivityKind)
        raise NotRecordable(
            _("không có loại hoạt động “%(kind)s”. Dùng một trong các loại: %(known)s")
            % {"kind": text[:60], "known": known},
            "kind",
        )
    return found


def read_count(cell: object, concept: str) -> Count:
    """A number as people write it ('36', 'hơn 3.500'). Raises `NotRecordable` for anything else."""
    label = CONCEPTS[concept].label
    word = ""
    value: int | float | None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        value = cell
    else:
        match = _AMOUNT.match(rules.clean(str(cell)))
        value = numbers.parse(match["number"].lstrip("-−")) if match else None
        if match and value is not None and match["number"][0] in "-−":
            value = -value
        if match and match["word"]:
            word = EXACT_WORDS.get(plain(match["word"]), "?")
    if value is None or word == "?" or not math.isfinite(value):
        raise NotRecordable(
            _("“%(label)s”: “%(cell)s” không phải là số; viết như 36 hoặc hơn 3.500")
            % {"label": label, "cell": str(cell)[:40]},
            concept,
        )
    if isinstance(value, float) and not value.is_integer():
        raise NotRecordable(
            _("“%(label)s”: %(value)s không phải số nguyên; chỉ đếm số nguyên")
            % {"label": label, "value": numbers.printed(value)},
            concept,
        )
    return Count(int(value), word)


def choice_in(text: str, known: Mapping[str, str], called: str, part: str) -> str:
    if not text:
        return ""
    if plain(text) not in known and text not in known:
        raise NotRecordable(_("không có %(what)s “%(text)s”") % {"what": called, "text": text[:60]}, part)
    return known.get(plain(text)) or known[text]
