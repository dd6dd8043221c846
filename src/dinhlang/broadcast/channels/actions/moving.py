"""What every act about a delivery has in common: the row under lock, its new state, the step, the ledger."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from dinhlang.broadcast.channels.contract import Receipt
from dinhlang.broadcast.channels.rules import Deed, Service, after, can_happen
from dinhlang.broadcast.models import Delivery
from dinhlang.org.actions import audit
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.work import actions as work
from dinhlang.work.models import ActivityKind, Blob, Reversal
from dinhlang.work.rules import TITLE_LENGTH, FileEvidence, HeldEvidence, LinkEvidence

# What the audit keeps beside the steps: where something came to be seen by everyone, or ceased to be.
_AUDITED = frozenset({Deed.PUBLISH, Deed.FAIL, Deed.GONE, Deed.KEEP_THERE})


def locked(delivery: Delivery) -> Delivery:
    """The delivery as it is now, while nobody else changes it."""
    return (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("unit", "channel", "task", "line")
        .get(pk=delivery.pk)
    )


def move(
    delivery: Delivery,
    deed: Deed,
    *,
    by: Person | None,
    at: datetime,
    why: str = "",
    said: str = "",
    due: timedelta | None = None,
    fields: Mapping[str, Any] | None = None,
) -> Delivery:
    """Change the state as the table says, save, write the step. The row is locked by the caller.

    `due` from now is when the worker looks next. Raises `Refused` where the deed cannot happen.
    """
    if not can_happen(delivery.state, deed):
        raise Refused(
            _("Lượt đăng đang ở trạng thái “%(state)s” nên không làm việc này được. Hãy tải lại trang.")
            % {"state": delivery.get_state_display()}
        )
    state = after(delivery.state, deed)
    if state != delivery.state:
        delivery.state, delivery.state_at = state, at
    delivery.why, delivery.said = why[:500], said[:400]
    delivery.due_at = at + due if due is not None else None
    for name, value in (fields or {}).items():
        setattr(delivery, name, value)
    delivery.save()
    delivery.steps.create(at=at, deed=deed, state=state, why=delivery.why, said=delivery.said, by=by)
    if by is not None or deed in _AUDITED:
        audit(
            by=by,
            at=at,
            action=f"delivery.{deed}",
            target=delivery,
            unit=delivery.unit,
            detail={"channel": delivery.channel.name, "address": delivery.remote_address},
        )
    return delivery


def publish(
    delivery: Delivery,
    receipt: Receipt,
    *,
    by: Person | None,
    at: datetime,
    fields: Mapping[str, Any] | None = None,
) -> None:
    """Note that it is there, keep what the service said, and write its line; the row is locked by the caller.

    What became unwanted meanwhile goes on to be taken down.
    """
    happened = min(receipt.at or at, at)
    kept = {
        "remote_id": receipt.remote_id[:200],
        "remote_address": receipt.address[:1000],
        "published_at": happened,
        "handle": "",
        "receipt_id": _kept(delivery, receipt, at),
        **(fields or {}),
    }
    move(delivery, Deed.PUBLISH, by=by, at=at, fields=kept)
    _count(delivery, by=by or delivery.asked_by, at=at)
    if delivery.unwanted:
        take_down(delivery, delivery.unwanted, by=None, at=at)


def take_down(delivery: Delivery, reason: str, *, by: Person | None, at: datetime) -> None:
    """Have what is there taken down: by the worker, or by a person where there is no API."""
    delivery.unwanted = reason[:500]
    move(delivery, Deed.WITHDRAW, by=by, at=at, due=timedelta())
    # Without the post's id there, only a person can find it.
    if delivery.channel.service == Service.COPY or not delivery.remote_id:
        move(
            delivery,
            Deed.KEEP_THERE,
            by=None,
            at=at,
            why=_("Bài do người đăng thì gỡ bằng tay. Gỡ xong bấm Đã gỡ bằng tay."),
        )


def gone(delivery: Delivery, *, by: Person | None, at: datetime, why: str = "") -> None:
    """Note that it is there no more; the line of what was taken down is reversed, as that of the item is."""
    move(delivery, Deed.GONE, by=by, at=at, why=why)
    if (
        delivery.unwanted
        and delivery.line is not None
        and not Reversal.objects.filter(activity=delivery.line_id).exists()
    ):
        work.reverse_consequence(
            activity=delivery.line, reason=delivery.unwanted, by=by or delivery.asked_by, at=at
        )


def _kept(delivery: Delivery, receipt: Receipt, at: datetime) -> str | None:
    """What the service said of the post, as a file of its own: the receipt. None where nobody but a person said it."""
    if not receipt.said:
        return None
    told = json.dumps(dict(receipt.said), ensure_ascii=False, indent=1, sort_keys=True)
    text = "\n".join(
        (
            _("Lời xác nhận của dịch vụ"),
            _("Kênh: %(channel)s; bài: %(title)s")
            % {"channel": delivery.channel.name, "title": delivery.title},
            _("Hỏi lúc: %(time)s") % {"time": f"{localtime(at):%H:%M:%S %d/%m/%Y}"},
            told,
        )
    )
    return work.hold_file(FileEvidence(text.encode(), "loi-xac-nhan.txt"), at).sha256


def _count(delivery: Delivery, *, by: Person | None, at: datetime) -> None:
    """One line of the ledger for one post: 'lượt đăng', never 'tin, bài', which the item itself is."""
    if not (delivery.field or delivery.task_id):
        return
    evidence: list[LinkEvidence | HeldEvidence] = []
    if delivery.remote_address:
        evidence.append(LinkEvidence(delivery.remote_address, delivery.channel.name))
    for blob, caption in ((delivery.receipt_id, "loi-xac-nhan.txt"), (delivery.screenshot_id, "anh-chup")):
        if blob and Blob.objects.filter(pk=blob).exists():
            evidence.append(HeldEvidence(str(blob), caption))
    try:
        with transaction.atomic():
            delivery.line = work.record_consequence(
                unit=delivery.unit,
                kind=ActivityKind.SOCIAL,
                happened_on=localdate(delivery.published_at or at),
                title=f"{delivery.title} ({delivery.channel.name})"[:TITLE_LENGTH],
                measures={"posts": 1},
                task=delivery.task,
                evidence=evidence,
                reform_field=delivery.field,
                by=by,
                at=at,
            )
    except Refused as reason:
        # It is there whatever the ledger says: the receipt is kept, and the page says why it does not count.
        delivery.why = _("Đã đăng nhưng chưa ghi sổ: %(reason)s") % {"reason": reason}
        delivery.why = delivery.why[:500]
    delivery.save(update_fields=["line", "why"])
