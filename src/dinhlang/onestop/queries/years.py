"""The figures of a whole year, by month and by field: counted, and as they are kept for the public page."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from dinhlang.onestop.models import YearFigures
from dinhlang.onestop.queries.figures import figures, figures_by_field, first_day
from dinhlang.onestop.rules.figures import Figures
from dinhlang.org.models import Unit


@dataclass(frozen=True, slots=True)
class Year:
    """What is known of a year until `last`: its months that have begun, the newest last; its fields in their order."""

    year: int
    last: date
    months: Sequence[tuple[date, Figures]]
    fields: Mapping[str, Figures]
    counted_at: datetime

    @property
    def whole(self) -> Figures:
        return sum(self.fields.values(), Figures())


def year_of(unit: Unit, year: int, on: date, at: datetime) -> Year:
    """The year as it is kept, which may be some minutes old; counted now where nothing is kept."""
    kept = YearFigures.objects.filter(unit=unit, year=year).first()
    if kept is None:
        return counted_year(unit, year, on, at)
    return Year(
        year,
        kept.last,
        [(date.fromisoformat(month), Figures(**counts)) for month, counts in kept.months],
        {field: Figures(**counts) for field, counts in kept.fields},
        kept.counted_at,
    )


def counted_year(unit: Unit, year: int, on: date, at: datetime) -> Year:
    """The year counted from the register."""
    last = last_of(year, on)
    began = first_day(unit)
    # Before the first receipt there is no month to tell of.
    first = began.month if began and began.year == year else 1
    months = [
        (
            date(year, month, 1),
            figures(unit, date(year, month, 1), min(_month_end(year, month), last)),
        )
        for month in range(first, last.month + 1)
    ]
    return Year(year, last, months, figures_by_field(unit, date(year, 1, 1), last), at)


def last_of(year: int, on: date) -> date:
    """The day until which a year can be counted."""
    return min(date(year, 12, 31), on)


def kept_of(found: Year) -> dict[str, object]:
    """The year as its row keeps it."""
    return {
        "last": found.last,
        "months": [(month.isoformat(), asdict(counts)) for month, counts in found.months],
        "fields": [(field, asdict(counts)) for field, counts in found.fields.items()],
        "counted_at": found.counted_at,
    }


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
