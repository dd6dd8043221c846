"""What a person decides of a file that was compared, and writing it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.onestop import permissions
from dinhlang.onestop.imports import keeping, register, writing
from dinhlang.onestop.imports.actions import running
from dinhlang.onestop.imports.actions.running import (
    WrongState,
    enqueue,
    locked,
)
from dinhlang.onestop.imports.rows import Row
from dinhlang.onestop.models import (
    Finding,
    FindingKind,
    ImportRun,
    RunState,
)
from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.org.sealed import Unreadable
from dinhlang.work.sealed_files import FileLost


@transaction.atomic
def decide(
    *, run: ImportRun, kind: str, decision: str, finding: int | None = None, by: Person | None, at: datetime
) -> int:
    """Say of one contradiction, or of all of a kind, whether the file or the register holds; how many. Of two rows of one dossier
    one at most is taken. Raises `Refused`, `NotAllowed`."""
    run = locked(run)
    permissions.check_can_register(by, run.unit, localdate(at))
    if run.state != RunState.SHOWN:
        raise WrongState(_("Tệp này đang ở bước khác. Hãy tải lại trang."))
    if kind not in (FindingKind.CONTRADICTS, FindingKind.TWICE) or decision not in Finding.Decision.values:
        raise Refused(_("Chọn một giá trị trong danh sách."))
    found = run.findings.filter(kind=kind)
    if finding is not None:
        found = found.filter(pk=finding)
    elif kind == FindingKind.TWICE and decision == Finding.Decision.FILE:
        raise Refused(_("Hai dòng trái nhau thì chọn từng dòng một."))
    if kind == FindingKind.TWICE and decision == Finding.Decision.FILE:
        for key in found.values_list("code_key", flat=True):
            run.findings.filter(kind=kind, code_key=key).update(decision=Finding.Decision.OURS)
    done = found.update(decision=decision)
    audit(
        by=by,
        at=at,
        action="dossier.import-decide",
        target=run,
        unit=run.unit,
        detail={"kind": str(kind), "decision": str(decision), "count": done},
    )
    return int(done)


@transaction.atomic
def confirm(*, run: ImportRun, by: Person | None, at: datetime) -> None:
    """Let what was shown be written. Raises `Refused`, `NotAllowed`."""
    run = locked(run)
    permissions.check_can_register(by, run.unit, localdate(at))
    if run.state != RunState.SHOWN:
        raise WrongState(_("Tệp này đang ở bước khác. Hãy tải lại trang."))
    chosen = run.findings.filter(kind=FindingKind.TWICE, decision=Finding.Decision.FILE)
    extra = [one.told["row"] for one in chosen.order_by("row", "pk")]
    if extra:
        try:
            keeping.keep_rows(run.kept_as, [*keeping.read_rows(run.kept_as), *extra])
        except (FileLost, Unreadable):
            raise Refused(_("Tệp không còn trên máy chủ. Hãy bỏ tệp này rồi chọn lại tệp.")) from None
    # Nothing is undecided once it is written: what nobody decided stays as the register has it, and is asked again next time.
    run.state, run.confirmed_at, run.confirmed_by, run.moved_at = RunState.WRITING, at, by, at
    run.done, run.total, run.attempts = 0, run.total + len(extra), 0
    run.counts = {**run.counts, "written": {}}
    run.before = register.snapshot(run.unit)
    run.save()
    audit(by=by, at=at, action="dossier.import", target=run, unit=run.unit, detail={"rows": run.total})
    # Names stand in the file, and what will be written is beside it.
    transaction.on_commit(lambda: keeping.erase(run.kept_as, but_rows=True))
    enqueue(run)


def write_on(run: ImportRun, every: list[Row], desk: writing.Desk) -> bool:
    """Write the next rows; whether there is more to do. Whoever was killed in between has written nothing of them."""
    with transaction.atomic():
        # As at the counter: the unit first, so that no code is given twice meanwhile.
        lock(run.unit_id)
        now = locked(run)
        if now.state != RunState.WRITING:
            return False
        some = every[now.done : now.done + running.CHUNK]
        if some:
            decided = dict(
                now.findings.filter(
                    kind=FindingKind.CONTRADICTS, code_key__in=[one.code.key for one in some]
                ).values_list("code_key", "decision")
            )
            counts = writing.write(now, some, decided, desk)
            written = now.counts["written"]
            for fate, count in counts.items():
                written[fate] = written.get(fate, 0) + count
            now.done += len(some)
            now.moved_at = timezone.now()
            now.save(update_fields=["counts", "done", "moved_at"])
            return True
        now.state, now.after, now.moved_at = RunState.DONE, register.snapshot(now.unit), timezone.now()
        now.save(update_fields=["state", "after", "moved_at"])
        audit(
            by=now.confirmed_by,
            at=now.moved_at,
            action="dossier.import-done",
            target=now,
            unit=now.unit,
            detail={"written": {str(fate): count for fate, count in now.counts["written"].items()}},
        )
    keeping.erase(run.kept_as)
    return False
