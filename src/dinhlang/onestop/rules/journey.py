"""The journey of a dossier: its steps, and what they add up to. A step that was reversed counts as if it had never been."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from dinhlang.onestop.rules import states
from dinhlang.onestop.rules.states import Deed, Delivery, Fee, State
from dinhlang.onestop.rules.told import Told
from dinhlang.org.rules import Refused
from dinhlang.periods.clock import Act, Event
from dinhlang.periods.clock.hours import in_vietnam

_FEE_DEEDS = frozenset({Deed.SET_FEE, Deed.PAY, Deed.WAIVE, Deed.REFUND})
_DELIVERY_DEEDS = frozenset({Deed.SEND, Deed.COME_BACK, Deed.GIVE})
_STOPS_THE_CLOCK = frozenset({Deed.ASK_PAPERS, Deed.PAUSE})
_STARTS_IT_AGAIN = frozenset({Deed.TAKE_PAPERS, Deed.RESUME})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done. `number` counts within the dossier; `reverses` is the number of a step that it takes back.

    `why` are words that may be told to the citizen under "Vì sao hẹn ngày này?"; `amount` is in đồng; `told` is what the
    province's system says, for a step that came with a file of it. `decided_by`, of a receipt, is the office that decides where that is
    another than those of the place and its term runs from when it has the dossier; `to`, of a handing over, who has it then.
    """

    number: int
    deed: Deed
    at: datetime
    why: str = ""
    new_on: date | None = None
    amount: int | None = None
    reverses: int | None = None
    told: Told | None = None
    decided_by: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the steps add up to. `due_told` is the day that the province's system gave, where a file said one; `decided_by` the office
    elsewhere that decides, `begun_at` when it got the dossier, as far as that is known; `asked_after_at` when papers were first asked for after receipt."""

    state: State = State.PRESENTED
    fee: Fee = Fee.FREE
    delivery: Delivery = Delivery.NOTHING
    received_at: datetime | None = None
    resolved_at: datetime | None = None
    given_at: datetime | None = None
    ended_at: datetime | None = None
    amount: int | None = None
    due_told: datetime | None = None
    asked_before: int = 0
    asked_after: int = 0
    asked_after_at: datetime | None = None
    decided_by: str = ""
    begun_at: datetime | None = None
    events: tuple[Event, ...] = ()

    @property
    def was_reappointed(self) -> bool:
        return any(one.act is Act.APOLOGISED for one in self.events)


def standing(steps: Iterable[Step]) -> Standing:
    """What the steps add up to, in their order. Raises `org.rules.moves.WrongMove` for a row of steps that cannot be.

    A receipt that was taken back leaves its number in the book: the dossier is cancelled, its receipt stays known.
    """
    known = list(steps)
    found = Standing()
    for one in counting(known):
        found = _after(found, one)
    by_number = {one.number: one for one in known}
    for one in known:
        taken_back = by_number.get(one.reverses) if one.reverses is not None else None
        if taken_back is None:
            continue
        if taken_back.deed is Deed.RECEIVE:
            found = replace(found, state=State.CANCELLED, received_at=taken_back.at, ended_at=one.at)
        elif taken_back.told is not None and (found.received_at is None or found.state is State.CANCELLED):
            received = taken_back.told.received_at
            found = replace(found, state=State.CANCELLED, received_at=received, ended_at=one.at)
    return found


def counting(steps: Iterable[Step]) -> list[Step]:
    """The steps that count: without those that were reversed, and without the reversals."""
    known = list(steps)
    gone = {one.reverses for one in known if one.reverses is not None}
    return [one for one in known if one.number not in gone and one.deed is not Deed.REVERSE]


def _after(now: Standing, step: Step) -> Standing:
    deed = step.deed
    if deed in (Deed.PRESENT, Deed.CORRECT):
        return now
    if step.told is not None:
        return _as_told(now, step, step.told)
    if deed in _FEE_DEEDS:
        amount = step.amount if deed is Deed.SET_FEE else now.amount
        return replace(now, fee=states.fee_after(now.fee, deed), amount=amount)
    if deed in _DELIVERY_DEEDS:
        given = step.at if deed is Deed.GIVE else None
        return replace(now, delivery=states.delivery_after(now.delivery, deed), given_at=given)
    return _of_the_business(now, step)


def _as_told(now: Standing, step: Step, told: Told) -> Standing:
    """What the province's system says holds, whatever the tables of the counter allow: it does not tell how it came to that."""
    events = now.events
    stood, stands = now.state in states.STANDING_STILL, told.state in states.STANDING_STILL
    if stood != stands:
        act = Act.PAUSED if stands else Act.RESUMED
        events = (*events, Event(act, step.at, anew=told.state is State.SUPPLEMENT))
    return replace(
        now,
        state=told.state,
        delivery=told.delivery,
        received_at=_finer(now.received_at, told.received_at),
        resolved_at=_finer(now.resolved_at, told.resolved_at),
        given_at=_finer(now.given_at, told.given_at),
        ended_at=_finer(now.ended_at, told.ended_at),
        due_told=told.due_at or now.due_told,
        events=events,
    )


def _finer(known: datetime | None, told: datetime | None) -> datetime | None:
    """What a file tells; the moment that was typed at the counter where both name the same day."""
    if known is not None and told is not None and in_vietnam(known).date() == in_vietnam(told).date():
        return known
    return told


def _of_the_business(now: Standing, step: Step) -> Standing:
    deed, was_received = step.deed, now.received_at is not None
    then = replace(now, state=states.after(now.state, deed))
    if deed is Deed.RECEIVE:
        return replace(then, received_at=step.at, decided_by=step.decided_by)
    if _is_there_now(now, step):
        then = replace(then, begun_at=step.at)
    if deed is Deed.ASK_PAPERS:
        then = replace(
            then,
            asked_before=now.asked_before + (not was_received),
            asked_after=now.asked_after + was_received,
            asked_after_at=now.asked_after_at or (step.at if was_received else None),
        )
    if was_received:
        then = replace(then, events=(*now.events, *_events(now, step)))
    if deed in (Deed.RESOLVE, Deed.STOP):
        then = replace(then, delivery=states.delivery_after(now.delivery, deed))
    if then.state is State.RESOLVED:
        then = replace(then, resolved_at=step.at)
    if then.state in states.ENDED:
        then = replace(then, ended_at=step.at)
    return then


def _is_there_now(now: Standing, step: Step) -> bool:
    """Whether the office elsewhere that decides gets the dossier with this step, for the first time."""
    is_to_decide = bool(now.decided_by) and step.to == now.decided_by
    return step.deed is Deed.HAND_OVER and is_to_decide and now.begun_at is None


def _events(now: Standing, step: Step) -> Iterable[Event]:
    """What a step does to the clock. A result that comes while the clock stands lets it go on at that moment.

    When papers are asked for, the whole term counts again from their coming (NĐ 61/2018/NĐ-CP, Điều 19, khoản 4; NĐ
    118/2025/NĐ-CP, Điều 19, khoản 5); after any other pause what was left.
    """
    why = "; ".join(
        line.strip(" .;") for line in step.why.splitlines() if line.strip(" .;")
    )  # told within a sentence
    if step.deed in _STOPS_THE_CLOCK:
        yield Event(Act.PAUSED, step.at, why, anew=step.deed is Deed.ASK_PAPERS)
    elif step.deed in _STARTS_IT_AGAIN or (step.deed is Deed.RESOLVE and now.state in states.STANDING_STILL):
        yield Event(Act.RESUMED, step.at, why)
    elif step.deed is Deed.APOLOGISE:
        yield Event(Act.APOLOGISED, step.at, why, step.new_on)
    elif _is_there_now(now, step):
        yield Event(Act.BEGUN, step.at)


class CannotReverse(Refused):
    """This step cannot be taken back; the message says why."""


def reversible(steps: Sequence[Step]) -> Step | None:
    """The step that can be taken back: the last that counts. `None` when there is none."""
    known = [one for one in counting(steps) if one.deed is not Deed.CORRECT]
    # What came with a file goes with the file: the import is undone as a whole.
    return known[-1] if known and known[-1].deed not in (Deed.PRESENT, Deed.IMPORT) else None


def check_reversible(steps: Sequence[Step], number: int) -> Step:
    """The step with this number. Raises `CannotReverse` when it is not the last that counts."""
    last = reversible(steps)
    if last is None:
        raise CannotReverse(_("Hồ sơ này chưa có bước nào để rút lại."))
    if last.number != number:
        raise CannotReverse(
            _("Chỉ rút lại được bước cuối cùng: %(deed)s. Rút lần lượt từ bước cuối.")
            % {"deed": last.deed.label}
        )
    return last
