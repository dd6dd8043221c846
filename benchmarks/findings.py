"""How well the checker finds: against what people marked in five real documents, and against planted mistakes.

`python -m benchmarks.findings` prints a table, beside it a naive rule ("any year other than the document's"), and as its
last line one JSON object.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from typing import Any

from dinhlang.officialdoc.check import check
from dinhlang.officialdoc.model import Document
from dinhlang.officialdoc.read import read_with_text
from dinhlang.officialdoc.tests.marks import score
from dinhlang.officialdoc.tests.planted import CLEAN, mistakes
from dinhlang.officialdoc.tests.test_check_seeds import SHARED, matching

ROUNDS = 5
_YEAR = re.compile(r"\b(20\d\d)\b")


def _clean() -> list[tuple[Document, str]]:
    """The documents of three to four pages in good order."""
    return [read_with_text(path.read_bytes(), path.name) for path in sorted(CLEAN.glob("long-*.txt"))]


def _marked() -> list[tuple[Document, str, list[dict[str, Any]]]]:
    """The real documents with what people marked in them."""
    found = []
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        marks = json.loads((SHARED / f"truth/findings/{path.stem}.json").read_text(encoding="utf-8"))
        found.append((*read_with_text(path.read_bytes(), path.name), marks))
    return found


def _scores(document: Document, text: str, marks: Sequence[dict[str, Any]]) -> tuple[int, int, int, int]:
    """Grave marks found, grave marks, findings that meet a mark, findings."""
    findings = check(document, text=text)
    matches = [matching(one, marks) for one in findings]
    met = {index for match in matches for index in match}
    grave = {index for index, mark in enumerate(marks) if mark["severity"] != "info" and not mark["doubtful"]}
    return len(met & grave), len(grave), sum(bool(match) for match in matches), len(findings)


def findings_scores() -> dict[str, float]:
    """Recall of errors and warnings, precision, recall of planted mistakes, false findings on a clean document."""
    totals = [sum(column) for column in zip(*(_scores(*one) for one in _marked()), strict=True)]
    planted = [bool(one.findings()[0]) for one in mistakes()]
    clean = [len(check(document, text=text)) for document, text in _clean()]
    examined = score()
    return {
        "examined_recall": examined.recall,
        "examined_precision": examined.precision,
        "examined_false_findings": examined.false_findings,
        "findings_recall": totals[0] / totals[1] if totals else 0.0,
        "findings_precision": totals[2] / totals[3] if totals else 0.0,
        "planted_recall": sum(planted) / len(planted),
        "false_findings": sum(clean) / len(clean),
    }


def naive_scores() -> dict[str, float]:
    """The naive rule on the same documents: every year other than the document's own is called stale."""
    alarms = right = 0
    for document, text, marks in _marked():
        year = int(document.period[:4]) if document.period else document.date.year if document.date else None
        stale = [
            mark for mark in marks if mark["kind"] in ("stale-year", "period-mismatch", "impossible-date")
        ]
        for number, line in enumerate(text.split("\n"), start=1):
            for found in _YEAR.finditer(line):
                if year is not None and int(found[1]) != year:
                    alarms += 1
                    right += any(abs(mark["line"] - number) <= 1 for mark in stale)
    return {"naive_year_precision": right / alarms if alarms else 0.0, "naive_year_alarms": float(alarms)}


def check_speed() -> float:
    """Documents of four pages checked in a second of the processor, reading not counted."""
    documents = _clean()
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for document, text in documents:
            check(document, text=text)
        times.append(time.process_time() - start)
    return len(documents) / min(times)


def main() -> None:
    """Print the table and the JSON."""
    scores = findings_scores() | naive_scores() | {"check_documents_per_second": check_speed()}
    for name, value in scores.items():
        print(f"{name:28} {value:8.3f}")
    print(json.dumps({name: round(value, 4) for name, value in scores.items()}))


if __name__ == "__main__":
    main()
