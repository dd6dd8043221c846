"""Reports that wait for one person, for the first page of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dinhlang.org.models import Person, Unit
from dinhlang.reports.approval.queries.paths import path_of
from dinhlang.reports.approval.queries.standing import is_own_draft
from dinhlang.reports.approval.rules.stages import Deed, Stage
from dinhlang.reports.models import Approval, ApprovalStep, Report


@dataclass(frozen=True, slots=True)
class Awaited:
    """A report and what the person is to do with it: 'pass', 'approve', or 'mend' what was returned."""

    report: Report
    what: str


def waiting_for(person: Person, unit: Unit, on: date) -> Iterator[Awaited]:
    """The unit's reports that wait for the person, the oldest first."""
    rows = list(
        Approval.objects.filter(report__unit=unit, report__status=Report.Status.DRAFT)
        .select_related("report", "report__unit", "sent_by")
        .defer("report__document")
        .order_by("since", "pk")
    )
    if not rows:
        return
    path = path_of(unit, on)
    heads = set(path.heads(on)) if any(row.stage == Stage.HEAD for row in rows) else set()
    returned = _returned({row.report_id for row in rows if row.stage == Stage.WRITING})
    for row in rows:
        may_decide = path.own_is_allowed or not is_own_draft(row.report, row, person)
        if row.stage == Stage.HEAD and may_decide and person in heads:
            yield Awaited(row.report, "pass")
        elif row.stage == Stage.APPROVER and may_decide and person in path.approvers(row.report, on):
            yield Awaited(row.report, "approve")
        elif row.report_id in returned and row.sent_by == person:
            yield Awaited(row.report, "mend")


def _returned(reports: set[int]) -> set[int]:
    """Those whose last step was a return or an edit after sending."""
    last: dict[int, str] = {}
    for step in ApprovalStep.objects.filter(report__in=reports).order_by("number").values("report", "deed"):
        last[step["report"]] = step["deed"]
    return {report for report, deed in last.items() if deed in {Deed.RETURN, Deed.REOPEN}}
