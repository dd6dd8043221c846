"""Plans and their progress: where each task stands, what is due, what comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from dinhlang.org.models import Unit
from dinhlang.periods.window import Window
from dinhlang.work import rules
from dinhlang.work.models import DailyFact, Occurrence, Plan, Task
from dinhlang.work.rules import Span, State


@dataclass(frozen=True, slots=True)
class OccurrenceProgress:
    """An occurrence and where it stands."""

    occurrence: Occurrence
    state: State


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """A task, its occurrences, and how many of its lines have evidence. `is_completed` is `None` before it begins."""

    task: Task
    occurrences: tuple[OccurrenceProgress, ...]
    lines: int
    evidenced_lines: int
    is_completed: bool | None

    def count(self, *states: State) -> int:
        return sum(1 for one in self.occurrences if one.state in states)

    @property
    def done(self) -> int:
        return self.count(State.DONE, State.DONE_LATE)

    @property
    def late(self) -> int:
        return self.count(State.LATE)

    @property
    def gaps(self) -> tuple[Occurrence, ...]:
        """The watch windows of a continuous task that ended without evidence."""
        return tuple(one.occurrence for one in self.occurrences if one.state is State.GAP)


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """The plan on a day: of `begun` tasks (something of them was to be done by then), `completed` are done with evidence."""

    plan: Plan
    on: date
    tasks: tuple[TaskProgress, ...] = ()

    @property
    def planned(self) -> int:
        return len(self.tasks)

    @property
    def begun(self) -> int:
        return sum(1 for task in self.tasks if task.is_completed is not None)

    @property
    def completed(self) -> int:
        return sum(1 for task in self.tasks if task.is_completed)

    @property
    def share(self) -> float | None:
        """Completed of begun, in percent; `None` before anything began."""
        return rules.share(self.completed, self.begun)


def warnings(plan: Plan) -> tuple[str, ...]:
    """What looked wrong when the plan was read, and what looks wrong in its tasks as they are now, as sentences."""
    return (*plan.document.get("warnings", ()), *plan.document.get("task_warnings", ()))


def progress(plan: Plan, on: date) -> PlanProgress:
    """How far each task is on that day, counting only lines that are not reversed."""
    tasks = list(plan.tasks.prefetch_related("occurrences"))
    lines = _lines_of([plan.unit_id], tasks, on)
    return PlanProgress(plan, on, tuple(_task_progress(task, lines[task.pk], on) for task in tasks))


def progress_of(plans: Sequence[Plan], on: date) -> dict[int, PlanProgress]:
    """The same of several plans, by their ids, in as many queries as for one."""
    tasks = list(
        Task.objects.filter(plan__in=plans).order_by("plan", "position").prefetch_related("occurrences")
    )
    lines = _lines_of([plan.unit_id for plan in plans], tasks, on)
    of_plan: dict[int, list[TaskProgress]] = {plan.pk: [] for plan in plans}
    for task in tasks:
        of_plan[task.plan_id].append(_task_progress(task, lines[task.pk], on))
    return {plan.pk: PlanProgress(plan, on, tuple(of_plan[plan.pk])) for plan in plans}


def gaps(task: Task, on: date) -> tuple[Occurrence, ...]:
    """The watch windows of a continuous task that ended before that day without evidence."""
    return _task_progress(task, _lines_of([task.plan.unit_id], [task], on)[task.pk], on).gaps


@dataclass(slots=True)
class _Lines:
    """A task's lines up to a day: how many, and the days of those with evidence, oldest first."""

    count: int = 0
    evidenced_days: list[date] = field(default_factory=list)


def _lines_of(units: Sequence[str], tasks: Sequence[Task], on: date) -> dict[int, _Lines]:
    """For each task of these units' plans its lines up to the day, from the daily folds."""
    by_name = {rules.task_concept(task.pk): task.pk for task in tasks}
    folded = DailyFact.objects.filter(unit__in=units, concept__in=by_name, day__lte=on).order_by("day")
    found: dict[int, _Lines] = defaultdict(_Lines)
    # Plain rows: a year's plan has thousands, and the first page of the desk asks for them each morning.
    for concept, day, count, unevidenced in folded.values_list(
        "concept", "day", "lines", "unevidenced_lines"
    ):
        lines = found[by_name[concept]]
        lines.count += count
        lines.evidenced_days += [day] * (count - unevidenced)
    return found


def _task_progress(task: Task, lines: _Lines, on: date) -> TaskProgress:
    evidenced = lines.evidenced_days
    occurrences = list(task.occurrences.all())
    only = len(occurrences) == 1
    states = tuple(
        OccurrenceProgress(one, rules.occurrence_state(_span(one, only), evidenced, on=on))
        for one in occurrences
    )
    completed = rules.is_completed(one.state for one in states)
    if not occurrences:  # done when asked for: it begins with its first line
        completed = bool(evidenced) if lines.count else None
    return TaskProgress(task, states, lines.count, len(evidenced), completed)


def _span(one: Occurrence, only: bool) -> Span:
    return Span(one.starts_on, one.ends_on, one.due_on, one.is_watch, only and not one.is_watch, one.needed)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is to be done: the task, its occurrence, where it stands."""

    task: Task
    occurrence: Occurrence
    state: State

    def days_left(self, on: date) -> int:
        """Days until it is due; negative when it is past."""
        return (self.occurrence.due_on - on).days


def due(unit: Unit, on: date, days: int = 7) -> list[Due]:
    """What the unit still has to do that is late or due within so many days, the most pressing first."""
    plans = Plan.objects.filter(unit=unit, year__range=(on.year - 1, (on + timedelta(days=days)).year))
    return due_of((progress(plan, on) for plan in plans), on, days)


def due_of(plans: Iterable[PlanProgress], on: date, days: int = 7) -> list[Due]:
    """As `due`, of plans whose progress is known already."""
    until = on + timedelta(days=days)
    return sorted(
        (
            Due(task.task, one.occurrence, one.state)
            for plan in plans
            for task in plan.tasks
            for one in task.occurrences
            if one.state in (State.OPEN, State.LATE) and one.occurrence.due_on <= until
        ),
        key=lambda found: (found.occurrence.due_on, found.task.position),
    )


def tasks_in(unit: Unit, window: Window) -> list[Task]:
    """The tasks of the unit's plans that have something to be done in the window, in the order of the plans."""
    touching = Occurrence.objects.filter(
        task=OuterRef("pk"), starts_on__lte=window.end, ends_on__gte=window.start
    )
    # A task without occurrences is done whenever it is asked for.
    timed = Exists(Occurrence.objects.filter(task=OuterRef("pk")))
    untimed = Q(~timed, plan__year__range=(window.start.year, window.end.year))
    found = Task.objects.filter(Q(Exists(touching)) | untimed, plan__unit=unit)
    return list(found.select_related("plan").order_by("plan__year", "plan_id", "position"))


def open_tasks(unit_ids: Iterable[str], on: date) -> QuerySet[Task]:
    """The tasks a line recorded on that day may belong to: of these units' plans for this year and the last."""
    plans = Plan.objects.filter(unit__in=list(unit_ids), year__in=(on.year, on.year - 1))
    return (
        Task.objects.filter(plan__in=plans)
        .select_related("plan")
        .order_by("-plan__year", "plan_id", "position")
    )
