"""Sending by a link: made and shown once on the desk, opened by a leader on a phone without signing in."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.broadcast.emergency import links, queries
from dinhlang.broadcast.emergency.views import crumbs, seen_emergency, sound_of
from dinhlang.broadcast.models import EmergencyLink
from dinhlang.org import queries as org
from dinhlang.org.forms.links import LinkForm
from dinhlang.org.rules import Refused
from dinhlang.org.views import signed_in, today
from dinhlang.org.views.decision_links import (
    WorthNothing,
    known_reader,
    not_decided_here,
    nothing,
    opened,
    say_revoked,
    shown_once,
)

_LINKS = EmergencyLink.objects.select_related(
    "approver", "made_by", "emergency__unit", "emergency__refers", "emergency__recording"
)


@never_cache
@require_POST
def link_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link for one leader and show it, once."""
    emergency, at = seen_emergency(request, pk), timezone.now()
    form = LinkForm(request.POST, people=links.second_people(emergency, at))
    if not form.is_valid():
        messages.error(request, _("Chọn người phát lệnh trong danh sách."))
        return redirect("broadcast:emergency", pk)
    try:
        link, token = links.make_link(emergency=emergency, approver=form.chosen, by=signed_in(request), at=at)
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("broadcast:emergency", pk)
    back = reverse("broadcast:emergency", args=[pk])
    title = queries.title_of(emergency)
    return shown_once(
        request,
        link,
        path=reverse("emergency-sending", args=[token]),
        text=_("KHẨN. Kính gửi %(person)s. Xin xem và phát lệnh “%(about)s” trước %(until)s: %(address)s"),
        about=title,
        title=_("Đường dẫn phát lệnh"),
        crumbs=[*crumbs(), (back, title)],
        back=back,
    )


@require_POST
def link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link worth nothing."""
    link = get_object_or_404(EmergencyLink.objects.select_related("emergency__unit"), pk=pk)
    seen_emergency(request, link.emergency_id)
    say_revoked(request, partial(links.revoke_link, link=link, by=signed_in(request), at=timezone.now()))
    return redirect("broadcast:emergency", link.emergency_id)


# --- the other side: whoever holds the link -----------------------------------------------------------


@never_cache
def decide(request: HttpRequest, token: str) -> HttpResponse:
    """The message as it will be heard; send it or give it back. A look alone uses nothing."""
    try:
        link: EmergencyLink = opened(request, _LINKS.all(), token)
    except WorthNothing as gone:
        return gone.answer
    if not links.is_as_linked(link, link.emergency):
        return nothing(request, _("Thông điệp đã thay đổi sau khi lập đường dẫn."))
    if request.method != "POST" or request.POST.get("do") not in ("issue", "take-back"):
        return _shown(request, link, token)
    is_sent = request.POST["do"] == "issue"
    decide_now = partial(
        links.decide_by_link, link=link, is_sent=is_sent, signed_in=known_reader(request), at=timezone.now()
    )
    again = not_decided_here(request, link, decide_now, partial(_shown, request, link, token))
    if again is not None:
        return again
    title = _("Đã phát lệnh") if is_sent else _("Đã trả lại")
    return render(request, "broadcast/emergency_decided.html", {"title": title, "is_sent": is_sent})


@never_cache
@require_safe
def decide_sound(request: HttpRequest, token: str) -> HttpResponse:
    """The sound as it will be heard, for whoever holds the link."""
    try:
        link: EmergencyLink = opened(request, _LINKS.all(), token)
    except WorthNothing as gone:
        raise Http404 from gone
    if not links.is_as_linked(link, link.emergency):
        raise Http404
    return sound_of(link.emergency)


def _shown(request: HttpRequest, link: EmergencyLink, token: str, error: str = "") -> HttpResponse:
    emergency = link.emergency
    return render(
        request,
        "broadcast/emergency_decide.html",
        {
            "title": _("Phát lệnh thông điệp khẩn cấp"),
            "link": link,
            "token": token,
            "emergency": emergency,
            "name": queries.title_of(emergency),
            "unit": capfirst(org.title_of(emergency.unit, today())),
            "until": f"{timezone.localtime(link.expires_at):%H:%M %d/%m/%Y}",
            "error": error,
        },
        status=409 if error else 200,
    )
