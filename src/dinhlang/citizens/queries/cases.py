"""Cases as the desk asks for them. Nothing here opens a sealed field: a list holds nobody's words."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from dinhlang.citizens.models import Case, CaseReminder, Publication, Renewal, StandardReply
from dinhlang.citizens.queries.reminders import NEGLECTED_STEPS, REMINDED
from dinhlang.citizens.rules import codes
from dinhlang.citizens.rules.intake import fit_phone
from dinhlang.citizens.rules.states import ENDED, OPEN, RUNNING, Shown, State
from dinhlang.org import word_index
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused
from dinhlang.org.sealed import fingerprints

LATE, NEGLECTED, MINE, UNDONE = "qua-han", "bo-qua", "cua-toi", "chua-xong"
DOUBTFUL = "nghi-may"
SEALED = (
    "words",
    "place",
    "sender_name",
    "sender_phone",
    "sender_mail",
    "sender_address",
    "spoken_for",
    "pin_hash",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to. `words` are a code, words of the subject, or a whole telephone number.

    `standing` is LATE, NEGLECTED (new and not looked at in time, or waited for too long), MINE, UNDONE, DOUBTFUL (its form
    may be a machine's) or ''.
    """

    words: str = ""
    state: str = ""
    category: str = ""
    standing: str = ""


def cases(
    unit_ids: Iterable[str],
    asked: Asked = Asked(),
    *,
    person: Person | None = None,
    at: datetime | None = None,
) -> QuerySet[Case]:
    """The cases of these units, the newest first; `person` for MINE, `at` for LATE."""
    ids = list(unit_ids)
    found = Case.objects.order_by("-received_at", "-pk")
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.category:
        found = found.filter(category=asked.category)
    if asked.standing == LATE and at is not None:
        found = found.filter(state__in=RUNNING, due_at__lt=at)
    elif asked.standing == NEGLECTED:
        told = CaseReminder.objects.filter(REMINDED, step__in=NEGLECTED_STEPS)
        found = found.filter(pk__in=told.values("case"))
    elif asked.standing == MINE:
        found = found.filter(handler=person).exclude(state__in=ENDED)
    elif asked.standing == UNDONE:
        found = found.filter(state__in=OPEN)
    elif asked.standing == DOUBTFUL:
        found = found.filter(flags__gt="")
    if asked.words:
        also = _exactly(asked.words)
        found = word_index.with_words(found, "case_words", asked.words, units=ids, also=also)
    else:
        found = found.filter(unit__in=ids)
    return found.defer(*SEALED).select_related("hamlet", "part", "handler")


def _exactly(words: str) -> list[int]:
    """The cases with this code, or of this telephone: each question has an index of its own."""
    found: list[int] = []
    if code := codes.read_code(words):
        found += Case.objects.filter(code=code).values_list("pk", flat=True)
    with suppress(Refused):
        if phone := fit_phone(words):
            marks = fingerprints(Case, "phone_mark", phone)
            found += Case.objects.filter(phone_mark__in=marks).values_list("pk", flat=True)
    return found


def cases_for(person: Person, unit: Unit) -> QuerySet[Case]:
    """The cases of a unit that were given to a person and wait for something, the next promised day first."""
    return (
        Case.objects.filter(handler=person, unit=unit, state__in=OPEN).defer(*SEALED).order_by("due_at", "pk")
    )


@dataclass(frozen=True, slots=True)
class Waits:
    """How many cases of a unit wait for what."""

    new: int
    late: int
    unassigned: int
    to_approve: int
    to_publish: int


def waits(unit: Unit, at: datetime) -> Waits:
    """What waits in a unit at a moment."""
    # Only what runs is looked at: a unit may have a million cases that ended.
    found = Case.objects.filter(unit=unit, state__in=RUNNING).aggregate(
        new=Count("pk", filter=Q(state=State.RECEIVED)),
        late=Count("pk", filter=Q(due_at__lt=at)),
        unassigned=Count("pk", filter=Q(state__in=[State.ACCEPTED, State.REOPENED], part=None, handler=None)),
        to_approve=Count("pk", filter=Q(state=State.DRAFTED)),
    )
    proposed = Publication.objects.filter(unit=unit, state=Shown.PROPOSED).order_by().values("case")
    anew = Renewal.objects.filter(case__unit=unit, state=Shown.PROPOSED).order_by().values("case")
    to_publish = proposed.union(anew).count()
    return Waits(**found, to_publish=to_publish)


def replies(unit: Unit, category: str = "") -> QuerySet[StandardReply]:
    """The standard replies in use, those of the category first."""
    found = StandardReply.objects.filter(unit=unit, ended_at=None)
    return found.filter(category__in=["", category]) if category else found
