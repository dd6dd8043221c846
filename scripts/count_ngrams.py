#!/usr/bin/env python3
"""Counts which words follow which in a corpus: python scripts/count_ngrams.py FOLDER

FOLDER holds *.txt.gz files, UTF-8, a blank line between documents, a paragraph on each line. Writes
src/dinhlang/vietnamese/ngrams.bin, see `dinhlang.vietnamese.model`: costs only, not a word of the sentences that was not
counted many times. One document of fifty is kept aside, so that what is measured on it was not learned from it.
"""

from __future__ import annotations

import gzip
import math
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from dinhlang.vietnamese import text
from dinhlang.vietnamese.model import CLASSES, EDGE, MOST, STRANGE, UNIT, words_of
from dinhlang.vietnamese.syllable import is_syllable

RESULT = Path(__file__).parents[1] / "src/dinhlang/vietnamese/ngrams.bin"
KEEP_ASIDE_EVERY = 50
# A syllable, a pair, three in a row that stand there less often are most often misprints or of no use.
WORD_AT_LEAST, ABBREVIATION_AT_LEAST = 3, 40
PAIR_AT_LEAST, TRIPLE_AT_LEAST = 2, 3
DISCOUNTS = {1: 0.7, 2: 0.75, 3: 0.85}
# Titles and procedures speak of what communes do; laws are long and say the same often.
WEIGHTS = {"official-titles": 4, "official-procedures-text": 2}


def documents_of(folder: Path) -> Iterator[str]:
    """The documents of every file, as often as the file weighs."""
    for file in files_of(folder):
        with gzip.open(file, "rt", encoding="utf-8") as opened:
            yield from opened.read().split("\n\n")


def files_of(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.txt.gz"))
    if not files:
        raise SystemExit(f"{folder}: no *.txt.gz here")
    return files


def is_kept_aside(document: str) -> bool:
    return zlib.crc32(document.encode()) % KEEP_ASIDE_EVERY == 0


def paragraphs_of(folder: Path) -> Iterator[tuple[str, int]]:
    """The paragraphs that are counted, each with its weight."""
    for file in files_of(folder):
        weight = WEIGHTS.get(file.name.split(".")[0], 1)
        with gzip.open(file, "rt", encoding="utf-8") as opened:
            for document in opened.read().split("\n\n"):
                if not is_kept_aside(document):
                    yield from ((text.nfc(line), weight) for line in document.splitlines() if line.strip())


def vocabulary_of(counted: Counter[str]) -> list[str]:
    """The classes, then syllables and abbreviations, the most frequent first."""

    def is_word(word: str, times: int) -> bool:
        return times >= (WORD_AT_LEAST if is_syllable(word) else ABBREVIATION_AT_LEAST)

    kept = [word for word, times in counted.items() if word not in CLASSES and is_word(word, times)]
    return [*CLASSES, *sorted(kept, key=lambda word: (-counted[word], word))]


def count(rows: Iterable[tuple[list[int], int]]) -> tuple[Counter[int], Counter[int]]:
    """How often two and three words stand in a row; keys are the numbers of the words, 16 bits each."""
    pairs: Counter[int] = Counter()
    triples: Counter[int] = Counter()
    for row, weight in rows:
        before = first = 0
        for word in row:
            pair = first << 16 | word
            pairs[pair] += weight
            triples[before << 32 | pair] += weight
            before, first = first, word
    return pairs, triples


def as_cost(probability: float) -> int:
    return min(MOST, max(0, round(-math.log(probability) * UNIT)))


def discount(times: int) -> float:
    return DISCOUNTS[min(times, 3)]


class Tables:
    """Interpolated Kneser-Ney: each order takes a discount from what was seen and gives it to the shorter one."""

    def __init__(self, size: int, pairs: Counter[int], triples: Counter[int]) -> None:
        self.size = size
        self.pairs, self.triples = pairs, triples
        # How many words a word follows says better than how often it stands whether it follows a new one.
        self.kinds_before: Counter[int] = Counter(key & 0xFFFF for key in pairs)
        self.alone = self._alone()
        self.pair_chance, self.backing = self._interpolated(pairs, 16, lambda key: self.alone[key & 0xFFFF])
        self.triple_chance, self.pair_backing = self._interpolated(
            triples, 32, lambda key: self.chance_of_pair(key >> 16 & 0xFFFF, key & 0xFFFF)
        )

    def _alone(self) -> list[float]:
        total = sum(self.kinds_before.values())
        return [(self.kinds_before[word] + 0.5) / (total + 0.5 * self.size) for word in range(self.size)]

    def chance_of_pair(self, first: int, second: int) -> float:
        known = self.pair_chance.get(first << 16 | second)
        return known if known is not None else self.backing.get(first, 1.0) * self.alone[second]

    @staticmethod
    def _interpolated(counts, bits, shorter):
        """The chance of each word after its context, and what each context leaves to the shorter one."""
        total: defaultdict[int, int] = defaultdict(int)
        taken: defaultdict[int, float] = defaultdict(float)
        for key, times in counts.items():
            context = key >> 16
            total[context] += times
            taken[context] += discount(times)
        backing = {context: taken[context] / total[context] for context in total}
        chance = {}
        for key, times in counts.items():
            context = key >> 16
            chance[key] = (times - discount(times)) / total[context] + backing[context] * shorter(key)
        return chance, backing

    def packed(self, words: list[str]) -> bytes:
        """Everything as bytes, in the order in which `Model` takes it."""
        kept_pairs = sorted(key for key, times in self.pairs.items() if times >= PAIR_AT_LEAST)
        kept = set(kept_pairs)
        kept_triples = sorted(
            key for key, times in self.triples.items() if times >= TRIPLE_AT_LEAST and key >> 16 in kept
        )
        of_word = Counter(key >> 16 for key in kept_pairs)
        of_pair = Counter(key >> 16 for key in kept_triples)
        size = range(self.size)
        parts = [
            array("B", [as_cost(self.alone[word]) for word in size]),
            array("B", [as_cost(self.backing.get(word, 1.0)) for word in size]),
            array("H", [of_word[word] for word in size]),
            array("H", [key & 0xFFFF for key in kept_pairs]),
            array("B", [as_cost(self.pair_chance[key]) for key in kept_pairs]),
            array("B", [as_cost(self.pair_backing.get(key, 1.0)) for key in kept_pairs]),
            array("H", [of_pair[key] for key in kept_pairs]),
            array("H", [key & 0xFFFF for key in kept_triples]),
            array("B", [as_cost(self.triple_chance[key]) for key in kept_triples]),
        ]
        print(f"{self.size} words, {len(kept_pairs)} pairs, {len(kept_triples)} in threes", file=sys.stderr)
        return "\n".join(words).encode() + b"\n\n" + b"".join(part.tobytes() for part in parts)


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    rows = [(words_of(line), weight) for line, weight in paragraphs_of(Path(sys.argv[1]))]
    counted: Counter[str] = Counter()
    for row, _ in rows:
        counted.update(row)
    words = vocabulary_of(counted)
    ids = {word: number for number, word in enumerate(words)}
    edge, strange = ids[EDGE], ids[STRANGE]
    numbered = (([*(ids.get(word, strange) for word in row), edge], weight) for row, weight in rows)
    tables = Tables(len(words), *count(numbered))
    RESULT.write_bytes(zlib.compress(tables.packed(words), 9))


if __name__ == "__main__":
    main()
