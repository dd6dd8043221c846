"""Which words a rule looks for, judged once for each word: texts have few different ones.

    _MONTH = words("tháng", "quý")
    …
    for piece in case.of(*PROSE, saying=_MONTH):

A rule whose pattern cannot match without some words looks only at the texts that say one of them. What it finds must be
the same as if it looked at all: `tests/test_check_noted.py` holds every rule to that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import count
from operator import or_
from typing import Any

from dinhlang.officialdoc.kept import Kept
from dinhlang.officialdoc.read.words import fold

_WORDS: dict[str, int] = defaultdict(int)
_PARTS: dict[str, int] = defaultdict(int)
_SIGNS: dict[str, int] = defaultdict(int)
_BY_SIGNS: dict[str, WordKind] = {}
_TESTS: list[tuple[Callable[[str], bool], int]] = []
_BITS = (1 << number for number in count())
made_of_kinds: list[Kept[Any, Any]] = []
"""What others keep that they made of kinds of words."""


@dataclass(frozen=True, slots=True)
class WordKind:
    """A kind of words, as a bit among those of all kinds; several bits ask for a word of each."""

    bits: int

    def __and__(self, other: WordKind) -> WordKind:
        return WordKind(self.bits | other.bits)


NOTHING = WordKind(0)
"""What every text has."""


def words(*any_of: str) -> WordKind:
    """The kind of these words, whatever their marks and capitals."""
    kind = _new()
    for word in any_of:
        _WORDS[fold(word)] |= kind.bits
    return kind


def parts(*any_of: str) -> WordKind:
    """The kind of words that one of these letters, one after another, is part of, whatever their marks and capitals."""
    kind = _new()
    for letters in any_of:
        _PARTS[fold(letters)] |= kind.bits
    return kind


def word_kind(is_one: Callable[[str], bool]) -> WordKind:
    """The kind of words that meet a test, as they are written."""
    kind = _new()
    _TESTS.append((is_one, kind.bits))
    return kind


def signs(any_of: str) -> WordKind:
    """The kind of one of these signs, none of them a letter or a space."""
    if any_of not in _BY_SIGNS:
        _BY_SIGNS[any_of] = _new()
        for sign in any_of:
            _SIGNS[sign] |= _BY_SIGNS[any_of].bits
    return _BY_SIGNS[any_of]


def kinds_of_signs(text: str) -> int:
    """The bits of the kinds of all signs of a text."""
    return reduce(or_, [_SIGNS[sign] for sign in text if sign in _SIGNS], 0)


def special_kind() -> WordKind:
    """A kind that no word is of: for what stands with words and is asked for as they are."""
    return _new()


def _new() -> WordKind:
    # A word that was asked about before this kind was there is asked about again.
    for kept in (_KINDS, *made_of_kinds):
        kept.clear()
    return WordKind(next(_BITS))


def _kinds_of(word: str) -> int:
    bare = fold(word)
    found = _WORDS.get(bare, 0)
    for letters, bits in _PARTS.items():
        if letters in bare:
            found |= bits
    for is_one, bits in _TESTS:
        if is_one(word):
            found |= bits
    return found


def kinds_of(words: Iterable[str]) -> int:
    """The bits of all kinds that some of the words are of."""
    return reduce(or_, map(_KINDS.__getitem__, words), 0)


_KINDS = Kept(_kinds_of)
