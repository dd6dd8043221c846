"""What happens to a file of the province's system: received, read, understood, compared, written, undone.

Reading and writing are the worker's (`carry_on`); a run says how far it is and goes on from there whichever process was lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from time import monotonic
from uuid import uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.onestop import permissions, queries
from dinhlang.onestop.imports import columns, comparing, keeping, register, rows, table, writing
from dinhlang.onestop.imports.columns import Column
from dinhlang.onestop.imports.comparing import Fate
from dinhlang.onestop.imports.days import Evidence, Order
from dinhlang.onestop.imports.rows import Row, Understanding
from dinhlang.onestop.imports.table import Table
from dinhlang.onestop.models import (
    Dossier,
    DossierStep,
    Finding,
    FindingKind,
    ImportLayout,
    ImportRun,
    RunState,
)
from dinhlang.onestop.rules import journey
from dinhlang.onestop.rules.states import Deed, State
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused
from dinhlang.vietnamese.text import one_line
from dinhlang.work import sheets
from dinhlang.work.rules import plain
from dinhlang.work.sealed_files import FileLost

CHUNK = 500
UNDER_WAY = (RunState.RECEIVED, RunState.COMPARING, RunState.WRITING, RunState.UNDOING)
WAITING = (RunState.ASKING, RunState.SHOWN)
CUT_OFF_AFTER = timedelta(minutes=2)
MOST_ATTEMPTS = 3
KEPT_FOR = timedelta(days=7)
_EXAMPLES = 3
_TOLD_EVERY = 1.0


class WrongState(Refused):
    """The run has moved on; the message says to what."""


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
    _enqueue(run)
    return run


def _enqueue(run: ImportRun) -> None:
    def ask() -> None:
        from dinhlang.onestop import tasks

        tasks.carry_on.enqueue(run.pk)

    transaction.on_commit(ask)


def carry_on(*, pk: int, at: datetime) -> ImportRun | None:
    """Do what a run waits for; gives it, or `None` when it waits for nobody or for a person. Nothing is raised for a bad file."""
    run = ImportRun.objects.select_related("unit", "confirmed_by").filter(pk=pk).first()
    if run is None or run.state not in UNDER_WAY:
        return None
    if run.state == RunState.WRITING:
        every = [Row.of_json(one) for one in keeping.read_rows(run.kept_as)]
        desk = writing.Desk(run.unit, run.as_of)
        while _write_on(run, every, desk):
            pass
        return run
    if run.state == RunState.UNDOING:
        while _undo_on(run):
            pass
        return run
    try:
        _read(run, at)
    except Refused as reason:
        _refuse(run, str(reason))
    except FileLost:
        _refuse(run, _("Tệp không còn trên máy chủ. Hãy chọn lại tệp."))
    return run


def _refuse(run: ImportRun, why: str) -> None:
    _tell(run, state=RunState.REFUSED, told=why)
    keeping.erase(run.kept_as)


# --- reading ----------------------------------------------------------------------------------------


@kept_in_vietnamese
def _read(run: ImportRun, at: datetime) -> None:
    """Read as far as a person is needed: to say what the columns hold, or to confirm what will be written."""
    _tell(run, state=RunState.COMPARING, done=0, total=0, attempts=run.attempts + 1)
    book = sheets.read_workbook(keeping.FILES.read(run.kept_as), run.name, most_columns=table.MOST_COLUMNS)
    saved: dict[str, ImportLayout | None] = {}

    def meanings_of(fingerprint: str) -> Mapping[str, str] | None:
        saved["now"] = ImportLayout.objects.filter(unit=run.unit, fingerprint=fingerprint).first()
        saved["fingerprint"] = fingerprint  # type: ignore[assignment]
        return saved["now"].meanings if saved["now"] is not None else None

    found = table.find(book, meanings_of, sheet=run.sheet)
    if found is None:
        raise Refused(
            _("Tệp “%(name)s” không có bảng hồ sơ nào. Hãy xuất danh sách hồ sơ từ hệ thống rồi nhập lại.")
            % {"name": run.name}
        )
    the, is_saved = found
    run.fingerprint = str(saved["fingerprint"])
    layout = saved["now"]
    evidence = rows.evidence(the)
    states = dict(layout.states) if layout else {}
    orders = _orders(evidence, layout.orders if layout else {})
    unknown = rows.unknown_states(the, states)
    lacking = columns.lacking([one.meaning for one in the.columns])
    if not run.found and the.exported_on is not None and the.exported_on <= localdate(at):
        run.as_of = the.exported_on
    run.sheet, run.meanings = the.sheet[:100], {str(one.number): one.meaning for one in the.columns}
    run.orders, run.states = orders, states
    run.found = _told_of(the, evidence, unknown, lacking)
    asked = [one for one, said in evidence.items() if said.is_asked and one not in orders]
    if lacking or asked or unknown or not is_saved:
        run.found["asked"] = asked
        _move(run, RunState.ASKING, at)
        return
    if not the.rows:
        raise Refused(
            _("Tệp “%(name)s” có dòng tiêu đề nhưng không có hồ sơ nào. Không có gì để nhập.")
            % {"name": run.name}
        )
    _compare(
        run, the, Understanding({one: Order(said) for one, said in orders.items()}, states, run.as_of), at
    )


def _tell(run: ImportRun, **changes: object) -> None:
    for name, value in changes.items():
        setattr(run, name, value)
    ImportRun.objects.filter(pk=run.pk, state__in=UNDER_WAY).update(**changes, moved_at=timezone.now())


def _move(run: ImportRun, state: RunState, at: datetime) -> None:
    """Wait for a person with what was read; nothing for a run that was left meanwhile."""
    with transaction.atomic():
        if _locked(run).state == RunState.COMPARING:
            run.state, run.moved_at = state, at
            run.save()


def _orders(evidence: Mapping[str, Evidence], saved: Mapping[str, str]) -> dict[str, str]:
    """The order of each column: what its rows prove, else what a person said; a proof of the contrary undoes that."""
    found = {}
    for meaning, said in evidence.items():
        if said.proven is not None:
            found[meaning] = str(said.proven)
        elif meaning in saved:
            found[meaning] = saved[meaning]
    return found


def _told_of(
    the: Table, evidence: Mapping[str, Evidence], unknown: Mapping[str, int], lacking: list[str]
) -> dict[str, object]:
    return {
        "sheets": the.sheets,
        "head": the.head,
        "columns": [
            {
                "number": one.number,
                "letters": one.letters,
                "heading": one.heading[:200],
                "examples": _examples(the, one),
            }
            for one in the.columns
            if one.heading or one.meaning
        ],
        "days": {
            meaning: {
                "order": str(said.proven or ""),
                "rows": said.rows,
                "by_code": not said.by_day,
                "unclear": said.unclear,
                "mixed": said.is_mixed,
                "is_asked": said.is_asked,
            }
            for meaning, said in evidence.items()
        },
        "unknown_states": dict(unknown),
        "lacking": lacking,
        "rows": len(the.rows),
        "repeated": the.repeated,
        "sums": the.sums,
        "notes": the.notes,
        "totals": the.totals,
        "exported_on": the.exported_on.isoformat() if the.exported_on else "",
    }


def _examples(the: Table, column: Column) -> list[str]:
    """A few cells of a column that is taken; of any other none is kept: names of people may stand there."""
    if column.meaning in ("", columns.PERSONAL):
        return []
    cells = (table.shown(row[column.number]) for _n, row, _f in the.rows[:20] if column.number < len(row))
    return list(dict.fromkeys(one[:40] for one in cells if one))[:_EXAMPLES]


# --- understanding ----------------------------------------------------------------------------------


@transaction.atomic
def confirm_columns(
    *,
    run: ImportRun,
    meanings: Mapping[str, str],
    orders: Mapping[str, str],
    states: Mapping[str, str],
    as_of: date,
    sheet: str,
    by: Person | None,
    at: datetime,
) -> None:
    """Say what the columns hold, for this file and all with the same headings; it is read again. Raises `Refused`, `NotAllowed`."""
    run = _locked(run)
    permissions.check_can_register(by, run.unit, localdate(at))
    if run.state not in WAITING:
        raise WrongState(_("Tệp này đang ở bước khác. Hãy tải lại trang."))
    known = {
        one: said for one, said in meanings.items() if said in columns.MEANINGS or said == columns.PERSONAL
    }
    taken = [one for one in known.values() if one != columns.PERSONAL]
    if twice := next((one for one in taken if taken.count(one) > 1), None):
        raise Refused(
            _("Hai cột cùng được chọn là “%(what)s”. Mỗi thứ chỉ lấy ở một cột.")
            % {"what": columns.MEANINGS[twice]}
        )
    if as_of > localdate(at):
        raise Refused(_("Ngày của số liệu chưa đến. Ghi ngày xuất tệp."))
    if sheet == run.sheet:
        if lacking := columns.lacking(taken):
            raise Refused(
                _("Chưa chọn cột: %(what)s. Không có cột này thì không đối chiếu được.")
                % {"what": ", ".join(lacking)}
            )
        before = ImportLayout.objects.filter(unit=run.unit, fingerprint=run.fingerprint).first()
        ImportLayout.objects.update_or_create(
            unit=run.unit,
            fingerprint=run.fingerprint,
            defaults={
                "meanings": known,
                "orders": {one: said for one, said in orders.items() if said in list(Order)},
                "states": (before.states if before else {})
                | {plain(one): said for one, said in states.items() if said},
                "saved_at": at,
                "saved_by": by,
            },
        )
        audit(by=by, at=at, action="dossier.import-columns", target=run, unit=run.unit)
    run.findings.all().delete()
    run.state, run.as_of, run.sheet, run.moved_at, run.attempts = RunState.RECEIVED, as_of, sheet, at, 0
    run.save()
    _enqueue(run)


def _locked(run: ImportRun) -> ImportRun:
    return (
        ImportRun.objects.select_for_update(of=("self",))
        .select_related("unit", "confirmed_by")
        .get(pk=run.pk)
    )


# --- comparing --------------------------------------------------------------------------------------


def _compare(run: ImportRun, the: Table, how: Understanding, at: datetime) -> None:
    tell = _telling(run, len(the.rows))
    read: list[Row] = []
    found: list[Finding] = []
    for one in rows.read(the, how, tell):
        if isinstance(one, Row):
            read.append(one)
        else:
            number, code, why = one
            found.append(Finding(run=run, kind=FindingKind.UNREAD, row=number, code=code, why=why[:600]))
    once, doubtful = comparing.twice(read)
    counts = {
        "read": len(read),
        "unread": len(found),
        "doubled": len(read) - len(once) - sum(map(len, doubtful.values())),
    }
    for same in doubtful.values():
        found += [_twice(run, one, same) for one in same]
    kept = list(once.values())
    for start in range(0, len(kept), CHUNK):
        _judge(run, kept[start : start + CHUNK], counts, found)
        tell(start)
    came = [one.told.received_at for one in read if one.told is not None]
    if came:
        keys = {one.code.key for one in read}
        for dossier in register.missing(run.unit, localdate(min(came)), localdate(max(came)), keys):
            found.append(
                Finding(
                    run=run,
                    kind=FindingKind.MISSING,
                    code=dossier.code,
                    code_key=dossier.code_key,
                    dossier=dossier,
                    why=_("sổ ghi “%(state)s”") % {"state": State(dossier.state).label},
                )
            )
    counts |= {str(kind): sum(one.kind == kind for one in found) for kind in FindingKind}
    run.found["ours"] = _counted(kept)
    keeping.keep_rows(run.kept_as, [one.as_json() for one in kept])
    with transaction.atomic():
        run.findings.all().delete()
        Finding.objects.bulk_create(found, batch_size=500)
        run.counts, run.done, run.total = counts, 0, len(kept)
        _move(run, RunState.SHOWN, at)


def _telling(run: ImportRun, total: int) -> Callable[[int], None]:
    heard = monotonic()

    def tell(done: int) -> None:
        nonlocal heard
        if monotonic() - heard > _TOLD_EVERY:
            heard = monotonic()
            _tell(run, done=done, total=total)

    return tell


def _twice(run: ImportRun, row: Row, same: list[Row]) -> Finding:
    others = ", ".join(str(one.number) for one in same if one is not row)
    said = row.told.state.label if row.told is not None else _("chưa tiếp nhận")
    return Finding(
        run=run,
        kind=FindingKind.TWICE,
        row=row.number,
        code=str(row.code),
        code_key=row.code.key,
        told={"row": row.as_json()},
        why=_("dòng này ghi “%(state)s”; dòng %(rows)s ghi khác") % {"state": said, "rows": others},
    )


def _judge(run: ImportRun, some: list[Row], counts: dict[str, int], found: list[Finding]) -> None:
    known = register.held(run.unit, [one.code.key for one in some])
    for row in some:
        there = known.get(row.code.key)
        verdict = comparing.judge(row, there.known if there else None)
        counts[verdict.fate] = counts.get(verdict.fate, 0) + 1
        if there is None or row.told is None:
            continue
        about = {
            "run": run,
            "row": row.number,
            "code": str(row.code),
            "code_key": row.code.key,
            "dossier": there.dossier,
            "told": row.told.as_json(),
        }
        if verdict.fate is Fate.CONTRADICTS:
            found.append(Finding(kind=FindingKind.CONTRADICTS, why="; ".join(verdict.differs)[:600], **about))
        elif verdict.fate in (Fate.SAME, Fate.NEWER) and (why := comparing.other_due(row.told, there.known)):
            found.append(Finding(kind=FindingKind.DUE, why=why[:600], **about))


def _counted(kept: list[Row]) -> dict[str, int]:
    """What we count of the file by the names of the system's own sums."""
    found = dict.fromkeys(("all", "solved", "early", "on_the_day", "late", "open"), 0)
    for row in kept:
        told = row.told
        if told is None:
            continue
        found["all"] += 1
        if told.state is State.RESOLVED and told.resolved_at is not None:
            found["solved"] += 1
            if told.due_at is not None:
                same_day = localdate(told.resolved_at) == localdate(told.due_at)
                is_late = told.resolved_at > told.due_at
                found["late" if is_late else "on_the_day" if same_day else "early"] += 1
        elif told.ended_at is None:
            found["open"] += 1
    return found


# --- deciding and writing ---------------------------------------------------------------------------


@transaction.atomic
def decide(
    *, run: ImportRun, kind: str, decision: str, finding: int | None = None, by: Person | None, at: datetime
) -> int:
    """Say of one contradiction, or of all of a kind, whether the file or the register holds; how many. Of two rows of one dossier
    one at most is taken. Raises `Refused`, `NotAllowed`."""
    run = _locked(run)
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
    run = _locked(run)
    permissions.check_can_register(by, run.unit, localdate(at))
    if run.state != RunState.SHOWN:
        raise WrongState(_("Tệp này đang ở bước khác. Hãy tải lại trang."))
    chosen = run.findings.filter(kind=FindingKind.TWICE, decision=Finding.Decision.FILE)
    extra = [one.told["row"] for one in chosen.order_by("row", "pk")]
    if extra:
        keeping.keep_rows(run.kept_as, [*keeping.read_rows(run.kept_as), *extra])
    # Nothing is undecided once it is written: what nobody decided stays as the register has it, and is asked again next time.
    run.state, run.confirmed_at, run.confirmed_by, run.moved_at = RunState.WRITING, at, by, at
    run.done, run.total = 0, run.total + len(extra)
    run.counts = {**run.counts, "written": {}}
    run.before = register.snapshot(run.unit)
    run.save()
    audit(by=by, at=at, action="dossier.import", target=run, unit=run.unit, detail={"rows": run.total})
    # Names stand in the file, and what will be written is beside it.
    transaction.on_commit(lambda: keeping.erase(run.kept_as, but_rows=True))
    _enqueue(run)


def _write_on(run: ImportRun, every: list[Row], desk: writing.Desk) -> bool:
    """Write the next rows; whether there is more to do. Whoever was killed in between has written nothing of them."""
    with transaction.atomic():
        # As at the counter: the unit first, so that no code is given twice meanwhile.
        Unit.objects.select_for_update(no_key=True).get(pk=run.unit_id)
        now = _locked(run)
        if now.state != RunState.WRITING:
            return False
        some = every[now.done : now.done + CHUNK]
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


# --- undoing ----------------------------------------------------------------------------------------


@transaction.atomic
def undo(*, run: ImportRun, by: Person | None, at: datetime) -> None:
    """Take back what a run wrote, by further steps; only while nothing was built on it. Raises `Refused`, `NotAllowed`."""
    run = _locked(run)
    permissions.check_can_register(by, run.unit, localdate(at))
    if run.state != RunState.DONE:
        raise WrongState(_("Chỉ hoàn tác được lần nhập đã xong. Hãy tải lại trang."))
    if built := _built_on(run):
        raise Refused(
            _(
                "%(count)s hồ sơ đã có bước ghi sau lần nhập này, ví dụ %(code)s. Hoàn tác lần nhập sau, rút bước ghi sau trước."
            )
            % {"count": len(built), "code": built[0]}
        )
    # Who takes it back signs the steps that do; the audit keeps who confirmed it.
    run.state, run.confirmed_by, run.moved_at, run.done = RunState.UNDOING, by, at, 0
    run.total = _steps(run).count()
    run.save()
    audit(by=by, at=at, action="dossier.import-undo", target=run, unit=run.unit, detail={"steps": run.total})
    _enqueue(run)


def _steps(run: ImportRun) -> QuerySet[DossierStep]:
    """What the run wrote and nobody took back yet."""
    return DossierStep.objects.filter(
        dossier__unit=run.unit,
        deed=Deed.IMPORT,
        recorded_at=run.written_at,
        said__import=run.pk,
        reversal=None,
    )


def _built_on(run: ImportRun) -> list[str]:
    """Codes of dossiers that have a step after this run's which counts."""
    later = DossierStep.objects.filter(
        dossier=OuterRef("dossier"), number__gt=OuterRef("number"), reversal=None
    ).exclude(deed__in=[Deed.REVERSE, Deed.CORRECT])
    found = _steps(run).filter(Exists(later)).order_by("pk")
    return list(found.values_list("dossier__code", flat=True))


def _undo_on(run: ImportRun) -> bool:
    """Take the next steps back; whether there is more to do."""
    with transaction.atomic():
        Unit.objects.select_for_update(no_key=True).get(pk=run.unit_id)
        now = _locked(run)
        if now.state != RunState.UNDOING:
            return False
        at = timezone.now()
        some = list(_steps(now).filter(pk__gt=now.counts.get("undone_to", 0)).order_by("pk")[:CHUNK])
        if some:
            _take_back(now, some, at)
            now.counts["undone_to"] = some[-1].pk
            now.done += len(some)
            now.moved_at = at
            now.save(update_fields=["counts", "done", "moved_at"])
            return True
        # What the file only confirmed is confirmed no more.
        Dossier.objects.filter(unit=now.unit, told_on=now.as_of).update(told_on=None)
        now.state, now.after, now.moved_at = RunState.UNDONE, register.snapshot(now.unit), at
        now.save(update_fields=["state", "after", "moved_at"])
    return False


def _take_back(run: ImportRun, some: list[DossierStep], at: datetime) -> None:
    dossiers = {
        one.pk: one
        for one in Dossier.objects.select_for_update(of=("self",)).filter(
            pk__in=[one.dossier_id for one in some]
        )
    }
    known: dict[int, list[DossierStep]] = {}
    for row in DossierStep.objects.filter(dossier__in=dossiers).select_related("reverses").order_by("number"):
        known.setdefault(row.dossier_id, []).append(row)
    days: set[date] = set()
    made = []
    for row in some:
        dossier, steps = dossiers[row.dossier_id], queries.journey_of(known[row.dossier_id])
        if journey.counting(steps)[-1].number != row.number:
            # Somebody typed a step while this ran: theirs stands, and so does what it stands on.
            continue
        days |= writing.days_of(dossier)
        made.append(writing.take_back(dossier, steps, row, at=at, run=run))
        days |= writing.days_of(dossier)
    Dossier.objects.bulk_update(list(dossiers.values()), writing.CHANGED, batch_size=200)
    DossierStep.objects.bulk_create(made)
    writing.mark_days(run.unit, days)


# --- leaving, and going on after a cut --------------------------------------------------------------


@transaction.atomic
def drop(*, run: ImportRun, by: Person | None, at: datetime) -> None:
    """Leave a file that nothing was written of. Raises `WrongState`, `NotAllowed`."""
    run = _locked(run)
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
        _enqueue(run)
        again += 1
    for run in ImportRun.objects.filter(state__in=WAITING, moved_at__lt=at - KEPT_FOR).select_related("unit"):
        drop(run=run, by=None, at=at)
    wanted = ImportRun.objects.filter(state__in=[*UNDER_WAY, *WAITING])
    # One that is just being taken in lies there before its row does.
    keeping.sweep(set(wanted.values_list("kept_as", flat=True)), before=at - KEPT_FOR)
    return again
