"""How numbers and days are written on the pages of the desk. Django looks for template filters under this name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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


@register.filter
def days_left(day: date, on: date) -> str:
    """How far a day is from `on`, in words: 'hôm nay', 'còn 3 ngày', 'quá 2 ngày'. Goes beside the date itself."""
    left = (day - on).days
    if left == 0:
        return _("hôm nay")
    if left > 0:
        return ngettext("còn %(days)s ngày", "còn %(days)s ngày", left) % {"days": numbers.printed(left)}
    return ngettext("quá %(days)s ngày", "quá %(days)s ngày", -left) % {"days": numbers.printed(-left)}


@register.simple_tag(takes_context=True)
def typed(context: Context, do: str, name: str, otherwise: Any = "") -> Any:
    """What was typed into a field of the deed that this answer refuses: it stands there again. Else `otherwise`."""
    sent = context["request"].POST
    return sent.get(name, "") if sent.get("do") == do else otherwise


@register.simple_tag(takes_context=True)
def unfolded(context: Context, do: str) -> str:
    """The attribute that opens the folded form of the deed that this answer refuses."""
    return SafeString(" open") if context["request"].POST.get("do") == do else ""
