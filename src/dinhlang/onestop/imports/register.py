"""The register as a run meets it: what is known of the dossiers of some rows, and counts of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.utils.timezone import make_aware

from dinhlang.onestop import queries
from dinhlang.onestop.imports.comparing import Known, known_of
from dinhlang.onestop.models import Dossier, DossierStep, Finding, RunState, Source
from dinhlang.onestop.rules.journey import Step
from dinhlang.onestop.rules.states import OPEN, State
from dinhlang.onestop.rules.told import Told
from dinhlang.org.models import Unit


@dataclass(slots=True)
class Held:
    """A dossier with its steps, as they stand."""

    dossier: Dossier
    steps: list[Step]
    known: Known


def held(unit: Unit, keys: Iterable[str], *, lock: bool = False) -> dict[str, Held]:
    """The dossiers with these codes."""
    found = Dossier.objects.filter(unit=unit, code_key__in=list(keys))
    if lock:
        found = found.select_for_update(of=("self",))
    dossiers = list(found.order_by("pk"))
    steps: dict[int, list[Step]] = {}
    for row in (
        DossierStep.objects.filter(dossier__in=[one.pk for one in dossiers])
        .select_related("reverses")
        .order_by("dossier", "number")
    ):
        steps.setdefault(row.dossier_id, []).append(queries.as_step(row))
    kept: dict[str, list[Told]] = {}
    for key, told in Finding.objects.filter(
        run__unit=unit, run__state=RunState.DONE, kind="contradicts", decision="ours", code_key__in=list(keys)
    ).values_list("code_key", "told"):
        kept.setdefault(key, []).append(Told.of_json(told))
    return {
        one.code_key: Held(
            one,
            steps.get(one.pk, []),
            known_of(
                steps.get(one.pk, []),
                is_own=one.source == Source.OWN,
                seen_on=one.told_on,
                due_at=one.due_at or one.first_due_at,
                kept=kept.get(one.code_key, ()),
            ),
        )
        for one in dossiers
    }


def missing(unit: Unit, first: date, last: date, keys: set[str]) -> list[Dossier]:
    """Open dossiers with a code that came in within these days and are not among the keys."""
    found = (
        Dossier.objects.filter(
            unit=unit,
            state__in=OPEN,
            received_at__gte=make_aware(datetime.combine(first, time.min)),
            received_at__lt=make_aware(datetime.combine(last + timedelta(days=1), time.min)),
        )
        .exclude(code_key="")
        .only("pk", "code", "code_key", "state", "received_at")
        .order_by("received_at", "pk")
    )
    return [one for one in found.iterator(chunk_size=2000) if one.code_key not in keys]


def snapshot(unit: Unit) -> dict[str, Mapping[str, int]]:
    """How many dossiers the register has, by state and by field."""
    counted = Dossier.objects.filter(unit=unit).exclude(queries.taken_back()).order_by()
    by_state = dict(counted.values_list("state").annotate(count=Count("pk")))
    by_field = dict(counted.values_list("field").annotate(count=Count("pk")))
    return {
        "states": {str(State(one)): by_state[one] for one in State if one in by_state},
        "fields": by_field,
    }
