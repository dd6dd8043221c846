"""Approval by a link: made and shown once on the desk, opened by the leader on a phone without signing in."""

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
from django.views.decorators.http import require_POST

from dinhlang.broadcast import actions, permissions, queries
from dinhlang.broadcast.models import BulletinLink
from dinhlang.broadcast.rules.checking import remarks
from dinhlang.broadcast.rules.kinds import Language
from dinhlang.broadcast.rules.states import Deed
from dinhlang.broadcast.views.seen import crumb, seen_bulletin
from dinhlang.broadcast.voicing import queries as sounds
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
from dinhlang.work.views.files import download

_LINKS = BulletinLink.objects.select_related(
    "approver", "made_by", "bulletin__unit", "bulletin__draft__recording"
)


@never_cache
@require_POST
def link_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link for one approver and show it, once."""
    bulletin = seen_bulletin(request, pk)
    form = LinkForm(request.POST, people=permissions.approvers(bulletin, today()))
    if not form.is_valid():
        messages.error(request, _("Chọn người duyệt trong danh sách."))
        return redirect("broadcast:bulletin", pk)
    try:
        link, token = actions.make_link(
            bulletin=bulletin, approver=form.chosen, by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("broadcast:bulletin", pk)
    back = reverse("broadcast:bulletin", args=[pk])
    return shown_once(
        request,
        link,
        path=reverse("bulletin-approval", args=[token]),
        text=_("Kính gửi %(person)s. Xin duyệt bản tin “%(about)s” trước %(until)s: %(address)s"),
        about=str(bulletin),
        title=_("Đường dẫn duyệt bản tin"),
        crumbs=[crumb(), (back, str(bulletin))],
        back=back,
    )


@require_POST
def link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link worth nothing."""
    link = get_object_or_404(BulletinLink.objects.select_related("bulletin__unit"), pk=pk)
    seen_bulletin(request, link.bulletin_id)
    say_revoked(request, partial(actions.revoke_link, link=link, by=signed_in(request), at=timezone.now()))
    return redirect("broadcast:bulletin", link.bulletin_id)


# --- the other side: whoever holds the link -----------------------------------------------------------


@never_cache
def decide(request: HttpRequest, token: str) -> HttpResponse:
    """The bulletin as it will be read or played; approve or return. A look alone uses nothing."""
    try:
        link: BulletinLink = opened(request, _LINKS.all(), token)
    except WorthNothing as gone:
        return gone.answer
    if not queries.is_as_linked(link, link.bulletin):
        return nothing(request, _("Bản tin đã thay đổi sau khi lập đường dẫn."))
    if request.method != "POST" or request.POST.get("do") not in (Deed.APPROVE, Deed.RETURN):
        return _shown(request, link, token)
    is_approved = request.POST["do"] == Deed.APPROVE
    reason = request.POST.get("reason", "")
    decide_now = partial(
        actions.decide_by_link,
        link=link,
        is_approved=is_approved,
        reason=reason,
        signed_in=known_reader(request),
        at=timezone.now(),
    )
    again = not_decided_here(request, link, decide_now, partial(_shown, request, link, token, reason))
    if again is not None:
        return again
    return render(
        request,
        "broadcast/decided.html",
        {"title": _("Đã duyệt") if is_approved else _("Đã trả lại"), "is_approved": is_approved},
    )


def _shown(
    request: HttpRequest, link: BulletinLink, token: str, reason: str = "", error: str = ""
) -> HttpResponse:
    bulletin = link.bulletin
    edition = bulletin.draft
    if edition is None:
        raise Http404
    return render(
        request,
        "broadcast/decide.html",
        {
            "title": _("Duyệt bản tin phát thanh"),
            "link": link,
            "token": token,
            "bulletin": bulletin,
            "edition": edition,
            "sound": sounds.shown_of(edition),
            "unit": capfirst(org.title_of(bulletin.unit, today())),
            "remarks": remarks(edition.script, edition.seconds)
            if bulletin.language == Language.VIETNAMESE
            else [],
            "plays": queries.planned_plays(bulletin, today()),
            "until": f"{timezone.localtime(link.expires_at):%H:%M %d/%m/%Y}",
            "reason": reason,
            "error": error,
        },
        status=409 if error else 200,
    )


@never_cache
def link_sound(request: HttpRequest, token: str) -> HttpResponse:
    """The sound of the bulletin that a link is about, as long as the link is open and nothing has changed."""
    try:
        link: BulletinLink = opened(request, _LINKS.all(), token)
    except WorthNothing:
        raise Http404 from None
    edition = link.bulletin.draft
    if edition is None or not queries.is_as_linked(link, link.bulletin):
        raise Http404
    file = sounds.shown_of(edition).file
    if file is None:
        raise Http404
    return download(file, f"ban-tin-{link.bulletin_id}.mp3")
