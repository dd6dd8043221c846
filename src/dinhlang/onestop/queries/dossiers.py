"""Dossiers as the desk asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware

from dinhlang.onestop.models import Book, Dossier, DossierStep, Refusal, Source
from dinhlang.onestop.rules import codes
from dinhlang.onestop.rules.clock import TermGiven
from dinhlang.onestop.rules.journey import Step
from dinhlang.onestop.rules.states import OPEN, RUNNING, Deed, Delivery, State
from dinhlang.onestop.rules.told import Told
from dinhlang.org import word_index
from dinhlang.org.models import Unit
from dinhlang.org.rules.phones import from_here
from dinhlang.org.sealed import fingerprints
from dinhlang.periods.duration import DurationUnit
from dinhlang.vietnamese.text import one_line

REGISTER_OF_REFUSALS = "refusals"
"""Asked for in place of a state: all that have a line in the register, those that were taken back too."""
SOON = timedelta(days=2)
"""So long before its end a dossier is shown as near its day, and its holder is reminded."""

_DIGITS = re.compile(r"\D+")
_PHONE = re.compile(r"[\d\s.+()-]{8,20}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What to show of the dossiers; whatever is empty narrows nothing. `timing`: 'soon', 'overdue', 'waiting', 'to-give', 'open'; `state` may
    be `REGISTER_OF_REFUSALS`; `among` are keys of dossiers."""

    words: str = ""
    state: str = ""
    timing: str = ""
    field: str = ""
    channel: str = ""
    first: date | None = None
    last: date | None = None
    held_by: int | None = None
    among: Sequence[int] | None = None


def dossiers(
    unit_ids: Iterable[str], asked: Asked | None = None, *, at: datetime, people: bool = False
) -> QuerySet[Dossier]:
    """The dossiers of these units, newest first; the register of refusals from its last line on, unless words are looked for.

    With `people`, words also find applicants by their full name or telephone.
    """
    asked = asked or Asked()
    ids = list(unit_ids)
    found = _in_state(Dossier.objects.order_by("-presented_at", "-pk"), asked)
    if asked.field:
        found = found.filter(field=asked.field)
    if asked.channel:
        found = found.filter(channel=asked.channel)
    if asked.held_by is not None:
        found = found.filter(held_by=asked.held_by)
    if asked.among is not None:
        found = found.filter(pk__in=asked.among)
    if asked.first is not None:
        found = found.filter(presented_at__gte=_start(asked.first))
    if asked.last is not None:
        found = found.filter(presented_at__lt=_start(asked.last + timedelta(days=1)))
    found = _timed(found, asked.timing, at)
    if words := one_line(asked.words):
        words = codes.scanned(words)
        also = _exactly(ids, words, people=people)
        found = word_index.with_words(found, "dossier_words", words, units=ids, also=also)
    else:
        found = found.filter(unit__in=ids)
    return found.select_related("held_by", "book", "refusal")


def _in_state(found: QuerySet[Dossier], asked: Asked) -> QuerySet[Dossier]:
    if asked.state == REGISTER_OF_REFUSALS:
        lines = found.filter(refusal__isnull=False)
        return lines if asked.words else lines.order_by("-refusal__year", "-refusal__number", "-pk")
    if asked.state:
        return found.filter(state=asked.state)
    return found if asked.words else found.exclude(taken_back())


def taken_back() -> Q:
    """Dossiers that came with an import that was undone: kept to be read, counted nowhere."""
    return Q(source=Source.OFFICIAL, state=State.CANCELLED)


def _timed(found: QuerySet[Dossier], timing: str, at: datetime) -> QuerySet[Dossier]:
    if timing == "soon":
        return found.filter(state__in=RUNNING, due_at__gte=at, due_at__lt=at + SOON)
    if timing == "overdue":
        return found.filter(state__in=RUNNING, due_at__lt=at)
    if timing == "waiting":
        return found.filter(state__in=OPEN, due_at=None)
    if timing == "to-give":
        return found.filter(delivery_state=Delivery.READY)
    if timing == "open":
        return found.filter(state__in=OPEN)
    return found


def _exactly(unit_ids: list[str], words: str, *, people: bool) -> list[int]:
    """The dossiers of this very code, number, refusal, applicant or telephone: each question has an index of its own."""
    asked = []
    with suppress(codes.BadCode):
        asked.append(Q(code_key=codes.read_loosely(words).key))
    refused = Q(refusal__unit__in=unit_ids)
    if (refusal := codes.read_refusal(words)) is not None:
        asked.append(refused & Q(refusal__year=refusal.year, refusal__number=refusal.number))
    elif (head := codes.read_refusal_head(words)) is not None:
        asked.append(refused & Q(refusal__number=head))
    if words.isdecimal() and len(words) < 8:
        books = Book.objects.filter(unit__in=unit_ids).values_list("pk", flat=True)
        asked.append(Q(book__in=list(books), number=int(words)))
    if people:
        asked.append(Q(applicant_mark__in=fingerprints(Dossier, "applicant_mark", words)))
        if _PHONE.fullmatch(words):
            asked.append(Q(phone_mark__in=fingerprints(Dossier, "phone_mark", phone_digits(words))))
    return [key for one in asked for key in Dossier.objects.filter(one).values_list("pk", flat=True)]


def phone_digits(text: str) -> str:
    """A telephone number as it is kept: digits alone, '+84' as '0'."""
    return from_here(_DIGITS.sub("", text))


def refusal_of(dossier: Dossier) -> Refusal | None:
    """Its line in the register of refusals, looked up once."""
    return getattr(dossier, "refusal", None)


def steps_of(dossier: Dossier) -> list[DossierStep]:
    """What was done to the dossier, in its order."""
    return list(dossier.steps.select_related("by", "reverses").order_by("number"))


def journey_of(steps: Iterable[DossierStep], *, told: bool = False) -> list[Step]:
    """The steps as the rules fold them; with `told`, with the reasons that the citizen may read, which are unsealed for it."""
    return [as_step(one, told=told) for one in steps]


def as_step(row: DossierStep, *, told: bool = False) -> Step:
    """One step as the rules fold it."""
    said = row.said
    return Step(
        number=row.number,
        deed=Deed(row.deed),
        at=row.at,
        why=row.reason.shown() if told and row.reason else "",
        new_on=date.fromisoformat(said["new_on"]) if said.get("new_on") else None,
        amount=said.get("amount"),
        reverses=row.reverses.number if row.reverses is not None else None,
        told=Told.of_json(said["told"]) if said.get("told") else None,
        decided_by=said.get("decided_by", ""),
        to=said.get("to", ""),
    )


def book_rows(unit: Unit, first: date, last: date) -> QuerySet[Dossier]:
    """The lines of the book for dossiers received from a day until a day, in the order of their numbers."""
    return (
        Dossier.objects.filter(
            unit=unit,
            number__isnull=False,
            received_at__gte=_start(first),
            received_at__lt=_start(last + timedelta(days=1)),
        )
        .select_related("book")
        .order_by("book__year", "number")
    )


def term_of(dossier: Dossier) -> TermGiven | None:
    """The time a dossier may take; `None` where none was set."""
    if dossier.term_amount is None:
        return None
    return TermGiven(
        dossier.term_amount,
        DurationUnit(dossier.term_unit),
        dossier.term_words,
        dossier.term_cut_off,
        dossier.term_basis,
    )


def _start(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
