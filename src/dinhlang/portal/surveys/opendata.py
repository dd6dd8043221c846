"""Results of surveys as files for programs and tables; data have no language of their own and say nothing of anybody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from dinhlang.citizens.surveys import queries, telling
from dinhlang.citizens.surveys.rules.results import AnyIndex
from dinhlang.citizens.surveys.rules.suppression import LEAST
from dinhlang.org import tables
from dinhlang.portal.api.serving import JSON
from dinhlang.portal.kept.remembered import remembered_inside
from dinhlang.portal.opendata.rules import LICENCE, LICENCE_ADDRESS
from dinhlang.portal.sites.addresses import VIETNAMESE, absolute
from dinhlang.portal.sites.frame import Place, not_there, site_page
from dinhlang.portal.surveys.told import Ended, series

COLUMNS = {
    "round": "Mã đợt",
    "survey": "Tên phiếu",
    "round_title": "Tên đợt",
    "opens_on": "Từ ngày",
    "closes_on": "Đến hết ngày",
    "method": "Cách tính chỉ số: A là tỷ lệ hài lòng và rất hài lòng, B là điểm trung bình chia 5 nhân 100, C là điểm trung bình "
    "đưa về thang 0–100. Số của hai cách không so sánh với nhau được",
    "same_form": "Phiếu đo như đợt trước của cùng cách tính (true, false); đợt đầu tiên là true",
    "people": "Số phiếu của đợt",
    "asked": "Số phiếu đã phát; trống khi ai cũng trả lời được nên không rõ",
    "response_percent": "Tỷ lệ trả lời (%); trống khi không rõ",
    "part": "Phần: index (chỉ số chung), factor (yếu tố), overall (câu đánh giá chung), question (câu hỏi), option (lựa chọn), "
    "group (nhóm)",
    "name": "Yếu tố hoặc câu hỏi",
    "choice": "Lựa chọn hoặc nhóm",
    "index": "Chỉ số từ 0 đến 100",
    "low": "Khoảng tin cậy 95% (Wilson), từ",
    "high": "Khoảng tin cậy 95% (Wilson), đến",
    "index_people": "Số người có câu trả lời tính điểm",
    "scored": "Số câu trả lời tính điểm",
    "not_applicable": "Số câu trả lời không áp dụng, không có trong mẫu số",
    "count": "Số người trả lời câu hỏi, số lần chọn, hoặc số phiếu của nhóm; trống khi dưới 10 người hoặc được ẩn",
    "hidden": "true khi được ẩn vì dưới 10 người, hoặc để không tính ngược ra được",
}


def _data(request: HttpRequest, place: Place, year: str, form: str) -> HttpResponse:
    """The rounds that ended in a year. The same-form flag goes by all rounds, also those of earlier years."""
    site = place.to.site
    with translation.override(VIETNAMESE):
        rows = [
            row
            for _title, _method, ended in series(list(queries.published_rounds(site.unit_id)))
            for one in ended
            if one.round.closes_on.year == int(year)
            for row in _rows(one)
        ]
    if not rows:
        return not_there(request, place)
    if form == "csv":
        lines = tables.csv_lines(list(COLUMNS), ([_cell(one[name]) for name in COLUMNS] for one in rows))
        return HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    whole = {
        "title": f"Khảo sát ý kiến người dân năm {year} – {site.body}",
        "publisher": site.body,
        "url": absolute(site, place.to.survey_data(int(year), "json")),
        "described_at": absolute(site, place.to.surveys),
        "licence": LICENCE,
        "licence_url": LICENCE_ADDRESS,
        "least_of_a_group": LEAST,
        "columns": [{"name": name, "about": about} for name, about in COLUMNS.items()],
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


data = site_page(remembered_inside(_data))
