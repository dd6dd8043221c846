"""Documents that people wrote and marked who had not seen the rules, and how the checker does on them.

`examined/` holds each document beside `NAME.findings.json`, the mistakes in it; those in `clean.txt` have none. What was found
at first sight, before anything was mended, stands in docs/measures.md.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dinhlang.officialdoc.check import Finding, check
from dinhlang.officialdoc.read import read_with_text

HERE = Path(__file__).parent / "examined"
_TEXTS = (".txt", ".md")


@dataclass(frozen=True, slots=True)
class Score:
    """Grave marks found and all of them; findings that meet a mark and all; findings in documents without mistakes."""

    met: int
    grave: int
    right: int
    found: int
    clean: tuple[int, ...]

    @property
    def recall(self) -> float:
        return self.met / self.grave

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def false_findings(self) -> float:
        return sum(self.clean) / len(self.clean)


def score() -> Score:
    """All documents, read from their files."""
    met = grave = right = found = 0
    clean = []
    without = (HERE / "clean.txt").read_text(encoding="utf-8").split()
    for path in sorted(HERE.iterdir()):
        if path.suffix == ".json" or path.name == "clean.txt":
            continue
        document, text = read_with_text(path.read_bytes(), path.name)
        findings = check(document, text=text)
        if path.name in without:
            clean.append(len(findings))
            continue
        marks = json.loads(path.with_name(f"{path.stem}.findings.json").read_text(encoding="utf-8"))
        meets = [_marks_of(one, marks, path.suffix in _TEXTS) for one in findings]
        told = {index for one in meets for index in one}
        wanted = {
            index for index, mark in enumerate(marks) if mark["severity"] != "info" and not mark["doubtful"]
        }
        met, grave = met + len(told & wanted), grave + len(wanted)
        right, found = right + sum(bool(one) for one in meets), found + len(findings)
    return Score(met, grave, right, found, tuple(clean))


def _marks_of(finding: Finding, marks: list[dict[str, Any]], has_lines: bool) -> list[int]:
    """The marks that a finding meets: of its kind where there are any."""
    near = [index for index, mark in enumerate(marks) if _meets(finding, mark, has_lines)]
    return [index for index in near if marks[index]["kind"] == finding.kind] or near


def _meets(finding: Finding, mark: dict[str, Any], has_lines: bool) -> bool:
    """On its line (or one off) with its kind or a word in common; without lines by what is quoted."""
    quoted, marked = _plain(finding.quote), _plain(mark["quote"])
    same_kind = bool(finding.kind == mark["kind"])
    words, wanted = set(quoted.split()), set(marked.split())
    if has_lines and mark["line"] is not None:
        span = finding.span
        near = span is not None and span.line - 1 <= int(mark["line"]) <= span.end_line + 1
        return bool(near and (same_kind or words & wanted))
    if not words or not wanted:
        return same_kind
    inside = quoted in marked or marked in quoted
    return inside or bool(same_kind and 2 * len(words & wanted) >= min(len(words), len(wanted)))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w%]+", text.lower()))
