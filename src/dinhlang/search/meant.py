"""What was meant by words that no document has: a slip of the keys, two words written as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple, Protocol

from rapidfuzz.distance import OSA

from dinhlang.search.words import forms, pairs

# How many of the likeliest readings of one word are tried beside its neighbours.
_READINGS = 12


class Near(NamedTuple):
    """A known word, and how many documents have it."""

    word: str
    documents: int


class Known(Protocol):
    """The words that documents have, folded. Each question may cost a journey, so they are asked for many at once."""

    def often(self, words: Sequence[str]) -> Mapping[str, int]:
        """How many documents have each word; a word that none has may be missing."""

    def near(self, word: str, slips: int) -> Sequence[Near]:
        """Known words at most so many slips away from this one, in any order."""

    def beside(self, pairs: Sequence[str]) -> Mapping[str, int]:
        """How many documents have each pair of neighbours."""


class Meant:
    """The words of an engine, asked for those that are nearly what was typed."""

    def __init__(self, known: Known) -> None:
        """Take the words that the documents have."""
        self._known = known

    def of(self, typed: Sequence[str]) -> list[str]:
        """The likeliest row of known words one slip away from what was typed; [] when there is none.

        Takes and gives folded words. A word that is known stays, unless it never stands beside its neighbours.
        """
        if len(typed) > 10:
            return []
        often = self._known.often(typed)
        strange = {place for place, word in enumerate(typed) if not often.get(word)}
        if len(strange) > 3:
            return []
        changed = sorted(strange) or range(len(typed))
        readings = {place: self._readings(typed[place]) for place in changed}
        choices = [set(readings)] if strange else [{place} for place in readings]
        rows = [row for places in choices for row in _rows(typed, readings, places)]
        worth, row = max(self._worths(rows), key=lambda one: one[0], default=(0, []))
        return row if worth or strange else []

    def _readings(self, word: str) -> list[list[str]]:
        """Known words one slip away (two in a long one), the commonest first; and the word parted in two."""
        slips = 2 if len(word) > 6 else 1
        near = sorted(
            self._known.near(word, slips), key=lambda one: (OSA.distance(word, one.word), -one.documents)
        )
        halves = list(_parted(word))
        known = self._known.beside([pair for both in halves for pair in pairs(both)]) if halves else {}
        return [[one.word] for one in near[:_READINGS]] + [
            both for both in halves if all(known.get(pair) for pair in pairs(both))
        ]

    def _worths(self, rows: Sequence[list[str]]) -> list[tuple[int, list[str]]]:
        """How well the words of each row stand beside each other; a row of one word by how common it is."""
        asked = dict.fromkeys(pair for row in rows for pair in pairs(row))
        beside = self._known.beside(list(asked)) if asked else {}
        alone = [row[0] for row in rows if len(row) == 1]
        often = self._known.often(alone) if alone else {}
        return [
            (min((beside.get(pair, 0) for pair in pairs(row)), default=often.get(row[0], 0)), row)
            for row in rows
        ]


def _rows(
    typed: Sequence[str], readings: Mapping[int, list[list[str]]], places: set[int]
) -> Iterator[list[str]]:
    choices = [readings[place] if place in places else [[word]] for place, word in enumerate(typed)]
    for chosen in product(*choices):
        row = [word for words in chosen for word in words]
        if row != list(typed):
            yield row


def _parted(word: str) -> Iterator[list[str]]:
    """The word as two, at each place."""
    for cut in range(1, len(word)):
        yield [forms(word[:cut])[1], forms(word[cut:])[1]]
