"""A run from the outside: a file comes in, the worker carries it on, it is left, it goes on after a cut."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.onestop import permissions
from dinhlang.onestop.imports import keeping, writing
from dinhlang.onestop.imports.actions.deciding import write_on
from dinhlang.onestop.imports.actions.reading import read_on
from dinhlang.onestop.imports.actions.running import (
    UNDER_WAY,
    WAITING,
    WrongState,
    enqueue,
    locked,
    tell,
)
from dinhlang.onestop.imports.actions.undoing import take_back_the_begun, undo_on
from dinhlang.onestop.imports.rows import Row
from dinhlang.onestop.models import (
    ImportRun,
    RunState,
)
from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused
from dinhlang.org.sealed import Unreadable
from dinhlang.vietnamese.text import one_line
from dinhlang.work import sheets
from dinhlang.work.sealed_files import FileLost

CUT_OFF_AFTER = timedelta(minutes=2)
MOST_ATTEMPTS = 3
KEPT_FOR = timedelta(days=7)


@transaction.atomic
def receive_file(*, unit: Unit, data: bytes, name: str, by: Person | None, at: datetime) -> ImportRun:
    """Take a file in; the worker reads it. Raises `Refused` for one that is too large or was taken in before, `NotAllowed`."""
    permissions.check_can_register(by, unit, localdate(at))
    name = one_line(name)[:255]
    if not data:
        raise Refused(_("Tệp trống. Hãy chọn lại tệp."))
    if len(data) > sheets.LARGEST_FILE:
        raise Refused(
            _("Tệp nặng %(size)s MB, tối đa %(most)s MB. Hãy xuất từng quý rồi nhập lần lượt.")
            % {"size": len(data) // 1048576, "most": sheets.LARGEST_FILE // 1048576}
        )
    digest = sha256(data).hexdigest()
    known = (
        ImportRun.objects.filter(unit=unit, sha256=digest, state__in=[*UNDER_WAY, *WAITING, RunState.DONE])
        .order_by("-received_at")
        .first()
    )
    if known is not None:
        raise Refused(
            _("Tệp này đã đưa vào ngày %(day)s (%(state)s). Không có gì thay đổi.")
            % {"day": f"{localdate(known.received_at):%d/%m/%Y}", "state": known.get_state_display().lower()}
        )
    run = ImportRun.objects.create(
        unit=unit,
        key=uuid4(),
        name=name,
        sha256=digest,
        kept_as=keeping.FILES.keep(data),
        as_of=localdate(at),
        received_at=at,
        received_by=by,
        moved_at=at,
    )
    audit(by=by, at=at, action="dossier.import-file", target=run, unit=unit, detail={"sha256": digest})
    enqueue(run)
    return run


def carry_on(*, pk: int, at: datetime) -> ImportRun | None:
    """Do what a run waits for; gives it, or `None` when it waits for nobody or for a person. Nothing is raised for a bad file."""
    run = ImportRun.objects.select_related("unit", "confirmed_by").filter(pk=pk).first()
    if run is None or run.state not in UNDER_WAY:
        return None
    if run.state == RunState.WRITING:
        try:
            every = [Row.of_json(one) for one in keeping.read_rows(run.kept_as)]
        except (FileLost, Unreadable):
            _rows_lost(run, at)
            return run
        desk = writing.Desk(run.unit, run.as_of)
        while write_on(run, every, desk):
            pass
        return run
    if run.state == RunState.UNDOING:
        while undo_on(run):
            pass
        return run
    try:
        read_on(run, at)
    except Refused as reason:
        _refuse(run, str(reason))
    except FileLost:
        _refuse(run, _("Tệp không còn trên máy chủ. Hãy chọn lại tệp."))
    return run


def _rows_lost(run: ImportRun, at: datetime) -> None:
    """What is to be written is not there, as after a restore of the database alone. A folder may come back: it is tried again
    (`resume_imports`), then what was written is taken back."""
    if run.attempts + 1 < MOST_ATTEMPTS:
        tell(run, attempts=run.attempts + 1)
        return
    take_back_the_begun(
        run=run,
        why=_(
            "Tệp đang nhập dở không còn trên máy chủ (thường gặp sau khi khôi phục từ bản sao lưu). Những hồ sơ đã ghi dở được rút lại, sổ trở về như trước khi nhập. Hãy chọn lại tệp để nhập từ đầu."
        ),
        at=at,
    )


def _refuse(run: ImportRun, why: str) -> None:
    tell(run, state=RunState.REFUSED, told=why)
    keeping.erase(run.kept_as)


@transaction.atomic
def drop(*, run: ImportRun, by: Person | None, at: datetime) -> None:
    """Leave a file that nothing was written of. Raises `WrongState`, `NotAllowed`."""
    run = locked(run)
    permissions.check_can_register(by, run.unit, localdate(at))
    if run.state not in (RunState.RECEIVED, RunState.COMPARING, *WAITING):
        raise WrongState(_("Tệp này đang ở bước khác. Hãy tải lại trang."))
    run.state, run.moved_at = RunState.DROPPED, at
    run.save(update_fields=["state", "moved_at"])
    run.findings.all().delete()
    audit(by=by, at=at, action="dossier.import-drop", target=run, unit=run.unit)
    transaction.on_commit(lambda: keeping.erase(run.kept_as))


def resume_imports(*, at: datetime) -> int:
    """Begin again what lost its process, leave what nobody came back to; how many go on. For the worker."""
    again = 0
    for run in ImportRun.objects.filter(state__in=UNDER_WAY, moved_at__lt=at - CUT_OFF_AFTER):
        if run.state in (RunState.RECEIVED, RunState.COMPARING) and run.attempts >= MOST_ATTEMPTS:
            _refuse(
                run,
                _("Máy không đọc xong tệp sau %(count)s lần. Hãy xuất ít hồ sơ hơn.")
                % {"count": run.attempts},
            )
            continue
        ImportRun.objects.filter(pk=run.pk, state=run.state).update(moved_at=at)
        enqueue(run)
        again += 1
    for run in ImportRun.objects.filter(state__in=WAITING, moved_at__lt=at - KEPT_FOR).select_related("unit"):
        drop(run=run, by=None, at=at)
    wanted = ImportRun.objects.filter(state__in=[*UNDER_WAY, *WAITING])
    # One that is just being taken in lies there before its row does.
    keeping.sweep(set(wanted.values_list("kept_as", flat=True)), before=at - KEPT_FOR)
    return again
