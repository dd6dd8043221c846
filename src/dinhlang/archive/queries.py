"""What can be asked about old documents and the figures read from them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Count, QuerySet
from django.db.models.expressions import RawSQL

from dinhlang.archive import rules
from dinhlang.archive.models import ArchivedDocument, ArchivedText, BackfilledFact, Intake
from dinhlang.archive.rules import UNDER_WAY, Step
from dinhlang.org.models import Person, Unit
from dinhlang.org.queries import visible_units
from dinhlang.periods.identifier import Period
from dinhlang.vietnamese.text import fold


def documents_for(person: Person | AnonymousUser | None, on: date) -> QuerySet[ArchivedDocument]:
    """The documents the person may read on that day."""
    visible: QuerySet[ArchivedDocument] = ArchivedDocument.objects.filter(unit__in=visible_units(person, on))
    return visible.select_related("unit", "blob", "taken_by")


def intakes_for(person: Person | AnonymousUser | None, on: date) -> QuerySet[Intake]:
    """The files on their way into the archive, and those that arrived or were refused, that the person may see on that day."""
    visible: QuerySet[Intake] = Intake.objects.filter(unit__in=visible_units(person, on))
    return visible.select_related("unit", "blob", "received_by", "near")


def waiting_count(person: Person | AnonymousUser | None, on: date) -> int:
    """How many files have not arrived in the archive yet."""
    return intakes_for(person, on).filter(step__in=[*UNDER_WAY, Step.WAITING]).count()


def narrowed(
    documents: QuerySet[ArchivedDocument], unit: str | None, year: str | None
) -> QuerySet[ArchivedDocument]:
    """Those of a unit, and of a year, where one is asked for."""
    if unit:
        documents = documents.filter(unit=unit)
    return documents.filter(period__startswith=year) if year else documents


def searched(documents: QuerySet[ArchivedDocument], words: Sequence[str]) -> QuerySet[ArchivedDocument]:
    """Those whose text, subject or name has every word, with or without marks; all of them without words.

    A word is a whole one: 'xa' finds 'xã', not 'xanh'. What is written together ('31/BC-UBND') stands together.
    """
    if not words:
        return documents
    parts = [rules.searched_words(word) for word in words]
    known = {word for part in parts for word in part}
    if not known:
        return documents.none()
    documents = documents.filter(pk__in=_with_all(known))
    for part in parts:
        if len(part) > 1:
            documents = documents.filter(text__folded__contains=f" {' '.join(part)} ")
    return documents


def _with_all(words: Collection[str]) -> RawSQL:
    """The documents that have all of these words, from the index of each database (migration 0005)."""
    if connection.vendor == "sqlite":
        asked = " AND ".join(f'"{word}"' for word in sorted(words))
        return RawSQL("SELECT rowid FROM archive_words WHERE archive_words MATCH %s", [asked])
    return RawSQL(
        "SELECT document_id FROM archive_archivedtext WHERE string_to_array(folded, ' ') @> %s::text[]",
        [sorted(words)],
    )


def figure_counts(pks: Sequence[int]) -> dict[int, int]:
    """How many figures were read from each of these documents."""
    counted = BackfilledFact.objects.filter(document__in=pks).order_by().values_list("document")
    return dict(counted.annotate(Count("pk")))


_AROUND = 60
_MOST_SNIPPETS = 2


def snippets(pks: Sequence[int], words: Sequence[str]) -> dict[int, list[list[tuple[str, bool]]]]:
    """Of each document the first places of the words, cut into stretches with whether they are such a word."""
    if not words:
        return {}
    texts = ArchivedText.objects.filter(pk__in=pks).values_list("pk", "text")
    return {pk: list(_snippets(" ".join(text.split()), words)) for pk, text in texts}


def _snippets(text: str, words: Sequence[str]) -> Iterator[list[tuple[str, bool]]]:
    folded = fold(text)
    if len(folded) != len(text):  # rare signs become two letters; then places are those of the folded text
        text = folded
    together = (r"[^a-z0-9]+".join(rules.searched_words(word)) for word in words)
    known = sorted(filter(None, together), key=len, reverse=True)
    if not known:
        return
    pattern = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(known)})(?![a-z0-9])")
    after = 0
    for _turn in range(_MOST_SNIPPETS):
        found = pattern.search(folded, after)
        if found is None:
            return
        start = max(after, found.start() - _AROUND)
        end = min(len(text), found.end() + _AROUND)
        # Whole words at both ends.
        start = text.rfind(" ", 0, start) + 1 if start else 0
        end = len(text) if (at := text.find(" ", end)) < 0 else at
        yield list(_marked(text, folded, pattern, start, end))
        after = end


def _marked(
    text: str, folded: str, pattern: re.Pattern[str], start: int, end: int
) -> Iterator[tuple[str, bool]]:
    at = start
    if start:
        yield "… ", False
    for found in pattern.finditer(folded, start, end):
        yield text[at : found.start()], False
        yield text[found.start() : found.end()], True
        at = found.end()
    yield text[at:end], False
    if end < len(text):
        yield " …", False


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
