"""What was asked and answered in public: the list with its search, one pair, how long answers take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.citizens import queries
from dinhlang.citizens.models import Publication
from dinhlang.citizens.queries import Cursor, Figures, PublicAsked
from dinhlang.citizens.rules import categories
from dinhlang.org.views import today
from dinhlang.portal.kept.remembered import moment, remembered_inside
from dinhlang.portal.search.actions import index
from dinhlang.portal.search.sources import VOICE
from dinhlang.portal.sites.addresses import absolute
from dinhlang.portal.sites.frame import Feed, Place, not_there, page, site_page
from dinhlang.portal.voices import feeds
from dinhlang.portal.voices.sending import hamlets_of
from dinhlang.search import Question

# So many of what a search finds are looked at; who finds more narrows it.
MOST_FOUND = 200
FIGURES_HOLD_SECONDS = 3600
_YEAR = timedelta(days=364)
# Fewer answers than this have no middle to speak of.
LEAST_ANSWERED = 5


def _listed(request: HttpRequest, place: Place) -> HttpResponse:
    """A page of the pairs that are asked for: words, field, hamlet, days; the next page by where this one ended."""
    site, to = place.to.site, place.to
    hamlets = hamlets_of(site.unit_id, today())
    asked = _asked(request, hamlets)
    words = request.GET.get("q", "").strip()[:200]
    following = meant = ""
    if words:
        rows, meant = _found(site.unit_id, words, asked)
    else:
        rows, after = queries.pairs_page(site.unit_id, asked, _cursor(request.GET.get("sau", "")))
        following = _following(request, after)
    is_narrowed = bool(words or asked != PublicAsked())
    names = dict(hamlets)
    return page(
        request,
        place,
        "portal/voices/list.html",
        _("Phản ánh, kiến nghị và trả lời"),
        description=_("Câu hỏi của người dân và câu trả lời của %(body)s.") % {"body": site.body},
        crumbs=((to.home, _("Trang chủ")),),
        feeds=feeds.offered(place, asked.category, asked.hamlet, names),
        is_original=not is_narrowed and "sau" not in request.GET,
        rows=[line(place, one, names) for one in rows],
        following=following,
        words=words,
        meant=meant,
        asked=asked,
        categories=categories.choices(),
        hamlets=hamlets,
        is_narrowed=is_narrowed,
        files=[
            (f"{_('Dữ liệu năm')} {year} ({form.upper()})", to.voice_data(year, form))
            for year in queries.years_of_pairs(site.unit_id)[:5]
            for form in ("csv", "json")
        ],
    )


def line(place: Place, one: Publication, names: dict[str, str]) -> dict[str, Any]:
    """A pair as a list shows it."""
    return {
        "title": title_of(one),
        "address": place.to.voice(one.uid),
        "question": one.question[:240],
        "is_cut": len(one.question) > 240,
        "category": categories.label_of(one.category),
        "hamlet": names.get(one.hamlet_id or "", ""),
        "answered_on": one.answered_on,
        "reopened_on": one.reopened_on,
    }


def title_of(one: Publication) -> str:
    """What a pair is called; the beginning of its question where nobody gave it a title."""
    return one.title or f"{one.question[:80].rstrip()}{'…' if len(one.question) > 80 else ''}"


def _asked(request: HttpRequest, hamlets: Sequence[tuple[str, str]]) -> PublicAsked:
    """What the address narrows to; what it says wrongly narrows nothing."""
    category, hamlet = request.GET.get("linh-vuc", ""), request.GET.get("thon", "")
    return PublicAsked(
        category=category if category in categories.categories() else "",
        hamlet=hamlet if hamlet in dict(hamlets) else "",
        since=_day(request.GET.get("tu", "")),
        until=_day(request.GET.get("den", "")),
    )


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written) if len(written) == 10 else None
    except ValueError:
        return None
    return day if day and 2000 <= day.year <= 2200 else None


def _found(unit_id: str, words: str, asked: PublicAsked) -> tuple[list[Publication], str]:
    """What the house's index finds, with or without marks, and the words it was found by where those were no words of any pair.
    What is narrowed further is asked of the database."""
    facets = {"kind": VOICE, **({"voice": asked.category} if asked.category else {})}
    found = index().find(Question.of(words), sites=[unit_id], facets=facets, limit=MOST_FOUND, offset=0)
    if found.loosely:
        return [], ""
    keys = [int(hit.id.partition(":")[2]) for hit in found.hits]
    return queries.pairs_with(unit_id, keys, asked)[: queries.PER_PAGE * 2], found.meant


def _cursor(written: str) -> Cursor | None:
    """Where a page begins, as `_following` wrote it; a page that begins nowhere is the first."""
    at, _dot, pk = written.partition("_")
    try:
        moment_of = datetime.fromisoformat(at.replace(" ", "+"))
    except ValueError:
        return None
    is_whole = moment_of.tzinfo is not None and pk.isascii() and pk.isdigit() and len(pk) < 19
    return Cursor(moment_of, int(pk)) if is_whole else None


def _following(request: HttpRequest, after: Cursor | None) -> str:
    if after is None:
        return ""
    said = {name: value for name in ("linh-vuc", "thon", "tu", "den") if (value := request.GET.get(name, ""))}
    return f"{request.path}?{urlencode({**said, 'sau': f'{after.at.isoformat()}_{after.pk}'})}"


def _one(request: HttpRequest, place: Place, uid: UUID) -> HttpResponse:
    """Question and answer side by side."""
    site, to = place.to.site, place.to
    found = queries.pair_at(site.unit_id, uid)
    if found is None:
        return not_there(request, place)
    names = dict(hamlets_of(site.unit_id, today()))
    uid, was_reopened = queries.request_of(found)
    return page(
        request,
        place,
        "portal/voices/pair.html",
        title_of(found),
        feeds=[Feed(_("Các bước của việc này (Atom)"), to.request_feed(uid))],
        description=found.question[:200],
        crumbs=((to.home, _("Trang chủ")), (to.voices, _("Phản ánh, kiến nghị"))),
        told=[_told(place, found)],
        kind="article",
        is_original=place.language == "vi",
        pair=found,
        # A later answer may not be public yet: the page says that this one is not the last word.
        is_reopened=found.reopened_on is None and was_reopened,
        category=categories.label_of(found.category),
        hamlet=names.get(found.hamlet_id or "", ""),
    )


def _told(place: Place, one: Publication) -> dict[str, Any]:
    """The pair for search engines (schema.org)."""
    return {
        "@type": "QAPage",
        "mainEntity": {
            "@type": "Question",
            "name": title_of(one),
            "text": one.question,
            "answerCount": 1,
            "dateCreated": one.received_on.isoformat(),
            "author": {"@type": "Person", "name": "Người dân"},
            "acceptedAnswer": {
                "@type": "Answer",
                "text": one.answer,
                "dateCreated": one.answered_on.isoformat() if one.answered_on else None,
                "url": absolute(place.to.site, place.to.voice(one.uid)),
                "author": {"@type": "GovernmentOrganization", "name": place.to.site.body},
            },
        },
    }


# --- figures -------------------------------------------------------------------------------------------------------------


def span() -> tuple[date, date]:
    """The days that figures are about: the last year."""
    until = today()
    return until - _YEAR, until


def _figures(request: HttpRequest, place: Place) -> HttpResponse:
    """How long answers take: the middle and what nine of ten stay under, of how many."""
    since, until = span()
    rows = queries.figures(place.to.site.unit_id, since, until)
    return page(
        request,
        place,
        "portal/voices/figures.html",
        _("Xã trả lời trong bao lâu"),
        description=_("Số phản ánh đã nhận, đã trả lời và số ngày làm việc đến khi trả lời."),
        crumbs=((place.to.home, _("Trang chủ")), (place.to.voices, _("Phản ánh, kiến nghị"))),
        rows=[(capfirst(label_of(one)), one, one.answered >= LEAST_ANSWERED) for one in rows],
        since=since,
        until=until,
        least=LEAST_ANSWERED,
    )


def label_of(one: Figures) -> str:
    """What a row of figures is about."""
    return categories.label_of(one.category) if one.category else _("tất cả")


listed = site_page(remembered_inside(_listed, lambda: index().state or "-"))
pair = site_page(remembered_inside(_one))
figures = site_page(remembered_inside(_figures, moment(FIGURES_HOLD_SECONDS)))
