"""What two words side by side are, judged once for each two: texts have few different ones."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntFlag
from functools import lru_cache
from sys import intern

from dinhlang.vietnamese import model

_CLASSES = frozenset(model.CLASSES)
MARKED: dict[tuple[str, str], int] = {}
"""The traits of the pairs that have some, lower case in house style. As plain numbers: thousands of pairs are looked up."""


class Trait(IntFlag):
    """What is noteworthy about two words side by side; most have nothing."""

    BEGINS_TERM = 1
    """A term of a list begins with the two."""
    NAMES_PLACE = 2
    """The name of a place begins with the two."""


def mark(pairs: Iterable[tuple[str, str]], trait: Trait) -> None:
    """Give a trait to some pairs: one look at a document then serves all lists of words."""
    for first, second in pairs:
        # As words of a text are (`chunks`).
        pair = intern(first), intern(second)
        MARKED[pair] = MARKED.get(pair, 0) | trait.value


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
