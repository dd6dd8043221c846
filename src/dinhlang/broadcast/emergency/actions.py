"""What people do with an emergency message, what devices say of it, and what of that goes into the air log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast import permissions
from dinhlang.broadcast.actions.airing import append
from dinhlang.broadcast.emergency import queries, rules
from dinhlang.broadcast.emergency.queries import Listener
from dinhlang.broadcast.emergency.rules import Acknowledged, Deed, Message, State, Told
from dinhlang.broadcast.models import AirLogEntry, AirLogHead, Device, Emergency, EmergencyReceipt
from dinhlang.broadcast.players.rules import DeviceKind
from dinhlang.broadcast.rules.log import Fact, Witness, clock_is_wrong
from dinhlang.broadcast.speech import engine, reading
from dinhlang.broadcast.speech.engine import SpeechFailed
from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.actions.decision_links import end_links
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.work import blobs

WITNESS = {DeviceKind.PLAYER: Witness.PLAYER, DeviceKind.DEVICE: Witness.DEVICE}
_LONGEST_RECORDING = 600
_MOST_RECEIPTS = 2000
_MOST_LOGGED = 100
"""Words that go into an air log at once: meanwhile nobody else writes, and devices wait for their answers."""


# --- Writing ------------------------------------------------------------------------------------------------------


@transaction.atomic
def write(*, unit: Unit, told: Told, by: Person | None, at: datetime) -> Emergency:
    """Begin a message as a draft. Raises `Unfit` and `org.permissions.NotAllowed`."""
    permissions.check_can_alarm(by, unit, localdate(at))
    return begin(unit, told, by=by, at=at)


@transaction.atomic
def follow(*, emergency: Emergency, message: str, by: Person | None, at: datetime) -> Emergency:
    """A draft that updates or cancels a message that was sent; the message itself stays as it is.

    Raises `Refused` when it was never sent or another follows it already, and `org.permissions.NotAllowed`.
    """
    permissions.check_can_alarm(by, emergency.unit, localdate(at))
    if message not in (Message.UPDATE, Message.CANCEL):
        raise Unfit(_("Chọn cập nhật hoặc hủy báo động."), "message")
    if emergency.state != State.ISSUED:
        raise Refused(_("Thông điệp này chưa phát nên không cần cập nhật hoặc hủy. Sửa hoặc bỏ bản nháp."))
    if emergency.followed_by.filter(state=State.ISSUED).exists():
        raise Refused(_("Đã có thông điệp mới hơn về việc này. Mở thông điệp mới nhất."))
    told = queries.told_of(emergency)
    if message == Message.CANCEL:
        words = _("Báo động “%(headline)s” đã được hủy.") % {"headline": emergency.headline.rstrip(".")}
        told = replace(told, words=words, urgency=rules.Urgency.PAST, repeats=2)
    until = max(told.expires_at, at + timedelta(hours=1))
    return begin(
        emergency.unit, replace(told, expires_at=until), by=by, at=at, message=message, refers=emergency
    )


def begin(unit: Unit, told: Told, *, by: Person | None, at: datetime, **more: object) -> Emergency:
    """A draft, inside the caller's transaction. Checks no right."""
    kept = rules.fit(told, at=at)
    made = Emergency.objects.create(
        unit=unit,
        made_at=at,
        made_by=by,
        **{name: getattr(kept, name) for name in Told.__dataclass_fields__},
        **{"message": Message.ALERT, **more},
    )
    _audit(made, "take-in" if made.sender else "write", by=by, at=at)
    return made


@transaction.atomic
def edit(*, emergency: Emergency, told: Told, seen: int, by: Person | None, at: datetime) -> Emergency:
    """Change a draft; its machine-read sound goes. Raises `Unfit`, `Refused` and `org.permissions.NotAllowed`."""
    found = locked(emergency)
    permissions.check_can_alarm(by, found.unit, localdate(at))
    if found.state != State.DRAFT:
        raise Refused(_("Chỉ sửa được bản nháp. Thông điệp đã phát thì cập nhật bằng thông điệp mới."))
    if seen != found.version:
        raise Refused(_("Người khác vừa sửa bản nháp này. Tải lại trang rồi sửa tiếp."))
    kept = rules.fit(replace(told, status=found.status), at=at)
    for name in Told.__dataclass_fields__:
        setattr(found, name, getattr(kept, name))
    if found.is_spoken_by_machine:
        found.recording, found.seconds, found.is_spoken_by_machine = None, 0, False
    found.version += 1
    found.save()
    _audit(found, "edit", by=by, at=at)
    return found


@transaction.atomic
def attach(
    *,
    emergency: Emergency,
    data: bytes,
    seconds: int,
    is_machine: bool = False,
    by: Person | None,
    at: datetime,
) -> Emergency:
    """Lay a finished sound file of so many seconds beside a draft. Raises `Unfit`, `Refused` and `NotAllowed`."""
    found = locked(emergency)
    permissions.check_can_alarm(by, found.unit, localdate(at))
    if found.state != State.DRAFT:
        raise Refused(_("Chỉ thay âm thanh của bản nháp. Lấy lại để sửa rồi thay."))
    if not 0 < seconds <= _LONGEST_RECORDING:
        raise Unfit(_("Bản ghi âm trống hoặc dài quá 10 phút. Chọn tệp khác."), "recording")
    found.recording = blobs.store(data, None, at)
    found.seconds, found.is_spoken_by_machine = seconds, is_machine
    found.version += 1
    found.save()
    return found


def speak(*, emergency: Emergency, by: Person | None, at: datetime) -> Emergency:
    """Let the machine read a draft that has no sound, exercise and test said first and last. Raises `Refused`.

    Takes a second or two, in no transaction.
    """
    permissions.check_can_alarm(by, emergency.unit, localdate(at))
    voices = engine.voices()
    if not voices:
        raise Refused(_("Máy chủ chưa có giọng đọc. Thêm bản ghi âm rồi đề nghị phát."))
    try:
        text = rules.spoken(emergency.status, emergency.words)
        read = reading.read_aloud(text, voices[0].key, title=emergency.headline)
    except SpeechFailed as reason:
        raise Refused(_("%(why)s Hoặc thêm bản ghi âm rồi đề nghị phát.") % {"why": reason}) from reason
    seconds = max(1, round(read.sound.seconds))
    return attach(emergency=emergency, data=read.sound.mp3, seconds=seconds, is_machine=True, by=by, at=at)


# --- Two people ---------------------------------------------------------------------------------------------------


def propose(*, emergency: Emergency, by: Person | None, at: datetime) -> Emergency:
    """Ask the second person to send it; from now on its words stand. What has no sound is read by the machine first.

    Raises `Unfit` for what is out of date, `WrongMove`, `Refused` and `org.permissions.NotAllowed`.
    """
    if emergency.state == State.DRAFT and emergency.recording_id is None:
        emergency = speak(emergency=emergency, by=by, at=at)
    with transaction.atomic():
        found = locked(emergency)
        permissions.check_can_alarm(by, found.unit, localdate(at))
        found.state = rules.after(found.state, Deed.PROPOSE)
        rules.fit(queries.told_of(found), at=at)
        if found.recording_id is None:
            raise Refused(_("Bản nháp vừa bị sửa nên chưa có âm thanh. Đề nghị phát lại."))
        found.proposed_at, found.proposed_by = at, by
        found.save()
        _audit(found, "propose", by=by, at=at)
    return found


@transaction.atomic
def take_back(*, emergency: Emergency, by: Person | None, at: datetime, link: int | None = None) -> Emergency:
    """Make a proposed message a draft again; links to send it are worth nothing then. `link` is the one by which a leader
    gives it back. Raises `WrongMove` and `org.permissions.NotAllowed`.
    """
    found = locked(emergency)
    permissions.check_can_alarm(by, found.unit, localdate(at))
    found.state = rules.after(found.state, Deed.TAKE_BACK)
    found.proposed_at = found.proposed_by = None
    found.save()
    end_links(found.links.all(), at)
    _audit(found, "take-back", by=by, at=at, detail=_by_link(link))
    return found


@transaction.atomic
def drop(*, emergency: Emergency, by: Person | None, at: datetime) -> Emergency:
    """Put away what was not sent. Raises `WrongMove` and `org.permissions.NotAllowed`."""
    found = locked(emergency)
    permissions.check_can_alarm(by, found.unit, localdate(at))
    found.state = rules.after(found.state, Deed.DROP)
    found.save()
    _audit(found, "drop", by=by, at=at)
    return found


@kept_in_vietnamese
@transaction.atomic
def issue(
    *, emergency: Emergency, seen: str, by: Person | None, at: datetime, link: int | None = None
) -> Emergency:
    """Send it: from now on every device that asks airs it, and nobody can change it any more.

    `seen` is the digest of what the person looked at (`queries.digest_of`), `link` the one by which it is sent, if any. The air log of the unit, and of each unit
    below that has devices, notes it as planned. Raises `OnePerson`, `Refused`, `WrongMove` and `NotAllowed`.
    """
    found = locked(emergency)
    permissions.check_can_send(by, found.unit, localdate(at), status=found.status)
    found.state = rules.after(found.state, Deed.ISSUE)
    rules.check_two_people(
        found.status,
        author=found.made_by_id,
        proposer=found.proposed_by_id,
        sender=by.pk if by else None,
    )
    digest = queries.digest_of(found)
    if seen != digest:
        raise Refused(_("Thông điệp đã thay đổi sau khi bạn mở trang. Xem lại rồi phát lệnh."))
    if found.expires_at <= at:
        raise Refused(_("Thông điệp đã hết hiệu lực. Lấy lại, sửa giờ hết hiệu lực rồi đề nghị lại."))
    if found.refers_id and Emergency.objects.filter(refers=found.refers_id, state=State.ISSUED).exists():
        raise Refused(_("Đã có thông điệp mới hơn về việc này. Mở thông điệp mới nhất."))
    found.digest, found.issued_at, found.issued_by = digest, at, by
    found.save()
    for unit in _reached(found, at):
        append(
            unit, [queries.entry_of(found, Fact.PLANNED, Witness.PERSON, at, by=by.pk if by else None)], at=at
        )
    end_links(found.links.all(), at)
    _audit(found, "issue", by=by, at=at, detail={"digest": digest, **_by_link(link)})
    return found


def _by_link(link: int | None) -> dict[str, int]:
    return {"link": link} if link is not None else {}


def _reached(emergency: Emergency, at: datetime) -> list[Unit]:
    """The unit itself, and the units below it that have devices."""
    below = org.ids_below(emergency.unit, localdate(at))
    having = Device.objects.filter(unit__in=below, revoked_at=None).values("unit")
    return [emergency.unit, *Unit.objects.filter(pk__in=having).exclude(pk=emergency.unit_id).order_by("pk")]


def locked(emergency: Emergency) -> Emergency:
    """The message as it stands now, held until the transaction ends."""
    rows = Emergency.objects.select_for_update(of=("self",)).select_related("unit", "refers")
    return rows.get(pk=emergency.pk)


def _audit(
    emergency: Emergency,
    deed: str,
    *,
    by: Person | None,
    at: datetime,
    detail: Mapping[str, object] | None = None,
) -> None:
    audit(
        by=by,
        at=at,
        action=f"emergency.{deed}",
        target=emergency,
        unit=emergency.unit,
        detail={"status": emergency.status, "message": emergency.message, **(detail or {})},
    )


# --- Devices ------------------------------------------------------------------------------------------------------


def take_receipts(
    given: Sequence[Acknowledged],
    *,
    way: str,
    at: datetime,
    listeners: Mapping[int, Listener] | None = None,
) -> dict[tuple[int, str], bool]:
    """Write down in one transaction that devices have messages, each once however often they say so, and to whom.

    Gives by device and message whether it was new; one that was not sent, or not to this device, is none. Devices whose
    key holds no more are left out. Who a device is, the caller has made sure of, and may know as whom it listens
    (`listeners`). The air log hears of it from `log_receipts`.
    """
    wanted: dict[tuple[int, str], Acknowledged] = {}
    for one in given:
        wanted.setdefault((one.device, one.alarm), one)
    with transaction.atomic():
        # Two processes take words of one message in at once: the second waits here and finds what the first wrote.
        known = {
            str(one.uid): one
            for one in Emergency.objects.select_for_update(of=("self",), no_key=True)
            .select_related("recording", "refers")
            .filter(uid__in={alarm for _device, alarm in wanted}, state=State.ISSUED)
            .order_by("pk")
        }
        devices = Device.objects.filter(pk__in={device for device, _alarm in wanted}, revoked_at=None)
        if listeners is None:
            listeners = queries.listeners_of(devices.select_related("unit", "zone"), localdate(at))
        holding = set(devices.values_list("pk", flat=True)) & listeners.keys()
        there = EmergencyReceipt.objects.filter(emergency__in=known.values(), device__in=holding)
        before = {(device, str(uid)) for device, uid in there.values_list("device", "emergency__uid")}
        sent = {uid: queries.sent_of(one) for uid, one in known.items()}
        new = {
            key: one
            for key, one in wanted.items()
            if one.device in holding
            and one.alarm in sent
            and key not in before
            and queries.is_for(listeners[one.device], sent[one.alarm])
        }
        EmergencyReceipt.objects.bulk_create(
            EmergencyReceipt(
                emergency=known[one.alarm],
                device_id=one.device,
                sequence=one.sequence,
                at=one.at,
                received_at=at,
                way=way,
            )
            for one in new.values()
        )
    return {key: key in new for key, one in wanted.items() if one.device in holding}


def log_receipts(*, at: datetime) -> int:
    """Copy what devices acknowledged into the air logs of their units; gives how many. The worker does it every second."""
    due = list(
        EmergencyReceipt.objects.filter(is_logged=False).select_related("device__unit", "device__zone")[
            :_MOST_RECEIPTS
        ]
    )
    people = ("made_by", "proposed_by", "issued_by")
    heard = Emergency.objects.select_related(*people).in_bulk({one.emergency_id for one in due})
    by_unit: dict[str, list[EmergencyReceipt]] = defaultdict(list)
    for one in due:
        one.emergency = heard[one.emergency_id]
        by_unit[one.device.unit_id].append(one)
    for receipts in by_unit.values():
        for first in range(0, len(receipts), _MOST_LOGGED):
            _log(receipts[0].device.unit, receipts[first : first + _MOST_LOGGED], at)
    return len(due)


@kept_in_vietnamese
@transaction.atomic
def _log(unit: Unit, receipts: Sequence[EmergencyReceipt], at: datetime) -> None:
    """Write them at the end of a unit's log, but for numbers of a device that stand there already."""
    AirLogHead.objects.get_or_create(unit=unit)
    AirLogHead.objects.select_for_update().get(unit=unit)
    numbers = AirLogEntry.objects.filter(
        device__in={one.device.log_name for one in receipts}, sequence__in={one.sequence for one in receipts}
    )
    known = set(numbers.values_list("device", "sequence"))
    entries = []
    for one in receipts:
        number = (one.device.log_name, one.sequence)
        if number in known:
            continue
        known.add(number)
        more = {
            "media": one.emergency.recording_id or "",
            "device_zone": one.device.zone.name if one.device.zone else "",
            "clock": _("đồng hồ thiết bị chạy trước") if clock_is_wrong(one.at, at) else "",
        }
        witness = WITNESS[DeviceKind(one.device.kind)]
        entry = queries.entry_of(one.emergency, Fact.SENT, witness, one.at, more=more)
        entries.append(replace(entry, device=one.device.log_name, sequence=one.sequence))
    append(unit, entries, at=at)
    EmergencyReceipt.objects.filter(pk__in=[one.pk for one in receipts]).update(is_logged=True)
