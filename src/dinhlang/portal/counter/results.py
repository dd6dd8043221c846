"""Dossiers that have a result, by the end of their codes: whoever holds the paper finds theirs, nobody finds a neighbour's."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.onestop import queries
from dinhlang.onestop.models import Dossier
from dinhlang.onestop.rules import clock
from dinhlang.onestop.rules.clock import Timing
from dinhlang.onestop.rules.states import Delivery
from dinhlang.org.models import Unit
from dinhlang.org.views import today
from dinhlang.portal.kept.remembered import moment, remembered_inside
from dinhlang.portal.sites.frame import Place, page, site_page

DAYS = 14
PER_PAGE = 50
HOLDS_SECONDS = 300


def _results(request: HttpRequest, place: Place) -> HttpResponse:
    """The results of one of the last days: today, or the day that is asked for."""
    on, to = today(), place.to
    days = [on - timedelta(days=ago) for ago in range(DAYS)]
    asked = _day(request.GET.get("ngay", ""))
    day = asked if asked in days else on
    rows = Paginator(queries.results_of(Unit(pk=to.site.unit_id), day), PER_PAGE).get_page(
        request.GET.get("trang")
    )
    return page(
        request,
        place,
        "portal/counter/results.html",
        _("Hồ sơ đã có kết quả"),
        description=_("Hồ sơ có kết quả trong hai tuần qua, tra theo phần cuối của mã hồ sơ."),
        crumbs=((to.home, _("Trang chủ")), (to.dossiers, _("Một cửa"))),
        days=days,
        day=day,
        page=rows,
        rows=[
            (_end(one.code), one, timing := _timing(one), timing is Timing.LATE, _delivery(one))
            for one in rows
        ],
    )


def _end(code: str) -> str:
    """The day and the number of a code: its office is the same for all."""
    return f"…-{'-'.join(code.split('-')[-2:])}" if code else "…"


def _timing(one: Dossier) -> Timing:
    return clock.timing(
        state=one.state,
        due_at=one.due_at,
        resolved_at=one.resolved_at,
        at=timezone.now(),
        soon=queries.SOON,
    )


def _delivery(one: Dossier) -> str:
    return {
        Delivery.GIVEN: _("đã trả"),
        Delivery.SENT: _("đã gửi"),
    }.get(Delivery(one.delivery_state), _("chờ người nộp nhận"))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if len(written) == 10 else None
    except ValueError:
        return None


results = site_page(remembered_inside(_results, moment(HOLDS_SECONDS)))
