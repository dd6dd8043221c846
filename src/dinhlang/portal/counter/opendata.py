"""The figures of the counter as files for programs and tables; data have no language of their own and name nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dinhlang.onestop import queries
from dinhlang.onestop.rules.figures import Figures
from dinhlang.onestop.rules.published import LEAST, groups, in_time_share
from dinhlang.org import tables
from dinhlang.org.models import Unit
from dinhlang.org.views import today
from dinhlang.portal.api.files import DossierFigures, about, head
from dinhlang.portal.api.serving import CSV, JSON, Wrong, served, site_of
from dinhlang.portal.counter import figures
from dinhlang.portal.kept.remembered import moment, remembered_inside
from dinhlang.portal.sites.addresses import Addresses

SOURCE = "Sổ theo dõi hồ sơ của nơi tiếp nhận, cách tính theo Biểu số 06/VPCP/KSTT"


def _data(request: HttpRequest, year: str, form: str) -> HttpResponse:
    """The same figures for programs and tables."""
    on, site, number = today(), site_of(request), int(year)
    to, unit = Addresses(site), Unit(pk=site.unit_id)
    if number not in figures.years_of(unit, on):
        raise Wrong(404, _("Sổ theo dõi không có hồ sơ nào của năm %(year)s.") % {"year": year})
    found = queries.year_of(unit, number, on, timezone.now())
    rows = list(_rows(found))
    if form == "csv":
        columns = list(about(DossierFigures))
        lines = tables.csv_lines(
            columns, ([one[name] if one[name] is not None else "" for name in columns] for one in rows)
        )
        return HttpResponse("".join(lines), content_type=CSV)
    whole = {
        **head(
            site,
            f"Giải quyết hồ sơ thủ tục hành chính năm {number}",
            url=to.dossier_data(number, "json"),
            page=to.dossier_year(number),
            row=DossierFigures,
        ),
        "source": SOURCE,
        "counted_at": localtime(found.counted_at),
        "from": date(number, 1, 1),
        "until": found.last,
        "least_of_a_field": LEAST,
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


data = served(remembered_inside(_data, moment(figures.HOLDS_SECONDS)))
