"""Putting what a decision does into the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission, printed_day
from dinhlang.procedures import queries, rules, signals
from dinhlang.procedures.models import Decision, Event, Intake, Procedure, Version
from dinhlang.procedures.rules import CannotChangeProcedure, Change, DecisionGiven, EventKind, Sheet
from dinhlang.procedures.rules.sheet import Channel
from dinhlang.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class Applied:
    """What a set of changes did: the events written, and the codes whose sheet was already the same."""

    events: tuple[Event, ...]
    unchanged: tuple[str, ...]


@transaction.atomic
def apply_changes(
    *,
    unit: Unit,
    changes: Sequence[Change],
    decision: DecisionGiven | Decision | None = None,
    intake: Intake | None = None,
    by: Person | None,
    at: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> Applied:
    """Write changes of a body's catalogue: new versions, ends of old ones, an event each. All of it or nothing.

    `progress` is told (done, of how many). A sheet that says what the procedure says already writes nothing. Raises `rules.CannotChangeProcedure` naming the
    code, `rules.BadCode` and `org.permissions.NotAllowed`.
    """
    on = localdate(at)
    check_can(by, Permission.PROCEDURES_EDIT, unit, on)
    lock(unit)
    stored = decision if isinstance(decision, Decision) else _stored(unit, decision, at)
    signed_on = stored.signed_on if stored else None
    changes = [_with_short_code(change) for change in changes]
    _check_each_code_once(changes)
    there = _procedures(unit, changes, at)
    newest = _newest_versions(there.values())
    _take_over(unit, on, changes, there, newest, at)
    written: list[Event] = []
    unchanged: list[str] = []
    for done, change in enumerate(changes):
        if progress is not None and done % 100 == 0:
            progress(done, len(changes))
        procedure = there[change.code]
        before = newest.get(procedure.pk)
        if _says_the_same(change, before):
            unchanged.append(change.code)
            continue
        day, is_default = rules.effective(change.effective_on, signed_on, on)
        rules.check_days(day, signed_on, on)
        version = _apply(change, procedure, before, day, intake, at)
        event = Event(
            procedure=procedure,
            decision=stored,
            kind=change.kind,
            effective_on=day,
            is_default_day=is_default,
            version=version,
            replaced_by=there.get(change.replaced_by) if change.replaced_by else None,
            source_act=change.source_act[:500],
            at=at,
            by=by,
        )
        written.append(event)
    Event.objects.bulk_create(written)
    if progress is not None:
        progress(len(changes), len(changes))
    _tell(unit, {event.procedure.code for event in written})
    if written:
        audit(
            by=by,
            at=at,
            action="procedures.change",
            target=stored or unit,
            unit=unit,
            detail={"rows": len(written), "number": stored.number if stored else ""},
        )
    return Applied(tuple(written), tuple(unchanged))


def _with_short_code(change: Change) -> Change:
    short = rules.short_code(change.code)
    after = rules.short_code(change.replaced_by) if change.replaced_by else ""
    return Change(
        code=short,
        kind=change.kind,
        sheet=change.sheet,
        effective_on=change.effective_on,
        replaced_by=after,
        source_act=change.source_act,
        since_ever=change.since_ever,
    )


def _check_each_code_once(changes: Iterable[Change]) -> None:
    seen: set[str] = set()
    for change in changes:
        if change.code in seen:
            raise CannotChangeProcedure(
                _("Mã %(code)s có hai dòng trong cùng một lần ghi. Hãy bỏ một dòng.") % {"code": change.code}
            )
        seen.add(change.code)


def _stored(unit: Unit, given: DecisionGiven | None, at: datetime) -> Decision | None:
    if given is None or not given.number:
        return None
    found, _made = Decision.objects.get_or_create(
        unit=unit,
        number=given.number[:60],
        signed_on=given.signed_on,
        defaults={"issuer": given.issuer[:200], "subject": given.subject[:1000], "added_at": at},
    )
    return found


def _procedures(unit: Unit, changes: Iterable[Change], at: datetime) -> dict[str, Procedure]:
    """The body's own rows for the codes, made where they are missing."""
    codes = {one for change in changes for one in (change.code, change.replaced_by) if one}
    there = {one.code: one for one in Procedure.objects.filter(unit=unit)}
    new = [Procedure(unit=unit, code=code, added_at=at) for code in sorted(codes - there.keys())]
    for one in Procedure.objects.bulk_create(new):
        there[one.code] = one
    return {code: there[code] for code in codes}


def _newest_versions(procedures: Iterable[Procedure]) -> dict[int, Version]:
    ids = [one.pk for one in procedures]
    found: dict[int, Version] = {}
    for start in range(0, len(ids), 500):
        for version in Version.objects.filter(procedure__in=ids[start : start + 500]).order_by("number"):
            found[version.procedure_id] = version
    return found


def _take_over(
    unit: Unit,
    on: date,
    changes: Iterable[Change],
    there: dict[str, Procedure],
    newest: dict[int, Version],
    at: datetime,
) -> None:
    """Begin the body's own history of a code with what it showed of a body above it, so that nothing is hidden.

    Its own row hides that of the province; without this an amendment of next month would leave today empty.
    """
    bare = [one.code for one in changes if there[one.code].pk not in newest]
    if not bare:
        return
    for code, version in queries.inherited_versions(unit, on, bare).items():
        procedure = there[code]
        newest[procedure.pk] = Version.objects.create(
            procedure=procedure,
            number=1,
            starts_on=version.starts_on,
            added_at=at,
            **columns_of(code, rules.from_json(version.sheet)),
        )


def _says_the_same(change: Change, before: Version | None) -> bool:
    """Whether nothing changes: the open version says it already, or the procedure has ended already."""
    if change.kind is EventKind.ABOLISH:
        return before is not None and before.ends_on is not None
    return (
        before is not None
        and before.ends_on is None
        and change.sheet is not None
        and rules.from_json(before.sheet) == change.sheet
    )


def _apply(
    change: Change,
    procedure: Procedure,
    before: Version | None,
    day: date,
    intake: Intake | None,
    at: datetime,
) -> Version | None:
    if change.kind is EventKind.ABOLISH:
        if before is None:
            raise CannotChangeProcedure(
                _("Mã %(code)s chưa có trong danh mục nên không bãi bỏ được. Hãy kiểm tra lại mã.")
                % {"code": change.code}
            )
        _end(before, day)
        return before
    if change.sheet is None or not change.sheet.name:
        raise CannotChangeProcedure(
            _("Mã %(code)s chưa có tên thủ tục. Hãy bổ sung rồi ghi lại.") % {"code": change.code}
        )
    if before is not None and before.ends_on is None:
        _end(before, day)
    elif before is not None and before.ends_on is not None and day < before.ends_on:
        raise CannotChangeProcedure(
            _("Mã %(code)s đã bãi bỏ từ ngày %(day)s; nội dung mới chỉ có thể bắt đầu từ ngày đó trở đi.")
            % {"code": change.code, "day": printed_day(before.ends_on)}
        )
    return Version.objects.create(
        procedure=procedure,
        number=before.number + 1 if before else 1,
        starts_on=None if change.since_ever and before is None else day,
        intake=intake,
        added_at=at,
        **columns_of(change.code, change.sheet),
    )


def _end(version: Version, day: date) -> None:
    if version.starts_on is not None and day < version.starts_on:
        raise CannotChangeProcedure(
            _(
                "Mã %(code)s: bản đang có bắt đầu từ ngày %(start)s, sau ngày %(day)s của thay đổi này. "
                "Hãy ghi các quyết định theo thứ tự thời gian."
            )
            % {
                "code": version.procedure.code,
                "start": printed_day(version.starts_on),
                "day": printed_day(day),
            }
        )
    version.ends_on = day
    version.save(update_fields=["ends_on"])


def columns_of(code: str, sheet: Sheet) -> dict[str, object]:
    """What a version repeats of its sheet, for lists and search."""
    channels = {one.channel for one in sheet.methods}
    online = (
        Version.Online.FULL
        if Channel.ONLINE_FULL in channels
        else Version.Online.PART
        if Channel.ONLINE_PART in channels
        else Version.Online.SOME
        if Channel.ONLINE in channels
        else Version.Online.NONE
    )
    return {
        "name": sheet.name[:2000],
        "field": sheet.field[:250],
        "levels": f",{','.join(sorted(sheet.levels))}," if sheet.levels else "",
        "online": online,
        "sheet": rules.to_json(sheet),
        "folded": fold(f"{code} {sheet.name} {sheet.field} {sheet.keywords}"),
    }


def _tell(unit: Unit, codes: Iterable[str]) -> None:
    told = frozenset(codes)
    if told:
        transaction.on_commit(partial(signals.changed.send, sender=None, unit=unit, codes=told))
