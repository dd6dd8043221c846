"""Days as exports write them, in three orders. Which order a column has is proven by its own rows or asked; never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock
from enum import StrEnum

from django.utils.translation import gettext as _

from dinhlang.vietnamese.text import nfc, one_line

_YEARS = range(2000, 2100)
_TIME = re.compile(
    r"(?<![\d/.-])(\d{1,2})\s*(?::|h|giờ)\s*(\d{2})?(?::(\d{2})(?:\.\d+)?)?\s*(am|pm|sa|ch)?", re.IGNORECASE
)
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})")
_IN_WORDS = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*,?\s*năm\s*(\d{4})", re.IGNORECASE)
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_SINCE_1900, _SINCE_1904 = date(1899, 12, 30), date(1904, 1, 1)
_MOST_ROWS_TOLD = 3


class Order(StrEnum):
    """How a column writes its days where the year stands last. A year that stands first says everything."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class BadDay(ValueError):
    """The cell names no day; the message says why."""


class Unclear(BadDay):
    """The cell names one of two days."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the time where the file has it."""

    day: date
    time: clock | None = None

    def as_datetime(self, zone: object, *, otherwise: clock = clock.min) -> datetime:
        return datetime.combine(self.day, self.time or otherwise, zone)  # type: ignore[arg-type]


def read(
    cell: object, order: Order | None = None, *, since_1904: bool = False, hint: date | None = None
) -> Moment | None:
    """The day in a cell; `None` for an empty one. `hint` decides between the two readings of one cell where it is one of them.

    Raises `Unclear` without an order, `BadDay` for what is no day.
    """
    if cell is None:
        return None
    if isinstance(cell, datetime):
        # A spreadsheet keeps a day without a time as its midnight.
        return _known(cell.date(), cell.time().replace(microsecond=0, tzinfo=None) or None)
    if isinstance(cell, date):
        return _known(cell, None)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _of_serial(float(cell), since_1904, str(cell))
    return _of_text(one_line(nfc(str(cell))), order, since_1904, hint)


def _of_text(text: str, order: Order | None, since_1904: bool, hint: date | None) -> Moment | None:
    if not text.strip("-–—./ "):
        return None
    if _SERIAL.fullmatch(text):
        return _of_serial(float(text.replace(",", ".")), since_1904, text)
    at, said = _time_in(text.replace("T", " ") if text[4:5] == "-" else text)
    if found := _YEAR_FIRST.fullmatch(said):
        return _known(_existing(int(found[1]), int(found[2]), int(found[3]), text), at)
    if found := _IN_WORDS.fullmatch(said):
        return _known(_existing(int(found[3]), int(found[2]), int(found[1]), text), at)
    found = _YEAR_LAST.fullmatch(said)
    if found is None:
        raise BadDay(_("“%(text)s” không phải ngày; ghi như 20/7/2025") % {"text": text[:30]})
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    return _known(_in_order(first, second, year, order, text, hint), at)


def _in_order(first: int, second: int, year: int, order: Order | None, text: str, hint: date | None) -> date:
    # A cell with one reading is read so, whatever the order of its column.
    if first == second or first > 12:
        return _existing(year, second, first, text)
    if second > 12:
        return _existing(year, first, second, text)
    both = (_existing(year, second, first, text), _existing(year, first, second, text))
    if order is None and hint in both:
        return hint if hint is not None else both[0]
    if order is None:
        raise Unclear(
            _("“%(text)s” có thể là ngày %(one)s hoặc %(other)s; chọn thứ tự ngày, tháng của cột")
            % {"text": text[:30], "one": _shown(both[0]), "other": _shown(both[1])}
        )
    return both[0] if order is Order.DAY_FIRST else both[1]


def _existing(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadDay(_("“%(text)s” không có trong lịch") % {"text": text[:30]}) from None


def _shown(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _time_in(text: str) -> tuple[clock | None, str]:
    """The time in the text, and the rest."""
    found = _TIME.search(text)
    if found is None:
        return None, text.strip()
    rest = f"{text[: found.start()]} {text[found.end() :]}".strip(" ,-")
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    half = (found[4] or "").lower()
    if half in ("pm", "ch") and hour < 12:
        hour += 12
    elif half in ("am", "sa") and hour == 12:
        hour = 0
    try:
        return clock(hour, minute, second), rest
    except ValueError:
        raise BadDay(_("“%(text)s” có giờ không đúng") % {"text": text[:30]}) from None


def _of_serial(number: float, since_1904: bool, shown: str) -> Moment:
    """A day as a spreadsheet counts them."""
    start = _SINCE_1904 if since_1904 else _SINCE_1900
    if not 0 < number < 100_000:
        raise BadDay(_("“%(text)s” không phải ngày; ghi như 20/7/2025") % {"text": shown[:30]})
    whole = datetime.combine(start, clock.min) + timedelta(minutes=round(number * 1440))
    return _known(whole.date(), whole.time() or None)


def _known(day: date, at: clock | None) -> Moment:
    if day.year not in _YEARS:
        raise BadDay(_("ngày %(day)s không thể là ngày của hồ sơ") % {"day": _shown(day)})
    return Moment(day, at if at != clock.min else None)


@dataclass(slots=True)
class Evidence:
    """What the rows of a column prove of its order: the first rows that do. `by_code` are those whose reading is the day in the
    dossier's code: weaker, since a dossier may come in on another day than its code was given."""

    by_day: dict[Order, list[int]] = field(default_factory=dict)
    by_code: dict[Order, list[int]] = field(default_factory=dict)
    unclear: list[int] = field(default_factory=list)

    @property
    def proven(self) -> Order | None:
        """The one order that rows prove; `None` for none, and for both."""
        found = self.by_day or self.by_code
        return next(iter(found)) if len(found) == 1 else None

    @property
    def is_mixed(self) -> bool:
        """Whether some rows can only be read one way and some only the other."""
        return len(self.by_day) > 1

    @property
    def rows(self) -> list[int]:
        """The rows that prove it."""
        return (self.by_day or self.by_code).get(self.proven, []) if self.proven else []

    @property
    def is_asked(self) -> bool:
        """Whether a person must say: cells have two readings, and nothing decides."""
        return bool(self.unclear) and not self.is_mixed and self.proven is None


def evidence(cells: Iterable[tuple[int, object, date | None]]) -> Evidence:
    """What rows (their number, the cell, the day in the dossier's code) prove: a day above 12, or a reading that is the code's day."""
    found = Evidence()
    for row, cell, hint in cells:
        said = _YEAR_LAST.search(cell) if isinstance(cell, str) else None
        if said is None:
            continue
        first, second, year = int(said[1]), int(said[2]), int(said[3])
        if first == second or max(first, second) > 12:
            if first != second:
                _add(found.by_day, Order.DAY_FIRST if first > 12 else Order.MONTH_FIRST, row)
            continue
        if hint is not None and hint.year == year and {hint.day, hint.month} == {first, second}:
            _add(found.by_code, Order.DAY_FIRST if hint.day == first else Order.MONTH_FIRST, row)
        if len(found.unclear) < _MOST_ROWS_TOLD:
            found.unclear.append(row)
    return found


def _add(told: dict[Order, list[int]], order: Order, row: int) -> None:
    rows = told.setdefault(order, [])
    if len(rows) < _MOST_ROWS_TOLD:
        rows.append(row)
