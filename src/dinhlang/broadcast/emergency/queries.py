"""What can be asked of emergency messages: what is live for whom, who has heard of it, what the desk shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from dinhlang.broadcast.emergency import rules
from dinhlang.broadcast.emergency.rules import Message, Sent, State
from dinhlang.broadcast.models import AirLogEntry, Device, Emergency, EmergencyReceipt
from dinhlang.broadcast.rules.kinds import Kind, Priority, Source
from dinhlang.broadcast.rules.log import Entry, Fact
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.vietnamese.text import fold


def told_of(emergency: Emergency) -> rules.Told:
    """What a message says, as the rules look at it."""
    return rules.Told(**{name: getattr(emergency, name) for name in rules.Told.__dataclass_fields__})


def digest_of(emergency: Emergency) -> str:
    """The digest of a message as it stands: what a person looked at before sending it."""
    return rules.digest(
        told_of(emergency),
        message=emergency.message,
        refers=str(emergency.refers.uid) if emergency.refers else "",
        recording=emergency.recording_id or "",
    )


def title_of(emergency: Emergency) -> str:
    """What it is called everywhere: 'Diễn tập – Báo động: Lũ quét ở thôn Đông'."""
    said = f"{emergency.get_message_display()}: {emergency.headline}"
    if emergency.status == rules.Status.ACTUAL:
        return said
    return f"{emergency.get_status_display()} – {said}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What to show of a unit's messages; whatever is empty narrows nothing."""

    words: str = ""
    state: str = ""
    status: str = ""
    message: str = ""
    year: int = 0


def emergencies_of(unit: Unit, asked: Asked | None = None) -> QuerySet[Emergency]:
    """The messages of a unit that are asked for, the newest first.

    Words are found without marks, in Python: a unit has some dozens of messages a year, and what was sent cannot be given
    a folded column afterwards.
    """
    asked = asked or Asked()
    found = Emergency.objects.filter(unit=unit)
    for name in ("state", "status", "message"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    if asked.year:
        found = found.filter(made_at__year=asked.year)
    if wanted := fold(asked.words).split():
        rows = found.order_by().values_list("pk", "headline", "event", "area", "words")
        folded = ((pk, fold(" ".join(said))) for pk, *said in rows.iterator(chunk_size=500))
        found = found.filter(pk__in=[pk for pk, text in folded if all(word in text for word in wanted)])
    return found.select_related("made_by", "proposed_by", "issued_by", "refers")


def years_of(unit: Unit) -> list[int]:
    """The years in which a unit had messages, the newest first."""
    return [
        one.year for one in Emergency.objects.filter(unit=unit).datetimes("made_at", "year", order="DESC")
    ]


def heard_by(emergencies: Iterable[Emergency]) -> dict[int, int]:
    """By number of the message, how many devices said that they have it."""
    rows = EmergencyReceipt.objects.filter(emergency__in=list(emergencies)).values("emergency")
    return dict(rows.annotate(count=Count("pk")).order_by().values_list("emergency", "count"))


def sent_since(at: datetime) -> list[Sent]:
    """All messages that were sent and may be live, or were until lately, with all that they follow."""
    rows = list(_issued().filter(expires_at__gt=at - rules.TOLD_FOR))
    known = {one.pk for one in rows}
    # What is followed must be known too, however long ago it was over: its name ends the chain.
    missing = {one.refers_id for one in rows if one.refers_id} - known
    while missing:
        more = list(_issued().filter(pk__in=missing))
        rows += more
        known |= missing
        missing = {one.refers_id for one in more if one.refers_id} - known
    return [sent_of(one) for one in rows]


def _issued() -> QuerySet[Emergency]:
    return (
        Emergency.objects.filter(issued_at__isnull=False).select_related("recording", "refers").order_by("pk")
    )


def sent_of(one: Emergency) -> Sent:
    """A message that was sent, as devices are to know it."""
    if one.recording is None or one.issued_at is None:
        raise TypeError("what was sent has a sound and a moment")
    return Sent(
        uid=str(one.uid),
        unit=one.unit_id,
        zone=one.zone,
        message=one.message,
        status=one.status,
        severity=one.severity,
        refers=str(one.refers.uid) if one.refers else "",
        title=title_of(one),
        words=one.words,
        media=one.recording.sha256,
        size=one.recording.size,
        type=one.recording.media_type,
        seconds=one.seconds,
        repeats=one.repeats,
        digest=one.digest,
        issued_at=one.issued_at,
        expires_at=one.expires_at,
    )


@dataclass(frozen=True, slots=True)
class Listener:
    """A device as far as it matters for emergencies: `units` are its own and all above it."""

    pk: int
    log_name: str
    key_hash: str
    units: frozenset[str]
    zone: str


def listener_of(device: Device, on: date) -> Listener:
    """The device as one that listens."""
    return _listener(device, _above(device.unit, on))


def listeners_of(devices: Iterable[Device], on: date) -> dict[int, Listener]:
    """By number, those of the devices that may listen: their keys hold, and their units are in being."""
    above: dict[str, frozenset[str]] = {}
    found = {}
    for device in devices:
        if device.revoked_at is not None or not org.exists_on(device.unit, on):
            continue
        if device.unit_id not in above:
            above[device.unit_id] = _above(device.unit, on)
        found[device.pk] = _listener(device, above[device.unit_id])
    return found


def _above(unit: Unit, on: date) -> frozenset[str]:
    return frozenset(one.pk for one in org.path_up(unit, on)) | {unit.pk}


def _listener(device: Device, units: frozenset[str]) -> Listener:
    zone = device.zone.name.casefold() if device.zone else ""
    return Listener(device.pk, device.log_name, device.key_hash, units, zone)


def body_for(listener: Listener, sent: Iterable[Sent], at: datetime) -> dict[str, Any]:
    """What a device is told: what is to be heard now, the gravest first, and why others are not any more."""
    own = [one for one in sent if is_for(listener, one)]
    heard, over = rules.live(own, at)
    return {
        "device": listener.log_name,
        "alarms": [_alarm(one) for one in heard],
        "ended": [{"alarm": uid, "why": why} for uid, why in sorted(over.items())],
    }


def is_for(listener: Listener, one: Sent) -> bool:
    """Whether a device is to air a message: of its own unit or one above it, for its zone or for all."""
    zone = one.zone.casefold()
    return one.unit in listener.units and (not zone or not listener.zone or zone == listener.zone)


def _alarm(one: Sent) -> dict[str, Any]:
    return {
        "alarm": one.uid,
        "message": one.message,
        "status": one.status,
        "refers": one.refers,
        "title": one.title,
        "words": one.words,
        "media": one.media,
        "size": one.size,
        "type": one.type,
        "seconds": one.seconds,
        "repeats": one.repeats,
        "digest": one.digest,
        "issued_at": one.issued_at.isoformat(),
        "expires_at": one.expires_at.isoformat(),
    }


def alarms_for(device: Device, at: datetime) -> dict[str, Any]:
    """`body_for` straight from the database."""
    return body_for(listener_of(device, localdate(at)), sent_since(at), at)


def has_sound(device: Device, sha256: str, at: datetime) -> bool:
    """Whether it is the sound of a message that the device is to air now."""
    return any(one["media"] == sha256 for one in alarms_for(device, at)["alarms"])


def said_of(emergency: Emergency) -> dict[str, Any]:
    """All that the air log keeps of a message: copied, so that nothing that goes later takes it along."""
    people = [str(one) for one in (emergency.proposed_by or emergency.made_by, emergency.issued_by) if one]
    return {
        "programme": _("Thông tin khẩn cấp"),
        "starts": f"{localtime(emergency.issued_at):%H:%M}" if emergency.issued_at else "",
        "minutes": max(1, emergency.seconds * emergency.repeats // 60),
        "zone": emergency.zone,
        "title": title_of(emergency),
        "kind": Kind.NOTICE,
        "priority": Priority.EMERGENCY,
        "seconds": emergency.seconds * emergency.repeats,
        "source": Source.ABOVE if emergency.sender else Source.OWN,
        "digest": emergency.digest,
        "recording": emergency.recording_id or "",
        "writer": str(emergency.made_by) if emergency.made_by else emergency.sender,
        "approver": "; ".join(dict.fromkeys(people)),
        "emergency": str(emergency.uid),
        "emergency_unit": emergency.unit_id,
        "status": emergency.status,
        "message": emergency.message,
    }


def entry_of(
    emergency: Emergency,
    fact: str,
    witness: str,
    at: datetime,
    *,
    by: int | None = None,
    more: Mapping[str, str] | None = None,
) -> Entry:
    """An entry of the air log about a message; its name stands for session and play at once."""
    issued = emergency.issued_at or at
    said = said_of(emergency) | {name: value for name, value in (more or {}).items() if value}
    return Entry(fact, witness, emergency.uid, localdate(issued), at, play=emergency.uid, by=by, said=said)


# --- The desk -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hearing:
    """What is known of one device and one message: acknowledged when and how, and what the air log says."""

    device: Device
    receipt: EmergencyReceipt | None
    aired_at: datetime | None
    missed: str


def hearings(emergency: Emergency, at: datetime) -> list[Hearing]:
    """Every device that is to air a message, those that said nothing first."""
    on = localdate(at)
    units = org.ids_below(emergency.unit, on) | {emergency.unit_id}
    devices = Device.objects.filter(unit__in=units, revoked_at=None).select_related("unit", "zone")
    receipts = {one.device_id: one for one in emergency.receipts.all()}
    told: Mapping[str, dict[str, AirLogEntry]] = _entries(emergency)
    zone = emergency.zone.casefold()
    found = []
    for device in devices:
        if zone and device.zone is not None and device.zone.name.casefold() != zone:
            continue
        said = told.get(device.log_name, {})
        aired, missed = said.get(Fact.AIRED), said.get(Fact.MISSED)
        note = str(missed.said.get("note", "")) if missed and not aired else ""
        found.append(Hearing(device, receipts.get(device.pk), aired.at if aired else None, note))
    return sorted(found, key=lambda one: (one.receipt is not None, one.aired_at is not None, one.device.pk))


def _entries(emergency: Emergency) -> dict[str, dict[str, AirLogEntry]]:
    found: dict[str, dict[str, AirLogEntry]] = {}
    for entry in AirLogEntry.objects.filter(session=emergency.uid).exclude(device="").order_by("number"):
        found.setdefault(entry.device, {})[entry.fact] = entry
    return found


def tip_of(emergency: Emergency) -> Emergency:
    """The message that was sent last about the same thing: the one that an update or a cancellation refers to."""
    now = emergency
    while (later := now.followed_by.filter(state=State.ISSUED).first()) is not None:
        now = later
    return now


def is_over(emergency: Emergency, at: datetime) -> bool:
    """Whether nothing of it is to be heard any more."""
    return (
        emergency.state != State.ISSUED
        or emergency.expires_at <= at
        or emergency.followed_by.filter(state=State.ISSUED).exists()
    )


def on_air(unit: Unit, uids: Iterable[UUID], on: date) -> dict[UUID, Emergency]:
    """Of these names, the messages that were sent to a unit: its own and those of the units above it."""
    wanted = list(uids)
    if not wanted:
        return {}
    above = {one.pk for one in org.path_up(unit, on)} | {unit.pk}
    rows = Emergency.objects.filter(uid__in=wanted, state=State.ISSUED, unit__in=above)
    return {one.uid: one for one in rows.select_related("made_by", "proposed_by", "issued_by")}


def live_in(unit: Unit, at: datetime) -> list[Emergency]:
    """The messages that are to be heard in a unit now, its own and those of the units above."""
    above = {one.pk for one in org.path_up(unit, localdate(at))} | {unit.pk}
    rows = Emergency.objects.filter(unit__in=above, state=State.ISSUED, expires_at__gt=at)
    return list(rows.exclude(followed_by__state=State.ISSUED).exclude(message=Message.CANCEL))


def proposed_in(unit: Unit) -> list[Emergency]:
    """The messages that wait for the second person."""
    return list(Emergency.objects.filter(unit=unit, state=State.PROPOSED).order_by("proposed_at"))
