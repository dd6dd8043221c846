"""Taking a file of procedures in, whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission, Refused, printed_day
from dinhlang.procedures import queries, reading
from dinhlang.procedures.actions.catalogue import apply_changes
from dinhlang.procedures.models import Decision, Intake
from dinhlang.procedures.rules import DecisionGiven
from dinhlang.work import blobs
from dinhlang.work.rules import clean

Progress = Callable[[int, int], None]


def import_procedures(
    *,
    unit: Unit,
    data: bytes,
    name: str,
    decision: DecisionGiven | None = None,
    effective_on: date | None = None,
    by: Person | None,
    at: datetime,
    progress: Progress | None = None,
) -> Intake:
    """Put every procedure of a file into the body's catalogue. All of it or nothing.

    `decision` and `effective_on` are what a person says where the file does not, or says it wrongly. The file is kept;
    what could not be understood of it is in `Intake.report`. `queries.preview` tells all of this before.

    Raises `Refused` when the file cannot be read, holds nothing new or was taken in before, and
    `org.permissions.NotAllowed`.
    """
    check_can(by, Permission.PROCEDURES_EDIT, unit, localdate(at))
    _check_is_new(unit, data, name)
    found = reading.read(data, name)
    if decision is not None or effective_on is not None:
        found = reading.Reading(
            found.records,
            decision or found.decision,
            effective_on or found.effective_on,
            found.left_out,
        )
    return _store(unit, data, name, found, by=by, at=at, progress=progress)


@transaction.atomic
def _store(
    unit: Unit,
    data: bytes,
    name: str,
    found: reading.Reading,
    *,
    by: Person | None,
    at: datetime,
    progress: Progress | None,
) -> Intake:
    lock(unit)
    _check_is_new(unit, data, name)
    preview = queries.preview(unit, found, localdate(at))
    changes = preview.changes
    if not changes:
        raise Refused(
            _("Mọi thủ tục của tệp “%(name)s” đã có trong danh mục. Không có gì để nhập.") % {"name": name}
        )
    blob = blobs.store(data, None, at)
    intake = Intake.objects.create(
        unit=unit, blob=blob, name=clean(name)[:255], report=preview.report(), at=at, by=by
    )
    apply_changes(
        unit=unit,
        changes=changes,
        decision=found.decision,
        intake=intake,
        by=by,
        at=at,
        progress=progress,
    )
    if found.decision is not None:
        Decision.objects.filter(
            unit=unit, number=found.decision.number, signed_on=found.decision.signed_on, blob=None
        ).update(blob=blob, blob_name=intake.name)
    audit(
        by=by,
        at=at,
        action="procedures.import",
        target=intake,
        unit=unit,
        detail={"file": intake.name, "rows": len(changes)},
    )
    return intake


def _check_is_new(unit: Unit, data: bytes, name: str) -> None:
    known = Intake.objects.filter(unit=unit, blob_id=hashlib.sha256(data).hexdigest()).first()
    if known is not None:
        raise Refused(
            _("Tệp “%(name)s” đã được nhập ngày %(day)s. Không nhập lại cùng một tệp.")
            % {"name": name, "day": printed_day(localdate(known.at))}
        )
