"""What a device is told: its schedule with what was withdrawn; and what people ask about devices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Any

from django.db.models import F, Max, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast.emergency import queries as emergency
from dinhlang.broadcast.models import AirLogEntry, Bulletin, Device, RunningItem, Session, Speaker
from dinhlang.broadcast.players.rules import DAYS_AHEAD, Alarm
from dinhlang.broadcast.queries.schedule import (
    SessionShown,
    occasion_on,
    rules_on,
    why_not,
    with_items,
)
from dinhlang.broadcast.rules import airtime
from dinhlang.broadcast.rules.kinds import Kind
from dinhlang.broadcast.voicing import queries as voicing
from dinhlang.org.models import Unit
from dinhlang.work.models import Blob


def schedule_of(device: Device, at: datetime) -> dict[str, Any]:
    """What a device has to air from yesterday to as many days ahead as the rules let it (at most `DAYS_AHEAD`), as plain values.

    Only of programmes that a person settled, and of the device's zone. `until` is when what it has stored is too old to
    be aired. `withdrawn` names plays that must not be aired, not even to their end, and why; what is in no session of a
    newer schedule must not be aired either. A play without `media` is a relay or is read out: no file stands for it.
    """
    on = localdate(at)
    first, last = on - timedelta(days=1), on + timedelta(days=_days_ahead(device.unit, on))
    rows = Session.objects.filter(
        programme__unit=device.unit, programme__settled_at__isnull=False, day__range=(first, last)
    )
    shown = [one for one in with_items(rows.order_by("day", "starts", "pk")) if _is_for(device, one.session)]
    media = _media(shown)
    withdrawn: list[dict[str, str]] = []
    sessions: list[dict[str, Any]] = []
    occasion = occasion_on(device.unit, first, last)
    for one in shown:
        plays = []
        for item in one.items:
            if item.bulletin is None and item.kind != Kind.RELAY:
                continue
            day = one.session.day
            why = _("buổi phát đã hủy") if one.session.cancelled_why else why_not(item, day, occasion(day))
            if why:
                withdrawn.append({"play": str(item.uid), "why": why})
            else:
                plays.append(_play(item, media))
        if plays:
            sessions.append(_session(one.session, plays))
    return {
        "unit": device.unit_id,
        "device": device.log_name,
        "until": airtime.starts_at(last + timedelta(days=1), time(0)).isoformat(),
        "sessions": sessions,
        "withdrawn": withdrawn,
    }


def _days_ahead(unit: Unit, on: date) -> int:
    """For how many days machines of a unit store the programme, by the rules of the day."""
    days = rules_on(unit, on, on)(on).days_ahead
    return DAYS_AHEAD if days is None else days


def _is_for(device: Device, session: Session) -> bool:
    return not session.zone or device.zone is None or session.zone.casefold() == device.zone.name.casefold()


@dataclass(frozen=True, slots=True)
class _Sound:
    """The file of an edition, and how long it really is where that is known."""

    blob: Blob
    seconds: int | None = None


def _media(shown: Iterable[SessionShown]) -> dict[int, _Sound]:
    """The sound of each approved edition: a person's recording, else what a voice read of it."""
    editions = {
        item.bulletin.approved.pk: item.bulletin.approved
        for one in shown
        for item in one.items
        if item.bulletin is not None and item.bulletin.approved is not None
    }
    recorded = {key: one.recording_id for key, one in editions.items() if one.recording_id}
    blobs = Blob.objects.in_bulk(list(set(recorded.values()))) if recorded else {}
    found = {key: _Sound(blobs[sha256]) for key, sha256 in recorded.items()}
    for key, spoken in voicing.spoken_of_all(editions.values()).items():
        if spoken.mp3 is not None and spoken.seconds is not None:
            found[key] = _Sound(spoken.mp3, max(1, ceil(spoken.seconds)))
    return found


def _session(session: Session, plays: list[dict[str, Any]]) -> dict[str, Any]:
    begins = airtime.starts_at(session.day, session.starts)
    return {
        "session": str(session.uid),
        "name": session.name,
        "starts_at": begins.isoformat(),
        "ends_at": (begins + timedelta(minutes=session.minutes)).isoformat(),
        "plays": plays,
    }


def _play(item: RunningItem, media: dict[int, _Sound]) -> dict[str, Any]:
    edition = item.bulletin.approved if item.bulletin is not None else None
    sound = media.get(edition.pk) if edition is not None else None
    blob = sound.blob if sound is not None else None
    planned = max(1, edition.seconds) if edition is not None else item.seconds
    return {
        "play": str(item.uid),
        "title": edition.title if edition is not None else item.title,
        "kind": item.kind,
        "priority": item.priority,
        "seconds": sound.seconds if sound is not None and sound.seconds else planned,
        "digest": edition.digest if edition is not None else "",
        "media": blob.sha256 if blob is not None else "",
        "size": blob.size if blob is not None else 0,
        "type": blob.media_type if blob is not None else "",
    }


def media_for(device: Device, sha256: str, at: datetime) -> Blob | None:
    """A recording that the device may fetch: of a bulletin of its unit or an emergency that may be aired now; else None."""
    found = voicing.file_that_may_be_aired(device.unit, sha256)
    if found is not None:
        return found
    return Blob.objects.filter(pk=sha256).first() if emergency.has_sound(device, sha256, at) else None


def next_sequence(device: Device) -> int:
    """The number after the highest that the log has of a device: one whose memory was lost goes on from here."""
    last: int | None = AirLogEntry.objects.filter(device=device.log_name).aggregate(last=Max("sequence"))[
        "last"
    ]
    return (last or 0) + 1


def devices_of(unit: Unit) -> QuerySet[Device]:
    """The devices of a unit, those in use first."""
    rows = Device.objects.filter(unit=unit).select_related("zone", "made_by")
    return rows.order_by(F("revoked_at").asc(nulls_first=True), "pk")


def speakers_of(unit: Unit) -> QuerySet[Speaker]:
    """The speakers of a unit, zone by zone."""
    return Speaker.objects.filter(unit=unit).select_related("zone", "device", "state_by")


def in_alarm(unit: Unit) -> list[Device]:
    """The devices of a unit that somebody should look after, the longest first."""
    rows = Device.objects.filter(unit=unit, revoked_at=None).exclude(alarm="")
    return list(rows.order_by("alarm_since", "pk"))


@dataclass(frozen=True, slots=True)
class SpeakerShown:
    """A speaker as the list shows it: `is_silent` when what feeds it is not heard."""

    speaker: Speaker
    is_silent: bool


def unaware_of(bulletin: Bulletin, at: datetime) -> list[Device]:
    """Devices that may still air a withdrawn bulletin: they had it stored, and were not heard since it was withdrawn."""
    if bulletin.withdrawn_at is None:
        return []
    since = localdate(bulletin.withdrawn_at)
    planned = RunningItem.objects.filter(
        bulletin=bulletin,
        session__programme__settled_at__lte=bulletin.withdrawn_at,
        session__day__range=(since, since + timedelta(days=DAYS_AHEAD)),
    )
    zones = set(planned.values_list("session__zone", flat=True))
    if not zones or localdate(at) > since + timedelta(days=DAYS_AHEAD):
        return []
    silent = Device.objects.filter(
        unit=bulletin.unit,
        revoked_at=None,
        made_at__lt=bulletin.withdrawn_at,
        heard_at__lt=bulletin.withdrawn_at,
    )
    return [
        one
        for one in silent.select_related("zone").order_by("pk")
        if one.zone is None or {"", one.zone.name} & zones
    ]


def with_silence(speakers: Iterable[Speaker]) -> list[SpeakerShown]:
    """Speakers, and whether each is silent because its device is, or is not in use any more."""
    return [
        SpeakerShown(
            one,
            one.device is not None
            and (one.device.alarm == Alarm.SILENT or one.device.revoked_at is not None),
        )
        for one in speakers
    ]
