"""Editing the rows of a plan as one act: what two people write at the same time, and what recorded work holds fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.periods import calendar
from dinhlang.work import permissions, plan_merge, queries, rules
from dinhlang.work.actions.plans import occurrence_of, store_task, task_fields, task_warnings
from dinhlang.work.models import Occurrence, Plan, Task
from dinhlang.work.plan_reading import TaskReading, read_row
from dinhlang.work.plan_values import NotWritable, Row, check_rows, cleaned, row_from_json, row_to_json

# Positions are moved out of the way while they change; a plan has far fewer rows.
_ASIDE = 10_000
_MOST_BASES = 60
_TIME_FIELDS = ("starts_on", "ends_on", "due_on", "needed", "is_watch")


class PlanChanged(Refused):
    """Someone else changed the plan since it was opened; nothing was stored."""


@transaction.atomic
def edit_plan(
    *,
    plan: Plan,
    version: int,
    title: str,
    bases: Sequence[str],
    rows: Sequence[Row],
    by: Person | None,
    at: datetime,
) -> Plan:
    """Make the plan's title, citations and rows what is given; blank rows are left out.

    A row that names its task stays that task, with its recorded work; occurrences follow its schedule. Raises
    `PlanChanged` when the plan is no longer of that `version`, `NotWritable` with the row for what cannot be
    stored (also to remove a task that has recorded work), and `org.permissions.NotAllowed`.
    """
    permissions.check_can_edit_plan(by, plan.unit, localdate(at))
    lock(plan.unit)
    plan = Plan.objects.select_related("unit").get(pk=plan.pk)
    if plan.version != version:
        raise PlanChanged(
            _("Kế hoạch vừa được người khác sửa. Bản của bạn còn nguyên ở dưới; xem thay đổi rồi lưu lại.")
        )
    before = queries.values_of(plan)
    given = tuple(cleaned(row) for row in rows if not row.is_blank)
    check_rows(given)
    tasks = {task.pk: task for task in plan.tasks.prefetch_related("occurrences")}
    if any(row.task is not None and row.task not in tasks for row in given):
        raise NotWritable(_("Có dòng không thuộc kế hoạch này. Hãy tải lại trang rồi sửa lại."))
    title = rules.clean(title)
    if not title:
        raise NotWritable(_("Chưa ghi trích yếu của kế hoạch."), field="title")
    cited = [basis for basis in map(rules.clean, bases) if basis][:_MOST_BASES]
    days = calendar.default()
    readings = [read_row(row, number, plan.year, days) for number, row in enumerate(given, 1)]
    given = tuple(_settled(row, reading) for row, reading in zip(given, readings, strict=True))
    if (title, tuple(cited), given) == (before.title, before.bases, before.rows):
        return plan
    _remove(plan, tasks, {row.task for row in given})
    _write(plan, tasks, given, readings)
    plan.title, plan.bases = title, cited
    plan.document["task_warnings"] = task_warnings(readings)
    plan.version += 1
    plan.save(update_fields=["title", "bases", "document", "version"])
    changed = plan_merge.changes(before.rows, given)
    audit(
        by=by,
        at=at,
        action="plan.edit",
        target=plan,
        unit=plan.unit,
        detail={
            "version": plan.version,
            "changes": [[one.row, one.field, one.before, one.after] for one in changed],
            **({"title": [before.title, title]} if title != before.title else {}),
            **({"bases": [list(before.bases), cited]} if tuple(cited) != before.bases else {}),
            "before": {
                "title": before.title,
                "bases": list(before.bases),
                "order": [row.task for row in before.rows],
                "rows": [row_to_json(row) for row in before.rows if row not in given],
            },
        },
    )
    return plan


def undo_edit(*, plan: Plan, version: int, by: Person | None, at: datetime) -> Plan:
    """Take back the last edit, the one that made this `version`: rows it removed come back as new tasks.

    Raises `PlanChanged` when someone edited since, `Refused` when the last change was no edit; and as `edit_plan`.
    """
    entry = queries.history(plan).filter(action="plan.edit").first()
    if entry is None or entry.detail.get("version") != version or "before" not in entry.detail:
        raise PlanChanged(_("Kế hoạch đã có thay đổi mới hơn nên không hoàn tác được lần sửa này."))
    before = entry.detail["before"]
    now = {row.task: row for row in queries.values_of(plan).rows}
    changed = {one["task"]: row_from_json(one) for one in before["rows"]}
    rows = [changed.get(task) or now[task] for task in before["order"] if task in changed or task in now]
    return edit_plan(
        plan=plan,
        version=version,
        title=before["title"],
        bases=before["bases"],
        rows=[row if row.task in now else replace(row, task=None) for row in rows],
        by=by,
        at=at,
    )


def _settled(row: Row, reading: TaskReading) -> Row:
    """The row as it will stand, its rhythm and kinds decided."""
    return Row(
        text=reading.text,
        product=reading.product,
        lead=reading.lead,
        cooperating=reading.cooperating,
        schedule_text=reading.schedule_text,
        ordinal=reading.ordinal,
        watch_months=reading.watch_months,
        expected_kinds=reading.expected_kinds,
        task=row.task,
    )


def _remove(plan: Plan, tasks: dict[int, Task], kept: set[int | None]) -> None:
    gone = [pk for pk in tasks if pk not in kept]
    held = (
        Task.objects.filter(pk__in=gone)
        .annotate(lines=Count("activities"))
        .filter(lines__gt=0)
        .order_by("position")
    )
    for task in held:
        raise NotWritable(
            _(
                "Nhiệm vụ %(ordinal)s đã có %(count)d hoạt động trong sổ nên không xóa được. "
                "Muốn thôi theo dõi thì sửa thời gian thực hiện; ghi nhầm thì hủy ghi, nhiệm vụ vẫn giữ lại."
            )
            % {"ordinal": task.ordinal or task.position, "count": task.lines},
            field=f"task:{task.pk}",
        )
    plan.tasks.filter(pk__in=gone).delete()


def _write(plan: Plan, tasks: dict[int, Task], rows: Sequence[Row], readings: Sequence[TaskReading]) -> None:
    """Bring tasks and occurrences in line with the rows, in a few statements whatever their number."""
    plan.tasks.update(position=F("position") + _ASIDE)
    kept: list[Task] = []
    outdated: list[int] = []
    times: list[Occurrence] = []
    for position, (row, reading) in enumerate(zip(rows, readings, strict=True), 1):
        if row.task is None:
            store_task(plan, position, reading)
            continue
        task = tasks[row.task]
        for name, value in {"position": position, **task_fields(reading)}.items():
            setattr(task, name, value)
        kept.append(task)
        gone, new = _times_to_change(task, reading)
        outdated += gone
        times += new
    fields = ["position", *(task_fields(readings[0]) if readings else ())]
    Task.objects.bulk_update(kept, fields, batch_size=50)
    Occurrence.objects.filter(pk__in=outdated).delete()
    Occurrence.objects.bulk_create(times)


def _times_to_change(task: Task, reading: TaskReading) -> tuple[list[int], list[Occurrence]]:
    """The stored times that are no more, and those to be stored; a time that stays keeps its row."""
    stored = {one.number: one for one in task.occurrences.all()}
    wanted = {number: occurrence_of(task, number, span) for number, span in enumerate(reading.spans, 1)}
    same = {
        number
        for number in stored.keys() & wanted.keys()
        if all(getattr(stored[number], name) == getattr(wanted[number], name) for name in _TIME_FIELDS)
    }
    gone = [one.pk for number, one in stored.items() if number not in same]
    return gone, [one for number, one in wanted.items() if number not in same]
