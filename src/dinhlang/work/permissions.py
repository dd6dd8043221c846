"""Who may do what here: by the positions of `org`, on the day of the act.

A person at the command line (`None`) is the operator of the installation and may.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import NotAllowed, can, check_can
from dinhlang.org.queries import visible_units
from dinhlang.org.rules import Permission
from dinhlang.work import rules
from dinhlang.work.models import Activity, Batch


def check_can_import_plan(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `org.permissions.NotAllowed` with the reason."""
    check_can(person, Permission.PLAN_IMPORT, unit, on)


def check_can_edit_plan(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `org.permissions.NotAllowed` with the reason."""
    check_can(person, Permission.PLAN_EDIT, unit, on)


def check_can_read_ledger(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `org.permissions.NotAllowed` with the reason."""
    if person is not None and not visible_units(person, on).filter(pk=unit.pk).exists():
        raise NotAllowed(_("Bạn không xem được sổ theo dõi của đơn vị này, nên không xuất được."))


def check_can_record(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `org.permissions.NotAllowed` with the reason. Whoever records may also bring evidence."""
    check_can(person, Permission.ACTIVITY_RECORD, unit, on)


def check_can_import_activities(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `org.permissions.NotAllowed` with the reason."""
    check_can(person, Permission.ACTIVITY_IMPORT, unit, on)


def check_can_reverse(person: Person | None, activity: Activity, on: date) -> None:
    """Raise `org.permissions.NotAllowed` with the reason."""
    check_can(person, Permission.ACTIVITY_REVERSE, activity.unit, on)


def check_can_undo(person: Person | None, activity: Activity, at: datetime) -> None:
    """Raise `org.permissions.NotAllowed` with the reason. A slip of one's own is undone by whoever may record."""
    if may_reverse(person, activity, localdate(at)):
        return
    check_can_record(person, activity.unit, localdate(at))
    if person is None or activity.recorded_by_id != person.pk:
        raise NotAllowed(
            _("Dòng này do người khác ghi. Hãy nhờ người đó hoặc công chức văn hóa – xã hội hủy ghi.")
        )
    if not rules.is_fresh(activity.recorded_at, at):
        raise NotAllowed(
            _(
                "Chỉ hoàn tác được trong %(minutes)s phút sau khi ghi. Hãy nhờ công chức văn hóa – xã hội hủy ghi."
            )
            % {"minutes": rules.UNDO_MINUTES}
        )


def can_undo(person: Person | None, activity: Activity, at: datetime) -> bool:
    try:
        check_can_undo(person, activity, at)
    except NotAllowed:
        return False
    return True


def may_reverse(person: Person | None, activity: Activity, on: date) -> bool:
    return can(person, Permission.ACTIVITY_REVERSE, activity.unit, on)


def check_can_reverse_in(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `org.permissions.NotAllowed` with the reason: what is done to many lines takes some of them out."""
    check_can(person, Permission.ACTIVITY_REVERSE, unit, on)


def check_can_undo_batch(person: Person | None, batch: Batch, at: datetime) -> None:
    """Raise `org.permissions.NotAllowed` with the reason. Whoever did it may undo it, and whoever may reverse."""
    if can(person, Permission.ACTIVITY_REVERSE, batch.unit, localdate(at)):
        return
    check_can_record(person, batch.unit, localdate(at))
    if person is None or batch.by_id != person.pk:
        raise NotAllowed(_("Việc này do người khác làm. Hãy nhờ người đó hoàn tác."))


def can_undo_batch(person: Person | None, batch: Batch, at: datetime) -> bool:
    return may_undo_batches_in(person, batch.unit, at)(batch)


def may_undo_batches_in(person: Person | None, unit: Unit, at: datetime) -> Callable[[Batch], bool]:
    """Which of the unit's batches the person may take back now, judged without asking the database for each."""
    on = localdate(at)
    may_all = can(person, Permission.ACTIVITY_REVERSE, unit, on)
    may_own = can(person, Permission.ACTIVITY_RECORD, unit, on)

    def may_undo(batch: Batch) -> bool:
        is_mine = person is not None and batch.by_id == person.pk
        is_open = rules.is_undoable(deed=batch.deed, done_at=batch.at, at=at)
        return is_open and not hasattr(batch, "undone_by") and (may_all or (may_own and is_mine))

    return may_undo
