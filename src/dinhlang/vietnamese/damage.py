"""How healthy Vietnamese text is, and what happened to it where it is not.

Two shares tell sound text from damaged without a dictionary: of possible syllables, and of syllables with marks. A
machine that reads Vietnamese as English loses the marks first ('Ké hoach' for 'Kế hoạch'), and what remains is often
possible, so neither share is enough alone: `health = valid × min(1, marked / 0.6)`. Measured on paragraphs of real
documents: sound ones 0.78–1.00, damaged ones 0.00–0.52.

Numbers, codes, addresses, abbreviations and foreign names are no evidence, and a few words are too little of it: a heading,
a name, a line of recipients is judged with what stands around it. Light damage, a wrong letter here and there, does not
show in a share; `dinhlang.officialdoc.repair` finds it word by word.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

from dinhlang.vietnamese import _grammar, legacy
from dinhlang.vietnamese.syllable import MARKED_SHARE_OF_SOUND_TEXT, Verdict, is_marked, judged
from dinhlang.vietnamese.text import fold, nfc

SOUND_FROM = 0.65
"""From this score on text is sound: no error on 741 paragraphs of which the condition was known."""
ENOUGH_WORDS = 6
"""A paragraph of fewer judged words says nothing by itself."""
_PART = 14
"""Lines of one block are judged together until they have so many words."""
_SAMPLE = 60_000
_CLEARLY_DAMAGED = 0.4
_SOUND_IN_DAMAGED = 0.85
"""A line of a damaged text must be so sound to be left alone."""


class Kind(StrEnum):
    """What happened to a text; each wants another remedy."""

    SOUND = "sound"
    FOREIGN = "foreign"
    """Another language: nothing to repair."""
    MISREAD = "misread"
    """Read from a picture by a machine that does not know Vietnamese."""
    NO_MARKS = "no-marks"
    LEGACY = "legacy-encoding"
    LOST_LETTERS = "lost-letters"
    """Saved in a code without Vietnamese letters, which became question marks."""
    UNREADABLE = "unreadable"
    """No text at all: codes of a font whose table is missing."""


@dataclass(frozen=True, slots=True)
class Health:
    """`score` runs from 0 (unreadable) to 1 (sound); `words` were judged. No words: sound."""

    score: float
    kind: Kind
    words: int

    @property
    def is_damaged(self) -> bool:
        return self.kind not in (Kind.SOUND, Kind.FOREIGN)


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, or some lines of a long one: the lines from `first` up to `last` (from 0, both included)."""

    first: int
    last: int
    health: Health


def health(text: str) -> Health:
    """The health of a page or a document as a whole; of a long text three samples are judged. Takes any text."""
    return _health(_sample(nfc(text)))


def parts(text: str) -> list[Part]:
    """The health of a text part by part, without blank lines. Short parts have the verdict of their surroundings."""
    lines = nfc(text).split("\n")
    found = [
        Part(first, last, _health("\n".join(lines[first : last + 1]))) for first, last in _stretches(lines)
    ]
    whole = health(text).kind
    return [
        _of_one_kind(part if part.health.words >= ENOUGH_WORDS else _as_around(found, place), whole)
        for place, part in enumerate(found)
    ]


def _of_one_kind(part: Part, whole: Kind) -> Part:
    """In a misread text some lines only lost their marks, look sound or coded by chance: one remedy for all."""
    kind, score = part.health.kind, part.health.score
    of_whole = (
        (whole is Kind.MISREAD and kind in (Kind.NO_MARKS, Kind.LEGACY))
        or (whole is Kind.MISREAD and kind is Kind.SOUND and score < _SOUND_IN_DAMAGED)
        or (whole in (Kind.NO_MARKS, Kind.LEGACY) and kind is Kind.MISREAD)
    )
    return replace(part, health=replace(part.health, kind=whole)) if of_whole else part


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    third, middle = _SAMPLE // 3, len(text) // 2
    return f"{text[:third]}\n{text[middle : middle + third]}\n{text[-third:]}"


def _stretches(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last lines of the parts: blocks between blank lines, long blocks cut where enough words are."""
    first, words = None, 0
    for number, line in enumerate(lines):
        if line.strip():
            first = number if first is None else first
            words += len(line.split())
        if first is not None and (not line.strip() or words >= _PART):
            yield first, number if line.strip() else number - 1
            first, words = None, 0
    if first is not None:
        yield first, len(lines) - 1


def _as_around(found: Sequence[Part], place: int) -> Part:
    """The part with the verdict of the nearest long parts before and after it, the worse of the two when it agrees."""
    own = found[place].health
    beside = [
        near.health
        for side in (range(place - 1, -1, -1), range(place + 1, len(found)))
        for near in [next((found[at] for at in side if found[at].health.words >= ENOUGH_WORDS), None)]
        if near is not None
    ]
    if not beside:
        return found[place]
    # Beside a damaged and a sound part the words themselves, few as they are, decide.
    damaged = [one for one in beside if one.is_damaged]
    as_one = len(damaged) in (0, len(beside))
    chosen = (
        beside[0]
        if as_one
        else (damaged[0] if own.is_damaged else next(b for b in beside if not b.is_damaged))
    )
    return Part(found[place].first, found[place].last, Health(chosen.score, chosen.kind, own.words))


_LETTER = r"[^\W\d_]"
_LOST = re.compile(
    rf"{_LETTER}[?\ufffd]+(?={_LETTER})|(?<!\S)[?\ufffd]+(?={_LETTER})|{_LETTER}[?\ufffd]+(?=[\s,;]+[a-zà-ỹ])"
)
_SHARE_LOST = 0.08
_FONT_CODE = re.compile(r"\(cid:\d+\)")
_WHITE = re.compile(r"[\n\t\r\f]+")
_SHARE_UNREADABLE = 0.1
# English, French words that no Vietnamese word becomes when it loses its marks.
_FOREIGN_TABLE = """
    of and for with is are by from this that which was were be as at it not have has will shall its their or if we you our
    le les des est une pour dans sur avec par qui du et
"""
_FOREIGN_WORDS = frozenset(_FOREIGN_TABLE.split())
_SHARE_FOREIGN = 0.1
_SHARE_WITHOUT_MARKS = 0.06
# A reader that guesses turns letters into others; who leaves the marks out keeps every letter.
_LETTERS_KEPT = 0.93


_LONGEST_KEPT = 40


@lru_cache(maxsize=1 << 14)
def _shown_by(run: str) -> tuple[int, int, int, int]:
    return _judge(run)


def _judge(run: str) -> tuple[int, int, int, int]:
    """What the pieces of a run without spaces show: how many are judged, possible, marked, foreign."""
    words = valid = marked = foreign = 0
    for piece, verdict in judged(run):
        foreign += piece.lower() in _FOREIGN_WORDS
        if verdict is not Verdict.NEUTRAL:
            words += 1
            valid += verdict is Verdict.SYLLABLE
            marked += is_marked(piece)
    return words, valid, marked, foreign


@dataclass(frozen=True, slots=True)
class _Shares:
    """What the words of a text show: how many are judged, possible, marked, foreign, and how many lost a letter."""

    words: int
    valid: int
    marked: int
    foreign: int
    lost: int

    @classmethod
    def of(cls, text: str) -> _Shares:
        words = valid = marked = foreign = 0
        runs = text.split()
        # No word or code goes over a space, and a text says most of its words many times.
        for run, times in Counter(runs).items():
            shown = _shown_by(run) if len(run) <= _LONGEST_KEPT else _judge(run)
            words += times * shown[0]
            valid += times * shown[1]
            marked += times * shown[2]
            foreign += times * shown[3]
        lost = len(_LOST.findall(text)) if "?" in text or "\ufffd" in text else 0
        return cls(words, valid, marked, foreign, lost if lost > max(2, _SHARE_LOST * len(runs)) else 0)

    @property
    def score(self) -> float:
        return round(
            self.valid / self.words * min(1.0, self.marked / self.words / MARKED_SHARE_OF_SOUND_TEXT), 4
        )

    @property
    def is_foreign(self) -> bool:
        return (
            self.foreign > 1 and self.foreign >= _SHARE_FOREIGN * self.words and self.marked * 4 < self.words
        )


def _health(text: str) -> Health:
    encoding = None if text.isascii() else legacy.detect(text)
    # Its letters hold control characters, which else are a sign of no text at all.
    is_utf_8 = encoding is legacy.Encoding.MISREAD_UTF_8
    if not is_utf_8 and (unreadable := _share_unreadable(text)):
        return Health(round(max(0.0, 0.5 - unreadable), 4), Kind.UNREADABLE, len(text.split()))
    shares = _Shares.of(text)
    words = shares.words
    if shares.lost:
        score = round(_CLEARLY_DAMAGED * shares.valid / max(words, 1), 4)
        return Health(score, Kind.LOST_LETTERS, max(words, shares.lost))
    if not words:
        return Health(1.0, Kind.SOUND, 0)
    if encoding is not None and (is_utf_8 or _is_sound_in(encoding, text, shares.score)):
        return Health(min(shares.score, _CLEARLY_DAMAGED), Kind.LEGACY, words)
    if shares.score >= SOUND_FROM:
        return Health(shares.score, Kind.SOUND, words)
    if shares.is_foreign:
        return Health(1.0, Kind.FOREIGN, words)
    return Health(shares.score, _kind_of_misread(text, shares), words)


def _is_sound_in(encoding: legacy.Encoding, text: str, score: float) -> bool:
    """Whether a damaged text is sound once converted: misread text looks like a code by chance (é is ộ in TCVN3)."""
    return score < SOUND_FROM and _health(legacy.to_unicode(text, encoding)).kind is Kind.SOUND


def _kind_of_misread(text: str, shares: _Shares) -> Kind:
    few_marks = shares.marked <= _SHARE_WITHOUT_MARKS * shares.words
    return Kind.NO_MARKS if few_marks and _share_with_letters_kept(text) >= _LETTERS_KEPT else Kind.MISREAD


@cache
def _bare_syllables() -> frozenset[str]:
    return frozenset(fold("\n".join(_grammar.spellings())).split("\n"))


def _share_with_letters_kept(text: str) -> float:
    """The share of judged words that are syllables once the marks are left out of both."""
    words = [fold(piece) for piece, verdict in judged(text) if verdict is not Verdict.NEUTRAL]
    return sum(word in _bare_syllables() for word in words) / len(words)


def _share_unreadable(text: str) -> float:
    """The share of characters that no font shows or no text holds, above what may happen; else 0."""
    codes = _FONT_CODE.findall(text) if "(cid:" in text else []
    bare = _FONT_CODE.sub("", text) if codes else text
    if not codes and _WHITE.sub(" ", bare).isprintable():
        return 0.0
    strange_letters = {
        letter
        for letter in set(bare)
        if unicodedata.category(letter) in ("Co", "Cn", "Cc", "Cs") and letter not in "\n\t\r\f"
    }
    if not strange_letters and not codes:
        return 0.0
    strange = sum(letter in strange_letters for letter in bare)
    seen = sum(not letter.isspace() for letter in bare) + len(codes)
    share = (strange + len(codes)) / seen if seen else 0.0
    return share if share > _SHARE_UNREADABLE else 0.0
