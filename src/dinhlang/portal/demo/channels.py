"""Where the fictional commune's items went: channels with posts, their receipts and figures, one that failed, one to be copied.

No service was asked: both channels with an API stand as lost, so that the worker calls nobody, and their posts stand at
addresses that no reader can take for real ones. The ledger stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate, localtime

from dinhlang.broadcast.channels.actions import ChannelGiven, add_channel, note_posted, send
from dinhlang.broadcast.channels.actions.moving import gone, move, publish, take_down
from dinhlang.broadcast.channels.contract import Receipt
from dinhlang.broadcast.channels.rules import SAID, Deed, Service, Standing, Why
from dinhlang.broadcast.models import Channel, Delivery, DeliveryFigure
from dinhlang.org import queries as org
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Permission
from dinhlang.portal.models import Item
from dinhlang.portal.newsroom.queries.spreading import outgoing_of

_LOST = (
    "Kênh minh họa, không nối với dịch vụ thật. Muốn thử gửi: chạy dinhlang channel stand-in, đặt bốn địa chỉ được in ra, "
    "khởi động lại rồi kết nối lại kênh."
)
_CHANNELS = (
    (Service.FACEBOOK, ChannelGiven("Trang Facebook xã Bến Trúc", "100200300", with_pictures=True)),
    (
        Service.ZALO,
        ChannelGiven("Zalo xã Bến Trúc", "7788990011", cover="https://ben-truc.example/anh-bia.jpg"),
    ),
    (Service.COPY, ChannelGiven("Nhóm Zalo thôn Đông", longest=1000)),
    (Service.COPY, ChannelGiven("Mocha xã Bến Trúc", longest=500)),
)
_FACEBOOK, _ZALO, _GROUP, _MOCHA = (given.name for _service, given in _CHANNELS)


@dataclass(frozen=True, slots=True)
class _Post:
    """An item on a channel some days ago: what came of it, and what was counted of it since."""

    title: str
    channel: str
    days: int
    figures: dict[str, int]
    withdrawn: str = ""


_VACCINATION = "Tiêm phòng cho chó, mèo tại nhà văn hóa các thôn"
_YEAR = "Nhìn lại một năm cải cách hành chính"
_ANSWERS = "Góp ý của người dân và việc xã đã sửa"
_HOURS = "Đổi giờ làm việc mùa đông tại nơi tiếp nhận hồ sơ"
_WATER = "Tạm ngừng cấp nước thôn Đình để sửa đường ống"
_PAY = "Lịch phát lương, trợ cấp xã hội tháng này"

_PUBLISHED = (
    _Post(_ANSWERS, _FACEBOOK, 26, {"views": 934, "reactions": 61, "comments": 14, "shares": 9}),
    _Post(_ANSWERS, _ZALO, 26, {"views": 512, "shares": 21}),
    _Post(_HOURS, _ZALO, 24, {"views": 288, "shares": 4}, withdrawn="Giờ ghi nhầm, đã đăng bản đúng"),
    _Post(_VACCINATION, _FACEBOOK, 11, {"views": 1206, "reactions": 48, "comments": 22, "shares": 37}),
    _Post(_VACCINATION, _GROUP, 11, {}),
    _Post(_YEAR, _FACEBOOK, 8, {"views": 417, "reactions": 33, "comments": 2, "shares": 5}),
    _Post(_PAY, _MOCHA, 2, {}),
)


def load_channels(*, at: datetime) -> None:
    """Give the fictional commune its channels, once, where it has published something."""
    unit = Unit.objects.filter(pk="ben-truc", site__isnull=False).first()
    if unit is None or Channel.objects.filter(unit=unit).exists():
        return
    on = localdate(at)
    leader = next(iter(org.holders(unit, Permission.NEWS_APPROVE, on)), None)
    if leader is None:
        return
    officer = next(iter(org.holders(unit, Permission.CHANNELS_MANAGE, on)), None)
    with transaction.atomic():
        begun = at - timedelta(days=40)
        channels = {
            given.name: add_channel(unit=unit, service=service, given=given, by=None, at=begun)
            for service, given in _CHANNELS
        }
        for post in _PUBLISHED:
            _publish(post, channels[post.channel], officer, leader, at)
        _fail(_YEAR, channels[_ZALO], officer, leader, _morning(at, 8))
        _give(_WATER, channels[_FACEBOOK], officer, leader, at - timedelta(hours=20))
        _give(_YEAR, channels[_GROUP], officer, leader, at - timedelta(hours=4))
        lost = Channel.objects.filter(unit=unit, service__in=[Service.FACEBOOK, Service.ZALO])
        lost.update(standing=Standing.BROKEN, why=_LOST, checked_at=at - timedelta(hours=6))


def _give(
    title: str, channel: Channel, officer: Person | None, leader: Person, at: datetime
) -> Delivery | None:
    """The item given to the channel then; None where the demonstration has not published it."""
    item = Item.objects.filter(unit=channel.unit, shown__title=title).select_related("shown").first()
    if item is None or item.shown is None:
        return None
    # Whatever is sent was approved: the leader's word is noted as the editorial board would have noted it.
    item.approved_by, item.approved_digest = leader, item.shown.digest
    item.save(update_fields=["approved_by", "approved_digest"])
    told = replace(outgoing_of(item, item.shown), reform_field="", task=None)
    [delivery] = send(unit=channel.unit, outgoing=told, channels=[channel], by=officer, at=at)
    return delivery


def _morning(at: datetime, days: int) -> datetime:
    """Twenty past nine in the morning, so many days before."""
    return localtime(at).replace(hour=9, minute=20, second=0, microsecond=0) - timedelta(days=days)


def _publish(post: _Post, channel: Channel, officer: Person | None, leader: Person, at: datetime) -> None:
    then = _morning(at, post.days)
    delivery = _give(post.title, channel, officer, leader, then)
    if delivery is None:
        return
    number = f"{channel.remote_id}_{delivery.mark[:6]}"
    address = f"https://kenh-minh-hoa.example/{channel.service}/{number}"
    if channel.service == Service.COPY:
        note_posted(delivery=delivery, address=address, by=officer, at=then + timedelta(minutes=25))
        return
    done = then + timedelta(seconds=4)
    move(delivery, Deed.SEND, by=None, at=then, fields={"tries": 1, "attempted_at": then})
    said = {"id": number, "permalink_url": address, "created_time": f"{done:%Y-%m-%dT%H:%M:%S%z}"}
    publish(delivery, Receipt(number, address, done, said), by=None, at=done)
    _count(delivery, post.figures, at)
    if post.withdrawn:
        take_down(delivery, post.withdrawn, by=officer, at=then + timedelta(hours=3))
        gone(delivery, by=None, at=then + timedelta(hours=3, seconds=5))


def _count(delivery: Delivery, figures: dict[str, int], at: datetime) -> None:
    """Two readings: half of it the day after it was posted, all of it this morning."""
    if delivery.published_at is None:
        raise TypeError("a published delivery has its moment")
    read = at - timedelta(hours=5)
    for moment, part in ((delivery.published_at + timedelta(days=1), 2), (read, 1)):
        for name, value in figures.items():
            DeliveryFigure.objects.create(
                delivery=delivery, name=name, on=localdate(moment), value=value // part
            )
    delivery.read_at = read
    delivery.save(update_fields=["read_at"])


def _fail(title: str, channel: Channel, officer: Person | None, leader: Person, at: datetime) -> None:
    delivery = _give(title, channel, officer, leader, at)
    if delivery is None:
        return
    move(delivery, Deed.SEND, by=None, at=at, fields={"tries": 1, "attempted_at": at})
    why = str(SAID[Why.CONTENT]) % {"service": channel.name}
    move(delivery, Deed.FAIL, by=None, at=at + timedelta(seconds=3), why=why, said="-201 cover is invalid")
