"""Many lines at once, and taking all of it back.

Lines are only added. A line that is put under another task is reversed and written anew, and the new one says which
it stands for; taking a reversal back writes an equal line. So every act here, and every undoing, is a set of
reversals and a set of new lines under one `Batch`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused
from dinhlang.work import folds, permissions, queries, rules
from dinhlang.work.actions.evidence import EvidenceGiven, add_under_lock, make_ready
from dinhlang.work.actions.lines import check_reason, check_task, write_lines
from dinhlang.work.models import Activity, Batch, Evidence, Import, KeptBoth, ReformField, Reversal, Task
from dinhlang.work.rules import Line

MOST_LINES = 500
# Reasons that the ledger keeps, in its own language.
_AMENDED, _UNDONE = "Sửa phân loại", "Hoàn tác"

Undo = Callable[[Batch, Sequence[Activity], Batch], None]
Keeps = Callable[[Evidence], bool]


@dataclass(frozen=True, slots=True)
class NewClass:
    """Where lines are to stand from now on; what is `None` stays as it is in each line."""

    task: Task | None = None
    reform_field: str | None = None
    without_task: bool = False

    def applied(self, line: Line) -> Line:
        task = None if self.without_task else self.task.pk if self.task else line.task
        field = line.reform_field if self.reform_field is None else self.reform_field
        return replace(line, task=task, reform_field=field)


@transaction.atomic
def reverse_lines(*, unit: Unit, lines: Iterable[int], reason: str, by: Person | None, at: datetime) -> Batch:
    """Take the lines out of the count, all for one reason. Those that are reversed already are left as they are.

    Raises `Refused` when nothing is left to do, and `org.permissions.NotAllowed`.
    """
    permissions.check_can_reverse_in(by, unit, localdate(at))
    why = check_reason(reason)
    lock(unit)
    found = _counted(unit, lines)
    batch = _begin(unit, Batch.Deed.REVERSE, len(found), note=why, by=by, at=at)
    deltas = folds.no_deltas()
    _take_out(found, batch, deltas)
    folds.apply(unit, deltas)
    return _done(batch, found)


@transaction.atomic
def amend_lines(*, unit: Unit, lines: Iterable[int], to: NewClass, by: Person | None, at: datetime) -> Batch:
    """Put the lines under another task or field: each is reversed and written anew with its evidence.

    Raises `Refused` when no line would change, or for a task of another unit, and `org.permissions.NotAllowed`.
    """
    on = localdate(at)
    permissions.check_can_reverse_in(by, unit, on)
    permissions.check_can_record(by, unit, on)
    check_task(to.task, unit)
    if to.reform_field and to.reform_field not in ReformField.values:
        raise Refused(_("Không có lĩnh vực này. Hãy chọn một mục trong danh sách."))
    lock(unit)
    changed = [
        (old, line)
        for old in _counted(unit, lines)
        if (line := to.applied(queries.line_of(old))) != queries.line_of(old)
    ]
    if not changed:
        raise Refused(_("Các dòng đã chọn vốn đã như vậy. Không có gì thay đổi."))
    batch = _begin(unit, Batch.Deed.AMEND, len(changed), note=_AMENDED, by=by, at=at)
    _replace(unit, changed, batch)
    return _done(batch, [old for old, _line in changed])


def add_evidence_to(
    *,
    unit: Unit,
    lines: Iterable[int],
    evidence: Sequence[EvidenceGiven],
    by: Person | None,
    at: datetime,
) -> Batch:
    """Lay the same evidence beside each of the lines.

    Raises `Refused` without lines or evidence, or for a file that cannot be kept, and `org.permissions.NotAllowed`.
    """
    permissions.check_can_record(by, unit, localdate(at))
    ready = make_ready(evidence, at)
    if not ready:
        raise Refused(_("Chưa có đường dẫn hoặc tệp nào. Chọn ít nhất một."))
    with transaction.atomic():
        lock(unit)
        found = _counted(unit, lines)
        batch = _begin(unit, Batch.Deed.EVIDENCE, len(found), by=by, at=at)
        for line in found:
            for one in ready:
                add_under_lock(line, one, by=by, at=at, batch=batch)
        return _done(batch, found)


@transaction.atomic
def undo_batch(*, batch: Batch, by: Person | None, at: datetime) -> Batch:
    """Take back what was done to many lines, as a whole. Lines that were changed since then are left as they are.

    Raises `Refused` when it was undone before, is too long ago or leaves nothing to do, and `org.permissions.NotAllowed`.
    """
    permissions.check_can_undo_batch(by, batch, at)
    lock(batch.unit)
    rules.check_undoable(deed=batch.deed, done_at=batch.at, at=at)
    if Batch.objects.filter(undoes=batch).exists():
        raise Refused(_("Việc này đã được hoàn tác trước đó. Hãy tải lại sổ theo dõi."))
    lines, undo = _UNDOING[Batch.Deed(batch.deed)]
    found = _with_parts(lines(batch))
    if not found:
        raise Refused(_("Mọi dòng của lần đó đã được sửa tiếp. Không còn gì để hoàn tác."))
    undoing = Batch.objects.create(
        unit=batch.unit,
        deed=Batch.Deed.UNDO,
        note=_UNDONE,
        lines=len(found),
        undoes=batch,
        at=at,
        by=by,
    )
    undo(batch, found, undoing)
    return _done(undoing, found)


@transaction.atomic
def record_again(*, activity: Activity, by: Person | None, at: datetime) -> Activity:
    """Write a reversed line once more, with its evidence; the new line says which it stands for.

    The entry of a register stays behind: only the room that counted says that its register has these figures (ADR 0021).
    Raises `Refused` for a line that counts or was written again already, and `org.permissions.NotAllowed`.
    """
    permissions.check_can_record(by, activity.unit, localdate(at))
    lock(activity.unit)
    found = _with_parts(Activity.objects.filter(pk=activity.pk, reversal__isnull=False, successors=None))
    if not found:
        raise Refused(_("Dòng này đang được tính hoặc đã được ghi lại. Hãy tải lại sổ theo dõi."))
    deltas = folds.no_deltas()
    pairs = [(old, queries.line_of(old)) for old in found]
    [new] = _write(activity.unit, pairs, None, deltas, by=by, at=at, keeps=_is_no_entry)
    folds.apply(activity.unit, deltas)
    audit(
        by=by,
        at=at,
        action="activity.record-again",
        target=new,
        unit=activity.unit,
        detail={"instead_of": activity.pk},
    )
    return new


@transaction.atomic
def keep_both(*, first: Activity, second: Activity, by: Person | None, at: datetime) -> None:
    """Remember that two lines which look alike are two acts, so that nobody is asked again.

    Raises `Refused` for lines of two units or for one line twice, and `org.permissions.NotAllowed`.
    """
    if first.pk == second.pk or first.unit_id != second.unit_id:
        raise Refused(_("Cần hai dòng khác nhau của cùng một đơn vị. Hãy tải lại trang."))
    permissions.check_can_record(by, first.unit, localdate(at))
    older, newer = sorted((first, second), key=lambda line: line.pk)
    _pair, is_new = KeptBoth.objects.get_or_create(first=older, second=newer, defaults={"at": at, "by": by})
    if is_new:
        audit(
            by=by,
            at=at,
            action="activity.keep-both",
            target=newer,
            unit=newer.unit,
            detail={"beside": older.pk},
        )


# --- how each is undone ---------------------------------------------------------------------------


def _undo_reversals(batch: Batch, found: Sequence[Activity], undoing: Batch) -> None:
    deltas = folds.no_deltas()
    pairs = [(old, queries.line_of(old)) for old in found]
    keeps = _unless_counted_anew(batch.unit, found)
    _write(batch.unit, pairs, undoing, deltas, by=undoing.by, at=undoing.at, keeps=keeps)
    folds.apply(batch.unit, deltas)


def _unless_counted_anew(unit: Unit, found: Sequence[Activity]) -> Keeps:
    """Keeps all evidence but entries of registers under which another line was written since: they stand for its figures."""
    words = {one.caption for line in found for one in line.evidence.all() if not _is_no_entry(one)}
    entries = Evidence.objects.filter(kind=Evidence.Kind.ENTRY, caption__in=words, activity__unit=unit)
    latest = entries.order_by().values("caption").annotate(line=Max("activity"))
    newest = {row["caption"]: row["line"] for row in latest}
    return lambda one: _is_no_entry(one) or newest[one.caption] == one.activity_id


def _is_no_entry(one: Evidence) -> bool:
    return one.kind != Evidence.Kind.ENTRY


def _undo_amendment(batch: Batch, found: Sequence[Activity], undoing: Batch) -> None:
    before = Activity.objects.filter(pk__in=[one.instead_of_id for one in found])
    originals = {one.pk: queries.line_of(one) for one in before.prefetch_related("measures")}
    pairs = [(new, originals[new.instead_of_id]) for new in found if new.instead_of_id is not None]
    _replace(batch.unit, pairs, undoing)


def _undo_evidence(batch: Batch, found: Sequence[Activity], undoing: Batch) -> None:
    pairs = [(old, queries.line_of(old)) for old in found]
    _replace(batch.unit, pairs, undoing, keeps=lambda one: one.batch_id != batch.pk)


def _undo_import(batch: Batch, found: Sequence[Activity], undoing: Batch) -> None:
    deltas = folds.no_deltas()
    _take_out(found, undoing, deltas)
    folds.apply(batch.unit, deltas)
    # The same file may be taken in again.
    Import.objects.filter(batch=batch).update(is_undone=True)


def _with_its_evidence(batch: Batch) -> QuerySet[Activity]:
    brought = Evidence.objects.filter(batch=batch).values("activity")
    return Activity.objects.filter(pk__in=brought, reversal=None)


# Which lines each deed still holds, and how they go back.
_UNDOING: Mapping[Batch.Deed, tuple[Callable[[Batch], QuerySet[Activity]], Undo]] = {
    Batch.Deed.REVERSE: (
        lambda batch: Activity.objects.filter(reversal__batch=batch, successors=None),
        _undo_reversals,
    ),
    Batch.Deed.AMEND: (lambda batch: batch.written.filter(reversal=None), _undo_amendment),
    Batch.Deed.EVIDENCE: (_with_its_evidence, _undo_evidence),
    Batch.Deed.IMPORT: (lambda batch: batch.written.filter(reversal=None), _undo_import),
}


# --- parts ----------------------------------------------------------------------------------------


def _with_parts(lines: QuerySet[Activity]) -> list[Activity]:
    return list(lines.order_by("pk").prefetch_related("measures", "evidence"))


def _counted(unit: Unit, lines: Iterable[int]) -> list[Activity]:
    """Those of the lines that are this unit's and count. Raises `Refused` for none, or for too many."""
    asked = set(lines)
    if len(asked) > MOST_LINES:
        raise Refused(
            _("Mỗi lần chọn tối đa %(most)s dòng. Hãy lọc hẹp lại rồi làm từng phần.") % {"most": MOST_LINES}
        )
    found = _with_parts(Activity.objects.filter(unit=unit, pk__in=asked, reversal=None))
    if not found:
        raise Refused(_("Chưa chọn dòng nào đang được tính. Hãy chọn ít nhất một dòng."))
    return found


def _begin(unit: Unit, deed: str, lines: int, *, note: str = "", by: Person | None, at: datetime) -> Batch:
    return Batch.objects.create(unit=unit, deed=deed, note=note, lines=lines, at=at, by=by)


def _done(batch: Batch, touched: Sequence[Activity]) -> Batch:
    audit(
        by=batch.by,
        at=batch.at,
        action=f"batch.{batch.deed}",
        target=batch,
        unit=batch.unit,
        detail={
            "lines": [one.pk for one in touched[:MOST_LINES]],
            "count": len(touched),
            **({"undoes": batch.undoes_id} if batch.undoes_id else {}),
            **({"reason": batch.note} if batch.note else {}),
        },
    )
    return batch


def _take_out(found: Sequence[Activity], batch: Batch, deltas: folds.Deltas) -> None:
    Reversal.objects.bulk_create(
        Reversal(activity=one, reason=batch.note, batch=batch, at=batch.at, by=batch.by) for one in found
    )
    for one in found:
        evidenced = bool(one.evidence.all())
        folds.add_line(deltas, queries.line_of(one), one.line_hash, evidenced=evidenced, times=-1)


def _replace(
    unit: Unit,
    pairs: Sequence[tuple[Activity, Line]],
    batch: Batch,
    *,
    keeps: Keeps = lambda _one: True,
) -> None:
    """Reverse each line and write what shall stand instead of it, in one fold."""
    deltas = folds.no_deltas()
    _take_out([old for old, _line in pairs], batch, deltas)
    _write(unit, pairs, batch, deltas, by=batch.by, at=batch.at, keeps=keeps)
    folds.apply(unit, deltas)


def _write(
    unit: Unit,
    pairs: Sequence[tuple[Activity, Line]],
    batch: Batch | None,
    deltas: folds.Deltas,
    *,
    by: Person | None,
    at: datetime,
    keeps: Keeps = lambda _one: True,
) -> list[Activity]:
    """Write each line under an identity of its own with the evidence it keeps of the one it stands for, and fold it in."""
    lines = [replace(line, uid=uuid4()) for _old, line in pairs]
    # In the meantime another channel may have counted the same article.
    queries.check_counted_once(unit, lines)
    olds = [old for old, _line in pairs]
    written = write_lines(unit, lines, by=by, at=at, batch=batch, instead_of=olds)
    carried = []
    for new, old, line in zip(written, olds, lines, strict=True):
        kept = [one for one in old.evidence.all() if keeps(one)]
        carried += [_carried(one, new) for one in kept]
        folds.add_line(deltas, line, new.line_hash, evidenced=bool(kept))
    Evidence.objects.bulk_create(carried)
    return written


def _carried(one: Evidence, to: Activity) -> Evidence:
    """The same evidence beside another line: it was brought when it was brought, by whom it was."""
    return Evidence(
        activity=to,
        kind=one.kind,
        blob_id=one.blob_id,
        url=one.url,
        caption=one.caption,
        batch_id=one.batch_id,
        added_at=one.added_at,
        added_by_id=one.added_by_id,
    )
