"""How alike two documents are by their words, whatever their marks, lines and capitals.

A signature is the MinHash of a text's shingles (Broder 1997): the share of places in which two signatures agree
estimates the share of shingles that the texts have in common. Comparing one with 10 000 others takes a few
milliseconds; only those that may be alike are then compared word by word.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from dinhlang.officialdoc.model import Document
from dinhlang.vietnamese.text import fold

ALIKE = 0.85
"""From here on a person has to decide whether both are wanted. Two scans of one paper have 0.95 and more."""
ALIKE_ELSEWHEN = 0.97
"""The same for two documents that say themselves that they are two: reports of two periods share most of their words."""
PLACES = 64
# Below ALIKE by what 64 places may be off by chance: three times the square root of p(1-p)/64.
_MAY_BE = 0.45
_SHINGLE = 3
_MOST_WORDS = 60_000
_WORD = re.compile(r"[^\W_]+")
_SEARCHED = re.compile(r"[a-z0-9]+")
_LONGEST_WORD = 60
_PRIME = (1 << 61) - 1
_MASK = (1 << 32) - 1


def _coefficients() -> tuple[tuple[int, int], ...]:
    """Fixed for all time, since signatures are stored: a congruential row begun at the first 64 bits of pi."""
    state, found = 0x243F6A8885A308D3, []
    for _turn in range(PLACES):
        pair = []
        for _part in range(2):
            state = (6364136223846793005 * state + 1442695040888963407) % (1 << 64)
            pair.append(state % (_PRIME - 1) + 1)
        found.append((pair[0], pair[1]))
    return tuple(found)


_COEFFICIENTS = _coefficients()


def words_of(text: str) -> list[str]:
    """The words that are compared."""
    return _WORD.findall(fold(text))[:_MOST_WORDS]


def searched(name: str, text: str) -> str:
    """What a search looks through: the words of the file's name and of the text, without marks, a space around each.

    Letters and digits only, so that every database parts it into the same words.
    """
    return f" {' '.join(searched_words(f'{name} {text}'))} "


def searched_words(text: str) -> list[str]:
    """The words of a text as a search knows them. What is longer than a word can be is cut."""
    return [word[:_LONGEST_WORD] for word in _SEARCHED.findall(fold(text))]


def signature(text: str) -> bytes:
    """256 bytes that stand for the words of a text; empty for one that has too few."""
    words = words_of(text)
    if len(words) < 3 * _SHINGLE:
        return b""
    shingles = {
        zlib.crc32(" ".join(words[at : at + _SHINGLE]).encode("utf-8", "replace"))
        for at in range(len(words) - _SHINGLE + 1)
    }
    least = (min([(a * one + b) % _PRIME for one in shingles]) & _MASK for a, b in _COEFFICIENTS)
    return b"".join(one.to_bytes(4, "big") for one in least)


def may_be_alike(one: bytes, other: bytes) -> bool:
    """Whether two signatures agree often enough for the texts to be worth comparing."""
    if len(one) != 4 * PLACES or len(other) != 4 * PLACES:
        return False
    agree = sum(one[at : at + 4] == other[at : at + 4] for at in range(0, 4 * PLACES, 4))
    return agree >= _MAY_BE * PLACES


def likeness(one: str, other: str) -> float:
    """The share of words, 0 to 1, that two texts have in common in the same order."""
    return float(Indel.normalized_similarity(words_of(one), words_of(other)))


def is_to_decide(alike: float, one: Document, other: Document) -> bool:
    """Whether a person has to say that both are wanted."""
    periods = {one.period, other.period}
    says_so = len(periods) == 2 and None not in periods
    return alike >= (ALIKE_ELSEWHEN if says_so else ALIKE)


@dataclass(frozen=True, slots=True)
class Difference:
    """A line of the comparison: both sides cut into stretches, each with whether it is only on that side."""

    left: tuple[tuple[str, bool], ...]
    right: tuple[tuple[str, bool], ...]
    is_same: bool


_TOKEN = re.compile(r"\S+\s*")
_MOST_TOKENS = 20_000
_PER_LINE = 60


def differences(left: str, right: str) -> list[Difference]:
    """Two texts side by side, words that stand on one side only marked. Long texts are cut."""
    one, other = _TOKEN.findall(left)[:_MOST_TOKENS], _TOKEN.findall(right)[:_MOST_TOKENS]
    folded = [" ".join(words_of(token)) or token.strip() for token in one]
    against = [" ".join(words_of(token)) or token.strip() for token in other]
    rows: list[Difference] = []
    for kind, a0, a1, b0, b1 in _opcodes(folded, against):
        if kind == "equal":
            rows += _same(one[a0:a1], other[b0:b1])
        else:
            rows.append(Difference(_side(one[a0:a1]), _side(other[b0:b1]), is_same=False))
    return _joined(rows)


def _opcodes(one: list[str], other: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    for step in Indel.opcodes(one, other):
        yield step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end


def _same(one: list[str], other: list[str]) -> Iterator[Difference]:
    for at in range(0, len(one), _PER_LINE):
        left, right = "".join(one[at : at + _PER_LINE]), "".join(other[at : at + _PER_LINE])
        yield Difference(((left, False),), ((right, False),), is_same=True)


def _side(tokens: list[str]) -> tuple[tuple[str, bool], ...]:
    return (("".join(tokens), True),) if tokens else ()


def _joined(rows: list[Difference]) -> list[Difference]:
    """Stretches put together into rows of about `_PER_LINE` words, so that a sentence stands in one row."""
    found: list[Difference] = []
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for row in rows:
        left += row.left
        right += row.right
        if sum(len(text.split()) for text, _only in left) >= _PER_LINE:
            found.append(_row(left, right))
            left, right = [], []
    if left or right:
        found.append(_row(left, right))
    return found


def _row(left: list[tuple[str, bool]], right: list[tuple[str, bool]]) -> Difference:
    return Difference(tuple(left), tuple(right), not any(only for _text, only in (*left, *right)))
