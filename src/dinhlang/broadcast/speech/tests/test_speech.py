"""A script read aloud: the files that are played are opened again and looked at."""

from __future__ import annotations

import io
import json
import math
import struct
import sys
import wave
from pathlib import Path

import av
import numpy as np
import pytest

from dinhlang.broadcast.speech import engine, finishing, limited, reading, transcript
from dinhlang.broadcast.speech.engine import SpeechFailed
from dinhlang.broadcast.speech.finishing import BadSound
from dinhlang.broadcast.speech.piper import Piper

SCRIPT = (
    "UBND xã Tam Đa mời bà con họp lúc 7h30 ngày 05/7. Hội trường có 9/10 thôn về dự, đề nghị đến đúng giờ. "
    "Mọi ý kiến xin gọi 0221.3863.456."
)
pytestmark = pytest.mark.process


def _opened(data: bytes) -> tuple[str, int, np.ndarray]:
    """Codec, samples a second and the samples of a file, as a player would decode it."""
    with av.open(io.BytesIO(data)) as file:
        stream = file.streams.audio[0]
        parts = [frame.to_ndarray().astype(np.float64).reshape(-1) for frame in file.decode(stream)]
        return stream.codec_context.name, stream.rate, np.concatenate(parts)


def _wav(samples: np.ndarray, rate: int = 16_000) -> bytes:
    whole = io.BytesIO()
    with wave.open(whole, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return whole.getvalue()


def _voice_like(seconds: float, level: float) -> np.ndarray:
    at = np.arange(int(seconds * 16_000)) / 16_000
    return level * np.sin(2 * math.pi * 180 * at) * (0.6 + 0.4 * np.sin(2 * math.pi * 3 * at))


@pytest.mark.parametrize("voice", [voice.key for voice in engine.voices()])
def test_each_region_reads_a_script_into_files_that_can_be_played(voice: str) -> None:
    read = reading.read_aloud(SCRIPT, voice, title="Họp thôn")

    for data, codec, rate in ((read.sound.mp3, "mp3", 24_000), (read.sound.opus, "opus", 48_000)):
        name, found, samples = _opened(data)
        assert (codec in name, found) == (True, rate)
        assert abs(len(samples) / found - read.sound.seconds) < 0.15
        assert np.abs(samples).max() > 0.2
    assert 8 < read.sound.seconds < 30
    assert abs(read.sound.loudness - finishing.LOUDNESS) < 1
    assert read.sound.peak <= finishing.CEILING + 0.1


def test_the_transcript_has_the_times_of_each_sentence_as_it_was_written() -> None:
    read = reading.read_aloud(SCRIPT, "espeak:north")
    assert [line.written for line in read.lines] == [
        "UBND xã Tam Đa mời bà con họp lúc 7h30 ngày 05/7.",
        "Hội trường có 9/10 thôn về dự, đề nghị đến đúng giờ.",
        "Mọi ý kiến xin gọi 0221.3863.456.",
    ]
    starts = [line.start for line in read.lines]
    assert starts == sorted(starts)
    assert starts[0] == 0
    assert all(line.start < line.end for line in read.lines)
    assert read.lines[-1].end <= read.sound.seconds

    # Between two sentences it is silent, within one it is not.
    _, rate, samples = _opened(read.sound.mp3)

    def heard(start: float, end: float) -> float:
        return float(np.abs(samples[int(start * rate) : int(end * rate)]).max())

    first, second = read.lines[:2]
    assert heard(first.start + 0.1, first.end) > 0.1
    assert heard(first.end + 0.15, second.start - 0.1) < 0.02


def test_the_time_a_script_takes_is_known_before_it_is_read() -> None:
    read = reading.read_aloud(SCRIPT, "espeak:south")
    expected = reading.expected_seconds(SCRIPT, "espeak:south")
    assert expected == pytest.approx(read.sound.seconds, rel=0.12)
    assert reading.expected_seconds(SCRIPT, "espeak:nowhere") is None


def test_twice_the_rate_takes_about_half_the_time() -> None:
    usual, fast = (
        sum(
            sound.seconds
            for sound in engine.speak(["họp thôn vào bảy giờ tối nay tại nhà văn hóa."], "espeak:north", rate)
        )
        for rate in (1.0, 2.0)
    )
    assert 0.4 < fast / usual < 0.65


@pytest.mark.parametrize(
    ("text", "voice", "rate", "reason"),
    [
        ("— *** —", "espeak:north", 1.0, "không có lời nào"),
        ("Họp", "espeak:nowhere", 1.0, "không còn trên máy chủ"),
        ("Họp", "piper:gone", 1.0, "không còn trên máy chủ"),
        ("Họp", "espeak:north", 9.0, "0,5 đến 2"),
        ("họp thôn " * 10_000, "espeak:north", 1.0, "dài quá"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(text: str, voice: str, rate: float, reason: str) -> None:
    with pytest.raises(SpeechFailed, match=reason):
        reading.read_aloud(text, voice, rate=rate)


def test_a_script_of_five_thousand_words_is_read_in_parts_and_tells_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    def speak(sentences: list[str], voice: str, rate: float) -> list[engine.Sound]:
        asked.append(len(sentences))
        return [engine.Sound(8000, b"\x00\x20" * 400 + b"\x00\xe0" * 400) for _ in sentences]

    monkeypatch.setattr(engine, "speak", speak)
    monkeypatch.setattr(reading, "finished", lambda raw, **_: finishing.Finished(b"", b"", 650.0, -16, -2))
    heard: list[tuple[int, int]] = []
    text = "Bà con nhớ giờ họp. " * 1000
    read = reading.read_aloud(text, "espeak:north", told=lambda *how_far: heard.append(how_far))
    assert max(asked) == reading.AT_ONCE
    assert heard == [(n, 1000) for n in range(reading.AT_ONCE, 1001, reading.AT_ONCE)]
    assert [len(read.lines), read.lines[-1].end] == [1000, pytest.approx(649.5, abs=1)]


def test_code_and_links_in_a_script_are_harmless() -> None:
    read = reading.read_aloud(
        "<speak><audio src='x'/></speak> {{ 7*7 }} https://a.vn/?q=1 `rm -rf /` Họp.", "espeak:north"
    )
    assert read.sound.seconds < 40


# --- recordings of people -------------------------------------------------------------------------


def test_a_quiet_and_a_loud_recording_are_played_equally_loud() -> None:
    quiet, loud = (finishing.finished(_wav(_voice_like(4, level))) for level in (0.02, 0.9))
    assert abs(quiet.loudness - loud.loudness) < 1
    assert quiet.peak <= finishing.CEILING + 0.1


def test_a_very_short_recording_is_evened_too() -> None:
    short = finishing.finished(_wav(_voice_like(0.4, 0.1)))
    assert short.seconds == pytest.approx(0.4, abs=0.02)
    assert abs(short.loudness - finishing.LOUDNESS) < 1


def test_what_a_browser_records_can_be_used() -> None:
    # Chromium records Opus in WebM, in stereo.
    file = io.BytesIO()
    with av.open(file, "w", format="webm") as written:
        stream = written.add_stream("libopus", rate=48_000)
        stream.layout = "stereo"
        samples = np.tile(_voice_like(3, 0.3).repeat(3).astype(np.float32), (2, 1))
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples.T.reshape(1, -1)), format="flt", layout="stereo"
        )
        frame.sample_rate = 48_000
        written.mux(stream.encode(frame))
        written.mux(stream.encode(None))
    assert finishing.finished(file.getvalue()).seconds == pytest.approx(3, abs=0.1)


def test_a_recording_that_breaks_off_keeps_what_there_is() -> None:
    whole = finishing.finished(_wav(_voice_like(4, 0.3))).mp3
    assert 1 < finishing.finished(whole[: len(whole) // 2]).seconds < 3


def test_of_a_recording_the_part_that_is_kept_is_cut_without_a_click() -> None:
    at = np.arange(4 * 16_000) / 16_000
    # A second of silence, two of a voice, a second of silence, cut in the middle of the voice.
    voice = _voice_like(4, 0.3) * ((at > 1) & (at < 3))
    whole, part = (finishing.finished(_wav(voice), **cut) for cut in ({}, {"starts": 1.5, "ends": 2.5}))
    assert part.seconds == pytest.approx(1.0, abs=0.01)
    assert abs(whole.loudness - part.loudness) < 1
    _, rate, samples = _opened(part.mp3)
    assert np.abs(samples[: rate // 1000]).max() < 0.05
    with pytest.raises(BadSound, match="Phần giữ lại"):
        finishing.finished(_wav(voice), starts=9.0)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "Tệp không có âm thanh|Không mở được"),
        (b"<html>not a sound</html>" * 50, "Tệp không có âm thanh|Không mở được"),
        (_wav(np.zeros(32_000)), "im lặng"),
        (_wav(np.zeros(0)), "Tệp không có âm thanh"),
        (
            struct.pack("<4sI4s", b"RIFF", 0xFFFFFFFF, b"WAVE") + b"fmt " + b"\xff" * 400,
            "Tệp không có âm thanh|Không mở được",
        ),
    ],
)
def test_a_file_that_is_no_recording_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(BadSound, match=reason):
        finishing.finished(data)


def test_a_recording_that_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finishing, "LARGEST_RECORDING", 10)
    with pytest.raises(BadSound, match="200 MB"):
        finishing.finished(b"x" * 11)


def test_a_recording_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finishing, "LONGEST_RECORDING", 1)
    with pytest.raises(BadSound, match="dài hơn hai giờ"):
        finishing.finished(_wav(_voice_like(3, 0.3)))


# --- limits ---------------------------------------------------------------------------------------


def test_a_program_that_takes_too_long_is_ended_with_what_it_started(tmp_path: Path) -> None:
    with pytest.raises(limited.Ended) as ended:
        limited.run([sys.executable, "-c", "import time; time.sleep(60)"], b"", str(tmp_path), seconds=1)
    assert ended.value.late


def test_a_program_that_takes_too_much_memory_fails(tmp_path: Path) -> None:
    with pytest.raises(limited.Ended) as ended:
        limited.run(
            [sys.executable, "-c", "x = bytearray(1 << 30)"], b"", str(tmp_path), megabytes=256, seconds=20
        )
    assert not ended.value.late


def test_a_program_gets_nothing_of_our_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DINHLANG_SECRET_KEY", "x" * 40)
    told = limited.run([sys.executable, "-c", "import os; print(sorted(os.environ))"], b"", str(tmp_path))
    assert b"DINHLANG" not in told


# --- an operator's own voice ----------------------------------------------------------------------

_STAND_IN = """#!{python}
import argparse, sys, time, wave
parser = argparse.ArgumentParser()
parser.add_argument("--model"); parser.add_argument("--output_dir"); parser.add_argument("--length_scale", type=float)
asked = parser.parse_args()
for number, line in enumerate(sys.stdin):
    with wave.open(f"{{asked.output_dir}}/{{time.monotonic_ns()}}.wav", "wb") as file:
        file.setnchannels({channels}); file.setsampwidth(2); file.setframerate(22050)
        one = (b"\\x00\\x20" * 40 + b"\\x00\\xe0" * 40)
        file.writeframes(one * int(20 * len(line.split()) * asked.length_scale))
{rest}
"""


def _piper(folder: Path, *, channels: int = 1, rest: str = "") -> Piper:
    program = folder / "piper"
    program.write_text(
        _STAND_IN.format(python=sys.executable, channels=channels, rest=rest), encoding="utf-8"
    )
    program.chmod(0o755)
    voices = folder / "voices"
    voices.mkdir()
    for name, language in (
        ("vi_VN-lan-medium", {"code": "vi_VN", "family": "vi"}),
        ("en_US-joe-low", {"code": "en_US"}),
    ):
        (voices / f"{name}.onnx").write_bytes(b"model")
        (voices / f"{name}.onnx.json").write_text(json.dumps({"language": language}), encoding="utf-8")
    (voices / "broken.onnx").write_bytes(b"model")
    return Piper(str(program), voices)


@pytest.fixture
def own_voice(tmp_path: Path, settings: object) -> Piper:
    piper = _piper(tmp_path)
    settings.PIPER, settings.PIPER_VOICES = piper.program, piper.folder  # type: ignore[attr-defined]
    return piper


def test_an_operator_s_voice_stands_before_those_of_the_house(own_voice: Piper) -> None:
    assert [voice.key for voice in engine.voices()][:2] == ["piper:vi_VN-lan-medium", "espeak:north"]


def test_an_operator_s_voice_reads_sentence_by_sentence(own_voice: Piper) -> None:
    read = reading.read_aloud("Họp thôn lúc 7h. Mời dự.", "piper:vi_VN-lan-medium")
    first, second = read.lines
    # Five words (bảy giờ) and two: the stand-in speaks as long as there are words.
    assert (first.end - first.start) / (second.end - second.start) == pytest.approx(2.5, rel=0.05)
    assert read.sound.loudness == pytest.approx(finishing.LOUDNESS, abs=1)


@pytest.mark.parametrize(
    ("stand_in", "reason"),
    [({"rest": "sys.exit(3)"}, "không đọc được"), ({"channels": 2}, "tệp âm thanh hỏng"), ({"rest": "import os; [os.remove(os.path.join(asked.output_dir, one)) for one in os.listdir(asked.output_dir)]"}, "không đọc hết")],
)  # fmt: skip
def test_a_voice_that_fails_is_told_in_one_sentence(
    stand_in: dict[str, object], reason: str, tmp_path: Path, settings: object
) -> None:
    piper = _piper(tmp_path, **stand_in)  # type: ignore[arg-type]
    settings.PIPER, settings.PIPER_VOICES = piper.program, piper.folder  # type: ignore[attr-defined]
    with pytest.raises(SpeechFailed, match=reason):
        reading.read_aloud("Họp thôn.", "piper:vi_VN-lan-medium")


# --- transcripts ----------------------------------------------------------------------------------


def test_a_transcript_is_valid_whatever_the_sentences_hold() -> None:
    lines = [transcript.Line(0, 1.5, "Giá < 5 & > 3 --> x"), transcript.Line(3661.25, 3662, "Hết\ngiờ")]
    assert transcript.webvtt(lines) == (
        "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.500\nGiá &lt; 5 &amp; &gt; 3 --&gt; x\n\n"
        "2\n01:01:01.250 --> 01:01:02.000\nHết giờ\n"
    )
    assert json.loads(transcript.as_json(lines))["segments"][0] == {
        "startTime": 0,
        "endTime": 1.5,
        "body": "Giá < 5 & > 3 --> x",
    }
