"""Working days of the public service (Bộ luật Lao động 2019, art. 112, with the yearly notices and swaps).

The `holidays` package knows the statutory days and most swaps; `days.toml` says what it misses and which years
were compared with the official notices. In every other year a count is provisional ("tạm tính").
Terms are counted by Bộ luật Dân sự 2015, art. 147–148: the day of receipt does not count, and a term that
would end on a day off ends on the next working day.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from dinhlang.periods.window import numeric_date

# The years for which the package can place Tết.
FIRST_YEAR, LAST_YEAR = 1996, 2098
MOST_WORKING_DAYS = 5000

# Inside a sentence; a reason begins with a capital.
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
SATURDAY = 5
_ONE_DAY = timedelta(days=1)


class BadCount(ValueError):
    """A count of working days that cannot be made. The message is Vietnamese and may be shown."""


class DayType(StrEnum):
    """What a notice makes of a day."""

    OFF = "off"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class DayOverride:
    """One day as a notice has it, against the package."""

    day: date
    type: DayType
    reason: str
    basis: str


@dataclass(frozen=True, slots=True)
class SkippedDay:
    """A day that did not count, and why, in Vietnamese."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a term ends, and how it was counted.

    `skipped` are the days passed over, `worked_weekends` those that count although they are a Saturday or
    Sunday; `provisional` when a day of the count lies in a year without an official notice.
    """

    due: date
    skipped: tuple[SkippedDay, ...]
    worked_weekends: tuple[SkippedDay, ...]
    provisional: bool


class WorkingCalendar:
    """Which days are worked. Raises BadCount for years outside 1996–2098."""

    def __init__(
        self, overrides: Iterable[DayOverride] = (), official_years: Iterable[int] = (), version: str = ""
    ) -> None:
        self._overrides = {override.day: override for override in overrides}
        self._official_years = frozenset(official_years)
        self._table_version = version
        self._years: dict[int, tuple[dict[date, str], dict[date, str]]] = {}

    @property
    def version(self) -> str:
        """Which data the counts rest on; keep it beside a stored deadline."""
        import holidays

        return f"holidays {holidays.__version__}; days {self._table_version}"

    def is_working(self, day: date) -> bool:
        """Whether offices work on this day."""
        return self.reason_off(day) is None

    def reason_off(self, day: date) -> str | None:
        """Why the day is not worked, in Vietnamese; None when it is a working day."""
        override = self._overrides.get(day)
        if override is not None:
            return override.reason if override.type is DayType.OFF else None
        days_off, make_ups = self._year(day.year)
        if day in make_ups:
            return None
        weekend = _WEEKDAYS[day.weekday()] if day.weekday() >= SATURDAY else None
        holiday = days_off.get(day)
        reason = ", ".join(part for part in (weekend, holiday) if part)
        return reason[:1].upper() + reason[1:] or None

    def reason_worked(self, day: date) -> str | None:
        """Why a Saturday or Sunday is worked, in Vietnamese; None for any other day."""
        override = self._overrides.get(day)
        if override is not None:
            return override.reason if override.type is DayType.WORK else None
        return self._year(day.year)[1].get(day)

    def is_provisional(self, day: date) -> bool:
        """Whether no official notice for the day's year has been loaded ("tạm tính")."""
        return day.year not in self._official_years

    def next_working(self, day: date) -> date:
        """The day itself when it is worked, else the first working day after it."""
        while not self.is_working(day):
            day += _ONE_DAY
        return day

    def last_working(self, day: date) -> date:
        """The day itself when it is worked, else the last working day before it."""
        while not self.is_working(day):
            day -= _ONE_DAY
        return day

    def add(self, day: date, n: int) -> date:
        """The day on which a term of `n` working days ends that was received on `day`.

        With n = 0 that is the day itself, or the next working day. Raises BadCount.
        """
        return self.explain(day, n).due

    def explain(self, day: date, n: int) -> Deadline:
        """As `add`, with every day passed over and why. Raises BadCount."""
        if not 0 <= n <= MOST_WORKING_DAYS:
            raise BadCount(f"Số ngày làm việc phải từ 0 đến {MOST_WORKING_DAYS}, không phải {n}.")
        self._year(day.year)
        due, left = (day, n) if n else (self.next_working(day), 0)
        while left:
            due += _ONE_DAY
            left -= self.is_working(due)
        first = day + _ONE_DAY if n else day
        return Deadline(
            due=due,
            skipped=self._skipped(first, due),
            worked_weekends=tuple(
                SkippedDay(one, reason) for one in _days(first, due) if (reason := self.reason_worked(one))
            ),
            provisional=any(self.is_provisional(date(year, 1, 1)) for year in range(day.year, due.year + 1)),
        )

    def _skipped(self, first: date, last: date) -> tuple[SkippedDay, ...]:
        return tuple(
            SkippedDay(day, reason) for day in _days(first, last) if (reason := self.reason_off(day))
        )

    def _year(self, year: int) -> tuple[dict[date, str], dict[date, str]]:
        """Days off with their reasons, and make-up days with theirs, of one year."""
        if year not in self._years:
            if not FIRST_YEAR <= year <= LAST_YEAR:
                raise BadCount(
                    f"Chưa tính được ngày làm việc của năm {year}; chỉ tính từ {FIRST_YEAR} đến {LAST_YEAR}."
                )
            self._years[year] = _known(year)
        return self._years[year]


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


# --- What the holidays package says, in the office's words ----------------------------------------------------

_SWAPPED = re.compile(r"thay cho ngày (\d{2})/(\d{2})/(\d{4})")
_NAMES = (
    ("Tết Dương lịch", "Tết Dương lịch"),
    ("Tết", "Tết Nguyên đán"),
    ("Hùng Vương", "Giỗ Tổ Hùng Vương"),
    ("Chiến thắng", "Ngày Chiến thắng 30/4"),
    ("Quốc tế Lao động", "Ngày Quốc tế Lao động 01/5"),
    ("Quốc khánh", "Quốc khánh"),
    ("Văn hóa", "Ngày Văn hóa Việt Nam"),
)


def _known(year: int) -> tuple[dict[date, str], dict[date, str]]:
    # Imported when first asked: most commands never need a calendar, and the package is slow to load.
    import holidays

    # A swap may cross the New Year; the package files both its days under the year of the day off.
    known = holidays.country_holidays("VN", years=(year - 1, year, year + 1), language="vi")
    days_off: dict[date, str] = {}
    make_ups: dict[date, str] = {}
    for day, name in known.items():
        swapped = _SWAPPED.search(name)
        if swapped is None:
            days_off[day] = _reason(name)
            continue
        worked = date(int(swapped[3]), int(swapped[2]), int(swapped[1]))
        days_off[day] = f"nghỉ hoán đổi sang {_named(worked)}"
        make_ups[worked] = f"Làm việc bù cho {_named(day)}"
    return days_off, make_ups


def _reason(name: str) -> str:
    in_lieu = "nghỉ bù" if "nghỉ bù" in name else "nghỉ"
    for part, ours in _NAMES:
        if part in name:
            return f"{in_lieu} {ours}"
    return f"{in_lieu} {name}"


def _named(day: date) -> str:
    return f"{weekday_of(day)} {numeric_date(day)}"


def weekday_of(day: date) -> str:
    """'thứ Năm', as it stands inside a sentence."""
    return _WEEKDAYS[day.weekday()]


@cache
def default() -> WorkingCalendar:
    """The calendar of the package and the table that ships with it."""
    text = (files("dinhlang.periods") / "days.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return WorkingCalendar(
        overrides=[
            DayOverride(row["date"], DayType(row["type"]), row["reason"], row["basis"])
            for row in table["day"]
        ],
        official_years=[row["year"] for row in table["year"]],
        version=table["version"],
    )
