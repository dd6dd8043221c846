"""What can happen with changes of units: looked through beforehand, applied, passed on when the day comes, undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions.audit import audit
from dinhlang.org.changes import dated, registry
from dinhlang.org.changes.looking_up import Meant, meant
from dinhlang.org.changes.permissions import check_may
from dinhlang.org.changes.record import Record, take_back
from dinhlang.org.changes.registry import Hand, Scope
from dinhlang.org.changes.rules import LABELS, Asked, Kind, from_json
from dinhlang.org.models import Person, Unit, UnitChange, UnitChangeStep
from dinhlang.org.rules import Refused, printed_day
from dinhlang.vietnamese.text import one_line

Deed = UnitChangeStep.Deed
_SHOWN_REASONS = 12


@dataclass(frozen=True, slots=True)
class Touched:
    """A line of the dry run: one thing that the change touches, whose it is, and what becomes of it."""

    key: str
    label: str
    unit_id: str
    unit: str
    name: str
    fate: str
    count: int


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a change would do. With `refusals` it cannot be applied; `warnings` are only to be thought of."""

    change: Meant
    rows: tuple[Touched, ...]
    refusals: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many things of each sort."""
        found: Counter[str] = Counter()
        for row in self.rows:
            found[row.key] += row.count
        return dict(found)


class _Over(Exception):
    """The dry run is over: everything it wrote is rolled back."""


def rehearse(*, asked: Sequence[Asked], by: Person | None, at: datetime) -> list[Rehearsal]:
    """Do the changes one after the other, as they would be done, and take everything back.

    Raises as `apply`, for the first that cannot even be read; what stands against one is in its `refusals`, and those after
    it are not looked at.
    """
    found: list[Rehearsal] = []
    try:
        with transaction.atomic():
            for one in asked:
                looked = _looked_through(one, by, at)
                found.append(looked)
                if looked.refusals:
                    break
                _apply(looked, by, at)
            raise _Over
    except _Over:
        return found


@transaction.atomic
def apply(*, asked: Sequence[Asked], by: Person | None, at: datetime) -> list[UnitChange]:
    """Apply changes, in this order: all of them, or none. From its day on each holds; what is open passes on that day.

    Raises `Refused` (`Unfit`, `queries.UnknownUnit`) with the reason, `NotAllowed`.
    """
    made = []
    for one in asked:
        looked = _looked_through(one, by, at)
        if looked.refusals:
            raise Refused(_together(looked.refusals))
        made.append(_apply(looked, by, at))
    return made


def _together(reasons: Sequence[str]) -> str:
    shown = " ".join(reasons[:_SHOWN_REASONS])
    more = len(reasons) - _SHOWN_REASONS
    return shown if more <= 0 else f"{shown} " + _("Và %(count)s điều nữa.") % {"count": more}


def _looked_through(asked: Asked, by: Person | None, at: datetime) -> Rehearsal:
    change = meant(asked)
    # Others who write in these units' ledgers, or change them, wait; what they did meanwhile is seen by looking again.
    list(Unit.objects.select_for_update(no_key=True).filter(pk__in=change.scope.ids).order_by("pk"))
    change = meant(asked)
    check_may(by, change, localdate(at))
    scope = change.scope
    things = registry.things()
    return Rehearsal(
        change,
        tuple(row for thing in things for row in _touched(thing, scope)),
        tuple(reason for thing in things for reason in thing.refuse(scope)),
        tuple(reason for thing in things for reason in thing.warn(scope)),
    )


def _touched(thing: registry.Thing, scope: Scope) -> Iterable[Touched]:
    for found in thing.find(scope):
        yield Touched(
            thing.key,
            str(thing.label),
            found.unit_id,
            capfirst(scope.names.get(found.unit_id, found.unit_id)),
            found.name,
            str(found.fate or thing.fate),
            found.count,
        )


def _apply(looked: Rehearsal, by: Person | None, at: datetime) -> UnitChange:
    meant_, scope = looked.change, looked.change.scope
    record = Record()
    dated.write(meant_, record)
    change = UnitChange.objects.create(
        kind=meant_.asked.kind,
        takes_effect_on=meant_.asked.on,
        legal_basis=meant_.asked.basis,
        asked=meant_.asked.as_json(),
        scope=scope.as_json(),
        touched=looked.counts,
        at=at,
        by=by,
    )
    UnitChangeStep.objects.create(change=change, deed=Deed.APPLY, rows=record.rows, at=at, by=by)
    if meant_.asked.on <= localdate(at):
        _pass_on(change, by, at)
    registry.changed(scope.ids | scope.heirs | scope.made)
    _leave_trace("unit.change", change, by, at)
    return change


def _leave_trace(action: str, change: UnitChange, by: Person | None, at: datetime) -> None:
    """An entry in the chain of each unit that changes. A unit that a change made may go with its undoing, and entries
    never do: what concerns it stands in the chain without a unit."""
    made: set[str] = set()
    for scope in UnitChange.objects.values_list("scope", flat=True):
        made.update(scope["made"])
    for unit in Unit.objects.filter(pk__in=change.asked["units"]).order_by("pk"):
        chain = None if unit.pk in made else unit
        audit(by=by, at=at, action=action, target=change, unit=chain, detail=_detail(change))


def _detail(change: UnitChange) -> dict[str, str]:
    return {
        "change": str(LABELS[Kind(change.kind)]),
        "on": change.takes_effect_on.isoformat(),
        "basis": change.legal_basis,
    }


def _pass_on(change: UnitChange, by: Person | None, at: datetime) -> None:
    record = Record()
    hand = Hand(Scope.from_json(change.scope), record, by, at)
    for thing in registry.things():
        if thing.pass_on is not None:
            thing.pass_on(hand)
    UnitChangeStep.objects.create(change=change, deed=Deed.PASS_ON, rows=record.rows, at=at, by=by)


def pass_on_due(*, at: datetime) -> int:
    """Pass on what is open for every applied change whose day has come; give how many. The worker does it every hour."""
    count = 0
    waiting = UnitChange.objects.filter(takes_effect_on__lte=localdate(at))
    waiting = waiting.exclude(steps__deed__in=(Deed.PASS_ON, Deed.UNDO)).order_by("pk")
    for change in waiting:
        with transaction.atomic():
            scope = Scope.from_json(change.scope)
            list(Unit.objects.select_for_update(no_key=True).filter(pk__in=scope.ids).order_by("pk"))
            if change.steps.filter(deed__in=(Deed.PASS_ON, Deed.UNDO)).exists():
                continue
            _pass_on(change, None, at)
            registry.changed(scope.ids | scope.heirs)
        count += 1
    return count


@transaction.atomic
def undo(*, change: UnitChange, reason: str, by: Person | None, at: datetime) -> UnitChangeStep:
    """Take a change back, with all it passed on. Raises `Refused`, naming everything that was built on it; `NotAllowed`."""
    reason = one_line(reason)[:300]
    if not reason:
        raise Refused(_("Ghi lý do hoàn tác."))
    scope = Scope.from_json(change.scope)
    ids = scope.ids | scope.heirs | scope.made
    list(Unit.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    steps = {step.deed: step for step in change.steps.all()}
    if Deed.UNDO in steps:
        raise Refused(_("Thay đổi này đã được hoàn tác."))
    _check_may_undo(by, change, scope, at)
    against = [*_later_changes(change, ids)]
    for thing in registry.things():
        against += thing.built(scope, change.at)
    if not against:
        for deed in (Deed.PASS_ON, Deed.APPLY):
            if deed in steps:
                against += take_back(steps[deed].rows, registry.copied_models())
    if against:
        raise Refused(
            _("Không hoàn tác được vì đã có việc làm tiếp trên thay đổi này: %(reasons)s.")
            % {"reasons": "; ".join(dict.fromkeys(against))}
        )
    step = UnitChangeStep.objects.create(change=change, deed=Deed.UNDO, reason=reason, at=at, by=by)
    registry.changed(ids)
    _leave_trace("unit.change-undo", change, by, at)
    return step


def _check_may_undo(by: Person | None, change: UnitChange, scope: Scope, at: datetime) -> None:
    if by is None:
        return
    units = tuple(Unit.objects.filter(pk__in=change.asked["units"]).order_by("pk"))
    check_may(by, Meant(from_json(change.asked), scope, units, None, {}, (), None), localdate(at))


def _later_changes(change: UnitChange, ids: set[str]) -> Iterable[str]:
    later = UnitChange.objects.filter(pk__gt=change.pk).exclude(steps__deed=Deed.UNDO).order_by("pk")
    for one in later:
        scope = Scope.from_json(one.scope)
        if ids & (scope.ids | scope.heirs | scope.made):
            yield _("thay đổi số %(number)s (%(kind)s từ %(day)s)") % {
                "number": one.pk,
                "kind": str(LABELS[Kind(one.kind)]).lower(),
                "day": printed_day(one.takes_effect_on),
            }
