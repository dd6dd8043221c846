"""What happened to a case, as its clock and its readers ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dinhlang.citizens.models import Case, CaseEvent, CaseWords
from dinhlang.citizens.rules.clock import Happened, appointed
from dinhlang.citizens.rules.kinds import TOLD, Said
from dinhlang.citizens.rules.states import Deed
from dinhlang.periods.clock import Appointment

# The reason of these is the sender's own; of all other deeds it is the office's.
_SENDERS_DEEDS = frozenset({Deed.REOPEN, Deed.WITHDRAW})
_SENDERS_WORDS = frozenset({Said.SUPPLEMENT, Said.RATING})


@dataclass(frozen=True, slots=True)
class Step:
    """An event with the words said at it. For the sender only what is meant for the sender."""

    event: CaseEvent
    words: tuple[CaseWords, ...]

    @property
    def is_of_sender(self) -> bool:
        """Whether a citizen said the words: the desk reads them with the original, where each opening is noted."""
        return self.event.deed in _SENDERS_DEEDS or any(one.kind in _SENDERS_WORDS for one in self.words)


def happened(case: Case) -> list[Happened]:
    """The events of a case, as far as its clock goes, in order."""
    rows = CaseEvent.objects.filter(case=case).order_by("number").values_list("deed", "at", "detail")
    return [_happened(deed, at, detail) for deed, at, detail in rows]


def _happened(deed: str, at: datetime, detail: dict[str, str]) -> Happened:
    new_on = detail.get("new_on")
    return Happened(Deed(deed), at, date.fromisoformat(new_on) if new_on else None)


def appointment_of(case: Case) -> Appointment | None:
    """When the answer is due and why on that day; None for a case without a promised day."""
    if case.clock_from is None or not case.term:
        return None
    return appointed(case.clock_from, case.term, happened(case))


def states(case: Case) -> list[tuple[int, str, datetime]]:
    """Each event's number, the state that it led to and its moment, the oldest first: nobody's words, and nobody who did it."""
    return list(CaseEvent.objects.filter(case=case).order_by("number").values_list("number", "after", "at"))


def steps(case: Case, *, for_sender: bool) -> list[Step]:
    """All that happened, the oldest first, with the words said."""
    said: dict[int | None, list[CaseWords]] = {}
    for one in _said(case, for_sender=for_sender):
        said.setdefault(one.event_id, []).append(one)
    events = CaseEvent.objects.filter(case=case).select_related("by").order_by("number")
    return [Step(event, tuple(said.get(event.pk, ()))) for event in events]


def _said(case: Case, *, for_sender: bool) -> Iterable[CaseWords]:
    rows = CaseWords.objects.filter(case=case, event__isnull=False)
    return rows.filter(kind__in=TOLD) if for_sender else rows
