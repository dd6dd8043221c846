#!/usr/bin/env python3
"""Learns which words of a line are somebody's name, address, ill or code: writes `src/dinhlang/vietnamese/redaction/likely.bin`.

`.venv/bin/python scripts/train_redaction.py TEXT.txt.gz …` reads the marked lines that the detector may be taught by
(`vietnamese/tests/`), makes others of them (`redaction_lines.py`), adds lines of official texts (one piece a line; hardly anybody
private is named there), and learns a weight for each word of `redaction/features.py` and each tag by the structured
perceptron with averaging (Collins 2002). What it misses costs more than what it finds in vain; now and then some words are hidden from
it, so that it does not lean on single ones; what four orders of the lines teach is averaged. The same lines give the same file.
"""

from __future__ import annotations

import gzip
import random
import sys
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt
from redaction_lines import Marked, ills_of, read, variants

from dinhlang.vietnamese.redaction.features import told
from dinhlang.vietnamese.redaction.likely import GOES_ON, LEARNED, TAGS, begins
from dinhlang.vietnamese.redaction.line import Line
from dinhlang.vietnamese.redaction.spans import Span
from dinhlang.vietnamese.tests.marked import TAUGHT_BY
from dinhlang.vietnamese.text import nfc

ROOT = Path(__file__).resolve().parent.parent / "src/dinhlang/vietnamese"
WRITTEN = ROOT / "redaction/likely.bin"
TIMES, SEEDS, ROUNDS, FEWEST, HIDDEN = 8, (1, 2, 3, 4), 6, 4, 0.2
MISSED, IN_VAIN = 2.0, 1.0
OFFICIAL, OFFICIAL_TIMES, SHORTEST, LONGEST = 900, 2, 20, 160
LEAST, SCALE = 0.35, 4.0

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


def main() -> None:
    chance = random.Random(20261126)
    lines = [line for name in ("personal.txt", *TAUGHT_BY) for line in read(ROOT / "tests" / name)]
    ills = ills_of(lines)
    made = [other for line in lines for other in variants(line, TIMES, chance, ills)]
    official = [line for name in sys.argv[1:] for line in some_of(Path(name), chance)]
    made += [other for line in official for other in variants(line, OFFICIAL_TIMES, chance, ills)]
    learner = Learner(made)
    print(f"{len(made)} lines of {len(lines)} and {len(official)}, {len(learner.places)} words")
    learned = [learner.learn(seed) for seed in SEEDS]
    pack(
        learner.places,
        np.mean([one for one, _ in learned], axis=0),
        np.mean([one for _, one in learned], axis=0),
    )


def some_of(path: Path, chance: random.Random) -> list[Marked]:
    """Lines of an official text, in which nothing is personal."""
    with gzip.open(path, "rt", encoding="utf-8") as text:
        lines = [nfc(line.strip())[:LONGEST] for line in text if len(line) > SHORTEST]
    return [(line, ()) for line in chance.sample(lines, min(OFFICIAL, len(lines)))]


def tags_of(line: Line, spans: tuple[Span, ...]) -> list[int]:
    """The tag of each token: what it begins, what it goes on with."""
    tags, last = [], None
    for token in line.tokens:
        within = next((one for one in spans if one.start <= token.start < one.end), None)
        if within is None or within.kind not in LEARNED:
            tags.append(0)
        else:
            tags.append(begins(within.kind) + (within is last))
        last = within
    return tags


class Learner:
    """The lines by number of word, and what was learned of them."""

    def __init__(self, lines: list[Marked], fewest: int = FEWEST) -> None:
        counted: Counter[str] = Counter()
        rows = []
        for text, spans in lines:
            line = Line(text)
            if row := told(line):
                counted.update(word for words in row for word in words)
                rows.append((row, np.array(tags_of(line, spans))))
        often = (word for word, count in counted.items() if count >= fewest)
        self.places = {word: at for at, word in enumerate(often)}
        self.hidden = len(self.places)
        self.rows = [(*self._numbered(row), tags) for row, tags in rows]
        self.weights = np.zeros((self.hidden + 1, TAGS), dtype=np.float32)
        self.sums = np.zeros_like(self.weights)
        self.follow = np.zeros((TAGS, TAGS), dtype=np.float32)
        self.follow_sums = np.zeros_like(self.follow)

    def _numbered(self, row: list[list[str]]) -> tuple[Ints, Ints]:
        """The words of all tokens, one after the other, and where each token's begin."""
        numbers = [
            [self.places[word] for word in words if word in self.places] or [self.hidden] for words in row
        ]
        starts = np.cumsum([0, *(len(one) for one in numbers[:-1])])
        return np.array([number for one in numbers for number in one]), starts

    def learn(self, seed: int) -> tuple[Floats, Floats]:
        """The averaged weights of words and of tags after tags, with the lines in an order of the seed's."""
        chance, hides = random.Random(seed), np.random.default_rng(seed)
        for table in (self.weights, self.sums, self.follow, self.follow_sums):
            table[:] = 0
        order, step = list(range(len(self.rows))), 1
        for each in range(ROUNDS):
            chance.shuffle(order)
            wrong = 0
            for at in order:
                words, starts, gold = self.rows[at]
                words = np.where(hides.random(len(words)) < HIDDEN, self.hidden, words)
                scores = np.add.reduceat(self.weights[words], starts, axis=0)
                found = likeliest(scores + costs(gold), self.follow)
                if (found != gold).any():
                    wrong += 1
                    self._mend(np.split(words, starts[1:]), gold, found, step)
                step += 1
            print(f"round {each + 1}: {wrong} of {len(order)} lines not sure", flush=True)
        return self.weights - self.sums / np.float32(step), self.follow - self.follow_sums / np.float32(step)

    def _mend(self, words: list[Ints], gold: Ints, found: Ints, step: int) -> None:
        for place in np.nonzero(found != gold)[0]:
            for tag, way in ((gold[place], 1), (found[place], -1)):
                self.weights[words[place], tag] += way
                self.sums[words[place], tag] += way * step
        self.weights[self.hidden] = self.sums[self.hidden] = 0
        for tags, way in ((gold, 1), (found, -1)):
            for before, tag in zip([0, *tags[:-1]], tags, strict=True):
                self.follow[before, tag] += way
                self.follow_sums[before, tag] += way * step


def costs(gold: Ints) -> Floats:
    """What each wrong tag costs: most where something personal is missed."""
    cost = np.where(gold[:, None] == 0, IN_VAIN, MISSED) * (np.arange(TAGS)[None, :] != gold[:, None])
    cost[gold > 0, 1:] *= 0.5
    return cost.astype(np.float32)


_NEVER = np.zeros((TAGS, TAGS), dtype=np.float32)
for _tag, _allowed in GOES_ON.items():
    _NEVER[[before for before in range(TAGS) if before not in _allowed], _tag] = -1e6


def likeliest(scores: Floats, follow: Floats) -> Ints:
    """The row of tags with the greatest sum."""
    moves = follow + _NEVER
    best, backs = scores[0] + moves[0], []
    for row in scores[1:]:
        ways = best[:, None] + moves
        at = ways.argmax(axis=0)
        backs.append(at)
        best = ways[at, range(TAGS)] + row
    tags = [int(best.argmax())]
    for back in reversed(backs):
        tags.append(int(back[tags[-1]]))
    return np.array(tags[::-1])


def pack(places: dict[str, int], weights: Floats, follow: Floats, path: Path = WRITTEN) -> None:
    """Writes the weights as whole numbers of one byte, a quarter each; words that hardly weigh anything are left out."""
    kept = sorted((word, at) for word, at in places.items() if np.abs(weights[at]).max() >= LEAST)
    table = np.clip(np.rint(weights[[at for _word, at in kept]] * SCALE), -127, 127).astype(np.int8)
    moves = ",".join(str(round(float(one) * SCALE)) for one in follow.ravel())
    head = "\n".join([moves, "", *(word for word, _at in kept), "", ""])
    packed = zlib.compress(head.encode() + table.tobytes(), 9)
    path.write_bytes(packed)
    print(f"{len(kept)} of {len(places)} words kept, {len(packed)} bytes")


if __name__ == "__main__":
    main()
