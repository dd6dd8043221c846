"""What was meant by words that no document has: a slip of the keys, two words written as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

import tantivy
from rapidfuzz import process
from rapidfuzz.distance import OSA

from dinhlang.search.words import forms

# How many of the likeliest readings of one word are tried beside its neighbours.
_READINGS = 12


class Meant:
    """The words of an index, asked for those that are nearly what was typed."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        """Read the words that the documents have, folded, and how many have each."""
        self._searcher = searcher
        self._often = dict(searcher.terms_with_prefix("words", ""))

    def of(self, typed: Sequence[str]) -> list[str]:
        """The likeliest row of known words one slip away from what was typed; [] when there is none.

        Takes and gives folded words. A word that is known stays, unless it never stands beside its neighbours.
        """
        if len(typed) > 10:
            return []
        strange = {place for place, word in enumerate(typed) if word not in self._often}
        if len(strange) > 3:
            return []
        rows = (
            (self._worth(row), row)
            for places in ([strange] if strange else [{place} for place in range(len(typed))])
            for row in self._rows(typed, places)
        )
        worth, row = max(rows, key=lambda one: one[0], default=(0, []))
        return row if worth or strange else []

    def _rows(self, typed: Sequence[str], places: set[int]) -> Iterator[list[str]]:
        choices = [self._readings(word) if place in places else [[word]] for place, word in enumerate(typed)]
        for chosen in product(*choices):
            row = [word for words in chosen for word in words]
            if row != list(typed):
                yield row

    def _readings(self, word: str) -> list[list[str]]:
        """Known words one slip away (two in a long one), the commonest first; and the word parted in two."""
        slips = 2 if len(word) > 6 else 1
        near = process.extract(word, self._often.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None)
        found = sorted(near, key=lambda one: (one[1], -self._often[one[0]]))[:_READINGS]
        return [[one[0]] for one in found] + [both for both in _parted(word) if self._beside(*both)]

    def _worth(self, row: Sequence[str]) -> int:
        """How well the words of a row stand beside each other; a row of one word by how common it is."""
        if len(row) == 1:
            return int(self._often.get(row[0], 0))
        return min(self._beside(left, right) for left, right in pairwise(row))

    def _beside(self, left: str, right: str) -> int:
        return int(self._searcher.doc_freq("pairs", f"{left}_{right}"))


def _parted(word: str) -> Iterator[list[str]]:
    """The word as two, at each place."""
    for cut in range(1, len(word)):
        yield [forms(word[:cut])[1], forms(word[cut:])[1]]
