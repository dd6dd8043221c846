"""From slips to an index. Plain Python.

Three ways are in use, and one number says nothing without its way (all give 0 to 100 of answers that count):

- A, of the years 2017–2020: the share of "hài lòng" and "rất hài lòng" (score 4 and 5);
- B, since the survey of 2022: the mean of the scores over 5, so that the worst is 20 and not 0;
- C: the mean of the scores stretched from 0 to 100.

The index of the country fell from about 87 to 80.08 from 2021 to 2022 largely since A became B. So an `Index` carries its
way in its type, and `change` takes two of the same way only: the type checker refuses others, and so does the program
where values come out of the database. "Không áp dụng" has no score and is in no denominator.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.citizens.surveys.rules.definition import SCORES, Definition, Question
from dinhlang.org.rules import Refused

CONFIDENCE = 0.95
SATISFIED = 4
"""The least score that says "hài lòng"."""


class Method(StrEnum):
    """How scores become an index; stored with every result."""

    A = "A"
    B = "B"
    C = "C"


METHOD_WORDS = {
    Method.A: gettext_lazy("Cách A: tỷ lệ trả lời hài lòng và rất hài lòng"),
    Method.B: gettext_lazy("Cách B: điểm trung bình chia 5, nhân 100"),
    Method.C: gettext_lazy("Cách C: điểm trung bình đưa về thang 0–100"),
}


class MethodA:
    """Marks the type of an index by A."""

    key = Method.A


class MethodB:
    """Marks the type of an index by B."""

    key = Method.B


class MethodC:
    """Marks the type of an index by C."""

    key = Method.C


M = TypeVar("M", MethodA, MethodB, MethodC)
METHODS: Mapping[Method, type[MethodA] | type[MethodB] | type[MethodC]] = {
    Method.A: MethodA,
    Method.B: MethodB,
    Method.C: MethodC,
}


class NotComparable(Refused):
    """Two figures were taken in different ways."""


@dataclass(frozen=True, slots=True)
class Index(Generic[M]):
    """A figure from 0 to 100 with what it rests on.

    `people` gave at least one answer that counts, `valid` answers count, `left_out` said "không áp dụng". `low` and `high`
    are the interval of 95 %.
    """

    by: type[M]
    value: Fraction
    low: float
    high: float
    people: int
    valid: int
    left_out: int

    @property
    def method(self) -> Method:
        return self.by.key


@dataclass(frozen=True, slots=True)
class Change(Generic[M]):
    """From one figure to a later one of the same way. `is_clear` when their intervals do not touch."""

    before: Index[M]
    after: Index[M]

    @property
    def points(self) -> Fraction:
        return self.after.value - self.before.value

    @property
    def is_clear(self) -> bool:
        return self.before.high < self.after.low or self.after.high < self.before.low


def change(before: Index[M], after: Index[M]) -> Change[M]:
    """How far a figure moved. Raises `NotComparable` for figures taken in different ways."""
    if before.by is not after.by:
        raise NotComparable(
            _("Không so sánh kết quả tính theo cách %(one)s với cách %(other)s: hai cách cho số khác nhau.")
            % {"one": before.method, "other": after.method}
        )
    return Change(before, after)


if TYPE_CHECKING:

    def _must_not_type(a: Index[MethodA], b: Index[MethodB]) -> None:
        # Were the checker to let this pass, it would report the ignore as not needed.
        change(a, b)  # type: ignore[misc]


def share_of(score: int, by: Method) -> Fraction:
    """What one answer of a score adds to the index, from 0 to 1."""
    if by is Method.A:
        return Fraction(score >= SATISFIED)
    top = SCORES.stop - 1
    return Fraction(score, top) if by is Method.B else Fraction(score - SCORES.start, top - SCORES.start)


def index(people: Iterable[Sequence[int | None]], by: type[M]) -> Index[M] | None:
    """The index of answers, person by person; None in place of a score is "không áp dụng". None when no answer counts.

    All answers that count weigh the same. The interval takes a person's answers as one opinion (see `interval`).
    """
    counted: list[int] = []
    total, valid, left_out = Fraction(0), 0, 0
    for scores in people:
        given = [one for one in scores if one is not None]
        left_out += len(scores) - len(given)
        if given:
            counted.append(len(given))
            valid += len(given)
            total += sum((share_of(one, by.key) for one in given), Fraction(0))
    if not counted:
        return None
    value = total / valid
    low, high = interval(float(value), _effective(counted))
    floor = float(share_of(SCORES.start, by.key))
    return Index(by, value * 100, max(low, floor) * 100, high * 100, len(counted), valid, left_out)


def _effective(counted: Sequence[int]) -> float:
    """How many independent answers the answers are worth at least, when each person gave so many.

    Kish's n with full likeness inside a person: (Σm)² / Σm².
    """
    return sum(counted) ** 2 / sum(one * one for one in counted)


def interval(share: float, n: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Wilson's score interval for a share of 0 to 1 out of `n` (E. B. Wilson, JASA 22 (1927), 209–212).

    For the means of B and C it is wider than needed, never narrower: a value between 0 and 1 with mean m varies by at most
    m(1 − m). Unlike the plain one it never leaves 0 to 1, and twelve out of twelve is not "100 ± 0".
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    shrunk = 1 + z * z / n
    middle = (share + z * z / (2 * n)) / shrunk
    half = z * math.sqrt(max(share * (1 - share), 0.0) / n + z * z / (4 * n * n)) / shrunk
    # The bounds meet the share itself at its ends; rounding must not put it outside.
    return max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share))


def together(parts: Sequence[tuple[int, Index[M]]], people: int) -> Index[M] | None:
    """The index of all factors: the mean of theirs by their weights. None for no part.

    Its interval is the weighted mean of theirs: as wide as if the same people erred the same way everywhere.
    """
    if not parts:
        return None
    whole = sum(weight for weight, _one in parts)
    by = parts[0][1].by
    for _weight, one in parts:
        change(parts[0][1], one)
    return Index(
        by,
        sum((one.value * weight for weight, one in parts), Fraction(0)) / whole,
        sum(one.low * weight for weight, one in parts) / whole,
        sum(one.high * weight for weight, one in parts) / whole,
        people,
        sum(one.valid for _weight, one in parts),
        sum(one.left_out for _weight, one in parts),
    )


def scores_of(questions: Sequence[Question], values: Mapping[str, Any]) -> list[int | None]:
    """The scores one person gave to these questions; None for "không áp dụng". What was not answered is not there."""
    given: list[int | None] = []
    for question in questions:
        option = question.option(str(values[question.id])) if question.id in values else None
        if option is not None:
            given.append(option.score)
    return given


def is_satisfied(definition: Definition, values: Mapping[str, Any]) -> bool | None:
    """Whether a slip says "hài lòng" or better about the whole; None where it does not say."""
    asked = definition.overall
    scores = scores_of([asked], values) if asked is not None else []
    if not scores or scores[0] is None:
        return None
    return scores[0] >= SATISFIED
