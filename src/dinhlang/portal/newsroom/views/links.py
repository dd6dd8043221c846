"""Approval by a link: made and shown once on the desk, opened by the leader on a phone without signing in."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org.models import Person
from dinhlang.org.qr import qr_svg
from dinhlang.org.rules import Refused
from dinhlang.org.rules.invitations import LinkState, token_hash
from dinhlang.org.views import page, signed_in, today
from dinhlang.org.views.links import WORTH_NOTHING
from dinhlang.portal.models import ApprovalLink, EditionPicture, Item
from dinhlang.portal.newsroom import actions, permissions
from dinhlang.portal.newsroom.forms import LinkForm
from dinhlang.portal.newsroom.rules.states import Deed
from dinhlang.portal.newsroom.rules.wording import moment
from dinhlang.portal.newsroom.views.found import crumb, crumb_of, found, looked_at, standing_of
from dinhlang.work.views.files import download


@require_POST
def link_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link for one approver and show it, once."""
    item = found(request, pk)
    form = LinkForm(request.POST, people=permissions.approvers(item, today()))
    if not form.is_valid():
        messages.error(request, _("Chọn người duyệt trong danh sách."))
        return redirect("newsroom:item", pk)
    try:
        link, token = actions.make_link(
            item=item, approver=form.chosen, by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("newsroom:item", pk)
    address = settings.PUBLIC_URL.rstrip("/") + reverse("approval", args=[token])
    edition = item.draft or item.shown
    text = _("Kính gửi %(person)s. Xin duyệt tin “%(title)s” trước %(until)s: %(address)s") % {
        "person": link.approver.full_name,
        "title": edition.title if edition else "",
        "until": moment(link.expires_at),
        "address": address,
    }
    return page(
        request,
        "newsroom/link.html",
        _("Đường dẫn duyệt tin"),
        crumbs=[crumb(), crumb_of(item)],
        item=item,
        link=link,
        until=moment(link.expires_at),
        address=address,
        text=text,
        qr=SafeString(qr_svg(address)),
    )


@require_POST
def link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link worth nothing."""
    link = get_object_or_404(ApprovalLink.objects.select_related("item__unit"), pk=pk)
    found(request, link.item_id)
    try:
        actions.revoke_link(link=link, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã thu hồi đường dẫn. Ai mở ra cũng không dùng được nữa."))
    return redirect("newsroom:item", link.item_id)


# --- the other side: whoever holds the link -----------------------------------------------------------


@never_cache
def decide(request: HttpRequest, token: str) -> HttpResponse:
    """The item as it will stand, with what was found in it; approve or return. A look alone uses nothing."""
    link = _link(token)
    at = timezone.now()
    if link is None:
        return _worth_nothing(request, _("Đường dẫn này không đúng hoặc bị cắt mất phần cuối."))
    worth = link.worth(at)
    if worth is not LinkState.OPEN:
        return _worth_nothing(request, str(WORTH_NOTHING[worth]))
    reason, error = request.POST.get("reason", ""), ""
    if request.method == "POST":
        is_approved = request.POST.get("do") == Deed.APPROVE
        try:
            item = actions.decide_by_link(
                link=link,
                is_approved=is_approved,
                reason=reason,
                signed_in=request.user if isinstance(request.user, Person) else None,
                at=at,
            )
        except Refused as refused:
            error = str(refused)
        else:
            return _decided(request, item, is_approved=is_approved)
    return _shown(request, link, token, reason, error)


def _shown(request: HttpRequest, link: ApprovalLink, token: str, reason: str, error: str) -> HttpResponse:
    item = link.item
    edition = item.draft or item.shown
    if edition is None:
        raise Http404
    return render(
        request,
        "newsroom/decide.html",
        {
            "title": _("Duyệt tin"),
            "link": link,
            "token": token,
            "item": item,
            "edition": edition,
            "unit": capfirst(org.title_of(item.unit, today())),
            "looked": looked_at(edition),
            "until": moment(link.expires_at),
            "wanted": moment(item.publish_at) if item.publish_at else "",
            "reason": reason,
            "error": error,
        },
        status=409 if error else 200,
    )


def _decided(request: HttpRequest, item: Item, *, is_approved: bool) -> HttpResponse:
    return render(
        request,
        "newsroom/decided.html",
        {
            "title": _("Đã duyệt") if is_approved else _("Đã trả lại"),
            "item": item,
            "is_approved": is_approved,
            "standing": standing_of(item, timezone.now()),
        },
    )


@never_cache
def link_picture(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """A picture of the item that a link is about, as long as the link is open."""
    link = _link(token)
    if link is None or link.worth(timezone.now()) is not LinkState.OPEN:
        raise Http404
    picture = get_object_or_404(
        EditionPicture.objects.select_related("blob"), pk=pk, edition=link.item.draft_id
    )
    return download(picture.blob, f"anh-{picture.pk}.jpg")


def _link(token: str) -> ApprovalLink | None:
    return (
        ApprovalLink.objects.select_related(
            "approver", "made_by", "item__unit", "item__draft", "item__shown", "item__column"
        )
        .filter(token_hash=token_hash(token))
        .first()
    )


def _worth_nothing(request: HttpRequest, reason: str) -> HttpResponse:
    return render(
        request,
        "newsroom/link_gone.html",
        {"title": _("Đường dẫn không dùng được"), "reason": reason},
        status=410,
    )
