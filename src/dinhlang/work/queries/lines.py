"""Who may see which plans and lines, and the ledger as a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, SmallIntegerField, Sum, When
from django.db.models import Count as CountOf

from dinhlang.org import queries as org
from dinhlang.org.models import Person, Unit
from dinhlang.periods.window import Window
from dinhlang.vietnamese.text import fold, nfc
from dinhlang.work.concepts import CONCEPTS, STOCKS, Concept
from dinhlang.work.models import Activity, DailyFact, Evidence, Measure, Plan, Task
from dinhlang.work.rules import Count, Life, Line

# Whoever reads: a person, someone not signed in (who sees nothing), or the operator at the command line.
Reader = Person | AnonymousUser | None
MEASURES = Prefetch("measures", Measure.objects.order_by("concept"))
EVIDENCED = Exists(Evidence.objects.filter(activity=OuterRef("pk")))


def plans_for(person: Reader, on: date) -> QuerySet[Plan]:
    """The plans of the units the person may read, newest year first."""
    return Plan.objects.filter(unit__in=org.visible_units(person, on)).select_related("unit")


def activities_for(person: Reader, on: date) -> QuerySet[Activity]:
    """The lines of the ledgers the person may read."""
    return Activity.objects.filter(unit__in=org.visible_units(person, on))


def evidence_for(person: Reader, on: date) -> QuerySet[Evidence]:
    """The evidence of the lines the person may read."""
    return Evidence.objects.filter(activity__unit__in=org.visible_units(person, on)).select_related("blob")


def life_of(unit: Unit, on: date) -> Life:
    """When the unit exists, and how it is called on that day."""
    return Life(org.title_of(unit, on), unit.starts_on, unit.ends_on)


class Standing(StrEnum):
    """How a line of the ledger stands, as a filter."""

    COUNTED = "counted"
    REVERSED = "reversed"
    UNEVIDENCED = "unevidenced"
    PICTURED = "pictured"


def ledger(
    unit: Unit,
    window: Window | None = None,
    *,
    kind: str | None = None,
    task: Task | int | None = None,
    without_task: bool = False,
    field: str | None = None,
    text: str = "",
    standing: Standing | None = None,
    by: Person | int | None = None,
) -> QuerySet[Activity]:
    """The unit's lines, newest first, reversed ones among them, with what a list shows already fetched.

    `text` is searched without marks, each word on its own; written with marks, lines that have it so come first.
    `is_evidenced` tells whether a line has evidence.
    """
    lines = Activity.objects.filter(unit=unit)
    if window is not None:
        lines = lines.filter(happened_on__range=(window.start, window.end))
    if kind:
        lines = lines.filter(kind=kind)
    if task is not None:
        lines = lines.filter(task=task)
    if without_task:
        lines = lines.filter(task=None)
    if field:
        lines = lines.filter(reform_field=field)
    if by is not None:
        lines = lines.filter(recorded_by=by)
    lines = _standing(_found(lines, text), standing).annotate(is_evidenced=EVIDENCED)
    return lines.select_related("task", "reversal", "recorded_by").prefetch_related(
        MEASURES, Prefetch("evidence", Evidence.objects.select_related("blob__picture"))
    )


def _found(lines: QuerySet[Activity], text: str) -> QuerySet[Activity]:
    """A unit has some hundreds of lines a year: reading them all takes less than an index would cost to keep."""
    words = fold(text).split()
    for word in words:
        lines = lines.filter(folded__contains=word)
    written = " ".join(nfc(text).split())
    if not words or fold(written) == written.lower():
        return lines
    # The same word begins a sentence or stands in it.
    as_written = Q(title__contains=written) | Q(title__contains=written[:1].upper() + written[1:])
    return lines.annotate(
        as_written=Case(When(as_written, then=0), default=1, output_field=SmallIntegerField())
    ).order_by("as_written", "-happened_on", "-id")


def _standing(lines: QuerySet[Activity], standing: Standing | None) -> QuerySet[Activity]:
    if standing is Standing.REVERSED:
        return lines.filter(reversal__isnull=False)
    if standing is Standing.COUNTED:
        return lines.filter(reversal=None)
    if standing is Standing.UNEVIDENCED:
        return lines.filter(~EVIDENCED, reversal=None)
    if standing is Standing.PICTURED:
        return lines.filter(Exists(_pictures().filter(activity=OuterRef("pk"))), reversal=None)
    return lines


def _pictures() -> QuerySet[Evidence]:
    return Evidence.objects.filter(kind=Evidence.Kind.PHOTO, blob__picture__isnull=False)


def pictures(lines: QuerySet[Activity]) -> QuerySet[Evidence]:
    """The photos of the lines, newest line first, each with its line and its small copy's size."""
    return (
        _pictures()
        .filter(activity__in=lines.order_by().values("pk"))
        .select_related("activity", "blob__picture")
        .order_by("-activity__happened_on", "-activity", "pk")
    )


def kinds_in(lines: QuerySet[Activity]) -> dict[str, int]:
    """How many lines there are of each kind, the most first."""
    counted = lines.order_by().values_list("kind").annotate(lines=CountOf("pk"))
    return dict(sorted(counted.values_list("kind", "lines"), key=lambda one: -one[1]))


def recorders(unit: Unit, on: date) -> QuerySet[Person]:
    """Who may have recorded in the unit's ledger: whoever holds or held a post there or in a part of it."""
    parts = {unit.pk} | org.ids_below(unit, on, parts_only=True)
    return Person.objects.filter(positions__unit__in=parts).distinct()


def has_lines(unit: Unit) -> bool:
    """Whether anything was ever recorded in the unit's ledger.

    Asked for the newest line: "is there any" has PostgreSQL read the lines of all units in turn until one is met.
    """
    return Activity.objects.filter(unit=unit).order_by("-happened_on").values_list("pk").first() is not None


def tasks_of(unit: Unit) -> QuerySet[Task]:
    """The tasks of the unit's plans, newest plan first."""
    return (
        Task.objects.filter(plan__unit=unit)
        .select_related("plan")
        .order_by("-plan__year", "plan", "position")
    )


def concepts_in(lines: QuerySet[Activity]) -> list[Concept]:
    """The counters that any of the lines carries, in the order of the concepts."""
    there = set(
        Measure.objects.filter(activity__in=lines.order_by().values("pk"))
        .order_by()
        .values_list("concept", flat=True)
        .distinct()
    )
    return [concept for concept in CONCEPTS.values() if concept.id in there]


def counts_of(activity: Activity) -> dict[str, Count]:
    """The line's counters."""
    return {measure.concept: Count(measure.value, measure.exactness) for measure in activity.measures.all()}


def line_of(activity: Activity) -> Line:
    """What the stored line says; `rules.line_hash` of it is the hash kept with the line."""
    return Line(
        uid=activity.uid,
        unit=activity.unit_id,
        kind=activity.kind,
        happened_on=activity.happened_on,
        title=activity.title,
        measures=counts_of(activity),
        task=activity.task_id,
        reform_field=activity.reform_field,
        basis=activity.basis,
        note=activity.note,
    )


def hits(lines: QuerySet[Activity]) -> list[tuple[int, str]]:
    """(number, kind) of each line, in order: a search reads the ledger once, and the page counts from what it found."""
    return list(lines.select_related(None).prefetch_related(None).values_list("pk", "kind"))


def shown(unit: Unit, numbers: Sequence[int]) -> list[Activity]:
    """The lines of these numbers with all that a list shows (`is_evidenced` instead of the evidence), in that order."""
    lines = ledger(unit).filter(pk__in=numbers).order_by().prefetch_related(None)
    found = {line.pk: line for line in lines.prefetch_related(MEASURES)}
    return [found[number] for number in numbers if number in found]


def totals(lines: QuerySet[Activity]) -> list[tuple[Concept, int]]:
    """What the counted lines of a list add up to, each counter for itself, in the order of the concepts."""
    counted = lines.filter(reversal=None).order_by().values("pk")
    return _summed(Measure.objects.filter(activity__in=counted))


def totals_of(numbers: Sequence[int]) -> list[tuple[Concept, int]]:
    """As `totals`, of the lines of these numbers."""
    return _summed(Measure.objects.filter(activity__in=numbers, activity__reversal=None))


def _summed(measures: QuerySet[Measure]) -> list[tuple[Concept, int]]:
    sums = dict(measures.order_by().values_list("concept").annotate(Sum("value")))
    return [
        (concept, sums[concept.id]) for concept in CONCEPTS.values() if concept.id in sums.keys() - STOCKS
    ]


def totals_within(unit: Unit, window: Window | None) -> list[tuple[Concept, int]]:
    """As `totals` of all the unit's lines of a window, from the daily folds: a year is read in a moment."""
    facts = DailyFact.objects.filter(unit=unit, concept__in=CONCEPTS)
    if window is not None:
        facts = facts.filter(day__range=(window.start, window.end))
    sums = dict(facts.order_by().values_list("concept").annotate(Sum("total")))
    return [
        (concept, sums[concept.id]) for concept in CONCEPTS.values() if concept.id in sums.keys() - STOCKS
    ]
