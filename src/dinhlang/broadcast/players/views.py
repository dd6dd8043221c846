"""Devices and speakers on the desk; the page that plays on the PC at the amplifier, and what lets it live without a line."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.broadcast.models import Device, Speaker
from dinhlang.broadcast.players import actions, queries
from dinhlang.broadcast.players.forms import DeviceForm, SpeakerForm
from dinhlang.broadcast.players.rules import SpeakerState
from dinhlang.broadcast.views.bulletins import do
from dinhlang.broadcast.views.seen import crumb
from dinhlang.org import queries as org
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import body_asked, looking_of, may, page, show_refusal, signed_in, today
from dinhlang.org.views.managed import managed_body

FILES = (
    "desk/tokens.css",
    "desk/desk.css",
    "desk/icon.svg",
    "broadcast/player.css",
    "broadcast/player.js",
    "broadcast/player-alarms.js",
    "broadcast/player-rules.js",
    "broadcast/player-store.js",
)

# --- The desk -----------------------------------------------------------------------------------------------------


@never_cache
def players(request: HttpRequest) -> HttpResponse:
    """The devices and speakers of a body; a new device's key is shown once."""
    on = today()
    body, bodies = body_asked(request, on)
    devices = list(queries.devices_of(body))
    form, speaker_form = DeviceForm(prefix="m"), SpeakerForm(prefix="l", devices=devices)
    secret = ""
    made: Device | None = None
    if request.method == "POST":
        body = managed_body(request, on, Permission.BROADCAST_PLAN)
        form = DeviceForm(request.POST, prefix="m")
        if form.is_valid():
            try:
                made, secret = actions.add_device(
                    unit=body, by=signed_in(request), at=timezone.now(), **form.cleaned_data
                )
            except Refused as reason:
                show_refusal(form, reason)
            else:
                form, devices = DeviceForm(prefix="m"), list(queries.devices_of(body))
                speaker_form = SpeakerForm(prefix="l", devices=devices)
    return page(
        request,
        "broadcast/players.html",
        _("Máy phát, loa"),
        crumbs=[crumb()],
        body=body,
        bodies=bodies,
        body_name=capfirst(org.title_of(body, on)),
        devices=devices,
        speakers=queries.with_silence(queries.speakers_of(body)),
        states=SpeakerState.choices,
        form=form,
        speaker_form=speaker_form,
        made=made,
        secret=secret,
        link=f"{request.build_absolute_uri(reverse('player'))}#{secret}",
        api=request.build_absolute_uri(reverse("device-api:openapi-json")),
        may_plan=may(request, Permission.BROADCAST_PLAN, body, on),
        may_log=may(request, Permission.BROADCAST_LOG, body, on),
    )


@require_POST
def device_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a device's key worth nothing."""
    device = get_object_or_404(
        Device.objects.select_related("unit"), pk=pk, unit__in=looking_of(request).readable_ids
    )
    do(
        request,
        lambda: actions.revoke_device(device=device, by=signed_in(request), at=timezone.now()),
        _("Đã thu hồi khóa. Máy này không lấy được lịch nữa."),
    )
    return redirect(_back(device.unit_id))


@require_POST
def speaker_add(request: HttpRequest) -> HttpResponse:
    """Write down a speaker."""
    body = managed_body(request, today(), Permission.BROADCAST_PLAN)
    form = SpeakerForm(request.POST, prefix="l", devices=list(queries.devices_of(body)))
    if form.is_valid():
        do(
            request,
            lambda: actions.add_speaker(
                unit=body, by=signed_in(request), at=timezone.now(), **form.cleaned_data
            ),
            _("Đã thêm loa."),
        )
    else:
        for name, said in form.errors.items():
            messages.error(request, f"{form.fields[name].label}: {said[0]}")
    return redirect(_back(body.pk))


@require_POST
def speaker_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down how a speaker is heard."""
    speaker = get_object_or_404(
        Speaker.objects.select_related("unit"), pk=pk, unit__in=looking_of(request).readable_ids
    )
    do(
        request,
        lambda: actions.note_speaker(
            speaker=speaker,
            state=request.POST.get("state", ""),
            note=request.POST.get("note", ""),
            by=signed_in(request),
            at=timezone.now(),
        ),
        _("Đã ghi tình trạng loa."),
    )
    return redirect(_back(speaker.unit_id))


def _back(unit_id: str) -> str:
    return f"{reverse('broadcast:players')}?unit={unit_id}"


# --- The PC at the amplifier --------------------------------------------------------------------------------------


@csp_update({"media-src": ["blob:"]})
def player_page(request: HttpRequest) -> HttpResponse:
    """The page that plays. It says nothing of anybody: its key stands behind the # of the link and stays in the browser."""
    return HttpResponse(_shell())


def _shell() -> str:
    # Without a request: the page that is stored is the same for everyone.
    return render_to_string("broadcast/player.html", {"title": _("Máy phát thanh")})


@cache
def _scripts() -> bytes:
    """What tells the scripts and styles of one release from another's: their names stay the same."""
    found = hashlib.sha256()
    for file in FILES:
        found.update(Path(str(finders.find(file))).read_bytes())
    return found.digest()


@never_cache
def player_worker(request: HttpRequest) -> HttpResponse:
    """The service worker of the player: the page opens without a line."""
    version = hashlib.sha256(_shell().encode() + _scripts()).hexdigest()[:16]
    told = {"version": version, "shell": reverse("player"), "files": [static(file) for file in FILES]}
    return HttpResponse(render_to_string("broadcast/player-worker.js", told), content_type="text/javascript")
