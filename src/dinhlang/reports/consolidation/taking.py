"""Which reports of a period are taken together: those that owed one, and the version of each that counts.

Read in a number of questions that does not grow with the number of units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window
from dinhlang.reports.consolidation.figures import figures_of, own_again, own_figures
from dinhlang.reports.consolidation.rules import Child, Coverage, without_predecessors
from dinhlang.reports.consolidation.taken import Taken
from dinhlang.reports.duties.ruling import Ruling, ruling_of
from dinhlang.reports.models import Consolidation, Obligation, Submission
from dinhlang.reports.rules import request_of
from dinhlang.reports.submission.rules.states import State


def obligations_to(unit: Unit, programme: str, period: Period | None = None) -> QuerySet[Obligation]:
    """The reports of a programme that are owed to a unit or one of its departments; of all periods without one."""
    on = period.calendar_window().end if period else None
    request = request_of(programme)
    asked = Q(programme=programme, request=None) if request is None else Q(request=request)
    rows = Obligation.objects.filter(asked).exclude(unit=unit)
    if period is not None:
        rows = rows.filter(period=str(period))
    parts = org.ids_of_body(unit, on) if on else {unit.pk} | _ever_parts(unit)
    to = Q(recipient__in=parts)
    if request is not None:
        # Whoever took the letter in and gave it out gathers the answers.
        to |= Q(request__unit__in=parts)
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
    rows = obligations_to(unit, programme, period)
    letter = rows.exclude(request=None).exclude(window_from=None).exclude(window_to=None).first()
    if letter is not None and letter.window_from and letter.window_to:
        return Window(letter.window_from, max(letter.window_from, min(letter.window_to, today)))
    full = ruling_over(unit, programme, period).rule.window(period)
    return Window(full.start, max(full.start, min(full.end, today)))


def ruling_over(unit: Unit, programme: str, period: Period) -> Ruling:
    """What decides over the reports of a period that the unit receives: the regime under which the units owe theirs."""
    one = obligations_to(unit, programme, period).exclude(regime=None).select_related("regime").first()
    return ruling_of(one.unit if one else unit, programme, period, one)


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
        {concept: own_again(report.unit_id, concept, one) for concept, one in consolidation.own.items()},
        frozenset(consolidation.apart),
    )
