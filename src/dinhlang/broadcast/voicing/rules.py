"""What a sound is made of, how long the worker may be silent about it, and its transcript. No database."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256

from dinhlang.broadcast.speech.transcript import Line
from dinhlang.vietnamese import speech

MOST_ATTEMPTS = 3
# A part of the text is spoken in one process; the longest that the engines give it is 600 seconds.
SPEAKING = timedelta(seconds=630)
_EVENING_AT_LEAST = timedelta(seconds=120)
# Decoding, measuring, limiting and both encoders took .02 of the sound's length; on a busy machine ten times that.
_EVENING_SHARE = 0.2
_EVENING_AT_MOST = timedelta(seconds=630)


def key_of(text: str, *, voice: str, rate: float, words: Mapping[str, Mapping[str, str]]) -> str:
    """SHA-256 of everything that decides what is heard: the same gives the same key."""
    said = {
        "text": text,
        "voice": voice,
        "rate": round(rate, 3),
        "words": {k: dict(v) for k, v in words.items()},
    }
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def evening(seconds: float | None) -> timedelta:
    """How long evening a sound of that length may take before its worker is taken for dead; None: length unknown."""
    if seconds is None:
        return _EVENING_AT_MOST
    return min(_EVENING_AT_MOST, _EVENING_AT_LEAST + timedelta(seconds=seconds * _EVENING_SHARE))


def reckoned_lines(text: str, seconds: float, words: speech.Words | None = None) -> list[Line]:
    """The sentences of a text with the times at which a person who read it in that time said them, by their syllables.

    A text in which nothing is spoken in Vietnamese (another language) is parted by its lines and their letters.
    """
    parts = [(one.written, len(one.words.split())) for one in speech.sentences(text, words)]
    if not parts:
        parts = [(line.strip(), len(line.strip())) for line in text.split("\n") if line.strip()]
    whole = sum(count for _written, count in parts)
    found: list[Line] = []
    before = 0
    for written, count in parts:
        start, before = before, before + count
        found.append(Line(round(seconds * start / whole, 3), round(seconds * before / whole, 3), written))
    return found


def kept(lines: Sequence[Line]) -> list[list[object]]:
    """The lines as they are stored."""
    return [[line.start, line.end, line.written] for line in lines]


def lines_of(stored: Sequence[Sequence[object]]) -> list[Line]:
    """Stored lines, to be told as WebVTT or JSON (`speech.transcript`)."""
    return [Line(float(str(start)), float(str(end)), str(written)) for start, end, written in stored]
