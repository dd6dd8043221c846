"""How pages of the radio write a length."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def length_in_words(seconds: object) -> str:
    """'2 phút 5 giây' of 125 seconds; '0 giây' of none."""
    whole = round(float(str(seconds or 0)))
    minutes, rest = divmod(whole, 60)
    if not minutes:
        return _("%(seconds)s giây") % {"seconds": rest}
    if not rest:
        return _("%(minutes)s phút") % {"minutes": minutes}
    return _("%(minutes)s phút %(seconds)s giây") % {"minutes": minutes, "seconds": rest}
