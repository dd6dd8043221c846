"""Published pairs and figures as files for programs and tables; data have no language of their own and name nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dinhlang import __version__
from dinhlang.citizens import queries
from dinhlang.citizens.models import Publication
from dinhlang.citizens.queries import PublicAsked
from dinhlang.citizens.rules import categories
from dinhlang.org import tables
from dinhlang.org.views import today
from dinhlang.portal.api.files import AnswerFigures, about, head
from dinhlang.portal.api.schemas import AnswerOut
from dinhlang.portal.api.serving import CSV, JSON, Wrong, served, site_of
from dinhlang.portal.kept.remembered import etag_of, moment, remembered_inside
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.portal.voices import lists
from dinhlang.portal.voices.sending import hamlets_of

_AT_ONCE = 500


def _pairs(request: HttpRequest, year: str, form: str) -> Any:
    """All that was published in a year, row by row: however many there are, little memory is needed."""
    site, number = site_of(request), int(year)
    if number > today().year:
        raise Wrong(404, _("Năm %(year)s chưa tới.") % {"year": year})
    asked = PublicAsked(since=date(number, 1, 1), until=date(number, 12, 31))
    names = dict(hamlets_of(site.unit_id, today()))
    columns = about(AnswerOut)
    # Asked for before the rows: what changes in between is sent once more, never taken for what was sent. What else the file is made
    # of changes with the program: its form, its columns, how a row is written.
    state = queries.state_of_pairs(site.unit_id, asked)
    tag = etag_of(repr((form, __version__, columns, site, names, state)).encode())
    rows = (row(site, one, names) for one in queries.pairs(site.unit_id, asked).iterator(chunk_size=_AT_ONCE))
    if form == "csv":
        lines = tables.csv_lines(list(columns), ([str(one[name] or "") for name in columns] for one in rows))
        answer = StreamingHttpResponse((one.encode() for one in lines), content_type=CSV)
    else:
        answer = StreamingHttpResponse(_as_json(site, number, rows), content_type=JSON)
    answer.headers["ETag"] = tag
    return answer


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


def _as_json(site: SiteNow, year: int, rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    to = Addresses(site)
    above = head(
        site,
        f"Phản ánh, kiến nghị đã trả lời năm {year}",
        url=to.voice_data(year, "json"),
        page=to.voices,
        row=AnswerOut,
    )
    yield json.dumps(above, ensure_ascii=False)[:-1].encode() + b', "rows": ['
    for number, one in enumerate(rows):
        yield (b",\n" if number else b"\n") + json.dumps(one, ensure_ascii=False).encode()
    yield b"\n]}\n"


def _figures(request: HttpRequest) -> HttpResponse:
    """The figures of the last year by field."""
    site, (since, until) = site_of(request), lists.span()
    to = Addresses(site)
    whole = {
        **head(
            site,
            "Thời gian trả lời phản ánh, kiến nghị",
            url=to.voice_figures_data,
            page=to.voice_figures,
            row=AnswerFigures,
        ),
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


pairs = served(_pairs)
figures = served(remembered_inside(_figures, moment(lists.FIGURES_HOLD_SECONDS)))
