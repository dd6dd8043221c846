"""Taking the ledger out of the system: it names people, so that it never leaves without a trace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.org.actions import audit
from dinhlang.org.models import AuditEntry, Person, Unit
from dinhlang.work import permissions


@transaction.atomic
def export_ledger(
    *, unit: Unit, asked: Mapping[str, str], form: str, by: Person | None, at: datetime
) -> AuditEntry:
    """Note that the lines of a unit that were asked for leave as a file. Raises `org.permissions.NotAllowed`."""
    permissions.check_can_read_ledger(by, unit, localdate(at))
    detail = {"form": form, "asked": dict(asked)}
    return audit(by=by, at=at, action="ledger.export", target=unit, unit=unit, detail=detail)
