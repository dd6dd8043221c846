"""Short forms and what they stand for. Texts are indexed with both, so that a question needs neither."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from dinhlang.search.words import Word, words


class Alias(NamedTuple):
    """Another way to say something: rows of words, as written and folded."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]


class Aliases:
    """A table of short forms, asked both ways."""

    def __init__(self, table: Mapping[str, str]) -> None:
        """Take the long form of each short one."""
        self._of: dict[tuple[str, ...], Alias] = {}
        for short, long in table.items():
            both = _alias(short), _alias(long)
            self._of[both[0].folded] = both[1]
            self._of[both[1].folded] = both[0]
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for row in sorted(self._of, key=len, reverse=True):
            self._by_first.setdefault(row[0], []).append(row)

    def said_in(self, row: Sequence[Word]) -> list[Alias]:
        """The other ways to say what a row of words says, each once."""
        found: dict[Alias, None] = {}
        folded = [word.folded for word in row]
        for place, word in enumerate(folded):
            for known in self._by_first.get(word, ()):
                if tuple(folded[place : place + len(known)]) == known:
                    found[self._of[known]] = None
        return list(found)

    def of(self, row: Sequence[str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Within a row of folded words: each part that has another form, and that form, folded."""
        found = []
        for place, word in enumerate(row):
            for known in self._by_first.get(word, ()):
                if tuple(row[place : place + len(known)]) == known:
                    found.append((known, self._of[known].folded))
        return found


def _alias(text: str) -> Alias:
    row = list(words(text))
    return Alias(tuple(word.exact for word in row), tuple(word.folded for word in row))


@cache
def official() -> Aliases:
    """The short forms of official Vietnamese that mean one thing only."""
    table = tomllib.loads((files("dinhlang.search") / "data" / "abbreviations.toml").read_text("utf-8"))
    return Aliases(table["abbreviations"])
