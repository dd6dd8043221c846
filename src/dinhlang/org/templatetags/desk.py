"""How numbers are written on the pages of the desk. Django looks for template filters under this name."""

from __future__ import annotations

from decimal import Decimal

from django import template

from dinhlang.vietnamese import numbers

register = template.Library()


@register.filter
def printed(value: float | Decimal | str | None) -> str:
    """A number the Vietnamese way, '1.234,5'; a dash for an unknown one; words stay as they are."""
    if value is None:
        return "—"
    if isinstance(value, str):
        return value
    return numbers.printed(float(value) if isinstance(value, Decimal) else value)
