#!/usr/bin/env python3
"""Counts which syllables stand side by side in a corpus: python scripts/count_pairs.py FOLDER > pairs.txt.gz

FOLDER holds *.txt.gz files, UTF-8. Only possible syllables with a space between them are counted, in the house style
of tone marks; a pair that stands there a single time is most often a misprint and is left out. The result is
src/dinhlang/vietnamese/pairs.txt.gz, a line for each first syllable: 'hành chính:10110 vi:2203 động …'. A count is
given from FREQUENT on, where it is used. Counts only, not a word of the sentences.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from count_syllables import AT_LEAST, lines_of

from dinhlang.vietnamese import syllable, text
from dinhlang.vietnamese.slips import FREQUENT

LETTERS = re.compile(r"[^\W\d_]+")


def count(lines: Iterable[str]) -> Counter[tuple[str, str]]:
    """How often each pair of neighbours stands in the lines."""
    pairs: Counter[tuple[str, str]] = Counter()
    known: dict[str, str | None] = {}
    for line in lines:
        before, end = None, 0
        for found in LETTERS.finditer(text.nfc(line).lower()):
            word = found[0]
            if word not in known:
                known[word] = text.house_style(word) if syllable.is_syllable(word) else None
            now = known[word]
            if before and now and line[end : found.start()] == " ":
                pairs[before, now] += 1
            before, end = now, found.end()
    return pairs


def table(pairs: Counter[tuple[str, str]]) -> str:
    """The pairs as lines, both in the order of their letters."""
    following: dict[str, list[str]] = defaultdict(list)
    for (first, second), times in pairs.items():
        if times >= AT_LEAST:
            following[first].append(f"{second}:{times}" if times >= FREQUENT else second)
    return "".join(f"{first} {' '.join(sorted(seconds))}\n" for first, seconds in sorted(following.items()))


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    counted = table(count(lines_of(Path(sys.argv[1]))))
    sys.stdout.buffer.write(gzip.compress(counted.encode(), mtime=0))


if __name__ == "__main__":
    main()
