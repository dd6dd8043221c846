"""What can be asked about plans, the ledger and its figures.

Whatever a person sees comes from a query that takes the person (`plans_for`, `activities_for`): another unit's
objects are not in it, so asking for one by its number finds nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from dinhlang.org import queries as org
from dinhlang.org.models import Person, Unit
from dinhlang.periods.window import Window, numeric_date
from dinhlang.vietnamese.text import fold
from dinhlang.work import rules
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN, counters_under
from dinhlang.work.models import (
    Activity,
    ActivityKind,
    DailyFact,
    Evidence,
    Measure,
    Occurrence,
    Plan,
    Task,
)
from dinhlang.work.rules import (
    Count,
    Fate,
    ImportContext,
    Life,
    Line,
    NotRecordable,
    Preview,
    RowFate,
    Span,
    State,
)

# The concept that is one thing however many channels carry it.
_WRITTEN_ONCE = "articles"


# --- what a person may see ------------------------------------------------------------------------


def plans_for(person: Person | None, on: date) -> QuerySet[Plan]:
    """The plans of the units the person may read, newest year first."""
    return Plan.objects.filter(unit__in=org.visible_units(person, on)).select_related("unit")


def activities_for(person: Person | None, on: date) -> QuerySet[Activity]:
    """The lines of the ledgers the person may read."""
    return Activity.objects.filter(unit__in=org.visible_units(person, on))


def evidence_for(person: Person | None, on: date) -> QuerySet[Evidence]:
    """The evidence of the lines the person may read."""
    return Evidence.objects.filter(activity__unit__in=org.visible_units(person, on)).select_related("blob")


def life_of(unit: Unit, on: date) -> Life:
    """When the unit exists, and how it is called on that day."""
    return Life(org.title_of(unit, on), unit.starts_on, unit.ends_on)


# --- the ledger -----------------------------------------------------------------------------------


class Standing(StrEnum):
    """How a line of the ledger stands, as a filter."""

    COUNTED = "counted"
    REVERSED = "reversed"
    UNEVIDENCED = "unevidenced"


def ledger(
    unit: Unit,
    window: Window | None = None,
    *,
    kind: str | None = None,
    task: Task | None = None,
    text: str = "",
    standing: Standing | None = None,
    by: Person | None = None,
) -> QuerySet[Activity]:
    """The unit's lines, newest first, reversed ones among them, with what a list shows already fetched.

    `text` is searched without marks, each word on its own. `is_evidenced` tells whether a line has evidence.
    """
    lines = Activity.objects.filter(unit=unit)
    if window is not None:
        lines = lines.filter(happened_on__range=(window.start, window.end))
    if kind:
        lines = lines.filter(kind=kind)
    if task is not None:
        lines = lines.filter(task=task)
    if by is not None:
        lines = lines.filter(recorded_by=by)
    for word in fold(text).split():
        lines = lines.filter(folded__contains=word)
    lines = lines.annotate(is_evidenced=Exists(Evidence.objects.filter(activity=OuterRef("pk"))))
    lines = _standing(lines, standing)
    return lines.select_related("task", "reversal", "recorded_by").prefetch_related(
        "measures", Prefetch("evidence", Evidence.objects.select_related("blob"))
    )


def _standing(lines: QuerySet[Activity], standing: Standing | None) -> QuerySet[Activity]:
    if standing is Standing.REVERSED:
        return lines.filter(reversal__isnull=False)
    if standing is Standing.COUNTED:
        return lines.filter(reversal=None)
    if standing is Standing.UNEVIDENCED:
        return lines.filter(reversal=None, is_evidenced=False)
    return lines


def counts_of(activity: Activity) -> dict[str, Count]:
    """The line's counters."""
    return {measure.concept: Count(measure.value, measure.exactness) for measure in activity.measures.all()}


def line_of(activity: Activity) -> Line:
    """What the stored line says; `rules.line_hash` of it is the hash kept with the line."""
    return Line(
        uid=activity.uid,
        unit=activity.unit_id,
        kind=activity.kind,
        happened_on=activity.happened_on,
        title=activity.title,
        measures=counts_of(activity),
        task=activity.task_id,
        reform_field=activity.reform_field,
        basis=activity.basis,
        note=activity.note,
    )


# --- rows against the ledger ----------------------------------------------------------------------


def preview_import(unit: Unit, data: bytes, name: str, on: date) -> Preview:
    """What would become of each row of the file, were it imported now. Raises `Refused` for the file as a whole."""
    return against_ledger(unit, rules.preview_rows(data, name, import_context(unit, on)))


def import_context(unit: Unit, on: date) -> ImportContext:
    """What rows of a file for this unit are judged against."""
    names: dict[int, dict[str, int]] = defaultdict(dict)
    for task in (
        Task.objects.filter(plan__unit=unit).select_related("plan").order_by("plan__created_at", "position")
    ):
        for name in rules.task_names(task.ordinal or str(task.position), task.text):
            names[task.plan.year][name] = task.pk
    return ImportContext(unit.pk, life_of(unit, on), on, names)


def against_ledger(unit: Unit, preview: Preview) -> Preview:
    """The preview with rows the ledger already has marked as known, and articles counted twice refused."""
    lines = [fate.line for fate in preview.rows if fate.line is not None]
    if not lines:
        return preview
    known = _known_lines(unit, lines)
    written = _Written(unit, lines)
    return replace(preview, rows=tuple(_against(fate, known, written) for fate in preview.rows))


def _against(fate: RowFate, known: Counter[tuple[str, ...]], written: _Written) -> RowFate:
    if fate.line is None:
        return fate
    same = rules.sameness(fate.line)
    if known[same] > 0:
        known[same] -= 1
        return RowFate(fate.row, Fate.KNOWN, "Đã có trong sổ, không ghi lại.", line=fate.line)
    try:
        written.take(fate.line)
    except NotRecordable as reason:
        return RowFate(fate.row, Fate.REFUSED, str(reason))
    return fate


def check_counted_once(unit: Unit, lines: Sequence[Line]) -> None:
    """Raise `NotRecordable` when a line counts an article that another channel's line of the day already counts."""
    written = _Written(unit, lines)
    for line in lines:
        try:
            written.take(line)
        except NotRecordable as reason:
            raise NotRecordable(rules.sentence(str(reason)), reason.field) from None


def _known_lines(unit: Unit, lines: Sequence[Line]) -> Counter[tuple[str, ...]]:
    """How often each act of `lines` is in the ledger already."""
    titles = {line.title.casefold() for line in lines}
    stored = _counted_between(unit, lines).values_list("pk", "title")
    alike = [pk for pk, title in stored.iterator() if title.casefold() in titles]
    found: Counter[tuple[str, ...]] = Counter()
    for start in range(0, len(alike), 500):
        for activity in Activity.objects.filter(pk__in=alike[start : start + 500]).prefetch_related(
            "measures"
        ):
            found[rules.sameness(line_of(activity))] += 1
    return found


def _counted_between(unit: Unit, lines: Sequence[Line]) -> QuerySet[Activity]:
    days = [line.happened_on for line in lines]
    return Activity.objects.filter(
        unit=unit, reversal=None, happened_on__range=(min(days), max(days))
    ).order_by()


class _Written:
    """Which articles are counted on which day, by which channel: one article on three channels is one article."""

    def __init__(self, unit: Unit, lines: Sequence[Line]) -> None:
        self._channel: dict[tuple[date, str], str] = {}
        writing = [line for line in lines if _WRITTEN_ONCE in line.measures]
        if writing:
            stored = _counted_between(unit, writing).filter(
                measures__concept=_WRITTEN_ONCE, measures__value__gt=0
            )
            for day, title, kind in stored.values_list("happened_on", "title", "kind"):
                self._channel[day, title.casefold()] = kind

    def take(self, line: Line) -> None:
        """Count the line's article. Raises `NotRecordable` when another channel counts it."""
        if _WRITTEN_ONCE not in line.measures or not line.measures[_WRITTEN_ONCE].value:
            return
        channel = self._channel.setdefault((line.happened_on, line.title.casefold()), str(line.kind))
        if channel != line.kind:
            raise NotRecordable(
                f"“{line.title}” ngày {numeric_date(line.happened_on)} đã tính là tin, bài ở kênh “{ActivityKind(channel).label}”. "
                "Một tin, bài trên nhiều kênh chỉ tính một lần; ở kênh này chỉ ghi lượt đăng hoặc lượt phát",
                _WRITTEN_ONCE,
            )


# --- figures --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of one unit in one window, folded from the ledger. `value` is `None` when nothing is known.

    `exactness` is the word to print before the value ('' when exact). `digest` changes with any line behind the
    figure. A share has its percentage as value, and the two counts.
    """

    concept: str
    window: Window
    value: int | float | None
    exactness: str = ""
    lines: int = 0
    unevidenced_lines: int = 0
    digest: str = f"{0:064x}"
    numerator: int | None = None
    denominator: int | None = None

    @property
    def missing(self) -> str | None:
        """What to bring when the figure is not known; `None` when it is."""
        return CONCEPTS[self.concept].missing if self.value is None else None


@dataclass(slots=True)
class _Sum:
    total: int = 0
    lines: int = 0
    inexact_lines: int = 0
    unevidenced_lines: int = 0
    digest: int = 0

    def add(self, fact: DailyFact) -> None:
        self.total += fact.total
        self.lines += fact.lines
        self.inexact_lines += fact.inexact_lines
        self.unevidenced_lines += fact.unevidenced_lines
        self.digest = (self.digest + int(fact.digest, 16)) % rules.DIGEST_MODULUS


def fact(unit: Unit, concept_id: str, window: Window) -> Fact:
    """One figure. An unknown concept is a `KeyError`."""
    return facts(unit, window, [concept_id])[concept_id]


def facts(unit: Unit, window: Window, concept_ids: Iterable[str] | None = None) -> dict[str, Fact]:
    """Several figures of one window (all of them by default) from one pass over at most 366 rows for each."""
    wanted = list(CONCEPTS if concept_ids is None else concept_ids)
    needed = {counter for concept_id in wanted for counter in counters_under(concept_id)}
    sums = _sums(unit, window, needed)
    inexact = {counter for counter, found in sums.items() if found.inexact_lines}
    words = _exactness_words(unit, window, inexact)
    plan = _plan_facts(unit, window) if FROM_PLAN.intersection(wanted) else {}
    return {
        concept_id: plan[concept_id] if concept_id in plan else _fact(concept_id, window, sums, words)
        for concept_id in wanted
    }


def _sums(unit: Unit, window: Window, counters: Iterable[str]) -> dict[str, _Sum]:
    sums: dict[str, _Sum] = defaultdict(_Sum)
    rows = DailyFact.objects.filter(
        unit=unit, concept__in=list(counters), day__range=(window.start, window.end)
    )
    for row in rows.iterator():
        sums[row.concept].add(row)
    return dict(sums)


def _exactness_words(unit: Unit, window: Window, counters: set[str]) -> dict[str, set[str]]:
    """The exactness words behind each figure that has any; most windows have none and ask nothing."""
    words: dict[str, set[str]] = defaultdict(set)
    if counters:
        inexact = Measure.objects.filter(
            concept__in=counters,
            activity__unit=unit,
            activity__reversal=None,
            activity__happened_on__range=(window.start, window.end),
        ).exclude(exactness="")
        for concept, word in inexact.order_by().values_list("concept", "exactness").distinct():
            words[concept].add(word)
    return words


def _fact(concept_id: str, window: Window, sums: Mapping[str, _Sum], words: Mapping[str, set[str]]) -> Fact:
    concept = CONCEPTS[concept_id]
    behind = [sums[counter] for counter in counters_under(concept_id) if counter in sums]
    together = Fact(
        concept_id,
        window,
        None,
        exactness=rules.joint_exactness(
            word for counter in counters_under(concept_id) for word in words.get(counter, ())
        ),
        lines=sum(one.lines for one in behind),
        unevidenced_lines=sum(one.unevidenced_lines for one in behind),
        digest=f"{sum(one.digest for one in behind) % rules.DIGEST_MODULUS:064x}",
    )
    if concept.numerator is None or concept.denominator is None:
        return replace(together, value=behind[0].total if behind else None)
    top, bottom = (
        sums[part].total if part in sums else None for part in (concept.numerator, concept.denominator)
    )
    # The share of inexact counts is itself only about right, in whichever direction they err.
    exactness = "khoảng" if together.exactness else ""
    return replace(
        together, value=rules.share(top, bottom), exactness=exactness, numerator=top, denominator=bottom
    )


def fact_lines(unit: Unit, concept_id: str, window: Window) -> QuerySet[Activity]:
    """The lines a figure is folded from, newest first."""
    counted = ledger(unit, window, standing=Standing.COUNTED)
    if concept_id in FROM_PLAN:
        return counted.filter(task__plan__in=_plans_of(unit, window))
    return counted.filter(
        Exists(Measure.objects.filter(activity=OuterRef("pk"), concept__in=counters_under(concept_id)))
    )


def units_with_facts() -> set[str]:
    """Ids of the units that have lines, or facts left from lines."""
    return set(Activity.objects.order_by().values_list("unit", flat=True).distinct()) | set(
        DailyFact.objects.order_by().values_list("unit", flat=True).distinct()
    )


def _plans_of(unit: Unit, window: Window) -> QuerySet[Plan]:
    return Plan.objects.filter(unit=unit, year=window.end.year)


def _plan_facts(unit: Unit, window: Window) -> dict[str, Fact]:
    """The figures of the plan of the window's year, as it stood on the window's last day."""
    plans = list(_plans_of(unit, window))
    if not plans:
        return {concept_id: Fact(concept_id, window, None) for concept_id in FROM_PLAN}
    tasks = [task for plan in plans for task in progress(plan, window.end).tasks]
    planned = sum(1 for task in tasks if task.is_completed is not None)
    completed = sum(1 for task in tasks if task.is_completed)
    hashes = (
        fact_lines(unit, "completion", window).prefetch_related(None).values_list("line_hash", "is_evidenced")
    )
    found = list(hashes)
    base = Fact(
        "completion",
        window,
        rules.share(completed, planned),
        lines=len(found),
        unevidenced_lines=sum(1 for _, evidenced in found if not evidenced),
        digest=f"{sum(int(line_hash, 16) for line_hash, _ in found) % rules.DIGEST_MODULUS:064x}",
        numerator=completed,
        denominator=planned,
    )
    counts = {"tasks_planned": planned, "tasks_completed": completed}
    return {"completion": base} | {
        concept_id: replace(base, concept=concept_id, value=count, numerator=None, denominator=None)
        for concept_id, count in counts.items()
    }


# --- plans and their progress ---------------------------------------------------------------------


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
    tasks: tuple[TaskProgress, ...] = field(default=())

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
    """What looked wrong when the plan was read, as sentences."""
    return tuple(plan.document.get("warnings", ()))


def progress(plan: Plan, on: date) -> PlanProgress:
    """How far each task is on that day, counting only lines that are not reversed."""
    tasks = list(plan.tasks.prefetch_related("occurrences"))
    days = _evidenced_days(tasks, on)
    return PlanProgress(plan, on, tuple(_task_progress(task, days.get(task.pk, []), on) for task in tasks))


def gaps(task: Task, on: date) -> tuple[Occurrence, ...]:
    """The watch windows of a continuous task that ended before that day without evidence."""
    return _task_progress(task, _evidenced_days([task], on).get(task.pk, []), on).gaps


def _evidenced_days(tasks: Sequence[Task], on: date) -> dict[int, list[tuple[date, bool]]]:
    """For each task its lines up to the day: when, and whether there is evidence; oldest first."""
    lines = Activity.objects.filter(task__in=tasks, reversal=None, happened_on__lte=on).annotate(
        is_evidenced=Exists(Evidence.objects.filter(activity=OuterRef("pk")))
    )
    days: dict[int, list[tuple[date, bool]]] = defaultdict(list)
    for task_id, day, evidenced in lines.order_by("happened_on").values_list(
        "task_id", "happened_on", "is_evidenced"
    ):
        days[task_id].append((day, evidenced))
    return days


def _task_progress(task: Task, lines: Sequence[tuple[date, bool]], on: date) -> TaskProgress:
    evidenced = [day for day, has_evidence in lines if has_evidence]
    occurrences = list(task.occurrences.all())
    only = len(occurrences) == 1
    states = tuple(
        OccurrenceProgress(one, rules.occurrence_state(_span(one, only), evidenced, on=on))
        for one in occurrences
    )
    completed = rules.is_completed(one.state for one in states)
    if not occurrences:  # done when asked for: it begins with its first line
        completed = bool(evidenced) if lines else None
    return TaskProgress(task, states, len(lines), len(evidenced), completed)


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
    until = on + timedelta(days=days)
    plans = Plan.objects.filter(unit=unit, year__range=(on.year - 1, until.year))
    return sorted(
        (
            Due(task.task, one.occurrence, one.state)
            for plan in plans
            for task in progress(plan, on).tasks
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
    untimed = Q(occurrences=None, plan__year__range=(window.start.year, window.end.year))
    found = Task.objects.filter(Q(Exists(touching)) | untimed, plan__unit=unit)
    return list(found.select_related("plan").order_by("plan__year", "plan_id", "position"))
