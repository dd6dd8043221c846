"""How a sitting stands at a moment: what its page shows. Looking changes nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dinhlang.citizens.contests.queries.told import is_open
from dinhlang.citizens.contests.queries.writing import questions_of
from dinhlang.citizens.contests.rules import timing
from dinhlang.citizens.models import ContestAnswer, ContestSitting
from dinhlang.citizens.surveys.rules.definition import Question


class Step(StrEnum):
    """Where somebody is."""

    READY = "ready"
    ASKED = "asked"
    BETWEEN = "between"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Standing:
    """`row` is the question that was given out last, `left` how many seconds of its time are left."""

    step: Step
    place: int
    of: int
    question: Question | None = None
    row: ContestAnswer | None = None
    left: int = 0


def standing(sitting: ContestSitting, at: datetime) -> Standing:
    """Where a sitting is at a moment."""
    of = len(sitting.questions)
    row = sitting.answers.order_by("-place").first()
    place = row.place if row is not None else 0
    grace = sitting.week.contest.grace_seconds
    if row is not None and row.answered_at is None and timing.is_in_time(row.due_at, grace=grace, at=at):
        question = next(one for one in questions_of(sitting) if one.id == row.question)
        left = max(0, math.ceil((row.due_at - at).total_seconds()))
        return Standing(Step.ASKED, place, of, question, row, left)
    if sitting.ended_at is not None or place >= of or not is_open(sitting.week, at):
        return Standing(Step.OVER, place, of, row=row)
    return Standing(Step.READY if row is None else Step.BETWEEN, place, of, row=row)
