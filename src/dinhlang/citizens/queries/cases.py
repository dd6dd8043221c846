"""Cases as the desk asks for them. Nothing here opens a sealed field: a list holds nobody's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dinhlang.citizens.models import Case
from dinhlang.org.models import Person


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to. `words` are a code, a part of the subject, or a telephone number as a whole."""

    words: str = ""
    state: str = ""
    category: str = ""


def cases(unit_ids: Iterable[str], asked: Asked = Asked()) -> QuerySet[Case]:
    """The cases of these units, the newest first."""
    found = Case.objects.filter(unit__in=list(unit_ids))
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.category:
        found = found.filter(category=asked.category)
    if asked.words:
        found = found.filter(Q(code__iexact=asked.words) | Q(subject__icontains=asked.words))
    return found.defer("words").order_by("-received_at", "-pk")


def cases_for(person: Person) -> QuerySet[Case]:
    """The cases that were given to a person, the newest first."""
    return Case.objects.filter(handler=person).order_by("-received_at", "-pk")
