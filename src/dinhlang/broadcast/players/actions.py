"""Keys for devices, what devices say, and looking after those that are silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast import permissions
from dinhlang.broadcast.actions.hearing import Report, Taken, take_reports
from dinhlang.broadcast.models import Device, Emergency, RunningItem, Session, Speaker, Zone
from dinhlang.broadcast.players import rules
from dinhlang.broadcast.players.rules import DeviceKind, SpeakerState
from dinhlang.broadcast.rules import airtime
from dinhlang.broadcast.rules.log import Fact, Witness
from dinhlang.broadcast.voicing import queries as voicing
from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.actions.machine_keys import new_secret
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person, Unit
from dinhlang.org.often import is_too_often
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.rules.invitations import token_hash
from dinhlang.vietnamese.text import one_line

PREFIX = "dlp_"
_FIRST_YEAR, _LAST_YEAR = 1970, 2098
_LONGEST_OFF = 200 * 366 * 86400
_WITNESS = {DeviceKind.PLAYER: Witness.PLAYER, DeviceKind.DEVICE: Witness.DEVICE}


class NoKey(Refused):
    """The key is none, or no more."""


class AnotherDevice(Refused):
    """A device says that it is another one than its key."""


# --- People -------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_device(
    *, unit: Unit, kind: str, name: str, place: str = "", zone: str = "", by: Person | None, at: datetime
) -> tuple[Device, str]:
    """A device of a unit with its key, which is shown once and stored nowhere. Raises `Unfit` and `NotAllowed`."""
    permissions.check_can_plan(by, unit, localdate(at))
    called = one_line(name)[:60]
    if not called:
        raise Unfit(_("Hãy đặt tên máy để biết máy nào trong sổ nhật ký."), "name")
    secret, kept = new_secret(PREFIX)
    device = Device.objects.create(
        unit=unit,
        zone=_zone(unit, zone),
        kind=DeviceKind(kind),
        name=called,
        place=one_line(place)[:200],
        log_name=f"{called} ({uuid4().hex[:12]})",
        made_at=at,
        made_by=by,
        **kept,
    )
    audit(by=by, at=at, action="air.device-add", target=device, unit=unit, detail={"device": device.log_name})
    return device, secret


@transaction.atomic
def revoke_device(*, device: Device, by: Person | None, at: datetime) -> None:
    """Make a device's key worth nothing from now on; what it aired stays. Raises `Refused` and `NotAllowed`."""
    permissions.check_can_plan(by, device.unit, localdate(at))
    changed = Device.objects.filter(pk=device.pk, revoked_at=None).update(
        revoked_at=at, revoked_by=by, alarm="", alarm_since=None
    )
    if not changed:
        raise Refused(_("Khóa của máy này đã thu hồi rồi."))
    detail = {"device": device.log_name}
    audit(by=by, at=at, action="air.device-revoke", target=device, unit=device.unit, detail=detail)


@transaction.atomic
def add_speaker(
    *,
    unit: Unit,
    name: str,
    place: str,
    zone: str = "",
    device: Device | None = None,
    by: Person | None,
    at: datetime,
) -> Speaker:
    """Write down a speaker where it hangs. Raises `Unfit` and `NotAllowed`."""
    permissions.check_can_plan(by, unit, localdate(at))
    called, hangs = one_line(name)[:60], one_line(place)[:200]
    if not called or not hangs:
        raise Unfit(_("Ghi tên loa và nơi treo."), "name" if not called else "place")
    if Speaker.objects.filter(unit=unit, name=called).exists():
        raise Unfit(_("Đã có loa mang tên này. Đặt tên khác."), "name")
    if device is not None and device.unit_id != unit.pk:
        raise Unfit(_("Máy phát này của đơn vị khác. Chọn máy khác."), "device")
    speaker = Speaker.objects.create(
        unit=unit, zone=_zone(unit, zone), device=device, name=called, place=hangs, state_at=at, state_by=by
    )
    audit(by=by, at=at, action="air.speaker-add", target=speaker, unit=unit, detail={"speaker": called})
    return speaker


@transaction.atomic
def note_speaker(*, speaker: Speaker, state: str, note: str = "", by: Person | None, at: datetime) -> None:
    """Write down how a speaker is heard now. Raises `Unfit` for a state that is none, and `NotAllowed`."""
    permissions.check_can_log(by, speaker.unit, localdate(at))
    if state not in SpeakerState.values:
        raise Unfit(_("Chọn tình trạng của loa."), "state")
    speaker.state, speaker.state_note = state, one_line(note)[:200]
    speaker.state_at, speaker.state_by = at, by
    speaker.save(update_fields=["state", "state_note", "state_at", "state_by"])
    detail = {"speaker": speaker.name, "state": state}
    audit(by=by, at=at, action="air.speaker-note", target=speaker, unit=speaker.unit, detail=detail)


def _zone(unit: Unit, name: str) -> Zone | None:
    called = one_line(name)[:120]
    return Zone.objects.get_or_create(unit=unit, name=called)[0] if called else None


# --- Devices ------------------------------------------------------------------------------------------------------


def device_of(secret: str, at: datetime) -> Device:
    """The device behind a key that holds, of a unit in being. Raises `NoKey`."""
    device = Device.objects.select_related("unit", "zone").filter(key_hash=token_hash(secret)).first()
    if device is None:
        raise NoKey(_("Khóa máy phát không đúng. Xin đài truyền thanh xã cấp lại đường dẫn cho máy."))
    if device.revoked_at is not None:
        raise NoKey(_("Khóa máy phát đã bị thu hồi. Máy không được phát nữa."))
    if not org.exists_on(device.unit, localdate(at)):
        raise NoKey(_("Đơn vị của máy phát không còn hoạt động. Đơn vị kế thừa cấp khóa mới."))
    return device


def check_is_itself(device: Device, said: str, *, at: datetime) -> None:
    """Hold what a device calls itself against its key; note in the audit one that lies. Raises `AnotherDevice`."""
    if said == device.log_name:
        return
    # Once an hour: it says so twice a minute.
    if not is_too_often(f"device-lie:{device.pk}", most=1, within=timedelta(hours=1)):
        detail = {"device": device.log_name, "said": one_line(said)[:80]}
        audit(by=None, at=at, action="air.device-lie", target=device, unit=device.unit, detail=detail)
    raise AnotherDevice(_("Máy tự xưng tên khác với tên gắn với khóa. Lấy tên trong lịch phát, rồi gửi lại."))


def note_heard(*, device: Device, clock: datetime, told: Mapping[str, Any], at: datetime) -> int:
    """Note that a device was heard, and by how many seconds its clock is ahead of ours; gives those seconds."""
    off = _seconds_ahead(clock, at)
    Device.objects.filter(pk=device.pk).update(heard_at=at, clock_off=off, told=dict(told))
    return off


@transaction.atomic
def note_lines(lines: Mapping[int, bool], *, at: datetime) -> None:
    """Note by device that its line to the broker is there, or that the broker lost it (its last will)."""
    for device in Device.objects.select_for_update().filter(pk__in=lines).order_by("pk"):
        told = {**device.told, "line": "on" if lines[device.pk] else "off"}
        heard = {"heard_at": at} if lines[device.pk] else {}
        Device.objects.filter(pk=device.pk).update(told=told, **heard)


def _seconds_ahead(clock: datetime, at: datetime) -> int:
    off = round((clock - at).total_seconds())
    return max(-_LONGEST_OFF, min(_LONGEST_OFF, off))


@dataclass(frozen=True, slots=True)
class Said:
    """What came of a batch, and how far the device's clock is ahead in seconds."""

    taken: Taken
    clock_off: int


@kept_in_vietnamese
@transaction.atomic
def take_events(*, device: Device, events: Sequence[Report], clock: datetime, at: datetime) -> Said:
    """Take in what a device did, as `take_reports` does; `clock` is its own time while it sends.

    The log keeps the moments as the device says them, beside when we heard of it and by how much its clock was off.
    Refused one by one are moments that cannot be, and sound that no edition of the bulletin ever had.
    """
    off = _seconds_ahead(clock, at)
    refused = {one.sequence: _("giờ ghi không thể có") for one in events if not _can_be(one)}
    foreign = _with_foreign_sound([one for one in events if one.sequence not in refused])
    refused |= dict.fromkeys(foreign, _("tệp đã phát không phải của mục này"))
    taken = take_reports(
        unit=device.unit,
        device=device.log_name,
        witness=_WITNESS[DeviceKind(device.kind)],
        reports=[one for one in events if one.sequence not in refused],
        zone=device.zone.name if device.zone else "",
        clock=rules.clock_in_words(off),
        at=at,
    )
    Device.objects.filter(pk=device.pk).update(heard_at=at, clock_off=off)
    return Said(Taken(taken.written, taken.known, {**refused, **taken.refused}), off)


def _can_be(report: Report) -> bool:
    moments = [one for one in (report.at, report.ended_at) if one is not None]
    return all(_FIRST_YEAR <= one.year <= _LAST_YEAR for one in moments)


def _with_foreign_sound(events: Sequence[Report]) -> list[int]:
    """The numbers of reports that a play was aired with a sound that was never its own."""
    aired = [one for one in events if one.fact == Fact.AIRED and one.media]
    rows = RunningItem.objects.filter(uid__in={one.play for one in aired}, bulletin__isnull=False)
    bulletins = dict(rows.values_list("uid", "bulletin"))
    own = voicing.hashes_of(set(bulletins.values()))
    sounds = dict(
        Emergency.objects.filter(uid__in={one.play for one in aired}).values_list("uid", "recording")
    )
    return [
        one.sequence
        for one in aired
        if (one.play in bulletins and (bulletins[one.play], one.media) not in own)
        or (one.play in sounds and sounds[one.play] != one.media)
    ]


# --- The worker ---------------------------------------------------------------------------------------------------


def watch_devices(*, at: datetime) -> int:
    """Raise and end the alarms of all devices as they stand now; how many changed."""
    rows = Device.objects.filter(revoked_at=None)
    devices = list(rows.only("unit", "heard_at", "made_at", "clock_off", "alarm", "alarm_since", "told"))
    if not devices:
        return 0
    needed = _needed({one.unit_id for one in devices}, at)
    changed = []
    for one in devices:
        alarm = rules.alarm_of(
            heard_at=one.heard_at,
            made_at=one.made_at,
            clock_off=one.clock_off,
            needed_at=needed.get(one.unit_id),
            is_line_lost=one.told.get("line") == "off",
            at=at,
        )
        said = alarm.value if alarm is not None else ""
        if said != one.alarm:
            one.alarm, one.alarm_since = said, at if said else None
            changed.append(one)
    for one in changed:
        # Whoever revoked it meanwhile has ended its alarm.
        Device.objects.filter(pk=one.pk, revoked_at=None).update(alarm=one.alarm, alarm_since=one.alarm_since)
    return len(changed)


def _needed(units: set[str], at: datetime) -> dict[str, datetime]:
    """By unit, when the session that goes on began or the next one begins, of those of today and tomorrow."""
    on = localdate(at)
    rows = Session.objects.filter(
        programme__unit__in=units,
        programme__settled_at__isnull=False,
        cancelled_why="",
        day__range=(on, on + timedelta(days=1)),
    ).order_by("day", "starts")
    found: dict[str, datetime] = {}
    for unit, day, starts, minutes in rows.values_list("programme__unit", "day", "starts", "minutes"):
        begins = airtime.starts_at(day, starts)
        if begins + timedelta(minutes=minutes) > at:
            found.setdefault(unit, begins)
    return found
