"""Slips of one mark that make another syllable: 'sư nghiệp' for 'sự nghiệp', 'hành chinh' for 'hành chính'.

A pair of syllables that ten million syllables of official text do not have, where the same letters with other marks
are frequent, is a slip if the odd syllable is strange to its other neighbour too ('bộ phận | phối hợp' is none: 'bộ phận'
is known). Measured on a twentieth of that text kept aside: of slips of one mark 65 % are found; of 18 alarms in
550,000 syllables 14 were misprints of the source.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from functools import cache, lru_cache
from importlib import resources

from dinhlang.vietnamese.text import fold

FREQUENT = 500
"""From so many times on, a pair is taken for what was meant."""
_FREQUENT_ALONE = 1500
"""The same, where nothing stands on the other side of the odd syllable."""

# They stand beside anything, so a pair with one of them proves nothing; the last are names' companions.
_LOOSE_TABLE = """
    của và có được tại trong cho là với về theo trên để từ đến các những hoặc khi do bằng này đó cùng
    xã phường thị quận huyện tỉnh thành thôn tổ khu
"""
LOOSE = frozenset(_LOOSE_TABLE.split())
"""Words that stand beside any other."""


@cache
def _known() -> tuple[dict[str, frozenset[str]], dict[str, list[tuple[int, str, str]]]]:
    """What follows each syllable, and the frequent pairs by their bare letters, most frequent first."""
    packed = resources.files("dinhlang.vietnamese").joinpath("pairs.txt.gz").read_bytes()
    following: dict[str, frozenset[str]] = {}
    frequent: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for line in gzip.decompress(packed).decode().splitlines():
        first, *seconds = line.split()
        names = []
        for second in seconds:
            name, counted, times = second.partition(":")
            names.append(name)
            if counted:
                frequent[fold(f"{first} {name}")].append((int(times), first, name))
        following[first] = frozenset(names)
    for pairs in frequent.values():
        pairs.sort(reverse=True)
    return following, dict(frequent)


@lru_cache(maxsize=8192)
def _bare(word: str) -> str:
    return fold(word)


def is_known(first: str, second: str) -> bool:
    """Whether official text has the two syllables side by side (lower case, house style)."""
    return second in _known()[0].get(first, ())


def is_frequent(first: str, second: str) -> bool:
    """Whether official text has the two side by side so often that they are taken for what was meant."""
    return any(
        (one, two) == (first, second) for _, one, two in _known()[1].get(fold(f"{first} {second}"), ())
    )


def may_be_meant(first: str, second: str) -> bool:
    """A quick look: whether a frequent pair has the same letters, whatever its marks."""
    return f"{_bare(first)} {_bare(second)}" in _known()[1]


def meant(before: str | None, first: str, second: str, after: str | None) -> tuple[str, str] | None:
    """The pair that was meant by `first second`, when one of the two is a slip of its marks; else None.

    Syllables in lower case and the house style; `before` and `after` are None where something other than a space
    parts them from the pair.
    """
    if is_known(first, second) or first in LOOSE or second in LOOSE:
        return None
    for times, right_first, right_second in _known()[1].get(f"{_bare(first)} {_bare(second)}", ()):
        if (
            (right_first == first) is (right_second == second)
            or right_first in LOOSE
            or right_second in LOOSE
        ):
            continue
        odd_first = right_first != first
        beside = before if odd_first else after
        if beside is None:
            strange = times >= _FREQUENT_ALONE
        else:
            strange = not (is_known(beside, first) if odd_first else is_known(second, beside))
        if strange:
            return right_first, right_second
    return None
