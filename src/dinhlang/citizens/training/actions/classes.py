"""A class from the day it is planned to its line of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.models import TrainingClass
from dinhlang.citizens.surveys.rules.rounds import new_code
from dinhlang.citizens.training import permissions, queries
from dinhlang.citizens.training.actions.noting import held, noted, running
from dinhlang.citizens.training.rules import classes as rules
from dinhlang.citizens.training.rules import testing
from dinhlang.citizens.training.rules.classes import EVIDENCE, Kind, NotNow, Stage
from dinhlang.org.actions.sent_once import made_before
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Unfit
from dinhlang.vietnamese.text import one_line
from dinhlang.work import actions as work
from dinhlang.work.models import Activity, ActivityKind, Basis, ReformField, Task
from dinhlang.work.rules import TITLE_LENGTH, HeldEvidence


@dataclass(frozen=True, slots=True)
class ClassGiven:
    """What a class is: what about, when and where, who speaks, what for."""

    kind: Kind
    subject: str
    starts_at: datetime
    place: str
    ends_at: datetime | None = None
    task: Task | None = None
    lecturer: str = ""
    contents: str = ""
    expected: int | None = None
    signer: Person | None = None


@transaction.atomic
def make_class(
    *, unit: Unit, given: ClassGiven, key: UUID | None = None, by: Person | None, at: datetime
) -> TrainingClass:
    """A new class; the same form (`key`) sent twice makes one. Raises `Unfit` and `org.permissions.NotAllowed`."""
    permissions.check_can_manage(by, unit, localdate(at))
    _check(unit, given)
    if (there := made_before(TrainingClass, unit=unit, key=key)) is not None:
        return there
    made = TrainingClass(unit=unit, code=_free_code(), key=key, made_at=at, made_by=by)
    _write(made, given)
    made.save()
    noted(made, "training.make", by=by, at=at)
    return made


@transaction.atomic
def change_class(
    *, training: TrainingClass, given: ClassGiven, by: Person | None, at: datetime
) -> TrainingClass:
    """Other words, another day. Raises `Unfit`, `NotNow` for a class that ended, and `org.permissions.NotAllowed`."""
    training = running(training, by=by, at=at)
    _check(training.unit, given)
    _write(training, given)
    training.save(
        update_fields=[
            "kind", "subject", "task", "starts_at", "ends_at", "place", "lecturer", "contents", "expected", "signer",
        ]
    )  # fmt: skip
    noted(training, "training.change", by=by, at=at)
    return training


def _check(unit: Unit, given: ClassGiven) -> None:
    if not one_line(given.subject):
        raise Unfit(_("Ghi nội dung của lớp, ví dụ “Nộp hồ sơ trực tuyến”."), "subject")
    if not one_line(given.place):
        raise Unfit(_("Ghi địa điểm."), "place")
    if given.task is not None and given.task.plan.unit_id != unit.pk:
        raise Unfit(
            _("Nhiệm vụ này thuộc kế hoạch của đơn vị khác. Hãy chọn nhiệm vụ của đơn vị mình."), "task"
        )
    rules.check_times(given.starts_at, given.ends_at)


def _write(training: TrainingClass, given: ClassGiven) -> None:
    training.kind = given.kind
    training.subject = one_line(given.subject)[:200]
    training.task = given.task
    training.starts_at, training.ends_at = given.starts_at, given.ends_at
    training.place, training.lecturer = one_line(given.place)[:200], one_line(given.lecturer)[:200]
    training.contents = "\n".join(line for one in given.contents.splitlines() if (line := one_line(one)))
    training.expected, training.signer = given.expected, given.signer


def _free_code() -> str:
    """Short codes meet now and then; the constraint decides, this only makes it rare."""
    code = new_code()
    while TrainingClass.objects.filter(code=code).exists():
        code = new_code()
    return code


@transaction.atomic
def send_invitations(*, training: TrainingClass, by: Person | None, at: datetime) -> TrainingClass:
    """Say that the class is on: from now its page is open to guests, and who has an address gets a mail.

    Raises `NotNow` for a class without guests, one that began, or ended, and `org.permissions.NotAllowed`.
    """
    training = running(training, by=by, at=at)
    if not training.guests.exists():
        raise NotNow(_("Chưa có ai trong danh sách mời. Thêm người được mời trước."))
    if training.starts_at <= at:
        raise NotNow(_("Lớp đã bắt đầu nên không gửi giấy mời nữa."))
    if training.invited_at is None:
        training.invited_at = at
        training.save(update_fields=["invited_at"])
        noted(training, "training.invite", by=by, at=at, guests=training.guests.count())
    return training


@transaction.atomic
def call_off(*, training: TrainingClass, reason: str, by: Person | None, at: datetime) -> TrainingClass:
    """The class does not take place: nothing is counted, its page says so, who had a mail gets another.

    Raises `Unfit` without a reason, `NotNow`, and `org.permissions.NotAllowed`.
    """
    training = running(training, by=by, at=at)
    why = rules.checked_reason(reason)
    if training.stage in rules.SITTING:
        raise NotNow(_("Bài kiểm tra còn đang mở. Thu bài trước, rồi hủy lớp."))
    training.cancelled_at, training.cancelled_by, training.cancel_reason = at, by, why
    training.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    noted(training, "training.call-off", by=by, at=at)
    return training


@kept_in_vietnamese
@transaction.atomic
def close_class(*, training: TrainingClass, by: Person | None, at: datetime) -> TrainingClass:
    """The class took place: one line of the ledger with its sheet and photos. Raises `NotNow`, `org.permissions.NotAllowed`,
    and what the ledger refuses."""
    training = held(training, by=by, at=at)
    came = queries.attended(training)
    held_on = localdate(training.starts_at)
    rules.check_can_end(training.state, held_on, came, Stage(training.stage), localdate(at))
    training.line = _line(training, came, by=by, at=at)
    training.closed_at, training.closed_by = at, by
    training.ticked = {}
    if training.results is None and any(queries.sat(training)):
        training.results = testing.plain(queries.told(training))
    training.save(update_fields=["line", "closed_at", "closed_by", "ticked", "results"])
    noted(training, "training.close", by=by, at=at, came=came)
    return training


_MEASURES = {
    Kind.TRAINING: (ActivityKind.TRAINING, "trainings", "training_attendees"),
    Kind.MEETING: (ActivityKind.MEETING, "meetings", "attendees"),
}


def _line(training: TrainingClass, came: int, *, by: Person | None, at: datetime) -> Activity:
    kind, held_as, people = _MEASURES[Kind(training.kind)]
    groups = "; ".join(f"{one.label.lower()}: {one.came}" for one in queries.counts(training) if one.came)
    return work.record_consequence(
        unit=training.unit,
        kind=kind,
        happened_on=localdate(training.starts_at),
        title=f"{Kind(training.kind).label}: {training.subject}"[:TITLE_LENGTH],
        measures={held_as: 1, people: came},
        task=training.task,
        evidence=[HeldEvidence(one.blob_id, one.name) for one in queries.files(training, *EVIDENCE)],
        basis=Basis.BOOK,
        reform_field=ReformField.STEERING,
        note=_("Điểm danh theo danh sách ký: %s") % groups,
        by=by,
        at=at,
    )


@transaction.atomic
def reopen_class(*, training: TrainingClass, reason: str, by: Person | None, at: datetime) -> TrainingClass:
    """Take the line out of the count, so that the class can be corrected and closed again.

    Raises `Unfit` without a reason, `NotNow` for a class that is not closed, and `org.permissions.NotAllowed`.
    """
    training = held(training, by=by, at=at)
    why = rules.checked_reason(reason)
    if training.closed_at is None or training.line is None:
        raise NotNow(_("Lớp chưa chốt nên không cần mở lại."))
    # Whoever reversed the line in the ledger has done this half already.
    if not hasattr(training.line, "reversal"):
        work.reverse_consequence(activity=training.line, reason=why, by=by, at=at)
    training.line = training.closed_at = training.closed_by = None
    training.save(update_fields=["line", "closed_at", "closed_by"])
    noted(training, "training.reopen", by=by, at=at)
    return training
