"""What the worker does with cases: closes what nobody came back to, and writes each day into the ledger."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens import queries
from dinhlang.citizens.actions.noting import locked, note
from dinhlang.citizens.models import Case
from dinhlang.citizens.rules.states import Deed, State
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Unit
from dinhlang.org.rules import printed_day
from dinhlang.work import actions as work
from dinhlang.work.models import Activity, ActivityKind, Basis
from dinhlang.work.rules import EntryEvidence

# A day is written into the ledger when it is over; so many days back are looked at, for a worker that stood still.
_DAYS_BACK = 31
_MOST_CLOSED = 500


def close_due(*, at: datetime) -> int:
    """Close answered cases that the sender neither rated nor had reopened in time; gives how many. For the worker."""
    done = 0
    waiting = Case.objects.filter(
        state__in=(State.ANSWERED, State.DISSATISFIED), last_answered_at__lt=at - timedelta(days=1)
    ).select_related("unit")
    days: dict[str, int] = {}
    for case in waiting.order_by("last_answered_at")[:_MOST_CLOSED]:
        if case.unit_id not in days:
            days[case.unit_id] = queries.terms_of(case.unit, localdate(at)).rate_days
        if case.last_answered_at is None:
            continue
        if (localdate(at) - localdate(case.last_answered_at)).days <= days[case.unit_id]:
            continue
        with transaction.atomic():
            held = locked(case)
            if held.state == case.state:
                note(held, Deed.CLOSE, by=None, at=at)
                done += 1
    return done


@kept_in_vietnamese
def record_days(*, at: datetime) -> int:
    """Write a line of the ledger for each finished day on which something happened, once; gives how many. For the worker.

    What is counted never changes afterwards: acceptances, first answers and publications as they happened.
    """
    today = localdate(at)
    done = 0
    for (unit_id, day), measures in sorted(
        _counted(today - timedelta(days=_DAYS_BACK), today - timedelta(days=1)).items()
    ):
        uid = queries.line_uid(unit_id, day)
        if Activity.objects.filter(uid=uid).exists():
            continue
        unit = Unit.objects.get(pk=unit_id)
        with transaction.atomic():
            line = work.record_consequence(
                unit=unit,
                kind=ActivityKind.ONESTOP,
                happened_on=day,
                title=_("Phản ánh, kiến nghị ngày %(day)s") % {"day": f"{day:%d/%m/%Y}"},
                measures=measures,
                evidence=[
                    EntryEvidence(_("Sổ phản ánh, kiến nghị, ngày %(day)s") % {"day": printed_day(day)})
                ],
                basis=Basis.SYSTEM,
                uid=uid,
                by=None,
                at=at,
            )
            audit(by=None, at=at, action="feedback.record", target=line, unit=unit)
        done += 1
    return done


def _counted(first: date, last: date) -> dict[tuple[str, date], dict[str, int]]:
    """The measures of each unit and day from one day until another."""
    found: dict[tuple[str, date], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    happened = queries.of_days(first, last)
    for unit_id, at in happened.accepted.values_list("case__unit", "at"):
        found[unit_id, localdate(at)]["feedback"] += 1
    for case in happened.answered.only("unit_id", "answered_at", "answered_in_time"):
        found[case.unit_id, localdate(case.answered_at)]["feedback_answered"] += 1
        found[case.unit_id, localdate(case.answered_at)]["feedback_on_time"] += bool(case.answered_in_time)
    for shown in happened.published.only("unit_id", "first_published_at"):
        found[shown.unit_id, localdate(shown.first_published_at)]["feedback_published"] += 1
    return {key: dict(measures) for key, measures in found.items()}
