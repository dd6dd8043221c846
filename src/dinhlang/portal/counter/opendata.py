"""The figures of the counter as files for programs and tables; data have no language of their own and name nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from dinhlang.onestop import queries
from dinhlang.onestop.rules.figures import Figures
from dinhlang.onestop.rules.published import LEAST, groups, in_time_share
from dinhlang.org import tables
from dinhlang.org.models import Unit
from dinhlang.org.views import today
from dinhlang.portal.api.serving import JSON
from dinhlang.portal.counter import figures
from dinhlang.portal.kept.remembered import moment, remembered_inside
from dinhlang.portal.opendata.rules import LICENCE, LICENCE_ADDRESS
from dinhlang.portal.sites.addresses import absolute
from dinhlang.portal.sites.frame import Place, not_there, site_page

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


def _data(request: HttpRequest, place: Place, year: str, form: str) -> HttpResponse:
    """The same figures for programs and tables."""
    on, site, number = today(), place.to.site, int(year)
    unit = Unit(pk=site.unit_id)
    if number not in figures.years_of(unit, on):
        return not_there(request, place)
    found = queries.year_of(unit, number, on, timezone.now())
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
        "counted_at": found.counted_at,
        "from": date(number, 1, 1),
        "until": found.last,
        "least_of_a_field": LEAST,
        "columns": [{"name": name, "about": about} for name, about in COLUMNS.items()],
        "rows": rows,
    }
    return HttpResponse(
        json.dumps(whole, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder), content_type=JSON
    )


def _rows(found: queries.Year) -> Iterator[dict[str, Any]]:
    for month, counts in found.months:
        yield _row("month", f"{month:%Y-%m}", counts)
    for one in groups(found.fields):
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
        "in_time_percent": figures.percent(in_time_share(one)),
    }


data = site_page(remembered_inside(_data, moment(figures.HOLDS_SECONDS)))
