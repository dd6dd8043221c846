"""Rows written into the register: some hundred in one transaction, which also moves the mark up to where it is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.timezone import localdate

from dinhlang.onestop import queries
from dinhlang.onestop.actions.moving import BadClock, settle
from dinhlang.onestop.imports import comparing, register
from dinhlang.onestop.imports.comparing import Fate, Verdict
from dinhlang.onestop.imports.register import Held
from dinhlang.onestop.imports.rows import Row
from dinhlang.onestop.models import (
    ConfirmedRows,
    CountedDay,
    Dossier,
    DossierStep,
    ImportRun,
    Source,
    YearFigures,
)
from dinhlang.onestop.rules import journey, terms
from dinhlang.onestop.rules.journey import Step
from dinhlang.onestop.rules.states import STANDING_STILL, Deed
from dinhlang.onestop.rules.told import Told
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.procedures import queries as procedures
from dinhlang.procedures import rules as sheets
from dinhlang.procedures.models import Version
from dinhlang.work.rules import plain

CHANGED = (
    "state",
    "delivery_state",
    "resolved_at",
    "given_at",
    "ended_at",
    "received_at",
    "first_due_at",
    "due_at",
    "apologised_at",
    "calendar",
    "is_provisional",
    "told_on",
    "procedure_code",
    "procedure_name",
    "field",
    "folded",
)


@dataclass
class Desk:
    """What all rows of a run share: the offices' names, the versions of procedures."""

    unit: Unit
    on: date
    _terms: dict[int, Any] = field(default_factory=dict)

    @cached_property
    def body(self) -> str:
        # Names of offices go into forms: Vietnamese whoever is signed in.
        return f"Ủy ban nhân dân {org.title_of(self.unit, self.on)}"

    @cached_property
    def office(self) -> str:
        counter = queries.rules_on(self.unit, self.on)
        return counter.office if counter is not None else self.body

    @cached_property
    def _versions(self) -> dict[str, list[Version]]:
        known = procedures.catalogue(self.unit, self.on).values("pk")
        found: dict[str, list[Version]] = {}
        for one in Version.objects.filter(procedure__in=known).select_related("procedure").order_by("number"):
            found.setdefault(one.procedure.code, []).append(one)
            found.setdefault(plain(one.name), []).append(one)
        return found

    def version(self, row: Row, on: date) -> Version | None:
        """The version of the procedure that was in force on the day, by its code, else by its exact name."""
        for name in (row.procedure_code, plain(row.procedure)):
            for one in reversed(self._versions.get(name, []) if name else []):
                begun = one.starts_on is None or one.starts_on <= on
                if begun and (one.ends_on is None or one.ends_on > on):
                    return one
        return None

    def said(self, version: Version, channel: str) -> terms.Said:
        """What the version says of the time it takes."""
        known = self._terms.get((version.pk, channel))  # type: ignore[call-overload]
        if known is None:
            known = terms.said_for(sheets.from_json(version.sheet), channel)
            self._terms[(version.pk, channel)] = known  # type: ignore[index]
        return known  # type: ignore[no-any-return]


def write(run: ImportRun, rows: list[Row], decided: Mapping[str, str], desk: Desk) -> dict[str, int]:
    """Write these rows; how many had which fate. `decided` says of codes in doubt whether the file holds. For a transaction that
    holds the run and the unit; whoever typed something meanwhile is met by the same rules."""
    known = register.held(run.unit, [one.code.key for one in rows], lock=True)
    counts: dict[str, int] = {}
    made: list[tuple[Dossier, Told, Step]] = []
    changed: list[tuple[Dossier, Told, Step]] = []
    confirmed: list[int] = []
    days: set[date] = set()
    for row in rows:
        there = known.get(row.code.key)
        verdict = comparing.judge(row, there.known if there else None)
        fate = verdict.fate
        if fate in (Fate.CONTRADICTS, Fate.KEPT) and decided.get(row.code.key) == "file":
            fate = Fate.NEWER
        counts[fate] = counts.get(fate, 0) + 1
        if fate in (Fate.NEW, Fate.NEWER) and verdict.told is not None:
            if there is None:
                made.append(_new(run, row, verdict.told, desk, days))
            else:
                changed.append(_gone_on(run, row, verdict, there, desk, days))
        elif fate is Fate.SAME and there is not None and not there.known.by_hand:
            confirmed.append(there.dossier.pk)
    Dossier.objects.bulk_create([one for one, _told, _step in made])
    Dossier.objects.bulk_update([one for one, _told, _step in changed], CHANGED, batch_size=200)
    if confirmed:
        Dossier.objects.filter(pk__in=confirmed).exclude(told_on__gte=run.as_of).update(told_on=run.as_of)
        ConfirmedRows.objects.create(run=run, dossiers=confirmed)
    DossierStep.objects.bulk_create([_row(run, *one) for one in (*made, *changed)])
    mark_days(run.unit, days)
    return counts


def _new(run: ImportRun, row: Row, told: Told, desk: Desk, days: set[date]) -> tuple[Dossier, Told, Step]:
    on = localdate(told.received_at)
    version = desk.version(row, on)
    dossier = Dossier(
        unit=run.unit,
        key=uuid5(NAMESPACE_URL, f"dinhlang import {run.unit_id} {row.code.key}"),
        source=Source.OFFICIAL,
        code=str(row.code),
        code_key=row.code.key,
        channel=row.channel,
        version=version,
        procedure_code=row.procedure_code or (version.procedure.code if version else ""),
        procedure_name=row.procedure,
        field=row.field or (version.field if version else ""),
        receiving=desk.office,
        handling=desk.body,
        returning=desk.office,
        held_at=desk.office,
        papers=[],
        applicant="",
        presented_at=min(row.presented_at or told.received_at, told.received_at),
        entered_at=run.written_at,
        entered_by=run.confirmed_by,
    )
    dossier.folded = dossier.words()
    if told.due_at is None and version is not None:
        # No day in the file: counted here, as for a dossier of our own, where the procedure names a length.
        term = desk.said(version, row.channel).term
        if term is not None:
            dossier.term_amount, dossier.term_unit = term.amount, term.unit.value
            dossier.term_words, dossier.term_cut_off = term.words[:500], term.cut_off
    step = Step(1, Deed.IMPORT, told.last_at(), told=told)
    return _stands(dossier, [step], told, days), told, step


def _gone_on(
    run: ImportRun, row: Row, verdict: Verdict, there: Held, desk: Desk, days: set[date]
) -> tuple[Dossier, Told, Step]:
    dossier = there.dossier
    # What was true until now must be counted anew on its days as well.
    days |= days_of(dossier)
    told = comparing.taken(verdict.told or Told.of_json({}), there.known)
    at = max(told.last_at(), there.known.last_at)
    if (told.state in STANDING_STILL) != (there.known.standing.state in STANDING_STILL):
        # When the clock stopped the file does not say: not before it was made.
        at = max(at, min(run.written_at, _end(told.as_of, run.written_at)))
    step = Step(len(there.steps) + 1, Deed.IMPORT, at, told=told)
    if dossier.source == Source.OFFICIAL:
        dossier.procedure_code = row.procedure_code or dossier.procedure_code
        dossier.procedure_name = row.procedure if row.procedure != "—" else dossier.procedure_name
        dossier.field = row.field or dossier.field
        dossier.folded = dossier.words()
    return _stands(dossier, [*there.steps, step], told, days), told, step


def _end(day: date, now: datetime) -> datetime:
    return datetime.combine(day, datetime.max.time().replace(microsecond=0), now.tzinfo)


def _stands(dossier: Dossier, steps: list[Step], told: Told, days: set[date]) -> Dossier:
    settled(dossier, steps)
    dossier.told_on = told.as_of
    days |= days_of(dossier)
    return dossier


def settled(dossier: Dossier, steps: list[Step]) -> None:
    """Let the dossier say what its steps add up to; a day that the clock cannot count is left as it was."""
    try:
        settle(dossier, journey.standing(steps))
    except BadClock:
        dossier.is_provisional = True


def _row(run: ImportRun, dossier: Dossier, told: Told, step: Step) -> DossierStep:
    return DossierStep(
        dossier=dossier,
        number=step.number,
        key=uuid5(run.key, dossier.code_key),
        deed=Deed.IMPORT,
        state=dossier.state,
        at=step.at,
        recorded_at=run.written_at,
        by=run.confirmed_by,
        said={"told": told.as_json(), "import": run.pk},
    )


def days_of(dossier: Dossier) -> set[date]:
    """The days on which figures count the dossier."""
    moments = (dossier.received_at, dossier.resolved_at, dossier.ended_at)
    return {localdate(one) for one in moments if one is not None}


def mark_days(unit: Unit, days: Iterable[date]) -> None:
    """Let the ledger's lines of these days be counted anew, and the figures of their years."""
    wanted = sorted(days)
    if wanted:
        YearFigures.mark(unit, wanted[0])
    known = set(CountedDay.objects.filter(unit=unit, day__in=wanted).values_list("day", flat=True))
    CountedDay.objects.filter(unit=unit, day__in=known).update(is_due=True)
    CountedDay.objects.bulk_create(
        [CountedDay(unit=unit, day=day) for day in wanted if day not in known], ignore_conflicts=True
    )


def told_on(steps: list[Step], confirmed_on: date | None) -> date | None:
    """Until when the province's system is known to say so: by its rows that were written, and by those that only confirmed them."""
    written = [one.told.as_of for one in journey.counting(steps) if one.told is not None]
    return max([*written[-1:], *([confirmed_on] if confirmed_on else [])], default=None)


def take_back(
    dossier: Dossier,
    steps: list[Step],
    row: DossierStep,
    *,
    confirmed_on: date | None,
    at: datetime,
    run: ImportRun,
) -> DossierStep:
    """The step that takes back what a run wrote; the dossier says the rest. `confirmed_on`: when another file last said what it says
    now. For a transaction that holds it."""
    reversal = Step(len(steps) + 1, Deed.REVERSE, at, reverses=row.number)
    settled(dossier, [*steps, reversal])
    dossier.told_on = told_on([*steps, reversal], confirmed_on)
    return DossierStep(
        dossier=dossier,
        number=reversal.number,
        key=uuid5(run.key, f"undo {row.pk}"),
        deed=Deed.REVERSE,
        state=dossier.state,
        at=at,
        recorded_at=at,
        by=run.confirmed_by,
        reverses=row,
        said={"import": run.pk},
    )
