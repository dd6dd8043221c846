"""Results of surveys as files for programs and tables; data have no language of their own and say nothing of anybody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from dinhlang.citizens.surveys import queries, telling
from dinhlang.citizens.surveys.rules.results import AnyIndex
from dinhlang.citizens.surveys.rules.suppression import LEAST
from dinhlang.org import tables
from dinhlang.portal.api.files import SurveyFigures, about, head
from dinhlang.portal.api.serving import CSV, JSON, Wrong, served, site_of
from dinhlang.portal.kept.remembered import remembered_inside
from dinhlang.portal.sites.addresses import VIETNAMESE, Addresses
from dinhlang.portal.surveys.told import Ended, series


def _data(request: HttpRequest, year: str, form: str) -> HttpResponse:
    """The rounds that ended in a year. The same-form flag goes by all rounds, also those of earlier years."""
    site = site_of(request)
    to = Addresses(site)
    with translation.override(VIETNAMESE):
        rows = [
            row
            for _title, _method, ended in series(list(queries.published_rounds(site.unit_id)))
            for one in ended
            if one.round.closes_on.year == int(year)
            for row in _rows(one)
        ]
    if not rows:
        raise Wrong(
            404, _("Không có đợt khảo sát nào kết thúc năm %(year)s được công khai.") % {"year": year}
        )
    if form == "csv":
        columns = list(about(SurveyFigures))
        lines = tables.csv_lines(columns, ([_cell(one[name]) for name in columns] for one in rows))
        return HttpResponse("".join(lines), content_type=CSV)
    whole = {
        **head(
            site,
            f"Khảo sát ý kiến người dân năm {year}",
            url=to.survey_data(int(year), "json"),
            page=to.surveys,
            row=SurveyFigures,
        ),
        "least_of_a_group": LEAST,
        "rows": rows,
    }
    text = json.dumps(whole, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
    return HttpResponse(text, content_type=JSON)


def _rows(one: Ended) -> Iterator[dict[str, Any]]:
    round_, found = one.round, one.results
    rate = found.response_rate
    head = {
        "round": round_.code,
        "survey": round_.version.survey.title,
        "round_title": round_.title,
        "opens_on": round_.opens_on,
        "closes_on": round_.closes_on,
        "method": str(found.method),
        "same_form": one.is_same_form,
        "people": found.people,
        "asked": found.asked,
        "response_percent": None if rate is None else float(round(rate * 100, 1)),
    }
    for line in telling.lines(found):
        # How many of a few were led to a question, or wrote something, is nobody's to know either.
        is_small = line.part == "question" and line.count is not None and line.count < LEAST
        yield {
            **head,
            "part": line.part,
            "name": line.name,
            "choice": line.choice,
            **_index(line.index),
            "count": None if is_small else line.count,
            "hidden": line.is_hidden or is_small,
        }


def _index(one: AnyIndex | None) -> dict[str, Any]:
    names = ("index", "low", "high", "index_people", "scored", "not_applicable")
    if one is None:
        return dict.fromkeys(names)
    figures = (float(round(one.value, 2)), round(one.low, 2), round(one.high, 2))
    return dict(zip(names, (*figures, one.people, one.valid, one.left_out), strict=True))


def _cell(value: Any) -> str | int:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value if isinstance(value, int) else str(value)


data = served(remembered_inside(_data))
