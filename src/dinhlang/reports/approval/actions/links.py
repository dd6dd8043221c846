"""Approval by a one-time link: the leader opens it on a phone, without an account, reads, and decides once."""

from __future__ import annotations

from datetime import date, datetime

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
from dinhlang.org.permissions import NotAllowed, check_can
from dinhlang.org.rules import Refused
from dinhlang.reports.approval import queries
from dinhlang.reports.approval.actions.approving import approve_with, opened_for
from dinhlang.reports.approval.actions.sending import Point, return_report
from dinhlang.reports.approval.moving import locked
from dinhlang.reports.approval.rules.stages import Stage
from dinhlang.reports.models import ApprovalStep, Report, ReportLink


@transaction.atomic
def make_link(*, report: Report, approver: Person, by: Person | None, at: datetime) -> tuple[ReportLink, str]:
    """A link with which one approver decides about the report as it stands. Its secret is given once.

    Raises `Refused` for a report that does not wait for approval or a person who may not approve, and `NotAllowed`.
    """
    today = localdate(at)
    check_can(by, "report.draft", report.unit, today)
    report, approval = locked(report)
    if approval is None or approval.stage != Stage.APPROVER or approval.presented is None:
        raise Refused(_("Báo cáo chưa đến bước duyệt nên chưa lập được đường dẫn."))
    path = queries.path_of(report.unit, today)
    if approver not in path.approvers(report, today):
        raise Refused(_("Người này không có quyền duyệt báo cáo của đơn vị. Chọn người khác."))
    if queries.is_own_draft(report, approval, approver) and not path.own_is_allowed:
        raise Refused(_("Người này lập hoặc trình dự thảo nên không tự duyệt được. Chọn người khác."))
    made: tuple[ReportLink, str] = make_decision_link(
        report.links, digest=approval.presented.digest, approver=approver, by=by, at=at
    )
    audit(
        by=by,
        at=at,
        action="report-link.make",
        target=report,
        unit=report.unit,
        detail={"person": approver.pk, "link": made[0].pk},
    )
    return made


@transaction.atomic
def revoke_link(*, link: ReportLink, by: Person | None, at: datetime) -> None:
    """Make a link worth nothing. Raises `LinkSpent` when it is not open, and `NotAllowed`."""
    check_can(by, "report.draft", link.report.unit, localdate(at))
    end_decision_link(link, at)
    audit(
        by=by,
        at=at,
        action="report-link.revoke",
        target=link.report,
        unit=link.report.unit,
        detail={"link": link.pk},
    )


def approve_by_link(
    *,
    link: ReportLink,
    on: date,
    note: str,
    passphrase: str,
    is_unsigned: bool,
    signed_in: Person | None,
    at: datetime,
) -> Report:
    """Approve and issue by a link, once; the trace names the approver, the link, and with it who made it.

    `signed_in` is whoever the browser belongs to, when it is known. Raises `LinkSpent` and as `approve`.
    """
    signing = opened_for(link.report, link.approver, passphrase, is_unsigned, at)
    with transaction.atomic():
        _use(link, signed_in, at)
        return approve_with(
            report=link.report,
            seen=link.digest,
            on=on,
            by=link.approver,
            at=at,
            note=note,
            signing=signing,
            link=link,
        )


@transaction.atomic
def return_by_link(
    *, link: ReportLink, reason: str, points: list[Point], signed_in: Person | None, at: datetime
) -> ApprovalStep:
    """Return by a link, once. Raises `LinkSpent` and as `return_report`."""
    _use(link, signed_in, at)
    return return_report(
        report=link.report, reason=reason, points=points, seen=link.digest, by=link.approver, at=at, link=link
    )


def _use(link: ReportLink, signed_in: Person | None, at: datetime) -> None:
    """Take the link for this decision; what is refused afterwards leaves it open, since all of it is taken back."""
    check_reader(link, signed_in)
    report, approval = locked(link.report)
    if link.approver not in queries.path_of(report.unit, localdate(at)).approvers(report, localdate(at)):
        raise NotAllowed(
            _("%(approver)s không còn quyền duyệt báo cáo của đơn vị.") % {"approver": link.approver}
        )
    is_as_then = (
        approval is not None
        and approval.stage == Stage.APPROVER
        and approval.presented is not None
        and approval.presented.digest == link.digest
    )
    if not is_as_then:
        raise LinkSpent(_("Báo cáo đã thay đổi sau khi lập đường dẫn. Hãy xin một đường dẫn mới."))
    use_decision_link(link, at)
