"""How many dossiers were in time: a year by month and by field, as a page and as open data, counted from the register."""

from __future__ import annotations

import calendar
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.onestop import queries
from dinhlang.onestop.rules.figures import Figures
from dinhlang.onestop.rules.published import LEAST, Group, groups, in_time_share
from dinhlang.org import tables
from dinhlang.org.models import Unit
from dinhlang.org.views import today
from dinhlang.portal.api.serving import JSON
from dinhlang.portal.kept.remembered import moment, remembered_inside
from dinhlang.portal.opendata.rules import LICENCE, LICENCE_ADDRESS
from dinhlang.portal.sites.addresses import absolute
from dinhlang.portal.sites.frame import Place, not_there, page, site_page

HOLDS_SECONDS = 3600
COLUMNS = {
    "part": "Phần: month (một tháng), field (một lĩnh vực trong năm) hoặc year (cả năm)",
    "name": "Tháng (năm-tháng), tên lĩnh vực hoặc năm",
    "received": "Hồ sơ mới tiếp nhận",
    "carried": "Hồ sơ từ kỳ trước chuyển sang",
    "solved": "Hồ sơ đã giải quyết",
    "in_time": "Trong đó trước hạn và đúng hạn",
    "late": "Trong đó quá hạn",
    "open": "Hồ sơ đang giải quyết cuối kỳ",
    "open_late": "Trong đó đã quá hạn",
    "in_time_percent": "Tỷ lệ trước và đúng hạn trên số đã giải quyết có hạn (%)",
}
SOURCE = "Sổ theo dõi hồ sơ của nơi tiếp nhận, cách tính theo Biểu số 06/VPCP/KSTT"


@dataclass(frozen=True, slots=True)
class Year:
    """What is told of a year: its months that have begun, its fields, the whole."""

    year: int
    last: date
    months: Sequence[tuple[date, Figures]]
    fields: Sequence[Group]
    whole: Figures


def _counted(unit: Unit, year: int, on: date) -> Year:
    last = min(date(year, 12, 31), on)
    by_field = queries.figures_by_field(unit, date(year, 1, 1), last)
    months = [
        (date(year, month, 1), queries.figures(unit, date(year, month, 1), min(_month_end(year, month), last)))
        for month in range(1, last.month + 1)
    ]
    return Year(year, last, months[::-1], groups(by_field), sum(by_field.values(), Figures()))


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


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
    began = queries.first_day(unit)
    years = range(on.year, (began or on).year - 1, -1)
    if year not in years:
        return not_there(request, place)
    found = _counted(unit, year, on)
    return page(
        request,
        place,
        "portal/counter/figures.html",
        _("Giải quyết hồ sơ năm %(year)s") % {"year": year},
        description=_("Số hồ sơ tiếp nhận, đã giải quyết, đúng hạn và quá hạn theo tháng và lĩnh vực."),
        crumbs=((to.home, _("Trang chủ")),),
        found=found,
        share=percent(in_time_share(found.whole)),
        timed=found.whole.in_time + found.whole.late,
        months=[(one, figures, percent(in_time_share(figures))) for one, figures in found.months],
        fields=[
            (
                _("Các lĩnh vực ít hồ sơ, gộp chung")
                if one.is_rest
                else one.field or _("Chưa ghi lĩnh vực"),
                one.figures,
                percent(in_time_share(one.figures)),
            )
            for one in found.fields
        ],
        years=[(one, to.dossier_year(one)) for one in years] if len(years) > 1 else [],
        data=[(form, to.dossier_data(year, form)) for form in ("csv", "json")],
        has_any=began is not None,
        counted_at=timezone.now(),
        least=LEAST,
    )


def _data(request: HttpRequest, place: Place, year: str, form: str) -> HttpResponse:
    """The same figures for programs and tables."""
    on, site, number = today(), place.to.site, int(year)
    unit = Unit(pk=site.unit_id)
    began = queries.first_day(unit)
    if not (began or on).year <= number <= on.year:
        return not_there(request, place)
    found = _counted(unit, number, on)
    rows = list(_rows(found))
    if form == "csv":
        lines = tables.csv_lines(
            list(COLUMNS), ([one[name] if one[name] is not None else "" for name in COLUMNS] for one in rows)
        )
        return HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    whole = {
        "title": f"Giải quyết hồ sơ thủ tục hành chính năm {number} – {site.body}",
        "publisher": site.body,
        "url": absolute(site, place.to.dossier_data(number, "json")),
        "licence": LICENCE,
        "licence_url": LICENCE_ADDRESS,
        "source": SOURCE,
        "counted_at": timezone.now(),
        "from": date(number, 1, 1),
        "until": found.last,
        "least_of_a_field": LEAST,
        "columns": [{"name": name, "about": about} for name, about in COLUMNS.items()],
        "rows": rows,
    }
    return HttpResponse(
        json.dumps(whole, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder), content_type=JSON
    )


def _rows(found: Year) -> Iterator[dict[str, Any]]:
    for month, figures in reversed(found.months):
        yield _row("month", f"{month:%Y-%m}", figures)
    for one in found.fields:
        yield _row("field", "Gộp các lĩnh vực ít hồ sơ" if one.is_rest else one.field, one.figures)
    yield _row("year", str(found.year), found.whole)


def _row(part: str, name: str, one: Figures) -> dict[str, Any]:
    return {
        "part": part,
        "name": name,
        "received": one.received,
        "carried": one.carried,
        "solved": one.solved,
        "in_time": one.in_time,
        "late": one.late,
        "open": one.open,
        "open_late": one.open_late,
        "in_time_percent": percent(in_time_share(one)),
    }


_an_hour = moment(HOLDS_SECONDS)
this_year = site_page(remembered_inside(_this_year, _an_hour))
year = site_page(remembered_inside(_year, _an_hour))
data = site_page(remembered_inside(_data, _an_hour))
