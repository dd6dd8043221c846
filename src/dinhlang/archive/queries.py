"""What can be asked about old documents and the figures read from them."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet

from dinhlang.archive.models import ArchivedDocument, BackfilledFact
from dinhlang.org.models import Person, Unit
from dinhlang.org.queries import visible_units
from dinhlang.periods.identifier import Period


def documents_for(person: Person | AnonymousUser | None, on: date) -> QuerySet[ArchivedDocument]:
    """The documents the person may read on that day, with `figures`, the number of figures read from each."""
    visible: QuerySet[ArchivedDocument] = ArchivedDocument.objects.filter(unit__in=visible_units(person, on))
    return visible.select_related("unit", "blob", "taken_by").annotate(figures=Count("facts"))


def facts_for(person: Person | AnonymousUser | None, on: date) -> QuerySet[BackfilledFact]:
    """The figures of all documents the person may read on that day."""
    visible: QuerySet[BackfilledFact] = BackfilledFact.objects.filter(unit__in=visible_units(person, on))
    return visible.select_related("document", "unit")


def backfilled(unit: Unit, concept_id: str, period: Period) -> BackfilledFact | None:
    """What an old document of the unit says of a concept in a period; the least doubtful, then the newest.

    Never a figure of another unit: a predecessor's series is shown as its own.
    """
    return backfilled_of(unit, period).get(concept_id)


def backfilled_of(unit: Unit, period: Period) -> dict[str, BackfilledFact]:
    """What old documents of the unit say of a period, one figure for each concept (see `backfilled`)."""
    said = (
        BackfilledFact.objects.filter(unit=unit, period=str(period))
        .exclude(concept="")
        .select_related("document")
    )
    # The best comes last and stays.
    ordered = sorted(said, key=lambda fact: (-len(fact.doubts), fact.document_id, -(fact.line or 0)))
    return {fact.concept: fact for fact in ordered}
