"""How fast documents are read and checked: the six in good order of the tests, and a report of twenty pages.

Processor time, the best of several rounds: other work on the machine must not count. `python -m benchmarks.bench_check`
prints a table and as its last line one JSON object.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dinhlang.officialdoc.check import check
from dinhlang.officialdoc.model import Document
from dinhlang.officialdoc.read import read_with_text

CLEAN = Path(__file__).parents[1] / "src/dinhlang/officialdoc/tests/clean"
ROUNDS = 7
WORDS_A_PAGE = 450
PAGES = 20


def words_of(document: Document) -> int:
    """The words of the paragraphs."""
    return sum(len(block.text.split()) for block in document.body if hasattr(block, "text"))


def long_report(document: Document) -> Document:
    """The document's own body, over and over, until it fills twenty pages."""
    times = PAGES * WORDS_A_PAGE // words_of(document) + 1
    return replace(document, body=document.body * times)


def best(work: Callable[[], object]) -> float:
    """Milliseconds of the processor."""
    took = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took) * 1000


def measure() -> dict[str, float]:
    """Milliseconds for each thing."""
    paths = sorted(CLEAN.glob("*.txt"))
    given = [(path.read_bytes(), path.name) for path in paths]
    read = [read_with_text(data, name) for data, name in given]
    pages = sum(words_of(document) for document, _ in read) / WORDS_A_PAGE
    report = long_report(max((document for document, _ in read), key=words_of))
    found = {
        "read_per_page_ms": best(lambda: [read_with_text(data, name) for data, name in given]) / pages,
        "check_per_page_ms": best(lambda: [check(one, text=text) for one, text in read]) / pages,
        "check_20_pages_ms": best(lambda: check(report, draft=True)),
    }
    return {name: round(value, 2) for name, value in found.items()}


def main() -> None:
    """Print the table and the JSON."""
    found = measure()
    for name, value in found.items():
        print(f"{name:22} {value:8.2f}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
