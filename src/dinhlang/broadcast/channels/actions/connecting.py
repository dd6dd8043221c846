"""Connecting a channel: signing in at the service, tokens that stay fresh, the daily look whether they hold."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast.channels import permissions
from dinhlang.broadcast.channels.contract import Account, Adapter, Failed, Tokens, adapters
from dinhlang.broadcast.channels.rules import SAID, Service, Standing, Why
from dinhlang.broadcast.models import Channel
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.sealed import Unreadable
from dinhlang.vietnamese.text import one_line

LOGIN_LASTS = timedelta(minutes=15)
# Refreshed before it ends, so that it does not end between two calls.
_EARLY = timedelta(minutes=10)
# A process that died while it refreshed holds the others off so long.
_REFRESH_LASTS = timedelta(minutes=2)
_CHECK_EVERY = timedelta(hours=24)
MOST_COPIED, LEAST_COPIED = 10_000, 100


@dataclass(frozen=True, slots=True)
class ChannelGiven:
    """What a person fills in of a channel. Of a secret the empty text keeps what is there."""

    name: str
    remote_id: str = ""
    app_id: str = ""
    app_secret: str = ""
    with_pictures: bool = False
    cover: str = ""
    longest: int | None = None


@transaction.atomic
def add_channel(*, unit: Unit, service: str, given: ChannelGiven, by: Person | None, at: datetime) -> Channel:
    """A channel of a unit; one with an API is connected afterwards. Raises `Unfit` and `NotAllowed`."""
    permissions.check_can_connect(by, unit, localdate(at))
    if service not in Service.values:
        raise Unfit(_("Chọn dịch vụ trong danh sách."), "service")
    channel = Channel(unit=unit, service=service, made_at=at, made_by=by)
    _fill(channel, given)
    if service == Service.COPY:
        channel.standing = Standing.READY
    channel.save()
    _noted(channel, "add", by, at)
    return channel


@transaction.atomic
def change_channel(*, channel: Channel, given: ChannelGiven, by: Person | None, at: datetime) -> Channel:
    """Change what a channel is called and how it is used. Another page or app has to be connected anew.

    Raises `Unfit`, `Refused` for a closed one, `NotAllowed`.
    """
    channel = _locked(channel)
    permissions.check_can_connect(by, channel.unit, localdate(at))
    _check_open(channel)
    before = (channel.remote_id, channel.app_id)
    _fill(channel, given)
    if channel.service != Service.COPY and before != (channel.remote_id, channel.app_id):
        channel.token, channel.refresh_token, channel.token_until = "", "", None
        channel.standing, channel.why = Standing.NEW, ""
    channel.save()
    _noted(channel, "change", by, at)
    return channel


def _fill(channel: Channel, given: ChannelGiven) -> None:
    name = one_line(given.name)[:80]
    if not name:
        raise Unfit(_("Chưa đặt tên kênh."), "name")
    others = Channel.objects.filter(unit=channel.unit, name=name).exclude(standing=Standing.CLOSED)
    if others.exclude(pk=channel.pk).exists():
        raise Unfit(_("Đã có kênh mang tên này. Đặt tên khác."), "name")
    channel.name = name
    channel.with_pictures = given.with_pictures
    if channel.service == Service.COPY:
        if given.longest is not None and not LEAST_COPIED <= given.longest <= MOST_COPIED:
            raise Unfit(_("Số ký tự tối đa từ 100 đến 10.000."), "longest")
        channel.longest = given.longest
        return
    if not given.remote_id.isascii() or not given.remote_id.isdigit():
        raise Unfit(_("Mã trang hoặc mã OA chỉ gồm chữ số. Xem ở trang quản trị của dịch vụ."), "remote_id")
    if given.cover and not given.cover.startswith("https://"):
        raise Unfit(_("Ảnh bìa phải là địa chỉ bắt đầu bằng https://."), "cover")
    channel.remote_id, channel.app_id = given.remote_id[:64], one_line(given.app_id)[:64]
    channel.cover = given.cover[:500]
    if given.app_secret.strip():
        channel.app_secret = given.app_secret.strip()


@transaction.atomic
def close_channel(*, channel: Channel, by: Person | None, at: datetime) -> None:
    """Use a channel no more and forget its secrets; what was posted stays. Raises `Refused` and `NotAllowed`."""
    channel = _locked(channel)
    permissions.check_can_connect(by, channel.unit, localdate(at))
    _check_open(channel)
    channel.standing, channel.why = Standing.CLOSED, ""
    channel.token = channel.refresh_token = channel.app_secret = channel.login_verifier = ""
    channel.login_state = ""
    channel.save()
    _noted(channel, "close", by, at)


# --- Signing in ---------------------------------------------------------------------------------------------------


@transaction.atomic
def begin_login(*, channel: Channel, back: str, by: Person | None, at: datetime) -> str:
    """The address at the service where a person allows us in and then comes back to `back`.

    Raises `Refused` without the app's id and secret, `NotAllowed`.
    """
    channel = _locked(channel)
    permissions.check_can_connect(by, channel.unit, localdate(at))
    _check_open(channel)
    if not (channel.app_id and channel.app_secret):
        raise Refused(_("Chưa ghi mã và khóa bí mật của ứng dụng. Ghi ở trang của kênh rồi kết nối."))
    channel.login_state, channel.login_at = secrets.token_urlsafe(32), at
    verifier = secrets.token_urlsafe(48)
    channel.login_verifier = verifier
    channel.save(update_fields=["login_state", "login_verifier", "login_at"])
    return _way(channel).login_address(
        account_of(channel), back=back, state=channel.login_state, verifier=verifier
    )


def end_login(
    *, channel: Channel, code: str, state: str, back: str, by: Person | None, at: datetime
) -> Channel:
    """Get tokens for the code that came back, once. Raises `Refused` with what the service said, `NotAllowed`."""
    permissions.check_can_connect(by, channel.unit, localdate(at))
    asked, begun = channel.login_state, channel.login_at
    if not asked or begun is None or not hmac.compare_digest(asked.encode(), state.encode()):
        raise Refused(_("Lượt kết nối này không phải do trang này mở. Bấm Kết nối lại."))
    if at - begun > LOGIN_LASTS:
        raise Refused(_("Lượt kết nối đã quá 15 phút. Bấm Kết nối lại."))
    # Whoever comes back second with the same state finds nothing.
    if not Channel.objects.filter(pk=channel.pk, login_state=asked).update(login_state=""):
        raise Refused(_("Lượt kết nối này đã dùng. Bấm Kết nối lại."))
    try:
        tokens = _way(channel).authorise(
            account_of(channel), code=code, back=back, verifier=channel.login_verifier.shown(), at=at
        )
    except Failed as failure:
        raise Refused(_because(channel, failure)) from None
    return _connected(channel, tokens, by=by, at=at)


def put_tokens(
    *, channel: Channel, token: str, refresh_token: str = "", by: Person | None, at: datetime
) -> Channel:
    """Take tokens that a person got at the service. Raises `Unfit` for none, `Refused` when they do not hold."""
    permissions.check_can_connect(by, channel.unit, localdate(at))
    _check_open(channel)
    if not token.strip() and not refresh_token.strip():
        raise Unfit(_("Dán mã truy cập lấy ở trang của dịch vụ."), "token")
    if channel.service == Service.ZALO and not refresh_token.strip():
        raise Unfit(
            _("Zalo cần cả mã làm mới, vì mã truy cập chỉ dùng được khoảng một ngày."), "refresh_token"
        )
    until = at + timedelta(hours=1) if channel.service == Service.ZALO and token.strip() else None
    if not token.strip():
        until = at
    return _connected(channel, Tokens(token.strip(), refresh_token.strip(), until), by=by, at=at)


def _connected(channel: Channel, tokens: Tokens, *, by: Person | None, at: datetime) -> Channel:
    """Keep the tokens at once (a refresh token works once), then ask the service whose they are."""
    _keep(channel, tokens)
    channel.refresh_from_db()
    _noted(channel, "connect", by, at)
    check_now(channel=channel, at=at)
    channel.refresh_from_db()
    if channel.standing != Standing.READY:
        raise Refused(channel.why)
    return channel


# --- Tokens -------------------------------------------------------------------------------------------------------


def account_of(channel: Channel) -> Account:
    """The channel as an adapter needs it. Raises `Unreadable` when the seal key is gone."""
    where = settings.CHANNELS.get(channel.service, {})
    return Account(
        api=where.get("api", ""),
        login=where.get("login", ""),
        remote_id=channel.remote_id,
        app_id=channel.app_id,
        app_secret=channel.app_secret.shown(),
        token=channel.token.shown(),
        refresh_token=channel.refresh_token.shown(),
        cover=channel.cover,
        with_pictures=channel.with_pictures,
    )


def fresh_account(channel: Channel, way: Adapter, at: datetime, *, is_refused: bool = False) -> Account:
    """The account with a token that holds for the next minutes; `is_refused`: the service did not take the one that is kept.

    Only one process refreshes, since a refresh token works once; the others are told to wait (`Why.TEMPORARY`). Raises
    `Failed`; with `Why.TOKEN` nothing but a person can help.
    """
    try:
        account = account_of(channel)
    except Unreadable as reason:
        raise Failed(Why.TOKEN, str(reason)) from None
    until = channel.token_until
    if not is_refused and (until is None or until > at + _EARLY):
        return account
    if not account.refresh_token:
        if is_refused:
            raise Failed(Why.TOKEN)
        return account
    free = Q(refreshing_at=None) | Q(refreshing_at__lt=at - _REFRESH_LASTS)
    if not Channel.objects.filter(free, pk=channel.pk).update(refreshing_at=at):
        raise Failed(Why.TEMPORARY)
    try:
        # Somebody else may have refreshed between our look and our claim.
        channel.refresh_from_db()
        now = account_of(channel)
        if (
            now.token != account.token
            and channel.token_until is not None
            and channel.token_until > at + _EARLY
        ):
            return now
        tokens = way.refresh(now, at=at)
        if tokens is not None:
            _keep(channel, tokens)
            channel.refresh_from_db()
        return account_of(channel)
    finally:
        Channel.objects.filter(pk=channel.pk).update(refreshing_at=None)


def _keep(channel: Channel, tokens: Tokens) -> None:
    channel.token, channel.refresh_token, channel.token_until = (
        tokens.token,
        tokens.refresh_token,
        tokens.until,
    )
    channel.save(update_fields=["token", "refresh_token", "token_until"])


def check_channels(*, at: datetime) -> int:
    """Look once a day whether every channel's token holds; how many were looked at. For the worker."""
    due = Channel.objects.exclude(service=Service.COPY).filter(
        Q(checked_at=None) | Q(checked_at__lte=at - _CHECK_EVERY),
        Q(rests_until=None) | Q(rests_until__lte=at),
        standing=Standing.READY,
    )
    done = 0
    for channel in due.select_related("unit").order_by("pk"):
        check_now(channel=channel, at=at)
        done += 1
    return done


def check_by_hand(*, channel: Channel, by: Person | None, at: datetime) -> None:
    """Look now, because a person asks. Raises `Refused` for a closed one, `NotAllowed`."""
    permissions.check_can_connect(by, channel.unit, localdate(at))
    _check_open(channel)
    check_now(channel=channel, at=at)


@kept_in_vietnamese
def check_now(*, channel: Channel, at: datetime) -> None:
    """Ask the service whether the token holds and whose it is, and note what it says."""
    way = _way(channel)
    try:
        seen = way.check(fresh_account(channel, way, at))
    except Failed as failure:
        if failure.why is Why.TOKEN:
            mark_broken(channel, failure, at)
        elif failure.why not in {Why.TEMPORARY, Why.LIMIT, Why.UNKNOWN} or channel.standing == Standing.NEW:
            _stand(channel, Standing.BROKEN, _because(channel, failure), at)
        return
    if seen.remote_id != channel.remote_id:
        why = _("Mã truy cập là của trang khác (%(name)s, mã %(id)s). Kết nối lại đúng trang.") % {
            "name": seen.name,
            "id": seen.remote_id,
        }
        _stand(channel, Standing.BROKEN, why, at)
        return
    if seen.problems:
        _stand(channel, Standing.BROKEN, " ".join(seen.problems), at)
        return
    channel.remote_name = one_line(seen.name)[:200]
    if seen.until is not None:
        channel.token_until = seen.until
    channel.save(update_fields=["remote_name", "token_until"])
    _stand(channel, Standing.READY, "", at)


def mark_broken(channel: Channel, failure: Failed, at: datetime) -> None:
    """Note that the service does not let us in any more: everything on the channel waits until a person connects it."""
    _stand(channel, Standing.BROKEN, _because(channel, failure), at)


def _stand(channel: Channel, standing: Standing, why: str, at: datetime) -> None:
    was = channel.standing
    if was == Standing.CLOSED:
        return
    channel.standing, channel.why, channel.checked_at = standing, why[:500], at
    channel.save(update_fields=["standing", "why", "checked_at"])
    if was != standing:
        _noted(channel, "broken" if standing == Standing.BROKEN else "ready", None, at)


def _because(channel: Channel, failure: Failed) -> str:
    words = str(SAID[failure.why]) % {"service": channel.name}
    return f"{words} ({failure.said})" if failure.said else words


def _way(channel: Channel) -> Adapter:
    way = adapters().get(Service(channel.service))
    if way is None:
        raise Refused(_("Kênh này chép tay, không kết nối."))
    return way


def _check_open(channel: Channel) -> None:
    if channel.standing == Standing.CLOSED:
        raise Refused(_("Kênh đã thôi dùng. Lập kênh mới."))


def _locked(channel: Channel) -> Channel:
    return Channel.objects.select_for_update(of=("self",)).select_related("unit").get(pk=channel.pk)


def _noted(channel: Channel, deed: str, by: Person | None, at: datetime) -> None:
    detail = {"channel": channel.name, "service": channel.service}
    audit(by=by, at=at, action=f"channel.{deed}", target=channel, unit=channel.unit, detail=detail)
