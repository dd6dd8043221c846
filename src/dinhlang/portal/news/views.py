"""Articles, columns and all news."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dinhlang.org.models import Unit
from dinhlang.portal.kept.recording import note
from dinhlang.portal.kept.remembered import remembered
from dinhlang.portal.models import EditionPicture, Item
from dinhlang.portal.news import pictures, queries, telling
from dinhlang.portal.news.feeds import offered
from dinhlang.portal.newsroom import queries as newsroom
from dinhlang.portal.newsroom.rules.kinds import Kind
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.frame import Place, not_there, page, site_page
from dinhlang.portal.sites.registry import ColumnNow
from dinhlang.work.models import ReformField

MOST_PAGES = 500


# --- lists ----------------------------------------------------------------------------------------


def lines(place: Place, items: list[Item]) -> list[dict[str, Any]]:
    """Items as lists show them, with their addresses."""
    to = place.to
    note(*(f"item:{item.pk}" for item in items))
    return [
        {
            "item": item,
            "edition": item.shown,
            "day": localtime(item.published_at),
            "address": to.item(item.column.slug, item.slug) if item.column else "",
            "picture": to.picture(vars(item)["picture"], "480.webp") if vars(item).get("picture") else "",
        }
        for item in items
    ]


def for_home(place: Place) -> dict[str, Any]:
    """The news of the first page: one in full, a few lines, what is announced."""
    note(f"news:{place.to.site.pk}")
    found = queries.for_home(place.to.site)
    first = lines(place, [found.first] if found.first else [])
    for line in first:
        line["wide"] = line["picture"].replace("480.webp", "960.webp")
    return {
        "first": first[0] if first else None,
        "more": lines(place, list(found.more)),
        "notices": lines(place, list(found.notices)),
    }


@site_page
@remembered
def news(request: HttpRequest, place: Place) -> HttpResponse:
    """All news, which can be narrowed to a field of reform, a kind and a month."""
    site = place.to.site
    note(f"news:{site.pk}")
    asked = queries.Asked(
        field=_one_of(request.GET.get("linh-vuc", ""), ReformField.values),
        kind=_one_of(request.GET.get("loai", ""), Kind.values),
        month=month_of(request.GET.get("thang", "")),
    )
    known = queries.months(site)
    return page(
        request,
        place,
        "portal/news/news.html",
        _("Tin tức"),
        description=_("Tin, thông báo, hỏi đáp và lịch của %(body)s.") % {"body": site.body},
        crumbs=((place.to.home, _("Trang chủ")),),
        feeds=offered(place),
        is_original=False,
        asked=asked,
        is_narrowed=asked != queries.Asked(),
        fields=ReformField.choices,
        kinds=Kind.choices,
        months=[(f"{month:%Y-%m}", _month(month), count) for month, count in known],
        chosen_month=f"{asked.month:%Y-%m}" if asked.month else "",
        columns=[(column, place.to.column(column.slug)) for column in site.open_columns],
        **_paged(request, place, asked),
    )


@site_page
@remembered
def column(request: HttpRequest, place: Place, slug: str, month: str = "") -> HttpResponse:
    """One column: the newest of it, or what it published in one month."""
    site = place.to.site
    found = next((one for one in site.columns if one.slug == slug), None)
    if found is None:
        return not_there(request, place)
    asked = queries.Asked(column=found.pk, month=month_of(month))
    crumbs = [(place.to.home, _("Trang chủ")), (place.to.news, _("Tin tức"))]
    title = found.name
    if asked.month:
        crumbs.append((place.to.column(slug), found.name))
        title = f"{found.name}: {_month(asked.month)}"
    shown = _paged(request, place, asked)
    if asked.month and not shown["lines"]:
        return not_there(request, place)
    months = []
    if asked.month is None:
        # What came up in a month concerns that month's page by its items; only this one changes with the column.
        note(f"column:{found.pk}")
        months = [
            (place.to.month(slug, one), _month(one), count) for one, count in queries.months(site, found.pk)
        ]
    return page(
        request,
        place,
        "portal/news/column.html",
        title,
        description=_("%(column)s – tin của %(body)s.") % {"column": title, "body": site.body},
        crumbs=crumbs,
        feeds=offered(place, found),
        is_original=False,
        column=found,
        months=months,
        **shown,
    )


def _paged(request: HttpRequest, place: Place, asked: queries.Asked) -> dict[str, Any]:
    """One page of a list, with the addresses of the pages beside it."""
    number = request.GET.get("trang", "")
    at = min(int(number), MOST_PAGES) if number.isascii() and number.isdigit() and int(number) else 1
    most = queries.IN_A_MONTH if asked.column and asked.month else queries.PER_PAGE
    start = (at - 1) * most
    rows = list(queries.listed(place.to.site, asked)[start : start + most + 1])
    kept = {
        name: value for name, value in request.GET.items() if name in ("linh-vuc", "loai", "thang") and value
    }

    def beside(other: int) -> str:
        said = urlencode({**kept, **({"trang": other} if other > 1 else {})})
        return f"{request.path}?{said}" if said else request.path

    return {
        "lines": lines(place, rows[:most]),
        "page_number": at,
        "newer": beside(at - 1) if at > 1 else "",
        "older": beside(at + 1) if len(rows) > most else "",
    }


def month_of(text: str) -> date | None:
    """'2026-11' as the first day of that month; None for anything else."""
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == 7 else None
    except ValueError:
        return None


def _month(month: date) -> str:
    return _("tháng %(month)s/%(year)s") % {"month": month.month, "year": month.year}


def _one_of(text: str, known: list[str]) -> str:
    return text if text in known else ""


# --- one item -------------------------------------------------------------------------------------


@site_page
def article(request: HttpRequest, place: Place, column: str, slug: str) -> HttpResponse:
    """One item, at the address of its column; from any other column's it leads there."""
    item = newsroom.item_at(Unit(pk=place.to.site.unit_id), slug)
    if item is None or item.column is None:
        return not_there(request, place)
    note(f"item:{item.pk}")
    right = place.to.item(item.column.slug, item.slug)
    if item.column.slug != column:
        return HttpResponsePermanentRedirect(right)
    where = next((one for one in place.to.site.columns if one.pk == item.column_id), None)
    if item.shown is None:
        return _withdrawn(request, place, item, where)
    story = queries.story(item)
    # The neighbours by themselves, not the column: what comes up in a column must not touch all that it ever held.
    note(*(f"item:{one.pk}" for one in (story.before, story.after) if one is not None))
    return _article(request, place, story, where, right)


def _article(
    request: HttpRequest, place: Place, story: queries.Story, where: ColumnNow | None, address: str
) -> HttpResponse:
    site, to, item, edition = place.to.site, place.to, story.item, story.edition
    shapes = [_picture(place, one, is_first=number == 0) for number, one in enumerate(story.pictures)]
    column = item.column.slug if item.column else ""
    return page(
        request,
        place,
        "portal/news/article.html",
        edition.title,
        description=telling.description(story),
        crumbs=_way(place, where),
        told=telling.nodes(site, story, Addresses(site).item(column, item.slug)),
        feeds=offered(place, where),
        is_original=False,
        kind="article",
        picture=telling.shared_picture(site, story),
        item=item,
        edition=edition,
        body=body_of(edition.body),
        day=localtime(item.published_at),
        pictures=shapes,
        documents=[
            (one, to.cited(one.pk) if one.blob_id else one.url, bool(one.blob_id)) for one in story.documents
        ],
        changes=story.told,
        before=story.before and (to.item(column, story.before.slug), story.before.shown),
        after=story.after and (to.item(column, story.after.slug), story.after.shown),
        recording=to.recording(edition.recording_id) if edition.recording_id else "",
        calendar=to.calendar(column, item.slug),
        report_fault=_fault(place, absolute(site, address)),
    )


def body_of(html: str) -> SafeString:
    """The stored text, whose white list is kept on the way in, with tables that scroll by themselves on a phone."""
    label = _("Bảng")
    wrapped = html.replace(
        "<table>", f'<div class="wide" role="region" aria-label="{label}" tabindex="0"><table>'
    ).replace("</table>", "</table></div>")
    return mark_safe(wrapped)  # noqa: S308 - cleaned by nh3 when it was written (`newsroom.rules.body`)


def _picture(place: Place, one: EditionPicture, *, is_first: bool) -> dict[str, Any]:
    sizes = pictures.sizes_of(one.width)
    addresses = [(place.to.picture(one.blob_id, name), width) for name, width in sizes]
    widest = min(one.width, addresses[-1][1])
    return {
        "picture": one,
        "address": addresses[0][0],
        "choices": ", ".join(f"{address} {width}w" for address, width in addresses),
        "width": widest,
        "height": max(1, round(one.height * widest / one.width)),
        "is_first": is_first,
    }


def _fault(place: Place, address: str) -> str:
    """Where a reader says that something is wrong: a letter with the address in it, or how the unit is reached."""
    if not place.to.site.email:
        return place.to.contacts
    subject, body = _("Báo lỗi nội dung trên trang"), _("Trang có lỗi: %(address)s") % {"address": address}
    return f"mailto:{place.to.site.email}?subject={quote(subject)}&body={quote(body)}"


def _way(place: Place, where: ColumnNow | None) -> list[tuple[str, str]]:
    way = [(place.to.home, _("Trang chủ")), (place.to.news, _("Tin tức"))]
    return [*way, (place.to.column(where.slug), where.name)] if where else way


def _withdrawn(request: HttpRequest, place: Place, item: Item, where: ColumnNow | None) -> HttpResponse:
    """What was taken off says so, and why; the text is gone. Of what was published in error the title is gone too."""
    last = newsroom.last_shown(item) if not item.withdrawn_in_error else None
    return page(
        request,
        place,
        "portal/news/withdrawn.html",
        last.title if last else _("Tin đã gỡ"),
        status=410 if item.withdrawn_in_error else 200,
        crumbs=_way(place, where),
        is_original=False,
        item=item,
    )


@site_page
def calendar(request: HttpRequest, place: Place, column: str, slug: str) -> HttpResponse:
    """An event as an entry of the reader's calendar."""
    site = place.to.site
    item = newsroom.item_at(Unit(pk=site.unit_id), slug)
    if item is None or item.shown is None or item.shown.starts_at is None or item.column is None:
        return not_there(request, place)
    note(f"item:{item.pk}")
    from dinhlang.portal.news.calendars import event

    data = event(
        key=f"{item.unit_id}-{item.pk}",
        edition=item.shown,
        address=absolute(site, Addresses(site).item(item.column.slug, item.slug)),
    )
    return HttpResponse(
        data,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{item.slug}.ics"'},
    )
