#!/usr/bin/env python3
"""Counts the Vietnamese syllables of a corpus: python scripts/count_syllables.py FOLDER > frequencies.txt

FOLDER holds *.txt.gz files, UTF-8. Only possible syllables are counted, in the house style of tone marks;
one that stands there a single time is most often a misprint and is left out. The result is
src/dinhlang/vietnamese/frequencies.txt: counts only, not a word of the sentences.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from dinhlang.vietnamese import syllable, text

LETTERS = re.compile(r"[^\W\d_]+")
AT_LEAST = 2


def count(lines: Iterable[str]) -> Counter[str]:
    """How often each possible syllable stands in the lines."""
    words: Counter[str] = Counter()
    for line in lines:
        words.update(LETTERS.findall(text.nfc(line).lower()))
    syllables: Counter[str] = Counter()
    for word, times in words.items():
        if syllable.is_syllable(word):
            syllables[text.house_style(word)] += times
    return syllables


def lines_of(folder: Path) -> Iterable[str]:
    files = sorted(folder.glob("*.txt.gz"))
    if not files:
        raise SystemExit(f"{folder}: no *.txt.gz here")
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as opened:
            yield from opened


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    counted = count(lines_of(Path(sys.argv[1])))
    for word in sorted(counted, key=lambda word: (-counted[word], word)):
        if counted[word] >= AT_LEAST:
            sys.stdout.write(f"{word} {counted[word]}\n")


if __name__ == "__main__":
    main()
