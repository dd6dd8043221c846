"""What of the register waits for somebody, for the first page of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from dinhlang.onestop.models import Dossier
from dinhlang.onestop.queries.dossiers import SOON
from dinhlang.onestop.rules.states import RUNNING, Delivery
from dinhlang.org.models import Person, Unit


@dataclass(frozen=True, slots=True)
class Waits:
    """How many dossiers are overdue, fall due soon, wait to be given back."""

    overdue: int
    soon: int
    to_give: int


def waits(unit: Unit, *, at: datetime, held_by: Person | None = None) -> Waits:
    """Of the whole register, or of those a person holds."""
    found = Dossier.objects.filter(unit=unit)
    if held_by is not None:
        found = found.filter(held_by=held_by)
    running = Q(state__in=RUNNING)
    told = found.aggregate(
        overdue=Count("pk", filter=running & Q(due_at__lt=at)),
        soon=Count("pk", filter=running & Q(due_at__gte=at, due_at__lt=at + SOON)),
        to_give=Count("pk", filter=Q(delivery_state=Delivery.READY)),
    )
    return Waits(**told)
