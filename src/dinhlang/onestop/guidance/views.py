"""The counting page: large buttons, one press adds one. Every button is a form, so that it works without a script."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.onestop.guidance import actions, queries
from dinhlang.onestop.guidance.forms import ListForm
from dinhlang.onestop.models import Guidance, GuidanceWay
from dinhlang.onestop.queries.counter import Procedure, procedures_to_choose
from dinhlang.onestop.views.seen import crumb
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    asked_text,
    body_asked,
    key_of_form,
    looking_of,
    page,
    posted,
    show_refusal,
    signed_in,
    today,
)
from dinhlang.org.views.managed import managed_body

_MOST_FOUND = 10
SHOWN, ONLINE = "shown", "online"


def guidance(request: HttpRequest) -> HttpResponse:
    """The buttons and what was counted today; for whoever only reads, and for another day, what was counted."""
    on = today()
    body, bodies = body_asked(request, on)
    day = _day(request, on)
    may_count = day == on and _may_count(request, body)
    words = asked_text(request) if may_count else ""
    tiles = _tiles(body, on, words) if may_count else []
    way = _way(request.GET)
    return page(
        request,
        "onestop/guidance.html",
        _("Lượt hướng dẫn"),
        crumbs=[crumb()],
        body=body,
        bodies=bodies,
        body_name=capfirst(org.title_of(body, on)),
        day=day,
        is_today=day == on,
        may_count=may_count,
        ways=[(one, one == way) for one in GuidanceWay],
        way=way,
        words=words,
        tiles=tiles,
        key=uuid4(),
        people=queries.people(body, day, day),
        month=queries.people(body, day.replace(day=1), day),
        by_way=[(one.label, count) for one, count in queries.by_way(body, day, day).items()],
        by_procedure=queries.by_procedure(body, day, day),
        latest=queries.latest(body, day) if may_count else [],
    )


@require_POST
def tap(request: HttpRequest) -> HttpResponse:
    """One press of a button: 'shown' or 'online', and the procedure's code."""
    body = managed_body(request, today(), Permission.ONESTOP_REGISTER)
    did, _colon, code = request.POST.get("tap", "").partition(":")
    way = _way(request.POST)
    if did not in (SHOWN, ONLINE):
        raise Http404
    helped = actions.Helped(code=code[:8], way=way, online=did == ONLINE)
    # Pressing one button twice before the page answers is one; two buttons in a row are two.
    key = uuid5(_key(request), f"{did}:{code}")
    try:
        made = actions.add(unit=body, helped=helped, key=key, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        what = Truncator(made.procedure_name).chars(80) or _("Việc khác")
        messages.success(request, _("Đã cộng 1 lượt: %(what)s.") % {"what": what})
    return _back(body, way)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one that was counted by mistake."""
    body = managed_body(request, today(), Permission.ONESTOP_REGISTER)
    found = get_object_or_404(Guidance.objects.select_related("unit"), pk=pk, unit=body)
    try:
        actions.take_back(guidance=found, key=_key(request), by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã rút lại lượt ghi nhầm."))
    return _back(body, _way(request.POST))


def from_list(request: HttpRequest) -> HttpResponse:
    """Write down what was counted on paper while there was no network."""
    on = today()
    body = managed_body(request, on, Permission.ONESTOP_REGISTER)
    offered = procedures_to_choose(body, on, most=None)
    form = ListForm(
        posted(request)[0],
        procedures=[(one.code, f"{one.name} ({one.code})") for one in offered],
        initial={"key": uuid4(), "day": on, "way": GuidanceWay.COUNTER},
    )
    if form.is_valid():
        said = dict(form.cleaned_data)
        key = said.pop("key")
        try:
            made = actions.add(
                unit=body, helped=actions.Helped(**said), key=key, by=signed_in(request), at=timezone.now()
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã ghi %(people)s lượt người.") % {"people": made.people})
            return _back(body, GuidanceWay.COUNTER)
    return page(
        request,
        "onestop/guidance_list.html",
        _("Ghi từ sổ giấy"),
        crumbs=[
            crumb(),
            (f"{reverse('onestop:guidance')}?{urlencode({'unit': body.pk})}", _("Lượt hướng dẫn")),
        ],
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        form=form,
    )


def _may_count(request: HttpRequest, body: Unit) -> bool:
    return Permission.ONESTOP_REGISTER in looking_of(request).permissions_in(body)


def _tiles(body: Unit, on: date, words: str) -> list[Procedure]:
    if words:
        return procedures_to_choose(body, on, words=words, most=_MOST_FOUND)
    return queries.often_asked(body, on)


def _day(request: HttpRequest, on: date) -> date:
    """The day asked for; today when none is, or none that has come."""
    try:
        day = parse_date(request.GET.get("ngay", ""))
    except ValueError:
        day = None
    return day if day is not None and day <= on else on


def _way(asked: Mapping[str, object]) -> GuidanceWay:
    chosen = asked.get("cach")
    return GuidanceWay(chosen) if chosen in GuidanceWay.values else GuidanceWay.COUNTER


def _key(request: HttpRequest) -> UUID:
    """The mark of the form; 404 for a form that is not ours."""
    if (key := key_of_form(request)) is None:
        raise Http404
    return key


def _back(body: Unit, way: GuidanceWay) -> HttpResponse:
    asked = {"unit": body.pk, "cach": way.value}
    return redirect(f"{reverse('onestop:guidance')}?{urlencode(asked)}")
