"""Figures of surveys in writing."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from django import template

from dinhlang.citizens.surveys.telling import percent, rounded

register = template.Library()


@register.filter
def share(value: Fraction | None) -> str:
    """A share of 0 to 1 as 86,5%; a dash where it is unknown."""
    return percent(value)


@register.filter
def figure(value: Fraction) -> str:
    """A figure with one decimal."""
    return rounded(value)


@register.filter
def at(row: Sequence[str], place: int) -> str:
    """What stands at a place of a row."""
    return row[place]
