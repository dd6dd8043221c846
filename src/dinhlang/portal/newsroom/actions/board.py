"""The way of an item over the board: submitted, looked through, approved or returned; assigned; dropped."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.actions.decision_links import end_links
from dinhlang.org.models import Person
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.rules.moves import checked_reason
from dinhlang.portal.models import ApprovalLink, Item
from dinhlang.portal.newsroom import permissions
from dinhlang.portal.newsroom.actions.moving import (
    check_complete,
    edition_in_work,
    locked,
    move,
)
from dinhlang.portal.newsroom.queries.content import digest_of
from dinhlang.portal.newsroom.rules import kept
from dinhlang.portal.newsroom.rules.states import APPROVED, IN_WORK, Deed, State
from dinhlang.work.rules import clean


@transaction.atomic
def submit(*, item: Item, note: str = "", by: Person | None, at: datetime) -> Item:
    """Hand a draft to the culture officer. Raises `NotReady`, `WrongMove` and `NotAllowed`."""
    item = locked(item)
    permissions.check_can_edit(by, item, localdate(at))
    check_complete(item, edition_in_work(item))
    move(item, Deed.SUBMIT, by=by, at=at, reason=clean(note)[:500])
    return item


@transaction.atomic
def pass_on(*, item: Item, note: str = "", by: Person | None, at: datetime) -> Item:
    """Hand an item to the leader for approval. Raises `NotReady`, `WrongMove` and `NotAllowed`."""
    item = locked(item)
    permissions.check_can_review(by, item, localdate(at))
    check_complete(item, edition_in_work(item))
    move(item, Deed.PASS_ON, by=by, at=at, reason=clean(note)[:500])
    return item


@transaction.atomic
def take_back(*, item: Item, by: Person | None, at: datetime) -> Item:
    """Take an item off the board to change it; what was approved must be approved anew. Raises as `submit`."""
    item = locked(item)
    permissions.check_can_edit(by, item, localdate(at))
    forget_approval(item, at)
    move(item, Deed.TAKE_BACK, by=by, at=at)
    return item


@transaction.atomic
def return_item(
    *, item: Item, reason: str, by: Person | None, at: datetime, link: ApprovalLink | None = None
) -> Item:
    """Give an item back to whoever wrote it, with the reason. Raises `NoReason`, `WrongMove` and `NotAllowed`."""
    item = locked(item)
    if item.state == State.SUBMITTED:
        permissions.check_can_review(by, item, localdate(at))
    elif link is None:
        permissions.check_can_publish(by, item, localdate(at))
    why = checked_reason(reason, _("Chưa ghi cần sửa gì. Hãy ghi để người viết biết mà sửa."))
    forget_approval(item, at)
    move(item, Deed.RETURN, by=by, at=at, reason=why, link=link)
    return item


@transaction.atomic
def approve(
    *, item: Item, note: str = "", by: Person | None, at: datetime, link: ApprovalLink | None = None
) -> Item:
    """Approve the edition in work as it stands; it goes up at its hour when there is one ahead.

    Raises `NotReady`, `WrongMove` and `NotAllowed`. With a `link` the right was checked when it was used.
    """
    item = locked(item)
    if link is None:
        permissions.check_can_approve(by, item, localdate(at))
    edition = edition_in_work(item)
    check_complete(item, edition)
    item.approved_by, item.approved_digest = by, digest_of(edition)
    _end_links(item, at, but=link)
    move(item, Deed.APPROVE, by=by, at=at, reason=clean(note)[:500], link=link)
    if item.publish_at is not None and item.publish_at > at:
        move(item, Deed.SCHEDULE, by=by, at=at, link=link)
    return item


@transaction.atomic
def drop(*, item: Item, by: Person | None, at: datetime) -> Item:
    """Put a draft away. One of an item that everyone reads leaves that as it is. Raises `WrongMove` and `NotAllowed`."""
    item = locked(item)
    permissions.check_can_edit(by, item, localdate(at))
    if item.shown_id is not None or item.published_at is not None:
        return _drop_new_edition(item, by=by, at=at)
    move(item, Deed.DROP, by=by, at=at)
    return item


def _drop_new_edition(item: Item, *, by: Person | None, at: datetime) -> Item:
    if item.state not in IN_WORK:
        raise Refused(_("Bản mới đang ở chỗ người duyệt. Lấy lại rồi mới bỏ được."))
    item.draft = item.shown
    item.state = State.PUBLISHED if item.shown_id is not None else State.WITHDRAWN
    item.changed_at = at
    item.save()
    note_step(item, Deed.DROP, by=by, at=at, reason=kept.DROPPED)
    return item


@transaction.atomic
def assign(
    *, item: Item, assignee: Person | None, due_on: date | None, by: Person | None, at: datetime
) -> Item:
    """Say who takes care of the item and until when; nobody and no day take it off. Raises `Refused`, `NotAllowed`."""
    item = locked(item)
    permissions.check_can_review(by, item, localdate(at))
    if assignee is not None:
        holders = permissions.holders(item, Permission.NEWS_WRITE, localdate(at))
        if assignee.pk not in {person.pk for person in holders}:
            raise NotAllowed(_("Người này chưa có quyền viết tin, bài ở đơn vị. Chọn người khác."))
    if due_on is not None and due_on < localdate(at):
        raise Refused(_("Hạn xong đã qua. Chọn từ hôm nay trở đi."))
    item.assignee, item.due_on, item.changed_at = assignee, due_on, at
    item.save(update_fields=["assignee", "due_on", "changed_at"])
    note_step(item, Deed.ASSIGN, by=by, at=at, reason=str(assignee or ""))
    return item


@transaction.atomic
def mark_reviewed(*, item: Item, review_by: date | None, by: Person | None, at: datetime) -> Item:
    """Say that what is published was looked at again and still holds, and when to look next. Raises `Refused`."""
    item = locked(item)
    permissions.check_can_review(by, item, localdate(at))
    if review_by is not None and not localdate(at) < review_by <= localdate(at) + timedelta(days=3660):
        raise Refused(_("Ngày xem lại lần tới phải sau hôm nay. Chọn ngày khác hoặc để trống."))
    item.review_by = review_by
    move(item, Deed.REVIEWED, by=by, at=at)
    return item


def note_step(item: Item, deed: Deed, *, by: Person | None, at: datetime, reason: str = "") -> None:
    """A step that leaves the item where it stands, with its audit entry."""
    item.steps.create(
        edition=item.draft or item.shown, deed=deed, state=item.state, reason=reason[:500], at=at, by=by
    )
    audit(by=by, at=at, action=f"item.{deed}", target=item, unit=item.unit)


def forget_approval(item: Item, at: datetime) -> None:
    """What was approved is no longer; links that wait for a decision about it end."""
    if item.state in APPROVED:
        item.approved_by, item.approved_digest = None, ""
    _end_links(item, at)


def _end_links(item: Item, at: datetime, but: ApprovalLink | None = None) -> None:
    end_links(item.links.exclude(pk=but.pk) if but is not None else item.links.all(), at)
