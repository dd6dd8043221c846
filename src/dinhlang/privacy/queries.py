"""What can be asked about data requests, within one unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from dinhlang.citizens.rules import codes as pins
from dinhlang.org.models import Unit
from dinhlang.org.personal.people import Held, by_key
from dinhlang.org.sealed import fingerprints
from dinhlang.periods.clock import Appointment
from dinhlang.privacy.models import DataRequest, DataRequestStep
from dinhlang.privacy.rules import codes, terms
from dinhlang.privacy.rules.states import ENDED, Deed, State
from dinhlang.privacy.rules.terms import Happened

LATE, UNDONE = "qua-han", "chua-xong"
# Compared with when there is no such code, so that the time of an answer does not tell which codes exist.
_NOBODYS = pins.hashed("a")


@dataclass(frozen=True, slots=True)
class Waits:
    """How many requests of a unit wait for what."""

    new: int
    to_decide: int
    late: int


def requests(
    unit: Unit, *, text: str = "", kind: str = "", state: str = "", standing: str = "", at: datetime
) -> QuerySet[DataRequest]:
    """The requests of a unit; `text` is a code, or a telephone number or address as it was given."""
    found = DataRequest.objects.filter(unit=unit).select_related("proposed_by", "decided_by")
    if text:
        by_contact = Q(contact_mark__in=fingerprints(DataRequest, "contact_mark", text))
        found = found.filter(Q(code=codes.read_code(text) or text.upper()) | by_contact)
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    if standing == LATE:
        found = found.filter(_late(at))
    elif standing == UNDONE:
        found = found.exclude(state__in=ENDED)
    return found


def waits(unit: Unit, at: datetime) -> Waits:
    found = DataRequest.objects.filter(unit=unit, ended_at=None).aggregate(
        new=Count("pk", filter=Q(state=State.RECEIVED)),
        to_decide=Count("pk", filter=Q(state=State.PROPOSED)),
        late=Count("pk", filter=_late(at)),
    )
    return Waits(**found)


def is_late(one: DataRequest, at: datetime) -> bool:
    """Whether the first answer or the request itself is overdue."""
    if one.ended_at is not None:
        return False
    return (one.replied_at is None and one.reply_due_at < at) or (one.due_at is not None and one.due_at < at)


def _late(at: datetime) -> Q:
    open_ = ~Q(state__in=ENDED)
    return open_ & (Q(replied_at=None, reply_due_at__lt=at) | Q(due_at__lt=at))


def find(unit: Unit, code: str, pin: str) -> DataRequest | None:
    """The request that a code and a PIN lead to. A wrong code takes as long as a wrong PIN."""
    read = codes.read_code(code)
    one = DataRequest.objects.filter(unit=unit, code=read).first() if read else None
    kept = one.pin_hash.shown() if one is not None and one.pin_hash else _NOBODYS
    given = pins.read_pin(pin)
    is_right = pins.matches(given or "000000", kept)
    return one if one is not None and is_right and given else None


def appointment_of(one: DataRequest) -> Appointment:
    """Until when the request is to be carried out, and why on that day."""
    rows = DataRequestStep.objects.filter(request=one).order_by("number")
    happened = [Happened(Deed(row.deed), row.at, row.new_on) for row in rows]
    return terms.done_due(one.received_at, one.term, happened)


def steps(one: DataRequest, *, for_person: bool) -> QuerySet[DataRequestStep]:
    """What happened, the oldest first."""
    rows = DataRequestStep.objects.filter(request=one).select_related("by").order_by("number")
    return rows.filter(is_told=True) if for_person else rows


def matters(one: DataRequest) -> Iterator[Held]:
    """The matters a request is about that still hold something of a person."""
    for row in one.matters.exclude(key=""):
        yield from by_key(row.kind, [row.key])
