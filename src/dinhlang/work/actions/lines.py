"""Recording one act, reversing it, bringing evidence for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused
from dinhlang.vietnamese.text import fold
from dinhlang.work import blobs, folds, permissions, queries, rules
from dinhlang.work.models import Activity, Basis, Evidence, Import, Measure, Reversal, Task
from dinhlang.work.rules import Count, FileEvidence, Line, LinkEvidence, NotRecordable

EvidenceGiven = FileEvidence | LinkEvidence

_REASON_LENGTH = 500


@transaction.atomic
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
    on = localdate(at)
    permissions.check_can_record(by, unit, on)
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
    _check_recordable(line, unit, task, on)
    folds.lock(unit)
    known = Activity.objects.filter(uid=line.uid).first()
    if known is not None:
        return _same_or_refuse(known, line)
    queries.check_counted_once(unit, [line])
    [activity] = write_lines(unit, [line], by=by, at=at)
    for given in evidence:
        _write_evidence(activity, given, by=by, at=at)
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
    if task is not None and task.plan.unit_id != unit.pk:
        raise NotRecordable(
            "Nhiệm vụ này thuộc kế hoạch của đơn vị khác. Hãy chọn nhiệm vụ của đơn vị mình.", "task"
        )


def _same_or_refuse(known: Activity, line: Line) -> Activity:
    if known.line_hash != rules.line_hash(line):
        raise Refused("Mã của dòng này đã dùng cho một hoạt động khác. Hãy tải lại trang rồi ghi lại.")
    return known


def write_lines(
    unit: Unit, lines: Iterable[Line], *, by: Person | None, at: datetime, imported_from: Import | None = None
) -> list[Activity]:
    """Insert lines with their measures. Folding them is the caller's."""
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
            recorded_at=at,
            recorded_by=by,
            line_hash=rules.line_hash(line),
        )
        for line in lines
    )
    Measure.objects.bulk_create(
        Measure(activity=activity, concept=concept, value=count.value, exactness=count.exactness)
        for activity, line in zip(activities, lines, strict=True)
        for concept, count in line.measures.items()
    )
    return activities


@transaction.atomic
def reverse_activity(*, activity: Activity, reason: str, by: Person | None, at: datetime) -> Reversal:
    """Take a line out of the count; it stays in the ledger, struck through, with the reason.

    Raises `Refused` without a reason or when the line was reversed before, and `org.permissions.NotAllowed`.
    """
    permissions.check_can_reverse(by, activity, localdate(at))
    why = rules.clean(reason)
    if not why:
        raise Refused("Chưa ghi lý do hủy. Hãy ghi vì sao dòng này không còn được tính.")
    if len(why) > _REASON_LENGTH:
        raise Refused(f"Lý do dài {len(why)} chữ cái, tối đa {_REASON_LENGTH}. Hãy viết gọn lại.")
    folds.lock(activity.unit)
    if Reversal.objects.filter(activity=activity).exists():
        raise Refused("Dòng này đã được hủy trước đó. Hãy tải lại sổ theo dõi.")
    reversal = Reversal.objects.create(activity=activity, reason=why, at=at, by=by)
    _fold_out(activity)
    audit(
        by=by, at=at, action="activity.reverse", target=activity, unit=activity.unit, detail={"reason": why}
    )
    return reversal


def _fold_out(activity: Activity) -> None:
    deltas = folds.no_deltas()
    evidenced = _has_evidence(activity)
    folds.add_line(deltas, queries.line_of(activity), activity.line_hash, evidenced=evidenced, times=-1)
    folds.apply(activity.unit, deltas)


def _has_evidence(activity: Activity) -> bool:
    # Asked anew under the unit's lock: the caller's object may carry a list from before it.
    return Evidence.objects.filter(activity=activity).exists()


@transaction.atomic
def add_evidence(*, activity: Activity, evidence: EvidenceGiven, by: Person | None, at: datetime) -> Evidence:
    """Lay evidence beside a line. The same file or address twice gives the one that is there.

    Raises `Refused` for a reversed line or a file that cannot be kept, and `org.permissions.NotAllowed`.
    """
    permissions.check_can_record(by, activity.unit, localdate(at))
    folds.lock(activity.unit)
    if Reversal.objects.filter(activity=activity).exists():
        raise Refused("Dòng này đã được hủy nên không nhận thêm minh chứng. Hãy ghi lại hoạt động.")
    had_evidence = _has_evidence(activity)
    found = _write_evidence(activity, evidence, by=by, at=at)
    if not had_evidence:
        deltas = folds.no_deltas()
        folds.add_first_evidence(deltas, queries.line_of(activity))
        folds.apply(activity.unit, deltas)
    audit(
        by=by,
        at=at,
        action="evidence.add",
        target=found,
        unit=activity.unit,
        detail={"activity": activity.pk},
    )
    return found


def _write_evidence(activity: Activity, given: EvidenceGiven, *, by: Person | None, at: datetime) -> Evidence:
    caption = rules.clean(given.caption)[: rules.CAPTION_LENGTH]
    if isinstance(given, LinkEvidence):
        try:
            url = rules.check_link(given.url)
        except NotRecordable as reason:
            raise NotRecordable(rules.sentence(str(reason)), reason.field) from None
        same = Evidence.objects.filter(activity=activity, kind=Evidence.Kind.LINK, url=url).first()
        return same or Evidence.objects.create(
            activity=activity, kind=Evidence.Kind.LINK, url=url, caption=caption, added_at=at, added_by=by
        )
    blob = blobs.store(given.data, None, at)
    kind = Evidence.Kind.PHOTO if blob.media_type.startswith("image/") else Evidence.Kind.FILE
    same = Evidence.objects.filter(activity=activity, blob=blob).first()
    return same or Evidence.objects.create(
        activity=activity, kind=kind, blob=blob, caption=caption, added_at=at, added_by=by
    )
