"""What a person who is about to record something most likely wants: which kind, which task, under which title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from dinhlang.org.models import Person
from dinhlang.org.rules import Role
from dinhlang.work import rules
from dinhlang.work.models import Activity, ActivityKind, Occurrence, Task

MOST_TITLES = 3
_LATELY = timedelta(days=200)
_LAST = 100

# Before anything was recorded, what a role does is the best guess.
_OF_THE_ROLE: dict[str, tuple[ActivityKind, ...]] = {
    Role.RADIO_OPERATOR: (ActivityKind.RADIO, ActivityKind.BULLETIN, ActivityKind.SOCIAL),
    Role.HAMLET_HEAD: (ActivityKind.MEETING, ActivityKind.SPEAKER, ActivityKind.LEAFLET),
    Role.ONE_STOP_CLERK: (ActivityKind.GUIDANCE, ActivityKind.POSTING, ActivityKind.ONESTOP),
    Role.OFFICE_CLERK: (ActivityKind.MEETING, ActivityKind.WEBSITE, ActivityKind.ONESTOP),
    Role.CULTURE_OFFICER: (
        ActivityKind.WEBSITE,
        ActivityKind.RADIO,
        ActivityKind.SOCIAL,
        ActivityKind.MEETING,
        ActivityKind.BOARD,
        ActivityKind.LEAFLET,
    ),
    Role.CONTRIBUTOR: (ActivityKind.SPEAKER, ActivityKind.SOCIAL, ActivityKind.MEETING),
}


def usual_kinds(
    person: Person, roles: Iterable[str], on: date, task: Task | None = None
) -> list[ActivityKind]:
    """Every kind, the likeliest first: what the task speaks of, what the person records most, what the role does."""
    # The last few say what is usual; whoever recorded thousands is not asked about all of them.
    last = Activity.objects.filter(recorded_by=person).order_by("-pk").values_list("kind", flat=True)[:_LAST]
    own = Counter(last).most_common()
    likely = [
        *((ActivityKind(kind) for kind in task.expected_kinds) if task else ()),
        *(ActivityKind(kind) for kind, _count in own),
        *(kind for role in roles for kind in _OF_THE_ROLE.get(role, ())),
        *ActivityKind,
    ]
    return list(dict.fromkeys(likely))


def last_lines(person: Person, unit_ids: Iterable[str], kind: str, on: date) -> list[Activity]:
    """The latest lines of that kind, the person's own before those of the unit."""
    lines = Activity.objects.filter(
        unit__in=list(unit_ids), kind=kind, reversal=None, happened_on__range=(on - _LATELY, on)
    ).order_by("-happened_on", "-pk")
    return [*lines.filter(recorded_by=person)[:MOST_TITLES], *lines.exclude(recorded_by=person)[:MOST_TITLES]]


def likely_task(
    tasks: Sequence[Task], kind: str, last: Sequence[Activity], person: Person, on: date
) -> Task | None:
    """The task the next line of this kind most likely belongs to, of those that are open.

    The one the person's last line of the kind belonged to; else, of the tasks of this year that speak of the
    kind, the one that is due first; else the only one. `None` leaves the choice to the person.
    """
    this_year = {task.pk: task for task in tasks if task.plan.year == on.year}
    for line in last:
        if line.recorded_by_id == person.pk and line.task_id in this_year:
            return this_year[line.task_id]
    speaking = [task for task in this_year.values() if kind in task.expected_kinds]
    if len(speaking) < 2:
        return speaking[0] if speaking else None
    open_now = Occurrence.objects.filter(
        task__in=speaking, starts_on__lte=on, due_on__gte=on, is_watch=False
    ).order_by("due_on", "task__position")
    first = open_now.first()
    return this_year[first.task_id] if first else None


def likely_titles(last: Sequence[Activity], task: Task | None, on: date) -> list[str]:
    """Titles to take with one tap: the last ones with the month moved on, then the task's own words."""
    ordered = sorted(last, key=lambda line: task is None or line.task_id != task.pk)
    titles = [rules.moved_title(line.title, line.happened_on, on) for line in ordered]
    if task is not None:
        titles.append(rules.short_name(task.text))
    return list(dict.fromkeys(titles))[:MOST_TITLES]
