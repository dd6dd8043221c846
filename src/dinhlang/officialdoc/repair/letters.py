"""What single letters are misread as: costs of readings, and words laid letter by letter beside what was read."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from dinhlang.vietnamese.model import UNIT
from dinhlang.vietnamese.text import fold, split_tone

LONGEST_READING = 3
"""So many letters one letter is read as at most."""
FARTHEST = round(15 * UNIT)
"""What costs as much is not followed."""
# A letter may be read as the same letter with another tone was (10 %), or as its bare letter was (2 %), seen or not.
_LIKE_OTHER_TONES, _LIKE_BARE = 0.1, 0.02
# Digits and signs inside a word stand for any letter, mostly one with marks.
_ODD_SIGN = re.compile(r"[^a-zA-Zà-ỹÀ-Ỹ]")
_READ_AS_SIGN = round(6 * UNIT)
_LOST, _ANOTHER, _SEVERAL = round(8 * UNIT), round(8 * UNIT), round(11 * UNIT)
# What a document shows of its reader weighs as much as so many letters of the pages on which the counts were made.
_OWN_HABITS_WEIGH = 150.0

Counts = Mapping[str, Mapping[str, float]]
Costs = dict[str, int]
Pair = tuple[str, str]


class Letters:
    """The readings of each letter with their costs, `model.UNIT` for one natural logarithm."""

    def __init__(self, counted: Counts) -> None:
        self._shares = {
            letter: {read: times / sum(readings.values()) for read, times in readings.items()}
            for letter, readings in counted.items()
        }
        self.costs = _smoothed(self._shares)

    def adapted(self, pairs: Iterable[Pair]) -> Letters:
        """The same with the habits of one reader, as true letters with what it made of them."""
        counted: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for letter, shares in self._shares.items():
            for read, share in shares.items():
                counted[letter][read] += share * _OWN_HABITS_WEIGH
        for letter, read in pairs:
            counted[letter][read] += 1
        return Letters(counted)

    def step(self, letter: str, read: str) -> int:
        """What one reading of one letter costs, seen or not."""
        known = self.costs.get(letter, {}).get(read)
        return unlikely(read) if known is None else min(known, unlikely(read))

    def cost(self, word: str, read: str) -> int:
        """What it costs that the whole word was read so; `FARTHEST` or more when it cannot be."""
        reached = {0: 0}
        end = len(read)
        for letter in word:
            readings = self.costs.get(letter, {})
            further: dict[int, int] = {}
            for at, cost in reached.items():
                for after in range(at, min(at + LONGEST_READING, end) + 1):
                    seen = read[at:after]
                    known = readings.get(seen)
                    total = cost + (unlikely(seen) if known is None else known)
                    if total < further.get(after, 2 * FARTHEST):
                        further[after] = total
            reached = further
        return reached.get(end, 2 * FARTHEST)

    def side_by_side(self, word: str, read: str) -> list[Pair]:
        """Each letter of the word with what it was read as."""
        return side_by_side(word, read, self.step)


def unlikely(read: str) -> int:
    """What a reading costs that was never counted for the letter."""
    if not read:
        return _LOST
    if len(read) > 1:
        return _SEVERAL * (len(read) - 1)
    return _READ_AS_SIGN if _ODD_SIGN.match(read) else _ANOTHER


def is_odd(read: str) -> bool:
    """Whether it is a single sign or digit, which inside a word must stand for a letter."""
    return len(read) == 1 and bool(_ODD_SIGN.match(read))


def side_by_side(word: str, read: str, cost: Callable[[str, str], float]) -> list[Pair]:
    """Each letter of the word with the none to three letters it was read as, the cheapest way; empty when there is none."""
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for letter in word:
        here: dict[int, tuple[float, int]] = {}
        for at, (so_far, _) in best[-1].items():
            for after in range(at, min(at + LONGEST_READING, len(read)) + 1):
                total = so_far + cost(letter, read[at:after])
                if after not in here or total < here[after][0]:
                    here[after] = (total, at)
        best.append(here)
    if len(read) not in best[-1]:
        return []
    pairs, end = [], len(read)
    for row in range(len(word), 0, -1):
        start = best[row][end][1]
        pairs.append((word[row - 1], read[start:end]))
        end = start
    return pairs[::-1]


def _smoothed(shares: Counts) -> dict[str, Costs]:
    """Costs of the readings of each letter, with a little of those of its relatives."""
    toneless: defaultdict[str, list[str]] = defaultdict(list)
    bare: defaultdict[str, list[str]] = defaultdict(list)
    for letter in shares:
        toneless[split_tone(letter)[0]].append(letter)
        bare[_bare(letter)].append(letter)
    found = {}
    for letter, own in shares.items():
        mixed: defaultdict[str, float] = defaultdict(float, own)
        for weight, relatives in (
            (_LIKE_OTHER_TONES, toneless[split_tone(letter)[0]]),
            (_LIKE_BARE, bare[_bare(letter)]),
        ):
            for relative in relatives:
                for read, share in shares[relative].items():
                    mixed[read] += weight * share / len(relatives)
        costs = {read: round(-math.log(min(share, 1)) * UNIT) for read, share in mixed.items()}
        found[letter] = {read: cost for read, cost in costs.items() if cost < FARTHEST}
    return found


def _bare(letter: str) -> str:
    return fold(letter).upper() if letter.isupper() else fold(letter)
