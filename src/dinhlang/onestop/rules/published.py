"""What of the register's figures everyone may read: no group so small that one can tell who is in it. Plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dinhlang.onestop.rules.figures import Figures

LEAST = 5
"""A field with fewer dossiers in the window is told together with others."""


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of one field ('' is the field of dossiers without one), or with `is_rest` of those too small to be told alone."""

    field: str
    figures: Figures
    is_rest: bool = False


def groups(by_field: Mapping[str, Figures]) -> Sequence[Group]:
    """The fields that are told, in the order given, then those together that are too small alone; none when all are too few.

    What is left must not follow from the sum: where it is too small itself, the smallest field that could be told joins it.
    """
    large = [Group(name, one) for name, one in by_field.items() if _size(one) >= LEAST]
    small = [one for one in by_field.values() if _size(one) < LEAST]
    if not small:
        return large
    rest = sum(small, Figures())
    if _size(rest) < LEAST and large:
        joins = min(large, key=lambda one: _size(one.figures))
        large.remove(joins)
        rest += joins.figures
    return [*large, Group("", rest, is_rest=True)] if _size(rest) >= LEAST else []


def in_time_share(found: Figures) -> Fraction | None:
    """Of the dossiers that were solved and had a day those that were in time; `None` without any."""
    timed = found.in_time + found.late
    return Fraction(found.in_time, timed) if timed else None


def _size(one: Figures) -> int:
    return one.received + one.carried
