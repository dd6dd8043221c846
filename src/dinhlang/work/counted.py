"""Days that another room counts by itself, so that nobody writes the same people down once more.

A room registers from its `AppConfig.ready` what it counts (`counts`); this room knows none of them. What a room counted is
asked about when somebody types a line, on the page of lines that may be one act, and in the check of a report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from dinhlang.org.models import Unit


@dataclass(frozen=True, slots=True)
class Counted:
    """That a room counted a day: the kind of line and the counters it tells of, the line that stands for the day (None until
    the day is over), what was counted in words, and where that is shown."""

    kind: str
    day: date
    counters: frozenset[str]
    line: int | None
    words: str
    url: str


Counting = Callable[[Unit, date, date], Iterable[Counted]]
_countings: list[Counting] = []


def counts(counting: Counting) -> None:
    """Ask this function what its room counted of a unit from a day until a day, once."""
    if counting not in _countings:
        _countings.append(counting)


def counted(unit: Unit, first: date, last: date) -> list[Counted]:
    """Every day of the unit that a room counted."""
    return [one for counting in _countings for one in counting(unit, first, last)]
