"""Lists leave the system as files: personal data by few, and nothing without a trace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import permissions, queries
from dinhlang.org.actions.audit import audit
from dinhlang.org.models import AuditEntry, Person, Unit
from dinhlang.org.rules import Permission


@transaction.atomic
def export_people(*, unit: Unit, rows: int, form: str, by: Person | None, at: datetime) -> AuditEntry:
    """Note that the list of a unit's people leaves the system as a file. Raises `permissions.NotAllowed`."""
    permissions.check_can(by, Permission.PEOPLE_MANAGE, unit, localdate(at))
    detail = {"rows": rows, "form": form}
    return audit(by=by, at=at, action="people.export", target=unit, unit=unit, detail=detail)


@transaction.atomic
def export_audit(*, unit: Unit | None, rows: int, form: str, by: Person | None, at: datetime) -> AuditEntry:
    """Note that the audit of a unit, or for the operator of all, leaves the system as a file.

    Raises `permissions.NotAllowed`.
    """
    if unit is not None:
        permissions.check_can(by, Permission.AUDIT_READ, unit, localdate(at))
    elif by is not None:
        raise permissions.NotAllowed("Chỉ người vận hành hệ thống xuất được nhật ký của mọi đơn vị.")
    detail = {"rows": rows, "form": form}
    return audit(
        by=by, at=at, action="audit.export", target=unit or "org.auditentry", unit=unit, detail=detail
    )


@transaction.atomic
def export_list(*, action: str, rows: Mapping[str, int], form: str, by: Person | None, at: datetime) -> None:
    """Note for each unit how many lines of a list that anyone who sees the unit may read leave as a file.

    `action` is what the audit calls it, `rows` the lines by unit. Raises `permissions.NotAllowed`.
    """
    if by is not None:
        readable = queries.visible_units(by, localdate(at)).values_list("pk", flat=True)
        if not set(rows) <= set(readable):
            raise permissions.NotAllowed(_("Chỉ xuất được danh sách của đơn vị mình xem được."))
    for unit in Unit.objects.filter(pk__in=rows):
        audit(
            by=by,
            at=at,
            action=action,
            target=unit,
            unit=unit,
            detail={"rows": rows[unit.pk], "form": form},
        )
