"""What hangs where, what must be hung and what must come down."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import body_asked, may, page, signed_in, today
from dinhlang.org.views.managed import managed_body
from dinhlang.procedures import actions, queries
from dinhlang.procedures.forms import PlaceForm, PostingForm
from dinhlang.procedures.models import Place
from dinhlang.procedures.views.catalogue import AHEAD
from dinhlang.procedures.views.seen import crumb, seen_place
from dinhlang.work.rules import FileEvidence


def postings(request: HttpRequest) -> HttpResponse:
    """Each place of a body: what hangs, what must be hung, what must come down."""
    on = today()
    body, bodies = body_asked(request, on)
    states = queries.place_states(body, on, ahead=on + AHEAD)
    return page(
        request,
        "procedures/postings.html",
        _("Niêm yết thủ tục"),
        crumbs=[crumb()],
        body=body,
        bodies=bodies,
        body_name=capfirst(org.title_of(body, on)),
        states=[(state, PostingForm(initial={"day": on}, prefix=f"n{state.place.pk}")) for state in states],
        closed=[one for one in queries.places(body, only_open=False) if not one.is_open],
        form=PlaceForm(),
        may_post=may(request, Permission.PROCEDURES_POST, body, on),
        on=on,
    )


@require_POST
def place_add(request: HttpRequest) -> HttpResponse:
    """Add a place of posting."""
    body = managed_body(request, today(), Permission.PROCEDURES_POST)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        for said in form.errors.values():
            messages.error(request, str(said[0]))
        return _back(body.pk)
    _do(
        request,
        lambda: actions.add_place(
            unit=body,
            name=form.cleaned_data["name"],
            channel=form.cleaned_data["channel"],
            by=signed_in(request),
            at=timezone.now(),
        ),
        _("Đã thêm nơi niêm yết."),
    )
    return _back(body.pk)


@require_POST
def place_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a place or open it again."""
    place = seen_place(request, pk)
    _do(
        request,
        lambda: actions.close_place(
            place=place,
            is_open=request.POST.get("do") == "open",
            by=signed_in(request),
            at=timezone.now(),
        ),
        _("Đã lưu nơi niêm yết."),
    )
    return _back(place.unit_id)


@require_POST
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the chosen procedures were hung in a place, or taken down from it."""
    place = seen_place(request, pk)
    form = PostingForm(request.POST, request.FILES, prefix=f"n{place.pk}")
    if not form.is_valid():
        for said in form.errors.values():
            messages.error(request, str(said[0]))
        return _back(place.unit_id)
    file = form.cleaned_data["photo"]
    photo = FileEvidence(file.read(), _("Ảnh tại %(place)s") % {"place": place.name}) if file else None
    if request.POST.get("do") == "down":
        _take_down(request, place, form, photo)
    else:
        _hang(request, place, form, photo)
    return _back(place.unit_id)


def _hang(request: HttpRequest, place: Place, form: PostingForm, photo: FileEvidence | None) -> None:
    chosen = _numbers(request, "version")
    if not chosen:
        messages.error(request, _("Chưa chọn thủ tục nào. Hãy đánh dấu những thủ tục đã niêm yết."))
        return
    told = ngettext("Đã ghi niêm yết %(count)s thủ tục.", "Đã ghi niêm yết %(count)s thủ tục.", len(chosen))
    _do(
        request,
        lambda: actions.post_procedures(
            place=place,
            versions=chosen,
            posted_on=form.cleaned_data["day"],
            evidence=[photo] if photo else [],
            by=signed_in(request),
            at=timezone.now(),
        ),
        told % {"count": len(chosen)},
    )


def _take_down(request: HttpRequest, place: Place, form: PostingForm, photo: FileEvidence | None) -> None:
    chosen = _numbers(request, "posting")
    if not chosen:
        messages.error(request, _("Chưa chọn thủ tục nào. Hãy đánh dấu những thủ tục đã gỡ."))
        return
    _do(
        request,
        lambda: actions.take_down(
            place=place,
            postings=chosen,
            taken_down_on=form.cleaned_data["day"],
            photo=photo,
            by=signed_in(request),
            at=timezone.now(),
        ),
        _("Đã ghi gỡ %(count)s thủ tục.") % {"count": len(chosen)},
    )


def _numbers(request: HttpRequest, name: str) -> list[int]:
    return [int(one) for one in request.POST.getlist(name) if one.isdecimal() and len(one) < 18]


def _do(request: HttpRequest, act: Callable[[], object], told: str) -> None:
    try:
        act()
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, told)


def _back(unit_id: str) -> HttpResponse:
    return redirect(f"{reverse('procedures:postings')}?unit={unit_id}")
