"""Who gets what from the addresses of the radio."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from dinhlang.broadcast.actions import attach_recording, load_demo, note_mourning
from dinhlang.broadcast.channels import actions as channels
from dinhlang.broadcast.channels.actions import ChannelGiven
from dinhlang.broadcast.channels.sources import Outgoing
from dinhlang.broadcast.emergency import actions as emergency
from dinhlang.broadcast.emergency.rules import Told
from dinhlang.broadcast.intake import actions as intake
from dinhlang.broadcast.models import (
    AirLogEntry,
    Bulletin,
    Channel,
    Device,
    Session,
    Slot,
    Speaker,
    StationRules,
)
from dinhlang.broadcast.players import actions as players
from dinhlang.broadcast.voicing import abbreviations
from dinhlang.org.models import Person
from dinhlang.portal.tests.cast import CAST, EVERYONE, NEIGHBOUR, ONLY_BY_A_FORM, WHO_MAY_SEE_IT

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

_WRITERS = dict.fromkeys(("van-hoa", "van-phong", "truyen-thanh"), 200)


def _bulletin(world: World) -> list[Any]:
    """One in work."""
    load_demo(at=world.at)
    return [Bulletin.objects.get(unit=world.commune, state="draft", came_as=None).pk]


def _rules(world: World) -> list[Any]:
    load_demo(at=world.at)
    return [StationRules.objects.filter(unit=world.commune).first().pk]  # type: ignore[union-attr]  # it has one


def _mourning(world: World) -> list[Any]:
    day = world.at.date()
    made = note_mourning(
        unit=world.commune, first=day, last=day, legal_basis="Thông báo", by=None, at=world.at
    )
    return [made.pk]


def _session(world: World) -> list[Any]:
    load_demo(at=world.at)
    return [Session.objects.filter(programme__unit=world.commune).first().pk]  # type: ignore[union-attr]  # so has it one


def _slot(world: World) -> list[Any]:
    load_demo(at=world.at)
    return [Slot.objects.filter(unit=world.commune).first().pk]  # type: ignore[union-attr]  # the demonstration has two


def _entry(world: World) -> list[Any]:
    load_demo(at=world.at)
    return [AirLogEntry.objects.filter(unit=world.commune).first().number]  # type: ignore[union-attr]  # so has its log


def _device(world: World) -> list[Any]:
    players.add_device(unit=world.commune, kind="player", name="Máy đài", by=None, at=world.at)
    return [Device.objects.filter(unit=world.commune).first().pk]  # type: ignore[union-attr]  # made just now


def _speaker(world: World) -> list[Any]:
    number = Speaker.objects.count()
    players.add_speaker(unit=world.commune, name=f"Loa {number}", place="Thôn Đông", by=None, at=world.at)
    return [Speaker.objects.filter(unit=world.commune).first().pk]  # type: ignore[union-attr]  # made just now


def _intake_key(world: World) -> list[Any]:
    key, _secret = intake.make_key(unit=world.commune, sender="Đài tỉnh", by=None, at=world.at)
    return [key.pk]


def _taken_in(world: World) -> list[Any]:
    taken = intake.take_in_file(
        unit=world.commune,
        data="Phòng chống sốt xuất huyết\nBà con diệt bọ gậy.".encode(),
        name="tin.txt",
        given=intake.Given(sender="Sở Y tế tỉnh"),
        by=None,
        at=world.at,
    )
    return [taken.bulletin.pk]


def _sound(world: World) -> list[Any]:
    """The recording of one in work."""
    bulletin = Bulletin.objects.get(pk=_bulletin(world)[0])
    attach_recording(bulletin=bulletin, data=b"ID3 a sound", seconds=60, by=None, at=world.at)
    return [bulletin.pk, "mp3"]


def _spoken_form(world: World) -> list[Any]:
    form = abbreviations.set_form(
        unit=world.commune, written="NVH", spoken="nhà văn hóa", section="abbreviations", by=None, at=world.at
    )
    return [form.pk]


def _emergency(world: World) -> list[Any]:
    """A draft with a sound."""
    told = Told("test", "Thử loa", "Thử loa toàn xã", "Thử loa.", "cả xã", world.at + timedelta(hours=1))
    made = emergency.begin(world.commune, told, by=None, at=world.at)
    emergency.attach(emergency=made, data=b"ID3", seconds=3, by=None, at=world.at)
    return [made.pk]


def _channel(world: World) -> list[Any]:
    """A place to which people copy."""
    known = Channel.objects.filter(unit=world.commune).first()
    given = ChannelGiven("Nhóm Zalo thôn Đông", longest=500)
    made = known or channels.add_channel(
        unit=world.commune, service="copy", given=given, by=None, at=world.at
    )
    return [made.pk]


def _delivery(world: World) -> list[Any]:
    """What is to be copied there."""
    [pk] = _channel(world)
    approver = Person.objects.order_by("pk").first()
    outgoing = Outgoing(
        kind="item",
        key="0",
        digest="d" * 64,
        approved_digest="d" * 64,
        approved_by=approver.pk if approver else 0,
        title="Nhận hồ sơ đất đai",
        lead="Xã nhận hồ sơ từ ngày mai.",
        paragraphs=("Mang theo căn cước.",),
        address="https://xa.example.vn/tin/thong-bao/nhan-ho-so/",
    )
    [made] = channels.send(
        unit=world.commune, outgoing=outgoing, channels=[Channel.objects.get(pk=pk)], by=None, at=world.at
    )
    return [made.pk]


MATRIX: dict[str, dict[str, int]] = {
    "broadcast:bulletins": EVERYONE,
    "broadcast:export": ONLY_BY_A_FORM,
    "broadcast:new": {**dict.fromkeys(CAST, 404), **_WRITERS, NEIGHBOUR: 200},
    "broadcast:programme": EVERYONE,
    "broadcast:programme-make": ONLY_BY_A_FORM,
    "broadcast:slots": EVERYONE,
    "broadcast:slot-add": ONLY_BY_A_FORM,
    "broadcast:rules": EVERYONE,
    "broadcast:rules-end": ONLY_BY_A_FORM,
    "broadcast:mourning-cancel": ONLY_BY_A_FORM,
    "broadcast:slot-end": ONLY_BY_A_FORM,
    "broadcast:session": WHO_MAY_SEE_IT,
    "broadcast:session-change": ONLY_BY_A_FORM,
    "broadcast:session-paper": WHO_MAY_SEE_IT,
    "broadcast:log": EVERYONE,
    "broadcast:log-export": ONLY_BY_A_FORM,
    "broadcast:log-take-back": ONLY_BY_A_FORM,
    "broadcast:players": EVERYONE,
    "broadcast:player-revoke": ONLY_BY_A_FORM,
    "broadcast:speaker-add": ONLY_BY_A_FORM,
    "broadcast:speaker-note": ONLY_BY_A_FORM,
    "broadcast:emergencies": EVERYONE,
    "broadcast:emergency-new": {**dict.fromkeys(CAST, 404), **_WRITERS, "chu-tich": 200, NEIGHBOUR: 200},
    "broadcast:emergency-export": ONLY_BY_A_FORM,
    "broadcast:emergency-link-make": ONLY_BY_A_FORM,
    "broadcast:emergency-link-revoke": ONLY_BY_A_FORM,
    "broadcast:emergency-take-in": ONLY_BY_A_FORM,
    "broadcast:emergency": WHO_MAY_SEE_IT,
    "broadcast:emergency-edit": {**dict.fromkeys(CAST, 404), **_WRITERS, "chu-tich": 200},
    "broadcast:emergency-step": ONLY_BY_A_FORM,
    "broadcast:emergency-recording": ONLY_BY_A_FORM,
    "broadcast:emergency-sound": WHO_MAY_SEE_IT,
    "broadcast:emergency-cap": dict.fromkeys(CAST, 404),
    "broadcast:channels": EVERYONE,
    # Back from a service that nobody was sent to: to the list of channels.
    "broadcast:channel-back": dict.fromkeys(CAST, 302),
    "broadcast:channel": WHO_MAY_SEE_IT,
    "broadcast:channel-do": ONLY_BY_A_FORM,
    "broadcast:delivery": WHO_MAY_SEE_IT,
    "broadcast:delivery-do": ONLY_BY_A_FORM,
    "broadcast:delivery-picture": dict.fromkeys(CAST, 404),
    "broadcast:bulletin": WHO_MAY_SEE_IT,
    "broadcast:edit": {**dict.fromkeys(CAST, 404), **_WRITERS},
    "broadcast:step": ONLY_BY_A_FORM,
    "broadcast:say-in": ONLY_BY_A_FORM,
    "broadcast:recording": ONLY_BY_A_FORM,
    "broadcast:intake": {**dict.fromkeys(CAST, 404), **_WRITERS, NEIGHBOUR: 200},
    "broadcast:intake-key-revoke": ONLY_BY_A_FORM,
    "broadcast:source": WHO_MAY_SEE_IT,
    "broadcast:file": ONLY_BY_A_FORM,
    "broadcast:record": {**dict.fromkeys(CAST, 404), **_WRITERS},
    "broadcast:sound": WHO_MAY_SEE_IT,
    "broadcast:sound-do": ONLY_BY_A_FORM,
    "broadcast:sound-file": WHO_MAY_SEE_IT,
    "broadcast:spoken-forms": EVERYONE,
    "broadcast:spoken-form-set": ONLY_BY_A_FORM,
    "broadcast:spoken-form-file": ONLY_BY_A_FORM,
    "broadcast:spoken-form-export": ONLY_BY_A_FORM,
    "broadcast:spoken-form-remove": ONLY_BY_A_FORM,
    "broadcast:link-make": ONLY_BY_A_FORM,
    "broadcast:link-revoke": ONLY_BY_A_FORM,
}

# For the PC at the amplifier and devices, which show a key and not a session.
PUBLIC: dict[str, int] = {
    "player": 200,
    "player-worker": 200,
    "emergency-sending": 410,
    "emergency-sending-sound": 404,
    "bulletin-approval": 410,
    "bulletin-approval-sound": 404,
    "bulletin-api:openapi-json": 200,
    "bulletin-api:api-root": 404,
    "bulletin-api:send": 405,
    "bulletin-api:recording": 405,
    "bulletin-api:standing": 401,
    "bulletin-api:withdraw": 405,
    "device-api:openapi-json": 200,
    "device-api:api-root": 404,
    "cap-file": 404,
    "device-api:alarms": 401,
    "device-api:alarm_heard": 405,
    "device-api:schedule": 401,
    "device-api:media": 401,
    "device-api:events": 405,
    "device-api:heartbeat": 405,
}

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "broadcast:export": lambda world: ["csv"],
    "broadcast:emergency-export": lambda world: ["csv"],
    "broadcast:emergency-link-make": _emergency,
    "broadcast:emergency-link-revoke": lambda world: [1],
    "emergency-sending": lambda world: ["khong-co"],
    "emergency-sending-sound": lambda world: ["khong-co"],
    "broadcast:slot-end": _slot,
    "broadcast:rules-end": _rules,
    "broadcast:mourning-cancel": _mourning,
    "broadcast:session": _session,
    "broadcast:session-change": _session,
    "broadcast:session-paper": _session,
    "broadcast:log-export": lambda world: ["csv"],
    "broadcast:log-take-back": _entry,
    "broadcast:player-revoke": _device,
    "broadcast:speaker-note": _speaker,
    "device-api:media": lambda world: ["0" * 64],
    "broadcast:emergency": _emergency,
    "broadcast:emergency-edit": _emergency,
    "broadcast:emergency-step": _emergency,
    "broadcast:emergency-recording": _emergency,
    "broadcast:emergency-sound": _emergency,
    "broadcast:emergency-cap": _emergency,
    "cap-file": lambda world: [UUID(int=1)],
    "broadcast:channel": _channel,
    "broadcast:channel-do": _channel,
    "broadcast:delivery": _delivery,
    "broadcast:delivery-do": _delivery,
    "broadcast:delivery-picture": lambda world: [*_delivery(world), "vuong"],
    "broadcast:bulletin": _bulletin,
    "broadcast:edit": _bulletin,
    "broadcast:step": _bulletin,
    "broadcast:say-in": _bulletin,
    "broadcast:recording": _bulletin,
    "broadcast:intake-key-revoke": _intake_key,
    "broadcast:source": _taken_in,
    "broadcast:file": _bulletin,
    "bulletin-api:recording": lambda world: ["khong-co"],
    "bulletin-api:standing": lambda world: ["khong-co"],
    "bulletin-api:withdraw": lambda world: ["khong-co"],
    "broadcast:record": _bulletin,
    "broadcast:sound": _bulletin,
    "broadcast:sound-do": _bulletin,
    "broadcast:sound-file": _sound,
    "broadcast:spoken-form-export": lambda world: ["csv"],
    "broadcast:spoken-form-remove": _spoken_form,
    "broadcast:link-make": _bulletin,
    "broadcast:link-revoke": lambda world: [1],
    "bulletin-approval": lambda world: ["khong-co"],
    "bulletin-approval-sound": lambda world: ["khong-co"],
}
