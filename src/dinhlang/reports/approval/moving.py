"""What every step has in common: the report under lock, the words it is about, the row, the audit entry.

A word or figure changed after a report was presented brings it back to its drafter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.actions.decision_links import end_links
from dinhlang.org.locking import lock
from dinhlang.org.models import Person
from dinhlang.org.permissions import NotAllowed
from dinhlang.reports import rules
from dinhlang.reports.approval import queries
from dinhlang.reports.approval.rules import stages
from dinhlang.reports.approval.rules.stages import Deed, Stage
from dinhlang.reports.approval.rules.words import digest_of
from dinhlang.reports.models import Approval, ApprovalStep, Presented, Report, ReportLink
from dinhlang.vietnamese import text as vietnamese

REASON_LENGTH = 500


def locked(report: Report) -> tuple[Report, Approval | None]:
    """The report as it is now and where it stands, while nobody else of the unit writes. Raises `rules.CannotIssue`
    for one that is issued: whoever comes second is told who was first."""
    lock(report.unit)
    current = Report.objects.select_related("unit", "issued_by").get(pk=report.pk)
    if current.status == Report.Status.ISSUED:
        raise rules.CannotIssue(
            _("Báo cáo đã phát hành với số %(name)s%(who)s. Không cần làm gì thêm.")
            % {
                "name": rules.printed_number_of(current.number or 0, current.symbol),
                "who": _(", %(person)s duyệt") % {"person": current.issued_by} if current.issued_by else "",
            }
        )
    return current, queries.approval_of(current)


def check_seen(report: Report, approval: Approval, seen: str) -> None:
    """Refuse to decide about other words than the person looked at. Raises `stages.Stale`."""
    presented = approval.presented.digest if approval.presented else ""
    if presented != queries.digest_now(report) or seen != presented:
        raise stages.Stale(
            _("Báo cáo đã thay đổi sau khi bạn mở trang. Xem lại phần thay đổi bên dưới rồi quyết định.")
        )


def check_not_own(report: Report, approval: Approval, person: Person | None, on: date) -> None:
    """Refuse whoever drafted or sent it, unless the unit says otherwise with a reason. Raises `stages.OwnDraft`."""
    if person is None or not queries.is_own_draft(report, approval, person):
        return
    if not queries.path_of(report.unit, on).own_is_allowed:
        raise stages.OwnDraft(
            _(
                "Bạn là người lập hoặc trình dự thảo này nên không tự duyệt được. Nhờ người khác có thẩm quyền duyệt."
            )
        )


def check_among(person: Person | None, people: Sequence[Person], what: str) -> None:
    """Refuse whoever the step does not wait for. Raises `NotAllowed`."""
    if person is None or person in people:
        return
    names = ", ".join(one.full_name for one in people)
    if not names:
        raise NotAllowed(_("Đơn vị chưa có ai %(what)s báo cáo này.") % {"what": what})
    raise NotAllowed(
        _("%(person)s không phải người %(what)s báo cáo này. Người làm được: %(names)s.")
        % {"person": person, "what": what, "names": names}
    )


def presented_now(report: Report, at: datetime) -> Presented:
    """The words as they stand, kept once however often they are presented."""
    content = queries.content_now(report)
    kept, _new = Presented.objects.get_or_create(
        report=report, digest=digest_of(content), defaults={"content": content, "at": at}
    )
    return kept


def step(
    report: Report,
    approval: Approval,
    deed: Deed,
    after: Stage,
    *,
    by: Person | None,
    at: datetime,
    reason: str = "",
    points: Sequence[Mapping[str, Any]] = (),
    link: ReportLink | None = None,
) -> ApprovalStep:
    """Move the report and write the row and the audit entry. Links that wait about other words end."""
    before = Stage(approval.stage)
    last = report.steps.order_by("-number").values_list("number", flat=True).first()
    made = ApprovalStep.objects.create(
        report=report,
        number=(last or 0) + 1,
        deed=deed,
        before=before,
        after=after,
        presented=approval.presented,
        reason=reason,
        points=list(points),
        by=by,
        link=link,
        at=at,
    )
    approval.stage, approval.since = after, at
    approval.save()
    end_links(report.links.exclude(pk=link.pk) if link else report.links.all(), at)
    detail: dict[str, Any] = {"digest": made.presented.digest} if made.presented else {}
    if link is not None:
        detail["link"] = link.pk
    audit(by=by, at=at, action=f"report.{deed}", target=report, unit=report.unit, detail=detail)
    return made


def one_line(text: str) -> str:
    """A reason as it is kept: as `vietnamese` writes one line, no longer than its field."""
    return vietnamese.one_line(text)[:REASON_LENGTH]


def reopen_if_changed(report: Report, *, by: Person | None, at: datetime) -> None:
    """Re-open a report whose words are no longer those that were presented.

    A part of every action that writes in a draft, inside its transaction and lock: what was looked through before is
    no longer good, links end, and whoever decides next sees what was touched.
    """
    approval = queries.approval_of(report)
    if approval is None or approval.stage == Stage.WRITING or approval.presented is None:
        return
    if queries.digest_now(report) == approval.presented.digest:
        return
    step(report, approval, Deed.REOPEN, Stage.WRITING, by=by, at=at)
