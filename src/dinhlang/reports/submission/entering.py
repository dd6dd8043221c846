"""How a submission is written down, whatever way it came: the row, its figures, its steps, its receipt, the audit.

A part of the actions that hand in; the transaction is theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.reports.models import (
    Obligation,
    Report,
    Submission,
    SubmissionKey,
    SubmissionStep,
    SubmittedFigure,
)
from dinhlang.reports.submission.rules import coming, states
from dinhlang.reports.submission.rules.receipts import receipt
from dinhlang.reports.submission.rules.states import Deed, State
from dinhlang.work.models import Blob


@dataclass(frozen=True, slots=True)
class Incoming:
    """What came: everything a submission says, before it has its number. `figures` lack only their submission."""

    obligation: Obligation
    way: Submission.Way
    package: Blob
    submitted_at: datetime
    received_at: datetime
    document_on: date | None = None
    report: Report | None = None
    document: Mapping[str, Any] = field(default_factory=dict)
    outline_version: str = ""
    symbol: str = ""
    subject: str = ""
    reason: str = ""
    figures: Sequence[SubmittedFigure] = ()
    by: Person | None = None
    key: SubmissionKey | None = None
    place: str = ""
    receipt: Mapping[str, Any] | None = None


def enter(come: Incoming) -> Submission:
    """Write what came, once: the same package again gives the submission that is there.

    Raises `coming.CannotSubmit` for an obligation that is none any more or a unit that hands in nothing to itself.
    """
    lock(come.obligation.unit)
    owed = Obligation.objects.select_related("unit", "recipient", "programme", "regime", "request").get(
        pk=come.obligation.pk
    )
    same = owed.submissions.filter(digest=come.package.sha256).exclude(state=State.TAKEN_BACK).first()
    if same is not None:
        return same
    _check_owed(owed, localdate(come.received_at))
    before = list(owed.submissions.order_by("-number"))
    recipient = recipient_of(owed, localdate(come.received_at))
    year, number = localdate(come.received_at).year, 0
    if come.place:
        year, number = _received_elsewhere(come.receipt)
    elif recipient is not None:
        lock(recipient)
        number = _next_number(recipient, year)
    if recipient is None and not come.place:
        raise coming.CannotSubmit(
            _("Chưa rõ báo cáo này nộp cho đơn vị nào. Nhờ người vận hành đặt tuyến báo cáo của đơn vị.")
        )
    for earlier in before:
        if earlier.state in (State.RECEIVED, State.RETURNED):
            step(earlier, Deed.REPLACE, by=come.by, at=come.received_at, key=come.key)
    made = Submission.objects.create(
        obligation=owed,
        report=come.report,
        number=before[0].number + 1 if before else 1,
        way=come.way,
        state=states.after("", Deed.SUBMIT),
        recipient=recipient,
        package=come.package,
        digest=come.package.sha256,
        document=come.document,
        outline_version=come.outline_version,
        symbol=come.symbol,
        subject=come.subject,
        document_on=come.document_on,
        submitted_at=come.submitted_at,
        received_at=come.received_at,
        reason=come.reason,
        receipt_year=year,
        receipt_number=number,
        place=come.place,
        handed_in_by=come.by,
        key=come.key,
    )
    for figure in come.figures:
        figure.submission = made
    SubmittedFigure.objects.bulk_create(come.figures, batch_size=100)
    _first_steps(made, come)
    audit(
        by=come.by,
        at=come.received_at,
        action="submission.submit",
        target=made,
        unit=owed.unit,
        detail={
            "obligation": owed.pk,
            "number": made.number,
            "way": str(come.way),
            "digest": made.digest,
            **({"key": come.key.pk} if come.key else {}),
        },
    )
    return made


def _check_owed(owed: Obligation, on: date) -> None:
    if owed.released_on is not None and owed.released_on <= on:
        raise coming.CannotSubmit(
            _("%(subject)s: đơn vị không còn phải nộp. %(why)s")
            % {"subject": owed.subject, "why": owed.released_why}
        )


def recipient_of(owed: Obligation, on: date) -> Unit | None:
    """The body that receives it: the one the obligation names, else the one above; never the unit itself."""
    if owed.recipient is not None:
        found = org.body_of(owed.recipient, on)
        return found if found != owed.unit else None
    return next(iter(org.path_up(org.body_of(owed.unit, on), on)), None)


def _next_number(recipient: Unit, year: int) -> int:
    rows = Submission.objects.filter(recipient=recipient, receipt_year=year, place="")
    last: int | None = rows.aggregate(last=Max("receipt_number"))["last"]
    return (last or 0) + 1


def _received_elsewhere(told: Mapping[str, Any] | None) -> tuple[int, int]:
    """Year and number of a receipt that another installation gave ('12/TN-2026')."""
    number, _slash, year = str((told or {}).get("number", "")).partition("/TN-")
    return int(year), int(number)


def _first_steps(made: Submission, come: Incoming) -> None:
    given = come.receipt or receipt(
        number=made.receipt_number,
        year=made.receipt_year,
        digest=made.digest,
        unit=made.obligation.unit_id,
        recipient=made.recipient_id or "",
        subject=made.subject,
        symbol=made.symbol,
        submitted_at=made.submitted_at,
        received_at=made.received_at,
    )
    common = {"submission": made, "after": State.RECEIVED, "by": come.by, "key": come.key}
    SubmissionStep.objects.bulk_create(
        [
            SubmissionStep(number=1, deed=Deed.SUBMIT, before="", at=made.submitted_at, **common),
            SubmissionStep(
                number=2,
                deed=Deed.RECEIVE,
                before=State.RECEIVED,
                at=made.received_at,
                receipt=dict(given),
                **common,
            ),
        ]
    )


def step(
    submission: Submission,
    deed: Deed,
    *,
    by: Person | None,
    at: datetime,
    reason: str = "",
    points: Sequence[Mapping[str, Any]] = (),
    key: SubmissionKey | None = None,
) -> SubmissionStep:
    """Move a submission on and write the row. Raises `states.WrongState`. The unit is locked."""
    before = State(submission.state)
    after = states.after(before, deed)
    last = submission.steps.order_by("-number").values_list("number", flat=True).first()
    made = SubmissionStep.objects.create(
        submission=submission,
        number=(last or 0) + 1,
        deed=deed,
        before=before,
        after=after,
        reason=reason,
        points=[dict(one) for one in points],
        by=by,
        key=key,
        at=at,
    )
    submission.state = after
    if deed is not Deed.REPLACE:
        submission.decision, submission.decided_at = deed, at
    submission.save(update_fields=["state", "decision", "decided_at"])
    return made
