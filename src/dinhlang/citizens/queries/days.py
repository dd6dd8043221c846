"""What happened to cases on days, as the ledger counts it, and the cases behind a day's line."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.timezone import get_default_timezone

from dinhlang.citizens.models import Case, CaseEvent, Publication
from dinhlang.citizens.queries.cases import SEALED
from dinhlang.citizens.rules.kinds import Nature
from dinhlang.citizens.rules.states import Deed
from dinhlang.org.models import Unit

_NAMESPACE = uuid.UUID("6c1d7f2e-7a53-4d0b-9f4e-2a8f5f0c9b11")


@dataclass(frozen=True, slots=True)
class Happened:
    """Acceptances, first answers and first publications of some days."""

    accepted: QuerySet[CaseEvent]
    answered: QuerySet[Case]
    published: QuerySet[Publication]


def line_uid(unit_id: str, day: date) -> uuid.UUID:
    """The mark of the line of the ledger that holds a day of a unit."""
    return uuid.uuid5(_NAMESPACE, f"{unit_id} {day.isoformat()}")


def of_days(first: date, last: date) -> Happened:
    """What happened from one day to another, anywhere."""
    zone = get_default_timezone()
    window = (
        datetime.combine(first, time.min, tzinfo=zone),
        datetime.combine(last, time.min, tzinfo=zone) + timedelta(days=1, microseconds=-1),
    )
    return Happened(
        CaseEvent.objects.filter(deed=Deed.ACCEPT, at__range=window, case__nature=Nature.FEEDBACK),
        Case.objects.filter(answered_at__range=window, nature=Nature.FEEDBACK),
        Publication.objects.filter(first_published_at__range=window),
    )


def cases_of_day(unit: Unit, day: date) -> dict[str, list[Case]]:
    """The cases behind each figure of a day's line, without anybody's words."""
    found = of_days(day, day)
    rows = Case.objects.filter(unit=unit).defer(*SEALED).order_by("code")
    answered = rows.filter(pk__in=found.answered.values("pk"))
    return {
        "feedback": list(rows.filter(pk__in=found.accepted.values("case"))),
        "feedback_answered": list(answered),
        "feedback_on_time": list(answered.filter(answered_in_time=True)),
        "feedback_published": list(rows.filter(pk__in=found.published.values("case"))),
    }
