"""Which reports of a period are taken together: those that owed one, the version of each that counts, its figures.

Read in a number of questions that does not grow with the number of units.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from dinhlang.org import queries as org
from dinhlang.org.models import EARLIEST_FIRST, Unit, UnitName
from dinhlang.periods import regimes
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window
from dinhlang.reports.consolidation.rules import (
    Child,
    Coverage,
    Line,
    Part,
    Sum,
    counted_word,
    together,
    without_predecessors,
)
from dinhlang.reports.models import Consolidation, Obligation, Submission, SubmittedFigure
from dinhlang.reports.rules import LINES
from dinhlang.reports.sources import CHILDREN, lines_of
from dinhlang.reports.submission.rules.states import State
from dinhlang.vietnamese.text import collation_key
from dinhlang.work import queries as work
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN
from dinhlang.work.models import ActivityKind

REGIME = "nd09"
_FROM_LINES = tuple(one for one in CONCEPTS if one not in FROM_PLAN)
_COUNTED_LINES = tuple(LINES + kind for kind in ActivityKind)
SUMMED = (*CONCEPTS, *_COUNTED_LINES)
"""Every concept that is taken together, in the order in which pages list them."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a unit stated it; `pk` is that of the submitted figure, 0 for one of the upper unit's own ledger."""

    pk: int
    unit: str
    anchor: str
    concept: str
    part: Part
    value: float | int | None
    exactness: str
    numerator: int | None
    denominator: int | None
    lines: int
    digest: str
    has_evidence: bool
    changed_from: str = ""
    submission: int = 0


@dataclass(frozen=True)
class Taken:
    """What is taken together for a unit and a period.

    `submissions` by the unit's id; `figures` by concept and unit; `own` the upper unit's own ledger, by concept.
    """

    unit: Unit
    programme: str
    period: Period
    window: Window
    coverage: Coverage
    submissions: Mapping[str, Submission]
    windows: Mapping[str, Window]
    figures: Mapping[str, Mapping[str, Figure]]
    own: Mapping[str, Figure]
    apart: frozenset[str] = frozenset()
    _sums: dict[str, Sum] = field(default_factory=dict, compare=False)

    @property
    def counted(self) -> list[str]:
        """Ids of the units of which figures are counted, in the order of their names."""
        return [one for one in self.order if one in self.coverage.taken]

    def sum_of(self, concept: str) -> Sum:
        """The figures of a concept taken together, with those of the upper unit's own ledger."""
        if concept not in self._sums:
            stated = self.figures.get(concept, {})
            parts = [
                stated[unit].part if unit in stated else self._without(unit, concept)
                for unit in sorted(self.coverage.taken)
            ]
            if concept in self.own:
                parts.append(self.own[concept].part)
            self._sums[concept] = together(parts)
        return self._sums[concept]

    def _without(self, unit: str, concept: str) -> Part:
        """A unit that said there was nothing counted nothing; any other that gives no figure is unknown."""
        if unit not in self.coverage.nil:
            return Part(unit)
        return Part(unit, dict.fromkeys(counts_of(concept), 0))

    def value(self, concept: str) -> float | int | None:
        """The figure over all units; `None` when no unit knows it."""
        counts = counts_of(concept)
        found = self.sum_of(concept)
        if len(counts) == 2:
            return found.share(counts[0], counts[1], self.apart)
        return found.value(counts[0], self.apart)

    def counts(self, concept: str) -> tuple[int | None, int | None]:
        """The two counts of a share; nothing for a counted concept."""
        counts = counts_of(concept)
        if len(counts) != 2:
            return None, None
        found = self.sum_of(concept)
        return found.value(counts[0], self.apart), found.value(counts[1], self.apart)

    def doubled(self, concept: str) -> int:
        """What is taken off the units' counts because several reported the same event; nothing of a share."""
        counts = counts_of(concept)
        return (
            0
            if len(counts) == 2
            else sum(one.doubled(concept) for one in self.sum_of(concept).events(self.apart))
        )

    def exactness(self, concept: str) -> str:
        """The word before the figure."""
        found = self.sum_of(concept)
        return found.share_exactness if len(counts_of(concept)) == 2 else found.exactness

    def digest(self, concept: str) -> str:
        """Changes with any unit's figure, and with what a person said of joint events."""
        behind = [
            [one.unit, one.digest, str(one.value), one.numerator, one.denominator, one.exactness]
            for one in sorted(self.behind(concept), key=lambda one: one.unit)
        ]
        marked = [behind, sorted(self.coverage.nil), sorted(self.apart)]
        return hashlib.sha256(json.dumps(marked, ensure_ascii=False).encode()).hexdigest()

    def behind(self, concept: str) -> list[Figure]:
        """The units' figures behind a sum, in the order of their names; the upper unit's own last."""
        stated = self.figures.get(concept, {})
        found = [stated[unit] for unit in self.counted if unit in stated]
        return [*found, *([self.own[concept]] if concept in self.own else [])]

    def without(self, apart: Iterable[str]) -> Taken:
        """The same, where these keys make no joint event."""
        return replace(self, apart=frozenset(apart), _sums={})

    # --- names ------------------------------------------------------------------------------------

    @cached_property
    def _called(self) -> dict[str, UnitName]:
        """The units' names on the last day of the window."""
        ids = {*self.coverage.expected, *self.submissions, *self.coverage.ended, self.unit.pk}
        found: dict[str, UnitName] = {}
        for name in UnitName.objects.filter(unit__in=ids).order_by("unit", EARLIEST_FIRST):
            if name.unit_id not in found or name.starts_on is None or name.starts_on <= self.window.end:
                found[name.unit_id] = name
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """Names by id: 'xã Bến Trúc'."""
        ids = {*self.coverage.expected, *self.submissions, *self.coverage.ended, self.unit.pk}
        return {one: self._called[one].full if one in self._called else one for one in ids}

    @cached_property
    def order(self) -> list[str]:
        """Ids of all units below, in the order of their own names: 'xã An Bình' before 'phường Bến Trúc'."""
        ids = {*self.coverage.expected, *self.submissions, *self.coverage.ended}

        def key(unit: str) -> Any:
            called = self._called.get(unit)
            return (collation_key(called.name if called else unit), unit)

        return sorted(ids, key=key)

    @property
    def word(self) -> str:
        """What the units are counted as: 'xã, phường'."""
        ids = self.coverage.taken | self.coverage.missing
        return counted_word({self._called[one].kind for one in ids if one in self._called})

    @property
    def sentence(self) -> str:
        """The coverage sentence."""
        return self.coverage.sentence(self.word, self.names, self.order)


def counts_of(concept: str) -> tuple[str, ...]:
    """The counts a concept is kept as: itself, or numerator and denominator."""
    known = CONCEPTS.get(concept)
    if known is None or known.numerator is None or known.denominator is None:
        return (concept,)
    return (known.numerator, known.denominator)


# --- which reports --------------------------------------------------------------------------------


def obligations_to(unit: Unit, programme: str, period: Period | None = None) -> QuerySet[Obligation]:
    """The reports of a programme that are owed to a unit or one of its departments; of all periods without one."""
    on = period.calendar_window().end if period else None
    rows = Obligation.objects.filter(programme=programme, request=None).exclude(unit=unit)
    if period is not None:
        rows = rows.filter(period=str(period))
    parts = org.ids_of_body(unit, on) if on else {unit.pk} | _ever_parts(unit)
    to = Q(recipient__in=parts)
    if unit.level == Unit.Level.NATION:
        to |= Q(recipient=None, unit__level=Unit.Level.PROVINCE)
    found: QuerySet[Obligation] = rows.filter(to)
    return found


def _ever_parts(unit: Unit) -> set[str]:
    """Ids of what is or was a department of the unit."""
    parts = Unit.objects.filter(placements__parent=unit, level=Unit.Level.DEPARTMENT)
    return set(parts.values_list("pk", flat=True))


def window_of(unit: Unit, programme: str, period: Period, today: date) -> Window:
    """The days a consolidated report speaks of: the window of the regime under which the units owe theirs, up to today.

    A unit that was born or ceased within the period owes a part of them; no report claims days that have not come.
    """
    one = obligations_to(unit, programme, period).exclude(regime=None).select_related("regime").first()
    rule = (
        regimes.from_row(one.regime.rule)
        if one is not None and one.regime is not None
        else regimes.get(REGIME, on=period.calendar_window().end)
    )
    full = rule.window(period)
    return Window(full.start, max(full.start, min(full.end, today)))


def take(unit: Unit, programme: str, period: Period, window: Window, *, with_received: bool = False) -> Taken:
    """What counts now: of every unit the accepted report, where it is wanted else the received one."""
    owed = list(obligations_to(unit, programme, period).select_related("unit"))
    chosen = _chosen(owed, with_received=with_received)
    figures, windows = figures_of(chosen, {row.unit_id: _window_of(row, window) for row in owed})
    coverage = _coverage(owed, chosen, windows, window)
    return Taken(
        unit, programme, period, window, coverage, chosen, windows, figures, own_figures(unit, window)
    )


def _chosen(owed: Sequence[Obligation], *, with_received: bool) -> dict[str, Submission]:
    states = [State.ACCEPTED, State.RECEIVED] if with_received else [State.ACCEPTED]
    unit_of = {row.pk: row.unit_id for row in owed}
    rows = Submission.objects.filter(obligation__in=unit_of, state__in=states).defer("document")
    found: dict[str, Submission] = {}
    # 'accepted' sorts before 'received': what was accepted holds until a later one is accepted itself.
    for one in rows.order_by("state", "-number"):
        found.setdefault(unit_of[one.obligation_id], one)
    return found


def versions_now(consolidation: Consolidation) -> dict[str, Submission]:
    """The version of each unit that counts today of what a consolidated report is about."""
    report = consolidation.report
    owed = list(obligations_to(report.unit, report.programme, Period.parse(report.period)))
    return _chosen(owed, with_received=consolidation.with_received)


def _window_of(row: Obligation, window: Window) -> Window:
    if row.window_from is None or row.window_to is None:
        return window
    return Window(row.window_from, row.window_to)


def _coverage(
    owed: Sequence[Obligation],
    chosen: Mapping[str, Submission],
    windows: Mapping[str, Window],
    window: Window,
) -> Coverage:
    released = {row.unit_id for row in owed if row.released_on is not None}
    gone = _ended_within(owed, window)
    heirs = {unit.pk: org.heir_ids(unit, window.end) for unit in gone}
    children = [Child(unit, windows[unit].start, windows[unit].end) for unit in chosen]
    passed = without_predecessors(children, heirs)
    ended = {
        unit.pk
        for unit in gone
        if unit.pk not in chosen
        and unit.ends_on is not None
        and not any(heir in chosen and windows[heir].start < unit.ends_on for heir in heirs[unit.pk])
    }
    return Coverage(
        expected=frozenset(row.unit_id for row in owed) - released,
        taken=frozenset(chosen) - set(passed),
        nil=frozenset(unit for unit, one in chosen.items() if one.way == Submission.Way.NIL),
        unaccepted=frozenset(unit for unit, one in chosen.items() if one.state != State.ACCEPTED),
        passed=passed,
        ended=frozenset(ended),
    )


def _ended_within(owed: Sequence[Obligation], window: Window) -> list[Unit]:
    """The units that ceased within the window and left something to one that owes a report, or owed one themselves.

    For some no report was ever asked: their period was opened after they had ceased.
    """
    ids = {row.unit_id for row in owed}
    before = ids | org.predecessor_ids(ids, window.end)
    gone = Unit.objects.filter(pk__in=before, ends_on__gt=window.start, ends_on__lte=window.end)
    return list(gone.order_by("pk"))


def kept(consolidation: Consolidation) -> Taken:
    """What a consolidated report counts: the versions that were pinned, whatever came afterwards."""
    report = consolidation.report
    rows = list(consolidation.children.select_related("submission"))
    chosen = {row.unit_id: row.submission for row in rows}
    windows = {row.unit_id: Window(row.window_from, row.window_to) for row in rows}
    passed = {row.unit_id: row.passed_to_id for row in rows if row.passed_to_id}
    coverage = Coverage(
        expected=frozenset(consolidation.expected),
        taken=frozenset(chosen) - set(passed),
        nil=frozenset(unit for unit, one in chosen.items() if one.way == Submission.Way.NIL),
        unaccepted=frozenset(row.unit_id for row in rows if not row.was_accepted),
        passed=passed,
        ended=frozenset(consolidation.ended),
    )
    figures, windows = figures_of(chosen, windows)
    return Taken(
        report.unit,
        report.programme,
        Period.parse(report.period),
        Window(report.window_from, report.window_to),
        coverage,
        chosen,
        windows,
        figures,
        {concept: _own_again(report.unit_id, concept, one) for concept, one in consolidation.own.items()},
        frozenset(consolidation.apart),
    )


# --- their figures --------------------------------------------------------------------------------

_FIELDS = (
    "pk",
    "submission_id",
    "anchor",
    "concept",
    "window_from",
    "window_to",
    "value",
    "numerator",
    "denominator",
    "exactness",
    "lines",
    "digest",
    "has_evidence",
    "changed_from",
    "evidence",
    "origin",
)


def figures_of(
    chosen: Mapping[str, Submission], owed: Mapping[str, Window], concepts: Iterable[str] = SUMMED
) -> tuple[dict[str, dict[str, Figure]], dict[str, Window]]:
    """The figures of these submissions by concept and unit, of each the one over the report's own days; and those days.

    A report also states figures of earlier periods; those have other days. `owed` are the days each unit owes; they
    stand for a report without figures.
    """
    unit_of = {one.pk: unit for unit, one in chosen.items()}
    rows = SubmittedFigure.objects.filter(submission__in=unit_of, concept__in=list(concepts))
    by_unit: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows.order_by("pk").values_list(*_FIELDS):
        by_unit[unit_of[row[1]]].append(row)
    found: dict[str, dict[str, Figure]] = defaultdict(dict)
    windows = dict(owed)
    for unit, stated in by_unit.items():
        days = _own_days([(row[4], row[5]) for row in stated], owed[unit])
        if days is None:
            continue
        windows[unit] = Window(*days)
        for row in stated:
            if (row[4], row[5]) == days and unit not in found[row[3]]:
                found[row[3]][unit] = _figure(unit, row)
    return dict(found), windows


def _own_days(stated: Collection[tuple[date, date]], owed: Window) -> tuple[date, date] | None:
    """The window most figures of the report have, of those that reach into the last days it owes.

    The window that is owed ends at the cut-off; a report drawn a day earlier ends then.
    """
    late = Counter(
        (start, end) for start, end in stated if end <= owed.end and (owed.end - end).days * 4 <= owed.days
    )
    return max(late, key=lambda days: (late[days], days[1], -days[0].toordinal()), default=None)


def _figure(unit: str, row: tuple[Any, ...]) -> Figure:
    (
        pk,
        submission,
        anchor,
        concept,
        _start,
        _end,
        value,
        top,
        bottom,
        word,
        lines,
        digest,
        shown,
        before,
        behind,
        origin,
    ) = row
    plain = None if value is None else (int(value) if value == int(value) else float(value))
    return Figure(
        pk,
        unit,
        anchor,
        concept,
        _part(unit, concept, plain, top, bottom, word, behind),
        plain,
        word,
        top,
        bottom,
        lines,
        digest,
        shown or origin == CHILDREN,
        before,
        submission,
    )


def _part(
    unit: str,
    concept: str,
    value: float | int | None,
    top: int | None,
    bottom: int | None,
    word: str,
    behind: Sequence[Mapping[str, Any]],
) -> Part:
    counts = counts_of(concept)
    if len(counts) == 2:
        if top is None or bottom is None:
            return Part(unit, stated=None if value is None else float(value))
        return Part(unit, {counts[0]: top, counts[1]: bottom}, word)
    if value is None:
        return Part(unit)
    lines = tuple(
        Line(unit, str(one.get("id")), ((concept, int(one.get("value") or 0)),), (joint_key(one),))
        for one in behind
        if one.get("joint")
    )
    return Part(unit, {concept: int(value)}, word, lines)


def joint_key(line: Mapping[str, Any]) -> str:
    """What two units' lines share when they are one event: the day, the kind, and what shows it."""
    return f"{line.get('on')}:{line.get('kind')}:{line['joint']}"


# --- the upper unit's own ledger --------------------------------------------------------------------


def own_figures(unit: Unit, window: Window) -> dict[str, Figure]:
    """What the upper unit did itself: the facts of its own ledger, those it knows."""
    facts = work.facts(unit, window, _FROM_LINES)
    known = {
        concept: _own_figure(
            unit.pk,
            concept,
            fact.value,
            fact.exactness,
            fact.numerator,
            fact.denominator,
            fact.lines,
            fact.digest,
        )
        for concept, fact in facts.items()
        if fact.value is not None
    }
    if not known:
        return {}
    for kind, count in lines_of(unit, window).by_kind.items():
        known[LINES + kind] = _own_figure(unit.pk, LINES + kind, count, "", None, None, count, "")
    return known


def _own_figure(
    unit: str,
    concept: str,
    value: float | int | None,
    word: str,
    top: int | None,
    bottom: int | None,
    lines: int,
    digest: str,
) -> Figure:
    part = _part(unit, concept, value, top, bottom, word, ())
    return Figure(0, unit, "", concept, part, value, word, top, bottom, lines, digest, has_evidence=lines > 0)


def own_as_json(own: Mapping[str, Figure]) -> dict[str, Any]:
    """The upper unit's own figures as they are kept."""
    return {
        concept: [one.value, one.exactness, one.numerator, one.denominator, one.lines, one.digest]
        for concept, one in own.items()
    }


def _own_again(unit: str, concept: str, stored: Sequence[Any]) -> Figure:
    value, word, top, bottom, lines, digest = stored
    return _own_figure(unit, concept, value, word, top, bottom, lines, digest)
