"""Sentences about what is taken together."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.periods.identifier import Period
from dinhlang.periods.window import numeric_date
from dinhlang.reports.rules import printed_value
from dinhlang.reports.sources import is_percentage, is_share, label_of
from dinhlang.vietnamese.text import lower_first

if TYPE_CHECKING:
    from dinhlang.reports.consolidation.past import Outlier
    from dinhlang.reports.consolidation.taken import Taken


def unusual_in_words(one: Outlier, taken: Taken) -> str:
    """'Xã Bến Trúc, lượt phát thanh: 480, cao gấp 4 lần mức thường của chính xã (120; các kỳ trước: 110, 120, 130)'."""
    found = one.found
    told = (
        _("%(unit)s, %(label)s: %(value)s, cao hơn mức thường của chính đơn vị là %(usual)s%(times)s.")
        if found.is_high
        else _("%(unit)s, %(label)s: %(value)s, thấp hơn mức thường của chính đơn vị là %(usual)s%(times)s.")
    )
    percent = "%" if is_percentage(one.figure.concept) else ""
    label = label_of(one.figure.concept)
    return told % {
        "unit": capfirst(taken.names[one.figure.unit]),
        "label": lower_first(label),
        "value": f"{printed_value(found.value)}{percent}",
        "usual": f"{printed_value(round(found.usual, 1))}{percent}",
        "times": (
            _(" (các kỳ trước: %(past)s)")
            if is_share(one.figure.concept)
            else _(" (quy theo số ngày của kỳ này; các kỳ trước: %(past)s)")
        )
        % {"past": past_in_words(one)},
    }


def day_in_words(stated: str) -> str:
    """'2023-03-03' as '03/3/2023'; what is no day stays as it is."""
    try:
        return numeric_date(date.fromisoformat(stated))
    except ValueError:
        return stated


def past_in_words(one: Outlier) -> str:
    """'6 tháng đầu năm 2023: 110; 6 tháng đầu năm 2024: 120': what the usual value rests on."""
    return "; ".join(
        f"{Period.parse(past.period).label}: {printed_value(past.value)}" for past in one.found.past
    )
