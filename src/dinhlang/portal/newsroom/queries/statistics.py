"""How much was published: by month, column, field and author, with the visits of what is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Sum
from django.utils import timezone

from dinhlang.org.models import Unit
from dinhlang.portal.models import Item, Visits
from dinhlang.vietnamese.text import collation_key
from dinhlang.work.models import ReformField


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of one unit's items first published from `since` to `until`, both included; each group by its name.

    A name of '' is what has none. `visits` are those of all pages in these days.
    """

    since: date
    until: date
    total: int
    withdrawn: int
    by_month: tuple[tuple[str, int], ...]
    by_kind: tuple[tuple[str, int], ...]
    by_column: tuple[tuple[str, int], ...]
    by_field: tuple[tuple[str, int], ...]
    by_author: tuple[tuple[str, int], ...]
    visits: int | None
    most_read: tuple[tuple[str, int, int], ...]


def statistics(unit: Unit, since: date, until: date) -> Statistics:
    """What the unit published in these days. Three questions, however many items."""
    rows = list(
        Item.objects.filter(
            unit=unit, published_at__gte=_start(since), published_at__lt=_start(until + timedelta(days=1))
        )
        .select_related("column", "author")
        .only("published_at", "kind", "field", "withdrawn_at", "shown", "column__name", "author__full_name")
    )
    of_days = Visits.objects.filter(unit=unit, day__gte=since, day__lte=until)
    months = Counter(f"{timezone.localtime(one.published_at):%Y-%m}" for one in rows if one.published_at)
    return Statistics(
        since=since,
        until=until,
        total=len(rows),
        withdrawn=sum(one.withdrawn_at is not None for one in rows),
        by_month=tuple((f"{int(name[5:])}/{name[:4]}", count) for name, count in sorted(months.items())),
        by_kind=_ranked(Item.Kind(one.kind).label for one in rows),
        by_column=_ranked(one.column.name if one.column else "" for one in rows),
        by_field=_ranked(ReformField(one.field).label if one.field else "" for one in rows),
        by_author=_ranked(one.author.full_name if one.author else "" for one in rows),
        visits=of_days.filter(item=None).aggregate(sum=Sum("count"))["sum"],
        most_read=_most_read(
            of_days.filter(item__shown__isnull=False)
            .values_list("item__shown__title", "item")
            .annotate(sum=Sum("count"))
            .order_by("-sum", "item")[:10]
        ),
    )


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _ranked(names: Iterable[object]) -> tuple[tuple[str, int], ...]:
    """Names with their counts: the most frequent first, then as a dictionary has them; what has no name last."""
    counts: Mapping[str, int] = Counter(str(name) for name in names)
    return tuple(sorted(counts.items(), key=lambda one: (not one[0], -one[1], collation_key(one[0]))))


def _most_read(rows: Iterable[tuple[str, int, int]]) -> tuple[tuple[str, int, int], ...]:
    return tuple((title, pk, count) for title, pk, count in rows)
