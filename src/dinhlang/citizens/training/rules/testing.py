"""What a test before and after a class may tell. Plain Python.

Nobody's name is known. Figures of fewer than ten people are not told; those who sat both tests are a group of all who sat, so
the same rule hides them as hides groups of a survey (`surveys.rules.suppression`). Tests with other questions are not compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from dinhlang.citizens.surveys.rules.definition import Definition, Question
from dinhlang.citizens.surveys.rules.marking import Mark, Outcome, markable
from dinhlang.citizens.surveys.rules.suppression import LEAST, hidden

_PAIRED, _ALONE = "paired", "alone"


@dataclass(frozen=True, slots=True)
class Sat:
    """One answered test: what it reached, and the mark of the code that leads to the other test; '' without one."""

    mark: Mark
    pair: str = ""


@dataclass(frozen=True, slots=True)
class QuestionTold:
    """The share of right answers to one question; None where too few were asked, or it was not asked then."""

    text: str
    before: Fraction | None
    after: Fraction | None


@dataclass(frozen=True, slots=True)
class Told:
    """Both tests side by side. `before` and `after` are mean shares of the points, from 0 to 1, of all who sat; `paired_*` of
    those who sat both. `is_comparable` is False where the questions changed between them."""

    people_before: int
    people_after: int
    pairs: int
    is_comparable: bool
    before: Fraction | None
    after: Fraction | None
    paired_before: Fraction | None = None
    paired_after: Fraction | None = None
    questions: tuple[QuestionTold, ...] = ()

    @property
    def gain(self) -> Fraction | None:
        """How much the mean of those who sat both tests rose."""
        if self.paired_before is None or self.paired_after is None:
            return None
        return self.paired_after - self.paired_before


def same_test(before: Definition, after: Definition) -> bool:
    """Whether two tests ask the same with the same right answers and points."""
    return _asked(before) == _asked(after)


def _asked(definition: Definition) -> object:
    return {
        one.id: (one.text, one.kind, one.points, frozenset((o.id, o.text, o.correct) for o in one.options))
        for one in markable(definition)
    }


def told(
    before: Sequence[Sat],
    after: Sequence[Sat],
    *,
    asked_before: Definition | None,
    asked_after: Definition | None,
) -> Told:
    """What both tests say. A definition is None where that test was not held."""
    comparable = asked_before is not None and asked_after is not None and same_test(asked_before, asked_after)
    first = {one.pair: one for one in before if one.pair}
    both = [(first[one.pair], one) for one in after if one.pair in first] if comparable else []
    groups = {
        _PAIRED: (len(both), len(both)),
        _ALONE: (len(before) - len(both), len(after) - len(both)),
    }
    shows_pairs = len(both) >= LEAST and _PAIRED not in hidden(groups)
    return Told(
        people_before=len(before),
        people_after=len(after),
        pairs=len(both),
        is_comparable=comparable,
        before=_mean(before),
        after=_mean(after),
        paired_before=_mean([one for one, _other in both]) if shows_pairs else None,
        paired_after=_mean([other for _one, other in both]) if shows_pairs else None,
        questions=_questions(before, after, asked_before or asked_after)
        if comparable or not (before and after)
        else (),
    )


def _mean(sat: Sequence[Sat]) -> Fraction | None:
    """The mean share of the points; None below ten."""
    shares = [share for one in sat if (share := one.mark.share) is not None]
    return sum(shares, Fraction(0)) / len(shares) if len(shares) >= LEAST else None


def _questions(
    before: Sequence[Sat], after: Sequence[Sat], asked: Definition | None
) -> tuple[QuestionTold, ...]:
    if asked is None:
        return ()
    return tuple(QuestionTold(one.text, _right(one, before), _right(one, after)) for one in markable(asked))


def _right(question: Question, sat: Sequence[Sat]) -> Fraction | None:
    """Who answered rightly of those who were asked; whoever left it empty did not."""
    outcomes = [row.outcome for one in sat for row in one.mark.rows if row.question.id == question.id]
    if len(outcomes) < LEAST:
        return None
    return Fraction(sum(one in (Outcome.RIGHT, Outcome.VOID) for one in outcomes), len(outcomes))


# --- Kept, when the answers themselves are gone --------------------------------------------------------------------

_SHARES = ("before", "after", "paired_before", "paired_after")


def plain(found: Told) -> dict[str, Any]:
    """The figures as JSON."""
    return {
        "people": [found.people_before, found.people_after, found.pairs],
        "is_comparable": found.is_comparable,
        **{name: _text(getattr(found, name)) for name in _SHARES},
        "questions": [[one.text, _text(one.before), _text(one.after)] for one in found.questions],
    }


def restored(kept: dict[str, Any]) -> Told:
    """The figures that `plain` gave."""
    before, after, pairs = kept["people"]
    return Told(
        people_before=before,
        people_after=after,
        pairs=pairs,
        is_comparable=kept["is_comparable"],
        **{name: _share(kept[name]) for name in _SHARES},
        questions=tuple(
            QuestionTold(text, _share(first), _share(second)) for text, first, second in kept["questions"]
        ),
    )


def _text(share: Fraction | None) -> str | None:
    return None if share is None else str(share)


def _share(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
