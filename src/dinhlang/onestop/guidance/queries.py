"""How often people were helped, by procedure and by way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from dinhlang.onestop.models import Guidance, GuidanceWay
from dinhlang.onestop.queries.counter import Procedure, often_received, procedures_by_code
from dinhlang.org.models import Unit

_LATELY = timedelta(days=60)
_TILES = 10


@dataclass(frozen=True, slots=True)
class Helped:
    """Of one procedure, or of questions without one (both empty): how many people, how many of them online."""

    code: str
    name: str
    people: int
    online: int


def standing(unit: Unit, first: date, last: date) -> QuerySet[Guidance]:
    """What counts of the days: neither taken back nor a taking back."""
    return Guidance.objects.filter(unit=unit, day__range=(first, last), reverses=None, reversal=None)


def people(unit: Unit, first: date, last: date) -> int:
    """How many people were helped; one who came twice is two."""
    return standing(unit, first, last).aggregate(people=Sum("people"))["people"] or 0


def by_procedure(unit: Unit, first: date, last: date) -> list[Helped]:
    """The most asked for first."""
    found = (
        standing(unit, first, last)
        .order_by()
        .values("procedure_code", "procedure_name")
        .annotate(helped=Sum("people"), helped_online=Sum("people", filter=Q(online=True)))
        .order_by("-helped", "procedure_code")
    )
    return [
        Helped(one["procedure_code"], one["procedure_name"], one["helped"], one["helped_online"] or 0)
        for one in found
    ]


def by_way(unit: Unit, first: date, last: date) -> Mapping[GuidanceWay, int]:
    """People by way, a way without anybody left out."""
    found = standing(unit, first, last).order_by().values_list("way").annotate(Sum("people")).order_by("way")
    return {GuidanceWay(way): helped for way, helped in found}


def latest(unit: Unit, day: date, most: int = 12) -> list[Guidance]:
    """What was counted last on the day, newest first, with what was taken back."""
    found = Guidance.objects.filter(unit=unit, day=day, reverses=None).select_related("by", "reversal")
    return list(found.order_by("-pk")[:most])


def often_asked(unit: Unit, on: date) -> list[Procedure]:
    """The procedures for the large buttons: those guided most in the last weeks, then those received most."""
    often = (
        standing(unit, on - _LATELY, on)
        .exclude(procedure_code="")
        .order_by()
        .values_list("procedure_code")
        .annotate(times=Count("pk"))
        .order_by("-times", "procedure_code")[:_TILES]
    )
    known = {one.code: one for one in procedures_by_code(unit, on, [code for code, _times in often])}
    for one in often_received(unit, on):
        known.setdefault(one.code, one)
    return list(known.values())[:_TILES]
