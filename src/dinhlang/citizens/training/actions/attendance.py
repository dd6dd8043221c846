"""Who came: ticked in bulk, taken back, added at the door."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.models import TrainingClass, TrainingGuest
from dinhlang.citizens.training import queries
from dinhlang.citizens.training.actions.guests import next_number
from dinhlang.citizens.training.actions.noting import noted, running
from dinhlang.citizens.training.rules.classes import MOST_GUESTS, Group, NotNow
from dinhlang.citizens.training.rules.guests import Named
from dinhlang.org.models import Person
from dinhlang.org.rules import Unfit


@transaction.atomic
def tick(
    *,
    training: TrainingClass,
    shown: Collection[int],
    came: Collection[int],
    by: Person | None,
    at: datetime,
) -> tuple[int, int]:
    """Say of the guests that the page showed which ones came; gives how many were ticked and how many ticks were taken off.

    Of guests whom the page did not show nothing is said: two people may tick at once. Raises `NotNow` before the day, and
    `org.permissions.NotAllowed`.
    """
    training = running(training, by=by, at=at)
    _check_day(training, at)
    rows = {row.pk: row for row in training.guests.filter(pk__in=list(shown))}
    on = [pk for pk, row in rows.items() if pk in came and row.attended_at is None]
    off = [pk for pk, row in rows.items() if pk not in came and row.attended_at is not None]
    if on or off:
        _write(training, on, off, at)
        noted(training, "training.tick", by=by, at=at, on=len(on), off=len(off))
    return len(on), len(off)


@transaction.atomic
def undo_tick(*, training: TrainingClass, by: Person | None, at: datetime) -> None:
    """Take the last ticking back. Raises `NotNow` where there is none, and `org.permissions.NotAllowed`."""
    training = running(training, by=by, at=at)
    if not training.ticked:
        raise NotNow(_("Không còn lần điểm danh nào để hoàn tác."))
    on, off = training.ticked["off"], training.ticked["on"]
    _write(training, on, off, at)
    training.ticked = {}
    training.save(update_fields=["ticked"])
    noted(training, "training.tick-undone", by=by, at=at, on=len(on), off=len(off))


def _write(training: TrainingClass, on: list[int], off: list[int], at: datetime) -> None:
    training.guests.filter(pk__in=on).update(attended_at=at)
    training.guests.filter(pk__in=off).update(attended_at=None)
    training.ticked = {"on": on, "off": off}
    training.save(update_fields=["ticked"])


@transaction.atomic
def add_unannounced(
    *, training: TrainingClass, group: Group, named: Named, by: Person | None, at: datetime
) -> TrainingGuest:
    """Somebody came without an invitation; sent twice, they stand in the list once.

    Raises `Unfit` for somebody who was invited, `NotNow`, and `org.permissions.NotAllowed`.
    """
    training = running(training, by=by, at=at)
    _check_day(training, at)
    there = {one.named.key: one.row for one in queries.guests(training)}.get(named.key)
    if there is not None and there.is_unannounced:
        return there
    if there is not None:
        raise Unfit(_("Người này đã có trong danh sách. Đánh dấu có mặt ở dòng của người đó."), "name")
    if training.guests.count() >= MOST_GUESTS:
        raise NotNow(_("Một lớp nhiều nhất %s người. Chia thành nhiều lớp.") % MOST_GUESTS)
    made = TrainingGuest.objects.create(
        training=training,
        number=next_number(training),
        group=group,
        name=named.name,
        place=named.place,
        is_unannounced=True,
        attended_at=at,
    )
    noted(training, "training.unannounced", by=by, at=at)
    return made


def _check_day(training: TrainingClass, at: datetime) -> None:
    day = localdate(training.starts_at)
    if day > localdate(at):
        raise NotNow(_("Lớp ngày %s chưa tới nên chưa điểm danh.") % f"{day.day}/{day.month}/{day.year}")
