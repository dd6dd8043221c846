"""Stretches of text that know their origin, and lines made of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from dinhlang.officialdoc.read.decode import tidy

# Each would begin a new line or page of the text, and is none here.
_BREAKS = re.compile("[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


class Piece(NamedTuple):
    """Text out of one place. `source` is None for what the program prints by itself: numbers, rules of a table.

    `start` and `length` count characters of the source; the text may have more or fewer (legacy fonts).
    """

    text: str
    source: object | None = None
    start: int = 0
    length: int = 0


Line = list[Piece]


def text_of(line: Sequence[Piece]) -> str:
    """The text of a line without breaks, before it is tidied."""
    text = "".join([piece.text for piece in line])
    return _BREAKS.sub(" ", text)


class Stretch(NamedTuple):
    """Characters of one run: from `start` up to `end`, counted from 0 in the run."""

    source: object
    start: int
    end: int


@dataclass(frozen=True)
class Printed:
    """The text, and for each of its lines the pieces it was made of."""

    text: str
    lines: Sequence[Sequence[Piece]] = field(repr=False)

    @cached_property
    def shown(self) -> list[str]:
        return self.text.split("\n")

    def stretches(self, line: int, start: int, end: int) -> list[Stretch]:
        """The runs that the characters of a line from column `start` up to `end` (from 1) came from, in their order.

        Leaves out what the program prints by itself, and spaces.
        """
        if not 1 <= line <= len(self.lines):
            return []
        shown = self.shown[line - 1]
        # Spaces are joined and cut when a line is made, so that the n-th letter is the n-th letter.
        first = _letter_count(shown[: max(start - 1, 0)])
        last = first + _letter_count(shown[max(start - 1, 0) : max(end - 1, 0)])
        found: list[Stretch] = []
        seen = 0
        last_letter = ""
        for piece in self.lines[line - 1]:
            if seen >= last:
                break
            marks = _marks_of(last_letter, piece.text)
            text = piece.text[marks:]
            last_letter = _last_letter(last_letter + piece.text)
            before, seen = seen, seen + _letters_in(text)
            if seen > first and piece.source is not None:
                start_in, end_in = _within(text, max(first - before, 0), min(last, seen) - before)
                begin = piece.start + _scaled(piece, marks + start_in)
                stop = piece.start + _scaled(piece, marks + end_in)
                if found and found[-1].source is piece.source and found[-1].end <= stop:
                    found[-1] = Stretch(piece.source, found[-1].start, stop)
                else:
                    found.append(Stretch(piece.source, begin, stop))
        return found


def _marks_of(letter: str, text: str) -> int:
    """How many characters at the beginning of a text are marks of the letter that ended the run before."""
    count = 0
    while count < len(text) and unicodedata.combining(text[count]):
        count += 1
    composed = count and len(unicodedata.normalize("NFC", letter + text[:count])) == 1
    return count if composed else 0


def _last_letter(text: str) -> str:
    """The last letter of a text with the marks that are characters of their own after it."""
    at = len(text) - 1
    while at > 0 and unicodedata.combining(text[at]):
        at -= 1
    return text[max(at, 0) :]


def _letter_count(text: str) -> int:
    return len("".join(text.split()))


def _scaled(piece: Piece, at: int) -> int:
    """A place in the text of a piece as one in its source, which may be longer."""
    size = len(piece.text)
    return at if size == piece.length else -(-at * piece.length // max(size, 1))


# Runs are mostly a few words, and those come again.
_WORDS = 60
_known = lru_cache(maxsize=8192)(tidy)


def _tidied(text: str) -> str:
    return _known(text) if len(text) <= _WORDS else tidy(text)


def _letters_in(text: str) -> int:
    """How many letters a tidied line shows of a text."""
    return _letter_count(_tidied(text))


def _within(text: str, first: int, last: int) -> tuple[int, int]:
    """From where to where in a text its letters from number `first` up to `last` go."""
    if first == 0 and last == _letter_count(text) and _tidied(text) == text:
        bare = text.strip()
        start = text.index(bare)
        return start, start + len(bare)
    places = [
        (start, end) for start, end in _clusters(text) for _ in range(_letter_count(tidy(text[start:end])))
    ]
    return places[first][0], places[last - 1][1]


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """A letter with the marks that are characters of their own after it."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            yield start, at
            start = at
