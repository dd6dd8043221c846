"""The words of a text as they are searched: where they stand, how they are written, and folded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from dinhlang.vietnamese.text import fold, house_style, nfc

# A letter or digit with the Latin marks that follow it, so that decomposed text keeps its own places.
_WORD = re.compile("(?:[^\\W_][\u0300-\u036f]*)+")
# "kỹ" and "kĩ" are one word in two spellings; "thúy" and "thúi" are two words: only a y that is the whole vowel counts.
_LONE_Y = re.compile("^([bcdđghklmnpqrstvx]*|qu)([yýỳỷỹỵ])$")
_SHORT = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
# No word of any language is longer; what is, is a code or rubbish, and would only fill the index.
LONGEST = 40


class Word(NamedTuple):
    """A word of a text: its place there (characters, end after the last), as written and folded."""

    start: int
    end: int
    exact: str
    folded: str


def words(text: str) -> Iterator[Word]:
    """The words of a text in any normal form, in order. Punctuation parts words: “36/KH-UBND” is three."""
    for found in _WORD.finditer(text):
        exact, folded = forms(found[0][: LONGEST * 2])
        yield Word(found.start(), found.end(), exact, folded)


@lru_cache(maxsize=65536)
def forms(word: str) -> tuple[str, str]:
    """A word as it is searched: in its one spelling (lower case, NFC, new-style tone marks, i for a lone y), and folded."""
    exact = house_style(nfc(word).lower())[:LONGEST]
    lone = _LONE_Y.match(exact)
    if lone:
        exact = lone[1] + _SHORT[lone[2]]
    return exact, fold(exact)


def pairs(row: Sequence[str]) -> Iterator[str]:
    """Each word joined to the next: most Vietnamese words are two syllables, and a pair is far rarer than its halves."""
    return (f"{left}_{right}" for left, right in pairwise(row))
