"""Published answers as RSS 2.0, Atom 1.0 and JSON Feed 1.1: all, of a field, of a hamlet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dinhlang.citizens import queries
from dinhlang.citizens.models import Publication
from dinhlang.citizens.queries import PublicAsked
from dinhlang.citizens.rules import categories
from dinhlang.org.views import today
from dinhlang.portal.api.serving import Wrong, served, site_of
from dinhlang.portal.kept.remembered import remembered_inside
from dinhlang.portal.news import feeds as news
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.frame import Feed, Place
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.portal.voices.sending import hamlets_of

MOST = 30


def offered(place: Place, category: str, hamlet: str, names: Mapping[str, str]) -> list[Feed]:
    """The feeds that a list offers: of what it is narrowed to, and of all."""
    to, about = place.to, _("Phản ánh đã trả lời")
    own = []
    if category:
        own.append((f"{about}: {categories.label_of(category)}", (category, "")))
    if hamlet:
        own.append((f"{about}: {names.get(hamlet, '')}", ("", hamlet)))
    return [
        Feed(f"{title} ({form.upper() if form == 'rss' else 'Atom'})", to.voice_feed(form, *which))
        for title, which in (*own, (about, ("", "")))
        for form in ("rss", "atom")
    ]


def _feed(request: HttpRequest, form: str, category: str = "", hamlet: str = "") -> HttpResponse:
    site = site_of(request)
    to = Addresses(site)
    names = dict(hamlets_of(site.unit_id, today()))
    if (category and category not in categories.categories()) or (hamlet and hamlet not in names):
        raise Wrong(
            404, _("Không có lĩnh vực hoặc thôn này. Các nguồn tin có ở trang phản ánh, kiến nghị của xã.")
        )
    rows, _more = queries.pairs_page(site.unit_id, PublicAsked(category, hamlet), most=MOST)
    narrowed = categories.label_of(category) if category else names.get(hamlet, "")
    title = f"Phản ánh đã trả lời – {site.body}" + (f" – {narrowed}" if narrowed else "")
    own = to.voice_feed(form, category, hamlet)
    entries = [entry(site, one, names) for one in rows]
    if form == "json":
        return _json(site, title, own, entries)
    return news.answer(
        form,
        site,
        title=title,
        about="Câu hỏi của người dân và câu trả lời, không nêu tên ai.",
        page=to.voices,
        own=own,
        entries=entries,
    )


def entry(site: SiteNow, one: Publication, names: Mapping[str, str]) -> news.Entry:
    """A published pair as every feed has it; `names` are those of hamlets by id."""
    at = one.published_at
    assert at is not None  # noqa: S101 - a constraint of the database: what is published has a moment
    return news.Entry(
        key=f"voice:{one.uid}",
        title=one.title or one.question[:80],
        address=absolute(site, Addresses(site).voice(one.uid)),
        summary=f"{one.question}\n\n{one.answer}",
        published_at=one.first_published_at or at,
        updated_at=at,
        author=site.body,
        categories=tuple(
            filter(None, (categories.label_of(one.category), names.get(one.hamlet_id or "", "")))
        ),
    )


def _json(site: SiteNow, title: str, own: str, entries: list[news.Entry]) -> HttpResponse:
    items: list[dict[str, Any]] = [
        {
            "id": one.address,
            "url": one.address,
            "title": one.title,
            "content_text": one.summary,
            "date_published": localtime(one.published_at).isoformat(),
            "date_modified": localtime(one.updated_at).isoformat(),
            "authors": [{"name": one.author}],
            "tags": list(one.categories),
            "language": "vi",
        }
        for one in entries
    ]
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": absolute(site, Addresses(site).voices),
        "feed_url": absolute(site, own),
        "language": "vi",
        "items": items,
    }
    return HttpResponse(
        json.dumps(whole, ensure_ascii=False), content_type="application/feed+json; charset=utf-8"
    )


# Readers of feeds add parameters of their own.
feed = served(remembered_inside(_feed), None)
