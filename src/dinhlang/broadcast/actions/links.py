"""Approval by a one-time link: the leader opens it on a phone, without an account, reads or hears, and decides once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast import permissions, queries
from dinhlang.broadcast.actions.board import approve, return_bulletin
from dinhlang.broadcast.actions.moving import edition_in_work, locked
from dinhlang.broadcast.models import Bulletin, BulletinLink
from dinhlang.broadcast.rules.states import State
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


@transaction.atomic
def make_link(
    *, bulletin: Bulletin, approver: Person, by: Person | None, at: datetime
) -> tuple[BulletinLink, str]:
    """A link with which one approver decides about the bulletin as it stands. Its secret is given once.

    Earlier ones for the same bulletin end. Raises `Refused` for a bulletin that does not wait for approval or a person
    who may not approve, and `NotAllowed`.
    """
    bulletin = locked(bulletin)
    permissions.check_can_review(by, bulletin.unit, localdate(at))
    if bulletin.state != State.PASSED_ON:
        raise Refused(_("Bản tin chưa trình duyệt nên chưa lập được đường dẫn. Trình duyệt trước."))
    if approver not in permissions.approvers(bulletin, localdate(at)):
        raise Refused(_("Người này không có quyền duyệt bản tin của đơn vị. Chọn người khác."))
    digest = queries.digest_of(bulletin, edition_in_work(bulletin))
    made: tuple[BulletinLink, str] = make_decision_link(
        bulletin.links, digest=digest, approver=approver, by=by, at=at
    )
    audit(
        by=by,
        at=at,
        action="bulletin-link.make",
        target=bulletin,
        unit=bulletin.unit,
        detail={"person": approver.pk, "link": made[0].pk},
    )
    return made


@transaction.atomic
def revoke_link(*, link: BulletinLink, by: Person | None, at: datetime) -> None:
    """Make a link worth nothing. Raises `LinkSpent` when it is not open, and `NotAllowed`."""
    bulletin = link.bulletin
    permissions.check_can_review(by, bulletin.unit, localdate(at))
    end_decision_link(link, at)
    audit(
        by=by,
        at=at,
        action="bulletin-link.revoke",
        target=bulletin,
        unit=bulletin.unit,
        detail={"link": link.pk},
    )


@transaction.atomic
def decide_by_link(
    *, link: BulletinLink, is_approved: bool, reason: str, signed_in: Person | None, at: datetime
) -> Bulletin:
    """Approve or return by a link, once. `signed_in` is whoever the browser belongs to, when it is known.

    The history names the approver and the link, and with it who made it. Raises `LinkSpent`, `NoReason`, `NotReady`, and
    `NotAllowed` when the approver no longer may, or when the browser is somebody else's.
    """
    check_reader(link, signed_in)
    bulletin = locked(link.bulletin)
    if link.approver not in permissions.approvers(bulletin, localdate(at)):
        raise NotAllowed(
            _("%(approver)s không còn quyền duyệt bản tin của đơn vị.") % {"approver": link.approver}
        )
    if not queries.is_as_linked(link, bulletin):
        raise LinkSpent(_("Bản tin đã thay đổi sau khi lập đường dẫn. Hãy xin một đường dẫn mới."))
    use_decision_link(link, at)
    if is_approved:
        return approve(bulletin=bulletin, seen=link.digest, note=reason, by=link.approver, at=at, link=link)
    return return_bulletin(bulletin=bulletin, reason=reason, by=link.approver, at=at, link=link)
