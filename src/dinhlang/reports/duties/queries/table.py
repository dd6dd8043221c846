"""Periods by units as of a day: who owes, who is late, who was in time. Rates count rows, so a merger bends none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet

from dinhlang.periods.identifier import Period
from dinhlang.reports.duties.queries.quality import Quality, qualities, summed
from dinhlang.reports.duties.queries.standing import Shown, shown, with_standing
from dinhlang.reports.duties.rules import State
from dinhlang.reports.models import Obligation
from dinhlang.vietnamese.text import collation_key


@dataclass(frozen=True, slots=True)
class Rate:
    """Of the reports that are due by a day: how many were owed, are there, and came in time.

    One that is not due yet counts only once it is sent; one that was released counts nowhere.
    """

    owed: int
    sent: int
    in_time: int

    @property
    def complete(self) -> Decimal | None:
        """Per cent of what was owed that is there; unknown when nothing was."""
        return _share(self.sent, self.owed)

    @property
    def timely(self) -> Decimal | None:
        """Per cent of what was owed that came in time."""
        return _share(self.in_time, self.owed)


def rate_of(rows: Iterable[Shown]) -> Rate:
    """The rate over obligations, each one row."""
    counted = [one for one in rows if one.state in _DUE or one.is_returned_late]
    sent = [one for one in counted if not one.state.is_owed]
    return Rate(len(counted), len(sent), sum(one.state is State.DONE for one in sent))


_DUE = frozenset({State.LATE, State.DONE, State.DONE_LATE})


def _share(part: int, whole: int) -> Decimal | None:
    if not whole:
        return None
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Line:
    """One unit: its obligation for each column, `None` where it owed none, and its rate."""

    unit_id: str
    name: str
    cells: tuple[Shown | None, ...]
    rate: Rate
    quality: Quality


@dataclass(frozen=True, slots=True)
class Table:
    """Units by periods; `rates` are those of the columns, `rate` that of the whole."""

    periods: tuple[Period, ...]
    lines: tuple[Line, ...]
    rates: tuple[Rate, ...]
    rate: Rate
    quality: Quality


def table(rows: QuerySet[Obligation], names: dict[str, str], on: date) -> Table:
    """The table of obligations of one programme and year. `names` are those of the units by id."""
    every: list[Any] = list(with_standing(rows.filter(request=None), on))
    found = {(row.unit_id, row.period): shown(row, on) for row in every}
    periods = tuple(
        sorted((Period.parse(one) for one in {row.period for row in every}), key=lambda one: one.last_month)
    )
    units = sorted({unit for unit, _period in found}, key=lambda unit: (collation_key(names[unit]), unit))
    known = qualities(found.values())
    lines = []
    for unit in units:
        cells = tuple(found.get((unit, str(period))) for period in periods)
        there = [one for one in cells if one]
        lines.append(Line(unit, names[unit], cells, rate_of(there), summed(there, known)))
    rates = tuple(
        rate_of(one for (_unit, period), one in found.items() if period == str(column)) for column in periods
    )
    every_one = found.values()
    return Table(periods, tuple(lines), rates, rate_of(every_one), summed(every_one, known))
