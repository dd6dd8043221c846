"""What a survey asks, in plain values. The same shape serves surveys, contests and tests before and after a training.

A scored option says its score, or None for 'không áp dụng', which leaves the denominator; where it stands in the list
says nothing (a real commune form gave 'Không bị trễ hẹn' no point because it stood last).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

SCORES = range(1, 6)
"""Scores of a Likert option: 5 rất hài lòng, 4 hài lòng, 3 bình thường, 2 không hài lòng, 1 rất không hài lòng."""


class Purpose(StrEnum):
    """What the questions are for."""

    SURVEY = "survey"
    CONTEST = "contest"
    TEST = "test"


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    LIKERT = "likert"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


CHOSEN = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.LIKERT})
"""Kinds that are answered by choosing."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One part of the index; `weight` counts against the weights of the others."""

    id: str
    title: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. `score` is a Likert option's, `correct` a contest's."""

    id: str
    text: str
    score: int | None = None
    correct: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """The question is asked of those who chose one of `options` in an earlier one."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    `factor` is what a Likert question counts for; `overall` marks the one question about the whole, by which a slip
    counts as satisfied. `least` and `most` bound a number, how many may be chosen, or how long a text is. `breakdown`
    lets results be shown by its options. `seconds` is the time for a contest's question, `points` what it is worth,
    `explanation` why the right answer is right, with the rule of law it follows from (`rules.marking`).
    """

    id: str
    kind: Kind
    text: str
    help: str = ""
    required: bool = False
    factor: str = ""
    overall: bool = False
    breakdown: bool = False
    options: tuple[Option, ...] = ()
    least: int | None = None
    most: int | None = None
    when: tuple[Condition, ...] = ()
    seconds: int | None = None
    points: int = 1
    explanation: str = ""

    @property
    def scored(self) -> bool:
        return self.kind is Kind.LIKERT

    def option(self, id_: str) -> Option | None:
        return next((one for one in self.options if one.id == id_), None)


@dataclass(frozen=True, slots=True)
class Definition:
    """All of it. `source` says where the questions come from."""

    title: str
    purpose: Purpose = Purpose.SURVEY
    intro: str = ""
    thanks: str = ""
    source: str = ""
    factors: tuple[Factor, ...] = ()
    questions: tuple[Question, ...] = ()

    def question(self, id_: str) -> Question | None:
        return next((one for one in self.questions if one.id == id_), None)

    def of_factor(self, id_: str) -> tuple[Question, ...]:
        return tuple(one for one in self.questions if one.scored and one.factor == id_)

    @property
    def overall(self) -> Question | None:
        return next((one for one in self.questions if one.overall), None)

    @property
    def breakdowns(self) -> tuple[Question, ...]:
        return tuple(one for one in self.questions if one.breakdown)


def is_asked(question: Question, values: Mapping[str, object]) -> bool:
    """Whether the answers given so far lead to this question; all its conditions must hold."""
    return all(set(one.options) & set(chosen(values.get(one.question))) for one in question.when)


def chosen(value: object) -> tuple[str, ...]:
    """The options in a stored answer: one id, or several."""
    if isinstance(value, str):
        return (value,)
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()


def changes(before: Definition, after: Definition) -> Iterator[tuple[str, Question]]:
    """What differs between two versions, question by question: 'added', 'removed', 'changed' with the newer words."""
    old = {one.id: one for one in before.questions}
    new = {one.id: one for one in after.questions}
    for id_, question in new.items():
        if id_ not in old:
            yield "added", question
        elif old[id_] != question:
            yield "changed", question
    for id_, question in old.items():
        if id_ not in new:
            yield "removed", question


def same_measure(before: Definition, after: Definition) -> bool:
    """Whether two versions measure the same: the same scored questions with the same scores in factors of the same weight.

    Where they do not, a trend says that the form changed between them.
    """
    return _measure(before) == _measure(after)


def _measure(definition: Definition) -> object:
    return (
        {one.id: one.weight for one in definition.factors},
        {
            one.id: (
                one.text,
                one.factor,
                one.overall,
                tuple((o.text, o.score) for o in one.options),
                one.when,
            )
            for one in definition.questions
            if one.scored
        },
    )
