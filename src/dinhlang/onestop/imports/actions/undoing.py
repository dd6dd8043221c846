"""Taking a run back by further steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

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
from dinhlang.org.locking import lock
from dinhlang.org.models import Person
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
    _begin(run, by=by, at=at)


@transaction.atomic
def take_back_the_begun(*, run: ImportRun, why: str, at: datetime) -> None:
    """Take back what was written of a file that cannot be written to its end: no half of it may count. For the worker."""
    run = locked(run)
    if run.state == RunState.WRITING:
        run.told = why
        _begin(run, by=None, at=at)


def _begin(run: ImportRun, *, by: Person | None, at: datetime) -> None:
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
        lock(run.unit_id)
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
        if part := now.confirmations.filter(pk__gt=now.counts.get("forgotten_to", 0)).order_by("pk").first():
            _forget(now, part.dossiers)
            now.counts["forgotten_to"], now.moved_at = part.pk, at
            now.save(update_fields=["counts", "moved_at"])
            return True
        now.confirmations.all().delete()
        now.state, now.after, now.moved_at = RunState.UNDONE, register.snapshot(now.unit), at
        now.save(update_fields=["state", "after", "moved_at"])
    return False


def _forget(run: ImportRun, dossiers: list[int]) -> None:
    """What the file only confirmed it confirms no more; what other files say of these dossiers stays."""
    found = Dossier.objects.select_for_update(of=("self",)).filter(pk__in=dossiers, told_on=run.as_of)
    rows = list(found.order_by("pk"))
    steps = _steps_of(rows)
    others = _confirmed_on(run, {one.pk for one in rows}, until=run.as_of)
    for one in rows:
        one.told_on = writing.told_on(queries.journey_of(steps.get(one.pk, [])), others.get(one.pk))
    Dossier.objects.bulk_update(rows, ["told_on"], batch_size=200)


def _confirmed_on(run: ImportRun, dossiers: set[int], *, until: date) -> dict[int, date]:
    """When another file, of until this day, last confirmed these dossiers."""
    wanted, found = set(dossiers), dict[int, date]()
    others = ImportRun.objects.filter(unit=run.unit, state=RunState.DONE, as_of__lte=until).exclude(pk=run.pk)
    for other in others.order_by("-as_of", "-pk").iterator():
        for part in other.confirmations.all():
            known = wanted.intersection(part.dossiers)
            found |= dict.fromkeys(known, other.as_of)
            wanted -= known
        if not wanted:
            break
    return found


def _steps_of(dossiers: Iterable[Dossier]) -> dict[int, list[DossierStep]]:
    known: dict[int, list[DossierStep]] = {}
    rows = DossierStep.objects.filter(dossier__in=[one.pk for one in dossiers])
    for row in rows.select_related("reverses").order_by("dossier", "number"):
        known.setdefault(row.dossier_id, []).append(row)
    return known


def _take_back(run: ImportRun, some: list[DossierStep], at: datetime) -> None:
    dossiers = {
        one.pk: one
        for one in Dossier.objects.select_for_update(of=("self",)).filter(
            pk__in=[one.dossier_id for one in some]
        )
    }
    known = _steps_of(dossiers.values())
    # A file of the same day may have confirmed what goes now; an older one spoke of what was there before.
    others = _confirmed_on(run, set(dossiers), until=run.as_of - timedelta(days=1))
    days: set[date] = set()
    made = []
    for row in some:
        dossier, steps = dossiers[row.dossier_id], queries.journey_of(known[row.dossier_id])
        if journey.counting(steps)[-1].number != row.number:
            # Somebody typed a step while this ran: theirs stands, and so does what it stands on.
            continue
        days |= writing.days_of(dossier)
        confirmed_on = others.get(dossier.pk)
        made.append(writing.take_back(dossier, steps, row, confirmed_on=confirmed_on, at=at, run=run))
        days |= writing.days_of(dossier)
    Dossier.objects.bulk_update(list(dossiers.values()), writing.CHANGED, batch_size=200)
    DossierStep.objects.bulk_create(made)
    writing.mark_days(run.unit, days)
