"""The figures of years kept for the public page: counted by the worker, so that no visitor waits for them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import F, Q
from django.utils.timezone import localdate

from dinhlang.onestop import queries
from dinhlang.onestop.models import CountedDay, YearFigures
from dinhlang.org.models import Unit

NOT_BEFORE = timedelta(minutes=5)
"""A register that changes all day is not counted again all the time."""
_MOST = 20


def keep_years(*, at: datetime, most: int = _MOST) -> int:
    """Count the years that are not kept yet, that changed, or that went on; how many."""
    on = localdate(at)
    wanted = [*_new(on), *_old(on, at)][:most]
    for unit, year in wanted:
        _keep(Unit(pk=unit), year, on, at)
    return len(wanted)


def _new(on: date) -> list[tuple[str, int]]:
    """Years of which nothing is kept: of each unit those from its first receipt until now."""
    kept = set(YearFigures.objects.values_list("unit", "year"))
    units = CountedDay.objects.order_by("unit").values_list("unit", flat=True).distinct()
    found = []
    for unit in units:
        began = queries.first_day(Unit(pk=unit))
        if began is not None:
            found += [(unit, year) for year in range(on.year, began.year - 1, -1) if (unit, year) not in kept]
    return found


def _old(on: date, at: datetime) -> list[tuple[str, int]]:
    went_on = Q(year=on.year) & ~Q(last=on)
    # A year that was counted on one of its own days, and has ended since.
    ended = Q(year__lt=on.year, last__year=F("year")) & ~Q(last__month=12, last__day=31)
    changed = Q(counted_at__lte=at - NOT_BEFORE) & (Q(is_due=True) | Q(is_counting=True))
    rows = YearFigures.objects.filter(went_on | ended | changed).order_by("-year", "unit")
    return list(rows.values_list("unit", "year"))


def _keep(unit: Unit, year: int, on: date, at: datetime) -> None:
    # Unmarked before it is counted, and for everybody: what changes meanwhile marks it again.
    YearFigures.objects.filter(unit=unit, year=year).update(is_due=False, is_counting=True)
    found = queries.kept_of(queries.counted_year(unit, year, on, at))
    YearFigures.objects.update_or_create(unit=unit, year=year, defaults={**found, "is_counting": False})
