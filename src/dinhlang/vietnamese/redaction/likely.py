"""Names and addresses by how likely they are: weights of what stands around, learned from marked lines.

`likely.bin` (made by `scripts/train_redaction.py`) holds a weight for each word of `features.py` and each tag. The likeliest row of
tags of a line is the one whose weights add up to most (Viterbi). No line that was learned from is in the file.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from dinhlang.vietnamese.redaction.features import EDGE, Look, beside, looks, notes, together
from dinhlang.vietnamese.redaction.line import Line
from dinhlang.vietnamese.redaction.spans import Kind, Span

TAGS = ("else", "person", "person goes on", "address", "address goes on")
GOES_ON = {2: (1, 2), 4: (3, 4)}
"""After which tags one that goes on may stand."""
_PERSON, _ADDRESS = 1, 3
_NEVER = -(10**9)
Weights = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Table:
    """The weights: which place a word has, and what stands there for each tag."""

    places: dict[str, int]
    weights: memoryview
    follow: list[list[int]]
    """For each tag, what it weighs after each of the tags."""

    def of(self, words: Iterable[str]) -> Weights:
        """The weights of some words together."""
        places, weights = self.places, self.weights
        a = b = c = d = e = 0
        for word in words:
            if (at := places.get(word)) is not None:
                a += weights[at]
                b += weights[at + 1]
                c += weights[at + 2]
                d += weights[at + 3]
                e += weights[at + 4]
        return a, b, c, d, e


@cache
def _table() -> _Table:
    packed = (files("dinhlang.vietnamese.redaction") / "likely.bin").read_bytes()
    moves, _, rest = zlib.decompress(packed).partition(b"\n\n")
    words, _, weights = rest.partition(b"\n\n")
    listed = words.decode().split("\n")
    follow = [int(one) for one in moves.split(b",")]
    moves_to = [
        [
            _NEVER if tag in GOES_ON and before not in GOES_ON[tag] else follow[5 * before + tag]
            for before in range(5)
        ]
        for tag in range(5)
    ]
    places = dict(zip(listed, range(0, 5 * len(listed), 5), strict=True))
    return _Table(places, memoryview(weights).cast("b"), moves_to)


@lru_cache(maxsize=32768)
def _alone(look: Look, place: int) -> Weights:
    return _table().of([f"{place}{word}" for word in look.alone])


@lru_cache(maxsize=32768)
def _beside(left: Look, right: Look) -> tuple[Weights, Weights]:
    """What two neighbours say of the left one, and of the right one."""
    said = beside(left, right)
    table = _table()
    return table.of([">" + word for word in said]), table.of(["<" + word for word in said])


def _scores(line: Line) -> list[list[int]]:
    """The weights of each token's tags."""
    row = looks(line)
    far = [EDGE, EDGE, *row, EDGE, EDGE]
    table = _table()
    pairs = [_beside(left, right) for left, right in pairwise(far[1:-1])]
    scores = []
    for at, noted in enumerate(notes(line)):
        near = far[at : at + 5]
        parts = [_alone(look, place) for place, look in enumerate(near, start=-2)]
        parts += (
            pairs[at][1],
            pairs[at + 1][0],
            table.of(together(near[0], near[1], near[2], near[3], noted)),
        )
        scores.append([sum(column) for column in zip(*parts, strict=True)])
    return scores


def _likeliest(scores: list[list[int]], lean: int) -> list[int]:
    """The row of tags with the greatest sum; `lean` is added where a tag says that something is personal."""
    follow = _table().follow
    best = [0, _NEVER, _NEVER, _NEVER, _NEVER]
    backs = []
    for row in scores:
        back, reached = [], []
        for tag, moves in enumerate(follow):
            ways = [sofar + move for sofar, move in zip(best, moves, strict=True)]
            way = max(ways)
            back.append(ways.index(way))
            reached.append(way + row[tag] + (lean if tag else 0))
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
    """What is likely in a line, and how likely each token belongs to a name or to an address."""

    spans: tuple[Span, ...]
    _starts: tuple[int, ...]
    _margins: dict[Kind, tuple[int, ...]]

    def speaks_for(self, span: Span) -> float:
        """How much more a span looks like what it is said to be than like nothing personal, by its tokens; below 0 it looks less so."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return sum(self._margins[span.kind][first:last]) / max(1, last - first)


def likely(line: Line, lean: int) -> Likely:
    """The names and addresses that a line likely has; `lean` is added where something may be personal."""
    tokens = line.tokens
    scores = _scores(line)
    spans: list[Span] = []
    for token, tag in zip(tokens, _likeliest(scores, lean), strict=True):
        if tag in GOES_ON:
            spans[-1] = Span(spans[-1].start, token.end, spans[-1].kind)
        elif tag:
            spans.append(Span(token.start, token.end, Kind.PERSON if tag == _PERSON else Kind.ADDRESS))
    margins = {
        Kind.PERSON: tuple(max(row[_PERSON], row[_PERSON + 1]) - row[0] for row in scores),
        Kind.ADDRESS: tuple(max(row[_ADDRESS], row[_ADDRESS + 1]) - row[0] for row in scores),
    }
    return Likely(tuple(spans), tuple(token.start for token in tokens), margins)
