#!/usr/bin/env python3
"""Writes which pairs of words belong together so often that none of them is somebody's name.

`.venv/bin/python scripts/count_common_pairs.py TEXT.txt.gz …` reads official texts, one piece a line, and writes
`src/dinhlang/vietnamese/redaction/common_pairs.txt`: pairs written small and with marks, the first of which people are also
called by ('thu phí', 'minh bạch'), or calls people ('cụ thể', 'có thẩm'). Texts of law name hardly anybody in small letters.
A pair that ends with a star is so frequent that it counts in a line without marks too.
"""

from __future__ import annotations

import gzip
import math
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from dinhlang.vietnamese.redaction import words
from dinhlang.vietnamese.redaction.given import BARE_GIVEN, BARE_MIDDLE
from dinhlang.vietnamese.redaction.line import bare

WRITTEN = Path(__file__).resolve().parent.parent / "src/dinhlang/vietnamese/redaction/common_pairs.txt"
WORD = re.compile(r"[^\W\d_]+")
FEWEST, FEWEST_CALLED, FEWEST_BARE, TOGETHER = 15, 4, 25, 3.0
# What goes on a sentence says nothing about the word before it.
GOES_ON = words.COMMON | frozenset(
    ["và", "ở", "có", "là", "bị", "không", "chưa", "cũng", "con", "nhà", "lấy", "nên", "thì", "hay"]
)


def main() -> None:
    singles: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for name in sys.argv[1:]:
        with gzip.open(name, "rt", encoding="utf-8") as text:
            for line in text:
                row = list(WORD.finditer(line))
                singles.update(word[0].lower() for word in row)
                for left, right in pairwise(row):
                    if line[left.end() : right.start()] == " " and left[0].islower() and right[0].islower():
                        pairs[left[0], right[0]] += 1
    total = sum(singles.values())
    kept = sorted(
        f"{left} {right}{'*' if count >= FEWEST_BARE else ''}"
        for (left, right), count in pairs.items()
        if _belongs(left, right, count, singles, total)
    )
    WRITTEN.write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"{len(kept)} pairs of {len(pairs)}")


def _belongs(left: str, right: str, count: int, singles: Counter[str], total: int) -> bool:
    if bare(left) in words.BARE_CALLED and bare(right) in BARE_GIVEN and count >= FEWEST_CALLED:
        return True
    if (
        bare(left) not in BARE_GIVEN | BARE_MIDDLE | words.BARE_FAMILY
        and bare(right) not in words.BARE_FAMILY
    ):
        return False
    if right in GOES_ON or count < FEWEST:
        return False
    return math.log(count * total / (singles[left] * singles[right])) > TOGETHER


if __name__ == "__main__":
    main()
