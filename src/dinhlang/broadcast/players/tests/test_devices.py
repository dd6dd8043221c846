"""Devices with their keys: what they are told, what they say late, twice or falsely, and when somebody is called."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dinhlang.broadcast import actions, queries
from dinhlang.broadcast.actions import SlotGiven
from dinhlang.broadcast.models import AirLogEntry, Bulletin, Device, Programme, Session, Speaker
from dinhlang.broadcast.players import actions as players
from dinhlang.broadcast.players import queries as asked
from dinhlang.broadcast.rules.kinds import Kind
from dinhlang.broadcast.rules.log import Fact
from dinhlang.broadcast.rules.words import Words
from dinhlang.broadcast.tests.test_bulletins import approved, written
from dinhlang.cli.player import player
from dinhlang.config import start
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.tests.clients import as_

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.integration,
    pytest.mark.usefixtures("own_data", "clock_of_the_cast"),
]

API = "/api/phat-thanh/v1/"
SOUND = b"ID3" + bytes(range(256)) * 20
HASH = hashlib.sha256(SOUND).hexdigest()


@pytest.fixture
def programme(cast: Cast) -> Programme:
    """A settled July with one recorded bulletin, each evening."""
    actions.add_slot(
        unit=cast.commune,
        slot=SlotGiven("Buổi chiều", "hằng ngày", time(17), 15),
        by=cast.radio_operator,
        at=cast.now,
    )
    bulletin = written(cast, Words("Nhận hồ sơ đất đai", "Xã nhận hồ sơ từ mai."), field="thu-tuc")
    actions.attach_recording(bulletin=bulletin, data=SOUND, seconds=80, by=cast.radio_operator, at=cast.now)
    bulletin = approved(cast, bulletin)
    made, _skipped = actions.make_programme(
        unit=cast.commune, year=2023, month=7, by=cast.radio_operator, at=cast.now
    )
    for session in made.sessions.filter(items=None, day__lte="2023-07-23"):
        actions.place_bulletin(session=session, bulletin=bulletin, by=cast.radio_operator, at=cast.now)
    actions.settle_programme(programme=made, by=cast.radio_operator, at=cast.now)
    return made


class Box:
    """A device at the other end of the line."""

    def __init__(self, device: Device, secret: str) -> None:
        self.device, self.secret, self.clock = device, secret, timezone.now()

    def get(self, path: str, **headers: str) -> Any:
        return Client().get(API + path, headers={"Authorization": f"Bearer {self.secret}", **headers})

    def post(self, path: str, **body: Any) -> Any:
        told = {"device": self.device.log_name, "now": self.clock.isoformat(), **body}
        return Client().post(
            API + path,
            json.dumps(told),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}"},
        )

    def plays(self) -> list[dict[str, Any]]:
        return [play for session in self.get("schedule").json()["sessions"] for play in session["plays"]]


@pytest.fixture
def box(cast: Cast, programme: Programme) -> Box:
    device, secret = players.add_device(
        unit=cast.commune, kind="player", name="Máy tính đài", by=cast.radio_operator, at=cast.now
    )
    return Box(device, secret)


def event(sequence: int, play: str, at: datetime, fact: str = "aired", **more: Any) -> dict[str, Any]:
    ended = (at + timedelta(seconds=80)).isoformat() if fact == "aired" else None
    return {
        "sequence": sequence, "fact": fact, "play": play, "at": at.isoformat(), "ended_at": ended, "media": HASH, **more
    }  # fmt: skip


def log(fact: Fact = Fact.AIRED) -> list[AirLogEntry]:
    return list(AirLogEntry.objects.filter(fact=fact, witness="player").order_by("number"))


# --- Keys ---------------------------------------------------------------------------------------------------------


def test_a_key_is_given_out_by_whoever_plans_and_only_its_hash_is_kept(cast: Cast) -> None:
    for stranger in (cast.neighbour, cast.hamlet_head, cast.reviewer):
        with pytest.raises(NotAllowed):
            players.add_device(unit=cast.commune, kind="player", name="x", by=stranger, at=cast.now)
    device, secret = players.add_device(
        unit=cast.commune, kind="player", name=" Máy  đài ", by=cast.radio_operator, at=cast.now
    )
    assert device.name == "Máy đài"
    assert secret not in json.dumps([str(value) for value in vars(device).values()])
    assert players.device_of(secret, cast.now) == device
    with pytest.raises(NotAllowed):
        players.revoke_device(device=device, by=cast.neighbour, at=cast.now)
    players.revoke_device(device=device, by=cast.radio_operator, at=cast.now)
    with pytest.raises(players.NoKey, match="thu hồi"):
        players.device_of(secret, cast.now)
    with pytest.raises(Refused, match="thu hồi rồi"):
        players.revoke_device(device=device, by=cast.radio_operator, at=cast.now)


def test_without_a_key_that_holds_nothing_is_told_and_nothing_taken(cast: Cast, box: Box) -> None:
    play = box.plays()[0]["play"]
    assert Client().get(f"{API}schedule").status_code == 401
    players.revoke_device(device=box.device, by=cast.radio_operator, at=cast.now)
    for answer in (
        box.get("schedule"),
        box.get(f"media/{HASH}"),
        box.post("events", events=[event(1, play, cast.now)]),
        box.post("heartbeat"),
    ):
        assert answer.status_code == 401
        assert "thu hồi" in answer.json()["message"]
    assert not log()


def test_whoever_guesses_keys_is_stopped(cast: Cast, box: Box) -> None:
    guess = Box(box.device, "dlp_" + "x" * 43)
    answers = {guess.get("schedule").status_code for _try in range(21)}
    assert answers == {401, 429}


def test_a_device_that_lies_about_its_id_is_refused_and_noted(cast: Cast, box: Box) -> None:
    other, _secret = players.add_device(
        unit=cast.neighbour_commune, kind="player", name="Máy khác", by=None, at=cast.now
    )
    play = box.plays()[0]["play"]
    for answer in (
        box.post("events", device=other.log_name, events=[event(1, play, cast.now)]),
        box.post("heartbeat", device=other.log_name),
    ):
        assert answer.status_code == 403
    assert not log()
    [entry] = AuditEntry.objects.filter(action="air.device-lie")
    assert (entry.unit_id, entry.detail["said"]) == (cast.commune.pk, other.log_name)


# --- The schedule -------------------------------------------------------------------------------------------------


def test_the_schedule_is_told_once_and_again_when_it_changed(cast: Cast, box: Box) -> None:
    answer = box.get("schedule")
    body, tag = answer.json(), answer.headers["ETag"]
    assert [one["starts_at"][:16] for one in body["sessions"]] == [
        f"2023-07-{day}T17:00" for day in (20, 21, 22, 23)
    ]
    assert body["sessions"][0]["plays"][0] | {"play": ""} == {
        "play": "", "title": "Nhận hồ sơ đất đai", "kind": Kind.NEWS, "priority": 1, "seconds": 80,
        "digest": Bulletin.objects.get().approved.digest, "media": HASH, "size": len(SOUND), "type": "audio/mpeg",
    }  # fmt: skip
    assert box.get("schedule", **{"If-None-Match": tag}).status_code == 304
    assert box.post("heartbeat").json()["schedule"] == tag
    actions.cancel_session(
        session=Session.objects.get(day="2023-07-21"), reason="Mưa bão", by=cast.radio_operator, at=cast.now
    )
    later = box.get("schedule", **{"If-None-Match": tag})
    assert later.status_code == 200
    assert [one["why"] for one in later.json()["withdrawn"]] == ["buổi phát đã hủy"]
    assert len(later.json()["sessions"]) == 3


def test_nothing_of_what_is_withdrawn_is_told_nor_given(cast: Cast, box: Box) -> None:
    uids = {one["play"] for one in box.plays()}
    assert box.get(f"media/{HASH}").content == SOUND
    actions.withdraw(bulletin=Bulletin.objects.get(), reason="Sai giờ", by=cast.chair, at=cast.now)
    body = box.get("schedule").json()
    assert body["sessions"] == []
    assert {one["play"] for one in body["withdrawn"]} == uids
    assert box.get(f"media/{HASH}").status_code == 404


def test_only_what_a_person_settled_and_for_the_zone_is_told(cast: Cast, programme: Programme) -> None:
    Session.objects.filter(day="2023-07-21").update(zone="Thôn Đông")
    counts = {}
    for zone in ("", "thôn đông", "Thôn Tây"):
        device, _secret = players.add_device(
            unit=cast.commune, kind="device", name=f"Loa {zone}", zone=zone, by=None, at=cast.now
        )
        counts[zone] = len(asked.schedule_of(device, cast.now)["sessions"])
    assert counts == {"": 4, "thôn đông": 4, "Thôn Tây": 3}
    Programme.objects.update(settled_at=None)
    assert asked.schedule_of(device, cast.now)["sessions"] == []


def test_a_neighbour_hears_nothing_of_this_commune(cast: Cast, box: Box) -> None:
    device, secret = players.add_device(
        unit=cast.neighbour_commune, kind="player", name="Máy Bến Dừa", by=None, at=cast.now
    )
    other = Box(device, secret)
    assert other.plays() == []
    assert other.get(f"media/{HASH}").status_code == 404
    answer = other.post("events", events=[event(1, box.plays()[0]["play"], cast.now)])
    assert [one["sequence"] for one in answer.json()["refused"]] == [1]


def test_sound_is_given_in_parts_too(box: Box) -> None:
    whole = box.get(f"media/{HASH}")
    assert (whole.status_code, whole.headers["Accept-Ranges"]) == (200, "bytes")
    part = box.get(f"media/{HASH}", Range="bytes=10-19")
    assert (part.status_code, part.content) == (206, SOUND[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(SOUND)}"
    assert box.get(f"media/{HASH}", Range=f"bytes={len(SOUND)}-").status_code == 416
    assert box.get("media/khong-co").status_code == 404


def test_a_schedule_is_asked_for_in_a_bounded_number_of_questions(
    box: Box, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(9):  # three of the schedule; rules and days of mourning in force
        asked.schedule_of(box.device, cast.now)


# --- What devices say ---------------------------------------------------------------------------------------------


def test_what_was_aired_is_written_once_however_often_it_is_sent(cast: Cast, box: Box) -> None:
    play = box.plays()[0]["play"]
    batch = [event(1, play, cast.now, "sent"), event(2, play, cast.now)]
    assert box.post("events", events=batch).json()["written"] == [1, 2]
    again = box.post("events", events=[*batch, event(3, play, cast.now)]).json()
    assert (again["known"], again["written"]) == ([1, 2], [3])
    assert len(log()) == 2
    assert queries.first_wrong(cast.commune) is None
    assert box.post("heartbeat").json()["next_sequence"] == 4
    [row] = [row for row in queries.book(cast.commune, cast.today, cast.today) if row.standing == "aired"]
    assert row.witness == f"máy phát {box.device.log_name}"


def test_logs_that_come_days_late_count_for_their_day(
    cast: Cast, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = box.plays()[0]["play"]
    aired_at = cast.now + timedelta(hours=8)
    later = cast.now + timedelta(days=6)
    monkeypatch.setattr(timezone, "now", lambda: later)
    box.clock = later
    assert box.post("events", events=[event(1, play, aired_at)]).json()["written"] == [1]
    [entry] = log()
    assert (entry.day, entry.at, entry.received_at) == (cast.today, aired_at, later)
    assert actions.count_due(at=later) == 1


def test_the_log_names_the_edition_that_was_heard_when_a_bulletin_was_revised(cast: Cast, box: Box) -> None:
    play = box.plays()[0]["play"]
    box.post("events", events=[event(1, play, cast.now)])
    bulletin = actions.revise(bulletin=Bulletin.objects.get(), by=cast.radio_operator, at=cast.now)
    newer = SOUND + b"sua"
    actions.attach_recording(bulletin=bulletin, data=newer, seconds=90, by=cast.radio_operator, at=cast.now)
    assert {one["media"] for one in box.plays()} == {HASH}
    approved(cast, bulletin)
    [media] = {one["media"] for one in box.plays()}
    assert media == hashlib.sha256(newer).hexdigest()
    answer = box.post(
        "events", events=[event(2, play, cast.now, media=media), event(3, play, cast.now)]
    ).json()
    assert answer["written"] == [2, 3]
    assert [(one.said["edition"], one.said["recording"]) for one in log()] == [
        (1, HASH),
        (2, media),
        (1, HASH),
    ]


@pytest.mark.parametrize("hours", [-7, 5])
def test_of_a_clock_that_is_hours_off_both_times_are_kept(cast: Cast, box: Box, hours: int) -> None:
    play = box.plays()[0]["play"]
    box.clock = cast.now + timedelta(hours=hours)
    answer = box.post("events", events=[event(1, play, box.clock)]).json()
    assert (answer["written"], answer["clock_off"]) == ([1], hours * 3600)
    [entry] = log()
    assert (entry.at, entry.received_at, entry.day) == (box.clock, cast.now, cast.today)
    assert f"{abs(hours)} giờ" in entry.said["clock"]
    players.watch_devices(at=cast.now)
    box.device.refresh_from_db()
    assert (box.device.alarm, box.device.clock_off) == ("clock", hours * 3600)


def test_what_cannot_be_is_refused_one_by_one(cast: Cast, box: Box) -> None:
    play = box.plays()[0]["play"]
    answer = box.post(
        "events",
        events=[
            event(1, play, cast.now),
            event(2, str(uuid4()), cast.now),
            event(3, play, cast.now, media="0" * 64),
            event(4, play, cast.now.replace(year=9000)),
            event(5, play, cast.now, ended_at=(cast.now - timedelta(hours=1)).isoformat()),
        ],
    ).json()
    assert answer["written"] == [1]
    assert sorted(one["sequence"] for one in answer["refused"]) == [2, 3, 4, 5]
    taken = box.post("events", events=[event(1, play, cast.now, "missed")]).json()
    assert [one["sequence"] for one in taken["refused"]] == [1]


@pytest.mark.parametrize(
    "broken",
    [
        {"events": [{"sequence": 1}]},
        {"events": "x"},
        {"events": [], "now": "hôm qua"},
        {"events": [], "now": "2023-07-20T09:00:00"},
        {"events": [{"sequence": -1, "fact": "aired", "play": str(uuid4()), "at": "2023-07-20T09:00:00Z"}]},
        {"events": [{"sequence": 1, "fact": "planned", "play": str(uuid4()), "at": "2023-07-20T09:00:00Z"}]},
        {
            "events": [{"sequence": 1, "fact": "sent", "play": str(uuid4()), "at": "2023-07-20T09:00:00Z"}]
            * 501
        },
    ],
)
def test_what_cannot_be_read_is_said_so(box: Box, broken: dict[str, Any]) -> None:
    answer = box.post("events", **broken)
    assert answer.status_code == 422
    assert "OpenAPI" in answer.json()["message"]


def test_what_is_wrong_is_named_by_its_place(client: Client, box: Box) -> None:
    play = {"sequence": 1, "fact": "sent", "play": str(uuid4()), "at": "hôm qua"}
    assert "“events.0.at”" in box.post("events", events=[play]).json()["message"]
    headers = {"Authorization": f"Bearer {box.secret}"}
    answer = client.post(f"{API}events", "{oops", content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()) == (
        400,
        {"message": "Nội dung gửi lên không phải JSON đọc được."},
    )


def test_the_description_names_every_question(client: Client) -> None:
    paths = client.get(f"{API}openapi.json").json()["paths"]
    assert set(paths) == {
        API + one for one in ("schedule", "media/{sha256}", "events", "alarms", "alarms/heard", "heartbeat")
    }


# --- Alarms -------------------------------------------------------------------------------------------------------


def test_a_silent_device_calls_somebody_and_stops_when_it_is_heard(
    cast: Cast, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.post("heartbeat", volume=80)
    assert players.watch_devices(at=cast.now) == 0
    # The session begins at five; nobody is called while the amplifier may be off.
    assert players.watch_devices(at=cast.now + timedelta(hours=4)) == 0
    evening = cast.now + timedelta(hours=7, minutes=30)
    assert players.watch_devices(at=evening) == 1
    assert players.watch_devices(at=evening + timedelta(minutes=1)) == 0
    [device] = asked.in_alarm(cast.commune)
    assert (device.alarm, device.alarm_since) == ("silent", evening)
    assert not asked.in_alarm(cast.neighbour_commune)
    speaker = players.add_speaker(
        unit=cast.commune, name="Loa 1", place="Thôn Đông", device=device, by=cast.radio_operator, at=cast.now
    )
    [shown] = asked.with_silence(asked.speakers_of(cast.commune))
    assert (shown.speaker, shown.is_silent) == (speaker, True)
    told = as_(cast.radio_operator).get(reverse("desk:home")).content.decode()
    assert "Mất liên lạc: Máy tính đài" in told
    assert "Mất liên lạc" not in as_(cast.hamlet_head).get(reverse("desk:home")).content.decode()
    monkeypatch.setattr(timezone, "now", lambda: evening)
    box.clock = evening
    box.post("heartbeat")
    assert players.watch_devices(at=evening) == 1
    assert not asked.in_alarm(cast.commune)


# --- The desk -----------------------------------------------------------------------------------------------------


def test_the_operator_adds_a_player_and_a_speaker_and_writes_how_it_is_heard(cast: Cast) -> None:
    operator, there = as_(cast.radio_operator), reverse("broadcast:players")
    page = operator.post(
        there, {"m-name": "Máy đài", "m-kind": "player", "m-place": "Trụ sở"}
    ).content.decode()
    device = Device.objects.get()
    assert "/may-phat/#dlp_" in page
    assert "/may-phat/#dlp_" not in operator.get(there).content.decode()
    operator.post(
        reverse("broadcast:speaker-add"),
        {"l-name": "Loa 1", "l-place": "Nhà văn hóa", "l-zone": "Thôn Đông", "l-device": str(device.pk)},
    )
    speaker = Speaker.objects.get()
    assert (speaker.device, str(speaker.zone)) == (device, "Thôn Đông")
    operator.post(reverse("broadcast:speaker-note", args=[speaker.pk]), {"state": "faulty", "note": "Rè"})
    assert "Hỏng, rè, nhỏ tiếng" in operator.get(there).content.decode()
    operator.post(reverse("broadcast:player-revoke", args=[device.pk]))
    assert "Đã thu hồi" in operator.get(there).content.decode()
    with pytest.raises(Unfit):
        players.note_speaker(speaker=speaker, state="x", by=cast.radio_operator, at=cast.now)


def test_the_page_that_plays_says_nothing_of_anybody_and_runs_no_inline_script(client: Client) -> None:
    answer = client.get("/may-phat/")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "media-src blob:" in policy
    assert b"<script>" not in answer.content
    worker = client.get("/may-phat/may.js")
    assert worker.headers["Content-Type"] == "text/javascript"
    assert '"/may-phat/"' in worker.content.decode()


# --- By files -----------------------------------------------------------------------------------------------------


def test_a_device_without_a_line_is_given_its_files_and_its_log_counts_once(
    cast: Cast, programme: Programme, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(start, "ready", lambda: None)
    device, _secret = players.add_device(
        unit=cast.commune, kind="device", name="Cụm thôn Đông", by=cast.radio_operator, at=cast.now
    )
    stick = tmp_path / "the-nho"
    stick.mkdir()

    def said(*arguments: str, fails: bool = False) -> str:
        done = CliRunner().invoke(player, arguments)
        assert bool(done.exit_code) is fails, done.output
        return done.output

    assert "Cụm thôn Đông\tchưa lần nào" in said("list", "--unit", "ben-truc")
    there = (str(device.pk), str(stick))
    assert "Đã ghi 4 mục" in said("sync", *there)
    assert (stick / "am-thanh" / f"{HASH}.mp3").read_bytes() == SOUND
    play = asked.schedule_of(device, cast.now)["sessions"][0]["plays"][0]["play"]
    (stick / "nhat-ky.csv").write_text(
        f"số,việc,mã mục,từ,đến,tệp,ghi chú\n1,da-phat,{play},20/07/2023 17:00:05,20/07/2023 17:01:25,{HASH}.mp3,\n"
        f"x,da-phat,{play},20/07/2023 17:00:05,,,\n",
        "utf-8",
    )
    first = said("sync", *there)
    assert "ghi mới 1, đã có 0" in first
    assert "Dòng 3" in first
    assert "ghi mới 0, đã có 1" in said("sync", *there)
    assert AirLogEntry.objects.filter(fact=Fact.AIRED, witness="device").count() == 1
    actions.withdraw(bulletin=Bulletin.objects.get(), reason="Sai giờ", by=cast.chair, at=cast.now)
    said("sync", *there)
    assert not list((stick / "am-thanh").iterdir())
    assert "chưa báo trạng thái" in said("order", *there, "--volume", "70", "--stop")
    assert "am-luong,70" in (stick / "lenh.csv").read_text("utf-8-sig")
    players.revoke_device(device=device, by=cast.radio_operator, at=cast.now)
    assert "đang dùng" in said("sync", *there, fails=True)
