"""Putting up and taking off: with the line of the ledger, the public pages and the trace in one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.org.rules.moves import checked_reason
from dinhlang.portal.kept import changed
from dinhlang.portal.models import Edition, Item
from dinhlang.portal.newsroom import counting, permissions
from dinhlang.portal.newsroom.actions.airing import take_off_air
from dinhlang.portal.newsroom.actions.board import forget_approval
from dinhlang.portal.newsroom.actions.moving import (
    check_approved_as_it_is,
    check_complete,
    edition_in_work,
    locked,
    move,
)
from dinhlang.portal.newsroom.actions.printing import call_back
from dinhlang.portal.newsroom.actions.spreading import take_off_channels
from dinhlang.portal.newsroom.actions.writing import Placing, check_placing, new_edition
from dinhlang.portal.newsroom.addresses import lead_to, path_inside, site_of
from dinhlang.portal.newsroom.queries.content import digest_of, words_of
from dinhlang.portal.newsroom.rules import kept
from dinhlang.portal.newsroom.rules.states import Change, Deed, State, after
from dinhlang.portal.newsroom.rules.words import Unfit
from dinhlang.work.rules import clean

NOTE_LENGTH = 500


def publish_item(*, item: Item, by: Person | None, at: datetime) -> Item:
    """Put up what was approved, now. Raises `WrongMove`, `Refused` when it was changed since, and `NotAllowed`.

    Its line is written in the ledger: an item that names a field of reform or a task counts for the plan.
    """
    permissions.check_can_publish(by, item, localdate(at))
    return _publish(item, Deed.PUBLISH, by=by, at=at)


def publish_emergency(*, item: Item, reason: str, by: Person | None, at: datetime) -> Item:
    """Put up at once what nobody has approved yet; approval is owed. Raises as `publish_item`, and `NoReason`."""
    permissions.check_can_review(by, item, localdate(at))
    why = checked_reason(reason, _("Chưa ghi vì sao phải đăng khẩn. Hãy ghi để lãnh đạo biết khi duyệt sau."))
    return _publish(item, Deed.EMERGENCY, by=by, at=at, reason=why)


def _publish(item: Item, deed: Deed, *, by: Person | None, at: datetime, reason: str = "") -> Item:
    site_of(item)
    ready = counting.make_ready(item, at)
    with transaction.atomic():
        item = locked(item)
        edition = edition_in_work(item)
        after(item.state, deed)
        check_complete(item, edition)
        if deed is Deed.PUBLISH:
            check_approved_as_it_is(item, edition)
        _open(item, edition, at)
        if deed is Deed.EMERGENCY:
            item.owes_approval = at
            forget_approval(item, at)
        counting.count(item, ready, by=by or item.approved_by, at=at)
        changed(*_tags(item))
        move(item, deed, by=by, at=at, reason=reason, edition=edition)
        return item


def _open(item: Item, edition: Edition, at: datetime) -> None:
    """Make the edition the one that everyone reads."""
    edition.published_at, edition.digest = at, digest_of(edition)
    edition.save()
    edition.saves.all().delete()
    item.shown = edition
    item.published_at = item.published_at or at
    item.publish_at = None
    item.withdrawn_at, item.withdrawn_why, item.withdrawn_in_error = None, "", False


@transaction.atomic
def approve_later(*, item: Item, note: str = "", by: Person | None, at: datetime) -> Item:
    """Approve what was published in an emergency. Raises `Refused` when nothing is owed, and `NotAllowed`."""
    item = locked(item)
    permissions.check_can_approve(by, item, localdate(at))
    if item.owes_approval is None or item.shown is None:
        raise Refused(_("Tin này không chờ duyệt sau."))
    item.owes_approval = None
    item.approved_by, item.approved_digest = by, item.shown.digest
    item.changed_at = at
    item.save()
    item.steps.create(
        edition=item.shown,
        deed=Deed.APPROVE_LATER,
        state=item.state,
        reason=clean(note)[:NOTE_LENGTH],
        at=at,
        by=by,
    )
    audit(by=by, at=at, action=f"item.{Deed.APPROVE_LATER}", target=item, unit=item.unit)
    return item


@transaction.atomic
def schedule(*, item: Item, publish_at: datetime, by: Person | None, at: datetime) -> Item:
    """Have what was approved put up at a moment. Raises `Refused` for one that has passed, `WrongMove`, `NotAllowed`."""
    item = locked(item)
    permissions.check_can_publish(by, item, localdate(at))
    if publish_at <= at:
        raise Unfit(_("Giờ đăng đã qua. Chọn giờ khác, hoặc bấm Đăng ngay."), "publish_at")
    item.publish_at = publish_at
    move(item, Deed.SCHEDULE, by=by, at=at, detail={"on": publish_at.isoformat()})
    return item


@transaction.atomic
def unschedule(*, item: Item, by: Person | None, at: datetime) -> Item:
    """Take the hour off; the item stays approved. Raises `WrongMove` and `NotAllowed`."""
    item = locked(item)
    permissions.check_can_publish(by, item, localdate(at))
    item.publish_at = None
    move(item, Deed.UNSCHEDULE, by=by, at=at)
    return item


@kept_in_vietnamese
def publish_due(*, at: datetime) -> int:
    """Put up every item whose hour has come, and say how many. For the worker, which may run it twice at once.

    One that cannot go up (changed since, incomplete) goes back to the desk with the reason; the others go on.
    """
    due = Item.objects.filter(state=State.SCHEDULED, publish_at__lte=at).order_by("publish_at", "pk")
    done = 0
    for item in due.select_related("unit", "column", "draft"):
        try:
            _publish(item, Deed.PUBLISH, by=None, at=at)
        except Refused as reason:
            _give_back(item, str(reason), at)
        else:
            done += 1
    return done


@transaction.atomic
def _give_back(item: Item, reason: str, at: datetime) -> None:
    item = locked(item)
    # Another worker put it up between the two looks.
    if item.state == State.SCHEDULED:
        forget_approval(item, at)
        move(item, Deed.RETURN, by=None, at=at, reason=reason[:NOTE_LENGTH])


@transaction.atomic
def revise(*, item: Item, change: str, note: str, by: Person | None, at: datetime) -> Item:
    """Open a new edition of a published or withdrawn item; everyone reads the old one until the new one is put up.

    `change` says how much it changes, `note` in the words that everyone will read: needed unless it is minor.
    Raises `Unfit`, `WrongMove` and `NotAllowed`.
    """
    item = locked(item)
    permissions.check_can_edit(by, item, localdate(at))
    if change not in Change.values:
        raise Unfit(_("Chọn mức thay đổi trong danh sách."), "change")
    told = clean(note)
    if change != Change.MINOR and not told:
        raise Unfit(_("Chưa ghi nội dung thay đổi. Người đọc sẽ thấy câu này dưới bài."), "note")
    if len(told) > NOTE_LENGTH:
        raise Unfit(
            _("Nội dung thay đổi dài %(length)s ký tự, tối đa %(most)s. Hãy viết gọn lại.")
            % {"length": len(told), "most": NOTE_LENGTH},
            "note",
        )
    last = item.editions.order_by("-number").first()
    before = item.shown or item.draft or last
    if before is None or last is None:
        raise Refused(_("Tin không có bản nào để sửa. Hãy lập tin mới."))
    edition = new_edition(item, words_of(before), number=last.number + 1, by=by, at=at)
    carry_over(before, edition)
    edition.change, edition.note = change, told
    edition.recording = before.recording
    edition.save(update_fields=["change", "note", "recording"])
    item.draft = edition
    item.approved_by, item.approved_digest = None, ""
    move(item, Deed.REVISE, by=by, at=at, reason=told, edition=edition)
    return item


def carry_over(before: Edition, edition: Edition) -> None:
    """Lay the pictures and documents of an edition beside the next one's text too."""
    for rows in (before.pictures.all(), before.documents.all()):
        for row in rows:
            row.pk, row.edition = None, edition
            row.save(force_insert=True)


@transaction.atomic
def withdraw(*, item: Item, reason: str, in_error: bool = False, by: Person | None, at: datetime) -> Item:
    """Take an item off the public page, with a reason that stands there from now on; its line is reversed.

    Bulletins made from it are aired no more, posts of it on other channels are taken down. What was published `in_error` is gone with its title: whoever keeps a
    copy is told to drop it (410). Raises `Refused` for an item that is not shown, `NoReason` and `NotAllowed`.
    """
    item = locked(item)
    permissions.check_can_withdraw(by, item, localdate(at))
    if item.shown is None:
        raise Refused(_("Tin này hiện không đăng nên không gỡ được."))
    why = checked_reason(reason, _("Chưa ghi lý do gỡ. Người đọc sẽ thấy lý do này ở địa chỉ cũ."))
    edition = item.shown
    counting.uncount(item, kept.withdrawn(why), by=by, at=at)
    take_off_air(item=item, reason=why, by=by, at=at)
    take_off_channels(item=item, reason=why, by=by, at=at)
    call_back(item=item, reason=why, by=by, at=at)
    forget_approval(item, at)
    item.shown, item.owes_approval, item.publish_at = None, None, None
    item.draft = edition
    item.withdrawn_at, item.withdrawn_why, item.withdrawn_in_error = at, why, in_error
    changed(*_tags(item))
    detail = {"in_error": True} if in_error else None
    move(item, Deed.WITHDRAW, by=by, at=at, reason=why, edition=edition, detail=detail)
    return item


@transaction.atomic
def classify(*, item: Item, placing: Placing, by: Person | None, at: datetime) -> Item:
    """Put a published item under another column, field or task; its line is written anew when that changes it.

    Raises `Unfit` and `NotAllowed`.
    """
    item = locked(item)
    permissions.check_can_review(by, item, localdate(at))
    if placing.column is None or placing.column.pk != item.column_id:
        check_placing(placing, item.unit)
    if item.column is not None and placing.column is None:
        raise Unfit(_("Tin đang đăng phải đứng trong một chuyên mục. Chọn chuyên mục."), "column")
    before = _tags(item)
    stood = path_inside(item) if item.column is not None else ""
    counted = (item.field, item.task_id, item.kind)
    item.column, item.field, item.task, item.kind = placing.column, placing.field, placing.task, placing.kind
    item.changed_at = at
    item.save()
    if item.shown_id is not None and counted != (item.field, item.task_id, item.kind):
        counting.count_anew(item, by=by, at=at)
    if stood and item.published_at is not None and path_inside(item) != stood:
        lead_to(item, stood)
    changed(*{*before, *_tags(item)})
    audit(by=by, at=at, action="item.classify", target=item, unit=item.unit)
    return item


def _tags(item: Item) -> tuple[str, ...]:
    return (f"item:{item.pk}", *((f"column:{item.column_id}",) if item.column_id else ()))
