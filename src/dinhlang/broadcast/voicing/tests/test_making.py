"""Sound made by the worker: asked for, made once, cut off and begun again, never half there."""

from __future__ import annotations

import io
import math
import wave
from array import array
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q

from dinhlang.broadcast.models import Voicing
from dinhlang.broadcast.speech.engine import SpeechFailed
from dinhlang.broadcast.speech.finishing import BadSound, Finished
from dinhlang.broadcast.speech.reading import Reading
from dinhlang.broadcast.speech.transcript import Line
from dinhlang.broadcast.voicing import abbreviations, actions, queries, rules, signals
from dinhlang.broadcast.voicing.queries import State
from dinhlang.org.rules import Refused, Unfit
from dinhlang.work import blobs
from dinhlang.work.models import Blob

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

TEXT = "Xã nhận hồ sơ đất đai. Bà con mang theo căn cước."
SOUND = Finished(b"ID3 a finished sound", b"OggS a finished sound", 6.4, -16.1, -1.6)


def wav(seconds: float, level: float = 0.3) -> bytes:
    """A tone that comes and goes, as a file."""
    samples = (
        level * math.sin(2 * math.pi * 180 * n / 8000) * (0.6 + 0.4 * math.sin(n / 900))
        for n in range(int(8000 * seconds))
    )
    whole = io.BytesIO()
    with wave.open(whole, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(array("h", [round(32767 * one) for one in samples]).tobytes())
    return whole.getvalue()


@pytest.fixture(autouse=True)
def queued_tasks(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    queued: list[int] = []
    monkeypatch.setattr(actions, "enqueue", queued.append)
    return queued


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A voice that takes no time; gives what it was asked to read."""
    read: list[str] = []

    def read_aloud(text: str, voice: str, **given: Any) -> Reading:
        read.append(text)
        given["told"](2, 2)
        return Reading(SOUND, (Line(0, 3, "Một."), Line(3.5, 6, "Hai.")), voice, 1.0)

    monkeypatch.setattr(actions, "read_aloud", read_aloud)
    return read


def asked(cast: Cast, text: str = TEXT, **more: Any) -> Voicing:
    given = {"unit": cast.commune, "text": text, "by": cast.radio_operator, "at": cast.now}
    return actions.ask(**{**given, **more})


def made(cast: Cast, voicing: Voicing) -> Voicing:
    actions.make(pk=voicing.pk, clock=lambda: cast.now)
    voicing.refresh_from_db()
    return voicing


def test_a_text_becomes_files_by_their_hash_with_loudness_length_and_transcript(
    cast: Cast, django_capture_on_commit_callbacks: Any, queued_tasks: list[int]
) -> None:
    heard: list[str] = []
    signals.voiced.connect(lambda voicing, **_: heard.append(voicing.state), weak=False, dispatch_uid="test")
    try:
        with django_capture_on_commit_callbacks(execute=True):
            voicing = asked(cast, title="Hồ sơ đất đai")
        assert (queued_tasks, voicing.state) == ([voicing.pk], State.WAITING)
        voicing = made(cast, voicing)
    finally:
        signals.voiced.disconnect(dispatch_uid="test")
    assert (voicing.state, heard) == (State.DONE, ["done"])
    assert voicing.mp3 is not None
    assert voicing.opus is not None
    assert (voicing.mp3.media_type, voicing.opus.media_type) == ("audio/mpeg", "audio/ogg")
    assert blobs.read(voicing.mp3)[:3] == b"ID3"
    assert voicing.loudness == pytest.approx(-16, abs=1)
    assert 3 < (voicing.seconds or 0) < 10
    assert [line[2] for line in voicing.lines] == ["Xã nhận hồ sơ đất đai.", "Bà con mang theo căn cước."]
    assert queries.webvtt(voicing).startswith("WEBVTT\n\n1\n00:00:00.000 --> ")
    assert '"body": "Bà con mang theo căn cước."' in queries.as_json(voicing)


def test_the_same_text_is_made_once_and_another_voice_or_table_is_another_sound(
    cast: Cast, quick: list[str]
) -> None:
    first = made(cast, asked(cast))
    again = asked(cast)
    assert (again.pk, again.mp3_id) == (first.pk, first.mp3_id)
    assert actions.make(pk=again.pk) is None
    assert asked(cast, voice="espeak:south").pk != first.pk
    # The voice that was chosen last is the usual one.
    assert queries.usual_voice(cast.commune) == "espeak:south"
    abbreviations.set_form(
        unit=cast.commune, written="TDA", spoken="Tam Đa", section="abbreviations", by=None, at=cast.now
    )
    assert asked(cast, voice="espeak:north").pk != first.pk
    assert quick == [TEXT]


def test_the_commune_s_own_short_forms_are_spoken(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    abbreviations.set_form(
        unit=cast.commune, written="NVH", spoken="nhà vườn hoa", section="abbreviations", by=None, at=cast.now
    )
    spoken: list[str] = []

    def read_aloud(text: str, voice: str, **given: Any) -> Reading:
        spoken.append(given["words"].abbreviations["NVH"])
        return Reading(SOUND, (), voice, 1.0)

    monkeypatch.setattr(actions, "read_aloud", read_aloud)
    voicing = asked(cast, "Họp tại NVH thôn Đông.")
    # What was asked for is read with the table of that moment.
    abbreviations.set_form(
        unit=cast.commune, written="NVH", spoken="khác", section="abbreviations", by=None, at=cast.now
    )
    assert made(cast, voicing).state == State.DONE
    assert spoken == ["nhà vườn hoa"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"text": "— *** —"}, "Không có lời nào"),
        ({"text": ""}, "Không có lời nào"),
        ({"text": "họp thôn " * 10_000}, "dài quá"),
        ({"voice": "espeak:nowhere"}, "không còn trên máy chủ"),
        ({"rate": 9.0}, "0,5 đến 2"),
    ],
)
def test_what_cannot_be_spoken_is_said_before_the_worker_is_asked(
    cast: Cast, given: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Unfit, match=reason):
        asked(cast, **given)
    assert not Voicing.objects.exists()


def test_a_failure_is_kept_in_words_and_asking_again_tries_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> Reading:
        raise SpeechFailed("Máy đọc gặp lỗi.")

    monkeypatch.setattr(actions, "read_aloud", fails)
    voicing = made(cast, asked(cast))
    assert (voicing.state, voicing.problem, voicing.mp3) == (State.FAILED, "Máy đọc gặp lỗi.", None)
    assert asked(cast).state == State.WAITING
    made(cast, voicing)
    assert actions.retry(voicing=voicing, at=cast.now).state == State.WAITING


def test_a_worker_killed_in_the_middle_leaves_nothing_half_made_and_the_next_begins_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, quick: list[str], queued_tasks: list[int]
) -> None:
    voicing = asked(cast)
    files = Blob.objects.count()

    class Killed(BaseException):
        pass

    def dies(*_: Any, **given: Any) -> Reading:
        given["told"](1, 2)
        raise Killed

    good = actions.read_aloud
    for _attempt in range(2):
        monkeypatch.setattr(actions, "read_aloud", dies)
        with pytest.raises(Killed):
            actions.make(pk=voicing.pk, clock=lambda: cast.now)
        voicing.refresh_from_db()
        assert (voicing.state, voicing.said, voicing.total) == (State.WORKING, 1, 2)
        assert (voicing.mp3, voicing.lines, Blob.objects.count()) == (None, [], files)
        # While it may still speak nobody takes it away.
        assert actions.resume(at=cast.now + timedelta(minutes=1)) == 0
        assert actions.resume(at=cast.now + timedelta(minutes=20)) == 1
    assert queued_tasks == [voicing.pk] * 2
    monkeypatch.setattr(actions, "read_aloud", good)
    assert made(cast, voicing).state == State.DONE


def test_what_is_cut_off_again_and_again_ends_with_a_reason(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    voicing = asked(cast)
    for _attempt in range(rules.MOST_ATTEMPTS):
        Voicing.objects.filter(pk=voicing.pk).update(state=State.WAITING)
        actions._claimed(voicing.pk, cast.now)
    assert actions.resume(at=cast.now + timedelta(hours=1)) == 0
    voicing.refresh_from_db()
    assert voicing.state == State.FAILED
    assert "3 lần" in voicing.problem


def test_a_worker_that_speaks_after_it_was_given_up_changes_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, quick: list[str]
) -> None:
    voicing = asked(cast)
    late = actions._claimed(voicing.pk, cast.now)
    assert late is not None
    assert actions.resume(at=cast.now + timedelta(hours=1)) == 1
    assert made(cast, voicing).state == State.DONE
    done_at = voicing.done_at
    other = Finished(b"ID3 another", b"OggS another", 9.0, -16.0, -2.0)
    assert actions._keep(late, other, [], cast.now + timedelta(hours=2)) is None
    actions._failed(late, "muộn", cast.now)
    voicing.refresh_from_db()
    assert (voicing.state, voicing.done_at, voicing.seconds) == (State.DONE, done_at, SOUND.seconds)


def test_two_workers_make_it_once(cast: Cast, quick: list[str]) -> None:
    voicing = asked(cast)
    assert actions._claimed(voicing.pk, cast.now) is not None
    assert actions.make(pk=voicing.pk) is None
    assert quick == []


def test_what_was_put_away_is_not_made_and_not_kept(cast: Cast, quick: list[str]) -> None:
    voicing = asked(cast)
    claimed = actions._claimed(voicing.pk, cast.now)
    assert claimed is not None
    actions.drop(voicing=voicing, at=cast.now)
    assert actions._keep(claimed, SOUND, [], cast.now) is None
    assert asked(cast).pk != voicing.pk


def test_a_task_lost_with_its_queue_is_given_out_again(cast: Cast, queued_tasks: list[int]) -> None:
    voicing = asked(cast)
    assert actions.resume(at=cast.now + timedelta(minutes=5)) == 0
    assert actions.resume(at=cast.now + timedelta(minutes=11)) == 1
    assert queued_tasks == [voicing.pk]


def test_the_database_refuses_a_finished_sound_without_its_files(cast: Cast) -> None:
    voicing = asked(cast)
    for wrong in ({"state": State.DONE}, {"state": State.FAILED}, {"ends": 0}, {"voice": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Voicing.objects.filter(Q(pk=voicing.pk)).update(**wrong)


# --- Recordings of people -----------------------------------------------------------------------------------------


def recorded(cast: Cast, raw: bytes, **more: Any) -> Voicing:
    given = {"unit": cast.commune, "raw": raw, "by": cast.radio_operator, "at": cast.now}
    return actions.ask_to_even(**{**given, **more})


def test_of_a_recording_the_part_that_was_kept_is_evened_with_the_times_of_its_words(cast: Cast) -> None:
    voicing = made(cast, recorded(cast, wav(4, 0.05), starts=0.5, ends=3.0, text="Một hai ba. Bốn."))
    assert voicing.state == State.DONE
    assert voicing.seconds == pytest.approx(2.5, abs=0.02)
    assert voicing.loudness == pytest.approx(-16, abs=1)
    # Three syllables of four, and one.
    assert [line[:2] for line in voicing.lines] == [
        [0, pytest.approx(1.875, abs=0.02)],
        [pytest.approx(1.875, abs=0.02), pytest.approx(2.5, abs=0.02)],
    ]


@pytest.mark.parametrize(
    ("raw", "more", "reason"),
    [
        (b"<html>not a sound</html>" * 50, {}, "Tệp không có âm thanh|Không mở được"),
        (wav(2, 0), {}, "im lặng"),
        (wav(1), {"starts": 5}, "Phần giữ lại"),
    ],
)
def test_a_recording_that_is_none_is_told_and_nothing_is_kept_of_it(
    cast: Cast, raw: bytes, more: dict[str, Any], reason: str
) -> None:
    voicing = made(cast, recorded(cast, raw, **more))
    assert voicing.state == State.FAILED
    assert any(one in voicing.problem for one in reason.split("|"))
    assert (voicing.mp3, voicing.seconds) == (None, None)


def test_too_long_and_lost_recordings_are_told(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_long(*_: Any, **__: Any) -> Finished:
        raise BadSound("Bản ghi dài hơn hai giờ.")

    monkeypatch.setattr(actions, "finished", too_long)
    assert "hai giờ" in made(cast, recorded(cast, b"a")).problem
    lost = recorded(cast, b"b")
    assert lost.raw is not None
    blobs.path_of(lost.raw.sha256).unlink()
    assert "không còn trong kho" in made(cast, lost).problem


def test_an_empty_recording_or_an_impossible_part_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="trống"):
        recorded(cast, b"")
    with pytest.raises(Unfit, match="Điểm cuối"):
        recorded(cast, b"a", starts=2, ends=1)


def test_words_of_another_language_are_parted_by_their_lines() -> None:
    lines = rules.reckoned_lines("ភាសា\nខ្មែរភាសា", 9)
    assert [line.written for line in lines] == ["ភាសា", "ខ្មែរភាសា"]
    assert (lines[0].start, lines[-1].end) == (0, 9)
    assert rules.reckoned_lines("", 5) == []
