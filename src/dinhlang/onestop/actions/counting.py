"""What the register tells the ledger: one line for each day of a unit, which follows the register and never runs ahead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol, TypeVar

from django.db import transaction
from django.db.models.functions import TruncDate
from django.utils.timezone import get_default_timezone, localdate, make_aware

from dinhlang.onestop import queries
from dinhlang.onestop.models import CountedDay, Dossier, ToldDay
from dinhlang.onestop.rules.states import OPEN
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused
from dinhlang.work import actions as work
from dinhlang.work.models import Activity, ActivityKind, Basis, ReformField, Reversal
from dinhlang.work.rules import EntryEvidence

_MOST = 200
Day = TypeVar("Day", bound=ToldDay)
# Documents and what stands in the ledger are Vietnamese whoever acted.
_TITLE = "Tiếp nhận, giải quyết hồ sơ tại bộ phận một cửa ngày {day}"
_ENTRY = "Sổ theo dõi hồ sơ, ngày {day}"
_REASON = "Sổ theo dõi hồ sơ có thay đổi về ngày này"


@transaction.atomic
def count_day(unit: Unit, day: date, *, by: Person | None, at: datetime) -> CountedDay:
    """Let the ledger say what the register says of a day: the same figures stay, others are reversed and written anew."""
    return tell(
        CountedDay,
        lambda: Told(
            ActivityKind.ONESTOP, _TITLE, _ENTRY, _REASON, dict(queries.figures(unit, day, day).measures())
        ),
        unit=unit,
        day=day,
        by=by,
        at=at,
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What the ledger should say of a day: the kind of its line, its title and its entry in the register with '{day}', why an
    older line goes, its counters."""

    kind: ActivityKind
    title: str
    entry: str
    reason: str
    measures: Mapping[str, int]
    field: ReformField = ReformField.PROCEDURES


def tell(
    days: type[Day], telling: Callable[[], Told], *, unit: Unit, day: date, by: Person | None, at: datetime
) -> Day:
    """Let the ledger say what `telling` finds of a day, once its row is held. For a transaction."""
    # The unit first, as whoever receives: each would wait for the other's row.
    lock(unit)
    found, _made = days._default_manager.select_for_update().get_or_create(unit=unit, day=day)
    found.line = _line_that_says(telling(), found.line, unit=unit, day=day, by=by, at=at)
    found.is_due = False
    found.save()
    return found


def _line_that_says(
    told: Told, line: Activity | None, *, unit: Unit, day: date, by: Person | None, at: datetime
) -> Activity | None:
    """The line that stands for the day: `line`, or what stands in its place, when it says the same, else a new one after it
    was reversed; none for nothing but zeros. For a transaction that holds the day's row."""
    stands = _standing(line)
    if stands is not None:
        said = {one.concept: one.value for one in stands.measures.all()}
        if said == dict(told.measures):
            return stands
        work.reverse_consequence(activity=stands, reason=told.reason, by=by, at=at)
    if not any(told.measures.values()):
        return None
    written = f"{day.day}/{day.month}/{day.year}"
    return work.record_consequence(
        unit=unit,
        kind=told.kind,
        happened_on=day,
        title=told.title.format(day=written),
        measures=told.measures,
        evidence=[EntryEvidence(told.entry.format(day=written))],
        basis=Basis.BOOK,
        reform_field=told.field,
        by=by,
        at=at,
    )


def _standing(line: Activity | None) -> Activity | None:
    """A line, or what somebody put in its place, under another task say; none where it was taken back."""
    while line is not None and Reversal.objects.filter(activity=line).exists():
        line = line.successors.order_by("pk").last()
    return line


def count_due(*, at: datetime, most: int = _MOST) -> int:
    """Count the days that changed and are over; how many. For the worker: a day's line is written when the day is over, so that
    it is not reversed with every dossier."""
    _mark_days_passed(localdate(at))
    return count_waiting(CountedDay, count_day, at=at, most=most)


class Counts(Protocol):
    """Lets the ledger say what is known of one day."""

    def __call__(self, unit: Unit, day: date, *, by: Person | None, at: datetime) -> object: ...


def count_waiting(
    days: type[ToldDay],
    count: Counts,
    *,
    at: datetime,
    most: int = _MOST,
) -> int:
    """Count the days that are marked and over; how many."""
    done = 0
    waiting = days._default_manager.filter(is_due=True, day__lt=localdate(at)).select_related("unit")
    for one in waiting[:most]:
        try:
            count(one.unit, one.day, by=None, at=at)
        except Refused:
            # A unit that is no more: the day stays marked, the others go on.
            continue
        done += 1
    return done


def _mark_days_passed(today: date) -> None:
    """A dossier that is open when its day ends is overdue from then on, though nobody did anything: that day is counted too."""
    due_on = TruncDate("due_at", tzinfo=get_default_timezone())
    passed = (
        Dossier.objects.filter(
            state__in=OPEN,
            received_at__isnull=False,
            due_at__lt=make_aware(datetime.combine(today, time.min)),
        )
        .annotate(due_on=due_on)
        .order_by()
        .values_list("unit", "due_on")
        .distinct()[:_MOST]
    )
    wanted = set(passed)
    if not wanted:
        return
    known = CountedDay.objects.filter(
        unit__in={unit for unit, _day in wanted}, day__in={day for _unit, day in wanted}
    )
    fresh = wanted - set(known.values_list("unit", "day"))
    CountedDay.objects.bulk_create(
        [CountedDay(unit_id=unit, day=day) for unit, day in sorted(fresh)], ignore_conflicts=True
    )
