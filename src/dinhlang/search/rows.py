"""Texts taken apart into words, kept for those that are shown again and again."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

from dinhlang.search.words import words


class Row(NamedTuple):
    """The words of a text beside each other: folded, and where each begins and ends."""

    folded: tuple[str, ...]
    starts: Sequence[int]
    ends: Sequence[int]


class Rows:
    """Rows of the texts that were looked at last, up to so many words in all.

    To take a text apart costs more than to look through it once, and to look through its row a tenth of that. So it is done
    for a text that is looked at a second time: the few that a site shows for many questions.
    """

    def __init__(self, most: int) -> None:
        self._most, self._held = most, 0
        self._rows: OrderedDict[str, Row] = OrderedDict()
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._lock = Lock()

    def of(self, text: str) -> Row | None:
        """The row of a text; None for one that was not looked at lately."""
        with self._lock:
            row = self._rows.get(text)
            if row is not None:
                self._rows.move_to_end(text)
                return row
            if hash(text) not in self._seen:
                self._note(hash(text))
                return None
        row = _row(text)
        with self._lock:
            if text not in self._rows:
                self._rows[text] = row
                self._held += len(row.folded)
            while self._held > self._most and len(self._rows) > 1:
                _text, gone = self._rows.popitem(last=False)
                self._held -= len(gone.folded)
        return row

    def _note(self, text: int) -> None:
        self._seen[text] = None
        if len(self._seen) > 10_000:
            self._seen.popitem(last=False)


def _row(text: str) -> Row:
    found = list(words(text))
    return Row(
        tuple(word.folded for word in found),
        array("I", (word.start for word in found)),
        array("I", (word.end for word in found)),
    )
