"""Where a report stands with its approval, and what was touched since the next to decide last saw it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dinhlang.org.models import Person
from dinhlang.org.permissions import can
from dinhlang.org.rules import Permission
from dinhlang.reports.approval.queries.paths import Path, path_of
from dinhlang.reports.approval.queries.words import content_now
from dinhlang.reports.approval.rules.stages import Deed, Stage
from dinhlang.reports.approval.rules.words import Touched, touched
from dinhlang.reports.models import Approval, ApprovalStep, Presented, Report


def approval_of(report: Report) -> Approval | None:
    """The row that says where the report is; `None` while nobody sent it."""
    return Approval.objects.select_related("presented", "sent_by").filter(report=report).first()


def stage_of(approval: Approval | None) -> Stage:
    return Stage(approval.stage) if approval else Stage.WRITING


def steps_of(report: Report) -> list[ApprovalStep]:
    """The steps, newest first."""
    return list(report.steps.select_related("by", "link__made_by").order_by("-number"))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a report is, with whom it waits, and what the person who looks may do there."""

    stage: Stage
    path: Path
    waits_for: tuple[Person, ...]
    since: datetime | None
    sent_by: Person | None
    may_send: bool
    may_pass: bool
    may_approve: bool
    may_return: bool
    may_take_back: bool
    may_link: bool
    is_own: bool
    returned: ApprovalStep | None

    @property
    def is_waiting(self) -> bool:
        return self.stage is not Stage.WRITING


def standing_of(report: Report, person: Person | None, on: date) -> Standing:
    """All that a page needs to know. A report that is issued waits for nobody."""
    approval = approval_of(report)
    stage = stage_of(approval)
    path = path_of(report.unit, on)
    is_draft = report.status == Report.Status.DRAFT
    waits: list[Person] = []
    if is_draft and stage is Stage.HEAD:
        waits = path.heads(on)
    elif is_draft and stage is Stage.APPROVER:
        waits = path.approvers(report, on)
    drafts = is_draft and can(person, Permission.REPORT_DRAFT, report.unit, on)
    own = person is not None and is_own_draft(report, approval, person)
    approves = person in waits and (not own or path.own_is_allowed)
    sent_by_them = approval is not None and person is not None and approval.sent_by == person
    last = report.steps.order_by("-number").first() if approval else None
    return Standing(
        stage=stage,
        path=path,
        waits_for=tuple(waits),
        since=approval.since if approval else None,
        sent_by=approval.sent_by if approval else None,
        may_send=drafts and stage is Stage.WRITING,
        may_pass=person in waits and stage is Stage.HEAD,
        may_approve=approves and stage is Stage.APPROVER,
        may_return=person in waits,
        may_take_back=is_draft and stage is not Stage.WRITING and sent_by_them,
        may_link=drafts and stage is Stage.APPROVER,
        is_own=person in waits and stage is Stage.APPROVER and not approves,
        returned=last if last is not None and last.deed == Deed.RETURN else None,
    )


def is_own_draft(report: Report, approval: Approval | None, person: Person) -> bool:
    """Whether the person drew up the report or sent it: they do not approve it too."""
    return person.pk in {report.drafted_by_id, approval.sent_by_id if approval else None}


def seen_before(report: Report, stage: Stage, digest: str) -> Presented | None:
    """The last other words that stood at this stage: what whoever decides there may remember."""
    step = (
        report.steps.filter(presented__isnull=False, before=stage)
        .exclude(presented__digest=digest)
        .select_related("presented")
        .order_by("-number")
        .first()
    )
    return step.presented if step else None


def touched_for(report: Report, stage: Stage, digest: str) -> list[Touched] | None:
    """What differs from the last words that stood at this stage; `None` when none did."""
    before = seen_before(report, stage, digest)
    return touched(before.content, content_now(report)) if before else None
