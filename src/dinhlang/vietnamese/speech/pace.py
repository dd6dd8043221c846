"""How long a text takes to read aloud, by a measured rate of syllables and pauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dinhlang.vietnamese.speech import Sentence


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast somebody reads: syllables a minute without the pauses, and the pauses in seconds."""

    syllables_a_minute: float
    comma: float
    stop: float

    def seconds(self, sentences: Sequence[Sentence]) -> float:
        """How long the sentences take, the last pause included."""
        syllables = sum(len(one.words.split()) for one in sentences)
        commas = sum(one.spoken.count(",") for one in sentences)
        return syllables * 60 / self.syllables_a_minute + commas * self.comma + len(sentences) * self.stop


ANNOUNCER = Pace(syllables_a_minute=180, comma=0.3, stop=0.7)
"""A person at the microphone of a commune: 150 to 180 syllables a minute, pauses included."""
