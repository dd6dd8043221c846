"""The page that gives out calendar addresses, and the calendars themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dinhlang.org import queries as org
from dinhlang.org.rules import Refused
from dinhlang.org.views import page, signed_in, today, visible_unit
from dinhlang.work import actions, calendars, queries
from dinhlang.work.models import CalendarFeed, Plan


@dataclass(frozen=True, slots=True)
class Offer:
    """A calendar a person may have: of which unit, of which tasks, and its address when it was given out."""

    unit_id: str
    unit_name: str
    only_own: bool
    feed: CalendarFeed | None
    address: str
    subscribe: str


def calendar_list(request: HttpRequest) -> HttpResponse:
    """The calendars of the units the person acts for, and how to bring one onto a phone."""
    on, person = today(), signed_in(request)
    feeds = {(feed.unit_id, feed.only_own): feed for feed in person.calendar_feeds.select_related("unit")}
    offers = [
        _offer(request, unit.pk, capfirst(org.title_of(unit, on)), only_own, feeds.get((unit.pk, only_own)))
        for unit in org.home_units(person, on)
        for only_own in (False, True)
    ]
    return page(request, "work/calendars.html", _("Lịch"), offers=offers)


def _offer(
    request: HttpRequest, unit_id: str, unit_name: str, only_own: bool, feed: CalendarFeed | None
) -> Offer:
    address = ""
    if feed is not None:
        address = request.build_absolute_uri(reverse("calendar-feed", args=[calendars.token_of(feed)]))
    return Offer(unit_id, unit_name, only_own, feed, address, f"webcal:{address.partition(':')[2]}")


@require_POST
def calendar_open(request: HttpRequest) -> HttpResponse:
    """Give out an address."""
    unit = visible_unit(request, request.POST.get("unit", ""), today())
    try:
        actions.open_calendar(
            unit=unit,
            only_own=request.POST.get("only_own") == "1",
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã tạo địa chỉ lịch."))
    return redirect("work:calendars")


@require_POST
def calendar_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Renew an address or take it back; one's own only."""
    person = signed_in(request)
    feed = get_object_or_404(person.calendar_feeds.select_related("unit"), pk=pk)
    if request.POST.get("do") == "close":
        actions.close_calendar(feed=feed, by=person, at=timezone.now())
        messages.success(
            request, _("Đã đóng địa chỉ lịch. Điện thoại đang dùng địa chỉ này sẽ không nhận thêm gì.")
        )
    else:
        actions.renew_calendar(feed=feed, by=person, at=timezone.now())
        messages.success(
            request,
            _("Đã đổi địa chỉ lịch. Địa chỉ cũ không mở được nữa; thêm lại địa chỉ mới vào điện thoại."),
        )
    return redirect("work:calendars")


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar behind a secret address, for a program that cannot sign in."""
    feed = calendars.feed_of(token)
    if feed is None:
        raise Http404
    on = today()
    unit_name = org.title_of(feed.unit, on)
    name = (_("Việc của tôi – %(unit)s") if feed.only_own else _("Kế hoạch – %(unit)s")) % {"unit": unit_name}
    changed = queries.last_changed(feed.unit, on)

    def address(plan: Plan) -> str:
        return request.build_absolute_uri(reverse("work:plan-year", args=[plan.pk]))

    data = calendars.calendar(name, queries.feed_events(feed, on, address), changed)
    response = HttpResponse(
        data,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": 'inline; filename="ke-hoach.ics"',
            "Cache-Control": "private, max-age=0, must-revalidate",
            "ETag": calendars.etag_of(data),
            "Last-Modified": http_date(changed.timestamp()),
            "X-Robots-Tag": "noindex",
            "Referrer-Policy": "no-referrer",
        },
    )
    answer = get_conditional_response(
        request, etag=response["ETag"], last_modified=int(changed.timestamp()), response=response
    )
    return cast(HttpResponseBase, answer)
