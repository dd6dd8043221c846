"""Figures of dossiers over days: for the ledger, for Biểu 06, for what is published. Three questions of the database each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django.db.models import Count, DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils.timezone import get_default_timezone, localdate, make_aware

from dinhlang.onestop.models import Channel, Dossier, ReturnWay
from dinhlang.onestop.queries.dossiers import taken_back
from dinhlang.onestop.rules.figures import Figures
from dinhlang.onestop.rules.states import State
from dinhlang.org.models import Unit
from dinhlang.vietnamese.text import collation_key

_LEFT = (State.STOPPED, State.WITHDRAWN, State.CANCELLED)


def figures(unit: Unit, first: date, last: date) -> Figures:
    """All dossiers of the unit from a day until the end of another."""
    columns = _columns(first, last)
    return sum((Figures(**one.aggregate(**columns)) for one in _apart(unit, first, last)), Figures())


def figures_by_field(unit: Unit, first: date, last: date) -> dict[str, Figures]:
    """The same for each field (lĩnh vực) in the order of the alphabet, '' for dossiers without one last. Their sum is `figures`."""
    columns = _columns(first, last)
    found: dict[str, Figures] = {}
    for part in _apart(unit, first, last):
        rows = part.order_by().values("field").annotate(**columns)
        for one in cast(Iterable[dict[str, Any]], rows):
            field = one.pop("field")
            found[field] = found.get(field, Figures()) + Figures(**one)
    return {field: found[field] for field in sorted(found, key=lambda one: (not one, collation_key(one)))}


def counted(
    unit: Unit, first: date, last: date, parts: Iterable[str], *, field: str | None = None
) -> QuerySet[Dossier]:
    """The dossiers behind counts of `Figures` ('early', 'late', …; 'direct' for what came in not online,
    'electronic' for what was solved with an electronic result), of all fields or one."""
    known = _conditions(first, last)
    known["direct"] = known["received"] & ~Q(channel=Channel.ONLINE)
    known["electronic"] = Q(state=State.RESOLVED, resolved_at__lt=_end(last), return_way=ReturnWay.ELECTRONIC)
    asked = Q(pk__in=())
    for one in parts:
        asked |= known[one]
    found = _counted(Dossier.objects.filter(unit=unit), first, last).filter(asked)
    if field is not None:
        found = found.filter(field=field)
    return found.select_related("held_by", "book", "refusal").order_by("-received_at", "-pk")


def first_day(unit: Unit) -> date | None:
    """The day of the oldest receipt in the register; `None` while nothing was received."""
    oldest = (
        Dossier.objects.filter(unit=unit, received_at__isnull=False)
        .order_by("received_at")
        .values_list("received_at", flat=True)
        .first()
    )
    return localdate(oldest) if oldest is not None else None


def results_of(unit: Unit, day: date) -> QuerySet[Dossier]:
    """The dossiers that came to a result on a day, the latest first, without anything of whoever handed them in."""
    return (
        Dossier.objects.filter(
            unit=unit, state=State.RESOLVED, resolved_at__gte=_start(day), resolved_at__lt=_end(day)
        )
        .only("code", "received_at", "due_at", "resolved_at", "state", "delivery_state")
        .order_by("-resolved_at", "-pk")
    )


def _apart(unit: Unit, first: date, last: date) -> Iterator[QuerySet[Dossier]]:
    """The same as `_counted` in three parts that do not overlap, each read by an index of its own: what came in, what
    was carried over and has ended since, what was carried over and is open. Together they would read the whole register."""
    start = _start(first)
    yield _counted(Dossier.objects.filter(unit=unit), first, last).filter(received_at__gte=start)
    # Not a plain comparison, or SQLite reads all that came in before instead of the few that ended since.
    came_at = Coalesce("received_at", Value(_end(last), output_field=DateTimeField()))
    carried = _with_days(
        Dossier.objects.filter(unit=unit).annotate(came_at=came_at).filter(came_at__lt=start)
    )
    yield carried.filter(ended_at__gte=start)
    yield carried.filter(ended_at=None)


def _counted(found: QuerySet[Dossier], first: date, last: date) -> QuerySet[Dossier]:
    """Dossiers that were received by the end and had not ended when it began."""
    alive = found.filter(received_at__lt=_end(last)).filter(Q(ended_at=None) | Q(ended_at__gte=_start(first)))
    return _with_days(alive)


def _with_days(found: QuerySet[Dossier]) -> QuerySet[Dossier]:
    return found.exclude(taken_back()).annotate(resolved_on=_Day("resolved_at"), due_on=_Day("due_at"))


class _Day(TruncDate):
    """The day of a moment here. SQLite counts it itself, not by asking Python for each row: Vietnam has no summer time."""

    def __init__(self, moment: str) -> None:
        super().__init__(moment, tzinfo=get_default_timezone())

    def as_sqlite(self, compiler: Any, connection: Any, **_options: Any) -> tuple[str, Any]:
        moment, given = compiler.compile(self.lhs)
        return f"date({moment}, '+7 hours')", given


def _columns(first: date, last: date) -> dict[str, Any]:
    return {name: Count("pk", filter=asked) for name, asked in _conditions(first, last).items()}


def _conditions(first: date, last: date) -> dict[str, Q]:
    start, end = _start(first), _end(last)
    came = Q(received_at__gte=start)
    # What had not ended by then, though it may have since; its day is the one that is known now.
    is_open = Q(ended_at=None) | Q(ended_at__gte=end)
    solved = Q(state=State.RESOLVED, resolved_at__lt=end)
    same_day = Q(resolved_on=F("due_on"))
    in_time = Q(resolved_at__lte=F("due_at"))
    return {
        "received": came,
        "online": came & Q(channel=Channel.ONLINE),
        "carried": ~came,
        "early": solved & in_time & ~same_day,
        "on_the_day": solved & in_time & same_day,
        "late": solved & Q(resolved_at__gt=F("due_at")),
        "untimed": solved & Q(due_at=None),
        "left": Q(state__in=_LEFT, ended_at__lt=end),
        "open_in_time": is_open & Q(due_at__gte=end),
        "open_standing": is_open & Q(due_at=None),
        "open_late": is_open & Q(due_at__lt=end),
    }


def _start(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


def _end(day: date) -> datetime:
    """The first moment after the day."""
    return _start(day + timedelta(days=1))
