"""Names, addresses, ills and codes by how likely they are: weights of what stands around, learned from marked lines.

`likely.bin` (made by `scripts/train_redaction.py`) holds a weight for each word of `features.py` and each tag. The likeliest row of
tags of a line is the one whose weights add up to most (Viterbi). No line that was learned from is in the file.
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from operator import add

from dinhlang.vietnamese.redaction.features import EDGE, Look, beside, looks, notes, together
from dinhlang.vietnamese.redaction.line import Line
from dinhlang.vietnamese.redaction.spans import Kind, Span

LEARNED = (Kind.PERSON, Kind.ADDRESS, Kind.OTHER, Kind.BIRTH_DATE)
"""The kinds that weights tell apart. Tag 0 is nothing personal; each kind has two, one that begins a value and one that goes on."""
TAGS = 1 + 2 * len(LEARNED)
GOES_ON = {2 * place + 2: (2 * place + 1, 2 * place + 2) for place in range(len(LEARNED))}
"""After which tags one that goes on may stand."""
_BEGINS = [tag for tag in range(TAGS) if tag not in GOES_ON]
_NEVER = -(10**9)


def begins(kind: Kind) -> int:
    """The tag that begins a value of a kind."""
    return 1 + 2 * LEARNED.index(kind)


# The weights of a word stand in one whole number, each in its own 32 bits: to add those of many words is to add numbers once.
_BITS = 32
_ROW = struct.Struct(f"<{TAGS}b")
_SUMS = struct.Struct(f"<{TAGS}I")
_ABOVE_ZERO = sum(1 << (_BITS * tag + _BITS - 1) for tag in range(TAGS))


def _packed(weights: Iterable[int]) -> int:
    return sum(weight << (_BITS * tag) for tag, weight in enumerate(weights))


def _unpacked(total: int) -> tuple[int, ...]:
    """The sum for each tag, all of them more by the same number, so that none is below zero."""
    return _SUMS.unpack((total + _ABOVE_ZERO).to_bytes(_SUMS.size, "little"))


@dataclass(frozen=True, slots=True)
class _Table:
    """The weights of words, and for each tag what it weighs after each of the tags."""

    weights: dict[str, int]
    follow: list[list[int]]

    def of(self, words: Iterable[str]) -> int:
        """The weights of some words together, packed."""
        weigh = self.weights.get
        return sum([weigh(word, 0) for word in words])


@cache
def _table() -> _Table:
    packed = (files("dinhlang.vietnamese.redaction") / "likely.bin").read_bytes()
    moves, _, rest = zlib.decompress(packed).partition(b"\n\n")
    words, _, weights = rest.partition(b"\n\n")
    rows = map(_packed, _ROW.iter_unpack(weights))
    follow = [int(one) for one in moves.split(b",")]
    moves_to = [follow[tag::TAGS] for tag in range(TAGS)]
    return _Table(dict(zip(words.decode().split("\n"), rows, strict=True)), moves_to)


@lru_cache(maxsize=32768)
def _alone(look: Look, place: int) -> int:
    return _table().of([f"{place}{word}" for word in look.alone])


@lru_cache(maxsize=32768)
def _beside(left: Look, right: Look) -> tuple[int, int]:
    """What two neighbours say of the left one, and of the right one."""
    said = beside(left, right)
    table = _table()
    return table.of([">" + word for word in said]), table.of(["<" + word for word in said])


def _scores(line: Line) -> list[tuple[int, ...]]:
    """The weights of each token's tags."""
    row = looks(line)
    far = [EDGE, EDGE, *row, EDGE, EDGE]
    table = _table()
    pairs = [_beside(left, right) for left, right in pairwise(far[1:-1])]
    scores = []
    for at, noted in enumerate(notes(line)):
        near = far[at : at + 5]
        total = sum([_alone(look, place) for place, look in enumerate(near, start=-2)])
        total += pairs[at][1] + pairs[at + 1][0]
        scores.append(_unpacked(total + table.of(together(near[0], near[1], near[2], near[3], noted))))
    return scores


def _likeliest(scores: list[tuple[int, ...]], leans: tuple[int, ...]) -> list[int]:
    """The row of tags with the greatest sum; each tag's lean is added to what speaks for it."""
    follow = _table().follow
    best = [0] + [_NEVER] * (TAGS - 1)
    backs = []
    for row in scores:
        back, reached = [0] * TAGS, [0] * TAGS
        for tag in _BEGINS:
            ways = list(map(add, best, follow[tag]))
            way = max(ways)
            back[tag], reached[tag] = ways.index(way), way + row[tag] + leans[tag]
        for tag, befores in GOES_ON.items():
            moves = follow[tag]
            way, before = max([(best[before] + moves[before], before) for before in befores])
            back[tag], reached[tag] = before, way + row[tag] + leans[tag]
        backs.append(back)
        best = reached
    if not scores:
        return []
    tags = [best.index(max(best))]
    for back in backs[:0:-1]:
        tags.append(back[tags[-1]])
    return tags[::-1]


@dataclass(frozen=True, slots=True)
class Likely:
    """What is likely in a line, and how likely each token belongs to a value of a kind."""

    spans: tuple[Span, ...]
    _starts: tuple[int, ...]
    _scores: tuple[tuple[int, ...], ...]

    def of(self, kind: Kind) -> list[Span]:
        """What is likely of a kind."""
        return [one for one in self.spans if one.kind is kind]

    def speaks_for(self, span: Span) -> float:
        """How much more a span looks like what it is said to be than like nothing personal, by its tokens; below 0 it looks less so."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        tag = begins(span.kind)
        margins = [max(row[tag], row[tag + 1]) - row[0] for row in self._scores[first:last]]
        return sum(margins) / max(1, len(margins))


def likely(line: Line, lean: Mapping[Kind, int]) -> Likely:
    """The names, addresses and others that a line likely has; a kind's `lean` is added where something may be of it."""
    tokens = line.tokens
    scores = _scores(line)
    leans = (0, *(lean[kind] for kind in LEARNED for _begins_or_goes_on in range(2)))
    spans: list[Span] = []
    for token, tag in zip(tokens, _likeliest(scores, leans), strict=True):
        if tag in GOES_ON:
            spans[-1] = Span(spans[-1].start, token.end, spans[-1].kind)
        elif tag:
            spans.append(Span(token.start, token.end, LEARNED[tag // 2]))
    return Likely(tuple(spans), tuple(token.start for token in tokens), tuple(scores))
