"""What people do here: take in a plan, record what was done, bring evidence, reverse, take in a table.

Every action checks, changes, folds and leaves its trace in one transaction. Files are read before the
transaction begins, so that a slow file keeps nobody waiting.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.officialdoc import codec
from dinhlang.officialdoc.model import Document
from dinhlang.officialdoc.read import read
from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused
from dinhlang.periods.window import numeric_date
from dinhlang.vietnamese.text import fold
from dinhlang.work import blobs, folds, permissions, queries, rules
from dinhlang.work.models import (
    Activity,
    Assignment,
    Basis,
    Evidence,
    Import,
    Measure,
    Occurrence,
    Plan,
    Reversal,
    Task,
)
from dinhlang.work.plan_reading import PlanReading, TaskReading, read_plan
from dinhlang.work.rules import Count, Fate, FileEvidence, Line, LinkEvidence, NotRecordable

Progress = Callable[[int, int], None]
EvidenceGiven = FileEvidence | LinkEvidence

_CHUNK = 2000
_REASON_LENGTH = 500


# --- plans ----------------------------------------------------------------------------------------


def import_plan(*, unit: Unit, data: bytes, name: str, by: Person | None, at: datetime) -> Plan:
    """Make a plan with tasks, occurrences and assignments of its document.

    Raises `Refused` when the document is no plan, cannot be read, was taken in before, or speaks of a year in
    which the unit did not exist; and `org.permissions.NotAllowed`. What looks wrong but can be stored is in
    `queries.warnings(plan)`.
    """
    permissions.check_can_import_plan(by, unit, localdate(at))
    if len(data) > blobs.LARGEST:
        raise Refused(
            f"Tệp “{name}” nặng {len(data) // 1048576} MB, tối đa {blobs.LARGEST // 1048576} MB. Hãy chọn lại tệp."
        )
    _check_plan_is_new(unit, data, name)
    document = read(data, name)
    reading = read_plan(document, name)
    _check_unit_lived(unit, reading)
    return _store_plan(unit=unit, data=data, name=name, document=document, reading=reading, by=by, at=at)


def _check_plan_is_new(unit: Unit, data: bytes, name: str) -> None:
    known = Plan.objects.filter(unit=unit, source_id=hashlib.sha256(data).hexdigest()).first()
    if known is not None:
        raise Refused(
            f"Tệp “{name}” đã được nhập ngày {numeric_date(localdate(known.created_at))} thành kế hoạch “{known.title}”. "
            "Không cần nhập lại."
        )


def _check_unit_lived(unit: Unit, reading: PlanReading) -> None:
    first = reading.issued_on or date(reading.year, 1, 1)
    last = max(date(reading.year, 12, 31), first)
    name = queries.life_of(unit, first).name
    if unit.ends_on is not None and unit.ends_on <= first:
        raise Refused(
            f"{rules.sentence(name)[:-1]} đã kết thúc hoạt động từ ngày {numeric_date(unit.ends_on)}, không nhận được kế hoạch năm "
            f"{reading.year}. Hãy nhập cho đơn vị kế thừa."
        )
    if unit.starts_on is not None and unit.starts_on > last:
        raise Refused(
            f"{rules.sentence(name)[:-1]} thành lập ngày {numeric_date(unit.starts_on)}, không nhận được kế hoạch năm {reading.year}. "
            "Hãy nhập cho đơn vị trước đó."
        )


@transaction.atomic
def _store_plan(
    *,
    unit: Unit,
    data: bytes,
    name: str,
    document: Document,
    reading: PlanReading,
    by: Person | None,
    at: datetime,
) -> Plan:
    folds.lock(unit)
    _check_plan_is_new(unit, data, name)
    plan = Plan.objects.create(
        unit=unit,
        year=reading.year,
        title=reading.title,
        number=(document.number or "")[:20],
        symbol=(document.symbol or "")[:40],
        issued_on=reading.issued_on,
        source=blobs.store(data, None, at),
        source_name=rules.clean(name)[:255],
        document={
            "read": codec.to_json(document),
            "warnings": [
                *reading.warnings,
                *(warning for task in reading.tasks for warning in task.warnings),
            ],
        },
        created_at=at,
        created_by=by,
    )
    for position, task in enumerate(reading.tasks, 1):
        _store_task(plan, position, task)
    Assignment.objects.bulk_create(
        Assignment(plan=plan, position=position, unit_text=who, duty=duty)
        for position, (who, duty) in enumerate(reading.duties, 1)
    )
    audit(
        by=by,
        at=at,
        action="plan.import",
        target=plan,
        unit=unit,
        detail={"file": plan.source_name, "tasks": len(reading.tasks)},
    )
    return plan


def _store_task(plan: Plan, position: int, reading: TaskReading) -> None:
    task = Task.objects.create(
        plan=plan,
        position=position,
        ordinal=reading.ordinal,
        text=reading.text,
        product=reading.product,
        lead=reading.lead,
        cooperating=reading.cooperating,
        schedule_text=reading.schedule_text,
        schedule=dict(reading.schedule),
        watch_months=reading.watch_months,
        expected_kinds=list(reading.expected_kinds),
    )
    Occurrence.objects.bulk_create(
        Occurrence(
            task=task,
            number=number,
            starts_on=span.starts_on,
            ends_on=span.ends_on,
            due_on=span.due_on,
            needed=span.needed,
            is_watch=span.is_watch,
        )
        for number, span in enumerate(reading.spans, 1)
    )


# --- one line of the ledger -----------------------------------------------------------------------


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
    [activity] = _write_lines(unit, [line], by=by, at=at)
    for given in evidence:
        _write_evidence(activity, given, by=by, at=at)
    folds.apply(
        unit, folds.line_deltas(line.measures, line.happened_on, activity.line_hash, evidenced=bool(evidence))
    )
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


def _write_lines(
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
    counts = queries.counts_of(activity)
    evidenced = activity.evidence.exists()
    folds.apply(
        activity.unit,
        folds.line_deltas(counts, activity.happened_on, activity.line_hash, evidenced=evidenced, times=-1),
    )


@transaction.atomic
def add_evidence(*, activity: Activity, evidence: EvidenceGiven, by: Person | None, at: datetime) -> Evidence:
    """Lay evidence beside a line. The same file or address twice gives the one that is there.

    Raises `Refused` for a reversed line or a file that cannot be kept, and `org.permissions.NotAllowed`.
    """
    permissions.check_can_record(by, activity.unit, localdate(at))
    folds.lock(activity.unit)
    if Reversal.objects.filter(activity=activity).exists():
        raise Refused("Dòng này đã được hủy nên không nhận thêm minh chứng. Hãy ghi lại hoạt động.")
    had_evidence = activity.evidence.exists()
    found = _write_evidence(activity, evidence, by=by, at=at)
    if not had_evidence:
        deltas = folds.no_deltas()
        for concept in queries.counts_of(activity):
            deltas[concept, activity.happened_on].unevidenced_lines -= 1
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


# --- many lines at once ---------------------------------------------------------------------------


def import_activities(
    *, unit: Unit, data: bytes, name: str, by: Person | None, at: datetime, progress: Progress | None = None
) -> Import:
    """Write every row of an .xlsx or .csv file, or none. Rows that the ledger already has are left out.

    Raises `Refused` naming file, row, cell and remedy; when the same file was taken in before; and
    `org.permissions.NotAllowed`. `queries.preview_import` shows each row's fate without writing.
    """
    on = localdate(at)
    permissions.check_can_import_activities(by, unit, on)
    _check_import_is_new(unit, data, name)
    preview = rules.preview_rows(data, name, queries.import_context(unit, on))
    return _store_rows(unit=unit, data=data, preview=preview, by=by, at=at, progress=progress)


def _check_import_is_new(unit: Unit, data: bytes, name: str) -> None:
    known = Import.objects.filter(unit=unit, blob_id=hashlib.sha256(data).hexdigest()).first()
    if known is not None:
        raise Refused(
            f"Tệp “{name}” đã được nhập ngày {numeric_date(localdate(known.at))} ({known.rows} dòng). "
            "Không nhập lại cùng một tệp; nếu có dòng mới, hãy thêm vào tệp rồi nhập."
        )


@transaction.atomic
def _store_rows(
    *,
    unit: Unit,
    data: bytes,
    preview: rules.Preview,
    by: Person | None,
    at: datetime,
    progress: Progress | None,
) -> Import:
    folds.lock(unit)
    _check_import_is_new(unit, data, preview.name)
    preview = queries.against_ledger(unit, preview)
    if not preview.ok:
        raise Refused(preview.refusal())
    new = preview.with_fate(Fate.NEW)
    if not new:
        raise Refused(f"Mọi dòng của tệp “{preview.name}” đã có trong sổ theo dõi. Không có gì để nhập.")
    blob = blobs.store(data, None, at)
    done = Import.objects.create(
        unit=unit, blob=blob, name=rules.clean(preview.name)[:255], rows=len(new), at=at, by=by
    )
    deltas = folds.no_deltas()
    for start in range(0, len(new), _CHUNK):
        _store_chunk(unit, done, new[start : start + _CHUNK], deltas)
        if progress is not None:
            progress(min(start + _CHUNK, len(new)), len(new))
    folds.apply(unit, deltas)
    audit(
        by=by,
        at=at,
        action="activity.import",
        target=done,
        unit=unit,
        detail={"file": done.name, "rows": done.rows},
    )
    return done


def _store_chunk(unit: Unit, source: Import, fates: Sequence[rules.RowFate], deltas: folds.Deltas) -> None:
    lines = [(_with_uid(fate.line, source, fate.row), fate.links) for fate in fates if fate.line is not None]
    activities = _write_lines(
        unit, [line for line, _ in lines], by=source.by, at=source.at, imported_from=source
    )
    links = []
    for activity, (line, urls) in zip(activities, lines, strict=True):
        links += [
            Evidence(
                activity=activity, kind=Evidence.Kind.LINK, url=url, added_at=source.at, added_by=source.by
            )
            for url in dict.fromkeys(urls)
        ]
        for concept, count in line.measures.items():
            deltas[concept, line.happened_on].add_line(count, activity.line_hash, evidenced=bool(urls))
    Evidence.objects.bulk_create(links)


def _with_uid(line: Line, source: Import, row: int) -> Line:
    """The line under an identity that follows from file and row."""
    return replace(line, uid=uuid5(NAMESPACE_URL, f"dinhlang:{source.unit_id}/{source.blob_id}/{row}"))


# --- facts ----------------------------------------------------------------------------------------


def rebuild_facts(progress: Progress | None = None) -> int:
    """Throw the daily facts away and fold the whole ledger anew, unit by unit. Gives the number of daily facts."""
    units = list(Unit.objects.filter(pk__in=queries.units_with_facts()))
    made = 0
    for number, unit in enumerate(units, 1):
        with transaction.atomic():
            folds.lock(unit)
            made += folds.rebuild(unit)
        if progress is not None:
            progress(number, len(units))
    return made
