"""Articles, columns and all news."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dinhlang.broadcast.templatetags.broadcast import length_in_words
from dinhlang.broadcast.voicing.queries import voice_named
from dinhlang.org.models import Unit
from dinhlang.portal.catalogue.wording import todays
from dinhlang.portal.kept.recording import note
from dinhlang.portal.kept.remembered import remembered, values
from dinhlang.portal.models import EditionPicture, Item
from dinhlang.portal.news import lists, pictures, queries, telling
from dinhlang.portal.news.feeds import offered
from dinhlang.portal.news.lists import Listed
from dinhlang.portal.newsroom import queries as newsroom
from dinhlang.portal.newsroom.rules.kinds import Kind
from dinhlang.portal.sites import moulds
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.frame import Place, context, not_there, page, site_page
from dinhlang.portal.sites.registry import ColumnNow
from dinhlang.work.models import ReformField

# --- lists ----------------------------------------------------------------------------------------


def lines(place: Place, items: list[Item]) -> list[dict[str, Any]]:
    """Items as lists show them, with their addresses."""
    note(*(f"item:{item.pk}" for item in items))
    return [lists.line(place, item) for item in items]


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
    known = values()
    shown = lists.listed(request, place, asked, known, with_column=True)
    chosen_month = f"{asked.month:%Y-%m}" if asked.month else ""
    is_narrowed = asked != queries.Asked()

    def made(_gaps: Mapping[str, SafeString]) -> dict[str, Any]:
        return {
            **context(
                place,
                request.path,
                _("Tin tức"),
                description=_("Tin, thông báo, hỏi đáp và lịch của %(body)s.") % {"body": site.body},
                crumbs=((place.to.home, _("Trang chủ")),),
                feeds=offered(place),
                is_original=False,
            ),
            "is_narrowed": is_narrowed,
            "columns": [(column, place.to.column(column.slug)) for column in site.open_columns],
        }

    return HttpResponse(
        moulds.poured(
            site,
            "portal/news/news.html",
            (place.language, request.path, is_narrowed),
            {
                "field_options": lists.options(place, "field", ReformField.choices, asked.field, known),
                "kind_options": lists.options(place, "kind", Kind.choices, asked.kind, known),
                "month_options": lists.options(
                    place, "month", lists.month_choices(shown.months), chosen_month, known
                ),
                **_gaps(shown),
            },
            made,
        )
    )


def _gaps(shown: Listed) -> dict[str, str]:
    return {
        "lines": shown.lines,
        "newer": shown.newer,
        "older": shown.older,
        "page_number": str(shown.number),
    }


@site_page
@remembered
def column(request: HttpRequest, place: Place, slug: str, month: str = "") -> HttpResponse:
    """One column: the newest of it, or what it published in one month."""
    site = place.to.site
    found = next((one for one in site.columns if one.slug == slug), None)
    if found is None:
        return not_there(request, place)
    asked = queries.Asked(column=found.pk, month=month_of(month))
    shown = lists.listed(request, place, asked, values(), with_months=asked.month is None)
    if asked.month and not shown.lines:
        return not_there(request, place)
    if asked.month is None:
        # What came up in a month concerns that month's page by its items; only this one changes with the column.
        note(f"column:{found.pk}")

    def made(_gaps: Mapping[str, SafeString]) -> dict[str, Any]:
        crumbs = [(place.to.home, _("Trang chủ")), (place.to.news, _("Tin tức"))]
        title = found.name
        if asked.month:
            crumbs.append((place.to.column(slug), found.name))
            title = f"{found.name}: {lists.month_words(asked.month)}"
        return {
            **context(
                place,
                request.path,
                title,
                description=_("%(column)s – tin của %(body)s.") % {"column": title, "body": site.body},
                crumbs=crumbs,
                feeds=offered(place, found),
                is_original=False,
            ),
            "column": found,
        }

    months = format_html_join(
        "",
        '<li><a href="{}">{}</a> <span class="soft">({})</span></li>',
        ((place.to.month(slug, one), capfirst(lists.month_words(one)), count) for one, count in shown.months),
    )
    return HttpResponse(
        moulds.poured(
            site,
            "portal/news/column.html",
            (place.language, request.path),
            {"months": months, **_gaps(shown)},
            made,
        )
    )


def month_of(text: str) -> date | None:
    """'2026-11' as the first day of that month; None for anything else."""
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == 7 else None
    except ValueError:
        return None


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
        procedures=_procedures(place, item, edition.body),
        changes=story.told,
        before=story.before and (to.item(column, story.before.slug), story.before),
        after=story.after and (to.item(column, story.after.slug), story.after),
        recording=to.recording(edition.recording_id) if edition.recording_id else "",
        heard=_heard(place, story),
        calendar=to.calendar(column, item.slug),
        report_fault=_fault(place, absolute(site, address)),
    )


def _heard(place: Place, story: queries.Story) -> dict[str, str] | None:
    """The sound of the article, for whoever would rather listen; noted, so that the page has it as soon as it is made."""
    note(f"sound:{story.item.pk}")
    sound = story.sound
    if sound is None:
        return None
    voice = voice_named(sound.voice) if sound.voice else None
    read_by = voice.name if voice else _("Giọng máy")
    return {
        "opus": place.to.sound(sound.opus, "opus"),
        "mp3": place.to.sound(sound.mp3, "mp3"),
        "length": length_in_words(sound.seconds),
        "voice": "" if story.edition.recording_id else read_by,
        "transcript": place.to.transcript(story.item.pk, "vtt"),
    }


def _procedures(place: Place, item: Item, body: str) -> list[tuple[str, str]]:
    """(address, name) of the procedures that it tells of and whose page its words do not lead to."""
    found = [one for one in queries.procedures_of(item) if f"/thu-tuc/{one[0]}/" not in body]
    note(*(f"procedure:{code}" for code, _name in found))
    return [(place.to.procedure(code), todays(name)) for code, name in found]


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
