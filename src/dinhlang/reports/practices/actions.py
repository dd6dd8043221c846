"""What can happen to a good model or a commendation."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.models import Person
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission, Unfit
from dinhlang.reports.models import Practice, PracticeStep
from dinhlang.reports.practices import rules
from dinhlang.reports.practices.rules import CannotMark, Deed, State
from dinhlang.vietnamese.text import one_line
from dinhlang.work.models import Activity


@dataclass(frozen=True, slots=True)
class Words:
    """What an officer says of a notable activity."""

    kind: str
    title: str
    why: str
    effect: str = ""
    credited: str = ""

    def checked(self) -> Words:
        """The same on single lines. Raises `Unfit` without a title or a reason."""
        said = {name: one_line(text) for name, text in asdict(self).items()}
        if not said["title"]:
            raise Unfit(_("Chưa ghi tên mô hình hoặc việc đề nghị khen."), "title")
        if len(said["why"]) < rules.SHORTEST_REASON:
            raise Unfit(_("Chưa ghi vì sao đáng chú ý. Một, hai câu là đủ."), "why")
        return Words(**said)


@transaction.atomic
def mark(*, activity: Activity, words: Words, by: Person | None, at: datetime) -> Practice:
    """Mark a line of the ledger as notable. Raises `CannotMark` for a reversed line or one that is marked already,
    `Unfit`, `NotAllowed`."""
    check_can(by, Permission.PRACTICE_MARK, activity.unit, localdate(at))
    words = words.checked()
    if hasattr(activity, "reversal"):
        raise CannotMark(_("Dòng sổ này đã hủy ghi nên không đánh dấu được."))
    # Two who mark at once: the second waits here and is told.
    Activity.objects.select_for_update(no_key=True, of=("self",)).get(pk=activity.pk)
    if activity.practices.filter(kind=words.kind).exclude(state=State.DROPPED).exists():
        raise CannotMark(_("Dòng sổ này đã được đánh dấu rồi. Mở mục đó trong danh sách để sửa."))
    made = Practice.objects.create(
        unit=activity.unit,
        activity=activity,
        happened_on=activity.happened_on,
        marked_at=at,
        **asdict(words),
    )
    _step(made, Deed.MARK, "", by, at)
    return made


@transaction.atomic
def edit(*, practice: Practice, words: Words, by: Person | None, at: datetime) -> None:
    """Change what is said while nobody was asked yet. Raises `rules.WrongMove`, `Unfit`, `NotAllowed`."""
    practice = _held(practice)
    check_can(by, Permission.PRACTICE_MARK, practice.unit, localdate(at))
    if practice.state != State.MARKED:
        raise rules.WrongMove(_("Mục này đã đề xuất nên không sửa được. Rút đề xuất trước khi sửa."))
    said = asdict(words.checked())
    Practice.objects.filter(pk=practice.pk).update(**said)
    _step(practice, Deed.EDIT, "", by, at)


@transaction.atomic
def propose(*, practice: Practice, decider: str, by: Person | None, at: datetime) -> None:
    """Ask the unit's leader, or the level above, to decide. Raises `rules.WrongMove`, `CannotMark`, `NotAllowed`."""
    if hasattr(practice.activity, "reversal"):
        raise CannotMark(_("Dòng sổ đứng sau đã hủy ghi nên không đề xuất được. Bỏ đánh dấu mục này."))
    _move(practice, Deed.PROPOSE, "", by, at, decider=rules.Decider(decider))


@transaction.atomic
def recognise(*, practice: Practice, decision: str, on: date, by: Person | None, at: datetime) -> None:
    """Recognise what was proposed, with the decision's number where there is one. Raises as `propose`."""
    if on > localdate(at):
        raise Unfit(_("Ngày quyết định chưa tới. Chọn ngày không sau hôm nay."), "decided_on")
    _move(practice, Deed.RECOGNISE, "", by, at, decided_on=on, decision=one_line(decision)[:80])


@transaction.atomic
def refuse(*, practice: Practice, note: str, by: Person | None, at: datetime) -> None:
    """Refuse with a reason. Raises as `propose`."""
    _move(practice, Deed.REFUSE, note, by, at, decided_on=localdate(at))


@transaction.atomic
def undo(*, practice: Practice, note: str, by: Person | None, at: datetime) -> None:
    """Take a decision back, so that it waits for one again. Raises as `propose`."""
    _move(practice, Deed.UNDO, note, by, at, decided_on=None, decision="")


@transaction.atomic
def take_back(*, practice: Practice, by: Person | None, at: datetime) -> None:
    """Take the proposal back. Raises as `propose`."""
    _move(practice, Deed.TAKE_BACK, "", by, at)


@transaction.atomic
def publish(*, practice: Practice, by: Person | None, at: datetime) -> None:
    """Open it to all. Raises as `propose`."""
    _move(practice, Deed.PUBLISH, "", by, at)


@transaction.atomic
def withdraw(*, practice: Practice, note: str, by: Person | None, at: datetime) -> None:
    """Take it down, with a reason. Raises as `propose`."""
    _move(practice, Deed.WITHDRAW, note, by, at)


@transaction.atomic
def drop(*, practice: Practice, by: Person | None, at: datetime) -> None:
    """Take the mark away. Raises as `propose`."""
    _move(practice, Deed.DROP, "", by, at)


def _held(practice: Practice) -> Practice:
    found: Practice = (
        Practice.objects.select_for_update(of=("self",))
        .select_related("unit", "activity")
        .get(pk=practice.pk)
    )
    return found


def _move(practice: Practice, deed: Deed, note: str, by: Person | None, at: datetime, **changed: Any) -> None:
    practice = _held(practice)
    check_can(by, rules.permission_of(deed, practice.decider), practice.unit, localdate(at))
    after = rules.check_move(deed, practice.state)
    note = rules.reason_for(deed, note)
    for name, value in {"state": after, **changed}.items():
        setattr(practice, name, value)
    practice.save(update_fields=["state", *changed])
    _step(practice, deed, note, by, at)


def _step(practice: Practice, deed: Deed, note: str, by: Person | None, at: datetime) -> None:
    PracticeStep.objects.create(practice=practice, deed=deed, note=note, at=at, by=by)
    audit(
        by=by,
        at=at,
        action=rules.audited(deed),
        target=practice,
        unit=practice.unit,
        detail={"title": practice.title, **({"reason": note} if note else {})},
    )
