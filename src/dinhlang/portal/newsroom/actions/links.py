"""Approval by a one-time link: the leader opens it on a phone, without an account, reads and decides once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.actions.decision_links import (
    LinkSpent,
    check_reader,
    end_decision_link,
    make_decision_link,
    use_decision_link,
)
from dinhlang.org.models import Person
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.portal.models import ApprovalLink, Item
from dinhlang.portal.newsroom import permissions
from dinhlang.portal.newsroom.actions.board import approve, return_item
from dinhlang.portal.newsroom.actions.moving import edition_in_work, locked
from dinhlang.portal.newsroom.queries.content import digest_of
from dinhlang.portal.newsroom.rules.states import State


@transaction.atomic
def make_link(*, item: Item, approver: Person, by: Person | None, at: datetime) -> tuple[ApprovalLink, str]:
    """A link with which one approver decides about the item as it stands. Its secret is given once and stored nowhere.

    Earlier ones for the same item end. Raises `Refused` for an item that does not wait for approval, or a person who
    may not approve, and `NotAllowed`.
    """
    item = locked(item)
    permissions.check_can_review(by, item, localdate(at))
    if item.state != State.PASSED_ON:
        raise Refused(_("Tin chưa trình duyệt nên chưa lập được đường dẫn. Trình duyệt trước."))
    if approver.pk not in {person.pk for person in permissions.approvers(item, localdate(at))}:
        raise Refused(_("Người này không có quyền duyệt tin, bài của đơn vị. Chọn người khác."))
    link, token = make_decision_link(
        item.links,
        digest=digest_of(edition_in_work(item)),
        approver=approver,
        by=by,
        at=at,
    )
    audit(by=by, at=at, action="item-link.make", target=item, unit=item.unit, detail={"person": approver.pk})
    return link, token


@transaction.atomic
def revoke_link(*, link: ApprovalLink, by: Person | None, at: datetime) -> None:
    """Make a link worth nothing. Raises `LinkSpent` when it is not open, and `NotAllowed`."""
    permissions.check_can_review(by, link.item, localdate(at))
    end_decision_link(link, at)
    audit(by=by, at=at, action="item-link.revoke", target=link.item, unit=link.item.unit)


@transaction.atomic
def decide_by_link(
    *, link: ApprovalLink, is_approved: bool, reason: str, signed_in: Person | None, at: datetime
) -> Item:
    """Approve or return by a link, once. `signed_in` is whoever the browser belongs to, when it is known.

    The trace names the approver and the link, and with it who made it. Raises `LinkSpent`, `NoReason`, and
    `NotAllowed` when the approver no longer may, or when the browser is somebody else's.
    """
    check_reader(link, signed_in)
    item = locked(link.item)
    if link.approver_id not in {person.pk for person in permissions.approvers(item, localdate(at))}:
        raise NotAllowed(
            _("%(approver)s không còn quyền duyệt tin, bài của đơn vị.") % {"approver": link.approver}
        )
    if item.state != State.PASSED_ON or link.digest != digest_of(edition_in_work(item)):
        raise LinkSpent(_("Tin đã thay đổi sau khi lập đường dẫn. Hãy xin một đường dẫn mới."))
    use_decision_link(link, at)
    if is_approved:
        return approve(item=item, note=reason, by=link.approver, at=at, link=link)
    return return_item(item=item, reason=reason, by=link.approver, at=at, link=link)
