"""Taking in a plan from its document, writing one from nothing, and writing what a document left blank."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.officialdoc.model import Document
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.queries import exists_on, title_of, unit_for_issuer
from dinhlang.org.rules import Refused
from dinhlang.periods.window import numeric_date
from dinhlang.work import blobs, permissions, queries, rules
from dinhlang.work.models import Assignment, Blob, Occurrence, Plan, Task
from dinhlang.work.plan_reading import PlanReading, TaskReading, read_plan, read_values
from dinhlang.work.plan_values import PlanValues, check_year
from dinhlang.work.rules import Span

# Problems of reading that are none any more once a person wrote what was missing.
_MENDED_BY_NUMBER = {"blank-number", "blank-date"}


def import_plan(*, unit: Unit, data: bytes, name: str, by: Person | None, at: datetime) -> Plan:
    """Make a plan with tasks, occurrences and assignments of its document, as it is read.

    Raises `Refused` when the document is no plan, cannot be read, was taken in before, or speaks of a year in
    which the unit did not exist; and `org.permissions.NotAllowed`. What looks wrong but can be stored is in
    `queries.warnings(plan)`.
    """
    permissions.check_can_import_plan(by, unit, localdate(at))
    from dinhlang.officialdoc.read import Places
    from dinhlang.work.proposal import bases_of

    document, reading, text = read_file(unit, data, name)

    bases = tuple(basis for basis, _spans in bases_of(document, Places(text)))
    with transaction.atomic():
        lock(unit)
        check_plan_is_new(unit, data, name)
        plan = store_plan(
            NewPlan(
                unit,
                reading,
                document.number or "",
                document.symbol or "",
                bases,
                source=blobs.store(data, None, at),
                source_name=name,
                document=document,
            ),
            by=by,
            at=at,
        )
        audit(
            by=by,
            at=at,
            action="plan.import",
            target=plan,
            unit=unit,
            detail={"file": plan.source_name, "tasks": len(reading.tasks)},
        )
    return plan


def read_file(unit: Unit, data: bytes, name: str) -> tuple[Document, PlanReading, str]:
    """The document, what it asks for, and its text. Raises `Refused` as `import_plan` says."""
    if len(data) > blobs.LARGEST:
        raise Refused(
            _("Tệp “%(name)s” nặng %(size)d MB, tối đa %(most)d MB. Hãy chọn lại tệp.")
            % {"name": name, "size": len(data) // 1048576, "most": blobs.LARGEST // 1048576}
        )
    check_plan_is_new(unit, data, name)
    # Readers of documents are slow to load, and only these actions need them.
    from dinhlang.officialdoc.read import read, text_of

    document = read(data, name)
    reading = read_plan(document, name)
    check_unit_lived(unit, reading.year, reading.issued_on)
    return document, reading, text_of(data, name)


@transaction.atomic
def start_plan(*, unit: Unit, year: int, title: str, by: Person | None, at: datetime) -> Plan:
    """A plan without rows, to be written on its sheet.

    Raises `Refused` for no title or a year in which the unit is not in being; `org.permissions.NotAllowed`.
    """
    permissions.check_can_import_plan(by, unit, localdate(at))
    check_year(year)
    title = rules.clean(title)
    if not title:
        raise Refused(_("Chưa ghi trích yếu của kế hoạch."))
    check_unit_lived(unit, year, None)
    lock(unit)
    plan = store_plan(NewPlan(unit, read_values(PlanValues(year, title)), "", "KH-UBND"), by=by, at=at)
    audit(by=by, at=at, action="plan.start", target=plan, unit=unit, detail={"year": year, "title": title})
    return plan


@transaction.atomic
def amend_plan(*, plan: Plan, number: str, issued_on: date, by: Person | None, at: datetime) -> Plan:
    """Write the number ('04/KH-UBND') and day that the plan's document left blank or that were read wrongly.

    Published plans often lack both, and a report must cite them. Raises `Refused` for what is no number, a day to
    come or one on which the unit was not in being; and `org.permissions.NotAllowed`.
    """
    on = localdate(at)
    permissions.check_can_edit_plan(by, plan.unit, on)
    digits, symbol = rules.number_and_symbol(number)
    check_issued(plan.unit, issued_on, on)
    before = [plan.number, plan.symbol, str(plan.issued_on or "")]
    plan.number, plan.symbol, plan.issued_on = digits, symbol or plan.symbol or "KH-UBND", issued_on
    plan.save(update_fields=["number", "symbol", "issued_on"])
    after = [plan.number, plan.symbol, str(issued_on)]
    audit(
        by=by,
        at=at,
        action="plan.amend",
        target=plan,
        unit=plan.unit,
        detail={"before": before, "after": after},
    )
    return plan


def check_issued(unit: Unit, issued_on: date, on: date) -> None:
    """Raise `Refused` for a day to come, or one on which the unit was not in being."""
    if issued_on > on:
        raise Refused(
            _("Ngày %(day)s chưa tới. Ghi ngày ban hành trên kế hoạch.") % {"day": numeric_date(issued_on)}
        )
    if not exists_on(unit, issued_on):
        raise Refused(
            _("%(unit)s không hoạt động vào ngày %(day)s. Kiểm tra lại ngày ban hành.")
            % {"unit": rules.sentence(title_of(unit, issued_on))[:-1], "day": numeric_date(issued_on)}
        )


def check_plan_is_new(unit: Unit, data: bytes, name: str) -> None:
    """Raise `Refused` when the unit has a plan of this very file."""
    known = Plan.objects.filter(unit=unit, source_id=hashlib.sha256(data).hexdigest()).first()
    if known is not None:
        raise Refused(
            _("Tệp “%(name)s” đã được nhập ngày %(day)s thành kế hoạch “%(title)s”. Không cần nhập lại.")
            % {"name": name, "day": numeric_date(localdate(known.created_at)), "title": known.title}
        )


def check_unit_lived(unit: Unit, year: int, issued_on: date | None) -> None:
    """Raise `Refused` when the unit was not in being in the year of the plan."""
    first = issued_on or date(year, 1, 1)
    last = max(date(year, 12, 31), first)
    name = rules.sentence(queries.life_of(unit, first).name)[:-1]
    if unit.ends_on is not None and unit.ends_on <= first:
        raise Refused(
            _(
                "%(unit)s đã kết thúc hoạt động từ ngày %(day)s, không nhận được kế hoạch năm %(year)d. "
                "Hãy nhập cho đơn vị kế thừa."
            )
            % {"unit": name, "day": numeric_date(unit.ends_on), "year": year}
        )
    if unit.starts_on is not None and unit.starts_on > last:
        raise Refused(
            _(
                "%(unit)s thành lập ngày %(day)s, không nhận được kế hoạch năm %(year)d. "
                "Hãy nhập cho đơn vị trước đó."
            )
            % {"unit": name, "day": numeric_date(unit.starts_on), "year": year}
        )


@dataclass(frozen=True, slots=True)
class NewPlan:
    """Everything of a plan that is to be stored."""

    unit: Unit
    reading: PlanReading
    number: str
    symbol: str
    bases: tuple[str, ...] = ()
    source: Blob | None = None
    source_name: str = ""
    document: Document | None = None
    rolled_from: Plan | None = None


def store_plan(new: NewPlan, *, by: Person | None, at: datetime) -> Plan:
    """Write the plan with its tasks and assignments. Within a transaction that holds the unit."""
    from dinhlang.officialdoc import codec

    reading, document = new.reading, new.document
    plan = Plan.objects.create(
        unit=new.unit,
        year=reading.year,
        title=reading.title,
        number=new.number[:20],
        symbol=new.symbol[:40],
        issued_on=reading.issued_on,
        bases=list(new.bases),
        source=new.source,
        source_name=rules.clean(new.source_name)[:255],
        rolled_from=new.rolled_from,
        document={
            "read": codec.to_json(document) if document else None,
            "warnings": warnings_about(new, at),
            "task_warnings": task_warnings(reading.tasks),
        },
        created_at=at,
        created_by=by,
    )
    for position, task in enumerate(reading.tasks, 1):
        store_task(plan, position, task)
    Assignment.objects.bulk_create(
        Assignment(plan=plan, position=position, unit_text=who, duty=duty)
        for position, (who, duty) in enumerate(reading.duties, 1)
    )
    return plan


def task_warnings(tasks: Sequence[TaskReading]) -> list[str]:
    """What looks wrong in the tasks, in their order."""
    return [warning for task in tasks for warning in task.warnings]


@kept_in_vietnamese
def warnings_about(new: NewPlan, at: datetime) -> list[str]:
    """What looks wrong about a plan as a whole: its issuer, another plan of its year, problems of reading it."""
    found = _beside_another(new.unit, new.reading.year)
    if new.document is None:
        return found
    mended = _MENDED_BY_NUMBER if new.number and new.reading.issued_on else set()
    problems = [one.message for one in new.document.problems if one.code not in mended]
    return [*_issued_by_another(new.unit, new.document, at), *found, *problems]


def _issued_by_another(unit: Unit, document: Document, at: datetime) -> list[str]:
    """A warning when the letterhead names a unit we know, and it is not this one."""
    issuer = unit_for_issuer(document.issuer, near=unit) if document.issuer else None
    if issuer is None or issuer == unit:
        return []
    on = localdate(at)
    return [
        _("Văn bản do %(issuer)s ban hành, không phải %(unit)s. Hãy kiểm tra lại đơn vị.")
        % {"issuer": title_of(issuer, on), "unit": title_of(unit, on)}
    ]


def _beside_another(unit: Unit, year: int) -> list[str]:
    """A warning when the unit has a plan of the year: reports follow the newest, and lines stay with their own."""
    before = Plan.objects.filter(unit=unit, year=year).order_by("-pk").first()
    if before is None:
        return []
    return [
        _(
            "Đơn vị đã có kế hoạch năm %(year)d (“%(title)s”, nhập ngày %(day)s). "
            "Báo cáo theo bản nhập sau; hoạt động gắn với nhiệm vụ của bản trước không tính vào tiến độ của bản này."
        )
        % {"year": year, "title": before.title, "day": numeric_date(localdate(before.created_at))}
    ]


def store_task(plan: Plan, position: int, reading: TaskReading) -> Task:
    """Write one task with its occurrences."""
    task = Task.objects.create(plan=plan, position=position, **task_fields(reading))
    Occurrence.objects.bulk_create(
        occurrence_of(task, number, span) for number, span in enumerate(reading.spans, 1)
    )
    return task


def task_fields(reading: TaskReading) -> dict[str, object]:
    """What a task's row holds of its reading."""
    return {
        "ordinal": reading.ordinal,
        "text": reading.text,
        "product": reading.product,
        "lead": reading.lead,
        "cooperating": reading.cooperating,
        "schedule_text": reading.schedule_text,
        "schedule": dict(reading.schedule),
        "watch_months": reading.watch_months,
        "expected_kinds": list(reading.expected_kinds),
    }


def occurrence_of(task: Task, number: int, span: Span) -> Occurrence:
    """A time the task is due, not stored yet."""
    return Occurrence(
        task=task,
        number=number,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        due_on=span.due_on,
        needed=span.needed,
        is_watch=span.is_watch,
    )
