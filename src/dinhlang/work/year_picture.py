"""A plan's year as a picture: spans as bars, due days as marks, each with its place on the line of the year.

Plain values, no database. Places are percents of the year, written for SVG.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dinhlang.work.queries import OccurrenceProgress, PlanProgress, TaskProgress
from dinhlang.work.rules import State

STATES = tuple(State)


@dataclass(frozen=True, slots=True)
class Mark:
    """One time a task is due: its bar, its mark, and where it stands."""

    progress: OccurrenceProgress
    bar_at: str
    bar_width: str
    at: str

    @property
    def state(self) -> State:
        return self.progress.state


@dataclass(frozen=True, slots=True)
class Line:
    """A task with its marks."""

    task: TaskProgress
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The lines of a year. `today` is where the day stands, `None` outside the year."""

    year: int
    lines: tuple[Line, ...]
    today: str | None


def picture(
    progress: PlanProgress,
    *,
    lead: str = "",
    state: State | None = None,
    month: int | None = None,
) -> Picture:
    """The year of a plan; with a filter only the tasks and times that pass it."""
    year = progress.plan.year
    lines = []
    for task in progress.tasks:
        if lead and task.task.lead != lead:
            continue
        times = [one for one in task.occurrences if _passes(one, state, year, month)]
        if times or not (state or month):
            lines.append(Line(task, tuple(_mark(one, year) for one in times)))
    on = progress.on
    return Picture(year, tuple(lines), _percent(_share(on, year)) if on.year == year else None)


def in_month(lines: Iterable[Line], year: int, month: int) -> list[tuple[TaskProgress, OccurrenceProgress]]:
    """What is due in the month, by day; then what runs through it."""
    found = [
        (line.task, mark.progress)
        for line in lines
        for mark in line.marks
        if _touches(mark.progress, year, month)
    ]
    return sorted(found, key=lambda one: (one[1].occurrence.due_on, one[0].task.position))


def leads_of(tasks: Sequence[TaskProgress]) -> list[str]:
    """Who leads the tasks, each once, in the order of the plan."""
    return list(dict.fromkeys(one.task.lead for one in tasks if one.task.lead))


def _passes(one: OccurrenceProgress, state: State | None, year: int, month: int | None) -> bool:
    return (state is None or one.state is state) and (month is None or _touches(one, year, month))


def _touches(one: OccurrenceProgress, year: int, month: int) -> bool:
    """Whether the month has the due day; of a time that runs on for months only its due day counts."""
    time = one.occurrence
    due = (time.due_on.year, time.due_on.month) == (year, month)
    ends = (time.ends_on.year, time.ends_on.month) == (year, month)
    return due or ends


def _mark(one: OccurrenceProgress, year: int) -> Mark:
    time = one.occurrence
    start = _share(time.starts_on, year)
    end = _share(time.ends_on, year, after=1)
    return Mark(
        one, _percent(start), _percent(max(end - start, 0)), _percent(_share(time.due_on, year, after=0.5))
    )


def _share(day: date, year: int, after: float = 0) -> float:
    """How much of the year has passed on the day, 0 to 100; days of other years stand at its edges."""
    first = date(year, 1, 1)
    length = (date(year + 1, 1, 1) - first).days
    return min(max(((day - first).days + after) / length, 0), 1) * 100


def _percent(share: float) -> str:
    return f"{share:.2f}%"
