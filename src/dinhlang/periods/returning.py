"""Days that come back, in the words of a notice: "Thứ Hai, thứ Tư hằng tuần", "Ngày 5 hằng tháng", "Thứ Hai đầu tiên hằng tháng".

A schedule of a plan (`schedule`) says by when something is due; this says on which days something takes place, and
moves no day: what falls on a day off falls there, and whoever asks decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dinhlang.periods.phrase import numeral, plain
from dinhlang.periods.window import last_day

LONGEST = 300
LAST = -1
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_NTH = {1: "đầu tiên", 2: "thứ hai", 3: "thứ ba", 4: "thứ tư", LAST: "cuối cùng"}
_NAMED = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_ONE_DAY = timedelta(days=1)


class BadReturn(ValueError):
    """The words name no days that come back. The message is Vietnamese and may be shown."""


@dataclass(frozen=True, slots=True)
class Returning:
    """The days on which something comes back; one that is named in two ways is one day.

    `weekdays` (0 is Monday) come every week. `month_days` are days of every month: `LAST` and any day that a month lacks
    mean its last. `nth` are pairs such as (1, 0), the first Monday of every month; its number is 1 to 4 or `LAST`.
    """

    weekdays: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    nth: frozenset[tuple[int, int]] = frozenset()

    def is_on(self, day: date) -> bool:
        """Whether the day is one of them."""
        if day.weekday() in self.weekdays:
            return True
        last = last_day(day.year, day.month).day
        if any((last if wanted == LAST else min(wanted, last)) == day.day for wanted in self.month_days):
            return True
        number = LAST if day.day + 7 > last else 0
        return not {((day.day - 1) // 7 + 1, day.weekday()), (number, day.weekday())}.isdisjoint(self.nth)

    def between(self, first: date, last: date) -> Iterator[date]:
        """The days from `first` to `last`, both included, in order."""
        day = first
        while day <= last:
            if self.is_on(day):
                yield day
            day += _ONE_DAY


EVERY_DAY = Returning(weekdays=frozenset(range(7)))

_EVERY_DAY = re.compile(r"(?:hang|moi|tat ca cac|cac) ngay(?: trong (?:tuan|thang))?")
_DAY = r"(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn)"
_EVERY_WEEK = r"(?:\s*(?:,\s*)?(?:cua\s+)?(?:hang|moi|trong) tuan)?"
_RANGE = re.compile(
    rf"(?:tu )?(?P<first>{_DAY})\s*(?:-|den|toi)\s*(?:het )?(?P<last>{_DAY}|[2-7]){_EVERY_WEEK}"
)
_LIST = re.compile(
    rf"(?:vao )?(?:cac )?(?:ngay )?(?P<days>{_DAY}(?:\s*(?:,|va|&|\+|;)\s*(?:{_DAY}|[2-7](?!\d)|hai|ba|tu|nam|sau|bay))*){_EVERY_WEEK}"
)
_EVERY_MONTH = r"(?:\s*(?:,\s*)?(?:cua\s+)?(?:hang|moi|trong)? ?thang)"
_ORDINAL = r"(?P<nth>dau(?: tien)?|cuoi(?: cung)?|thu (?:nhat|hai|ba|tu|[1-4]))"
_MONTHLY_WEEKDAY = re.compile(
    rf"(?:vao )?(?:ngay )?(?P<day>{_DAY})\s*,?\s*(?:tuan )?{_ORDINAL}{_EVERY_MONTH}"
)
_LAST_DAY = re.compile(rf"(?:vao )?ngay cuoi(?: cung)?{_EVERY_MONTH}")
_MONTH_DAYS = re.compile(
    rf"(?:vao )?(?:cac )?ngay (?P<days>\d{{1,2}}(?:\s*(?:,|va|&|\+)\s*(?:ngay )?\d{{1,2}})*){_EVERY_MONTH}"
)
_PART = re.compile(r"\s*(?:;|\n)\s*")
_NUMBERS = {"nhat": 1, "hai": 2, "ba": 3, "tu": 4}


def parse(text: str) -> Returning:
    """The days that the words name; parts of different kinds are separated by ';'. Raises `BadReturn`.

    >>> parse("Thứ 2, 4, 6 hằng tuần; ngày 5 hằng tháng").month_days
    frozenset({5})
    """
    if len(text) > LONGEST:
        raise BadReturn(f"Ngày lặp lại dài quá {LONGEST} ký tự. Hãy viết gọn lại.")
    parts = [part.strip(" .,") for part in _PART.split(plain(text)) if part.strip(" .,")]
    if not parts:
        raise BadReturn(
            "Chưa ghi ngày lặp lại. Viết như “Thứ Hai, thứ Tư hằng tuần” hoặc “Ngày 5 hằng tháng”."
        )
    weekdays: set[int] = set()
    month_days: set[int] = set()
    nth: set[tuple[int, int]] = set()
    for part in parts:
        found = _read(part)
        if found is None:
            raise BadReturn(
                f"Không hiểu ngày lặp lại “{text.strip()}”. Viết như “Thứ Hai, thứ Tư hằng tuần”, "
                "“Ngày 5 hằng tháng” hoặc “Thứ Hai đầu tiên hằng tháng”."
            )
        weekdays |= found.weekdays
        month_days |= found.month_days
        nth |= found.nth
    return Returning(frozenset(weekdays), frozenset(month_days), frozenset(nth))


def _read(part: str) -> Returning | None:
    if _EVERY_DAY.fullmatch(part):
        return EVERY_DAY
    if found := _MONTHLY_WEEKDAY.fullmatch(part):
        return Returning(nth=frozenset({(_ordinal(found["nth"]), _weekday(found["day"]))}))
    if found := _RANGE.fullmatch(part):
        return _range(_weekday(found["first"]), _weekday(found["last"]))
    if found := _LIST.fullmatch(part):
        days = re.split(r"\s*(?:,|;|&|\+|\bva\b)\s*", found["days"])
        return Returning(weekdays=frozenset(map(_weekday, days)))
    if _LAST_DAY.fullmatch(part):
        return Returning(month_days=frozenset({LAST}))
    if found := _MONTH_DAYS.fullmatch(part):
        numbers = [int(one) for one in re.findall(r"\d+", found["days"])]
        if any(not 1 <= one <= 31 for one in numbers):
            raise BadReturn("Ngày trong tháng phải từ 1 đến 31.")
        return Returning(month_days=frozenset(numbers))
    return None


def _range(first: int, last: int) -> Returning:
    return Returning(weekdays=frozenset((first + step) % 7 for step in range((last - first) % 7 + 1)))


def _weekday(word: str) -> int:
    name = word.removeprefix("thu ").strip()
    if name in {"chu nhat", "cn"}:
        return 6
    return int(name) - 2 if name.isdecimal() else _NAMED[name]


def _ordinal(word: str) -> int:
    if word.startswith("dau"):
        return 1
    if word.startswith("cuoi"):
        return LAST
    name = word.removeprefix("thu ")
    return _NUMBERS[name] if name in _NUMBERS else numeral(name)


def render(days: Returning) -> str:
    """The days in words that `parse` reads back the same; '' for none."""
    parts = []
    if days.weekdays:
        parts.append(_week(days.weekdays))
    numbers = sorted(one for one in days.month_days if one != LAST)
    if numbers:
        parts.append(f"ngày {_joined([str(one) for one in numbers])} hằng tháng")
    if LAST in days.month_days:
        parts.append("ngày cuối tháng")
    for number, weekday in sorted(days.nth, key=lambda one: (one[0] == LAST, one)):
        parts.append(f"{_WEEKDAYS[weekday]} {_NTH[number]} hằng tháng")
    said = "; ".join(parts)
    return said[:1].upper() + said[1:]


def _week(weekdays: frozenset[int]) -> str:
    if len(weekdays) == 7:
        return "hằng ngày"
    days = sorted(weekdays)
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"từ {_WEEKDAYS[days[0]]} đến {_WEEKDAYS[days[-1]]} hằng tuần"
    return f"{_joined([_WEEKDAYS[day] for day in days])} hằng tuần"


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}"
