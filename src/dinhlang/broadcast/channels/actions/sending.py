"""What people do: send an approved thing to channels, try again, take it down, say what they copied by hand."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast.channels import permissions
from dinhlang.broadcast.channels.actions.connecting import account_of
from dinhlang.broadcast.channels.actions.moving import gone, locked, move, publish, take_down
from dinhlang.broadcast.channels.contract import Post, Receipt, adapters
from dinhlang.broadcast.channels.rules import ENDED, Deed, Service, Standing, State
from dinhlang.broadcast.channels.sources import Outgoing
from dinhlang.broadcast.models import Channel, Delivery
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.rules.moves import checked_reason
from dinhlang.work import actions as work
from dinhlang.work import blobs
from dinhlang.work.models import Blob
from dinhlang.work.rules import FileEvidence

_WORDS = ("title", "lead", "paragraphs", "byline", "picture_address")


@kept_in_vietnamese
def send(
    *, unit: Unit, outgoing: Outgoing, channels: Sequence[Channel], by: Person | None, at: datetime
) -> list[Delivery]:
    """Give an approved thing to channels; one that has this version already keeps its delivery, nothing goes out twice.

    Raises `Refused` for what is not approved as it stands, `Unfit` with all that a channel would not take, `NotAllowed`.
    """
    permissions.check_can_send(by, unit, localdate(at))
    if not outgoing.approved_by or not outgoing.digest or outgoing.digest != outgoing.approved_digest:
        raise Refused(
            _("Bài chưa được duyệt đúng như đang đăng nên chưa gửi lên kênh được. Trình duyệt trước.")
        )
    if not channels:
        raise Unfit(_("Chọn ít nhất một kênh."), "channels")
    found = []
    for channel in channels:
        if channel.unit_id != unit.pk or channel.standing == Standing.CLOSED:
            raise Refused(_("Kênh “%(name)s” không dùng được.") % {"name": channel.name})
        found += _not_taken(channel, outgoing)
    if found:
        raise Unfit(" ".join(found), "channels")
    return [_delivery(unit, outgoing, channel, by=by, at=at) for channel in channels]


def _not_taken(channel: Channel, outgoing: Outgoing) -> list[str]:
    way = adapters().get(Service(channel.service))
    if way is None:
        return []
    post = _post("0" * 16, outgoing.address, {name: asdict(outgoing)[name] for name in _WORDS})
    return [f"{channel.name}: {one}" for one in way.problems(account_of(channel), post)]


def _delivery(
    unit: Unit, outgoing: Outgoing, channel: Channel, *, by: Person | None, at: datetime
) -> Delivery:
    """The delivery of this version on the channel, made now or there already."""
    same = {
        "channel": channel,
        "source_kind": outgoing.kind,
        "source_key": outgoing.key,
        "source_digest": outgoing.digest,
    }
    there = Delivery.objects.filter(**same).exclude(state__in=ENDED)
    if (known := there.first()) is not None:
        return known
    by_hand = channel.service == Service.COPY
    try:
        with transaction.atomic():
            made = Delivery.objects.create(
                **same,
                unit=unit,
                title=outgoing.title[:300],
                words={name: asdict(outgoing)[name] for name in _WORDS},
                address=outgoing.address,
                picture=Blob.objects.filter(pk=outgoing.picture).first() if outgoing.picture else None,
                mark=secrets.token_hex(8),
                field=outgoing.reform_field,
                task_id=outgoing.task,
                approved_by_id=outgoing.approved_by,
                approved_digest=outgoing.approved_digest,
                asked_by=by,
                asked_at=at,
                opened_at=at,
                state=State.TO_COPY if by_hand else State.WAITING,
                state_at=at,
                due_at=None if by_hand else at,
            )
            made.steps.create(at=at, deed=Deed.RETRY, state=made.state, by=by)
            audit(
                by=by,
                at=at,
                action="delivery.ask",
                target=made,
                unit=unit,
                detail={"channel": channel.name, "source": f"{outgoing.kind}:{outgoing.key}"},
            )
            return made
    except IntegrityError:
        # Somebody pressed the same button a moment ago.
        return there.get()


def post_of(delivery: Delivery) -> Post:
    """What is to be said, as an adapter takes it."""
    picture = blobs.read(delivery.picture) if delivery.picture is not None else b""
    return _post(delivery.mark, delivery.address, delivery.words, picture)


def _post(mark: str, address: str, words: dict[str, Any], picture: bytes = b"") -> Post:
    return Post(
        mark=mark,
        title=words["title"],
        lead=words["lead"],
        paragraphs=tuple(words["paragraphs"]),
        link=f"{address}{'&' if urlsplit(address).query else '?'}k={mark}",
        byline=words["byline"],
        picture=picture,
        picture_name="anh.png" if picture.startswith(b"\x89PNG") else "anh.jpg",
        picture_address=words["picture_address"],
    )


@transaction.atomic
def retry(*, delivery: Delivery, by: Person | None, at: datetime) -> None:
    """Try again what failed; the service is asked first whether it is there. Raises `Refused` and `NotAllowed`."""
    delivery = locked(delivery)
    permissions.check_can_send(by, delivery.unit, localdate(at))
    if delivery.channel.standing == Standing.CLOSED:
        raise Refused(_("Kênh đã thôi dùng. Lập kênh mới."))
    if delivery.unwanted:
        raise Refused(_("Bài đã gỡ khỏi trang nên không gửi lại. Đăng lại bài trước."))
    if delivery.channel.service == Service.COPY:
        raise Refused(_("Kênh này chép tay. Chép xong ghi “Đã đăng”."))
    move(delivery, Deed.RETRY, by=by, at=at, due=timedelta(), fields={"opened_at": at, "looks": 0})


@transaction.atomic
def cancel(*, delivery: Delivery, by: Person | None, at: datetime) -> None:
    """Have what is not out yet not sent. Raises `Refused` for what may be there, and `NotAllowed`."""
    delivery = locked(delivery)
    permissions.check_can_send(by, delivery.unit, localdate(at))
    _take_back(delivery, _("người gửi hủy"), by=by, at=at)


@transaction.atomic
def withdraw(*, delivery: Delivery, reason: str, by: Person | None, at: datetime) -> None:
    """Take one post down. Raises `Refused` for what is not there, `NoReason` and `NotAllowed`."""
    delivery = locked(delivery)
    permissions.check_can_send(by, delivery.unit, localdate(at))
    why = checked_reason(reason, _("Chưa ghi lý do gỡ khỏi kênh."))
    if delivery.state not in {State.PUBLISHED, State.NOT_WITHDRAWN}:
        raise Refused(_("Bài chưa lên kênh này nên không có gì để gỡ."))
    take_down(delivery, why, by=by, at=at)


@kept_in_vietnamese
@transaction.atomic
def withdraw_made_from(*, kind: str, key: str, reason: str, by: Person | None, at: datetime) -> int:
    """Take down, or not send, all that was made of something that is published no more; how many.

    Whoever may withdraw that may this: the caller has checked it.
    """
    rows = Delivery.objects.filter(source_kind=kind, source_key=key).exclude(state__in=ENDED)
    done = 0
    for row in rows.order_by("pk"):
        delivery = locked(row)
        if delivery.state in {State.PUBLISHED, State.NOT_WITHDRAWN}:
            take_down(delivery, reason, by=by, at=at)
        elif delivery.state != State.WITHDRAWING:
            _take_back(delivery, reason, by=by, at=at)
        done += 1
    return done


def _take_back(delivery: Delivery, reason: str, *, by: Person | None, at: datetime) -> None:
    """What was never sent ends here; of the rest it is found out first whether it is there, then it is taken down."""
    was_tried = delivery.tries > 0 and delivery.channel.service != Service.COPY
    if delivery.state in {State.WAITING, State.TO_COPY, State.FAILED} and not was_tried:
        delivery.unwanted = reason[:500]
        move(delivery, Deed.CANCEL, by=by, at=at)
        return
    if delivery.state in {State.PUBLISHED, State.WITHDRAWING, State.NOT_WITHDRAWN, *ENDED}:
        raise Refused(_("Bài đã lên kênh. Gỡ bài thay vì hủy."))
    delivery.unwanted = reason[:500]
    if delivery.state in {State.WAITING, State.FAILED}:
        move(delivery, Deed.DOUBT, by=by, at=at, due=timedelta())
    else:
        delivery.save(update_fields=["unwanted"])


# --- Copied by hand -----------------------------------------------------------------------------------------------


def note_posted(
    *,
    delivery: Delivery,
    address: str = "",
    screenshot: bytes = b"",
    by: Person | None,
    at: datetime,
) -> Delivery:
    """Say that it is there: its address, or a picture of the screen. Raises `Unfit` for neither, `Refused`, `NotAllowed`."""
    permissions.check_can_copy(by, delivery.unit, localdate(at))
    there = address.strip()
    if there and urlsplit(there).scheme not in {"http", "https"}:
        raise Unfit(_("Địa chỉ phải bắt đầu bằng https://. Chép lại từ thanh địa chỉ."), "address")
    if not there and not screenshot:
        raise Unfit(_("Ghi địa chỉ bài, hoặc thêm ảnh chụp màn hình để làm minh chứng."), "address")
    held = work.hold_file(FileEvidence(screenshot, "anh-chup"), at).sha256 if screenshot else None
    with transaction.atomic():
        row = locked(delivery)
        fields = {"posted_by": by, "screenshot_id": held}
        publish(row, Receipt("", there[:1000]), by=by, at=at, fields=fields)
    return row


@transaction.atomic
def note_taken_down(*, delivery: Delivery, by: Person | None, at: datetime) -> None:
    """Say that a person took it down on the channel itself. Raises `Refused` and `NotAllowed`."""
    delivery = locked(delivery)
    permissions.check_can_copy(by, delivery.unit, localdate(at))
    gone(delivery, by=by, at=at)


def add_screenshot(*, delivery: Delivery, data: bytes, by: Person | None, at: datetime) -> None:
    """Keep a picture of how the post looked, by its hash. Raises `Unfit` for no picture, `Refused`, `NotAllowed`."""
    permissions.check_can_copy(by, delivery.unit, localdate(at))
    kind = blobs.sniff(data)
    if not kind or not kind.startswith("image/"):
        raise Unfit(_("Tệp này không phải ảnh. Chọn ảnh chụp màn hình."), "screenshot")
    held = work.hold_file(FileEvidence(data, "anh-chup"), at).sha256
    with transaction.atomic():
        row = locked(delivery)
        if row.published_at is None:
            raise Refused(_("Bài chưa lên kênh nên chưa có gì để chụp."))
        row.screenshot_id = held
        row.save(update_fields=["screenshot"])
        detail = {"sha256": held}
        audit(by=by, at=at, action="delivery.screenshot", target=row, unit=row.unit, detail=detail)
