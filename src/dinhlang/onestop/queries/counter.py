"""The counter as it stands on a day, and the procedures that are received there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.utils.timezone import localdate, make_aware

from dinhlang.onestop.models import CounterRules, Dossier
from dinhlang.onestop.rules import clock, terms
from dinhlang.onestop.rules.journey import Standing
from dinhlang.org.models import Unit
from dinhlang.periods.calendar import BadCount
from dinhlang.periods.clock import BadTerm, WrongEvent
from dinhlang.procedures import queries as procedures
from dinhlang.procedures import rules as sheets
from dinhlang.procedures.models import Version

_MOST = 60
_LATELY = timedelta(days=60)
_FIRST = 8


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure as a clerk chooses it."""

    version: int
    code: str
    name: str
    field: str


def rules_on(unit: Unit, on: date) -> CounterRules | None:
    """What the unit has decided about its counter for the day; `None` when it has decided nothing."""
    found: CounterRules | None = (
        CounterRules.objects.filter(unit=unit).in_force(on).order_by("-starts_on", "-pk").first()
    )
    return found


def procedures_to_choose(
    unit: Unit, on: date, *, words: str = "", most: int | None = _MOST
) -> list[Procedure]:
    """The procedures whose dossiers the counter takes on the day, by field and name; `words` narrow them down."""
    found = procedures.standing_versions(unit, on, words=words)
    return [Procedure(one.pk, one.procedure.code, one.name, one.field) for one in found[:most]]


def often_received(unit: Unit, on: date) -> list[Procedure]:
    """The procedures received most in the last weeks that are in force, the most frequent first."""
    since = make_aware(datetime.combine(on - _LATELY, time.min))
    often = (
        Dossier.objects.filter(unit=unit, received_at__gte=since)
        .order_by()
        .values_list("procedure_code")
        .annotate(count=Count("pk"))
        .order_by("-count", "procedure_code")[:_FIRST]
    )
    return procedures_by_code(unit, on, [code for code, _count in often])


def procedures_by_code(unit: Unit, on: date, codes: list[str]) -> list[Procedure]:
    """Of these the procedures that are in force, in the order of the codes."""
    standing = procedures.standing_versions(unit, on, codes=codes) if codes else ()
    found = {
        one.procedure.code: Procedure(one.pk, one.procedure.code, one.name, one.field) for one in standing
    }
    return [found[code] for code in codes if code in found]


def version_to_receive(unit: Unit, version: int, on: date) -> Version | None:
    """A version that is in force on the day in the unit's catalogue; `None` for any other."""
    found: Version | None = (
        procedures.standing_versions(unit, on)
        .defer(None)
        .filter(pk=version)
        .select_related("procedure")
        .first()
    )
    return found


def due_by_the_version(dossier: Dossier, found: Standing) -> datetime | None:
    """By when the dossier would be due by the version of its procedure that stood at receipt; `None` where that cannot be counted."""
    if dossier.version is None or found.received_at is None:
        return None
    term = terms.said_for(sheets.from_json(dossier.version.sheet), dossier.channel).term
    if term is None:
        return None
    rules = rules_on(dossier.unit, localdate(found.received_at))
    try:
        counted = clock.due(found, term, hours=clock.hours_of(rules.hours if rules else []))
    except (WrongEvent, BadTerm, BadCount):
        return None
    return counted.due_at if counted else None
