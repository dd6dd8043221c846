"""What a misread word may have been: a noisy channel learned from pages whose text was known.

`misreadings.txt.gz` counts, over pages of official text read by a machine that knows only English, what became of each
letter and of each onset and rime as a whole ('ực' is mostly read 'uc', often 'yc' or 'irc'; made by
`scripts/count_confusions.py`). A read word is cut at every place where the onset may end; for each half the likeliest
pieces are looked up, or walked through a tree of all pieces letter by letter where the half was never seen, and
pieces that make a syllable together are candidates. Halves recur, so most of the work is done once.

Costs are whole numbers, `model.UNIT` for one natural logarithm.
"""

from __future__ import annotations

import gzip
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import cache, lru_cache
from importlib import resources

from dinhlang.officialdoc.repair.letters import FARTHEST, LONGEST_READING, Letters, is_odd, unlikely
from dinhlang.officialdoc.repair.syllables import pieces
from dinhlang.vietnamese import _grammar, model
from dinhlang.vietnamese.model import UNIT
from dinhlang.vietnamese.text import house_style

Costs = dict[str, int]
Tree = dict[str, "Tree | str"]

LONGEST_ONSET = 4
LONGEST_WORD = 12
"""No syllable is read as more letters."""
# How much what is known of single letters weighs against what was counted for the whole piece.
_LETTERS_WEIGH = 8.0
_NEAR_THE_BEST = round(9 * UNIT)
_MOST_PIECES = 40
_LEAF = ""


class Style(IntEnum):
    """How a word was written: all small, with a capital, all capitals."""

    SMALL = 0
    TITLE = 1
    CAPITALS = 2


def written(word: str, style: Style) -> str:
    """A word in small letters as it is written in the style."""
    if style is Style.SMALL:
        return word
    return word.capitalize() if style is Style.TITLE else word.upper()


@cache
def _syllables() -> dict[str, str]:
    """Every spelling of a syllable that official text has, with the spelling of the house."""
    used = model.official().ids
    both = ((spelling, house_style(spelling)) for spelling in _grammar.spellings())
    return {spelling: house for spelling, house in both if house in used}


class Channel:
    """The counts, and what they make of a word."""

    def __init__(self, table: str) -> None:
        letters, _, whole = table.partition("\n\n")
        self.letters = Letters(dict(_counted(letters.splitlines())))
        self._seen = dict(_counted(whole.splitlines()))
        self._total = {piece: sum(seen.values()) for piece, seen in self._seen.items()}
        self._frequent = {piece: round(math.log(1 + total) * UNIT) for piece, total in self._total.items()}
        self._known: dict[str, list[str]] = defaultdict(list)
        for piece, seen in self._seen.items():
            for read in seen:
                self._known[read].append(piece)
        onsets, rimes = pieces(_syllables())
        alone = [rime for rime in rimes if rime in _syllables()]
        self._onsets = {style: frozenset(_in_style(onsets, style)) for style in Style}
        self._rimes = {
            style: frozenset(_in_style(rimes, Style.SMALL if style < 2 else style)) for style in Style
        }
        self._alone = {style: frozenset(_in_style(alone, style)) for style in Style}
        self._trees = {
            group: _tree(group)
            for group in {*self._onsets.values(), *self._rimes.values(), *self._alone.values()}
        }
        self._pieces = lru_cache(maxsize=100_000)(self._find_pieces)

    def candidates(self, read: str, style: Style) -> Costs:
        """Syllables in small letters and the house style that may have been read so, with their costs."""
        if not 0 < len(read) <= LONGEST_WORD:
            return {}
        found: Costs = {}
        known = _syllables()
        for whole, cost in self._pieces(read, self._alone[style]):
            _keep(found, known, whole, cost)
        for at in range(1, min(len(read), LONGEST_ONSET + 1)):
            onsets = self._pieces(read[:at], self._onsets[style])
            if not onsets:
                continue
            rimes = self._pieces(read[at:], self._rimes[style])
            for onset, first in onsets:
                for rime, second in rimes:
                    if first + second > FARTHEST:
                        break
                    _keep(found, known, onset + rime, first + second)
        return found

    def _find_pieces(self, read: str, group: frozenset[str]) -> tuple[tuple[str, int], ...]:
        """Pieces of the group that may have been read so, the likeliest first."""
        walked = self._walk(read, self._trees[group])
        known = [piece for piece in self._known.get(read, ()) if piece in group]
        found = [(piece, self._cost(piece, read, walked.get(piece))) for piece in {*walked, *known}]
        if not found:
            return ()
        limit = min(cost for _, cost in found) + _NEAR_THE_BEST
        likely = [one for one in found if one[1] <= limit]
        likely.sort(key=lambda one: one[1] - self._frequent.get(one[0], 0))
        return tuple(sorted(likely[:_MOST_PIECES], key=lambda one: one[1]))

    def _cost(self, piece: str, read: str, by_letters: int | None) -> int:
        chance = _LETTERS_WEIGH * math.exp(-(FARTHEST if by_letters is None else by_letters) / UNIT)
        chance += self._seen.get(piece, {}).get(read, 0)
        return round(-math.log(chance / (self._total.get(piece, 0) + _LETTERS_WEIGH)) * UNIT)

    def _walk(self, read: str, tree: Tree) -> Costs:
        """Pieces letter by letter by readings that were counted, each with its cost.

        With every node of the tree goes the least cost of having come so far in what was read.
        """
        found: Costs = {}
        end = len(read)
        ahead = [
            [(after, read[at:after], _unseen(read[at:after])) for after in _ends(at, end)]
            for at in range(end + 1)
        ]
        waiting: list[tuple[Tree, dict[int, int]]] = [(tree, {0: 0})]
        while waiting:
            node, reached = waiting.pop()
            if end in reached and (piece := node.get(_LEAF)) is not None:
                found[piece] = reached[end]  # type: ignore[index]
            for letter, below in node.items():
                if letter == _LEAF:
                    continue
                readings = self.letters.costs.get(letter, {})
                further: dict[int, int] = {}
                for at, cost in reached.items():
                    for after, seen, unseen in ahead[at]:
                        total = cost + readings.get(seen, unseen)
                        if total < further.get(after, FARTHEST):
                            further[after] = total
                if further:
                    waiting.append((below, further))  # type: ignore[arg-type]
        return found


def _ends(at: int, end: int) -> range:
    return range(at, min(at + LONGEST_READING, end) + 1)


def _unseen(read: str) -> int:
    return unlikely(read) if is_odd(read) else FARTHEST


def _keep(found: Costs, known: dict[str, str], spelled: str, cost: int) -> None:
    word = known.get(spelled.lower())
    if word is not None and cost < found.get(word, FARTHEST):
        found[word] = cost


def _in_style(group: Iterable[str], style: Style) -> Iterator[str]:
    return (written(word, style) for word in group)


def _counted(lines: Iterable[str]) -> Iterator[tuple[str, dict[str, int]]]:
    for line in lines:
        piece, *readings = line.split(" ")
        yield piece, {seen: int(times) for seen, _, times in (one.rpartition(":") for one in readings)}


def _tree(group: Iterable[str]) -> Tree:
    root: Tree = {}
    for piece in group:
        node = root
        for letter in piece:
            node = node.setdefault(letter, {})  # type: ignore[assignment]
        node[_LEAF] = piece
    return root


@cache
def misreadings() -> Channel:
    """The channel of a machine that reads Vietnamese as English."""
    packed = resources.files("dinhlang.officialdoc.repair").joinpath("misreadings.txt.gz").read_bytes()
    return Channel(gzip.decompress(packed).decode())
