"""The poster of a contest as PDF."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dinhlang.citizens.models import Contest
from dinhlang.citizens.surveys.papers import poster_of
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.rules import printed_day


@kept_in_vietnamese
def poster(contest: Contest, address: str, *, on: date) -> bytes:
    """One sheet of A4 with a large code that opens the page of an approved contest."""
    weeks = list(contest.weeks.order_by("number"))
    return poster_of(
        contest.unit,
        title=contest.title,
        ask=_("Quét mã để đọc thể lệ và vào thi, hoặc vào:"),
        address=address,
        note=_("Mỗi số điện thoại thi chính thức một lần mỗi tuần."),
        days=_("Từ ngày %(first)s đến ngày %(last)s")
        % {
            "first": printed_day(localtime(weeks[0].opens_at).date()),
            "last": printed_day(localtime(weeks[-1].closes_at).date()),
        },
        on=on,
    )
