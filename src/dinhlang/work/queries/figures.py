"""Figures folded from the ledger, and the lines behind each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Sum

from dinhlang.org.models import Unit
from dinhlang.periods.window import Window
from dinhlang.work import rules
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN, STOCKS, counters_under
from dinhlang.work.models import Activity, ActivityKind, DailyFact, Exactness, Measure, Plan, ReformField
from dinhlang.work.queries.lines import Standing, ledger
from dinhlang.work.queries.tasks import progress


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of one unit in one window, folded from the ledger. `value` is `None` when nothing is known.

    `exactness` is the word to print before the value ('' when exact). `digest` changes with any line behind the
    figure. A share has its percentage as value, and the two counts.
    """

    concept: str
    window: Window
    value: int | float | None
    exactness: str = ""
    lines: int = 0
    unevidenced_lines: int = 0
    digest: str = f"{0:064x}"
    numerator: int | None = None
    denominator: int | None = None

    @property
    def missing(self) -> str | None:
        """What to bring when the figure is not known; `None` when it is."""
        return CONCEPTS[self.concept].missing if self.value is None else None


@dataclass(slots=True)
class _Sum:
    total: int = 0
    lines: int = 0
    inexact_lines: int = 0
    unevidenced_lines: int = 0
    digest: int = 0

    def add(self, total: int, lines: int, inexact: int, unevidenced: int, digest: int) -> None:
        self.total += total
        self.lines += lines
        self.inexact_lines += inexact
        self.unevidenced_lines += unevidenced
        self.digest = (self.digest + digest) % rules.DIGEST_MODULUS

    def join(self, other: _Sum) -> None:
        self.add(other.total, other.lines, other.inexact_lines, other.unevidenced_lines, other.digest)


def fact(unit: Unit, concept_id: str, window: Window) -> Fact:
    """One figure. An unknown concept is a `KeyError`."""
    return facts(unit, window, [concept_id])[concept_id]


def facts(unit: Unit, window: Window, concept_ids: Iterable[str] | None = None) -> dict[str, Fact]:
    """Several figures of one window (all of them by default) from one pass over at most 366 rows for each."""
    wanted = list(CONCEPTS if concept_ids is None else concept_ids)
    needed = {counter for concept_id in wanted for counter in counters_under(concept_id)}
    sums = _sums(unit, window, needed)
    inexact = {counter for counter, found in sums.items() if found.inexact_lines}
    words = _exactness_words(unit, window, inexact)
    plan = _plan_facts(unit, window) if FROM_PLAN.intersection(wanted) else {}
    return {
        concept_id: plan[concept_id] if concept_id in plan else _fact(concept_id, window, sums, words)
        for concept_id in wanted
    }


def _sums(unit: Unit, window: Window, counters: Iterable[str]) -> dict[str, _Sum]:
    sums: dict[str, _Sum] = defaultdict(_Sum)
    wanted = set(counters)
    rows = DailyFact.objects.filter(
        unit=unit, concept__in=wanted, day__range=(window.start, window.end)
    ).order_by(*(["day"] if wanted & STOCKS else []))
    # In the order of days, but without them: to make dates of a thousand takes as long as all the rest.
    counts = ("concept", "total", "lines", "inexact_lines", "unevidenced_lines", "digest")
    for concept, total, lines, inexact, unevidenced, digest in rows.values_list(*counts):
        if concept in STOCKS:
            sums[concept] = _Sum()
        sums[concept].add(total, lines, inexact, unevidenced, int(digest, 16))
    return dict(sums)


def _exactness_words(unit: Unit, window: Window, counters: set[str]) -> dict[str, set[str]]:
    """The exactness words behind each figure that has any; most windows have none and ask nothing."""
    words: dict[str, set[str]] = defaultdict(set)
    if counters:
        inexact = Measure.objects.filter(
            concept__in=counters,
            activity__unit=unit,
            activity__reversal=None,
            activity__happened_on__range=(window.start, window.end),
        ).exclude(exactness="")
        for concept, word in inexact.order_by().values_list("concept", "exactness").distinct():
            words[concept].add(word)
    return words


def _fact(concept_id: str, window: Window, sums: Mapping[str, _Sum], words: Mapping[str, set[str]]) -> Fact:
    concept = CONCEPTS[concept_id]
    behind = [sums[counter] for counter in counters_under(concept_id) if counter in sums]
    together = Fact(
        concept_id,
        window,
        None,
        exactness=rules.joint_exactness(
            word for counter in counters_under(concept_id) for word in words.get(counter, ())
        ),
        lines=sum(one.lines for one in behind),
        unevidenced_lines=sum(one.unevidenced_lines for one in behind),
        digest=f"{sum(one.digest for one in behind) % rules.DIGEST_MODULUS:064x}",
    )
    if concept.numerator is None or concept.denominator is None:
        return replace(together, value=behind[0].total if behind else None)
    top, bottom = (
        sums[part].total if part in sums else None for part in (concept.numerator, concept.denominator)
    )
    # The share of inexact counts is itself only about right, in whichever direction they err.
    exactness = str(Exactness.ABOUT) if together.exactness else ""
    return replace(
        together, value=rules.share(top, bottom), exactness=exactness, numerator=top, denominator=bottom
    )


def standing_lines(unit: Unit, window: Window) -> dict[str, int]:
    """How many lines stand in the window under each kind and field of reform (`rules.kind_concept`, `field_concept`)."""
    names = [*map(rules.kind_concept, ActivityKind), *map(rules.field_concept, ReformField)]
    found = DailyFact.objects.filter(unit=unit, concept__in=names, day__range=(window.start, window.end))
    return dict(found.order_by().values_list("concept").annotate(Sum("lines")))


def unevidenced_count(unit: Unit) -> int:
    """How many lines of the unit that stand have no evidence."""
    found = DailyFact.objects.filter(unit=unit, concept__in=list(map(rules.kind_concept, ActivityKind)))
    return found.aggregate(lines=Sum("unevidenced_lines"))["lines"] or 0


def fact_lines(unit: Unit, concept_id: str, window: Window) -> QuerySet[Activity]:
    """The lines a figure is folded from, newest first; of a stock those of the last day that says it."""
    if concept_id in FROM_PLAN:
        return plan_lines(unit, _plans_of(unit, window), window.end)
    found = ledger(unit, window, standing=Standing.COUNTED).filter(
        Exists(Measure.objects.filter(activity=OuterRef("pk"), concept__in=counters_under(concept_id)))
    )
    if concept_id not in STOCKS:
        return found
    last = found.order_by("-happened_on").values_list("happened_on", flat=True).first()
    return found.filter(happened_on=last) if last else found.none()


def plan_lines(unit: Unit, plans: Iterable[Plan], on: date) -> QuerySet[Activity]:
    """The counted lines of the tasks of these plans of the unit up to that day: what their progress rests on."""
    so_far = Window(rules.EARLIEST_DAY, on)
    return ledger(unit, so_far, standing=Standing.COUNTED).filter(task__plan__in=list(plans))


def units_with_facts() -> set[str]:
    """Ids of the units that have lines, or facts left from lines."""
    return set(Activity.objects.order_by().values_list("unit", flat=True).distinct()) | set(
        DailyFact.objects.order_by().values_list("unit", flat=True).distinct()
    )


def _plans_of(unit: Unit, window: Window) -> QuerySet[Plan]:
    return Plan.objects.filter(unit=unit, year=window.end.year)


def _plan_facts(unit: Unit, window: Window) -> dict[str, Fact]:
    """The figures of the plan of the window's year, as it stood on the window's last day."""
    plans = list(_plans_of(unit, window))
    if not plans:
        return {concept_id: Fact(concept_id, window, None) for concept_id in FROM_PLAN}
    tasks = [task for plan in plans for task in progress(plan, window.end).tasks]
    planned = sum(1 for task in tasks if task.is_completed is not None)
    completed = sum(1 for task in tasks if task.is_completed)
    behind = _Sum()
    so_far = Window(rules.EARLIEST_DAY, window.end)
    for found in _sums(unit, so_far, [rules.task_concept(task.task.pk) for task in tasks]).values():
        behind.join(found)
    base = Fact(
        "completion",
        window,
        rules.share(completed, planned),
        lines=behind.lines,
        unevidenced_lines=behind.unevidenced_lines,
        digest=f"{behind.digest:064x}",
        numerator=completed,
        denominator=planned,
    )
    counts = {"tasks_planned": planned, "tasks_completed": completed}
    return {"completion": base} | {
        concept_id: replace(base, concept=concept_id, value=count, numerator=None, denominator=None)
        for concept_id, count in counts.items()
    }
