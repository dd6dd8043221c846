"""What the count of guidance tells the ledger: one line for each day, when the day is over."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.onestop.actions.counting import Told, line_that_says
from dinhlang.onestop.guidance import queries
from dinhlang.onestop.models import GuidedDay
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused
from dinhlang.work.models import ActivityKind

_MOST_DAYS = 200
# What stands in the ledger is Vietnamese whoever acted.
_TITLE = "Hướng dẫn người dân làm thủ tục hành chính tại bộ phận một cửa ngày {day}"
_REASON = "Số lượt hướng dẫn của ngày này có thay đổi"


@transaction.atomic
def count_guided_day(unit: Unit, day: date, *, by: Person | None, at: datetime) -> GuidedDay:
    """Let the ledger say how many were helped on a day: one line, reversed and written anew when the count changed."""
    found, _made = GuidedDay.objects.select_for_update().get_or_create(unit=unit, day=day)
    told = Told(ActivityKind.GUIDANCE, _TITLE, _REASON, {"guidance": queries.people(unit, day, day)})
    found.line = line_that_says(told, found.line, unit=unit, day=day, by=by, at=at)
    found.is_due = False
    found.save()
    return found


def count_guided(*, at: datetime, most: int = _MOST_DAYS) -> int:
    """Count the days that changed and are over; how many. For the worker."""
    done = 0
    waiting = GuidedDay.objects.filter(is_due=True, day__lt=localdate(at)).select_related("unit")
    for one in waiting[:most]:
        try:
            count_guided_day(one.unit, one.day, by=None, at=at)
        except Refused:
            # A unit that is no more: the day stays marked, the others go on.
            continue
        done += 1
    return done
