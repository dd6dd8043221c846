"""Published pairs and figures as files for programs and tables; data have no language of their own and name nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.timezone import localtime

from dinhlang.citizens import queries
from dinhlang.citizens.models import Publication
from dinhlang.citizens.queries import PublicAsked
from dinhlang.citizens.rules import categories
from dinhlang.org import tables
from dinhlang.org.views import today
from dinhlang.portal.api.serving import JSON
from dinhlang.portal.kept.remembered import moment, remembered_inside
from dinhlang.portal.opendata.rules import LICENCE, LICENCE_ADDRESS
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.frame import Place, not_there, site_page
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.portal.voices import lists
from dinhlang.portal.voices.sending import hamlets_of

COLUMNS = {
    "id": "Mã của cặp câu hỏi, trả lời",
    "title": "Tiêu đề",
    "question": "Câu hỏi, đã bỏ thông tin riêng",
    "answer": "Câu trả lời",
    "category": "Mã lĩnh vực",
    "category_name": "Lĩnh vực",
    "hamlet": "Mã thôn, tổ dân phố",
    "hamlet_name": "Thôn, tổ dân phố",
    "received_on": "Ngày nhận",
    "answered_on": "Ngày trả lời",
    "reopened_on": "Ngày mở lại, nếu đây là câu trả lời sau khi xem lại",
    "published_at": "Công khai lúc",
    "url": "Địa chỉ trang",
}
_AT_ONCE = 500


def _pairs(request: HttpRequest, place: Place, year: str, form: str) -> Any:
    """All that was published in a year, row by row: however many there are, little memory is needed."""
    number = int(year)
    if number > today().year:
        return not_there(request, place)
    rows = _rows(place, number)
    if form == "csv":
        lines = tables.csv_lines(list(COLUMNS), ([str(one[name] or "") for name in COLUMNS] for one in rows))
        return StreamingHttpResponse((one.encode() for one in lines), content_type="text/csv; charset=utf-8")
    return StreamingHttpResponse(_as_json(place, number, rows), content_type=JSON)


def _rows(place: Place, year: int) -> Iterator[dict[str, Any]]:
    site, names = place.to.site, dict(hamlets_of(place.to.site.unit_id, today()))
    asked = PublicAsked(since=date(year, 1, 1), until=date(year, 12, 31))
    for one in queries.pairs(site.unit_id, asked).iterator(chunk_size=_AT_ONCE):
        yield row(site, one, names)


def row(site: SiteNow, one: Publication, names: dict[str, str]) -> dict[str, Any]:
    """A pair as programs are told it; `names` are those of hamlets by id."""
    return {
        "id": str(one.uid),
        "title": one.title,
        "question": one.question,
        "answer": one.answer,
        "category": one.category,
        "category_name": categories.label_of(one.category),
        "hamlet": one.hamlet_id,
        "hamlet_name": names.get(one.hamlet_id or "", ""),
        "received_on": one.received_on.isoformat(),
        "answered_on": one.answered_on.isoformat() if one.answered_on else None,
        "reopened_on": one.reopened_on.isoformat() if one.reopened_on else None,
        "published_at": localtime(one.published_at).isoformat() if one.published_at else None,
        "url": absolute(site, Addresses(site).voice(one.uid)),
    }


def _as_json(place: Place, year: int, rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    site = place.to.site
    head = {
        "title": f"Phản ánh, kiến nghị đã trả lời năm {year} – {site.body}",
        "publisher": site.body,
        "url": absolute(site, place.to.voice_data(year, "json")),
        "licence": LICENCE,
        "licence_url": LICENCE_ADDRESS,
        "columns": [{"name": name, "about": about} for name, about in COLUMNS.items()],
    }
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "rows": ['
    for number, one in enumerate(rows):
        yield (b",\n" if number else b"\n") + json.dumps(one, ensure_ascii=False).encode()
    yield b"\n]}\n"


def _figures(request: HttpRequest, place: Place) -> HttpResponse:
    """The figures of the last year by field."""
    site, (since, until) = place.to.site, lists.span()
    whole = {
        "title": f"Thời gian trả lời phản ánh, kiến nghị – {site.body}",
        "publisher": site.body,
        "licence": LICENCE,
        "licence_url": LICENCE_ADDRESS,
        "received_from": since,
        "received_until": until,
        "unit_of_time": "ngày làm việc, không tính lúc tạm dừng",
        "least_answered": lists.LEAST_ANSWERED,
        "rows": [
            {
                "category": one.category or None,
                "category_name": categories.label_of(one.category) if one.category else "Tất cả",
                "received": one.received,
                "answered": one.answered,
                "answered_with_promised_day": one.promised,
                "answered_in_time": one.in_time,
                "timely_share": one.timely_share,
                "median_days": one.median if one.answered >= lists.LEAST_ANSWERED else None,
                "ninetieth_days": one.ninetieth if one.answered >= lists.LEAST_ANSWERED else None,
                "rated": one.rated,
                "content": one.content if one.rated >= lists.LEAST_ANSWERED else None,
            }
            for one in queries.figures(site.unit_id, since, until)
        ],
    }
    text = json.dumps(whole, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
    return HttpResponse(text, content_type=JSON)


pairs = site_page(_pairs)
figures = site_page(remembered_inside(_figures, moment(lists.FIGURES_HOLD_SECONDS)))
