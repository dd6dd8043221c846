"""The level above looks at what was handed in: it returns it, naming what is to be mended, or accepts it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission
from dinhlang.reports.models import Submission
from dinhlang.reports.submission import queries
from dinhlang.reports.submission.entering import step
from dinhlang.reports.submission.rules import coming
from dinhlang.reports.submission.rules.states import Deed, State
from dinhlang.vietnamese.text import one_line

REASON_LENGTH = 500
MOST_POINTS = 50


@transaction.atomic
def return_submission(
    *,
    submission: Submission,
    reason: str,
    points: Sequence[Mapping[str, Any]],
    by: Person | None,
    at: datetime,
) -> Submission:
    """Send it back with what is to be mended: in general, and by figure or paragraph (`SubmissionStep.points`).

    Raises `coming.CannotDecide` without either, `states.WrongState`, `NotAllowed`.
    """
    why = one_line(reason)[:REASON_LENGTH]
    if not why and not points:
        raise coming.CannotDecide(_("Hãy ghi cần sửa gì, hoặc chỉ rõ số liệu, đoạn cần sửa."))
    current = _locked(submission, by, at)
    step(current, Deed.RETURN, by=by, at=at, reason=why, points=points[:MOST_POINTS])
    _note("submission.return", current, by, at)
    return current


@transaction.atomic
def accept_submission(
    *, submission: Submission, by: Person | None, at: datetime, note: str = ""
) -> Submission:
    """Accept it: from now on its figures hold, and not those of the one accepted before.

    Raises `states.WrongState`, `NotAllowed`.
    """
    current = _locked(submission, by, at)
    earlier = current.obligation.submissions.filter(state=State.ACCEPTED).exclude(pk=current.pk).first()
    if earlier is not None:
        step(earlier, Deed.REPLACE, by=by, at=at)
    step(current, Deed.ACCEPT, by=by, at=at, reason=one_line(note)[:REASON_LENGTH])
    _note("submission.accept", current, by, at)
    return current


def _locked(submission: Submission, by: Person | None, at: datetime) -> Submission:
    unit = submission.obligation.unit
    check_can(by, Permission.SUBMISSION_DECIDE, unit, localdate(at))
    lock(unit)
    current = queries.whole(submission.pk)
    if current.place:
        raise coming.CannotDecide(_("Báo cáo này nộp lên máy khác, cấp trên xem và quyết định ở đó."))
    return current


def _note(action: str, current: Submission, by: Person | None, at: datetime) -> None:
    audit(
        by=by,
        at=at,
        action=action,
        target=current,
        unit=current.obligation.unit,
        detail={"obligation": current.obligation_id, "number": current.number, "digest": current.digest},
    )
