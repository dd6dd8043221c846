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
    """A report and what the person is to do with it: 'send', 'pass', 'approve', or 'mend' what was returned."""

    report: Report
    what: str


def waiting_for(person: Person, unit: Unit, on: date, *, drafts: bool = False) -> Iterator[Awaited]:
    """The unit's reports that wait for the person; for whoever `drafts` also those that lack nothing and wait for nobody."""
    rows = list(
        Report.objects.filter(unit=unit, status=Report.Status.DRAFT)
        .select_related("unit", "approval__sent_by")
        .defer("document")
        .order_by("-window_to", "pk")
    )
    places: dict[int, Approval | None] = {row.pk: getattr(row, "approval", None) for row in rows}
    stages = {one.stage for one in places.values() if one is not None}
    if not stages and not drafts:
        return
    path = path_of(unit, on) if stages else None
    heads = set(path.heads(on)) if path and Stage.HEAD in stages else set()
    returned = _returned([pk for pk, one in places.items() if one is not None and one.stage == Stage.WRITING])
    for report in rows:
        approval = places[report.pk]
        if approval is None or path is None:
            if drafts and not report.missing:
                yield Awaited(report, "send")
        elif approval.stage == Stage.HEAD and person in heads:
            yield Awaited(report, "pass")
        elif approval.stage == Stage.APPROVER:
            may_approve = path.own_is_allowed or not is_own_draft(report, approval, person)
            if may_approve and person in path.approvers(report, on):
                yield Awaited(report, "approve")
        elif report.pk in returned and approval.sent_by == person:
            yield Awaited(report, "mend")


def _returned(reports: list[int]) -> set[int]:
    """Those whose last step was a return or an edit after sending."""
    if not reports:
        return set()
    last: dict[int, str] = {}
    for step in ApprovalStep.objects.filter(report__in=reports).order_by("number").values("report", "deed"):
        last[step["report"]] = step["deed"]
    return {report for report, deed in last.items() if deed in {Deed.RETURN, Deed.REOPEN}}
