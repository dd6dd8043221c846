"""A plan that is proposed before it is one: read from a document, or rolled over from the year before.

What a person says of a value on the way is kept with the draft and not audited; the audit entry of the plan that
comes of it holds every value that was read and what it was made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused
from dinhlang.work import blobs, permissions, queries, rules
from dinhlang.work.actions.plans import (
    NewPlan,
    check_issued,
    check_plan_is_new,
    check_unit_lived,
    read_file,
    store_plan,
    warnings_about,
)
from dinhlang.work.models import Plan, PlanDraft
from dinhlang.work.plan_reading import read_values
from dinhlang.work.plan_values import NotWritable, check_rows


def propose_plan(*, unit: Unit, data: bytes, name: str, by: Person | None, at: datetime) -> PlanDraft:
    """Read a plan's document and keep what was read for a person to confirm; no plan is made yet.

    The same file again gives the proposal that is there. Raises `Refused` and `org.permissions.NotAllowed` as
    `import_plan` does.
    """
    permissions.check_can_import_plan(by, unit, localdate(at))
    known = PlanDraft.objects.filter(unit=unit, source_id=hashlib.sha256(data).hexdigest()).first()
    if known is not None:
        return known
    document, reading, text = read_file(unit, data, name)
    from dinhlang.officialdoc import codec
    from dinhlang.work import proposal

    new = NewPlan(unit, reading, document.number or "", document.symbol or "", document=document)
    with transaction.atomic():
        draft = PlanDraft.objects.create(
            unit=unit,
            origin=PlanDraft.Origin.DOCUMENT,
            source=blobs.store(data, None, at),
            source_name=rules.clean(name)[:255],
            source_text=text,
            document={"read": codec.to_json(document), "notes": warnings_about(new, at)},
            proposal=proposal.to_json(proposal.of_document(document, reading, text)),
            created_at=at,
            created_by=by,
            changed_at=at,
            changed_by=by,
        )
        detail = {"file": draft.source_name, "tasks": len(reading.tasks)}
        audit(by=by, at=at, action="plan.propose", target=draft, unit=unit, detail=detail)
    return draft


def roll_over_plan(*, plan: Plan, year: int, by: Person | None, at: datetime) -> PlanDraft:
    """Propose the plan of another year from this one. What could not be recomputed is marked in the proposal.

    Raises `Refused` for a year that is not later, or in which the unit is no more; `org.permissions.NotAllowed`.
    """
    permissions.check_can_import_plan(by, plan.unit, localdate(at))
    if year <= plan.year:
        raise Refused(_("Kế hoạch mới phải của năm sau năm %(year)d.") % {"year": plan.year})
    check_unit_lived(plan.unit, year, None)
    from dinhlang.work import plan_document, proposal, rollover

    values = queries.values_of(plan)
    rolled = rollover.roll(values, year)
    text, proposed = proposal.of_rollover(values, rolled)
    document, notes = plan_document.rolled(queries.document_of(plan), plan.year, year)
    notes = [*warnings_about(NewPlan(plan.unit, read_values(rolled.values), "", ""), at), *notes]
    with transaction.atomic():
        draft = PlanDraft.objects.create(
            unit=plan.unit,
            origin=PlanDraft.Origin.ROLLOVER,
            rolled_from=plan,
            source_text=text,
            document={"read": document, "notes": notes},
            proposal=proposal.to_json(proposed),
            created_at=at,
            created_by=by,
            changed_at=at,
            changed_by=by,
        )
        detail = {"year": year, "left": len(rolled.left) + len(notes)}
        audit(by=by, at=at, action="plan.roll-over", target=plan, unit=plan.unit, detail=detail)
    return draft


@transaction.atomic
def decide_draft(
    *, draft: PlanDraft, said: Mapping[str, str | None], by: Person | None, at: datetime
) -> PlanDraft:
    """Keep what a person said of some values: right (`None`), or what it should be.

    Raises `NotWritable` for a value that cannot be; `org.permissions.NotAllowed`.
    """
    from dinhlang.work import proposal

    permissions.check_can_import_plan(by, draft.unit, localdate(at))
    draft = _locked(draft)
    proposed = proposal.from_json(draft.proposal)
    for path, value in said.items():
        proposed = proposed.decided(path, value)
    draft.proposal = proposal.to_json(proposed)
    draft.changed_at, draft.changed_by = at, by
    draft.save(update_fields=["proposal", "changed_at", "changed_by"])
    return draft


@transaction.atomic
def change_draft_rows(
    *, draft: PlanDraft, change: str, at_row: int | None = None, by: Person | None, at: datetime
) -> PlanDraft:
    """Add a row at the end ("add"), drop one ("drop") or bring a dropped one back ("back").

    Raises `NotWritable` for a row that is not there; `org.permissions.NotAllowed`.
    """
    from dinhlang.work import proposal

    permissions.check_can_import_plan(by, draft.unit, localdate(at))
    draft = _locked(draft)
    proposed = proposal.from_json(draft.proposal)
    if change == "add":
        proposed = proposed.with_row()
    elif at_row is not None:
        proposed = proposed.without_row(at_row) if change == "drop" else proposed.with_row_again(at_row)
    draft.proposal = proposal.to_json(proposed)
    draft.changed_at, draft.changed_by = at, by
    draft.save(update_fields=["proposal", "changed_at", "changed_by"])
    return draft


@transaction.atomic
def confirm_draft(*, draft: PlanDraft, by: Person | None, at: datetime) -> Plan:
    """Make the plan of what is proposed, everything not yet looked at taken as right. The draft goes.

    Raises `Refused` as `import_plan` does, and `org.permissions.NotAllowed`.
    """
    from dinhlang.officialdoc import codec
    from dinhlang.work import proposal

    on = localdate(at)
    permissions.check_can_import_plan(by, draft.unit, on)
    lock(draft.unit)
    draft = _locked(draft)
    proposed = proposal.from_json(draft.proposal)
    values = proposed.values()
    try:
        check_rows(values.rows)
    except NotWritable as reason:
        if reason.row is None:
            raise
        place = f"rows.{proposed.kept[reason.row - 1]}.{reason.field}"
        raise NotWritable(str(reason), reason.row, place) from None
    check_unit_lived(draft.unit, values.year, values.issued_on)
    if values.issued_on is not None:
        check_issued(draft.unit, values.issued_on, on)
    if draft.source is not None:
        check_plan_is_new(draft.unit, blobs.read(draft.source), draft.source_name)
    read = draft.document.get("read")
    plan = store_plan(
        NewPlan(
            draft.unit,
            read_values(values),
            values.number,
            values.symbol,
            values.bases,
            source=draft.source,
            source_name=draft.source_name,
            document=codec.from_json(read) if read else None,
            rolled_from=draft.rolled_from,
        ),
        by=by,
        at=at,
    )
    corrected = {item.path: [item.read, item.value] for item in proposed.items if item.value != item.read}
    detail = {
        "file": plan.source_name,
        "tasks": len(values.rows),
        "corrected": corrected,
        "seen": [proposed.seen, len(proposed.asked)],
        "added": proposed.added,
        "dropped": [proposed.base.rows[one].text for one in sorted(proposed.dropped)],
    }
    if draft.rolled_from_id:
        detail["rolled_from"] = draft.rolled_from_id
    audit(by=by, at=at, action="plan.import", target=plan, unit=plan.unit, detail=detail)
    draft.delete()
    return plan


@transaction.atomic
def discard_draft(*, draft: PlanDraft, by: Person | None, at: datetime) -> None:
    """Throw a proposal away. Raises `org.permissions.NotAllowed`."""
    permissions.check_can_import_plan(by, draft.unit, localdate(at))
    detail = {"file": draft.source_name, "origin": str(draft.origin)}
    audit(by=by, at=at, action="plan.discard", target=draft, unit=draft.unit, detail=detail)
    draft.delete()


@transaction.atomic
def sweep_drafts(*, at: datetime) -> int:
    """Throw away what nobody touched for a month; how many went."""
    old = PlanDraft.objects.filter(changed_at__lt=at - queries.DRAFTS_KEPT_FOR)
    # Unit by unit in one order: each entry locks the chain of its unit.
    gone = list(old.select_for_update(of=("self",)).select_related("unit").order_by("unit", "pk"))
    for draft in gone:
        audit(
            by=None,
            at=at,
            action="plan.discard",
            target=draft,
            unit=draft.unit,
            detail={"file": draft.source_name, "origin": str(draft.origin), "untouched": True},
        )
        draft.delete()
    return len(gone)


def _locked(draft: PlanDraft) -> PlanDraft:
    """The draft as it is now; others who change it wait. Raises `Refused` when it is no more."""
    found = (
        PlanDraft.objects.select_for_update(of=("self",))
        .select_related("unit", "source", "rolled_from")
        .filter(pk=draft.pk)
        .first()
    )
    if found is None:
        raise Refused(_("Bản đề xuất này không còn: đã thành kế hoạch hoặc đã bỏ."))
    return found
