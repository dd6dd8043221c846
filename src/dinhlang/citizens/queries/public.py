"""What everyone may ask: published cases, and figures in which nobody is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import get_default_timezone

from dinhlang.citizens.models import Case, Publication
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


def statistics(unit: Unit, *, since: date, until: date, at: datetime) -> Statistics:
    """The figures of a unit for cases received from a day to a day, both included, as they stand at a moment."""
    zone = get_default_timezone()
    window = (
        datetime.combine(since, time.min, tzinfo=zone),
        datetime.combine(until, time.max, tzinfo=zone),
    )
    rows = Case.objects.filter(unit=unit, received_at__range=window)
    is_open = Q(answered_at=None, ended_at=None) & ~Q(state=State.LED_AWAY)
    counts = rows.aggregate(
        received=Count("pk"),
        advice=Count("pk", filter=Q(nature=Nature.ADVICE)),
        led_away=Count("pk", filter=Q(nature__in=[Nature.COMPLAINT, Nature.DENUNCIATION])),
        refused=Count("pk", filter=Q(state=State.REFUSED)),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        on_time=Count("pk", filter=Q(answered_in_time=True)),
        late=Count("pk", filter=Q(answered_in_time=False)),
        open=Count("pk", filter=is_open),
        open_late=Count("pk", filter=is_open & Q(due_at__lt=at)),
        rated=Count("pk", filter=Q(rating__isnull=False)),
        content=Count("pk", filter=Q(rating__in=CONTENT)),
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
