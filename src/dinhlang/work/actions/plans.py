"""Taking in a plan from its document, and writing what the document left blank."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.officialdoc.model import Document
from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.queries import exists_on, title_of, unit_for_issuer
from dinhlang.org.rules import Refused
from dinhlang.periods.window import numeric_date
from dinhlang.work import blobs, folds, permissions, queries, rules
from dinhlang.work.models import Assignment, Occurrence, Plan, Task
from dinhlang.work.plan_reading import PlanReading, TaskReading, read_plan


def import_plan(*, unit: Unit, data: bytes, name: str, by: Person | None, at: datetime) -> Plan:
    """Make a plan with tasks, occurrences and assignments of its document.

    Raises `Refused` when the document is no plan, cannot be read, was taken in before, or speaks of a year in
    which the unit did not exist; and `org.permissions.NotAllowed`. What looks wrong but can be stored is in
    `queries.warnings(plan)`.
    """
    permissions.check_can_import_plan(by, unit, localdate(at))
    if len(data) > blobs.LARGEST:
        raise Refused(
            f"Tệp “{name}” nặng {len(data) // 1048576} MB, tối đa {blobs.LARGEST // 1048576} MB. Hãy chọn lại tệp."
        )
    _check_plan_is_new(unit, data, name)
    # Readers of documents are slow to load, and only this action needs them.
    from dinhlang.officialdoc.read import read

    document = read(data, name)
    reading = read_plan(document, name)
    _check_unit_lived(unit, reading)
    return _store_plan(unit=unit, data=data, name=name, document=document, reading=reading, by=by, at=at)


@transaction.atomic
def amend_plan(*, plan: Plan, number: str, issued_on: date, by: Person | None, at: datetime) -> Plan:
    """Write the number ('04/KH-UBND') and day that the plan's document left blank or that were read wrongly.

    Published plans often lack both, and a report must cite them. Raises `Refused` for what is no number, a day to
    come or one on which the unit was not in being; and `org.permissions.NotAllowed`.
    """
    on = localdate(at)
    permissions.check_can_edit_plan(by, plan.unit, on)
    digits, symbol = rules.number_and_symbol(number)
    if issued_on > on:
        raise Refused(f"Ngày {numeric_date(issued_on)} chưa tới. Ghi ngày ban hành trên kế hoạch.")
    if not exists_on(plan.unit, issued_on):
        raise Refused(
            f"{rules.sentence(title_of(plan.unit, issued_on))[:-1]} không hoạt động vào ngày {numeric_date(issued_on)}. "
            "Kiểm tra lại ngày ban hành."
        )
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


def _check_plan_is_new(unit: Unit, data: bytes, name: str) -> None:
    known = Plan.objects.filter(unit=unit, source_id=hashlib.sha256(data).hexdigest()).first()
    if known is not None:
        raise Refused(
            f"Tệp “{name}” đã được nhập ngày {numeric_date(localdate(known.created_at))} thành kế hoạch “{known.title}”. "
            "Không cần nhập lại."
        )


def _check_unit_lived(unit: Unit, reading: PlanReading) -> None:
    first = reading.issued_on or date(reading.year, 1, 1)
    last = max(date(reading.year, 12, 31), first)
    name = queries.life_of(unit, first).name
    if unit.ends_on is not None and unit.ends_on <= first:
        raise Refused(
            f"{rules.sentence(name)[:-1]} đã kết thúc hoạt động từ ngày {numeric_date(unit.ends_on)}, không nhận được kế hoạch năm "
            f"{reading.year}. Hãy nhập cho đơn vị kế thừa."
        )
    if unit.starts_on is not None and unit.starts_on > last:
        raise Refused(
            f"{rules.sentence(name)[:-1]} thành lập ngày {numeric_date(unit.starts_on)}, không nhận được kế hoạch năm {reading.year}. "
            "Hãy nhập cho đơn vị trước đó."
        )


@transaction.atomic
def _store_plan(
    *,
    unit: Unit,
    data: bytes,
    name: str,
    document: Document,
    reading: PlanReading,
    by: Person | None,
    at: datetime,
) -> Plan:
    from dinhlang.officialdoc import codec

    folds.lock(unit)
    _check_plan_is_new(unit, data, name)
    plan = Plan.objects.create(
        unit=unit,
        year=reading.year,
        title=reading.title,
        number=(document.number or "")[:20],
        symbol=(document.symbol or "")[:40],
        issued_on=reading.issued_on,
        source=blobs.store(data, None, at),
        source_name=rules.clean(name)[:255],
        document={
            "read": codec.to_json(document),
            "warnings": [
                *_issued_by_another(unit, document, at),
                *_beside_another(unit, reading.year),
                *reading.warnings,
                *(warning for task in reading.tasks for warning in task.warnings),
            ],
        },
        created_at=at,
        created_by=by,
    )
    for position, task in enumerate(reading.tasks, 1):
        _store_task(plan, position, task)
    Assignment.objects.bulk_create(
        Assignment(plan=plan, position=position, unit_text=who, duty=duty)
        for position, (who, duty) in enumerate(reading.duties, 1)
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


def _issued_by_another(unit: Unit, document: Document, at: datetime) -> list[str]:
    """A warning when the letterhead names a unit we know, and it is not this one."""
    issuer = unit_for_issuer(document.issuer, near=unit) if document.issuer else None
    if issuer is None or issuer == unit:
        return []
    on = localdate(at)
    return [
        f"Văn bản do {title_of(issuer, on)} ban hành, không phải {title_of(unit, on)}. Hãy kiểm tra lại đơn vị."
    ]


def _beside_another(unit: Unit, year: int) -> list[str]:
    """A warning when the unit has a plan of the year: reports follow the newest, and lines stay with their own."""
    before = Plan.objects.filter(unit=unit, year=year).order_by("-pk").first()
    if before is None:
        return []
    return [
        f"Đơn vị đã có kế hoạch năm {year} (“{before.title}”, nhập ngày {numeric_date(localdate(before.created_at))}). "
        "Báo cáo theo bản nhập sau; hoạt động gắn với nhiệm vụ của bản trước không tính vào tiến độ của bản này."
    ]


def _store_task(plan: Plan, position: int, reading: TaskReading) -> None:
    task = Task.objects.create(
        plan=plan,
        position=position,
        ordinal=reading.ordinal,
        text=reading.text,
        product=reading.product,
        lead=reading.lead,
        cooperating=reading.cooperating,
        schedule_text=reading.schedule_text,
        schedule=dict(reading.schedule),
        watch_months=reading.watch_months,
        expected_kinds=list(reading.expected_kinds),
    )
    Occurrence.objects.bulk_create(
        Occurrence(
            task=task,
            number=number,
            starts_on=span.starts_on,
            ends_on=span.ends_on,
            due_on=span.due_on,
            needed=span.needed,
            is_watch=span.is_watch,
        )
        for number, span in enumerate(reading.spans, 1)
    )
