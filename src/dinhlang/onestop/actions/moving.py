"""How a dossier goes on: one step more, under a lock, and what all steps add up to beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.onestop import queries
from dinhlang.onestop.models import Channel, CountedDay, Dossier, DossierStep, YearFigures
from dinhlang.onestop.rules import clock, intake, journey
from dinhlang.onestop.rules.clock import TermGiven
from dinhlang.onestop.rules.journey import Standing, Step
from dinhlang.onestop.rules.states import NOT_RECEIVED, STANDING_STILL, Deed, State
from dinhlang.org.actions import audit
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.periods.calendar import BadCount
from dinhlang.periods.clock import Appointment, BadTerm, WrongEvent
from dinhlang.periods.clock.hours import VIETNAM


class BadClock(Refused):
    """The day cannot be counted so; the message says why."""

    field = "new_on"


class FormUsedTwice(Refused):
    """The form was used for another act already."""


def locked(dossier: Dossier) -> Dossier:
    """The dossier as it stands now, kept for this transaction."""
    return (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("unit", "book", "held_by")
        .get(pk=dossier.pk)
    )


def done_before(dossier: Dossier, key: UUID, deed: Deed) -> DossierStep | None:
    """The step that this very form made already: whoever sends it again gets it again. Raises `FormUsedTwice`."""
    known: DossierStep | None = dossier.steps.filter(key=key).first()
    if known is not None and known.deed != deed:
        raise FormUsedTwice(_("Biểu mẫu này đã dùng cho việc khác. Hãy tải lại trang rồi làm lại."))
    return known


@transaction.atomic
def take_step(
    dossier: Dossier,
    deed: Deed,
    *,
    key: UUID,
    by: Person | None,
    at: datetime,
    recorded_at: datetime,
    reason: str = "",
    said: Mapping[str, Any] | None = None,
    reverses: DossierStep | None = None,
) -> DossierStep:
    """Add a step to a dossier that is locked, and bring what stands beside it up to date. Who may was asked before.

    Raises `org.rules.moves.WrongMove` where the tables know no such move, `BadClock`, `Unfit` for a moment that cannot be.
    """
    rows = queries.steps_of(dossier)
    steps = queries.journey_of(rows)
    intake.check_moment(at, recorded_at, after=_last_at(steps) if reverses is None else None)
    row = DossierStep(
        dossier=dossier,
        number=len(rows) + 1,
        key=key,
        deed=deed,
        at=at,
        recorded_at=recorded_at,
        by=by,
        reason=reason,
        said=dict(said or {}),
        reverses=reverses,
    )
    before = [dossier.received_at, dossier.resolved_at]
    # Whoever receives has laid down the moment already.
    stood = [None if deed is Deed.RECEIVE else dossier.received_at, dossier.ended_at, dossier.due_at]
    found = journey.standing([*steps, queries.as_step(row)])
    settle(dossier, found)
    row.state = found.state
    row.save()
    dossier.save()
    moments = [*before, dossier.received_at, dossier.resolved_at, dossier.ended_at]
    if known := [one for one in moments if one is not None]:
        YearFigures.mark(dossier.unit, localdate(min(known)))
    stands = [dossier.received_at, dossier.ended_at, dossier.due_at]
    note_days(dossier, moments, zip(stood, stands, strict=True), localdate(recorded_at))
    audit(
        by=by,
        at=recorded_at,
        action=f"dossier.{deed}",
        target=dossier,
        unit=dossier.unit,
        detail={"step": row.number},
    )
    return row


def _last_at(steps: list[Step]) -> datetime | None:
    return max((one.at for one in journey.counting(steps)), default=None)


def settle(dossier: Dossier, found: Standing) -> None:
    """Let what stands beside the steps say what they add up to. Raises `BadClock`."""
    dossier.state, dossier.fee_state, dossier.delivery_state = found.state, found.fee, found.delivery
    dossier.resolved_at, dossier.given_at, dossier.ended_at = (
        found.resolved_at,
        found.given_at,
        found.ended_at,
    )
    dossier.received_at = found.received_at
    dossier.fee_amount = found.amount
    if found.received_at is None:
        return
    if dossier.term_amount is None:
        _keep_the_day_told(dossier, found)
        return
    counted = counted_due(dossier, found)
    dossier.first_due_at, dossier.due_at = counted.first_due_at, counted.due_at
    dossier.calendar, dossier.is_provisional = counted.version[:80], counted.provisional
    apologies = [one.at for one in found.events if one.new_on is not None]
    dossier.apologised_at = apologies[-1] if apologies else None


def _keep_the_day_told(dossier: Dossier, found: Standing) -> None:
    """Of a dossier of the province's system the day is kept as given there; while the clock stands there is none, as with ours.

    An apology written at the counter promises its own day.
    """
    promised = [
        datetime.combine(one.new_on, time.max, VIETNAM) for one in found.events if one.new_on is not None
    ]
    due_at = max([*promised, *([found.due_told] if found.due_told else [])], default=None)
    dossier.first_due_at = found.due_told
    dossier.due_at = None if found.state in STANDING_STILL else due_at
    dossier.apologised_at = max((one.at for one in found.events if one.new_on is not None), default=None)


def counted_due(dossier: Dossier, found: Standing) -> Appointment:
    """By when the dossier is due and why. Raises `BadClock`."""
    given = term_of(dossier)
    if given is None or found.received_at is None:
        raise BadClock(_("Hồ sơ chưa có thời hạn nên chưa tính được ngày hẹn. Ghi thời hạn của thủ tục."))
    rules = queries.rules_on(dossier.unit, localdate(found.received_at))
    try:
        counted = clock.due(
            found,
            given,
            is_online=dossier.channel == Channel.ONLINE,
            hours=clock.hours_of(rules.hours if rules else []),
        )
    except (WrongEvent, BadTerm, BadCount) as reason:
        raise BadClock(str(reason)) from reason
    if counted is None:
        raise BadClock(_("Hồ sơ chưa được tiếp nhận nên chưa có ngày hẹn."))
    return counted


def term_of(dossier: Dossier) -> TermGiven | None:
    """The time it may take; `None` for one that was not received."""
    return queries.term_of(dossier)


def note_days(
    dossier: Dossier,
    moments: Iterable[datetime | None],
    moved: Iterable[tuple[datetime | None, datetime | None]],
    today: date,
) -> None:
    """Mark the days whose line in the ledger must say something else now.

    Those of the `moments`, and of the days counted already each at whose end the dossier was open, or late, by a moment that is
    another now: `moved` says from when to when.
    """
    if dossier.state in NOT_RECEIVED or (dossier.state == State.WITHDRAWN and dossier.received_at is None):
        return
    days = {localdate(one) for one in moments if one is not None}
    asked = Q(day__in=days)
    for before, after in moved:
        asked |= _between(before, after, today)
    counted = CountedDay.objects.filter(asked, unit=dossier.unit)
    # In their order, so that of two steps at once one waits for the other; also what is marked already, whose count may be under way.
    known = set(counted.select_for_update().order_by("day").values_list("day", flat=True))
    counted.update(is_due=True)
    for day in sorted(days - known):
        CountedDay.mark(dossier.unit, day)


def _between(before: datetime | None, after: datetime | None, today: date) -> Q:
    """The days over at whose end it matters that a moment was moved: from the earlier one until before the later one."""
    known = sorted(localdate(one) for one in (before, after) if one is not None)
    if not known or before == after:
        return Q(pk__in=())
    return Q(day__gte=known[0], day__lt=min([today, *known[1:]]))
