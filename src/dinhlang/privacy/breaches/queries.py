"""What can be asked about breaches, within one unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains

from dinhlang.org.models import Unit
from dinhlang.privacy.models import Breach, BreachStep
from dinhlang.privacy.queries import LATE, UNDONE
from dinhlang.privacy.rules.breaches import ENDED, OWED, PERSONS_TOLD_OF, State, Telling


@dataclass(frozen=True, slots=True)
class Waits:
    """How many breaches of a unit wait for what."""

    owed: int
    to_decide: int
    late: int


def breaches(
    unit: Unit,
    *,
    text: str = "",
    nature: str = "",
    state: str = "",
    standing: str = "",
    first: date | None = None,
    last: date | None = None,
    at: datetime,
) -> QuerySet[Breach]:
    """The register of a unit. `text` is a code (VP-2026-01), its number, or the number of a notice; the days are those of discovery."""
    found = Breach.objects.filter(unit=unit).select_related("noted_by", "proposed_by", "decided_by")
    if text:
        parts = text.upper().replace("VP", " ").replace("-", " ").replace("/", " ").split()
        by_number = Q(notice_number__icontains=text)
        if parts and all(part.isdecimal() and len(part) < 6 for part in parts):
            by_number |= (
                Q(year=int(parts[0]), number=int(parts[1])) if len(parts) == 2 else Q(number=int(parts[-1]))
            )
        found = found.filter(by_number)
    if nature:
        found = found.filter(nature=nature)
    if state:
        found = found.filter(state=state)
    if standing == LATE:
        found = found.filter(_late(at))
    elif standing == UNDONE:
        found = found.exclude(state__in=ENDED)
    if first:
        found = found.filter(discovered_at__date__gte=first)
    if last:
        found = found.filter(discovered_at__date__lte=last)
    return found


def waits(unit: Unit, at: datetime) -> Waits:
    found = Breach.objects.filter(unit=unit, ended_at=None).aggregate(
        owed=Count("pk", filter=Q(state__in=OWED) & ~Q(state=State.PROPOSED)),
        to_decide=Count("pk", filter=Q(state=State.PROPOSED)),
        late=Count("pk", filter=_late(at)),
    )
    return Waits(**found)


def steps(one: Breach) -> QuerySet[BreachStep]:
    """What happened, the oldest first."""
    return BreachStep.objects.filter(breach=one).select_related("by").order_by("position")


def untold() -> QuerySet[Breach]:
    """Those of all units of which persons must be told and are not, whatever the authority knows."""
    # SQLite has no look into a JSON list: its text is searched for the quoted word.
    kinds = Cast("data_kinds", TextField())
    must = Q()
    for kind in sorted(PERSONS_TOLD_OF):
        must |= Q(Contains(kinds, f'"{kind}"'))
    return Breach.objects.filter(must, telling=Telling.UNDECIDED, ended_at=None)


def _late(at: datetime) -> Q:
    return Q(state__in=OWED, due_at__lt=at) | Q(pk__in=untold(), due_at__lt=at)
