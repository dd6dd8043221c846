"""Who may see which submission, where one stands, and what waits for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from dinhlang.org import queries as org
from dinhlang.org.models import Person, Position, Unit
from dinhlang.org.rules import ROLES, Permission
from dinhlang.reports import rules
from dinhlang.reports.duties.queries.standing import obligation_of
from dinhlang.reports.models import Obligation, Report, Submission, SubmissionStep
from dinhlang.reports.submission.rules.states import Deed, State

_DECIDES = [
    role for role, described in ROLES.items() if Permission.SUBMISSION_DECIDE in described.permissions
]


def submissions_for(person: Person | AnonymousUser | None, on: date) -> QuerySet[Submission]:
    """The submissions of the units the person may see on that day: their own, and those below for who looks from above."""
    visible: QuerySet[Submission] = Submission.objects.filter(
        obligation__unit__in=org.visible_units(person, on)
    )
    return visible.select_related("obligation__unit", "obligation__programme", "recipient")


def whole(pk: int) -> Submission:
    """A submission with its obligation and unit, as it is now."""
    found: Submission = Submission.objects.select_related("obligation__unit").get(pk=pk)
    return found


def obligation_for(report: Report) -> Obligation | None:
    """The obligation that a report meets; `None` when the unit owes none of its programme and period."""
    return obligation_of(report.unit_id, report.programme, report.period)


def to_be_submitted(report: Report) -> bool:
    """Whether an issued report can be handed in now: it was not, and no later one replaces it."""
    return not (
        report.submissions.exclude(state=State.TAKEN_BACK).exists()
        or report.corrections.filter(status=Report.Status.ISSUED).exists()
    )


def report_to_submit(owed: Obligation) -> int | None:
    """The issued report that meets the obligation and was not handed in yet."""
    report = (
        Report.objects.filter(
            unit=owed.unit_id, programme=owed.kept_as, period=owed.period, status=Report.Status.ISSUED
        )
        .defer("document")
        .order_by("-pk")
        .first()
    )
    return report.pk if report is not None and to_be_submitted(report) else None


def symbol_of(report: Report) -> str:
    """'31/BC-UBND' of an issued report."""
    return rules.printed_number_of(report.number or 0, report.symbol)


def has_receiver(owed: Obligation, on: date) -> bool:
    """Whether somebody works here on that day who may return and accept what the unit hands in."""
    above = {unit.pk for unit in org.path_up(owed.unit, on)}
    posts = Position.objects.in_force(on).filter(role__in=_DECIDES, person__is_active=True)
    return any(org.body_of(unit, on).pk in above for unit in Unit.objects.filter(pk__in=posts.values("unit")))


def by_digest(digest: str) -> Submission | None:
    """The submission whose package has that digest; the last one, where it was handed in again after taking back."""
    found: Submission | None = (
        Submission.objects.filter(digest=digest.strip().lower(), place="")
        .select_related("obligation__unit", "recipient")
        .order_by("-pk")
        .first()
    )
    return found


def receipt_of(submission: Submission) -> Mapping[str, Any]:
    """What was confirmed to whoever handed it in."""
    told: Mapping[str, Any] = submission.steps.filter(deed=Deed.RECEIVE).values_list("receipt", flat=True)[0]
    return told


def returned_points(submission: Submission) -> SubmissionStep | None:
    """Why it was returned; `None` when it was not."""
    found: SubmissionStep | None = (
        submission.steps.filter(deed=Deed.RETURN).select_related("by").order_by("-number").first()
    )
    return found


# --- what waits -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Awaited:
    """What waits for whoever hands in: 'submit' an issued report, or 'mend' a submission that was returned."""

    what: str
    subject: str
    report: int | None = None
    submission: int | None = None


def to_decide(unit_ids: Collection[str]) -> QuerySet[Submission]:
    """What was received of these units and waits to be looked at, oldest first."""
    waiting: QuerySet[Submission] = Submission.objects.filter(
        obligation__unit__in=unit_ids, state=State.RECEIVED, place=""
    )
    return waiting.select_related("obligation__unit").order_by("received_at", "pk")


def to_send(unit: Unit, on: date) -> Iterator[Awaited]:
    """A unit's issued reports that were not handed in yet, and submissions that were returned to it."""
    later = Submission.objects.filter(obligation=OuterRef("obligation"), number__gt=OuterRef("number"))
    returned = Submission.objects.filter(obligation__unit=unit, state=State.RETURNED).exclude(Exists(later))
    for one in returned.select_related("obligation").order_by("decided_at", "pk"):
        yield Awaited("mend", one.subject or one.obligation.subject, submission=one.pk)
    owed = (
        Obligation.objects.filter(unit=unit, period=OuterRef("period"), sent_on=None)
        .annotate(kept_under=Obligation.keeping())
        .filter(kept_under=OuterRef("programme"))
    )
    handed_in = Submission.objects.filter(report=OuterRef("pk")).exclude(state=State.TAKEN_BACK)
    replaced = Report.objects.filter(corrects=OuterRef("pk"), status=Report.Status.ISSUED)
    issued = (
        Report.objects.filter(Exists(owed), unit=unit, status=Report.Status.ISSUED, issued_on__lte=on)
        .exclude(Exists(handed_in))
        .exclude(Exists(replaced))
        .defer("document")
    )
    for report in issued.order_by("issued_at", "pk"):
        yield Awaited("submit", report.subject, report=report.pk)
