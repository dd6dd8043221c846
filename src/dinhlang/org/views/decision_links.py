"""Links for deciding on a phone: the page that shows a new one, once, and what whoever opens one begins with."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dinhlang.org.actions.decision_links import LIFETIME, check_reader, hold
from dinhlang.org.models import DecisionLink, HeldLink, Person
from dinhlang.org.often import is_too_often
from dinhlang.org.qr import qr_svg
from dinhlang.org.rules import Refused
from dinhlang.org.rules.invitations import LinkState, token_hash
from dinhlang.org.sign_in.limits import address_of
from dinhlang.org.views import page
from dinhlang.org.views.links import WORTH_NOTHING

# A secret cannot be found by trying; who tries is kept from keeping the machine busy.
MOST_MISSES, MISSES_WITHIN = 20, timedelta(minutes=10)
MOST_SENDINGS, SENDINGS_WITHIN = 30, timedelta(hours=1)


class WorthNothing(Exception):
    """The link leads nowhere; `answer` says why."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.answer = answer


def shown_once(
    request: HttpRequest,
    link: DecisionLink,
    *,
    path: str,
    text: str,
    about: str,
    title: str,
    crumbs: Iterable[tuple[str, str]],
    back: str,
) -> HttpResponse:
    """The page with a new link, the message to send with it, and its picture for a phone.

    `text` is the message with places for %(person)s, %(about)s, %(until)s and %(address)s.
    """
    address = settings.PUBLIC_URL.rstrip("/") + path
    until = timezone.localtime(link.expires_at).strftime("%H:%M %d/%m/%Y")
    return page(
        request,
        "org/decision_link.html",
        title,
        crumbs=crumbs,
        link=link,
        until=until,
        address=address,
        text=text % {"person": link.approver.full_name, "about": about, "until": until, "address": address},
        qr=SafeString(qr_svg(address)),
        back=back,
    )


def say_revoked(request: HttpRequest, revoke: Callable[[], object]) -> None:
    """Make a link worth nothing, and leave the message for the next page whether it is."""
    try:
        revoke()
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã thu hồi đường dẫn. Ai mở ra cũng không dùng được nữa."))


def opened(request: HttpRequest, links: Any, token: str) -> Any:
    """The link of that secret among `links`, when it can be used now. Raises `WorthNothing`."""
    link = links.filter(token_hash=token_hash(token)).first()
    if link is None:
        if is_too_often(f"link-miss:{address_of(request)}", most=MOST_MISSES, within=MISSES_WITHIN):
            raise WorthNothing(_too_often(request))
        raise WorthNothing(nothing(request, _("Đường dẫn này không đúng hoặc bị cắt mất phần cuối.")))
    state = link.worth(timezone.now())
    if state is not LinkState.OPEN:
        raise WorthNothing(nothing(request, str(WORTH_NOTHING[state])))
    if request.method == "POST" and is_too_often(
        f"link-use:{link._meta.label}:{link.pk}", most=MOST_SENDINGS, within=SENDINGS_WITHIN
    ):
        raise WorthNothing(_too_often(request))
    return link


def known_reader(request: HttpRequest) -> Person | None:
    """Whoever the browser belongs to, where that is known: most who open a link are not signed in."""
    return request.user if isinstance(request.user, Person) else None


def hold_here(request: HttpRequest, link: HeldLink) -> str:
    """Bind the link to this browser, which begins to decide; the secret that `held_here` leaves in it.

    Raises `NotAllowed` for a browser that is somebody else's, and `HeldElsewhere`.
    """
    device = request.get_signed_cookie(_cookie(link), default="") or secrets.token_urlsafe(24)
    check_reader(link, known_reader(request))
    hold(link=link, device=device)
    return device


def held_here(answer: HttpResponse, request: HttpRequest, link: HeldLink, device: str) -> HttpResponse:
    """The answer, with what tells this browser from others until the link is used."""
    answer.set_signed_cookie(
        _cookie(link),
        device,
        max_age=LIFETIME,
        path=request.path,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return answer


def not_decided_here(
    request: HttpRequest, link: HeldLink, decide: Callable[[], object], shown: Callable[[str], HttpResponse]
) -> HttpResponse | None:
    """Decide in this browser, which the link belongs to from now on; None when that is done.

    Else the page that `shown` makes of the reason. A browser that may decide keeps the link, though it could not yet.
    """
    try:
        device = hold_here(request, link)
    except Refused as reason:
        return shown(str(reason))
    try:
        decide()
    except Refused as reason:
        return held_here(shown(str(reason)), request, link, device)
    return None


def _cookie(link: HeldLink) -> str:
    return f"duyet-{link._meta.model_name}-{link.pk}"


def nothing(request: HttpRequest, reason: str, status: int = 410) -> HttpResponse:
    """The page of a link that is worth nothing."""
    return render(
        request,
        "org/decision_link_gone.html",
        {"title": _("Đường dẫn không dùng được"), "reason": reason},
        status=status,
    )


def _too_often(request: HttpRequest) -> HttpResponse:
    return nothing(request, _("Đường dẫn được mở quá nhiều lần. Chờ một lúc rồi mở lại."), status=429)
