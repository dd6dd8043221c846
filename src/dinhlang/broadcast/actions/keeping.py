"""Looking after the air logs: all of each gone through once a day, and how far it held."""

from __future__ import annotations

from datetime import datetime, timedelta

from dinhlang.broadcast import queries
from dinhlang.broadcast.models import AirLogCheckpoint, AirLogHead
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Unit

_EVERY = timedelta(hours=23)


@kept_in_vietnamese
def check_logs(*, at: datetime) -> int:
    """Go through each log that was not gone through today; how many. For the worker's clock."""
    known = set(AirLogCheckpoint.objects.filter(checked_at__gt=at - _EVERY).values_list("unit_id", flat=True))
    units = Unit.objects.filter(pk__in=AirLogHead.objects.values("unit")).exclude(pk__in=known)
    done = 0
    for unit in units.order_by("pk"):
        check_log(unit=unit, at=at)
        done += 1
    return done


def check_log(*, unit: Unit, at: datetime) -> AirLogCheckpoint:
    """Go through all of a unit's log and note how far it held; what broke since is noted in the audit, once."""
    before = AirLogCheckpoint.objects.filter(unit=unit).first()
    # Read first: what is written meanwhile is looked at from here on.
    head = queries.head_of(unit)
    broken = queries.check_whole(unit)
    holds = {"count": head.count, "last_hash": head.last_hash} if broken is None else {}
    checked, _is_new = AirLogCheckpoint.objects.update_or_create(
        unit=unit,
        defaults={
            "checked_at": at,
            "wrong_number": broken.number if broken else None,
            "wrong_reason": broken.reason[:200] if broken else "",
            **holds,
        },
    )
    if broken is not None and (before is None or before.wrong_number != broken.number):
        detail = {"number": broken.number, "reason": broken.reason}
        audit(by=None, at=at, action="air.log-broken", target=unit, unit=unit, detail=detail)
    return checked
