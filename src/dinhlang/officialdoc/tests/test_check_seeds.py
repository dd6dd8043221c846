"""The five real documents: how much of what people marked is found, and how much is found that nobody marked.

The numbers are what the rules reach now. They may get better; a change that makes them worse must say why.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from dinhlang.officialdoc.check import Finding, check
from dinhlang.officialdoc.read import read_with_text

SHARED = Path(__file__).parents[4] / "../shared"
CLEAN = Path(__file__).parent / "clean"

# Of the errors and warnings that people marked without doubt: how many are found at least; and how many findings
# nobody marked, at most.
REACHED = {"000": (7, 0), "001": (9, 0), "002": (15, 0), "003": (15, 0), "004": (14, 0)}


def lines_of(mark: dict[str, Any]) -> list[int]:
    """The line of a mark, and those of which it says 'also'."""
    also = re.findall(r"also ([\d, and-]+)", mark["why"])
    return [mark["line"], *(int(line) for told in also for line in re.findall(r"\d+", told))]


def matching(finding: Finding, marks: Sequence[dict[str, Any]]) -> list[int]:
    """The marks on the finding's lines (or one off) that are of its kind, else those that share a word with it."""
    first, last = (finding.span.line, finding.span.end_line) if finding.span else (0, 0)
    near = [
        index
        for index, mark in enumerate(marks)
        if any(first - 1 <= line <= last + 1 for line in lines_of(mark))
    ]
    alike = [index for index in near if marks[index]["kind"] == finding.kind]
    words = set(finding.quote.lower().split())
    return alike or [index for index in near if words & set(marks[index]["quote"].lower().split())]


@pytest.mark.parametrize("number", REACHED)
def test_a_seed_is_marked_as_people_marked_it(number: str) -> None:
    (path,) = (SHARED / "seeds").glob(f"{number}_*.txt")
    marks = json.loads((SHARED / f"truth/findings/{path.stem}.json").read_text(encoding="utf-8"))
    document, text = read_with_text(path.read_bytes(), path.name)
    matches = [matching(one, marks) for one in check(document, text=text)]
    found = {index for match in matches for index in match}
    grave = {index for index, mark in enumerate(marks) if mark["severity"] != "info" and not mark["doubtful"]}
    least, most = REACHED[number]
    assert len(found & grave) >= least
    assert sum(not match for match in matches) <= most


@pytest.mark.parametrize("path", sorted(CLEAN.glob("*.txt")), ids=lambda path: path.stem)
def test_a_document_in_good_order_has_no_finding(path: Path) -> None:
    document, text = read_with_text(path.read_bytes(), path.name)
    assert check(document, text=text) == ()
