"""When whoever must do something is reminded, and when the leader is told: rungs before and after a day.

Days that have rungs: that of the answer, that until which a new case is looked at, that until which somebody is waited for, that on
which a case was given to a part of the office, that on which nobody had it any more.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

from django.utils.translation import gettext as _

from dinhlang.periods import calendar
from dinhlang.periods.calendar import WorkingCalendar

HANDLER, TAKER, ASSIGNER, LEADER = "handler", "taker", "assigner", "leader"
ANSWER, ACCEPT, WAIT, PART, LEFT = "answer", "accept", "wait", "part", "left"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: `days` working days after the day of which it is (`of`), before it when negative. `whom`: HANDLER, TAKER, ASSIGNER, LEADER."""

    id: str
    of: str
    days: int
    whom: str


@cache
def ladder() -> tuple[Rung, ...]:
    """The rungs in the order of time."""
    text = resources.files("dinhlang.citizens").joinpath("data/ladder.toml").read_text("utf-8")
    return tuple(sorted((Rung(**one) for one in tomllib.loads(text)["rung"]), key=lambda rung: rung.days))


def reached(due_on: date, on: date, days: WorkingCalendar | None = None, *, of: str = ANSWER) -> Rung | None:
    """The last rung that a day, by default the promised one, has come to; None before the first."""
    known = days or calendar.default()
    passed = [rung for rung in ladder() if rung.of == of and _moved(due_on, rung.days, known) <= on]
    return passed[-1] if passed else None


def days_until(of: str, whom: str) -> int:
    """How many working days after the day of which `of` is `whom` is first told."""
    return next(rung.days for rung in ladder() if (rung.of, rung.whom) == (of, whom))


def begun_by(on: date, of: str, whom: str, days: WorkingCalendar | None = None) -> date:
    """The last day that, had it been the one of which `of` is, would have come to the rung that tells `whom` by `on`."""
    known = days or calendar.default()
    steps, day = days_until(of, whom), on
    while _moved(day, steps, known) > on:
        day -= timedelta(days=1)
    return day


def _moved(day: date, steps: int, days: WorkingCalendar) -> date:
    if steps >= 0:
        return days.add(day, steps)
    for _step in range(-steps):
        day = days.last_working(day - timedelta(days=1))
    return day


def told(step: str) -> str:
    """A rung in words; '' for one that the ladder has no more."""
    rung = next((one for one in ladder() if one.id == step), None)
    if rung is None:
        return ""
    before, after = {
        ANSWER: (_("còn %(days)s ngày làm việc đến hạn"), _("quá hạn %(days)s ngày làm việc")),
        ACCEPT: (_("còn %(days)s ngày làm việc phải xem"), _("chưa xem, quá hạn %(days)s ngày làm việc")),
        WAIT: (_("còn %(days)s ngày làm việc chờ"), _("chờ quá hạn %(days)s ngày làm việc")),
        PART: ("", _("bộ phận chưa có người nhận sau %(days)s ngày làm việc")),
        LEFT: (_("bộ phận hoặc người xử lý đã thôi, chưa giao ai"), ""),
    }[rung.of]
    return (after if rung.days > 0 else before) % {"days": abs(rung.days)}


def steps_of(*of: str) -> list[str]:
    """The ids of the rungs of some days."""
    return [rung.id for rung in ladder() if rung.of in of]


def is_late(step: str) -> bool:
    """Whether a rung lies after its day."""
    return any(rung.id == step and rung.days > 0 for rung in ladder())


def days_ahead() -> int:
    """How many days before a promised day the first rung can lie, days off and all."""
    return 3 * max((-rung.days for rung in ladder()), default=0) + 14
