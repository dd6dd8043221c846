"""The list of reports leaves the system as a file: of units one may read, and never without a trace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import NotAllowed


@transaction.atomic
def export_reports(*, rows: Mapping[str, int], form: str, by: Person | None, at: datetime) -> None:
    """Note for each unit how many of its reports are exported. Raises `NotAllowed`."""
    units = Unit.objects.filter(pk__in=rows)
    if by is not None:
        readable = org.visible_units(by, localdate(at)).values_list("pk", flat=True)
        if not set(rows) <= set(readable):
            raise NotAllowed(_("Chỉ xuất được danh sách báo cáo của đơn vị mình xem được."))
    for unit in units:
        audit(
            by=by,
            at=at,
            action="report.export",
            target=unit,
            unit=unit,
            detail={"rows": rows[unit.pk], "form": form},
        )
