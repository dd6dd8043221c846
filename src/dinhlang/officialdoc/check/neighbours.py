"""What two words side by side are, judged once for each two: texts have few different ones."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntFlag
from functools import lru_cache

from dinhlang.officialdoc.kept import Kept
from dinhlang.vietnamese import model

_CLASSES = frozenset(model.CLASSES)
_MARKED: dict[tuple[str, str], int] = {}


class Trait(IntFlag):
    """What is noteworthy about two words side by side; most have none."""

    BEGINS_TERM = 1
    """A term of a list begins with the two."""
    TWICE = 2
    """One word, twice."""
    NAMES_PLACE = 4
    """The name of a place begins with the two."""


def mark(pairs: Iterable[tuple[str, str]], trait: Trait) -> None:
    """Give a trait to some pairs: one look at a document then serves all lists of words."""
    for pair in pairs:
        _MARKED[pair] = _MARKED.get(pair, 0) | trait.value
    TRAITS.clear()


def _traits(pair: tuple[str, str]) -> int:
    found = _MARKED.get(pair, 0)
    return found | Trait.TWICE.value if pair[0] == pair[1] else found


TRAITS = Kept(_traits, 1 << 17)
"""The traits of two words, lower case in house style. As a plain number: thousands are put together."""


@lru_cache(maxsize=1 << 16)
def is_pair(first: str, second: str) -> bool:
    """Whether official text has the two words, none of them a class, side by side."""
    if first in _CLASSES or second in _CLASSES:
        return False
    tables = model.official()
    return tables.is_pair(tables.number(first), tables.number(second))


_OFTEN = 4.0 * model.UNIT


@lru_cache(maxsize=1 << 14)
def is_often(first: str, second: str) -> bool:
    """Whether the second word is what often follows the first."""
    tables = model.official()
    one, two = tables.ids.get(first), tables.ids.get(second)
    return one is not None and two is not None and tables.after_one(one)[0].get(two, _OFTEN + 1) <= _OFTEN
