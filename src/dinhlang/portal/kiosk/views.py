"""The pages of the kiosk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from dinhlang.org.qr import qr_svg
from dinhlang.org.views import today
from dinhlang.portal.catalogue import queries
from dinhlang.portal.catalogue.views import fees_of
from dinhlang.portal.catalogue.wording import todays
from dinhlang.portal.kept.remembered import remembered_inside
from dinhlang.portal.kiosk import rules
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.frame import Place, page, site_page
from dinhlang.procedures import queries as procedures
from dinhlang.procedures import rules as sheets
from dinhlang.procedures.models import Version
from dinhlang.procedures.rules import Standing
from dinhlang.procedures.rules.changes import CHANNEL_WORDS


def _page(
    request: HttpRequest, place: Place, template: str, title: str, *, back: str = "", **context: Any
) -> HttpResponse:
    """A page of the kiosk; `back` is where the step before stands."""
    return page(request, place, f"portal/kiosk/{template}", title, is_original=False, back=back, **context)


def _nothing(request: HttpRequest, place: Place) -> HttpResponse:
    return _page(request, place, "nothing.html", _("Không có ở đây"), status=404)


@site_page
def start(request: HttpRequest, place: Place) -> HttpResponse:
    """What brings people here, and the fields for everything else."""
    found = queries.by_field(queries.standing(place.to.site, today()))
    return _page(
        request,
        place,
        "start.html",
        _("Bạn cần làm thủ tục gì?"),
        events=[(one, place.to.kiosk_event(one.id)) for one in procedures.life_events()] if found else [],
        fields=[(field or _("Lĩnh vực khác"), place.to.kiosk_field(slug)) for slug, field, _rows in found],
    )


@site_page
def event(request: HttpRequest, place: Place, event: str) -> HttpResponse:
    """The first question about what happened."""
    return _asked(request, place, event)


@site_page
@remembered_inside
def answers(request: HttpRequest, place: Place, event: str, answers: str) -> HttpResponse:
    """The next question; after the last one, the procedures that are left. There are too many ways to keep each."""
    return _asked(request, place, event, answers)


def _asked(request: HttpRequest, place: Place, event: str, answers: str = "") -> HttpResponse:
    found = procedures.life_event(event)
    given = rules.answers_of(found, answers) if found else None
    if found is None or given is None:
        return _nothing(request, place)
    to = place.to
    back = to.kiosk_event(found.id, rules.written(given[:-1])) if given else to.kiosk
    if len(given) < len(found.questions):
        asked = found.questions[len(given)]
        choices = [
            (said.text, to.kiosk_event(found.id, rules.written([*given, number])))
            for number, said in enumerate(asked.answers)
        ]
        return _page(
            request,
            place,
            "question.html",
            asked.text,
            back=back,
            event=found,
            number=len(given) + 1,
            all=len(found.questions),
            choices=choices,
            unsure=to.kiosk_event(found.id, rules.written([*given, None])),
        )
    versions = queries.of_event(place.to.site, today(), found, given)
    return _page(
        request,
        place,
        "list.html",
        _("Thủ tục bạn cần"),
        back=back,
        about=found.title,
        rows=_rows(place, versions),
    )


@site_page
def field(request: HttpRequest, place: Place, slug: str) -> HttpResponse:
    """The procedures of one field."""
    parted = queries.by_field(queries.standing(place.to.site, today()))
    found = next((row for row in parted if row[0] == slug), None)
    if found is None:
        return _nothing(request, place)
    title = found[1] or _("Lĩnh vực khác")
    return _page(request, place, "list.html", title, back=place.to.kiosk, rows=_rows(place, found[2]))


def _rows(place: Place, versions: list[Version]) -> list[tuple[str, str]]:
    return [(todays(one.name), place.to.kiosk_procedure(one.procedure.code)) for one in versions]


@site_page
def procedure(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    """What to bring, where, how long, how much; to print, or to take along on the phone."""
    site = place.to.site
    story = queries.story(site, code, today())
    if story is None or story.page.standing is not Standing.IN_FORCE:
        return _nothing(request, place)
    sheet = story.page.sheet
    url = absolute(site, Addresses(site).procedure(code))
    return _page(
        request,
        place,
        "procedure.html",
        sheet.name,
        back=place.to.kiosk,
        sheet=sheet,
        code=code,
        groups=sheets.checklist(sheet),
        methods=[(one.named or CHANNEL_WORDS[one.channel], one.time_limit) for one in sheet.methods],
        fees=fees_of(sheet),
        qr=mark_safe(qr_svg(url)),  # noqa: S308 - our own drawing of our own address
        url=url,
    )
