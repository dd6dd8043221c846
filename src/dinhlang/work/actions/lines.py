"""Recording one act, reversing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused
from dinhlang.vietnamese.text import fold
from dinhlang.work import folds, permissions, queries, rules
from dinhlang.work.actions.evidence import EvidenceGiven, Ready, has_evidence, make_ready, write_evidence
from dinhlang.work.models import Activity, Basis, Batch, Import, Measure, Reversal, Task
from dinhlang.work.rules import Count, EntryEvidence, Line, NotRecordable

_REASON_LENGTH = 500


class UidTaken(Refused):
    """The uid that came with a line belongs to another line."""


def record_activity(
    *,
    unit: Unit,
    kind: str,
    happened_on: date,
    title: str,
    measures: Mapping[str, Count | int],
    task: Task | None = None,
    evidence: Sequence[EvidenceGiven] = (),
    uid: UUID | None = None,
    basis: str = Basis.EVENT,
    reform_field: str = "",
    note: str = "",
    by: Person | None,
    at: datetime,
) -> Activity:
    """Write one line. With a `uid` that is already there and says the same, give that line and write nothing.

    Raises `rules.NotRecordable` with the field to mend, `Refused` for a uid taken by another line, and
    `org.permissions.NotAllowed`.
    """
    permissions.check_can_record(by, unit, localdate(at))
    return record_consequence(
        unit=unit,
        kind=kind,
        happened_on=happened_on,
        title=title,
        measures=measures,
        task=task,
        evidence=evidence,
        uid=uid,
        basis=basis,
        reform_field=reform_field,
        note=note,
        by=by,
        at=at,
    )


def record_consequence(
    *,
    unit: Unit,
    kind: str,
    happened_on: date,
    title: str,
    measures: Mapping[str, Count | int],
    task: Task | None = None,
    evidence: Sequence[EvidenceGiven | EntryEvidence] = (),
    uid: UUID | None = None,
    basis: str = Basis.EVENT,
    reform_field: str = "",
    note: str = "",
    by: Person | None,
    at: datetime,
) -> Activity:
    """As `record_activity`, of a line that an act of another room brings with it: that room has checked who may.

    A leader who puts an article up keeps no ledger, and the line is written all the same. A room that counted the line in a
    register of its own names the entry, which is the line's evidence (ADR 0021).
    """
    line = Line(
        uid=uid or uuid4(),
        unit=unit.pk,
        kind=str(kind),
        happened_on=happened_on,
        title=rules.clean(title),
        measures={
            concept: count if isinstance(count, Count) else Count(count)
            for concept, count in measures.items()
        },
        task=task.pk if task else None,
        reform_field=str(reform_field),
        basis=str(basis),
        note=rules.clean_note(note),
    )
    _check_recordable(line, unit, task, localdate(at))
    return _record(unit, line, make_ready(evidence, at), by=by, at=at)


@transaction.atomic
def _record(
    unit: Unit, line: Line, evidence: Sequence[Ready], *, by: Person | None, at: datetime
) -> Activity:
    lock(unit)
    known = Activity.objects.filter(uid=line.uid).first()
    if known is not None:
        return _same_or_refuse(known, line)
    queries.check_counted_once(unit, [line])
    [activity] = write_lines(unit, [line], by=by, at=at)
    for ready in evidence:
        write_evidence(activity, ready, by=by, at=at)
    deltas = folds.no_deltas()
    folds.add_line(deltas, line, activity.line_hash, evidenced=bool(evidence))
    folds.apply(unit, deltas)
    audit(
        by=by,
        at=at,
        action="activity.record",
        target=activity,
        unit=unit,
        detail={"kind": line.kind, "day": str(line.happened_on)},
    )
    return activity


def _check_recordable(line: Line, unit: Unit, task: Task | None, on: date) -> None:
    try:
        rules.check_line(line, on=on, life=queries.life_of(unit, line.happened_on))
    except NotRecordable as reason:
        raise NotRecordable(rules.sentence(str(reason)), reason.field) from None
    check_task(task, unit)


def check_task(task: Task | None, unit: Unit) -> None:
    """Raise `NotRecordable` for a task of another unit's plan."""
    if task is not None and task.plan.unit_id != unit.pk:
        raise NotRecordable(
            _("Nhiệm vụ này thuộc kế hoạch của đơn vị khác. Hãy chọn nhiệm vụ của đơn vị mình."), "task"
        )


def _same_or_refuse(known: Activity, line: Line) -> Activity:
    if known.line_hash != rules.line_hash(line):
        raise UidTaken(_("Mã của dòng này đã dùng cho một hoạt động khác. Hãy tải lại trang rồi ghi lại."))
    return known


def write_lines(
    unit: Unit,
    lines: Iterable[Line],
    *,
    by: Person | None,
    at: datetime,
    imported_from: Import | None = None,
    batch: Batch | None = None,
    instead_of: Sequence[Activity | None] = (),
) -> list[Activity]:
    """Insert lines with their measures; the n-th stands instead of the n-th of `instead_of`, if given.

    Folding them is the caller's.
    """
    lines = list(lines)
    activities = Activity.objects.bulk_create(
        Activity(
            uid=line.uid,
            unit=unit,
            kind=line.kind,
            happened_on=line.happened_on,
            title=line.title,
            task_id=line.task,
            reform_field=line.reform_field,
            basis=line.basis,
            note=line.note,
            folded=fold(f"{line.title} {line.note}"),
            imported_from=imported_from,
            instead_of=old,
            batch=batch,
            recorded_at=at,
            recorded_by=by,
            line_hash=rules.line_hash(line),
        )
        for line, old in zip(lines, instead_of or _nothing(len(lines)), strict=True)
    )
    Measure.objects.bulk_create(
        Measure(activity=activity, concept=concept, value=count.value, exactness=count.exactness)
        for activity, line in zip(activities, lines, strict=True)
        for concept, count in line.measures.items()
    )
    return activities


def _nothing(times: int) -> Sequence[None]:
    return (None,) * times


@transaction.atomic
def reverse_activity(*, activity: Activity, reason: str, by: Person | None, at: datetime) -> Reversal:
    """Take a line out of the count; it stays in the ledger, struck through, with the reason.

    Raises `Refused` without a reason or when the line was reversed before, and `org.permissions.NotAllowed`.
    """
    permissions.check_can_reverse(by, activity, localdate(at))
    return _reverse_with_trace(activity, reason, by=by, at=at)


@transaction.atomic
def reverse_consequence(*, activity: Activity, reason: str, by: Person | None, at: datetime) -> Reversal:
    """As `reverse_activity`, because of an act of another room, which has checked who may. Raises `Refused`."""
    return _reverse_with_trace(activity, reason, by=by, at=at)


@transaction.atomic
def undo_record(*, activity: Activity, by: Person | None, at: datetime) -> Reversal:
    """Take back a line just recorded, as a slip. Whoever recorded it may, for a few minutes; later it is a reversal.

    Raises `Refused` when the line was reversed before or too much time has passed, and `org.permissions.NotAllowed`.
    """
    permissions.check_can_undo(by, activity, at)
    return _reverse_with_trace(activity, rules.SLIP, by=by, at=at)


def _reverse_with_trace(activity: Activity, reason: str, *, by: Person | None, at: datetime) -> Reversal:
    why = check_reason(reason)
    lock(activity.unit)
    if Reversal.objects.filter(activity=activity).exists():
        raise Refused(_("Dòng này đã được hủy trước đó. Hãy tải lại sổ theo dõi."))
    reversal = Reversal.objects.create(activity=activity, reason=why, at=at, by=by)
    _fold_out(activity)
    # Why stands with the reversal; the audit keeps no words of people that it does not need.
    audit(by=by, at=at, action="activity.reverse", target=activity, unit=activity.unit)
    return reversal


def check_reason(reason: str) -> str:
    """The reason, cleaned. Raises `Refused` without one, or with one that is too long."""
    why = rules.clean(reason)
    if not why:
        raise Refused(_("Chưa ghi lý do hủy. Hãy ghi vì sao dòng này không còn được tính."))
    if len(why) > _REASON_LENGTH:
        raise Refused(
            _("Lý do dài %(length)s chữ cái, tối đa %(most)s. Hãy viết gọn lại.")
            % {"length": len(why), "most": _REASON_LENGTH}
        )
    return why


def _fold_out(activity: Activity) -> None:
    deltas = folds.no_deltas()
    evidenced = has_evidence(activity)
    folds.add_line(deltas, queries.line_of(activity), activity.line_hash, evidenced=evidenced, times=-1)
    folds.apply(activity.unit, deltas)
