"""How rightly documents are read, checked, restored and recognised: `make accuracy`.

Prints a table and, as its last line, one JSON object. The goals hold for the seeds, whose truth careful people wrote
down; the invented sets stand beside them because the reader was made with the seeds in hand. `--wrong` lists what is
not as its truth says.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from benchmarks.scoring import Score
from benchmarks.truths import SETS, facts_of, head_of, truths
from dinhlang.officialdoc.codec import to_json
from dinhlang.officialdoc.read import read

# (measure, words, goal, whether more is better)
GOALS: tuple[tuple[str, str, float, bool], ...] = (
    ("head", "header fields exact", 0.98, True),
    ("references", "references F1", 0.97, True),
    ("figures", "figures F1", 0.95, True),
    ("recipients", "recipients F1", 0.97, True),
    ("cells", "task cells exact", 0.98, True),
    ("schedules", "schedule kind and period", 0.98, True),
    ("findings_recall", "findings: recall of errors and warnings", 0.90, True),
    ("findings_precision", "findings: precision", 0.92, True),
    ("false_findings", "false findings on a clean document", 0.5, False),
    ("restored_alone", "001 restored without sister, character error", 0.015, False),
    ("restored_with_sister", "001 restored with sister, character error", 0.003, False),
    ("scan_error", "scans at 200 dpi, character error", 0.005, False),
)
_F1 = ("references", "figures", "recipients")
_READ = ("head", *_F1, "cells", "schedules")


def score(name: str) -> Score:
    """The reading of one set against its truth."""
    found = Score()
    for truth in truths(name):
        document = to_json(read(truth.data, truth.name))
        found.take(truth, head_of(document), facts_of(document))
    return found


def measures(found: Score) -> dict[str, float]:
    """The measures of reading, 0 to 1."""
    return {kind: round(found.f1(kind) if kind in _F1 else found.share(kind), 4) for kind in _READ}


def measure_others() -> dict[str, float]:
    """What the checker, the restorer and the recogniser measure on the same seeds; minutes, most of them recognising."""
    from benchmarks.findings import findings_scores
    from benchmarks.repair import repair_error
    from benchmarks.scans import scan_error

    found = findings_scores() | repair_error(pages=0) | scan_error()
    return {name: round(value, 4) for name, value in found.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table and the JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy")
    parser.add_argument("--wrong", action="store_true", help="list what is not as its truth says")
    parser.add_argument("--only-reading", action="store_true", help="leave out check, repair and scans")
    options = parser.parse_args(arguments)
    scores = {name: score(name) for name in SETS}
    by_set = {name: measures(found) for name, found in scores.items() if found.wanted}
    first = by_set.get("seeds", {}) | ({} if options.only_reading else measure_others())
    if options.wrong:
        for name, found in scores.items():
            print(*(f"{name}/{line}" for line in found.wrong), sep="\n")
    print(f"{'':46}{'goal':>8}" + "".join(f"{name:>9}" for name in SETS))
    for measure, words, goal, more in GOALS:
        print(_row(measure, words, goal, more, [first, *(by_set.get(name, {}) for name in SETS[1:])]))
    print(json.dumps(first | {name: by_set[name] for name in SETS[1:] if name in by_set}))


def _row(measure: str, words: str, goal: float, more: bool, columns: Sequence[dict[str, float]]) -> str:
    cells = "".join(f"{column[measure]:9.4f}" if measure in column else f"{'':9}" for column in columns)
    value = columns[0].get(measure)
    verdict = "" if value is None else "met" if (value >= goal if more else value <= goal) else "MISSED"
    return f"{words:46}{'≥' if more else '≤'}{goal:7.3f}{cells}  {verdict}"


if __name__ == "__main__":
    main()
