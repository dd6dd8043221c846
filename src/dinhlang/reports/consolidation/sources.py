"""Where a consolidated report takes its figures from: the reports that are taken together, and what it said before."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from dinhlang.archive.queries import backfilled_of
from dinhlang.periods.identifier import Period
from dinhlang.periods.regimes import Regime
from dinhlang.periods.window import Window
from dinhlang.reports.consolidation.figures import SUMMED
from dinhlang.reports.consolidation.taken import Taken
from dinhlang.reports.models import Report, ReportFigure
from dinhlang.reports.rules import LINES
from dinhlang.reports.sources import CHILDREN, Lines, Sources, Stated, from_archive, is_share
from dinhlang.work.concepts import CONCEPTS


class ChildSources(Sources):
    """The figures of a consolidated report. Those of earlier periods are what the unit's own earlier reports said."""

    def __init__(self, taken: Taken, regime: Regime) -> None:
        super().__init__(taken.unit, regime, taken.period, taken.window)
        self.taken = taken
        self._before: dict[str, Mapping[str, Stated]] = {}

    @cached_property
    def lines(self) -> Lines:  # type: ignore[override]
        """How many lines the units wrote of each kind; fields of reform are not part of what they submit."""
        found = {
            concept.removeprefix(LINES): int(value)
            for concept in SUMMED
            if concept.startswith(LINES) and (value := self.taken.value(concept))
        }
        return Lines(found, frozenset())

    def _look_up(self, concept: str, which: str) -> Stated:
        if which == "current":
            return self._together(concept)
        period = self.period_of(which)
        if period is None:
            return Stated(concept, self.window)
        if which not in self._before:
            self._before[which] = self._earlier(period)
        found = self._before[which].get(concept)
        return found or Stated(concept, self.regime.window(period), origin=CHILDREN)

    def _together(self, concept: str) -> Stated:
        taken = self.taken
        behind = taken.behind(concept)
        top, bottom = taken.counts(concept)
        return Stated(
            concept=concept,
            window=self.window,
            value=taken.value(concept),
            exactness=taken.exactness(concept),
            origin=CHILDREN,
            lines=len(taken.sum_of(concept).units),
            digest=taken.digest(concept),
            numerator=top,
            denominator=bottom,
            unevidenced_lines=0
            if is_share(concept)
            else sum(1 for one in behind if one.value and not one.has_evidence),
        )

    def _earlier(self, period: Period) -> Mapping[str, Stated]:
        """What the unit's issued report of a period said, else an old document."""
        report = (
            Report.objects.filter(
                unit=self.unit,
                programme=self.taken.programme,
                period=str(period),
                status=Report.Status.ISSUED,
            )
            .order_by("-pk")
            .first()
        )
        if report is None:
            full = self.regime.window(period)
            return {one: from_archive(old, full) for one, old in backfilled_of(self.unit, period).items()}
        window = Window(report.window_from, report.window_to)
        rows = report.figures.filter(
            window_from=window.start, window_to=window.end, concept__in=list(CONCEPTS)
        )
        return {row.concept: _of_figure(row, window) for row in rows.order_by("-pk") if row.value is not None}


def _of_figure(row: ReportFigure, window: Window) -> Stated:
    value = row.value
    return Stated(
        concept=row.concept,
        window=window,
        value=None if value is None else (int(value) if value == value.to_integral_value() else float(value)),
        exactness=row.exactness,
        origin=row.origin,
        lines=row.lines,
        digest=row.digest,
        numerator=row.numerator,
        denominator=row.denominator,
    )
