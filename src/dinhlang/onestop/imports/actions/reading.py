"""Reading a file, what its columns hold, and what becomes of its rows beside the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from time import monotonic

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.onestop import permissions
from dinhlang.onestop.imports import columns, comparing, keeping, register, rows, table
from dinhlang.onestop.imports.actions import running
from dinhlang.onestop.imports.actions.running import (
    WAITING,
    WrongState,
    enqueue,
    locked,
    move,
    tell,
)
from dinhlang.onestop.imports.columns import Column
from dinhlang.onestop.imports.comparing import Fate
from dinhlang.onestop.imports.days import Evidence, Order
from dinhlang.onestop.imports.rows import Row, Understanding
from dinhlang.onestop.imports.table import Table
from dinhlang.onestop.models import (
    Finding,
    FindingKind,
    ImportLayout,
    ImportRun,
    RunState,
)
from dinhlang.onestop.rules.states import State
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.work import sheets
from dinhlang.work.rules import plain

_EXAMPLES = 3
_TOLD_EVERY = 1.0


@kept_in_vietnamese
def read_on(run: ImportRun, at: datetime) -> None:
    """Read as far as a person is needed: to say what the columns hold, or to confirm what will be written."""
    tell(run, state=RunState.COMPARING, done=0, total=0, attempts=run.attempts + 1)
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
        move(run, RunState.ASKING, at)
        return
    if not the.rows:
        raise Refused(
            _("Tệp “%(name)s” có dòng tiêu đề nhưng không có hồ sơ nào. Không có gì để nhập.")
            % {"name": run.name}
        )
    _compare(
        run, the, Understanding({one: Order(said) for one, said in orders.items()}, states, run.as_of), at
    )


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
    run = locked(run)
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
    enqueue(run)


def _compare(run: ImportRun, the: Table, how: Understanding, at: datetime) -> None:
    say = _telling(run, len(the.rows))
    read: list[Row] = []
    found: list[Finding] = []
    for one in rows.read(the, how, say):
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
    for start in range(0, len(kept), running.CHUNK):
        _judge(run, kept[start : start + running.CHUNK], counts, found)
        say(start)
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
        move(run, RunState.SHOWN, at)


def _telling(run: ImportRun, total: int) -> Callable[[int], None]:
    heard = monotonic()

    def say(done: int) -> None:
        nonlocal heard
        if monotonic() - heard > _TOLD_EVERY:
            heard = monotonic()
            tell(run, done=done, total=total)

    return say


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
