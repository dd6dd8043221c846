"""Cases as the desk asks for them. Nothing here opens a sealed field: a list holds nobody's words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate, make_aware

from dinhlang.citizens.models import Case, CaseReminder, Publication, Renewal, StandardReply
from dinhlang.citizens.queries.parts import has_still
from dinhlang.citizens.queries.reminders import NEGLECTED_STEPS, REMINDED
from dinhlang.citizens.rules import codes
from dinhlang.citizens.rules.intake import fit_phone
from dinhlang.citizens.rules.ladder import ASSIGNER, PART, begun_by
from dinhlang.citizens.rules.states import ENDED, HELD, OPEN, RUNNING, TO_HANDLE, Shown, State
from dinhlang.org import word_index
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused
from dinhlang.org.sealed import fingerprints

LATE, NEGLECTED, MINE, UNDONE = "qua-han", "bo-qua", "cua-toi", "chua-xong"
OUR_PARTS, UNASSIGNED, UNCLAIMED = "bo-phan-toi", "chua-giao", "bo-phan-chua-nhan"
_FEW = (LATE, MINE, UNDONE, OUR_PARTS, UNASSIGNED, UNCLAIMED)
DOUBTFUL = "nghi-may"
# What a case may be, beside the natures: its words look like a complaint or a denunciation and nobody decided.
LOOKS_APART = "co-ve"
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

    `standing` is LATE, NEGLECTED (new and not looked at in time, or waited for too long), MINE, OUR_PARTS, UNASSIGNED, UNCLAIMED
    (given to a part, and nobody there took it for too long), UNDONE, DOUBTFUL (its form may be a machine's) or ''. `nature` is one
    of `Nature`, LOOKS_APART or ''.
    """

    words: str = ""
    state: str = ""
    category: str = ""
    standing: str = ""
    nature: str = ""


def cases(
    unit_ids: Iterable[str],
    asked: Asked = Asked(),
    *,
    person: Person | None = None,
    parts: Collection[str] = (),
    at: datetime | None = None,
    only: Collection[int] | None = None,
) -> QuerySet[Case]:
    """The cases of these units, the newest first, or of them `only` some; `person` for MINE, `parts` for OUR_PARTS, `at` for
    LATE and UNCLAIMED."""
    ids = list(unit_ids)
    found = Case.objects.order_by("-received_at", "-pk")
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.category:
        found = found.filter(category=asked.category)
    if asked.nature == LOOKS_APART:
        found = found.filter(looks_like__isnull=False, state__in=HELD)
    elif asked.nature:
        found = found.filter(nature=asked.nature)
    standing = _standing(asked.standing, person, parts, at)
    if asked.words:
        also = _exactly(asked.words)
        found = word_index.with_words(found.filter(standing), "case_words", asked.words, units=ids, also=also)
    elif only is None and asked.standing in _FEW:
        # Their keys first: SQLite would look for them along a million cases of the unit, in the order of the list (1.6 s).
        found = found.filter(pk__in=Case.objects.filter(standing, unit__in=ids).order_by().values("pk"))
    else:
        found = found.filter(standing)
        if only is None:
            found = found.filter(unit__in=ids)
    if only is not None:
        # Not of the units as well: SQLite would then look for a few keys in the order of a million cases (0.3 s).
        found = found.filter(pk__in=only)
    return found.defer(*SEALED).select_related("hamlet", "part", "handler")


def _standing(standing: str, person: Person | None, parts: Collection[str], at: datetime | None) -> Q:
    told = CaseReminder.objects.filter(REMINDED, step__in=NEGLECTED_STEPS)
    known = {
        NEGLECTED: Q(pk__in=told.values("case")),
        MINE: Q(handler=person) & ~Q(state__in=ENDED),
        OUR_PARTS: Q(part__in=parts, state__in=HELD),
        UNASSIGNED: _UNASSIGNED,
        UNDONE: Q(state__in=OPEN),
        DOUBTFUL: Q(flags__gt=""),
    }
    if at is not None:
        known |= {LATE: Q(state__in=RUNNING, due_at__lt=at), UNCLAIMED: _unclaimed(at)}
    return known.get(standing, Q())


_UNASSIGNED = Q(state__in=TO_HANDLE, part=None, handler=None)


def _unclaimed(at: datetime) -> Q:
    """Given to a part so long ago that whoever gives cases out is told, and nobody there took it."""
    last = begun_by(localdate(at), PART, ASSIGNER) + timedelta(days=1)
    return Q(state__in=TO_HANDLE, part_since__lt=make_aware(datetime.combine(last, time.min)))


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


def cases_for(person: Person, unit: Unit, on: date) -> QuerySet[Case]:
    """The cases of a unit that a person has on a day and that wait for something, the next promised day first."""
    found = Case.objects.filter(has_still(person, on), unit=unit, state__in=OPEN)
    return found.defer(*SEALED).order_by("due_at", "pk")


@dataclass(frozen=True, slots=True)
class Waits:
    """How many cases of a unit wait for what; `in_parts` for somebody of some of its parts to take them."""

    new: int
    late: int
    unassigned: int
    unclaimed: int
    in_parts: int
    to_approve: int
    to_publish: int


def waiting_in_parts(unit: Unit, parts: Collection[str]) -> int:
    """How many cases of a unit wait in these parts for one of their people to take them."""
    return Case.objects.filter(_waiting_in(parts), unit=unit).count() if parts else 0


def _waiting_in(parts: Collection[str]) -> Q:
    return Q(state__in=TO_HANDLE, part_since__isnull=False, part__in=parts)


def waits(unit: Unit, at: datetime, parts: Collection[str] = ()) -> Waits:
    """What waits in a unit at a moment; `parts` are those of whoever asks."""
    # Only what runs is looked at: a unit may have a million cases that ended.
    found = Case.objects.filter(unit=unit, state__in=RUNNING).aggregate(
        new=Count("pk", filter=Q(state=State.RECEIVED)),
        late=Count("pk", filter=Q(due_at__lt=at)),
        unassigned=Count("pk", filter=_UNASSIGNED),
        unclaimed=Count("pk", filter=_unclaimed(at)),
        in_parts=Count("pk", filter=_waiting_in(parts)),
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
