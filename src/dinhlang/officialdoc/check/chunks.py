"""What stands between two spaces of a text: mostly one word, with its signs. Texts repeat it, so it is taken apart once."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from sys import intern
from typing import NamedTuple

from dinhlang.officialdoc.check.noted import kinds_of, kinds_of_signs, made_of_kinds, special_kind
from dinhlang.officialdoc.kept import Kept
from dinhlang.vietnamese.text import house_style

WORD = re.compile(r"[^\W\d_]+|\d+")
_STOPS = re.compile(r"[.;:!?…]")
# A word, a number or a code, or what stands between two words and is not only space. The first letters are the usual
# ones, and the space is taken along, because that is quicker.
TOKEN = re.compile(
    r" ?([a-zA-ZÀ-ÖØ-öø-ɏḀ-ỿ]+[^\W\d_]*|\d+(?:[./,:-](?:[^\W\d_]+|\d+))*|[^\W\d_]+|(?:[^\w\s]|_)[\W_]*)"
)
ANY_NUMBER, STOP, COMMA = "0", ".", ","
"""What stands among tokens for any number, for the end of a sentence or a part of it, and for any other sign."""


def _plain(word: str) -> str:
    return house_style(word.lower())


_PLAIN = Kept(_plain)


def plain(word: str) -> str:
    """A word in lower case and the house style of tone marks."""
    return _PLAIN[word]


def words_in(text: str) -> list[str]:
    """The words and numbers of a text as they are written."""
    return WORD.findall(text)


def tokens_in(text: str) -> list[str]:
    """The words of a text as they are written, and what stands for its numbers, codes and signs."""
    return [_standing_for(token) for token in TOKEN.findall(text)]


def _standing_for(token: str) -> str:
    if token[0].isdecimal():
        return ANY_NUMBER
    if token[0].isalnum():
        return token
    return STOP if _STOPS.search(token) else COMMA


class Chunk(NamedTuple):
    """The words of what stands between two spaces, as they are written and as they are compared, its tokens, the bits of
    the kinds of its words, and for each word as it is compared eight bytes that are the same for the same word."""

    written: tuple[str, ...]
    plain: tuple[str, ...]
    tokens: tuple[str, ...]
    kinds: int
    marks: bytes


def _chunk(text: str) -> Chunk:
    words = words_in(text)
    kinds = kinds_of(words) | kinds_of_signs(text) | (0 if text[0].isalnum() else BEGINS_WITH_SIGN.bits)
    # Thousands of words and of threes of them are looked up for a document: the same word is the same string, so that to
    # see that two are alike neither need be read.
    compared = tuple(map(intern, map(plain, words)))
    tokens = tuple(map(intern, tokens_in(text)))
    return Chunk(tuple(words), compared, tokens, kinds, marks_of(compared))


def marks_of(words: Iterable[str]) -> bytes:
    """Eight bytes for each word, the same for the same word while the process runs."""
    return array("q", map(hash, words)).tobytes()


BEGINS_WITH_SIGN = special_kind()
"""Of what stands between two spaces and begins with a sign."""


class _Chunks(Kept[str, Chunk]):
    def __missing__(self, key: str) -> Chunk:
        # What goes on without a space is long, and comes once.
        return super().__missing__(key) if len(key) < _LONG else self._make(key)


_LONG = 40
_CHUNKS = _Chunks(_chunk)
made_of_kinds.append(_CHUNKS)


def chunks_of(text: str) -> list[Chunk]:
    """What stands between the spaces of a text, in its order."""
    return list(map(_CHUNKS.__getitem__, text.split()))
