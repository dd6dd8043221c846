"""What a stored plan says, as plain values and as a document; its proposals, its history."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from dinhlang.officialdoc.model import Document, Issuer
from dinhlang.org import queries as org
from dinhlang.org.models import AuditEntry
from dinhlang.work.models import Activity, ActivityKind, Plan, PlanDraft, Task
from dinhlang.work.plan_values import PlanValues, Row
from dinhlang.work.queries.lines import Reader

DRAFTS_KEPT_FOR = timedelta(days=30)
_CHANGES = ("plan.import", "plan.start", "plan.amend", "plan.edit")


def drafts_for(person: Reader, on: date) -> QuerySet[PlanDraft]:
    """The proposals of the units the person may read, those last touched first; not those left alone too long."""
    since = timezone.make_aware(datetime.combine(on - DRAFTS_KEPT_FOR, time.min))
    found = PlanDraft.objects.filter(unit__in=org.visible_units(person, on), changed_at__gte=since)
    return found.select_related("unit", "created_by")


def row_of(task: Task) -> Row:
    """A stored task as a row of the sheet."""
    return Row(
        text=task.text,
        product=task.product,
        lead=task.lead,
        cooperating=task.cooperating,
        schedule_text=task.schedule_text,
        ordinal=task.ordinal,
        watch_months=task.watch_months,
        expected_kinds=tuple(kind for kind in ActivityKind.values if kind in task.expected_kinds),
        task=task.pk,
    )


def values_of(plan: Plan) -> PlanValues:
    """All that a stored plan says."""
    return PlanValues(
        year=plan.year,
        title=plan.title,
        number=plan.number,
        symbol=plan.symbol,
        issued_on=plan.issued_on,
        bases=tuple(plan.bases),
        rows=tuple(row_of(task) for task in plan.tasks.order_by("position")),
        duties=tuple((one.unit_text, one.duty) for one in plan.assignments.order_by("position")),
    )


def document_of(plan: Plan) -> Document | None:
    """The document the plan was read from; `None` for one that was written here."""
    from dinhlang.officialdoc import codec

    read: dict[str, Any] | None = plan.document.get("read")
    return codec.from_json(read) if read else None


def printed_document(plan: Plan) -> Document:
    """The plan as a document to be printed, in the words it has now."""
    from dinhlang.work import plan_document

    on = plan.issued_on or date(plan.year, 1, 1)
    head = org.letterhead(plan.unit, on)
    issuer = Issuer(name=" ".join(head.issuer), parent=head.parent)
    return plan_document.document_of(values_of(plan), document_of(plan), issuer, head.place)


def recorded(plan: Plan) -> dict[int, int]:
    """How many lines of the ledger each task has; tasks without any are left out."""
    counted = Activity.objects.filter(task__plan=plan).order_by().values_list("task").annotate(Count("pk"))
    return dict(counted)


def history(plan: Plan) -> QuerySet[AuditEntry]:
    """What was done to the plan, newest first."""
    return (
        AuditEntry.objects.filter(target=f"{plan._meta.label_lower}:{plan.pk}", action__in=_CHANGES)
        .select_related("by")
        .order_by("-id")
    )
