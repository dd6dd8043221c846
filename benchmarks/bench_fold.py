"""Folding against the obvious way: python benchmarks/bench_fold.py FILE… (UTF-8 text, the longer the better).

Prints documents a second for both and the ratio, after checking that both give the same.
"""

from __future__ import annotations

import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from dinhlang.vietnamese.text import fold

MARKS: dict[int, str | None] = dict.fromkeys(range(768, 880)) | {0x110: "D", 0x111: "d"}
DOCUMENT = 9_000
ROUNDS = 7


def baseline(text: str) -> str:
    return unicodedata.normalize("NFD", text).translate(MARKS).casefold()


def documents_a_second(way: Callable[[str], str], documents: list[str]) -> float:
    def one_round() -> float:
        start = time.perf_counter()
        for document in documents:
            way(document)
        return time.perf_counter() - start

    return len(documents) / min(one_round() for _ in range(ROUNDS))


def main() -> None:
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    text = "\n".join(Path(name).read_text(encoding="utf-8") for name in sys.argv[1:])
    text *= max(1, 100 * DOCUMENT // len(text))
    documents = [text[start : start + DOCUMENT] for start in range(0, len(text), DOCUMENT)]
    for document in documents:
        if fold(document) != baseline(document):
            raise SystemExit("the two ways differ")
    slow, quick = documents_a_second(baseline, documents), documents_a_second(fold, documents)
    print(f"NFD + translate + casefold {slow:8.0f}/s")
    print(f"dinhlang fold              {quick:8.0f}/s  {quick / slow:.1f} times as fast")


if __name__ == "__main__":
    main()
