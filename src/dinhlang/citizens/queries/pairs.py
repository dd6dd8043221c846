"""What everyone may ask of feedback: pairs of question and answer that were published, and figures over all cases.

Nothing here touches a sealed field. However many cases there are, a list reads one page by an index (keyset pagination), and
figures are sums of groups over one year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils.timezone import get_default_timezone

from dinhlang.citizens.models import Case, Publication
from dinhlang.citizens.rules.kinds import CONTENT
from dinhlang.citizens.rules.states import Shown
from dinhlang.citizens.rules.statistics import percentile

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class PublicAsked:
    """What a public list is narrowed to; days are of publication, both included."""

    category: str = ""
    hamlet: str = ""
    since: date | None = None
    until: date | None = None


class Cursor(NamedTuple):
    """The last pair of a page: the next page begins after it."""

    at: datetime
    pk: int


def pairs(unit_id: str, asked: PublicAsked = PublicAsked()) -> QuerySet[Publication]:
    """Published pairs, the newest first."""
    found = Publication.objects.filter(unit=unit_id, state=Shown.PUBLISHED)
    if asked.category:
        found = found.filter(category=asked.category)
    if asked.hamlet:
        found = found.filter(hamlet=asked.hamlet)
    if asked.since:
        found = found.filter(published_at__gte=_start(asked.since))
    if asked.until:
        found = found.filter(published_at__lt=_start(asked.until + timedelta(days=1)))
    return found.order_by("-published_at", "-pk").defer("spans", "folded", "source_digest")


def pairs_page(
    unit_id: str, asked: PublicAsked, after: Cursor | None = None, most: int = PER_PAGE
) -> tuple[list[Publication], Cursor | None]:
    """One page, and where the next one begins; None for the last. One question, whose cost does not grow with the page."""
    found = pairs(unit_id, asked)
    if after is not None:
        found = found.filter(Q(published_at__lt=after.at) | Q(published_at=after.at, pk__lt=after.pk))
        # Beside the exact condition a plain one, which an index can begin at.
        found = found.filter(published_at__lte=after.at)
    rows = list(found[: most + 1])
    last = rows[most - 1] if len(rows) > most else None
    if last is None or last.published_at is None:
        return rows[:most], None
    return rows[:most], Cursor(last.published_at, last.pk)


def state_of_pairs(unit_id: str, asked: PublicAsked) -> tuple[object, ...]:
    """What is another when any of the pairs is: how many there are, their versions, the newest moment."""
    found = (
        pairs(unit_id, asked)
        .order_by()
        .aggregate(number=Count("pk"), versions=Sum("version"), at=Max("published_at"))
    )
    return found["number"], found["versions"], found["at"]


def pair_at(unit_id: str, uid: UUID) -> Publication | None:
    """One pair; None for what is not published."""
    return pairs(unit_id).filter(uid=uid).first()


def request_of(pair: Publication) -> tuple[UUID, bool]:
    """By what programs know the case of a pair, and whether its sender had it looked at again."""
    uid, reopened_at = Case.objects.values_list("uid", "reopened_at").get(pk=pair.case_id)
    return uid, reopened_at is not None


def pairs_with(unit_id: str, keys: Sequence[int], asked: PublicAsked) -> list[Publication]:
    """Those of some pairs that are published and are asked for, in the order of the keys."""
    rows = {one.pk: one for one in pairs(unit_id, asked).filter(pk__in=keys)}
    return [rows[key] for key in keys if key in rows]


def years_of_pairs(unit_id: str) -> list[int]:
    """The years in which something was published, newest first."""
    first = pairs(unit_id).order_by("published_at").values_list("published_at", flat=True).first()
    last = pairs(unit_id).values_list("published_at", flat=True).first()
    if first is None or last is None:
        return []
    return list(range(last.astimezone().year, first.astimezone().year - 1, -1))


# --- figures ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figures:
    """How feedback of one kind was handled among the cases received in a span of days. Days are working days until the first
    answer, without those on which the clock stood; None when none was answered. `in_time` is of the `promised` answers, those
    for which a day was promised."""

    category: str
    received: int
    answered: int
    promised: int
    in_time: int
    median: int | None
    ninetieth: int | None
    rated: int
    content: int

    @property
    def timely_share(self) -> float | None:
        return round(self.in_time / self.promised, 4) if self.promised else None


def figures(unit_id: str, since: date, until: date) -> list[Figures]:
    """Over the cases that were received in these days, both included: first of all, then by category. Three questions."""
    cases = Case.objects.filter(
        unit=unit_id, received_at__gte=_start(since), received_at__lt=_start(until + timedelta(days=1))
    ).order_by()
    received = dict(cases.values_list("category").annotate(number=Count("pk")))
    days: dict[str, dict[int, int]] = defaultdict(dict)
    kept: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    answered = cases.filter(days_used__isnull=False)
    for category, used, is_timely, number in answered.values_list(
        "category", "days_used", "answered_in_time"
    ).annotate(number=Count("pk")):
        days[category][used] = days[category].get(used, 0) + number
        kept[category][0] += 0 if is_timely is None else number
        kept[category][1] += number if is_timely else 0
    rated: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for category, rating, number in (
        cases.filter(rating__isnull=False).values_list("category", "rating").annotate(number=Count("pk"))
    ):
        rated[category][0] += number
        rated[category][1] += number if rating in CONTENT else 0
    return list(_figures(received, days, kept, rated))


def _figures(
    received: dict[str, int],
    days: dict[str, dict[int, int]],
    kept: dict[str, list[int]],
    rated: dict[str, list[int]],
) -> Iterator[Figures]:
    everything: dict[int, int] = defaultdict(int)
    for counts in days.values():
        for used, number in counts.items():
            everything[used] += number
    yield _one("", sum(received.values()), everything, _summed(kept), _summed(rated))
    for category in sorted(received, key=lambda one: (-received[one], one)):
        yield _one(category, received[category], days[category], kept[category], rated[category])


def _summed(counts: dict[str, list[int]]) -> list[int]:
    return [sum(column) for column in zip(*counts.values(), strict=True)] or [0, 0]


def _one(category: str, received: int, days: dict[int, int], kept: list[int], rated: list[int]) -> Figures:
    return Figures(
        category,
        received,
        answered=sum(days.values()),
        promised=kept[0],
        in_time=kept[1],
        median=percentile(days, 50),
        ninetieth=percentile(days, 90),
        rated=rated[0],
        content=rated[1],
    )


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, get_default_timezone())
