"""What the support log tells the ledger: one line for each day, when the day is over."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from dinhlang.onestop.actions.counting import Told, count_waiting, tell
from dinhlang.onestop.models import SupportedDay
from dinhlang.onestop.support import queries
from dinhlang.org.models import Person, Unit
from dinhlang.work.models import ActivityKind, ReformField

# What stands in the ledger is Vietnamese whoever acted.
_TITLE = "Tổ công nghệ số cộng đồng hỗ trợ người dân sử dụng dịch vụ công trực tuyến ngày {day}"
_ENTRY = "Sổ hỗ trợ của tổ công nghệ số cộng đồng, ngày {day}"
_REASON = "Sổ hỗ trợ của ngày này có thay đổi"


@transaction.atomic
def count_supported_day(unit: Unit, day: date, *, by: Person | None, at: datetime) -> SupportedDay:
    """Let the ledger say how many were helped on a day: one line, reversed and written anew when the log changed."""

    def telling() -> Told:
        measures = {"supported": queries.people(unit, day, day)}
        return Told(ActivityKind.SUPPORT, _TITLE, _ENTRY, _REASON, measures, ReformField.DIGITAL)

    return tell(SupportedDay, telling, unit=unit, day=day, by=by, at=at)


def count_supported(*, at: datetime) -> int:
    """Count the days that changed and are over; how many. For the worker."""
    return count_waiting(SupportedDay, count_supported_day, at=at)
