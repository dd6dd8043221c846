"""Where a report takes its figures from: the ledger first, an old document when the ledger knows nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from dinhlang.archive.models import BackfilledFact
from dinhlang.archive.queries import backfilled_of
from dinhlang.org.models import Unit
from dinhlang.periods.identifier import BadPeriod, Period
from dinhlang.periods.regimes import Regime
from dinhlang.periods.window import Window
from dinhlang.reports.rules import LINES, Known, Number, printed_value
from dinhlang.work import queries as work
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN, STOCKS
from dinhlang.work.models import ActivityKind, Plan, ReformField
from dinhlang.work.rules import field_concept, kind_concept

LEDGER, ARCHIVE, PLAN, CHILDREN = "ledger", "archive", "plan", "children"
PLAN_TASKS = "plan-tasks"
# How many units a consolidated report speaks for, and how many owed one.
UNITS_SENT, UNITS_DUE = "units-sent", "units-due"


@dataclass(frozen=True, slots=True)
class Quote:
    """Where an old document states a figure: its name and file, the line, its own words."""

    document: str
    sha256: str
    line: int | None
    quote: str

    @property
    def place(self) -> str:
        return f"“{self.document}”" + (f", dòng {self.line}" if self.line else "")


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure and what stands behind it. `value` is `None` when nothing shows it: unknown is not zero.

    `doubts` are sentences against comparing with it; `quote` says where an old document states it. `made_of` names the
    units before this one that it counts too: 'gồm xã Nam Chính trước 01/12/2024'.
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
    quote: Quote | None = None
    doubts: tuple[str, ...] = ()
    made_of: str = ""

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


class Ledger:
    """What the ledger of one unit says of windows, each window read once."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self._facts: dict[Window, Mapping[str, work.Fact]] = {}
        self._lines: dict[Window, Lines] = {}

    def stated(self, concept: str, window: Window) -> Stated:
        """A concept's fact over a window, or the number of lines of a kind ('lines-radio')."""
        if concept.startswith(LINES):
            count = self.lines(window).by_kind.get(concept.removeprefix(LINES), 0)
            return Stated(concept, window, count or None, lines=count)
        if window not in self._facts:
            self._facts[window] = work.facts(self.unit, window, _FROM_LINES)
        return _of_fact(self._facts[window][concept])

    def lines(self, window: Window) -> Lines:
        """How many lines stand in the window, by kind, and the fields of reform they name."""
        if window not in self._lines:
            self._lines[window] = lines_of(self.unit, window)
        return self._lines[window]


class Sources:
    """The figures of one unit under one regime, each looked up once."""

    def __init__(
        self, unit: Unit, regime: Regime, period: Period, window: Window, plan: Plan | None = None
    ) -> None:
        self.unit, self.regime, self.period, self.window, self.plan = unit, regime, period, window, plan
        self._ledger = Ledger(unit)
        self._found: dict[tuple[str, str], Stated] = {}
        self._old: dict[str, Mapping[str, BackfilledFact]] = {}
        self._days: dict[str, tuple[Window, Window | None]] = {}
        self._joint: Mapping[str, work.Joint] | None = None

    def stated(self, concept: str, which: str = "current") -> Stated:
        """The figure of 'current', 'previous' or 'same' (the same period of the year before)."""
        key = (concept, which)
        if key not in self._found:
            self._found[key] = self._look_up(concept, which)
        return self._found[key]

    def before_with_predecessors(self, concept: str) -> Stated:
        """The figure of the same period of the year before, with what units before this one did in it, labelled.

        A view to be shown beside the unit's own figure. Texts and sums take `stated`.
        """
        found, period = self.stated(concept, "same"), self.period_of("same")
        if period is None or concept not in _JOINED or found.origin == ARCHIVE:
            return found
        if self._joint is None:
            self._joint = work.joint_facts([self.unit], self.regime.window(period), _JOINED)
        joint = self._joint[concept]
        return replace(_of_fact(joint.fact), made_of=joint.label) if joint.label else found

    def period_of(self, which: str) -> Period | None:
        """The period meant; `None` for one before time began."""
        try:
            if which == "current":
                return self.period
            return self.period.previous() if which == "previous" else self.period.year_before()
        except BadPeriod:
            return None

    @property
    def lines(self) -> Lines:
        """The lines of the reported window."""
        return self._ledger.lines(self.window)

    @cached_property
    def progress(self) -> work.PlanProgress | None:
        """How far the plan is on the last day of the window."""
        return work.progress(self.plan, self.window.end) if self.plan else None

    def _look_up(self, concept: str, which: str) -> Stated:
        if which == "current":
            if concept in FROM_PLAN:
                return from_plan(self.progress, concept, self.window)
            return self._ledger.stated(concept, self.window)
        period = self.period_of(which)
        if period is None or concept in FROM_PLAN:
            return Stated(concept, self.window)
        full, own = self._windows(which, period)
        found = self._ledger.stated(concept, own) if own else Stated(concept, full)
        if found.value is not None:
            return found
        old = self._archived(which, period).get(concept)
        if old:
            return from_archive(old, full)
        return found if found.window == full else replace(found, window=full)

    def _windows(self, which: str, period: Period) -> tuple[Window, Window | None]:
        """The days of an earlier period, and those of them on which the unit was in being."""
        if which not in self._days:
            full = self.regime.window(period)
            self._days[which] = (full, full.clipped(self.unit.starts_on, self.unit.ends_on))
        return self._days[which]

    def _archived(self, which: str, period: Period) -> Mapping[str, BackfilledFact]:
        if which not in self._old:
            self._old[which] = backfilled_of(self.unit, period)
        return self._old[which]


_FROM_LINES = tuple(concept for concept in CONCEPTS if concept not in FROM_PLAN)
_JOINED = tuple(concept for concept in _FROM_LINES if concept not in STOCKS)


def from_plan(progress: work.PlanProgress | None, concept: str, window: Window) -> Stated:
    """A figure of the plan's progress; its digest changes when a task gains or loses evidence."""
    if progress is None or not progress.begun:
        return Stated(concept, window, origin=PLAN)
    counts = {"tasks_planned": progress.begun, "tasks_completed": progress.completed}
    behind = [[row.task.pk, row.is_completed, row.done, row.evidenced_lines] for row in progress.tasks]
    return Stated(
        concept=concept,
        window=window,
        value=counts.get(concept, progress.share),
        origin=PLAN,
        lines=sum(row.lines for row in progress.tasks),
        digest=hashlib.sha256(json.dumps(behind).encode()).hexdigest(),
        numerator=None if concept in counts else progress.completed,
        denominator=None if concept in counts else progress.begun,
    )


def _of_fact(fact: work.Fact) -> Stated:
    return Stated(
        concept=fact.concept,
        window=fact.window,
        value=fact.value,
        exactness=fact.exactness,
        lines=fact.lines,
        digest=fact.digest,
        numerator=fact.numerator,
        denominator=fact.denominator,
        unevidenced_lines=fact.unevidenced_lines,
    )


@dataclass(frozen=True, slots=True)
class Lines:
    """How many lines stand, by kind; and the fields of reform named in any."""

    by_kind: Mapping[str, int]
    fields: frozenset[str]


def lines_of(unit: Unit, window: Window) -> Lines:
    """The lines of the unit's ledger in the window, reversed ones left out."""
    standing = work.standing_lines(unit, window)
    return Lines(
        {str(kind): lines for kind in ActivityKind if (lines := standing.get(kind_concept(kind)))},
        frozenset(str(field) for field in ReformField if field_concept(field) in standing),
    )


def from_archive(old: BackfilledFact, window: Window) -> Stated:
    """What an old document states of a window."""
    value = old.value
    return Stated(
        concept=old.concept,
        window=window,
        value=int(value) if value == value.to_integral_value() else value,
        exactness=old.exactness,
        origin=ARCHIVE,
        quote=Quote(old.document.name, old.document.blob_id, old.line, old.quote),
        doubts=tuple(doubt["message"] for doubt in old.doubts),
    )


def label_of(concept: str) -> str:
    """What the figure is called."""
    if concept.startswith(LINES):
        return f"Hoạt động ghi sổ: {ActivityKind(concept.removeprefix(LINES)).label}"
    if concept == PLAN_TASKS:
        return "Nhiệm vụ trong kế hoạch"
    if concept == UNITS_SENT:
        return "Đơn vị đã có báo cáo"
    if concept == UNITS_DUE:
        return "Đơn vị phải báo cáo"
    return CONCEPTS[concept].label


def is_percentage(concept: str) -> bool:
    """Whether a percent sign stands after the figure: a share may be points of a hundred."""
    return is_share(concept) and CONCEPTS[concept].unit == "%"


def points_of(concept: str) -> str:
    """In what two shares differ: points of a hundred, or of per cent."""
    return "điểm %" if is_percentage(concept) else "điểm"


def is_share(concept: str) -> bool:
    """Whether the figure is a percentage of two counts."""
    return concept in CONCEPTS and not CONCEPTS[concept].additive
