"""What everyone may ask: published cases, and figures in which nobody is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import get_default_timezone

from dinhlang.citizens.models import Case, Publication
from dinhlang.citizens.queries.cases import Asked, cases
from dinhlang.citizens.rules.kinds import CONTENT, Nature
from dinhlang.citizens.rules.states import State
from dinhlang.citizens.rules.statistics import percentile
from dinhlang.org.models import Unit
from dinhlang.vietnamese.text import fold


def published(unit: Unit, *, words: str = "", category: str = "", hamlet: str = "") -> QuerySet[Publication]:
    """The public texts of a unit, the newest first; `words` are found without marks, all of them."""
    found = Publication.objects.filter(unit=unit, state="published")
    if category:
        found = found.filter(category=category)
    if hamlet:
        found = found.filter(hamlet=hamlet)
    for word in fold(words).split()[:8]:
        found = found.filter(folded__contains=word)
    return found.defer("spans").select_related("hamlet").order_by("-published_at", "-pk")


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures of the cases that came in on the days of a window. Working days leave out what the clock stood.

    `median` and `ninetieth` are over `answered` cases, None without any. `on_time` and `late` are of those with a promised day.
    `rated` senders of whom `content` said satisfied or very satisfied.
    """

    received: int
    advice: int
    led_away: int
    refused: int
    answered: int
    on_time: int
    late: int
    open: int
    open_late: int
    median: int | None
    ninetieth: int | None
    rated: int
    content: int
    by_category: Sequence[tuple[str, int]]
    by_way: Sequence[tuple[str, int]]


def counting(at: datetime) -> dict[str, Q]:
    """What each figure counts among the cases received in a window, as they stand at a moment."""
    is_open = Q(answered_at=None, ended_at=None) & ~Q(state=State.LED_AWAY)
    return {
        "received": Q(),
        "advice": Q(nature=Nature.ADVICE),
        "led_away": Q(nature__in=[Nature.COMPLAINT, Nature.DENUNCIATION]),
        "refused": Q(state=State.REFUSED),
        "answered": Q(answered_at__isnull=False),
        "on_time": Q(answered_in_time=True),
        "late": Q(answered_in_time=False),
        "open": is_open,
        "open_late": is_open & Q(due_at__lt=at),
        "rated": Q(rating__isnull=False),
        "content": Q(rating__in=CONTENT),
    }


def received_in(since: date, until: date) -> Q:
    """The cases that came in from a day to a day, both included."""
    zone = get_default_timezone()
    return Q(
        received_at__range=(
            datetime.combine(since, time.min, tzinfo=zone),
            datetime.combine(until, time.max, tzinfo=zone),
        )
    )


def counted(
    unit: Unit, which: str, *, since: date, until: date, at: datetime, asked: Asked, way: str = ""
) -> QuerySet[Case]:
    """The cases that a figure of `statistics` counts, the newest first; an unknown figure is a `KeyError`."""
    found = cases([unit.pk], asked, at=at).filter(received_in(since, until), counting(at)[which])
    return found.filter(way=way) if way else found


def statistics(unit: Unit, *, since: date, until: date, at: datetime) -> Statistics:
    """The figures of a unit for cases received from a day to a day, both included, as they stand at a moment."""
    rows = Case.objects.filter(received_in(since, until), unit=unit)
    counts = rows.aggregate(
        **{name: Count("pk", filter=which) if which else Count("pk") for name, which in counting(at).items()}
    )
    days = dict(
        rows.filter(days_used__isnull=False).order_by().values_list("days_used").annotate(count=Count("pk"))
    )
    return Statistics(
        **counts,
        median=percentile(days, 50),
        ninetieth=percentile(days, 90),
        by_category=_by(rows, "category"),
        by_way=_by(rows, "way"),
    )


def _by(rows: QuerySet[Case], field: str) -> list[tuple[str, int]]:
    found = rows.order_by().values_list(field).annotate(count=Count("pk"))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))
