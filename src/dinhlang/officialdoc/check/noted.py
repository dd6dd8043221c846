"""Which words a rule looks for, judged once for each word: texts have few different ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dinhlang.officialdoc.kept import Kept

_TESTS: list[Callable[[str], bool]] = []


@dataclass(frozen=True, slots=True)
class WordKind:
    """A kind of words, as a bit among those of all kinds."""

    bit: int


def word_kind(is_one: Callable[[str], bool]) -> WordKind:
    """Make a kind of the test whether a word, as it is written, is of it."""
    _TESTS.append(is_one)
    KINDS.clear()
    return WordKind(1 << (len(_TESTS) - 1))


def _kinds_of(word: str) -> int:
    return sum(1 << index for index, is_one in enumerate(_TESTS) if is_one(word))


KINDS = Kept(_kinds_of)
"""The bits of all kinds a word is of; most words are of none."""
