"""The catalogue of procedures, what happens in a life, one procedure and what to bring."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from dinhlang.org import tables
from dinhlang.org.qr import qr_svg
from dinhlang.org.views import today
from dinhlang.portal.catalogue import queries
from dinhlang.portal.catalogue.feeds import name_of
from dinhlang.portal.catalogue.wording import todays
from dinhlang.portal.kept.remembered import remembered
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.frame import Feed, Place, not_there, page, site_page
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.procedures import exchange, rules
from dinhlang.procedures import queries as procedures
from dinhlang.procedures.exchange import Described, Provider
from dinhlang.procedures.models import Event, Version
from dinhlang.procedures.queries import LifeEvent
from dinhlang.procedures.rules import Standing
from dinhlang.procedures.rules.changes import CHANNEL_WORDS

MOST_DESCRIPTION = 300


def offered(place: Place) -> list[Feed]:
    """The feeds of changes."""
    name = _("Thủ tục mới, sửa đổi")
    to = place.to
    return [
        Feed(f"{name} (RSS)", to.procedure_feed("rss")),
        Feed(f"{name} (Atom)", to.procedure_feed("atom")),
    ]


def life_events(place: Place) -> list[tuple[LifeEvent, str]]:
    """What happens in a life, with where each leads."""
    return [(one, place.to.life_event(one.id)) for one in procedures.life_events()]


def rows(place: Place, versions: list[Version]) -> list[dict[str, Any]]:
    """Procedures as lists show them."""
    return [
        {
            "code": one.procedure.code,
            "name": todays(one.name),
            "address": place.to.procedure(one.procedure.code),
            "online": one.get_online_display() if one.online else "",
        }
        for one in versions
    ]


def changed(place: Place, events: list[Event]) -> list[dict[str, Any]]:
    """Changes as lists show them."""
    return [
        {
            "event": one,
            "name": name_of(one),
            "address": place.to.procedure(one.procedure.code),
            "is_coming": one.effective_on > today(),
        }
        for one in events
    ]


def _way(place: Place, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(place.to.home, _("Trang chủ")), *more]


def _to_all(place: Place) -> tuple[str, str]:
    return place.to.procedures, _("Thủ tục hành chính")


@site_page
def catalogue(request: HttpRequest, place: Place) -> HttpResponse:
    """Everything that stands: by what happens in a life, and by field."""
    found = queries.standing(place.to.site, today())
    return page(
        request,
        place,
        "portal/catalogue/catalogue.html",
        _("Thủ tục hành chính"),
        description=_(
            "Thủ tục hành chính do %(body)s tiếp nhận: cần giấy tờ gì, nộp ở đâu, bao lâu, phí bao nhiêu."
        )
        % {"body": place.to.site.body},
        crumbs=_way(place),
        feeds=offered(place),
        is_original=False,
        events=life_events(place),
        count=len(found),
        fields=[
            (field or _("Lĩnh vực khác"), place.to.procedure_field(slug), len(versions))
            for slug, field, versions in queries.by_field(found)
        ],
    )


@site_page
def field(request: HttpRequest, place: Place, slug: str) -> HttpResponse:
    """The procedures of one field."""
    parted = queries.by_field(queries.standing(place.to.site, today()))
    found = next((row for row in parted if row[0] == slug), None)
    if found is None:
        return not_there(request, place)
    title = found[1] or _("Lĩnh vực khác")
    return page(
        request,
        place,
        "portal/catalogue/field.html",
        title,
        description=_("Thủ tục hành chính lĩnh vực %(field)s.") % {"field": title},
        crumbs=_way(place, _to_all(place)),
        feeds=offered(place),
        is_original=False,
        rows=rows(place, found[2]),
    )


@site_page
@remembered
def life_event(request: HttpRequest, place: Place, event: str) -> HttpResponse:
    """What is to be done when this happens, narrowed down by a question or two."""
    found = procedures.life_event(event)
    if found is None:
        return not_there(request, place)
    given = [_answer(request.GET.get(f"c{number}", "")) for number in range(len(found.questions))]
    versions = queries.of_event(place.to.site, today(), found, given)
    return page(
        request,
        place,
        "portal/catalogue/life_event.html",
        found.title,
        description=found.summary,
        crumbs=_way(place, _to_all(place)),
        is_original=False,
        event=found,
        questions=[
            (
                f"c{number}",
                asked.text,
                [(at, said.text, given[number] == at) for at, said in enumerate(asked.answers)],
            )
            for number, asked in enumerate(found.questions)
        ],
        is_narrowed=any(one is not None for one in given),
        rows=rows(place, versions),
    )


def _answer(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else None


@site_page
def changes(request: HttpRequest, place: Place) -> HttpResponse:
    """What is new, amended, replaced or abolished, by day."""
    found = changed(place, queries.changes(place.to.site, today(), most=100))
    return page(
        request,
        place,
        "portal/catalogue/changes.html",
        _("Thủ tục mới, sửa đổi, bãi bỏ"),
        description=_("Thủ tục hành chính mới ban hành, sửa đổi, bãi bỏ."),
        crumbs=_way(place, _to_all(place)),
        feeds=offered(place),
        is_original=False,
        days=[
            (day, list(of_day)) for day, of_day in groupby(found, key=lambda row: row["event"].effective_on)
        ],
    )


# --- one procedure --------------------------------------------------------------------------------


def _right_code(place: Place, code: str, rest: str) -> str | HttpResponse:
    """The short code, or the answer that leads to its address: long codes and readable tails are no addresses."""
    short = code[:8]
    if code == short:
        return short
    return HttpResponsePermanentRedirect(place.to.procedure(short) + rest)


@site_page
def procedure(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    """One procedure in the order in which a resident asks."""
    right = _right_code(place, code, "")
    if isinstance(right, HttpResponse):
        return right
    site, on = place.to.site, today()
    story = queries.story(site, right, on, with_items=True)
    if story is None:
        return not_there(request, place)
    found = story.page
    of = described(site, story)
    told = exchange.government_service(of)
    told.pop("@context", None)
    ended = found.ended
    successor = ended.replaced_by.code if ended and ended.replaced_by else ""
    return page(
        request,
        place,
        "portal/catalogue/procedure.html",
        found.sheet.name,
        description=_short(exchange.summary(found.sheet)),
        crumbs=_way(place, _to_all(place)),
        told=[told],
        feeds=offered(place),
        is_original=False,
        kind="article",
        found=found,
        sheet=found.sheet,
        code=found.code,
        is_abolished=found.standing is Standing.ABOLISHED,
        is_coming=found.standing is Standing.COMING,
        ended=ended,
        successor=(place.to.procedure(successor), successor) if successor else None,
        groups=rules.checklist(found.sheet),
        methods=[(one.named or CHANNEL_WORDS[one.channel], one) for one in found.sheet.methods],
        has_notes=any(one.note for one in found.sheet.methods),
        is_online=rules.is_online(found.sheet),
        fees=fees_of(found.sheet),
        carried_out_by=found.sheet.carried_out_by or found.sheet.decided_by,
        latest=_decision_of(found.events, found.version),
        news=story.news,
        coming=story.coming,
        before=story.before,
        told_of=[(place.to.item(one.column, one.slug), one) for one in queries.items_about(story)],
        national=exchange.NATIONAL_PORTAL,
        checklist=place.to.checklist(found.code),
        data=place.to.procedure_data(found.code),
        qr=mark_safe(qr_svg(of.url)),  # noqa: S308 - our own drawing of our own address
        url=of.url,
    )


def described(site: SiteNow, story: queries.Story) -> Described:
    """The procedure with what the site adds, for machines."""
    found = story.page
    ended = found.ended
    to = Addresses(site)
    return Described(
        code=found.code,
        sheet=found.sheet,
        url=absolute(site, to.procedure(found.code)),
        provider=Provider(
            name=site.body,
            url=absolute(site, to.home),
            area=site.name,
            telephone=site.hotline or site.phone,
            email=site.email,
            address=site.address,
            hours=site.hours,
        ),
        standing=found.standing,
        modified=found.version.starts_on.isoformat() if found.version.starts_on else "",
        events=procedures.events_of(found.code),
        replaced_by=absolute(site, to.procedure(ended.replaced_by.code))
        if ended and ended.replaced_by
        else "",
    )


def fees_of(sheet: rules.Sheet) -> list[tuple[str, str]]:
    """(which way, words) of the fees, verbatim; the same words for every way stand once."""
    said = {one.fee for one in sheet.methods if one.fee}
    if sheet.fees:
        return [("", sheet.fees)]
    if len(said) == 1:
        return [("", said.pop())]
    return [(str(one.named or CHANNEL_WORDS[one.channel]), one.fee) for one in sheet.methods if one.fee]


def _decision_of(events: tuple[Event, ...], version: Version) -> Event | None:
    """The event that made a version, when a decision did."""
    return next((one for one in events if one.version_id == version.pk and one.decision_id), None)


@site_page
def checklist(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    """What to bring, on one sheet to print and tick off."""
    right = _right_code(place, code, "giay-to/")
    if isinstance(right, HttpResponse):
        return right
    story = queries.story(place.to.site, right, today())
    if story is None:
        return not_there(request, place)
    found = story.page
    url = absolute(place.to.site, Addresses(place.to.site).procedure(found.code))
    return page(
        request,
        place,
        "portal/catalogue/checklist.html",
        _("Giấy tờ cần mang: %(name)s") % {"name": found.sheet.name},
        crumbs=_way(place, _to_all(place), (place.to.procedure(found.code), found.sheet.name)),
        is_original=False,
        found=found,
        sheet=found.sheet,
        code=found.code,
        groups=rules.checklist(found.sheet),
        fees=fees_of(found.sheet),
        qr=mark_safe(qr_svg(url)),  # noqa: S308 - our own drawing of our own address
        url=url,
    )


@site_page
def data(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    """The procedure by CPSV-AP 3.2, as JSON-LD that anyone may read."""
    story = queries.story(place.to.site, code, today())
    if story is None:
        return not_there(request, place)
    return HttpResponse(
        json.dumps(exchange.cpsv_service(described(place.to.site, story)), ensure_ascii=False, indent=1),
        content_type="application/ld+json; charset=utf-8",
        headers={"Access-Control-Allow-Origin": "*"},
    )


@site_page
def table(request: HttpRequest, place: Place) -> HttpResponse:
    """Everything that stands as a table (.csv), in the columns that our own import reads."""
    found = queries.with_sheets(place.to.site, today())
    lines = tables.csv_lines(exchange.COLUMNS, (exchange.row(code, sheet) for code, sheet in found))
    return HttpResponse(
        "".join(lines),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="thu-tuc.csv"',
            "Access-Control-Allow-Origin": "*",
        },
    )


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= MOST_DESCRIPTION else said[: MOST_DESCRIPTION - 1].rpartition(" ")[0] + "…"
