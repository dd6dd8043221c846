"""The pages of news by mail: what a reader asks and chooses, and what the office sees of it (numbers, no names)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import mail
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.often import is_too_often
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.sign_in.limits import address_of
from dinhlang.org.views import page, show_refusal, signed_in, today
from dinhlang.org.views.managed import managed_body
from dinhlang.portal.digest import actions, letters, queries, rules
from dinhlang.portal.digest.forms import ChoiceForm, SubscribeForm
from dinhlang.portal.digest.rules import Worthless
from dinhlang.portal.models import Reader
from dinhlang.portal.outside import outside
from dinhlang.portal.sites import addresses, frame, registry
from dinhlang.portal.sites.frame import Place
from dinhlang.portal.sites.registry import SiteNow

_LOOKED_BACK = timedelta(days=7)
_OF_A_MAIL = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-top-navigation-by-user-activation"


def _shown(
    request: HttpRequest, site: SiteNow | None, template: str, title: str, **more: Any
) -> HttpResponse:
    return frame.page(request, Place(site), f"portal/digest/{template}", title, is_inside=False, **more)


def _told(
    request: HttpRequest, site: SiteNow | None, title: str, said: str, *, status: int = 200
) -> HttpResponse:
    return _shown(request, site, "told.html", title, said=said, status=status)


@outside
def subscribe(request: HttpRequest, site: str) -> HttpResponse:
    """Ask for news by mail. Whoever is a reader already gets the same answer."""
    found = registry.now().by_path.get(site)
    if found is None:
        return frame.not_there(request, Place(None))
    title = _("Nhận tin qua thư điện tử")
    if not mail.is_configured():
        return _shown(request, found, "subscribe.html", title, form=None)
    usual = {"columns": [one.pk for one in found.open_columns], "rhythm": Reader.Rhythm.WEEKLY}
    form = SubscribeForm(request.POST if request.method == "POST" else None, site=found, initial=usual)
    done = _(
        "Đã gửi một thư tới địa chỉ bạn ghi. Mở thư và bấm xác nhận trong hai ngày; chưa xác nhận thì không có thư nào khác."
    )
    if form.is_bound and form.is_of_a_machine:
        return _told(request, found, title, done)
    if form.is_valid():
        if is_too_often(
            f"digest:{address_of(request)}", most=rules.MOST_OF_A_CALLER, within=rules.CALLER_WITHIN
        ):
            said = _("Đã có nhiều lượt đăng ký từ nơi bạn trong một giờ qua. Xin thử lại sau.")
            return _told(request, found, title, said, status=429)
        given = form.cleaned_data
        try:
            actions.ask(
                site=found,
                address=given["address"],
                columns=given["columns"],
                rhythm=given["rhythm"],
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return _told(request, found, title, done)
    return _shown(request, found, "subscribe.html", title, form=form)


def _of(token: str) -> tuple[Reader, SiteNow | None]:
    reader = queries.reader_of(token)
    return reader, registry.now().by_unit.get(reader.unit_id)


@outside
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Consent by a button: programs that look at links in mails press none."""
    title = _("Xác nhận nhận thư tin")
    try:
        reader, site = _of(token)
        if not queries.can_be_confirmed(reader, timezone.now()):
            raise Worthless(_("Đường dẫn xác nhận đã hết hạn. Bạn đăng ký lại, thư mới sẽ tới ngay."))
        if request.method == "POST":
            actions.confirm(reader=reader, at=timezone.now())
            said = _(
                "Đã xác nhận. Thư tới khi có tin mới trong các chuyên mục bạn chọn; mỗi thư có đường dẫn để thôi nhận."
            )
            return _told(request, site, title, said)
    except Worthless as nothing:
        return _told(request, None, title, str(nothing), status=410)
    return _shown(
        request,
        site,
        "button.html",
        title,
        said=_("Bấm nút để bắt đầu nhận thư."),
        verb=_("Xác nhận nhận thư"),
    )


@outside
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """Other columns, another rhythm, two years more."""
    title = _("Chọn tin muốn nhận")
    try:
        reader, site = _of(token)
    except Worthless as nothing:
        return _told(request, None, title, str(nothing), status=410)
    if site is None:
        return frame.not_there(request, Place(None))
    chosen = {"columns": list(reader.columns.values_list("pk", flat=True)), "rhythm": reader.rhythm}
    form = ChoiceForm(request.POST if request.method == "POST" else None, site=site, initial=chosen)
    if form.is_valid():
        try:
            actions.choose(reader=reader, site=site, at=timezone.now(), **form.cleaned_data)
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return _told(
                request, site, title, _("Đã lưu lựa chọn của bạn. Thư được gửi thêm hai năm, rồi hỏi lại.")
            )
    return _shown(
        request, site, "subscribe.html", title, form=form, leave=reverse("digest:leave", args=[token])
    )


@outside
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Leave by one click: mail programs post here by themselves (RFC 8058), people press the button."""
    title = _("Thôi nhận thư tin")
    gone = _("Bạn không còn nhận thư. Địa chỉ thư của bạn đã được xóa.")
    try:
        reader, site = _of(token)
    except Worthless:
        # Left before: for a mail program that asks again this is no fault.
        return _told(request, None, title, gone)
    if request.method == "POST":
        actions.leave(reader=reader)
        return _told(request, site, title, gone)
    return _shown(
        request,
        site,
        "button.html",
        title,
        said=_("Bấm nút thì không còn thư nào nữa, và địa chỉ thư được xóa."),
        verb=_("Thôi nhận thư"),
    )


# --- The desk ------------------------------------------------------------------------------------------------------


def _body(request: HttpRequest) -> Unit:
    return managed_body(request, today(), Permission.NEWS_REVIEW)


def desk(request: HttpRequest) -> HttpResponse:
    """How many read by mail and what was sent."""
    body = _body(request)
    site = registry.now().by_unit.get(body.pk)
    items, more = queries.new_for(
        body,
        [one.pk for one in site.open_columns] if site else [],
        timezone.now() - _LOOKED_BACK,
        timezone.now(),
    )
    return page(
        request,
        "portal/digest/desk.html",
        _("Thư tin"),
        crumbs=[(reverse("newsroom:list"), _("Tin, bài"))],
        body=body,
        body_name=capfirst(org.title_of(body, today())),
        site=site,
        address=addresses.absolute(None, reverse("digest:subscribe", args=[site.path])) if site else "",
        is_configured=mail.is_configured(),
        counts=queries.counts_of(body),
        mailings=queries.mailings_of(body)[:30],
        fresh=len(items) + more,
    )


def preview(request: HttpRequest) -> HttpResponse:
    """The mail as a reader of every column would get it with what appeared in the last seven days."""
    body = _body(request)
    site = registry.now().by_unit.get(body.pk)
    if site is None:
        raise Http404
    at = timezone.now()
    items, more = queries.new_for(body, [one.pk for one in site.open_columns], at - _LOOKED_BACK, at)
    text, html = letters.bodies(site, letters.news(site, items, more, today()), None)
    if request.GET.get("chu"):
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
    # A mail carries its styles in itself, as mail programs want it; nothing else of it runs or is fetched here.
    return HttpResponse(html, headers={"Content-Security-Policy": _OF_A_MAIL})


@require_POST
def take_out(request: HttpRequest) -> HttpResponse:
    """Forget an address whose mails come back, or whose owner asks for it."""
    body = _body(request)
    try:
        was_there = actions.take_out(
            unit=body, address=request.POST.get("address", ""), by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return desk(request)
    messages.success(
        request, _("Đã bỏ địa chỉ này.") if was_there else _("Không có ai nhận thư ở địa chỉ này.")
    )
    return redirect(f"{reverse('digest-desk:desk')}?unit={body.pk}")
