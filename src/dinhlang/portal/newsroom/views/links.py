"""Approval by a link: made and shown once on the desk, opened by the leader on a phone without signing in."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org.forms.links import LinkForm
from dinhlang.org.rules import Refused
from dinhlang.org.views import signed_in, today
from dinhlang.org.views.decision_links import WorthNothing, known_reader, opened, say_revoked, shown_once
from dinhlang.portal.models import ApprovalLink, EditionPicture, Item
from dinhlang.portal.newsroom import actions, permissions
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
    edition = item.draft or item.shown
    return shown_once(
        request,
        link,
        path=reverse("approval", args=[token]),
        text=_("Kính gửi %(person)s. Xin duyệt tin “%(about)s” trước %(until)s: %(address)s"),
        about=edition.title if edition else "",
        title=_("Đường dẫn duyệt tin"),
        crumbs=[crumb(), crumb_of(item)],
        back=reverse("newsroom:item", args=[pk]),
    )


@require_POST
def link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link worth nothing."""
    link = get_object_or_404(ApprovalLink.objects.select_related("item__unit"), pk=pk)
    found(request, link.item_id)
    say_revoked(request, partial(actions.revoke_link, link=link, by=signed_in(request), at=timezone.now()))
    return redirect("newsroom:item", link.item_id)


# --- the other side: whoever holds the link -----------------------------------------------------------


@never_cache
def decide(request: HttpRequest, token: str) -> HttpResponse:
    """The item as it will stand, with what was found in it; approve or return. A look alone uses nothing."""
    try:
        link = opened(request, _links(), token)
    except WorthNothing as nothing:
        return nothing.answer
    at = timezone.now()
    reason, error = request.POST.get("reason", ""), ""
    if request.method == "POST":
        is_approved = request.POST.get("do") == Deed.APPROVE
        try:
            item = actions.decide_by_link(
                link=link,
                is_approved=is_approved,
                reason=reason,
                signed_in=known_reader(request),
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
    try:
        link = opened(request, _links(), token)
    except WorthNothing:
        raise Http404 from None
    picture = get_object_or_404(
        EditionPicture.objects.select_related("blob"), pk=pk, edition=link.item.draft_id
    )
    return download(picture.blob, f"anh-{picture.pk}.jpg")


def _links() -> QuerySet[ApprovalLink]:
    return ApprovalLink.objects.select_related(
        "approver", "made_by", "item__unit", "item__draft", "item__shown", "item__column"
    )
