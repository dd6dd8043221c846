"""A script read aloud, from its text to the files that are played."""

from __future__ import annotations

import array
import io
import sys
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dinhlang.broadcast.speech import engine
from dinhlang.broadcast.speech.engine import Sound, SpeechFailed
from dinhlang.broadcast.speech.finishing import BadSound, Finished, finished
from dinhlang.broadcast.speech.transcript import Line
from dinhlang.vietnamese import speech
from dinhlang.vietnamese.speech import Sentence, Words

PAUSE = 0.55
"""Seconds of silence after each sentence; what the engine itself leaves at the ends is taken off."""
_SILENT = 200
"""Of 32 768: below it a sample is silence."""
AT_ONCE = 40
"""Sentences that one process speaks: some three minutes of air, so that how far it has come can be told."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The sound of a script, its transcript with times, and who read it."""

    sound: Finished
    lines: tuple[Line, ...]
    voice: str
    rate: float


def read_aloud(
    text: str,
    voice_key: str,
    *,
    rate: float = 1.0,
    words: Words | None = None,
    title: str = "",
    told: Callable[[int, int], None] | None = None,
) -> Reading:
    """The text read by a voice (`engine.voices`), evened, as MP3 and Opus. Raises SpeechFailed.

    `words` is the commune's table of short forms; `title` goes into the files; `told` hears how many sentences of how many
    are spoken, after each `AT_ONCE` of them.
    """
    sentences = speech.sentences(text, words)
    if not sentences:
        raise SpeechFailed(_("Bản tin không có lời nào để đọc. Hãy viết nội dung."))
    texts = [f"{one.spoken}." for one in sentences]
    engine.check_length(texts)
    sounds: list[Sound] = []
    for start in range(0, len(texts), AT_ONCE):
        sounds += engine.speak(texts[start : start + AT_ONCE], voice_key, rate)
        if told is not None:
            told(len(sounds), len(texts))
    raw, lines = _joined(sentences, sounds)
    try:
        return Reading(finished(raw, title=title), tuple(lines), voice_key, rate)
    except BadSound as reason:
        raise SpeechFailed(str(reason)) from reason


def expected_seconds(
    text: str, voice_key: str, *, rate: float = 1.0, words: Words | None = None
) -> float | None:
    """How long the voice will take for a text, before it is read; None when there is no such voice."""
    voice = next((one for one in engine.voices() if one.key == voice_key), None)
    if voice is None:
        return None
    sentences = speech.sentences(text, words)
    return voice.pace.seconds(sentences) / rate + PAUSE * len(sentences)


def _joined(sentences: Sequence[Sentence], sounds: Sequence[Sound]) -> tuple[bytes, list[Line]]:
    """One WAV file of all, with a pause after each, and when each is said."""
    samples = sounds[0].samples
    if any(sound.samples != samples for sound in sounds):
        raise SpeechFailed(_("Máy đọc trả về âm thanh không đồng nhất. Hãy chọn giọng khác."))
    pause = bytes(2 * round(PAUSE * samples))
    whole, lines, at = io.BytesIO(), [], 0.0
    with wave.open(whole, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(samples)
        for sentence, sound in zip(sentences, sounds, strict=True):
            spoken = _without_silent_ends(sound.pcm)
            length = len(spoken) / 2 / samples
            lines.append(Line(round(at, 3), round(at + length, 3), sentence.written))
            file.writeframes(spoken + pause)
            at += length + PAUSE
    return whole.getvalue(), lines


def _without_silent_ends(pcm: bytes) -> bytes:
    heard = array.array("h", pcm)
    if sys.byteorder == "big":
        heard.byteswap()
    first = next((place for place, sample in enumerate(heard) if abs(sample) > _SILENT), 0)
    last = next(
        (place for place in range(len(heard) - 1, -1, -1) if abs(heard[place]) > _SILENT), len(heard) - 1
    )
    return pcm[2 * first : 2 * last + 2]
