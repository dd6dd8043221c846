"""How much personal data is found in what citizens write, how much of what is found is personal, and how quickly.

- `redaction_recall`, `redaction_precision`: spans of all golden lines that are touched by a found one, and found ones that touch
  a golden one (`vietnamese/tests/redaction_*.txt` but those of strangers, over 600 lines); `…_kind` where the kind must be the same too;
- `redaction_recall_chars`, `redaction_precision_chars`: the same by characters;
- `redaction_blind_recall`, `redaction_blind_precision`: of the half that was written before the detector was asked;
- `redaction_stranger_recall`, `redaction_stranger_precision`: of 150 lines written before anything of the detector was read;
- `redaction_other_hand_recall`, `redaction_other_hand_precision`, `redaction_other_hand_whole`: of 200 lines by another hand, that nobody
  who works on the detector has read; `…_whole` counts what is covered from its first character to its last;
- `redaction_examiner_recall`, `redaction_examiner_precision`, `redaction_examiner_whole`: the same of lines by one more hand, that wrote
  them as an examiner would; not read either;
- `redaction_characters_a_second`: of processor time, on one processor; `redaction_slowest_ms`: the dearest line of golden and
  hostile ones.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from dinhlang.vietnamese.redaction import Span, spans
from dinhlang.vietnamese.tests.marked import golden

BLIND, STRANGER, OTHER_HAND = "redaction_blind.txt", "redaction_blind2.txt", "redaction_blind3.txt"
EXAMINER = "redaction_blind4.txt"
SEEN = ("redaction_seen.txt", "redaction_seen2.txt", "redaction_seen3.txt", "redaction_seen4.txt")
GOALS = {
    "redaction_lines": ("≥", 600.0),
    "redaction_recall": ("≥", 0.98),
    "redaction_precision": ("≥", 0.85),
    "redaction_characters_a_second": ("≥", 40_000.0),
}
HOSTILE = (
    "a" * 5000, "1 " * 2500, "0 " * 2500, "nguyễn " * 700, "Nguyễn " * 700, "ông " * 1200, "số 1 ngõ 2 đường 3 " * 250, "@" * 5000, "x@" * 2500,
    "không " * 800, "a.b-c+d@" * 600, "thửa đất số 1 " * 350, "1.2.3.4.5/6-7 " * 350, "trú tại " * 600, "((((((((" * 600, "nhà em ở " * 500, "\u0301" * 5000, "H'" * 2500,
)  # fmt: skip


@dataclass
class Score:
    """What was wanted, found, and both, by spans and by characters."""

    wanted: int = 0
    met: int = 0
    whole: int = 0
    met_kind: int = 0
    found: int = 0
    right: int = 0
    right_kind: int = 0
    wanted_chars: int = 0
    found_chars: int = 0
    both_chars: int = 0

    def add(self, wanted: tuple[Span, ...], found: tuple[Span, ...]) -> None:
        """Adds a line."""
        self.wanted += len(wanted)
        self.found += len(found)
        self.met += sum(any(_touch(one, other) for other in found) for one in wanted)
        self.whole += sum(any(_covers(other, one) for other in found) for one in wanted)
        self.met_kind += sum(
            any(_touch(one, other) and one.kind == other.kind for other in found) for one in wanted
        )
        self.right += sum(any(_touch(one, other) for other in wanted) for one in found)
        self.right_kind += sum(
            any(_touch(one, other) and one.kind == other.kind for other in wanted) for one in found
        )
        self.wanted_chars += sum(one.end - one.start for one in wanted)
        self.found_chars += sum(one.end - one.start for one in found)
        self.both_chars += sum(
            max(0, min(one.end, other.end) - max(one.start, other.start)) for one in wanted for other in found
        )


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _covers(one: Span, other: Span) -> bool:
    return one.start <= other.start and other.end <= one.end


def score(names: tuple[str, ...]) -> Score:
    """The detector's score on golden files."""
    total = Score()
    for name in names:
        for text, wanted in golden(name):
            total.add(wanted, spans(text))
    return total


def figures() -> dict[str, float]:
    """All figures."""
    both = score((BLIND, *SEEN))
    blind, stranger, other, examiner = (score((name,)) for name in (BLIND, STRANGER, OTHER_HAND, EXAMINER))
    lines = [text for name in (BLIND, *SEEN) for text, _wanted in golden(name)]
    began = time.process_time()
    for _round in range(5):
        for line in lines:
            spans(line)
    taken = time.process_time() - began
    return {
        "redaction_lines": float(len(lines)),
        "redaction_recall": both.met / both.wanted,
        "redaction_precision": both.right / both.found,
        "redaction_recall_kind": both.met_kind / both.wanted,
        "redaction_precision_kind": both.right_kind / both.found,
        "redaction_recall_chars": both.both_chars / both.wanted_chars,
        "redaction_precision_chars": both.both_chars / both.found_chars,
        "redaction_blind_recall": blind.met / blind.wanted,
        "redaction_blind_precision": blind.right / blind.found,
        "redaction_stranger_recall": stranger.met / stranger.wanted,
        "redaction_stranger_precision": stranger.right / stranger.found,
        "redaction_other_hand_recall": other.met / other.wanted,
        "redaction_other_hand_precision": other.right / other.found,
        "redaction_other_hand_whole": other.whole / other.wanted,
        "redaction_examiner_recall": examiner.met / examiner.wanted,
        "redaction_examiner_precision": examiner.right / examiner.found,
        "redaction_examiner_whole": examiner.whole / examiner.wanted,
        "redaction_characters_a_second": 5 * sum(map(len, lines)) / taken,
        "redaction_slowest_ms": max(_milliseconds(line) for line in [*lines, *HOSTILE]),
    }


def _milliseconds(line: str) -> float:
    began = time.process_time()
    spans(line)
    return (time.process_time() - began) * 1000
