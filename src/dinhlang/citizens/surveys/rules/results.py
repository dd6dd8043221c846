"""What a round of a survey says: figures by factor, by question, by group; what may be shown of it; how it moved. Plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.citizens.surveys.rules import scoring
from dinhlang.citizens.surveys.rules.definition import (
    Definition,
    Factor,
    Kind,
    Option,
    Question,
    chosen,
    same_measure,
)
from dinhlang.citizens.surveys.rules.scoring import METHODS, Index, Method
from dinhlang.citizens.surveys.rules.suppression import LEAST, hidden

AnyIndex = Index[Any]
NO_GROUP = ""
"""The group of those who did not say."""


@dataclass(frozen=True, slots=True)
class FactorResult:
    """The index of one factor; None where too few answered."""

    factor: Factor
    index: AnyIndex | None


@dataclass(frozen=True, slots=True)
class OptionCount:
    """How often one option was chosen; None for a group that is hidden."""

    text: str
    score: int | None
    times: int | None
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question: how many answered, what they chose; of numbers the median."""

    question: Question
    answered: int
    options: tuple[OptionCount, ...] = ()
    median: Fraction | None = None
    index: AnyIndex | None = None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group of a breakdown; where it is hidden there is neither a number of people nor a figure."""

    label: str
    people: int | None
    indexes: tuple[AnyIndex | None, ...]
    whole: AnyIndex | None
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The figures by the options of one question."""

    question: Question
    rows: tuple[GroupRow, ...]

    @property
    def hides(self) -> bool:
        return any(row.is_hidden for row in self.rows)


@dataclass(frozen=True, slots=True)
class Results:
    """All a round says. `asked` is how many slips were given out, None where nobody can know (a poster, a kiosk).

    `people` counts slips; `is_shown` is False below ten, and then there are no figures at all. `flagged` says how often each
    flag was set; the whole without flagged slips is told only when these are enough not to follow from the difference.
    """

    method: Method
    people: int
    asked: int | None
    is_shown: bool
    whole: AnyIndex | None = None
    overall: AnyIndex | None = None
    factors: tuple[FactorResult, ...] = ()
    questions: tuple[QuestionResult, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    satisfied: int | None = None
    satisfied_of: int | None = None
    flagged: tuple[tuple[str, int], ...] = ()
    without_flagged: AnyIndex | None = None

    @property
    def response_rate(self) -> Fraction | None:
        """Of 0 to 1; None where nobody knows how many were asked. More slips than were given out is a fault to look at."""
        return Fraction(self.people, self.asked) if self.asked else None


def results(
    definition: Definition,
    slips: Sequence[Mapping[str, Any]],
    *,
    method: Method,
    asked: int | None = None,
    flags: Sequence[Sequence[str]] = (),
    least: int = LEAST,
) -> Results:
    """What the slips say, as may be shown: nothing below `least`, and no group from which fewer could be computed.

    `flags` holds those of each slip in the order of `slips`, or nothing at all.
    """
    flagged = tuple(sorted(Counter(flag for of_slip in flags for flag in of_slip).items()))
    if len(slips) < least:
        return Results(method, len(slips), asked, is_shown=False, flagged=flagged)
    factors = tuple(
        FactorResult(one, _enough(_index_of(definition.of_factor(one.id), slips, method), least))
        for one in definition.factors
    )
    breakdowns = tuple(
        _breakdown(definition, one, factors, slips, method, least) for one in definition.breakdowns
    )
    away = {one.question.id: frozenset(row.label for row in one.rows if row.is_hidden) for one in breakdowns}
    overall = definition.overall
    said = [one for one in (scoring.is_satisfied(definition, slip) for slip in slips) if one is not None]
    return Results(
        method,
        len(slips),
        asked,
        is_shown=True,
        whole=_whole(definition, factors, slips),
        overall=_enough(_index_of((overall,), slips, method), least) if overall else None,
        factors=factors,
        questions=tuple(
            _question(one, slips, method, least, away.get(one.id, frozenset()))
            for one in definition.questions
        ),
        breakdowns=breakdowns,
        flagged=flagged,
        without_flagged=_without_flagged(definition, slips, flags, method, least),
        satisfied=sum(said) if len(said) >= least else None,
        satisfied_of=len(said) if len(said) >= least else None,
    )


def _without_flagged(
    definition: Definition,
    slips: Sequence[Mapping[str, Any]],
    flags: Sequence[Sequence[str]],
    method: Method,
    least: int,
) -> AnyIndex | None:
    kept = [slip for slip, of_slip in zip(slips, flags, strict=True) if not of_slip] if flags else list(slips)
    if not least <= len(slips) - len(kept) or len(kept) < least:
        return None
    factors = [
        FactorResult(one, _enough(_index_of(definition.of_factor(one.id), kept, method), least))
        for one in definition.factors
    ]
    return _whole(definition, factors, kept)


def _index_of(
    questions: Sequence[Question], slips: Iterable[Mapping[str, Any]], method: Method
) -> AnyIndex | None:
    people = (scoring.scores_of(questions, slip) for slip in slips)
    return scoring.index(people, METHODS[method])


def _enough(found: AnyIndex | None, least: int) -> AnyIndex | None:
    return found if found is not None and found.people >= least else None


def _whole(
    definition: Definition, factors: Sequence[FactorResult], slips: Sequence[Mapping[str, Any]]
) -> AnyIndex | None:
    """Of the factors that are shown: one that is hidden must not follow from the whole."""
    shown = [(one.factor.weight, one.index) for one in factors if one.index is not None]
    if not shown:
        return None
    questions = [q for one in factors if one.index is not None for q in definition.of_factor(one.factor.id)]
    people = sum(any(score is not None for score in scoring.scores_of(questions, slip)) for slip in slips)
    return scoring.together(shown, people)


def _question(
    question: Question,
    slips: Sequence[Mapping[str, Any]],
    method: Method,
    least: int,
    away: frozenset[str],
) -> QuestionResult:
    given = [slip[question.id] for slip in slips if question.id in slip]
    if len(given) < least or question.kind is Kind.TEXT or question.kind is Kind.DATE:
        return QuestionResult(question, len(given))
    if question.kind is Kind.NUMBER:
        return QuestionResult(question, len(given), median=_median([Fraction(one) for one in given]))
    times = Counter(option for one in given for option in chosen(one))
    counted = sum(
        1 for one in given if not question.scored or any(_scores(question, option) for option in chosen(one))
    )
    options = tuple(_option(question, one, times[one.id], counted, away) for one in question.options)
    index = _enough(_index_of((question,), slips, method), least) if question.scored else None
    return QuestionResult(question, len(given), options, index=index)


def _option(question: Question, one: Option, times: int, counted: int, away: frozenset[str]) -> OptionCount:
    if one.text in away:
        return OptionCount(one.text, one.score, None, None)
    # "Không áp dụng" is counted and has no share: it is in no denominator.
    has_share = counted and (one.score is not None or not question.scored)
    return OptionCount(one.text, one.score, times, Fraction(times, counted) if has_share else None)


def _scores(question: Question, option: str) -> bool:
    found = question.option(option)
    return found is not None and found.score is not None


def _median(values: Sequence[Fraction]) -> Fraction:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _breakdown(
    definition: Definition,
    by: Question,
    factors: Sequence[FactorResult],
    slips: Sequence[Mapping[str, Any]],
    method: Method,
    least: int,
) -> Breakdown:
    shown = [one.factor for one in factors if one.index is not None]
    groups: dict[str, list[Mapping[str, Any]]] = {one.id: [] for one in by.options}
    groups[NO_GROUP] = []
    for slip in slips:
        groups[str(slip.get(by.id, NO_GROUP))].append(slip)
    counts = {
        name: [len(rows), *(_answered(definition, one, rows) for one in shown)]
        for name, rows in groups.items()
    }
    away = hidden(counts, least)
    return Breakdown(
        by,
        tuple(
            _group(definition, by, name, rows, factors, method, is_hidden=name in away)
            for name, rows in groups.items()
            if rows or name != NO_GROUP
        ),
    )


def _answered(definition: Definition, factor: Factor, slips: Iterable[Mapping[str, Any]]) -> int:
    questions = definition.of_factor(factor.id)
    return sum(any(score is not None for score in scoring.scores_of(questions, slip)) for slip in slips)


def _group(
    definition: Definition,
    by: Question,
    name: str,
    slips: Sequence[Mapping[str, Any]],
    factors: Sequence[FactorResult],
    method: Method,
    *,
    is_hidden: bool,
) -> GroupRow:
    option = by.option(name)
    label = option.text if option is not None else _("Không nói")
    if is_hidden:
        return GroupRow(label, None, (None,) * len(factors), None, is_hidden=True)
    own = tuple(
        FactorResult(
            one.factor,
            _index_of(definition.of_factor(one.factor.id), slips, method) if one.index is not None else None,
        )
        for one in factors
    )
    return GroupRow(
        label, len(slips), tuple(one.index for one in own), _whole(definition, own, slips), is_hidden=False
    )


# --- Over time -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Point:
    """One round in a trend. `is_same_form` is False where its form measures something else than the round before it."""

    label: str
    on: date
    index: AnyIndex
    is_same_form: bool = True


def trends(rounds: Iterable[tuple[str, date, Definition, AnyIndex]]) -> dict[Method, tuple[Point, ...]]:
    """Rounds in the order of their days, one row for each method: rows of two methods never stand on one line."""
    rows: dict[Method, list[Point]] = {}
    before: dict[Method, Definition] = {}
    for label, on, definition, index in sorted(rounds, key=lambda one: one[1]):
        known = before.get(index.method)
        same = known is None or same_measure(known, definition)
        rows.setdefault(index.method, []).append(Point(label, on, index, same))
        before[index.method] = definition
    return {method: tuple(points) for method, points in rows.items()}
