"""Who is invited: people of the unit, and people by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.models import TrainingCall, TrainingClass, TrainingGuest
from dinhlang.citizens.training import queries
from dinhlang.citizens.training.actions.noting import held, noted, running
from dinhlang.citizens.training.rules.calls import ABOUT_CALLING_OFF, ABOUT_INVITATION, NOTE_LENGTH, Answer
from dinhlang.citizens.training.rules.classes import MOST_GUESTS, Group, NotNow, State, check_running
from dinhlang.citizens.training.rules.guests import Named
from dinhlang.org.models import Person
from dinhlang.org.rules import Unfit
from dinhlang.vietnamese.text import one_line


@dataclass(frozen=True, slots=True)
class Invited:
    """How many were added, and how many of the list were there already."""

    added: int
    known: int


@transaction.atomic
def invite_people(
    *, training: TrainingClass, people: Collection[int], by: Person | None, at: datetime
) -> Invited:
    """Add people who hold a post in the unit; who holds none is left out. Raises `NotNow`, `org.permissions.NotAllowed`."""
    training = running(training, by=by, at=at)
    chosen = [one for one in queries.candidates(training, localdate(at)) if one.person.pk in people]
    rows = [
        TrainingGuest(group=one.group, person=one.person, name=one.person.full_name, place=one.place)
        for one in chosen
    ]
    _add(training, rows)
    noted(training, "training.guests", by=by, at=at, count=len(rows))
    return Invited(len(rows), 0)


@transaction.atomic
def invite_named(
    *, training: TrainingClass, group: Group, people: Iterable[Named], by: Person | None, at: datetime
) -> Invited:
    """Add people by name; whoever stands in the list already, under the same name and place, is not added again.

    Raises `Unfit` for an empty list, `NotNow`, and `org.permissions.NotAllowed`.
    """
    training = running(training, by=by, at=at)
    listed = list(people)
    if not listed:
        raise Unfit(_("Chưa có ai trong danh sách. Ghi mỗi dòng một người."), "people")
    there = queries.keys_of(training)
    new = [one for one in listed if one.key not in there]
    _add(
        training,
        [
            TrainingGuest(group=group, name=one.name, place=one.place, phone=one.phone, mail=one.mail)
            for one in new
        ],
    )
    noted(training, "training.guests", by=by, at=at, count=len(new))
    return Invited(len(new), len(listed) - len(new))


def _add(training: TrainingClass, rows: list[TrainingGuest]) -> None:
    if training.guests.count() + len(rows) > MOST_GUESTS:
        raise NotNow(_("Một lớp nhiều nhất %s người. Chia thành nhiều lớp.") % MOST_GUESTS)
    last = training.guests.aggregate(last=Max("number"))["last"] or 0
    for number, row in enumerate(rows, last + 1):
        row.training, row.number = training, number
    TrainingGuest.objects.bulk_create(rows)


def next_number(training: TrainingClass) -> int:
    """The number of one guest more."""
    return int(training.guests.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def note_call(
    *,
    guest: TrainingGuest,
    answer: Answer,
    note: str = "",
    key: UUID | None = None,
    by: Person | None,
    at: datetime,
) -> TrainingCall:
    """Write down that somebody was called, and what they said: about the invitation, or that the class is called off.

    The same form (`key`) sent twice is one call.

    Raises `NotNow` where there is nothing to call about, `Unfit` for a long note, and `org.permissions.NotAllowed`.
    """
    training = held(guest.training, by=by, at=at)
    there = guest.calls.filter(key=key).first() if key is not None else None
    if there is not None:
        return there
    is_off = training.state is State.CANCELLED
    if not is_off:
        check_running(training.state)
    if training.invited_at is None:
        raise NotNow(_("Lớp chưa gửi giấy mời nên chưa gọi ai. Gửi giấy mời trước."))
    row = training.guests.filter(pk=guest.pk, is_unannounced=False).first()
    if row is None:
        raise NotNow(_("Người này không có trong danh sách mời. Tải lại trang để xem danh sách."))
    if answer not in (ABOUT_CALLING_OFF if is_off else ABOUT_INVITATION):
        raise NotNow(_("Câu trả lời không hợp với lớp lúc này. Tải lại trang rồi ghi lại."))
    said = one_line(note)
    if len(said) > NOTE_LENGTH:
        raise Unfit(_("Phần nói thêm dài quá %s chữ. Ghi ngắn lại.") % NOTE_LENGTH, "note")
    made = TrainingCall.objects.create(
        guest=row, is_off=is_off, answer=answer, note=said, key=key, at=at, by=by
    )
    noted(training, "training.call", by=by, at=at, guest=row.number, answer=str(answer))
    return made


@transaction.atomic
def remove_guest(*, guest: TrainingGuest, by: Person | None, at: datetime) -> None:
    """Take somebody off the list. Raises `NotNow` for one who came, and `org.permissions.NotAllowed`."""
    training = running(guest.training, by=by, at=at)
    row = training.guests.get(pk=guest.pk)
    if row.attended_at is not None:
        raise NotNow(_("Người này đã điểm danh có mặt. Bỏ dấu có mặt trước, rồi xóa khỏi danh sách."))
    row.delete()
    noted(training, "training.guest-off", by=by, at=at)


@transaction.atomic
def export_guests(*, training: TrainingClass, form: str, rows: int, by: Person | None, at: datetime) -> None:
    """Note that a table with names and telephones leaves. Raises `org.permissions.NotAllowed`."""
    noted(held(training, by=by, at=at), "training.guests-export", by=by, at=at, rows=rows, form=form)
