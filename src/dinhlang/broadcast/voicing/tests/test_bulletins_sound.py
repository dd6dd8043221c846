"""The sound of bulletins: a voice chosen, a recording laid beside, what is aired of it, and the pages."""

from __future__ import annotations

import json
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dinhlang.broadcast import actions as radio
from dinhlang.broadcast.actions import SlotGiven
from dinhlang.broadcast.models import AirLogEntry, Bulletin, BulletinEdition, Session, Voicing
from dinhlang.broadcast.players import actions as players
from dinhlang.broadcast.players import queries as player_queries
from dinhlang.broadcast.rules.kinds import Kind, Language
from dinhlang.broadcast.rules.words import NotReady, Words
from dinhlang.broadcast.tests.test_bulletins import approved, written
from dinhlang.broadcast.voicing import actions, bulletins, queries
from dinhlang.broadcast.voicing.queries import State
from dinhlang.broadcast.voicing.tests.test_making import SOUND, made, queued_tasks, quick, wav
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.org.tests.clients import as_

if TYPE_CHECKING:
    from conftest import Cast

__all__ = ["queued_tasks", "quick"]
pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    monkeypatch.setattr(timezone, "now", lambda: cast.now)


def edition_of(bulletin: Bulletin) -> BulletinEdition:
    bulletin.refresh_from_db()
    edition = bulletin.draft or bulletin.approved
    assert edition is not None
    return edition


def voiced(cast: Cast, bulletin: Bulletin, voice: str = "espeak:north") -> Voicing:
    return bulletins.read_by_voice(bulletin=bulletin, voice=voice, by=cast.radio_operator, at=cast.now)


def taken(cast: Cast, bulletin: Bulletin, raw: bytes = b"a take", **more: Any) -> Voicing:
    return bulletins.record(bulletin=bulletin, raw=raw, by=cast.radio_operator, at=cast.now, **more)


@pytest.fixture
def even(monkeypatch: pytest.MonkeyPatch) -> None:
    """Evening that takes no time."""
    monkeypatch.setattr(actions, "finished", lambda raw, **_: SOUND)


def test_a_voice_reads_a_draft_and_reads_again_what_was_changed_before_it_was_approved(
    cast: Cast, quick: list[str]
) -> None:
    bulletin = written(cast)
    first = made(cast, voiced(cast, bulletin, "espeak:south"))
    assert queries.spoken_of(edition_of(bulletin)) == first
    assert queries.media_of(edition_of(bulletin)) == first.mp3_id
    radio.save_draft(
        bulletin=bulletin, words=Words("Tin", "Lời khác."), seen=1, by=cast.radio_operator, at=cast.now
    )
    edition = edition_of(bulletin)
    # What was read is not what is written now: nobody hears it, and the page says so.
    assert queries.spoken_of(edition) is None
    assert queries.shown_of(edition).is_stale
    approved(cast, bulletin)
    edition = edition_of(bulletin)
    waiting = queries.newest_of(edition, "voice")
    assert waiting is not None
    assert (waiting.state, waiting.voice, waiting.text) == (State.WAITING, "espeak:south", "Lời khác.")
    assert queries.spoken_of(edition) is None
    made(cast, waiting)
    assert queries.spoken_of(edition) == waiting
    # The next edition is read by the same voice.
    radio.revise(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
    bulletin.refresh_from_db()
    radio.save_draft(
        bulletin=bulletin, words=Words("Tin", "Bản hai."), seen=1, by=cast.radio_operator, at=cast.now
    )
    approved(cast, bulletin)
    assert queries.newest_of(edition_of(bulletin), "voice").text == "Bản hai."  # type: ignore[union-attr]


def test_without_a_choice_nothing_is_read_and_a_choice_can_be_taken_back(
    cast: Cast, quick: list[str]
) -> None:
    bulletin = approved(cast)
    assert not Voicing.objects.exists()
    made(cast, voiced(cast, bulletin))
    assert queries.media_of(edition_of(bulletin))
    bulletins.leave_to_announcer(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
    assert queries.media_of(edition_of(bulletin)) == ""
    assert AuditEntry.objects.filter(action="bulletin.no-voice").count() == 1


def test_the_last_voice_chosen_is_the_one_that_is_heard(cast: Cast, quick: list[str]) -> None:
    bulletin = written(cast)
    made(cast, voiced(cast, bulletin, "espeak:north"))
    south = made(cast, voiced(cast, bulletin, "espeak:south"))
    assert queries.spoken_of(edition_of(bulletin)) == south
    # Back to the first: it is there already, nothing is made.
    north = voiced(cast, bulletin, "espeak:north")
    assert (north.state, queries.spoken_of(edition_of(bulletin))) == (State.DONE, north)
    assert len(quick) == 2


@pytest.mark.parametrize(
    ("placing", "reason"),
    [({"language": Language.KHMER}, "chỉ đọc tiếng Việt"), ({"kind": Kind.RELAY}, "tiếp âm")],
)
def test_what_a_voice_may_not_read_is_refused(cast: Cast, placing: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        voiced(cast, written(cast, **placing))


def test_whoever_may_not_write_lets_no_voice_read_and_records_nothing(cast: Cast) -> None:
    bulletin = written(cast)
    for act in (
        lambda: bulletins.read_by_voice(bulletin=bulletin, voice="", by=cast.neighbour, at=cast.now),
        lambda: bulletins.record(bulletin=bulletin, raw=b"a", by=cast.neighbour, at=cast.now),
        lambda: bulletins.remove_recording(bulletin=bulletin, by=cast.neighbour, at=cast.now),
        lambda: bulletins.leave_to_announcer(bulletin=bulletin, by=cast.neighbour, at=cast.now),
        lambda: bulletins.try_again(bulletin=bulletin, by=cast.neighbour, at=cast.now),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_recording_is_laid_beside_the_script_when_it_is_evened_and_not_approved_before(
    cast: Cast, even: None
) -> None:
    bulletin = written(cast)
    take = taken(cast, bulletin, reader="Lê Thị Hạnh", starts=0.4)
    with pytest.raises(NotReady, match="đang được làm đều tiếng"):
        radio.submit(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
    take = made(cast, take)
    edition = edition_of(bulletin)
    assert (edition.recording, edition.recording_seconds, edition.reader) == (take.mp3, 6, "Lê Thị Hạnh")
    assert edition.seconds == 6
    shown = queries.shown_of(edition)
    assert (shown.made, shown.under_way, shown.is_stale) == (take, None, False)
    with pytest.raises(Refused, match="bản ghi âm của người đọc"):
        voiced(cast, bulletin)
    approved(cast, bulletin)
    assert queries.media_of(edition_of(bulletin)) == take.mp3_id


def test_a_newer_take_takes_the_place_of_one_that_is_being_made(cast: Cast, even: None) -> None:
    bulletin = written(cast)
    first, second = taken(cast, bulletin), taken(cast, bulletin, b"another")
    assert actions.make(pk=first.pk) is None
    made(cast, second)
    assert queries.shown_of(edition_of(bulletin)).made == second
    bulletins.remove_recording(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
    edition = edition_of(bulletin)
    assert (edition.recording, edition.recording_seconds) == (None, None)
    assert queries.shown_of(edition).file is None


def test_a_recording_that_is_ready_too_late_changes_nothing(cast: Cast, even: None) -> None:
    bulletin = written(cast)
    take = taken(cast, bulletin)
    radio.drop(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
    take = made(cast, take)
    assert take.state == State.FAILED
    assert "không còn được soạn" in take.problem
    assert edition_of(bulletin).recording is None


def test_an_ethnic_language_has_a_recording_of_its_own_with_a_transcript(cast: Cast, even: None) -> None:
    first = written(cast)
    other = radio.say_in(bulletin=first, language=Language.KHMER, by=cast.radio_operator, at=cast.now)
    take = made(cast, taken(cast, other))
    approved(cast, other)
    assert queries.media_of(edition_of(other)) == take.mp3_id
    assert take.lines[-1][1] == SOUND.seconds


# --- On air -------------------------------------------------------------------------------------------------------


def test_a_player_fetches_what_a_voice_read_by_its_hash_and_the_log_knows_it(
    cast: Cast, quick: list[str]
) -> None:
    bulletin = approved(cast, field="thu-tuc")
    spoken = made(cast, voiced(cast, bulletin))
    radio.add_slot(
        unit=cast.commune,
        slot=SlotGiven("Bản tin chiều", "hằng ngày", time(17), 15),
        by=cast.radio_operator,
        at=cast.now,
    )
    programme, _skipped = radio.make_programme(
        unit=cast.commune, year=2023, month=7, by=cast.radio_operator, at=cast.now
    )
    radio.settle_programme(programme=programme, by=cast.radio_operator, at=cast.now)
    planned = AirLogEntry.objects.filter(fact="planned").first()
    assert planned is not None
    assert (planned.said["recording"], planned.said["seconds"]) == (spoken.mp3_id, 7)
    device, _secret = players.add_device(
        unit=cast.commune, kind="player", name="Máy đài", by=cast.culture_officer, at=cast.now
    )
    plays = player_queries.schedule_of(device, cast.now)["sessions"][0]["plays"]
    assert (plays[0]["media"], plays[0]["type"], plays[0]["seconds"]) == (spoken.mp3_id, "audio/mpeg", 7)
    assert player_queries.media_for(device, spoken.mp3_id or "", cast.now) == spoken.mp3
    session = Session.objects.filter(programme=programme).order_by("day").first()
    assert session is not None
    item = session.items.get()
    at = cast.now + timedelta(hours=9)
    heard = radio.Report(0, "aired", item.uid, at, at + timedelta(seconds=7), media=spoken.mp3_id or "")
    foreign = radio.Report(1, "aired", item.uid, at, at + timedelta(seconds=7), media="f" * 64)
    said = players.take_events(device=device, events=[heard, foreign], clock=at, at=at)
    assert (said.taken.written, list(said.taken.refused)) == ((0,), [1])

    # Left to an announcer again: no machine fetches it, and a late report of what was aired still stands.
    bulletins.leave_to_announcer(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
    assert player_queries.media_for(device, spoken.mp3_id or "", cast.now) is None
    assert player_queries.schedule_of(device, cast.now)["sessions"][0]["plays"][0]["media"] == ""
    late = radio.Report(2, "aired", item.uid, at, at + timedelta(seconds=7), media=spoken.mp3_id or "")
    assert players.take_events(device=device, events=[late], clock=at, at=at).taken.written == (2,)


def test_what_is_withdrawn_is_not_fetched_any_more(cast: Cast, quick: list[str]) -> None:
    bulletin = approved(cast)
    spoken = made(cast, voiced(cast, bulletin))
    device, _secret = players.add_device(
        unit=cast.commune, kind="player", name="Máy đài", by=cast.culture_officer, at=cast.now
    )
    assert player_queries.media_for(device, spoken.mp3_id or "", cast.now) is not None
    radio.withdraw(bulletin=bulletin, reason="Sai giờ", by=cast.chair, at=cast.now)
    assert player_queries.media_for(device, spoken.mp3_id or "", cast.now) is None
    with pytest.raises(Refused, match="đã gỡ"):
        voiced(cast, bulletin)


# --- Pages --------------------------------------------------------------------------------------------------------


def page_of(client: Client, bulletin: Bulletin) -> str:
    return client.get(reverse("broadcast:bulletin", args=[bulletin.pk])).content.decode()


def test_the_page_tells_how_far_it_is_what_is_heard_and_why_not(
    cast: Cast, quick: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, bulletin = as_(cast.radio_operator), written(cast)
    do = reverse("broadcast:sound-do", args=[bulletin.pk])
    assert "Phát thanh viên đọc trực tiếp" in page_of(client, bulletin)
    client.post(do, {"do": "voice", "voice": "espeak:south", "rate": "1.0"})
    text = page_of(client, bulletin)
    assert "Đang chờ máy làm." in text
    assert 'hx-trigger="every 2s"' in text
    one = Voicing.objects.get()
    Voicing.objects.update(state=State.WORKING, said=3, total=9)
    assert (
        "Máy đang đọc: 3/9 câu."
        in client.get(reverse("broadcast:sound", args=[bulletin.pk])).content.decode()
    )
    Voicing.objects.update(said=9)
    assert "Đang làm đều tiếng." in page_of(client, bulletin)
    Voicing.objects.update(state=State.WAITING)
    made(cast, one)
    text = page_of(client, bulletin)
    assert "Giọng máy miền Nam, 6 giây." in text
    assert "every 2s" not in text
    files = {
        form: client.get(reverse("broadcast:sound-file", args=[bulletin.pk, form]))
        for form in ("mp3", "opus", "vtt", "json")
    }
    assert (files["mp3"].content, files["opus"].content) == (SOUND.mp3, SOUND.opus)
    assert files["mp3"].headers["Content-Type"] == "audio/mpeg"
    assert files["vtt"].content.startswith(b"WEBVTT")
    assert json.loads(files["json"].content)["version"] == "1.0.0"
    part = client.get(
        reverse("broadcast:sound-file", args=[bulletin.pk, "mp3"]), headers={"Range": "bytes=4-5"}
    )
    assert (part.status_code, part.content) == (206, SOUND.mp3[4:6])
    wrong = client.get(
        reverse("broadcast:sound-file", args=[bulletin.pk, "mp3"]), headers={"Range": "bytes=9999-"}
    )
    assert wrong.status_code == 416
    assert client.get(reverse("broadcast:sound-file", args=[bulletin.pk, "wav"])).status_code == 404
    Voicing.objects.update(state=State.FAILED, problem="Máy đọc gặp lỗi.")
    assert "Máy đọc gặp lỗi." in page_of(client, bulletin)
    client.post(do, {"do": "retry"})
    assert Voicing.objects.get().state == State.WAITING
    client.post(do, {"do": "announcer"})
    assert queries.newest_of(edition_of(bulletin), "voice") is None
    assert "Chọn giọng đọc" in client.post(do, {"do": "voice", "voice": "x"}, follow=True).content.decode()
    assert client.post(do, {"do": "dance"}).status_code == 404


def test_only_the_page_that_records_may_use_the_microphone(cast: Cast) -> None:
    client, bulletin = as_(cast.radio_operator), written(cast)
    record = client.get(reverse("broadcast:record", args=[bulletin.pk]))
    assert "microphone=(self)" in record.headers["Permissions-Policy"]
    assert "camera=(self)" in record.headers["Permissions-Policy"]
    assert (
        "microphone=()"
        in client.get(reverse("broadcast:bulletin", args=[bulletin.pk])).headers["Permissions-Policy"]
    )
    approved(cast, bulletin)
    assert client.get(reverse("broadcast:record", args=[bulletin.pk])).status_code == 302


def test_a_recording_arrives_from_the_page_or_as_a_file_and_a_refusal_keeps_the_take(cast: Cast) -> None:
    client, bulletin = as_(cast.radio_operator), written(cast)
    address = reverse("broadcast:recording", args=[bulletin.pk])

    def sound(data: bytes) -> SimpleUploadedFile:
        return SimpleUploadedFile("thu-am", data, content_type="audio/webm")

    answer = client.post(
        address,
        {"recording": sound(wav(2)), "starts": "0.500", "ends": "", "reader": "Hạnh"},
        headers={"Accept": "application/json"},
    )
    assert answer.json()["to"].endswith("#am-thanh")
    take = Voicing.objects.get()
    assert (take.starts, take.ends, take.reader) == (0.5, None, "Hạnh")
    assert made(cast, take).seconds == pytest.approx(1.5, abs=0.05)
    refused = client.post(address, {"recording": sound(b"")}, headers={"Accept": "application/json"})
    assert refused.status_code == 422
    assert "trống" in refused.json()["message"]
    assert client.post(address, {"recording": sound(b"x")}).status_code == 302
    assert client.post(address, {}).status_code == 302
    assert Voicing.objects.count() == 2
