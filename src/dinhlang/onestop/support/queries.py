"""The support log asked: rows by filter, figures by hamlet, member, matter and month, steps at which people get stuck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from dinhlang.onestop.models import Support, SupportMatter, SupportOutcome
from dinhlang.onestop.support import guides
from dinhlang.org.models import Person, Unit
from dinhlang.org.queries import names_of_parts


@dataclass(frozen=True, slots=True)
class Asked:
    """What to show of the log; empty fields narrow nothing."""

    first: date | None = None
    last: date | None = None
    hamlet: str = ""
    matter: str = ""
    outcome: str = ""
    by: str = ""
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of figures: what it is of, people in all, of them done; `key` is what a filter calls it."""

    key: str
    name: str
    people: int
    done: int
    times: int


@dataclass(frozen=True, slots=True)
class Stuck:
    """A step at which people needed a hand, and how often."""

    guide: guides.Guide
    step: guides.Step
    number: int
    times: int


def hamlets(unit: Unit, on: date) -> Mapping[str, str]:
    """The hamlets of a commune by id, as they are called on that day."""
    parts = names_of_parts(unit, on)
    return {pk: one.name for pk, one in parts.items() if one.unit.level == Unit.Level.HAMLET}


def standing(unit: Unit, first: date, last: date) -> QuerySet[Support]:
    """What counts of the days: neither taken back nor a taking back."""
    return Support.objects.filter(unit=unit, day__range=(first, last), reverses=None, reversal=None)


def people(unit: Unit, first: date, last: date) -> int:
    """How many people were helped; one who was helped twice is two."""
    return standing(unit, first, last).aggregate(people=Sum("people"))["people"] or 0


def log(unit: Unit, asked: Asked) -> QuerySet[Support]:
    """Rows of the log, newest first, with what was taken back; with `counts` only those that count."""
    found = Support.objects.filter(unit=unit, reverses=None).select_related("by", "hamlet", "reversal")
    if asked.first:
        found = found.filter(day__gte=asked.first)
    if asked.last:
        found = found.filter(day__lte=asked.last)
    for name in ("hamlet", "matter", "outcome"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    if asked.by:
        found = found.filter(by__pk=asked.by)
    return found.filter(reversal=None) if asked.counts else found


def latest(unit: Unit, by: Person, day: date, most: int = 10) -> list[Support]:
    """What one person wrote down last for the day, newest first."""
    found = Support.objects.filter(unit=unit, by=by, day=day, reverses=None).select_related(
        "hamlet", "reversal"
    )
    return list(found.order_by("-pk")[:most])


def by_hamlet(unit: Unit, first: date, last: date, on: date) -> list[Row]:
    """The most helped first; without a hamlet at the end."""
    names = hamlets(unit, on)
    rows = _grouped(unit, first, last, "hamlet")
    named = [Row(one.key, names.get(one.key, one.key), one.people, one.done, one.times) for one in rows]
    return sorted(named, key=lambda one: (not one.key, -one.people))


def by_member(unit: Unit, first: date, last: date) -> list[Row]:
    return _grouped(unit, first, last, "by", "by__full_name")


def by_matter(unit: Unit, first: date, last: date) -> list[Row]:
    return [
        Row(one.key, str(SupportMatter(one.key).label), one.people, one.done, one.times)
        for one in _grouped(unit, first, last, "matter")
    ]


def by_month(unit: Unit, first: date, last: date) -> list[Row]:
    found = (
        standing(unit, first, last)
        .order_by()
        .annotate(month=TruncMonth("day"))
        .values("month")
        .annotate(helped=Sum("people"), done=_DONE, times=Count("pk"))
        .order_by("month")
    )
    return [
        Row(
            f"{one['month']:%Y-%m}",
            f"{one['month'].month}/{one['month'].year}",
            one["helped"],
            one["done"] or 0,
            one["times"],
        )
        for one in found
    ]


_DONE = Sum("people", filter=Q(outcome=SupportOutcome.DONE))


def _grouped(unit: Unit, first: date, last: date, *fields: str) -> list[Row]:
    found = (
        standing(unit, first, last)
        .order_by()
        .values(*fields)
        .annotate(helped=Sum("people"), done=_DONE, times=Count("pk"))
        .order_by("-helped", *fields)
    )
    return [
        Row(
            str(one[fields[0]] if one[fields[0]] is not None else ""),
            str(one[fields[-1]] or ""),
            one["helped"],
            one["done"] or 0,
            one["times"],
        )
        for one in found
    ]


def stuck(unit: Unit, first: date, last: date) -> list[Stuck]:
    """The steps that trouble people most first."""
    rows: Sequence[list[str]] = list(
        standing(unit, first, last).exclude(stuck=[]).order_by().values_list("stuck", flat=True)
    )
    found = []
    for name, times in Counter(one for row in rows for one in row).most_common():
        place = guides.step_named(name)
        if place is not None:
            found.append(Stuck(*place, times))
    return found
