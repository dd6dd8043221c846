"""What every engine that reads aloud promises, and which ones this installation has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from dinhlang.vietnamese.speech.pace import Pace

SLOWEST, FASTEST = 0.5, 2.0
LONGEST_TEXT = 60_000
"""Characters of spoken text in one go: about 10 000 words, an hour of air."""


class SpeechFailed(Exception):
    """Nothing was read aloud; the text tells a person why and what to do."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice: `key` names it for ever ("espeak:north"), `name` and `region` are for people."""

    key: str
    name: str
    region: str
    pace: Pace
    """Measured on sentences of bulletins at the usual rate, without the pauses that we put in."""


@dataclass(frozen=True, slots=True)
class Sound:
    """One sentence as it was spoken: `samples` a second, 16 bits, one channel, little-endian, in `pcm`."""

    samples: int
    pcm: bytes

    @property
    def seconds(self) -> float:
        return len(self.pcm) / 2 / self.samples


class Engine(Protocol):
    """An engine. `speak` raises SpeechFailed and nothing else."""

    def voices(self) -> Sequence[Voice]:
        """The voices that can be used now."""

    def speak(self, sentences: Sequence[str], voice: Voice, rate: float) -> list[Sound]:
        """Each sentence spoken by a voice of this engine; `rate` 1 is its usual one, 2 twice as fast."""


def engines() -> Mapping[str, Engine]:
    """The engines of this installation by the first part of their voices' keys."""
    from dinhlang.broadcast.speech.espeak import Espeak
    from dinhlang.broadcast.speech.piper import configured

    own = configured()
    return {"espeak": Espeak(), **({"piper": own} if own else {})}


def voices() -> list[Voice]:
    """Every voice, an operator's own before those of this house."""
    found = engines()
    return [voice for name in reversed(list(found)) for voice in found[name].voices()]


def speak(sentences: Sequence[str], voice_key: str, rate: float = 1.0) -> list[Sound]:
    """Each sentence spoken by the voice with this key. Raises SpeechFailed."""
    if not SLOWEST <= rate <= FASTEST:
        raise SpeechFailed(_("Tốc độ đọc phải từ 0,5 đến 2 lần. Hãy chọn lại tốc độ."))
    check_length(sentences)
    engine = engines().get(voice_key.partition(":")[0])
    voice = next((one for one in engine.voices() if one.key == voice_key), None) if engine else None
    if engine is None or voice is None:
        raise SpeechFailed(_("Giọng đọc đã chọn không còn trên máy chủ. Hãy chọn giọng khác."))
    sounds = engine.speak(sentences, voice, rate)
    if len(sounds) != len(sentences) or not all(sound.pcm for sound in sounds):
        raise SpeechFailed(_("Máy đọc không đọc hết bản tin. Hãy thử lại, hoặc chọn giọng khác."))
    return sounds


def check_length(sentences: Sequence[str]) -> None:
    """Raise SpeechFailed for more than is read in one go."""
    if sum(map(len, sentences)) > LONGEST_TEXT:
        raise SpeechFailed(_("Lời đọc dài quá một giờ phát. Hãy chia bản tin thành nhiều phần."))
