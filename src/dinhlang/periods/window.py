"""A counting window: two days, both of which count."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


def numeric_date(day: date) -> str:
    """'05/3/2020': a zero before days under 10 and before months 1 and 2 only (NĐ 30/2020/NĐ-CP)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year:04d}"


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """The days from `start` to `end`, both included. Raises ValueError when `end` comes first."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"window ends on {self.end}, before it starts on {self.start}")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end

    @property
    def label(self) -> str:
        """'15/12/2022 – 14/6/2023'."""
        return f"{numeric_date(self.start)} – {numeric_date(self.end)}"

    @property
    def days(self) -> int:
        """How many days count."""
        return (self.end - self.start).days + 1

    def clipped(self, starts_on: date | None = None, ends_on: date | None = None) -> Window | None:
        """The part in which a unit existed; None when it existed on no day of the window.

        `starts_on` is the first day that counts and `ends_on` the first that no longer does, as units keep
        them; None leaves that side open. A commune born on 01/7/2025 counts its third quarter from that day.
        """
        start = self.start if starts_on is None else max(self.start, starts_on)
        end = self.end if ends_on is None else min(self.end, ends_on - timedelta(days=1))
        return Window(start, end) if start <= end else None
