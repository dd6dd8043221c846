"""How long a script takes to read aloud: syllables by a rate, and where the rate comes from.

Vietnamese is read syllable by syllable, so a count of syllables tells the time; numbers are counted as they are spoken.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from dinhlang.vietnamese import speech
from dinhlang.vietnamese.speech.pace import ANNOUNCER

# Fewer recordings say little about a reader.
LEAST_RECORDINGS = 5
# Outside this nobody reads for a loudspeaker: a file with the wrong length, or music.
SLOWEST, FASTEST = 90, 320


@dataclass(frozen=True, slots=True)
class Rate:
    """Syllables a minute, pauses included, and from how many recordings that was measured (0: an announcer's usual pace)."""

    syllables_a_minute: float = ANNOUNCER.syllables_a_minute
    recordings: int = 0


def syllables(text: str, words: speech.Words | None = None) -> int:
    """How many syllables are spoken, numbers and short forms as they are said (with a commune's own table above)."""
    return len(speech.spoken(text, words).split())


def seconds(text: str, rate: Rate | None = None, words: speech.Words | None = None) -> int:
    """How many seconds the text takes to read, pauses included, rounded up; 0 for one in which nothing is spoken."""
    rate = rate or Rate()
    if rate.recordings:
        # The reader's pauses are in what was measured.
        return ceil(syllables(text, words) * 60 / rate.syllables_a_minute)
    return ceil(ANNOUNCER.seconds(speech.sentences(text, words)))


def measured_rate(recordings: Iterable[tuple[str, float]]) -> Rate:
    """The rate of a station's own readers from scripts and the seconds that each was read in.

    Recordings that nobody reads so are left out; with fewer than `LEAST_RECORDINGS` good ones it is the usual pace.
    """
    counted = [(syllables(script), taken) for script, taken in recordings if taken > 0]
    good = [(count, taken) for count, taken in counted if SLOWEST <= count * 60 / taken <= FASTEST]
    if len(good) < LEAST_RECORDINGS:
        return Rate()
    return Rate(sum(count for count, _ in good) * 60 / sum(taken for _, taken in good), len(good))
