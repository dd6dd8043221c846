"""Dossiers whose missing papers were asked for later after receipt than they may be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from django.db.models import F, QuerySet
from django.utils.timezone import localdate

from dinhlang.onestop.models import Dossier, DossierStep
from dinhlang.onestop.queries.dossiers import journey_of
from dinhlang.onestop.rules import journey, supplements
from dinhlang.onestop.rules.states import Deed
from dinhlang.org.models import Unit

_ONE_DAY = timedelta(days=1)


def asked_late(unit_ids: Iterable[str], first: date | None = None, last: date | None = None) -> list[int]:
    """The keys of those dossiers, all or those that were asked from a day until the end of another.

    Most are asked at once: the database leaves those out, working days are counted of the others.
    """
    asked = DossierStep.objects.filter(
        deed=Deed.ASK_PAPERS,
        reversal=None,
        dossier__unit__in=list(unit_ids),
        at__gt=F("dossier__received_at") + _ONE_DAY,
    )
    if first is not None:
        asked = asked.filter(at__date__gte=first)
    if last is not None:
        asked = asked.filter(at__date__lte=last)
    steps = (
        DossierStep.objects.filter(dossier__in=asked.values("dossier"))
        .select_related("reverses")
        .defer("reason", "reverses__reason")
        .order_by("dossier", "number")
    )
    found = []
    for key, rows in groupby(steps.iterator(chunk_size=2000), key=lambda one: one.dossier_id):
        standing = journey.standing(journey_of(rows))
        if supplements.is_late(standing) and standing.asked_after_at is not None:
            day = localdate(standing.asked_after_at)
            if (first is None or day >= first) and (last is None or day <= last):
                found.append(key)
    return found


def dossiers_asked_late(
    unit: Unit, first: date, last: date, *, field: str | None = None
) -> QuerySet[Dossier]:
    """Those of a unit, the latest received first, of all fields or one."""
    found = Dossier.objects.filter(pk__in=asked_late([unit.pk], first, last))
    if field is not None:
        found = found.filter(field=field)
    return found.select_related("held_by", "book", "refusal").order_by("-received_at", "-pk")
