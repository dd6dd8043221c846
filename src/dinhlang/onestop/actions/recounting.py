"""Open days counted again when a new notice of days off was loaded; closed ones never (regulation of days, 11.3)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.onestop import queries
from dinhlang.onestop.actions.moving import BadClock, counted_due, locked, note_days
from dinhlang.onestop.models import Dossier, YearFigures
from dinhlang.onestop.rules import journey
from dinhlang.onestop.rules.states import OPEN
from dinhlang.org.actions import audit
from dinhlang.periods import calendar

_MOST = 500


def recount_open(*, at: datetime, most: int = _MOST) -> int:
    """Count the days of open dossiers again that rest on another calendar; how many days changed. For the worker."""
    version = calendar.default().version[:80]
    changed = 0
    waiting = Dossier.objects.filter(state__in=OPEN).exclude(calendar=version).exclude(calendar="")
    for pk in waiting.order_by("pk").values_list("pk", flat=True)[:most]:
        changed += _recount(Dossier(pk=pk), version, at)
    return changed


@transaction.atomic
def _recount(which: Dossier, version: str, at: datetime) -> int:
    dossier = locked(which)
    if dossier.state not in OPEN:
        return 0
    try:
        counted = counted_due(dossier, journey.standing(queries.journey_of(queries.steps_of(dossier))))
    except BadClock:
        return 0
    before = dossier.due_at
    dossier.due_at, dossier.first_due_at = counted.due_at, counted.first_due_at
    dossier.calendar, dossier.is_provisional = version, counted.provisional
    dossier.save(update_fields=["due_at", "first_due_at", "calendar", "is_provisional"])
    if before == dossier.due_at:
        return 0
    if dossier.received_at is not None:
        YearFigures.mark(dossier.unit, localdate(dossier.received_at))
    note_days(dossier, (), [(before, dossier.due_at)], localdate(at))
    audit(by=None, at=at, action="dossier.recount", target=dossier, unit=dossier.unit)
    return 1
