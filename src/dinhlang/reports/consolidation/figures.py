"""The figures of submitted reports and of the upper unit's own ledger, as they are taken together.

Read in a number of questions that does not grow with the number of units.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from dinhlang.org.models import Unit
from dinhlang.periods.window import Window
from dinhlang.reports.consolidation.rules import Line, Part
from dinhlang.reports.consolidation.taken import Figure, counts_of
from dinhlang.reports.models import Submission, SubmittedFigure
from dinhlang.reports.rules import LINES
from dinhlang.reports.sources import CHILDREN, lines_of
from dinhlang.work import queries as work
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN, PARTS_ONLY
from dinhlang.work.models import ActivityKind

_SAID = tuple(one for one in CONCEPTS if one not in PARTS_ONLY)
_FROM_LINES = tuple(one for one in _SAID if one not in FROM_PLAN)
_COUNTED_LINES = tuple(LINES + kind for kind in ActivityKind)
SUMMED = (*_SAID, *_COUNTED_LINES)
"""Every concept that is taken together, in the order in which pages list them."""

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

    The window that is owed ends at the cut-off; a report drawn a day earlier ends then. One drawn long before, as that of
    a commune in its first days, has only days that lie within those it owes: they are its own, not of an earlier period.
    """
    late = Counter(
        (start, end) for start, end in stated if end <= owed.end and (owed.end - end).days * 4 <= owed.days
    ) or Counter((start, end) for start, end in stated if owed.start <= start and end <= owed.end)
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


def own_again(unit: str, concept: str, stored: Sequence[Any]) -> Figure:
    """A figure of the upper unit's own as it was kept by `own_as_json`."""
    value, word, top, bottom, lines, digest = stored
    return _own_figure(unit, concept, value, word, top, bottom, lines, digest)
