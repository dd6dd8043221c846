"""Right answers and points of a contest or a test. Plain Python.

A question with several right answers is right when exactly those were chosen: a part of them is no part of the points. A question
that was declared void afterwards gives its points to everyone who was asked it, whatever they chose: nobody loses by a fault of
the organisers, and people who were asked different questions can still reach the same sum.

What a browser gets goes through `without_answers`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from dinhlang.citizens.surveys.rules.definition import Definition, Question, chosen


class Outcome(StrEnum):
    """What became of one question."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Marked:
    """One question of one person."""

    question: Question
    outcome: Outcome

    @property
    def counts(self) -> bool:
        """Whether it gives its points."""
        return self.outcome in (Outcome.RIGHT, Outcome.VOID)

    @property
    def points(self) -> int:
        return self.question.points if self.counts else 0


@dataclass(frozen=True, slots=True)
class Mark:
    """What one person reached, question by question in the order they were asked."""

    rows: tuple[Marked, ...]

    @property
    def points(self) -> int:
        return sum(one.points for one in self.rows)

    @property
    def most(self) -> int:
        """What could be reached."""
        return sum(one.question.points for one in self.rows)

    @property
    def right(self) -> int:
        """How many questions gave their points."""
        return sum(one.counts for one in self.rows)

    @property
    def is_all_right(self) -> bool:
        """Whether every question gave its points; False where none was asked."""
        return bool(self.rows) and all(one.counts for one in self.rows)

    @property
    def share(self) -> Fraction | None:
        """Points reached of those that could be, from 0 to 1; None where there were none."""
        return Fraction(self.points, self.most) if self.most else None


def right_options(question: Question) -> frozenset[str]:
    """The ids of the right answers; empty for a question that has none and is not marked."""
    return frozenset(one.id for one in question.options if one.correct)


def markable(definition: Definition) -> tuple[Question, ...]:
    """The questions that have a right answer."""
    return tuple(one for one in definition.questions if right_options(one))


def mark(questions: Sequence[Question], values: Mapping[str, object], *, void: Collection[str] = ()) -> Mark:
    """What somebody reached who was asked these questions. `values` are stored answers (`rules.answers.Value`) by question;
    `void` the ids of questions that were declared void. Questions without a right answer are left out."""
    return Mark(
        tuple(
            Marked(one, _outcome(one, values.get(one.id), is_void=one.id in void))
            for one in questions
            if right_options(one)
        )
    )


def _outcome(question: Question, value: object, *, is_void: bool) -> Outcome:
    if is_void:
        return Outcome.VOID
    given = frozenset(chosen(value))
    if not given:
        return Outcome.MISSING
    return Outcome.RIGHT if given == right_options(question) else Outcome.WRONG


def without_answers(question: Question) -> Question:
    """The question as a browser may have it before its answer is told: no right option, no explanation."""
    return replace(
        question,
        options=tuple(replace(one, correct=False) for one in question.options),
        explanation="",
    )


@dataclass(frozen=True, slots=True)
class Hardness:
    """How one question went over everybody who was asked it."""

    question: Question
    asked: int
    right: int

    @property
    def share(self) -> Fraction | None:
        """Who answered rightly of those asked; None where nobody was."""
        return Fraction(self.right, self.asked) if self.asked else None


def hardest(marks: Iterable[Mark]) -> list[Hardness]:
    """Every question that was asked, the one that was answered rightly least first; void ones are left out."""
    asked: dict[str, int] = {}
    right: dict[str, int] = {}
    known: dict[str, Question] = {}
    for one in marks:
        for row in one.rows:
            if row.outcome is Outcome.VOID:
                continue
            id_ = row.question.id
            known[id_] = row.question
            asked[id_] = asked.get(id_, 0) + 1
            right[id_] = right.get(id_, 0) + (row.outcome is Outcome.RIGHT)
    made = [Hardness(known[id_], asked[id_], right[id_]) for id_ in known]
    return sorted(made, key=lambda one: (Fraction(one.right, one.asked), one.question.id))
