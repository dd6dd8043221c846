"""How many dossiers were in time: a year by month and by field, counted from the register."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.onestop import queries
from dinhlang.onestop.rules.published import LEAST, groups, in_time_share
from dinhlang.org.models import Unit
from dinhlang.org.views import today
from dinhlang.portal.kept.remembered import moment, remembered_inside
from dinhlang.portal.sites.frame import Place, not_there, page, site_page

HOLDS_SECONDS = 3600


def years_of(unit: Unit, on: date) -> range:
    """The years of the register, the newest first; this year alone while it is empty."""
    return range(on.year, (queries.first_day(unit) or on).year - 1, -1)


def percent(share: Fraction | None) -> float | None:
    """With one decimal place, cut and not rounded: 99,96 % must not read as all."""
    return int(share * 1000) / 10 if share is not None else None


def _year(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    return _told(request, place, int(year))


def _this_year(request: HttpRequest, place: Place) -> HttpResponse:
    return _told(request, place, today().year)


def _told(request: HttpRequest, place: Place, year: int) -> HttpResponse:
    on, to = today(), place.to
    unit = Unit(pk=to.site.unit_id)
    years = years_of(unit, on)
    if year not in years:
        return not_there(request, place)
    found = queries.year_of(unit, year, on, timezone.now())
    whole = found.whole
    return page(
        request,
        place,
        "portal/counter/figures.html",
        _("Giải quyết hồ sơ năm %(year)s") % {"year": year},
        description=_("Số hồ sơ tiếp nhận, đã giải quyết, đúng hạn và quá hạn theo tháng và lĩnh vực."),
        crumbs=((to.home, _("Trang chủ")),),
        found=found,
        whole=whole,
        share=percent(in_time_share(whole)),
        timed=whole.in_time + whole.late,
        months=[(one, figures, percent(in_time_share(figures))) for one, figures in reversed(found.months)],
        fields=[
            (
                _("Các lĩnh vực ít hồ sơ, gộp chung") if one.is_rest else one.field or _("Chưa ghi lĩnh vực"),
                one.figures,
                percent(in_time_share(one.figures)),
            )
            for one in groups(found.fields)
        ],
        years=[(one, to.dossier_year(one)) for one in years] if len(years) > 1 else [],
        data=[(form, to.dossier_data(year, form)) for form in ("csv", "json")],
        has_any=queries.first_day(unit) is not None,
        counted_at=found.counted_at,
        least=LEAST,
    )


_an_hour = moment(HOLDS_SECONDS)
this_year = site_page(remembered_inside(_this_year, _an_hour))
year = site_page(remembered_inside(_year, _an_hour))
