"""When whoever owes an answer is reminded, and when the leader is told: rungs before and after a promised day."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

from django.utils.translation import gettext as _

from dinhlang.periods import calendar
from dinhlang.periods.calendar import WorkingCalendar

HANDLER, LEADER = "handler", "leader"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: `days` working days after the promised day, before it when negative. `whom`: HANDLER or LEADER."""

    id: str
    days: int
    whom: str


@cache
def ladder() -> tuple[Rung, ...]:
    """The rungs in the order of time."""
    text = resources.files("dinhlang.citizens").joinpath("data/ladder.toml").read_text("utf-8")
    return tuple(sorted((Rung(**one) for one in tomllib.loads(text)["rung"]), key=lambda rung: rung.days))


def reached(due_on: date, on: date, days: WorkingCalendar | None = None) -> Rung | None:
    """The last rung that a promised day has come to on a day; None before the first."""
    known = days or calendar.default()
    passed = [rung for rung in ladder() if _moved(due_on, rung.days, known) <= on]
    return passed[-1] if passed else None


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
    if rung.days == 0:
        return _("đến hạn hôm nay")
    words = _("quá hạn %(days)s ngày làm việc") if rung.days > 0 else _("còn %(days)s ngày làm việc đến hạn")
    return words % {"days": abs(rung.days)}


def days_ahead() -> int:
    """How many days before a promised day the first rung can lie, days off and all."""
    return 3 * max((-rung.days for rung in ladder()), default=0) + 14
