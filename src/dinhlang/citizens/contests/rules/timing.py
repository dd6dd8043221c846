"""The time of a sitting, kept by the server alone: what a phone says of its clock is never asked.

A question has its seconds, or the whole sitting has; whoever needs more time says so before beginning and gets twice or ten
times as much (WCAG 2.2.1). An answer after the time and the grace of a slow line counts as none and is kept. The time that
counts for ties is what somebody used, at most the usual time: who took longer time is never behind the slowest of the others,
and nobody gains by asking for more time than they need.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy

PACES = (1, 2, 10)
"""How many times the usual time somebody may choose."""
MOST_GRACE = 60


class Timing(models.TextChoices):
    """What the seconds are for."""

    QUESTION = "question", gettext_lazy("Cho mỗi câu")
    SITTING = "sitting", gettext_lazy("Cho cả bài")


@dataclass(frozen=True, slots=True)
class Turn:
    """One question as it was given out: when, how long it usually has, when its answer came."""

    given_at: datetime
    due_at: datetime
    usual_seconds: int
    answered_at: datetime | None

    @property
    def used(self) -> timedelta:
        """How long somebody was at it; all of the time where no answer came."""
        end = self.due_at if self.answered_at is None else min(self.answered_at, self.due_at)
        return max(end - self.given_at, timedelta())


def due_at(timing: str, *, given_at: datetime, started_at: datetime, seconds: int, pace: int) -> datetime:
    """Until when a question may be answered that is given out at this moment."""
    since = started_at if timing == Timing.SITTING else given_at
    return since + timedelta(seconds=seconds * pace)


def is_in_time(due: datetime, *, grace: int, at: datetime) -> bool:
    """Whether an answer that reaches the server at this moment counts."""
    return at <= due + timedelta(seconds=grace)


def counted_milliseconds(timing: str, turns: Iterable[Turn], *, whole_seconds: int) -> int:
    """The time that counts for ties."""
    rows = list(turns)
    if timing == Timing.SITTING:
        used = min(sum((one.used for one in rows), timedelta()), timedelta(seconds=whole_seconds))
    else:
        used = sum((min(one.used, timedelta(seconds=one.usual_seconds)) for one in rows), timedelta())
    return used // timedelta(milliseconds=1)
