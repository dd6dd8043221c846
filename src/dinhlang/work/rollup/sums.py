"""Adding to the stored sums: one statement for many rows, whatever was there before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, models

from dinhlang.work.models import DailyBelow, FoldChange, PeriodFact
from dinhlang.work.rollup.rules import MARK_MODULUS, Timeline, buckets_of, chain, mark_of

COLUMNS = ("total", "lines", "inexact_lines", "unevidenced_lines", "mark")
_ROWS = 1000


@dataclass(slots=True)
class Sum:
    """What is summed; as a difference its parts may be negative, `mark` never is."""

    total: int = 0
    lines: int = 0
    inexact_lines: int = 0
    unevidenced_lines: int = 0
    mark: int = 0

    def add(self, other: Sum, times: int = 1) -> None:
        """Take another one in, or out with `times=-1`."""
        self.total += times * other.total
        self.lines += times * other.lines
        self.inexact_lines += times * other.inexact_lines
        self.unevidenced_lines += times * other.unevidenced_lines
        self.mark = (self.mark + times * other.mark) % MARK_MODULUS

    @property
    def values(self) -> tuple[int, int, int, int, int]:
        """In the order of `COLUMNS`."""
        return (self.total, self.lines, self.inexact_lines, self.unevidenced_lines, self.mark)

    @property
    def is_nothing(self) -> bool:
        return not any(self.values)


# Of a unit's own lines, or of all below it: by concept and day.
Days = dict[tuple[str, date], Sum]


def no_days() -> Days:
    """Empty; a key that is asked for comes to be."""
    return defaultdict(Sum)


def change(row: FoldChange) -> Sum:
    """What a change of a daily fact adds."""
    return Sum(row.total, row.lines, row.inexact_lines, row.unevidenced_lines, mark_of(row.digest))


class Differences:
    """What is to be added to the sums of any units; written at once."""

    def __init__(self) -> None:
        self.periods: dict[tuple[Any, ...], Sum] = defaultdict(Sum)
        self.below: dict[tuple[Any, ...], Sum] = defaultdict(Sum)

    def add(
        self, known: Mapping[str, Timeline], unit: str, concept: str, day: date, what: Sum, times: int = 1
    ) -> None:
        """Add a unit's own lines of a day: to the unit, and to all above it on that day."""
        self._to_periods(unit, concept, day, what, times)
        self.add_above(chain(dict(known), unit, day), concept, day, what, times)

    def add_above(self, units: Iterable[str], concept: str, day: date, what: Sum, times: int = 1) -> None:
        """Add what stands below these units on a day."""
        for above in units:
            self.below[above, concept, day].add(what, times)
            self._to_periods(above, concept, day, what, times)

    def _to_periods(self, unit: str, concept: str, day: date, what: Sum, times: int) -> None:
        for bucket in buckets_of(day):
            self.periods[bucket, unit, concept].add(what, times)

    def write(self) -> None:
        """Add all of it to the database. The caller has the turn (`actions.turn`)."""
        add_to(PeriodFact, ("bucket", "unit_id", "concept"), self.periods)
        add_to(DailyBelow, ("unit_id", "concept", "day"), self.below)


def add_to(model: type[models.Model], key: tuple[str, str, str], sums: Mapping[tuple[Any, ...], Sum]) -> None:
    """Add to the rows with these keys, make those that are not there, delete those of which no line is left.

    Plain SQL: the same on both databases, and Django's own way to write many rows cannot add to what is there.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    names = (*key, *COLUMNS)
    row = f"({', '.join(['%s'] * len(names))})"
    sets = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in COLUMNS[:-1])
    mark = f"mark = ({table}.mark + excluded.mark) %% {MARK_MODULUS}"
    # In the order of the key: two writers of the same rows would wait for each other, not both.
    changed = [(where, what) for where, what in sorted(sums.items()) if not what.is_nothing]
    with connection.cursor() as cursor:
        for some in _batches(changed):
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join([row] * len(some))}"  # noqa: S608
                f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sets}, {mark}",
                [value for where, what in some for value in (*where, *what.values)],
            )
    _forget_empty(model, key, [where for where, what in changed if what.lines <= 0])


def _forget_empty(
    model: type[models.Model], key: tuple[str, str, str], wheres: list[tuple[Any, ...]]
) -> None:
    """A row of which no line is left goes: unknown is not zero."""
    for some in _batches(wheres):
        within = {f"{name}__in": {where[number] for where in some} for number, name in enumerate(key)}
        model._default_manager.filter(**within, lines=0).delete()


def _batches(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), _ROWS):
        yield rows[start : start + _ROWS]
