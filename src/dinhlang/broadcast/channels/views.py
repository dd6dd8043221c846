"""Channels and deliveries on the desk: connecting, what became of each post, and the copy kit for a phone."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.broadcast.channels import actions, copykit, permissions, queries
from dinhlang.broadcast.channels.actions.sending import post_of
from dinhlang.broadcast.channels.forms import ChannelForm, PostedForm, TokenForm
from dinhlang.broadcast.channels.rules import Deed, Service, State, can_happen
from dinhlang.broadcast.channels.telling import TONES
from dinhlang.broadcast.models import Channel, Delivery
from dinhlang.broadcast.views.bulletins import do
from dinhlang.broadcast.views.seen import crumb
from dinhlang.org import queries as org
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import body_asked, looking_of, may, page, show_refusal, signed_in, today
from dinhlang.org.views.managed import managed_body

LARGEST_SCREENSHOT = 10 * 1024 * 1024


def channels(request: HttpRequest) -> HttpResponse:
    """The channels of a body, and one more."""
    on = today()
    body, bodies = body_asked(request, on)
    service = request.GET.get("dich-vu", Service.FACEBOOK)
    if service not in Service.values:
        raise Http404
    form = ChannelForm(service=service)
    if request.method == "POST":
        body = managed_body(request, on, Permission.CHANNELS_MANAGE)
        form = ChannelForm(request.POST, service=service)
        if form.is_valid():
            try:
                made = actions.add_channel(
                    unit=body, service=service, given=form.given, by=signed_in(request), at=timezone.now()
                )
            except Refused as reason:
                show_refusal(form, reason)
            else:
                messages.success(request, _("Đã thêm kênh."))
                return redirect("broadcast:channel", made.pk)
    return page(
        request,
        "broadcast/channels.html",
        _("Kênh mạng xã hội"),
        crumbs=[crumb()],
        body=body,
        bodies=bodies,
        body_name=capfirst(org.title_of(body, on)),
        rows=queries.channels_of(body, timezone.now()),
        services=Service.choices,
        service=service,
        form=form,
        may_manage=may(request, Permission.CHANNELS_MANAGE, body, on),
    )


@never_cache
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    """One channel: whether it is connected, and how it is used."""
    found = _channel(request, pk)
    told = {name: getattr(found, name) for name in ("name", "remote_id", "app_id", "cover", "longest")}
    told["with_pictures"] = "1" if found.with_pictures else ""
    form = ChannelForm(
        request.POST if request.method == "POST" else None, service=found.service, initial=told
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_channel(channel=found, given=form.given, by=signed_in(request), at=timezone.now())
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu kênh."))
            return redirect("broadcast:channel", pk)
    return page(
        request,
        "broadcast/channel.html",
        found.name,
        crumbs=[crumb(), _channels_crumb(found)],
        channel=found,
        form=form,
        token_form=TokenForm(),
        deliveries=found.deliveries.order_by("-pk")[:20],
        tones=TONES,
        back=_back(request),
        may_manage=may(request, Permission.CHANNELS_MANAGE, found.unit, today()),
    )


@require_POST
def channel_do(request: HttpRequest, pk: int) -> HttpResponse:
    """Connect a channel, take tokens, look whether they hold, close it."""
    found = _channel(request, pk)
    by, at = signed_in(request), timezone.now()
    asked = request.POST.get("do", "")
    if asked == "login":
        try:
            address = actions.begin_login(channel=found, back=_back(request), by=by, at=at)
        except Refused as reason:
            messages.error(request, str(reason))
            return redirect("broadcast:channel", pk)
        return page(
            request,
            "broadcast/channel_login.html",
            _("Kết nối %(name)s") % {"name": found.name},
            crumbs=[
                crumb(),
                _channels_crumb(found),
                (reverse("broadcast:channel", args=[pk]), found.name),
            ],
            channel=found,
            address=address,
            host=urlsplit(address).netloc,
        )
    deeds: dict[str, tuple[Callable[[], object], str]] = {
        "tokens": (
            lambda: actions.put_tokens(
                channel=found,
                token=request.POST.get("token", ""),
                refresh_token=request.POST.get("refresh_token", ""),
                by=by,
                at=at,
            ),
            _("Đã kết nối kênh."),
        ),
        "check": (
            lambda: actions.check_by_hand(channel=found, by=by, at=at),
            _("Đã hỏi dịch vụ. Xem trạng thái bên dưới."),
        ),
        "close": (
            lambda: actions.close_channel(channel=found, by=by, at=at),
            _("Đã thôi dùng kênh và xóa mã truy cập."),
        ),
    }
    if asked not in deeds:
        raise Http404
    do(request, *deeds[asked])
    return redirect("broadcast:channel", pk)


@never_cache
def channel_back(request: HttpRequest) -> HttpResponse:
    """Where the service sends a person back after allowing us in."""
    state, code = request.GET.get("state", ""), request.GET.get("code", "")
    rows = Channel.objects.filter(unit__in=looking_of(request).readable_ids).select_related("unit")
    found = rows.filter(login_state=state).first() if state else None
    if found is None or not code:
        messages.error(request, _("Dịch vụ chưa cho kết nối. Mở kênh và bấm Kết nối lại."))
        return redirect("broadcast:channels")
    do(
        request,
        lambda: actions.end_login(
            channel=found,
            code=code,
            state=state,
            back=_back(request),
            by=signed_in(request),
            at=timezone.now(),
        ),
        _("Đã kết nối kênh."),
    )
    return redirect("broadcast:channel", found.pk)


def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of one item on one channel, and what a person can do."""
    found = _delivery(request, pk)
    on, person = today(), signed_in(request)
    may_send = permissions.can_send(person, found.unit, on)
    may_copy = permissions.can_copy(person, found.unit, on)
    by_hand = found.channel.service == Service.COPY
    post = post_of(found)
    return page(
        request,
        "broadcast/delivery.html",
        found.title,
        crumbs=[crumb(), _channels_crumb(found.channel)],
        delivery=found,
        tone=TONES.get(found.state, "wait"),
        steps=found.steps.select_related("by"),
        figures=[
            (queries.FIGURES[name], value)
            for name, value in queries.figures_of([found.pk]).get(found.pk, {}).items()
            if name in queries.FIGURES
        ],
        may_retry=may_send and not by_hand and can_happen(found.state, Deed.RETRY) and not found.unwanted,
        may_cancel=may_send and can_happen(found.state, Deed.CANCEL) and found.state != State.SENDING,
        may_withdraw=may_send and can_happen(found.state, Deed.WITHDRAW) and not found.unwanted,
        may_say_posted=may_copy
        and (found.state == State.TO_COPY or (found.state == State.FAILED and not found.unwanted)),
        may_say_gone=may_copy and found.state == State.NOT_WITHDRAWN,
        may_add_screenshot=may_copy and found.published_at is not None,
        posted_form=PostedForm(),
        texts=copykit.texts(post, found.channel.longest) if by_hand else [],
        link=post.link,
        shapes=copykit.SHAPES.items() if by_hand and found.picture_id else [],
    )


@require_POST
def delivery_do(request: HttpRequest, pk: int) -> HttpResponse:
    """Try again, cancel, take down, say that it was posted or taken down by hand, add a screenshot."""
    found = _delivery(request, pk)
    by, at = signed_in(request), timezone.now()
    picture = request.FILES.get("screenshot")
    if picture is not None and (picture.size or 0) > LARGEST_SCREENSHOT:
        messages.error(request, _("Ảnh chụp lớn quá 10 MB. Chọn ảnh nhỏ hơn."))
        return redirect("broadcast:delivery", pk)
    data = picture.read() if picture is not None else b""
    deeds: dict[str, tuple[Callable[[], object], str]] = {
        "retry": (lambda: actions.retry(delivery=found, by=by, at=at), _("Đang gửi lại.")),
        "cancel": (
            lambda: actions.cancel(delivery=found, by=by, at=at),
            _("Đã hủy. Bài nào có thể đã lên thì đang hỏi lại dịch vụ."),
        ),
        "withdraw": (
            lambda: actions.withdraw(delivery=found, reason=request.POST.get("reason", ""), by=by, at=at),
            _("Đang gỡ khỏi kênh."),
        ),
        "posted": (
            lambda: actions.note_posted(
                delivery=found, address=request.POST.get("address", ""), screenshot=data, by=by, at=at
            ),
            _("Đã ghi bài đã đăng."),
        ),
        "gone": (lambda: actions.note_taken_down(delivery=found, by=by, at=at), _("Đã ghi bài đã gỡ.")),
        "screenshot": (
            lambda: actions.add_screenshot(delivery=found, data=data, by=by, at=at),
            _("Đã thêm ảnh chụp."),
        ),
    }
    asked = request.POST.get("do", "")
    if asked not in deeds:
        raise Http404
    do(request, *deeds[asked])
    return redirect("broadcast:delivery", pk)


def delivery_picture(request: HttpRequest, pk: int, shape: str) -> HttpResponse:
    """The item's picture cut to a shape, to be saved on the phone."""
    found = _delivery(request, pk)
    if found.picture is None or shape not in copykit.SHAPES:
        raise Http404
    headers = {
        "Content-Disposition": f'attachment; filename="anh-{shape}.jpg"',
        "Cache-Control": "private, max-age=3600",
    }
    return HttpResponse(copykit.cropped(found.picture, shape), content_type="image/jpeg", headers=headers)


def _channel(request: HttpRequest, pk: int) -> Channel:
    rows = Channel.objects.filter(unit__in=looking_of(request).readable_ids)
    return get_object_or_404(rows.select_related("unit"), pk=pk)


def _delivery(request: HttpRequest, pk: int) -> Delivery:
    rows = Delivery.objects.filter(unit__in=looking_of(request).readable_ids)
    return get_object_or_404(
        rows.select_related("unit", "channel", "picture", "asked_by", "approved_by", "posted_by"), pk=pk
    )


def _channels_crumb(channel: Channel) -> tuple[str, str]:
    return f"{reverse('broadcast:channels')}?unit={channel.unit_id}", _("Kênh mạng xã hội")


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("broadcast:channel-back"))
