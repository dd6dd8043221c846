"""How long a script takes to read aloud: syllables by a rate, and where the rate comes from.

Vietnamese is read syllable by syllable, so a count of syllables tells the time; numbers are counted as they are spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dinhlang.vietnamese.numbers import in_words

# What stations reckon with is 150 to 180 syllables a minute; until a station has recordings of its own to be measured by.
USUAL_RATE = 165
# Fewer recordings say little about a reader.
LEAST_RECORDINGS = 5
# Outside this nobody reads for a loudspeaker: a file with the wrong length, or music.
SLOWEST, FASTEST = 90, 320
# Silence after a sentence and after a paragraph, in seconds, when nothing was measured.
_SENTENCE_PAUSE, _PARAGRAPH_PAUSE = 0.4, 0.8

_TOKEN = re.compile(r"\d[\d.]*(?:,\d+)?|[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.?!:…]+(?=\s|$)")
_LONGEST_NUMBER = 15


@dataclass(frozen=True, slots=True)
class Rate:
    """Syllables a minute, and from how many recordings that was measured (0: the usual rate of stations)."""

    syllables_a_minute: float = USUAL_RATE
    recordings: int = 0


def syllables(text: str) -> int:
    """How many syllables are spoken: a word is one, a capital abbreviation one for each letter, a number as it is said."""
    return sum(_spoken(token) for token in _TOKEN.findall(text))


def _spoken(token: str) -> int:
    if not token[0].isdecimal():
        return len(token) if len(token) > 1 and token.isupper() and not _is_word(token) else 1
    whole, _, fraction = token.replace(".", "").partition(",")
    if len(whole) > _LONGEST_NUMBER or whole.startswith("0"):
        return len(whole) + len(fraction)  # a telephone number or a code is read digit by digit
    return len(in_words(int(whole)).split()) + (1 + len(fraction) if fraction else 0)


def _is_word(token: str) -> bool:
    """Whether capitals are a heading's word and no abbreviation: it has a marked vowel."""
    return any(ord(letter) > 127 and letter != "Đ" for letter in token)


def seconds(text: str, rate: Rate | None = None) -> int:
    """How many seconds the text takes to read, pauses included, rounded up; 0 for one without words."""
    count = syllables(text)
    if not count:
        return 0
    rate = rate or Rate()
    spoken = count * 60 / rate.syllables_a_minute
    # A measured rate has the reader's pauses in it.
    pauses = 0.0
    if not rate.recordings:
        paragraphs = sum(1 for line in text.split("\n") if line.strip())
        pauses = _SENTENCE_PAUSE * len(_SENTENCE_END.findall(text)) + _PARAGRAPH_PAUSE * max(
            0, paragraphs - 1
        )
    return int(-(-(spoken + pauses) // 1))


def measured_rate(recordings: Iterable[tuple[str, float]]) -> Rate:
    """The rate of a station's own readers from scripts and the seconds that each was read in.

    Recordings that nobody reads so are left out; with fewer than `LEAST_RECORDINGS` good ones it is the usual rate.
    """
    counted = [(syllables(script), taken) for script, taken in recordings if taken > 0]
    good = [(count, taken) for count, taken in counted if SLOWEST <= count * 60 / taken <= FASTEST]
    if len(good) < LEAST_RECORDINGS:
        return Rate()
    return Rate(sum(count for count, _ in good) * 60 / sum(taken for _, taken in good), len(good))
