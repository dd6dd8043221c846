"""Where a report takes its figures from: the ledger first, an old document when the ledger knows nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Count

from dinhlang.archive.models import BackfilledFact
from dinhlang.archive.queries import backfilled
from dinhlang.org.models import Unit
from dinhlang.periods.identifier import BadPeriod, Period
from dinhlang.periods.regimes import Regime
from dinhlang.periods.window import Window
from dinhlang.reports.rules import LINES, Known, Number, printed_value
from dinhlang.work import queries as work
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN
from dinhlang.work.models import Activity, ActivityKind, Reversal

LEDGER, ARCHIVE, PLAN = "ledger", "archive", "plan"
PLAN_TASKS = "plan-tasks"


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure and what stands behind it. `value` is `None` when nothing shows it: unknown is not zero.

    `doubts` are sentences against comparing with it; `quoted` says where an old document states it.
    """

    concept: str
    window: Window
    value: Number | None = None
    exactness: str = ""
    origin: str = LEDGER
    lines: int = 0
    digest: str = ""
    numerator: int | None = None
    denominator: int | None = None
    unevidenced_lines: int = 0
    quoted: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def printed(self) -> str:
        """As it stands in the document: 'hơn 3.500', or '…' for what is not known."""
        if self.value is None:
            return "…"
        words = f"{self.exactness} {printed_value(self.value)}".strip()
        return f"{words} (*)" if self.origin == ARCHIVE else words

    @property
    def known(self) -> Known:
        return Known(self.value, self.exactness, self.window.days, comparable=not self.doubts)


class Sources:
    """The figures of one unit under one regime, each looked up once."""

    def __init__(self, unit: Unit, regime: Regime, period: Period, window: Window) -> None:
        self.unit, self.regime, self.period, self.window = unit, regime, period, window
        self._found: dict[tuple[str, str], Stated] = {}
        self._facts: dict[str, Mapping[str, work.Fact]] = {}

    def stated(self, concept: str, which: str = "current") -> Stated:
        """The figure of 'current', 'previous' or 'same' (the same period of the year before)."""
        key = (concept, which)
        if key not in self._found:
            self._found[key] = self._look_up(concept, which)
        return self._found[key]

    def period_of(self, which: str) -> Period | None:
        """The period meant; `None` for one before time began."""
        try:
            if which == "current":
                return self.period
            return self.period.previous() if which == "previous" else self.period.year_before()
        except BadPeriod:
            return None

    @cached_property
    def lines_by_kind(self) -> Mapping[str, int]:
        """How many lines of the ledger stand, by kind."""
        return lines_by_kind(self.unit, self.window)

    def _look_up(self, concept: str, which: str) -> Stated:
        if which == "current":
            return _of_fact(self._facts_of(which, self.window)[concept])
        period = self.period_of(which)
        if period is None or concept in FROM_PLAN:
            return Stated(concept, self.window)
        full = self.regime.window(period)
        own = full.clipped(self.unit.starts_on, self.unit.ends_on)
        found = _of_fact(self._facts_of(which, own)[concept]) if own else Stated(concept, full)
        if found.value is not None:
            return found
        old = backfilled(self.unit, concept, period)
        return _from_archive(old, concept, full) if old else replace(found, window=full)

    def _facts_of(self, which: str, window: Window) -> Mapping[str, work.Fact]:
        """All facts of a window from one pass over the ledger's folds."""
        if which not in self._facts:
            wanted = (
                None if which == "current" else [concept for concept in CONCEPTS if concept not in FROM_PLAN]
            )
            self._facts[which] = work.facts(self.unit, window, wanted)
        return self._facts[which]


def from_ledger(unit: Unit, concept: str, window: Window) -> Stated:
    """A concept's fact over a window, or the number of lines of a kind ('lines-radio')."""
    if concept.startswith(LINES):
        count = lines_by_kind(unit, window).get(concept.removeprefix(LINES), 0)
        return Stated(concept, window, count or None, lines=count)
    return _of_fact(work.fact(unit, concept, window))


def _of_fact(fact: work.Fact) -> Stated:
    return Stated(
        concept=fact.concept,
        window=fact.window,
        value=fact.value,
        exactness=fact.exactness,
        origin=PLAN if fact.concept in FROM_PLAN else LEDGER,
        lines=fact.lines,
        digest=fact.digest,
        numerator=fact.numerator,
        denominator=fact.denominator,
        unevidenced_lines=fact.unevidenced_lines,
    )


def lines_by_kind(unit: Unit, window: Window) -> dict[str, int]:
    """How many lines of each kind the unit's ledger holds in the window, reversed ones left out."""
    within = Activity.objects.filter(unit=unit, happened_on__range=(window.start, window.end))
    reversed_ = Reversal.objects.filter(
        activity__unit=unit, activity__happened_on__range=(window.start, window.end)
    )
    # Two counts instead of one over a join: reversals are few, lines may be a hundred thousand.
    counts = dict(within.order_by().values_list("kind").annotate(Count("id")))
    for kind, number in reversed_.order_by().values_list("activity__kind").annotate(Count("activity_id")):
        counts[kind] -= number
    return {kind: number for kind, number in counts.items() if number}


def _from_archive(old: BackfilledFact, concept: str, window: Window) -> Stated:
    value = old.value
    return Stated(
        concept=concept,
        window=window,
        value=int(value) if value == value.to_integral_value() else value,
        exactness=old.exactness,
        origin=ARCHIVE,
        quoted=f"“{old.document.name}”" + (f", dòng {old.line}" if old.line else ""),
        doubts=tuple(doubt["message"] for doubt in old.doubts),
    )


def label_of(concept: str) -> str:
    """What the figure is called."""
    if concept.startswith(LINES):
        return f"Hoạt động ghi sổ: {ActivityKind(concept.removeprefix(LINES)).label}"
    if concept == PLAN_TASKS:
        return "Nhiệm vụ trong kế hoạch"
    return CONCEPTS[concept].label


def is_share(concept: str) -> bool:
    """Whether the figure is a percentage of two counts."""
    return concept in CONCEPTS and not CONCEPTS[concept].additive
