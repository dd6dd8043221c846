"""Taking a run back by further steps."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.onestop import permissions, queries
from dinhlang.onestop.imports import register, writing
from dinhlang.onestop.imports.actions import running
from dinhlang.onestop.imports.actions.running import (
    WrongState,
    enqueue,
    locked,
)
from dinhlang.onestop.models import (
    Dossier,
    DossierStep,
    ImportRun,
    RunState,
)
from dinhlang.onestop.rules import journey
from dinhlang.onestop.rules.states import Deed
from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused


@transaction.atomic
def undo(*, run: ImportRun, by: Person | None, at: datetime) -> None:
    """Take back what a run wrote, by further steps; only while nothing was built on it. Raises `Refused`, `NotAllowed`."""
    run = locked(run)
    permissions.check_can_register(by, run.unit, localdate(at))
    if run.state != RunState.DONE:
        raise WrongState(_("Chỉ hoàn tác được lần nhập đã xong. Hãy tải lại trang."))
    if built := _built_on(run):
        raise Refused(
            _(
                "%(count)s hồ sơ đã có bước ghi sau lần nhập này, ví dụ %(code)s. Hoàn tác lần nhập sau, rút bước ghi sau trước."
            )
            % {"count": len(built), "code": built[0]}
        )
    # Who takes it back signs the steps that do; the audit keeps who confirmed it.
    run.state, run.confirmed_by, run.moved_at, run.done = RunState.UNDOING, by, at, 0
    run.total = steps_of(run).count()
    run.save()
    audit(by=by, at=at, action="dossier.import-undo", target=run, unit=run.unit, detail={"steps": run.total})
    enqueue(run)


def steps_of(run: ImportRun) -> QuerySet[DossierStep]:
    """What the run wrote and nobody took back yet."""
    return DossierStep.objects.filter(
        dossier__unit=run.unit,
        deed=Deed.IMPORT,
        recorded_at=run.written_at,
        said__import=run.pk,
        reversal=None,
    )


def _built_on(run: ImportRun) -> list[str]:
    """Codes of dossiers that have a step after this run's which counts."""
    later = DossierStep.objects.filter(
        dossier=OuterRef("dossier"), number__gt=OuterRef("number"), reversal=None
    ).exclude(deed__in=[Deed.REVERSE, Deed.CORRECT])
    found = steps_of(run).filter(Exists(later)).order_by("pk")
    return list(found.values_list("dossier__code", flat=True))


def undo_on(run: ImportRun) -> bool:
    """Take the next steps back; whether there is more to do."""
    with transaction.atomic():
        Unit.objects.select_for_update(no_key=True).get(pk=run.unit_id)
        now = locked(run)
        if now.state != RunState.UNDOING:
            return False
        at = timezone.now()
        some = list(
            steps_of(now).filter(pk__gt=now.counts.get("undone_to", 0)).order_by("pk")[: running.CHUNK]
        )
        if some:
            _take_back(now, some, at)
            now.counts["undone_to"] = some[-1].pk
            now.done += len(some)
            now.moved_at = at
            now.save(update_fields=["counts", "done", "moved_at"])
            return True
        # What the file only confirmed is confirmed no more.
        Dossier.objects.filter(unit=now.unit, told_on=now.as_of).update(told_on=None)
        now.state, now.after, now.moved_at = RunState.UNDONE, register.snapshot(now.unit), at
        now.save(update_fields=["state", "after", "moved_at"])
    return False


def _take_back(run: ImportRun, some: list[DossierStep], at: datetime) -> None:
    dossiers = {
        one.pk: one
        for one in Dossier.objects.select_for_update(of=("self",)).filter(
            pk__in=[one.dossier_id for one in some]
        )
    }
    known: dict[int, list[DossierStep]] = {}
    for row in DossierStep.objects.filter(dossier__in=dossiers).select_related("reverses").order_by("number"):
        known.setdefault(row.dossier_id, []).append(row)
    days: set[date] = set()
    made = []
    for row in some:
        dossier, steps = dossiers[row.dossier_id], queries.journey_of(known[row.dossier_id])
        if journey.counting(steps)[-1].number != row.number:
            # Somebody typed a step while this ran: theirs stands, and so does what it stands on.
            continue
        days |= writing.days_of(dossier)
        made.append(writing.take_back(dossier, steps, row, at=at, run=run))
        days |= writing.days_of(dossier)
    Dossier.objects.bulk_update(list(dossiers.values()), writing.CHANGED, batch_size=200)
    DossierStep.objects.bulk_create(made)
    writing.mark_days(run.unit, days)
