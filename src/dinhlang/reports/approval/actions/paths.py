"""Which steps the reports of a unit take."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Unfit
from dinhlang.reports.approval.moving import one_line
from dinhlang.reports.models import ApprovalPath


@transaction.atomic
def set_path(
    *,
    unit: Unit,
    has_head: bool,
    head: Person | None = None,
    own_reason: str = "",
    legal_basis: str = "",
    by: Person | None,
    at: datetime,
) -> ApprovalPath:
    """Set the steps of a unit from today on; the row before ends. A reason lets people approve drafts of their own.

    Reports that are on their way stay where they are. Raises `Unfit`, `NotAllowed`.
    """
    today = localdate(at)
    check_can(by, "report.issue", unit, today)
    lock(unit)
    if head is not None and not has_head:
        head = None
    if head is not None and head.pk not in {post.person_id for post in org.posts_in(unit, today)}:
        raise Unfit(_("Người này không giữ chức vụ nào ở đơn vị. Chọn người khác."), "head")
    why = one_line(own_reason)[:300]
    if why and len(why) < 10:
        raise Unfit(_("Lý do quá ngắn. Ghi rõ vì sao một người được duyệt dự thảo của mình."), "own_reason")
    rows = ApprovalPath.objects.filter(unit=unit)
    # Set twice on one day: the second says it.
    rows.filter(starts_on=today).delete()
    rows.in_force(today).update(ends_on=today)
    made = ApprovalPath.objects.create(
        unit=unit,
        starts_on=today,
        has_head=has_head,
        head=head,
        own_is_allowed=bool(why),
        own_reason=why,
        legal_basis=one_line(legal_basis)[:200],
        made_by=by,
        made_at=at,
    )
    audit(
        by=by,
        at=at,
        action="approval-path.set",
        target=made,
        unit=unit,
        detail={
            "steps": 3 if has_head else 2,
            "head": head.pk if head else None,
            "own": why,
        },
    )
    return made
