"""What the count of guidance tells the ledger: one line for each day, when the day is over."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from dinhlang.onestop.actions.counting import Told, count_waiting, tell
from dinhlang.onestop.guidance import queries
from dinhlang.onestop.models import GuidedDay
from dinhlang.org.models import Person, Unit
from dinhlang.work.models import ActivityKind

# What stands in the ledger is Vietnamese whoever acted.
_TITLE = "Hướng dẫn người dân làm thủ tục hành chính tại bộ phận một cửa ngày {day}"
_ENTRY = "Sổ đếm lượt hướng dẫn, ngày {day}"
_REASON = "Số lượt hướng dẫn của ngày này có thay đổi"


@transaction.atomic
def count_guided_day(unit: Unit, day: date, *, by: Person | None, at: datetime) -> GuidedDay:
    """Let the ledger say how many were helped on a day: one line, reversed and written anew when the count changed."""
    return tell(
        GuidedDay,
        lambda: Told(
            ActivityKind.GUIDANCE, _TITLE, _ENTRY, _REASON, {"guidance": queries.people(unit, day, day)}
        ),
        unit=unit,
        day=day,
        by=by,
        at=at,
    )


def count_guided(*, at: datetime) -> int:
    """Count the days that changed and are over; how many. For the worker."""
    return count_waiting(GuidedDay, count_guided_day, at=at)
