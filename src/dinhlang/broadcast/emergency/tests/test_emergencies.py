"""Emergency messages: two people, never edited, heard at once by the devices they are for, each word once in the air log."""

from __future__ import annotations

import io
import json
import math
import struct
import threading
import wave
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone

from dinhlang.broadcast import queries as broadcast
from dinhlang.broadcast.emergency import actions, gathering, queries, rules
from dinhlang.broadcast.emergency.rules import Message, State, Status, Told
from dinhlang.broadcast.emergency.standing import HEARD, Standing
from dinhlang.broadcast.models import AirLogEntry, Device, Emergency, EmergencyReceipt
from dinhlang.broadcast.players import actions as players
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.rules.moves import WrongMove

if TYPE_CHECKING:
    from datetime import datetime

    from conftest import Cast
    from dinhlang.org.models import Person, Unit

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.integration,
    pytest.mark.usefixtures("own_data", "clock_of_the_cast"),
]

API = "/api/phat-thanh/v1/"


def tone(seconds: int = 1, pitch: int = 3) -> bytes:
    """A sound file of its own."""
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        wanted = [round(9000 * math.sin(n / pitch)) for n in range(8000 * seconds)]
        file.writeframes(struct.pack(f"<{len(wanted)}h", *wanted))
    return sound.getvalue()


def flood(at: datetime, **more: Any) -> Told:
    """What is said when the river comes."""
    told = Told(
        status=Status.ACTUAL,
        event="Lũ quét",
        headline="Lũ quét ở suối Cạn",
        words="Nước suối Cạn lên nhanh. Bà con thôn Đông lên nhà văn hóa ngay.",
        area="Thôn Đông",
        expires_at=at + timedelta(hours=6),
    )
    return replace(told, **more)


def proposed(
    cast: Cast, unit: Unit | None = None, *, by: Person | None = None, pitch: int = 3, **more: Any
) -> Emergency:
    """A message with a sound of its own that waits for the second person."""
    unit = unit or cast.commune
    made = actions.begin(unit, flood(cast.now, **more), by=by or cast.radio_operator, at=cast.now)
    made = attached(made, cast, pitch)
    made.state, made.proposed_at, made.proposed_by = State.PROPOSED, cast.now, by or cast.radio_operator
    made.save()
    return made


def attached(made: Emergency, cast: Cast, pitch: int) -> Emergency:
    from dinhlang.work import blobs

    made.recording, made.seconds = blobs.store(tone(pitch=pitch), None, cast.now), 1
    made.save()
    return made


def issued(
    cast: Cast, emergency: Emergency | None = None, at: datetime | None = None, **more: Any
) -> Emergency:
    """A message that the chairwoman sent."""
    emergency = emergency or proposed(cast, **more)
    return actions.issue(
        emergency=emergency, seen=queries.digest_of(emergency), by=cast.chair, at=at or cast.now
    )


def followed(cast: Cast, before: Emergency, message: str, pitch: int, at: datetime) -> Emergency:
    """An update or a cancellation, sent."""
    made = actions.follow(emergency=before, message=message, by=cast.radio_operator, at=at)
    made = attached(made, cast, pitch)
    made = actions.propose(emergency=made, by=cast.radio_operator, at=at)
    return issued(cast, made, at)


class Box:
    """A device at the other end of the line."""

    def __init__(
        self, cast: Cast, unit: Unit | None = None, *, zone: str = "", name: str = "Máy đài"
    ) -> None:
        self.cast = cast
        self.device, secret = players.add_device(
            unit=unit or cast.commune, kind="player", name=name, zone=zone, by=None, at=cast.now
        )
        self.headers = {"Authorization": f"Bearer {secret}"}

    def get(self, path: str, **headers: str) -> Any:
        return Client().get(API + path, headers={**self.headers, **headers})

    def post(self, path: str, **body: Any) -> Any:
        told = {"device": self.device.log_name, **body}
        return Client().post(
            API + path, json.dumps(told), content_type="application/json", headers=self.headers
        )

    def alarms(self) -> list[str]:
        return [one["alarm"] for one in self.get("alarms").json()["alarms"]]

    def heard(self, emergency: Emergency, sequence: int = 1, **more: Any) -> Any:
        at = self.cast.now.isoformat()
        return self.post("alarms/heard", alarm=str(emergency.uid), sequence=sequence, at=at, **more)

    def aired(self, emergency: Emergency, sequence: int = 2, media: str | None = None) -> dict[str, Any]:
        began = self.cast.now
        event = {
            "sequence": sequence, "fact": "aired", "play": str(emergency.uid), "at": began.isoformat(),
            "ended_at": (began + timedelta(seconds=5)).isoformat(), "media": media or emergency.recording_id,
        }  # fmt: skip
        told: dict[str, Any] = self.post("events", now=began.isoformat(), events=[event]).json()
        return told


def facts(unit: Unit, emergency: Emergency) -> list[tuple[str, str]]:
    rows = AirLogEntry.objects.filter(unit=unit, play=emergency.uid).order_by("number")
    return [(one.fact, one.witness) for one in rows]


# --- Two people ---------------------------------------------------------------------------------------------------


def test_one_writes_and_proposes_and_a_leader_sends(cast: Cast) -> None:
    for stranger in (cast.neighbour, cast.hamlet_head, cast.reviewer):
        with pytest.raises(NotAllowed):
            actions.write(unit=cast.commune, told=flood(cast.now), by=stranger, at=cast.now)
    emergency = proposed(cast)
    seen = queries.digest_of(emergency)
    for stranger in (cast.neighbour, cast.radio_operator, cast.culture_officer):
        with pytest.raises(NotAllowed):
            actions.issue(emergency=emergency, seen=seen, by=stranger, at=cast.now)
    with pytest.raises(Refused, match="thay đổi sau khi bạn mở trang"):
        actions.issue(emergency=emergency, seen="0" * 64, by=cast.chair, at=cast.now)
    assert Box(cast).alarms() == []
    sent = actions.issue(emergency=emergency, seen=seen, by=cast.chair, at=cast.now)
    assert (sent.state, sent.digest) == (State.ISSUED, seen)
    said = AuditEntry.objects.filter(action="emergency.issue").get()
    assert said.detail["digest"] == seen


@pytest.mark.parametrize("status", [Status.ACTUAL, Status.EXERCISE])
def test_a_leader_who_wrote_it_needs_another_leader(cast: Cast, status: str) -> None:
    emergency = proposed(cast, by=cast.chair, status=status)
    with pytest.raises(rules.OnePerson, match="Nhờ một lãnh đạo khác"):
        issued(cast, emergency)
    with pytest.raises(IntegrityError), transaction.atomic():
        # The database says so too.
        Emergency.objects.filter(pk=emergency.pk).update(
            state="issued", issued_at=cast.now, issued_by=cast.chair, digest="0" * 64
        )


def test_a_test_may_be_sent_by_the_operator_alone_and_says_that_it_is_one(cast: Cast) -> None:
    emergency = proposed(cast, status=Status.TEST)
    sent = actions.issue(
        emergency=emergency, seen=queries.digest_of(emergency), by=cast.radio_operator, at=cast.now
    )
    [told] = Box(cast).get("alarms").json()["alarms"]
    assert told["status"] == "test"
    assert told["title"].startswith("Thử hệ thống – ")
    assert rules.spoken(sent.status, sent.words).count("Đây là thử hệ thống loa.") == 2


def test_what_is_proposed_stands_until_it_is_taken_back(cast: Cast) -> None:
    emergency = proposed(cast)
    with pytest.raises(Refused, match="Chỉ sửa được bản nháp"):
        actions.edit(emergency=emergency, told=flood(cast.now), seen=1, by=cast.radio_operator, at=cast.now)
    actions.take_back(emergency=emergency, by=cast.radio_operator, at=cast.now)
    told = flood(cast.now, headline="Lũ quét, sạt lở")
    with pytest.raises(Refused, match="Người khác vừa sửa"):
        actions.edit(emergency=emergency, told=told, seen=0, by=cast.radio_operator, at=cast.now)
    actions.edit(emergency=emergency, told=told, seen=1, by=cast.radio_operator, at=cast.now)
    with pytest.raises(WrongMove):
        issued(cast, emergency)
    actions.drop(emergency=emergency, by=cast.radio_operator, at=cast.now)
    with pytest.raises(WrongMove):
        actions.propose(emergency=emergency, by=cast.radio_operator, at=cast.now)


def test_a_message_out_of_date_is_not_sent(cast: Cast) -> None:
    emergency = proposed(cast)
    with pytest.raises(Refused, match="hết hiệu lực"):
        issued(cast, emergency, at=cast.now + timedelta(hours=7))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"event": " "}, "event"),
        ({"headline": "a" * 200}, "headline"),
        ({"words": "<b></b>"}, "words"),
        ({"area": ""}, "area"),
        ({"status": "draft"}, "status"),
        ({"severity": "Bad"}, "severity"),
        ({"repeats": 0}, "repeats"),
        ({"repeats": 11}, "repeats"),
    ],
)
def test_what_cannot_be_sent_is_named(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Unfit) as reason:
        rules.fit(flood(cast.now, **wrong), at=cast.now)
    assert reason.value.field == field


def test_a_message_holds_from_now_for_a_week_at_most(cast: Cast) -> None:
    for hours in (0, -1, 7 * 24 + 1):
        with pytest.raises(Unfit, match="không quá 7 ngày"):
            rules.fit(flood(cast.now, expires_at=cast.now + timedelta(hours=hours)), at=cast.now)


# --- Never edited -------------------------------------------------------------------------------------------------


def test_the_database_refuses_to_change_what_was_sent(cast: Cast) -> None:
    sent = issued(cast)
    for change in ({"words": "khác"}, {"state": "dropped"}, {"expires_at": cast.now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Emergency.objects.filter(pk=sent.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Emergency.objects.filter(pk=sent.pk).delete()


def test_an_update_and_a_cancellation_take_the_place_of_what_they_refer_to(cast: Cast) -> None:
    box, first = Box(cast), issued(cast)
    assert box.alarms() == [str(first.uid)]
    second = followed(cast, first, Message.UPDATE, 4, cast.now + timedelta(seconds=1))
    assert box.alarms() == [str(second.uid)]
    third = followed(cast, second, Message.CANCEL, 5, cast.now + timedelta(seconds=2))
    told = box.get("alarms").json()
    assert [one["alarm"] for one in told["alarms"]] == [str(third.uid)]
    assert {one["alarm"]: one["why"] for one in told["ended"]} == {
        str(first.uid): "báo động đã hủy",
        str(second.uid): "báo động đã hủy",
    }
    with pytest.raises(Refused, match="thông điệp mới hơn"):
        actions.follow(emergency=first, message=Message.CANCEL, by=cast.radio_operator, at=cast.now)
    assert queries.tip_of(first) == third
    assert queries.is_over(first, cast.now)


def test_two_people_who_follow_one_message_at_once_send_one(cast: Cast) -> None:
    first = issued(cast)
    drafts = [
        actions.follow(emergency=first, message=message, by=cast.radio_operator, at=cast.now)
        for message in (Message.UPDATE, Message.CANCEL)
    ]
    ready = [
        actions.propose(emergency=attached(one, cast, 6), by=cast.radio_operator, at=cast.now)
        for one in drafts
    ]
    issued(cast, ready[0])
    with pytest.raises(Refused, match="thông điệp mới hơn"):
        issued(cast, ready[1])


def test_what_was_not_sent_has_nothing_to_follow(cast: Cast) -> None:
    with pytest.raises(Refused, match="chưa phát"):
        actions.follow(emergency=proposed(cast), message=Message.CANCEL, by=cast.radio_operator, at=cast.now)


# --- Who hears it -------------------------------------------------------------------------------------------------


def test_a_message_reaches_the_devices_of_its_unit_and_of_those_below_and_of_its_zone(cast: Cast) -> None:
    here, east, west = Box(cast), Box(cast, zone="Thôn Đông"), Box(cast, zone="Thôn Tây")
    there = Box(cast, cast.neighbour_commune)
    own = issued(cast, zone="thôn đông")
    assert (here.alarms(), east.alarms(), west.alarms(), there.alarms()) == (
        [str(own.uid)], [str(own.uid)], [], [],
    )  # fmt: skip
    assert [one.device for one in queries.hearings(own, cast.now)] == [here.device, east.device]
    wide = proposed(cast, cast.province, by=cast.reviewer, pitch=7, severity="Extreme")
    Emergency.objects.filter(pk=wide.pk).update(
        state="issued", issued_at=cast.now, issued_by=cast.chair, digest="1" * 64
    )
    assert here.alarms() == [str(wide.uid), str(own.uid)]
    assert there.alarms() == [str(wide.uid)]
    assert [one["alarm"] for one in queries.alarms_for(there.device, cast.now)["alarms"]] == [str(wide.uid)]
    wide.refresh_from_db()
    there.heard(wide)
    there.aired(wide)
    assert actions.log_receipts(at=cast.now) == 1
    assert facts(cast.neighbour_commune, wide) == [("aired", "player"), ("sent", "player")]


def test_the_sound_of_a_message_is_fetched_while_it_is_live_and_not_by_others(cast: Cast) -> None:
    box, there, first = Box(cast), Box(cast, cast.neighbour_commune), issued(cast)
    path = f"media/{first.recording_id}"
    assert box.get(path).content == tone()
    assert there.get(path).status_code == 404
    followed(cast, first, Message.CANCEL, 8, cast.now + timedelta(seconds=1))
    assert box.get(path).status_code == 404


def test_asking_again_costs_nothing_while_nothing_changed(cast: Cast) -> None:
    box = Box(cast)
    tag = box.get("alarms")["ETag"]
    assert box.get("alarms", **{"If-None-Match": tag}).status_code == 304
    issued(cast)
    assert box.get("alarms", **{"If-None-Match": tag}).status_code == 200
    assert Client().get(f"{API}alarms").status_code == 401


def test_of_two_messages_the_graver_is_heard_first_and_of_equals_the_newer(cast: Cast) -> None:
    minor = issued(cast, severity="Minor")
    older = issued(cast, severity="Severe", pitch=4)
    newer = issued(cast, proposed(cast, severity="Severe", pitch=5), cast.now + timedelta(seconds=1))
    assert Box(cast).alarms() == [str(one.uid) for one in (newer, older, minor)]


def test_what_is_out_of_date_is_not_heard_and_says_why(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    box, sent = Box(cast), issued(cast)
    monkeypatch.setattr(timezone, "now", lambda: cast.now + timedelta(hours=7))
    told = box.get("alarms").json()
    assert told["alarms"] == []
    assert told["ended"] == [{"alarm": str(sent.uid), "why": "báo động đã hết hiệu lực"}]


# --- The three facts ----------------------------------------------------------------------------------------------


def test_planned_sent_and_aired_are_three_facts_each_with_its_witness_and_each_once(cast: Cast) -> None:
    box, sent = Box(cast), issued(cast)
    assert facts(cast.commune, sent) == [("planned", "person")]
    assert box.heard(sent).json() == {"new": True}
    for again in range(3):
        assert box.heard(sent, sequence=1 + again).json() == {"new": False}
    assert EmergencyReceipt.objects.count() == 1
    assert actions.log_receipts(at=cast.now) == 1
    assert actions.log_receipts(at=cast.now) == 0
    assert box.aired(sent)["written"] == [2]
    assert box.aired(sent)["known"] == [2]
    assert facts(cast.commune, sent) == [
        ("planned", "person"), ("sent", "player"), ("aired", "player"),
    ]  # fmt: skip
    assert broadcast.first_wrong(cast.commune) is None
    [row] = broadcast.book(cast.commune, cast.today, cast.today)
    assert (row.programme, row.title) == ("Thông tin khẩn cấp", "Báo động: Lũ quét ở suối Cạn")
    assert row.approved_by == f"{cast.radio_operator}; {cast.chair}"
    [hearing] = queries.hearings(sent, cast.now)
    assert hearing.receipt is not None
    assert hearing.aired_at == cast.now


def test_a_device_cannot_say_that_it_has_or_aired_what_is_not_its_own(cast: Cast) -> None:
    box, there, sent = Box(cast), Box(cast, cast.neighbour_commune), issued(cast)
    assert there.heard(sent).json() == {"new": False}
    assert there.aired(sent)["written"] == []
    assert box.aired(sent, media="0" * 64)["refused"][0]["message"] == "tệp đã phát không phải của mục này"
    assert box.heard(sent, device=there.device.log_name).status_code == 403
    assert box.heard(proposed(cast, pitch=9)).json() == {"new": False}
    unknown = box.post("alarms/heard", alarm=str(uuid4()), sequence=1, at=cast.now.isoformat())
    assert unknown.json() == {"new": False}
    assert EmergencyReceipt.objects.count() == 0
    assert facts(cast.commune, sent) == [("planned", "person")]


def test_a_device_whose_clock_is_hours_off_is_heard_all_the_same(cast: Cast) -> None:
    box, sent = Box(cast), issued(cast)
    yesterday = (cast.now - timedelta(hours=30)).isoformat()
    box.post("alarms/heard", alarm=str(sent.uid), sequence=1, at=yesterday)
    actions.log_receipts(at=cast.now)
    entry = AirLogEntry.objects.get(fact="sent")
    assert (entry.day, entry.received_at) == (cast.today, cast.now)
    assert Device.objects.get().alarm == ""


def test_a_message_without_a_recording_is_read_by_the_machine_when_it_is_proposed(cast: Cast) -> None:
    told = flood(cast.now, status=Status.EXERCISE, words="Nước lên nhanh.")
    draft = actions.write(unit=cast.commune, told=told, by=cast.radio_operator, at=cast.now)
    ready = actions.propose(emergency=draft, by=cast.radio_operator, at=cast.now)
    assert ready.recording is not None
    assert ready.is_spoken_by_machine
    # "Đây là diễn tập." before and after.
    assert ready.seconds >= 3


# --- From memory --------------------------------------------------------------------------------------------------


def test_what_is_kept_in_memory_answers_as_django_does(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    # However slow this machine is, nothing is too old here.
    monkeypatch.setattr("dinhlang.broadcast.emergency.standing.TOO_OLD", 3600)
    standing, box, other = Standing(), Box(cast), Box(cast, zone="Thôn Tây")
    sent = issued(cast, zone="Thôn Đông")
    standing.read(cast.now)

    def asked(who: Box, **headers: str) -> tuple[str, list[tuple[str, str]], bytes] | None:
        return standing.answer(
            {
                "PATH_INFO": f"{API}alarms",
                "REQUEST_METHOD": "GET",
                "HTTP_AUTHORIZATION": who.headers["Authorization"],
                **headers,
            }
        )

    for who in (box, other):
        told, django = asked(who), who.get("alarms")
        assert told is not None
        assert told[2] == django.content
        tag = dict(told[1])["ETag"]
        assert tag == django["ETag"]
        again = asked(who, HTTP_IF_NONE_MATCH=tag)
        assert again is not None
        assert again[0] == "304 Not Modified"
    sound = asked(box, PATH_INFO=f"{API}media/{sent.recording_id}")
    assert sound is not None
    assert sound[2] == tone()
    assert asked(other, PATH_INFO=f"{API}media/{sent.recording_id}") is None
    players.revoke_device(device=box.device, by=cast.radio_operator, at=cast.now)
    standing.read(cast.now)
    assert asked(box) is None
    standing.read(sent.expires_at)
    late = asked(other)
    assert late is not None
    assert json.loads(late[2])["alarms"] == []
    assert standing.answer({"PATH_INFO": "/", "REQUEST_METHOD": "GET"}) is None


def words(
    standing: Standing, *posted: tuple[Box, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> list[tuple[int, Any] | None]:
    """The answers to words that come in one moment: status and body, None for what is left to Django."""
    gathered: list[gathering.Word] = []
    monkeypatch.setattr("dinhlang.broadcast.emergency.standing.TOO_OLD", 3600)
    monkeypatch.setattr(standing._gathering, "put", gathered.append)
    found: list[Any] = [...] * len(posted)
    for place, (box, said) in enumerate(posted):
        standing.hear(
            {
                "PATH_INFO": HEARD,
                "REQUEST_METHOD": "POST",
                "HTTP_AUTHORIZATION": box.headers["Authorization"],
            },
            json.dumps(said).encode(),
            lambda given, place=place: found.__setitem__(place, given),  # type: ignore[misc]
        )
    gathering.write(gathered)
    return [one and (int(one[0][:3]), json.loads(one[2])) for one in found]


def said_by(box: Box, emergency: Emergency, **more: Any) -> tuple[Box, dict[str, Any]]:
    told = {"device": box.device.log_name, "alarm": str(emergency.uid), "sequence": 1}
    return box, {**told, "at": box.cast.now.isoformat(), **more}


def test_words_of_many_devices_are_written_together_each_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    standing, boxes = Standing(), [Box(cast, name=f"Máy {n}") for n in range(40)]
    first, second = issued(cast), issued(cast, pitch=4, severity="Minor")
    standing.read(cast.now)
    both = [said_by(box, first) for box in boxes] + [said_by(boxes[0], second, sequence=2)]
    with django_assert_max_num_queries(8):
        told = words(standing, *both, both[0], monkeypatch=monkeypatch)
    assert told == [(200, {"new": True})] * 41 + [(200, {"new": False})]
    # Later, and the usual way: the same answer as ever.
    assert words(standing, both[3], monkeypatch=monkeypatch) == [(200, {"new": False})]
    assert boxes[3].heard(first).json() == {"new": False}
    assert EmergencyReceipt.objects.count() == 41
    with django_assert_max_num_queries(60):
        assert actions.log_receipts(at=cast.now) == 41
    assert AirLogEntry.objects.filter(fact="sent").values("device", "sequence").distinct().count() == 41
    assert broadcast.first_wrong(cast.commune) is None


def test_a_word_that_is_not_plain_is_left_to_django(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    standing, box, other = Standing(), Box(cast), Box(cast, zone="Thôn Tây")
    gone, sent = Box(cast, name="Máy cũ"), issued(cast, zone="Thôn Đông")
    standing.read(cast.now)
    stranger = Box(cast)
    stranger.headers = {"Authorization": "Bearer dlp_khong-co"}
    odd = [
        said_by(stranger, sent),
        said_by(box, sent, device=other.device.log_name),
        said_by(box, sent, alarm="7"),
        said_by(box, sent, sequence=-1),
        said_by(box, sent, sequence=True),
        said_by(box, sent, at="mai"),
        said_by(box, sent, at="2026-11-26T09:00:00"),
    ]
    assert words(standing, *odd, monkeypatch=monkeypatch) == [None] * len(odd)
    # A message for another zone, and one that was never sent, are nothing new.
    told = words(
        standing, said_by(other, sent), said_by(box, sent, alarm=str(uuid4())), monkeypatch=monkeypatch
    )
    assert told == [(200, {"new": False})] * 2
    # Its key was revoked after memory was read.
    players.revoke_device(device=gone.device, by=cast.radio_operator, at=cast.now)
    assert words(standing, said_by(gone, sent), monkeypatch=monkeypatch) == [None]
    assert gone.heard(sent).status_code == 401
    assert not EmergencyReceipt.objects.exists()


def test_a_word_that_could_not_be_written_is_not_answered_as_if_it_were(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing, box, sent = Standing(), Box(cast), issued(cast)
    standing.read(cast.now)

    def busy(*_args: Any, **_more: Any) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(gathering, "take_receipts", busy)
        [told] = words(standing, said_by(box, sent), monkeypatch=patched)
    assert told is not None
    assert told[0] == 503
    assert words(standing, said_by(box, sent), monkeypatch=monkeypatch) == [(200, {"new": True})]


def test_a_word_whose_number_stands_in_the_log_already_is_not_logged_again(cast: Cast) -> None:
    box, sent = Box(cast), issued(cast)
    assert box.aired(sent, sequence=1)["written"] == [1]
    assert box.heard(sent, sequence=1).json() == {"new": True}
    assert actions.log_receipts(at=cast.now) == 1
    assert facts(cast.commune, sent) == [("planned", "person"), ("aired", "player")]


@pytest.mark.django_db(transaction=True)
def test_processes_that_take_in_the_same_words_at_once_write_each_once_and_one_says_that_it_was_new(
    cast: Cast,
) -> None:
    boxes, sent = [Box(cast, name=f"Máy {n}") for n in range(6)], issued(cast)
    said = [rules.Acknowledged(box.device.pk, str(sent.uid), 1, cast.now) for box in boxes]
    told: list[dict[tuple[int, str], bool]] = []
    # SQLite's database of the tests is in memory and knows one writer; there they take turns.
    together = connection.vendor == "postgresql"
    begin = threading.Barrier(3 if together else 1)

    def taking_in(words: list[rules.Acknowledged]) -> None:
        try:
            begin.wait(30)
            told.append(actions.take_receipts(words, way="http", at=cast.now))
        finally:
            connection.close()

    # As two web processes and the worker, each in an order of its own.
    threads = [
        threading.Thread(target=taking_in, args=(words,)) for words in (said, said[::-1], said[3:] + said[:3])
    ]
    for one in threads:
        one.start()
        if not together:
            one.join()
    for one in threads:
        one.join()
    assert len(told) == 3
    assert EmergencyReceipt.objects.count() == len(boxes)
    assert [sum(one[box.device.pk, str(sent.uid)] for one in told) for box in boxes] == [1] * len(boxes)
