"""Stored sums: read, added to, put in their place. Whoever writes has the turn (`actions.turn`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, cast

from dinhlang.periods.window import Window
from dinhlang.work.models import PeriodSums, SumsBelow
from dinhlang.work.rollup.rules import buckets_of_year
from dinhlang.work.rollup.sums import Days, Differences, Sums, is_empty, packed, plus, unpacked

Stored = type[PeriodSums] | type[SumsBelow]
Key = tuple[str, str] | tuple[str, date]
# Rows of a kilobyte and a half.
_ROWS = 500
_SECOND: dict[Stored, str] = {PeriodSums: "bucket", SumsBelow: "day"}


def add(differences: Differences) -> None:
    """Add to what is stored; a row of which no line is left goes: unknown is not zero."""
    _add(PeriodSums, differences.periods)
    _add(SumsBelow, differences.below)


def _add(model: Stored, differences: Mapping[Any, Sums]) -> None:
    # In the order of the key: what lies together is read and written together.
    changed = sorted(key for key, what in differences.items() if any(what))
    for start in range(0, len(changed), _ROWS):
        some = changed[start : start + _ROWS]
        stored = _read(model, some)
        _write(
            model,
            {key: plus(stored[key], differences[key]) if key in stored else differences[key] for key in some},
            stored,
        )


def _read(model: Stored, keys: list[Key]) -> dict[Key, Sums]:
    second = _SECOND[model]
    within = {"unit__in": {key[0] for key in keys}, f"{second}__in": {key[1] for key in keys}}
    wanted = set(keys)
    rows = _objects(model).filter(**within).order_by().values_list("unit_id", second, "sums")
    return {(unit, when): unpacked(sums) for unit, when, sums in rows if (unit, when) in wanted}


def _write(model: Stored, sums: Mapping[Key, Sums], stored: Iterable[Key]) -> None:
    second = _SECOND[model]
    gone: dict[str, list[str | date]] = {}
    for key in stored:
        if key not in sums or is_empty(sums[key]):
            gone.setdefault(key[0], []).append(key[1])
    for unit, whens in gone.items():
        _objects(model).filter(unit=unit, **{f"{second}__in": whens}).delete()
    _objects(model).bulk_create(
        [
            model(unit_id=unit, **{second: when}, sums=packed(what))
            for (unit, when), what in sums.items()
            if not is_empty(what)
        ],
        update_conflicts=True,
        unique_fields=["unit", second],
        update_fields=["sums"],
        batch_size=_ROWS,
    )


def _objects(model: Stored) -> Any:
    return cast(Any, model)._default_manager


# --- of a unit ------------------------------------------------------------------------------------


def days_below(unit: str, window: Window) -> Iterator[tuple[date, Sums]]:
    """What is summed of all below a unit, by day."""
    rows = SumsBelow.objects.filter(unit=unit, day__range=(window.start, window.end)).order_by()
    for day, sums in rows.values_list("day", "sums").iterator(chunk_size=1000):
        yield day, unpacked(sums)


def replace_year(unit: str, year: Window, periods: Mapping[str, Sums], below: Days) -> int:
    """Put a unit's sums of a calendar year in the place of those that are there; gives how many rows there are now.

    Rows that are right already are left alone.
    """
    buckets = PeriodSums.objects.filter(unit=unit, bucket__in=buckets_of_year(year.start.year))
    days = SumsBelow.objects.filter(unit=unit, day__range=(year.start, year.end))
    return _replace(PeriodSums, unit, buckets, periods) + _replace(SumsBelow, unit, days, below)


def _replace(model: Stored, unit: str, rows: Any, sums: Mapping[Any, Sums]) -> int:
    second = _SECOND[model]
    stored = {when: bytes(data) for when, data in rows.order_by().values_list(second, "sums")}
    wanted = {when: packed(what) for when, what in sums.items() if not is_empty(what)}
    if gone := [when for when in stored if when not in wanted]:
        rows.filter(**{f"{second}__in": gone}).delete()
    _objects(model).bulk_create(
        [
            model(unit_id=unit, **{second: when}, sums=data)
            for when, data in wanted.items()
            if stored.get(when) != data
        ],
        update_conflicts=True,
        unique_fields=["unit", second],
        update_fields=["sums"],
        batch_size=_ROWS,
    )
    return len(wanted)
