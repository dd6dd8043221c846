"""How much personal data is found in what citizens write, how much of what is found is personal, and how quickly.

- `redaction_recall`, `redaction_precision`: spans of all golden lines that are touched by a found one, and found ones that touch
  a golden one (`vietnamese/tests/redaction_*.txt` but the unread, over 600 lines); `…_kind` where the kind must be the same too;
- `redaction_recall_chars`, `redaction_precision_chars`: the same by characters;
- `redaction_unread_recall`, `redaction_unread_precision`, `redaction_unread_whole`: of lines by three hands that knew only how a span is
  drawn; nobody who works on the detector has read them. `…_whole` counts what is covered from its first character to its last;
- `redaction_characters_a_second`: of processor time, on one processor; `redaction_slowest_ms`: the dearest line of golden and
  hostile ones.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from dinhlang.vietnamese.redaction import Span, spans
from dinhlang.vietnamese.tests.marked import TAUGHT_BY, UNREAD, golden

GOALS = {
    "redaction_lines": ("≥", 600.0),
    "redaction_recall": ("≥", 0.98),
    "redaction_precision": ("≥", 0.85),
    "redaction_unread_recall": ("≥", 0.98),
    "redaction_unread_precision": ("≥", 0.85),
    "redaction_characters_a_second": ("≥", 40_000.0),
}
HOSTILE = (
    "a" * 5000, "1 " * 2500, "0 " * 2500, "nguyễn " * 700, "Nguyễn " * 700, "ông " * 1200, "số 1 ngõ 2 đường 3 " * 250, "@" * 5000, "x@" * 2500,
    "không " * 800, "a.b-c+d@" * 600, "thửa đất số 1 " * 350, "1.2.3.4.5/6-7 " * 350, "trú tại " * 600, "((((((((" * 600, "nhà em ở " * 500, "\u0301" * 5000, "H'" * 2500,
    "Làng " * 1000, "Xóm " * 1250, "g xóm " * 833, "Thôn A xóm " * 450, "cụm " * 1250, "tỉnh A, đường B, " * 300,
    "0912345678/" * 450, "4111-" * 1000, "(a còng)" * 620, "sinh năm khoảng " * 300, "nam giap ty thang ram " * 230, "chủ tịch xã, ông Hòe " * 230,
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
    taught, unread = score(TAUGHT_BY), score(UNREAD)
    lines = [text for name in TAUGHT_BY for text, _wanted in golden(name)]
    began = time.process_time()
    for _round in range(5):
        for line in lines:
            spans(line)
    taken = time.process_time() - began
    return {
        "redaction_lines": float(len(lines)),
        "redaction_recall": taught.met / taught.wanted,
        "redaction_precision": taught.right / taught.found,
        "redaction_recall_kind": taught.met_kind / taught.wanted,
        "redaction_precision_kind": taught.right_kind / taught.found,
        "redaction_recall_chars": taught.both_chars / taught.wanted_chars,
        "redaction_precision_chars": taught.both_chars / taught.found_chars,
        "redaction_unread_recall": unread.met / unread.wanted,
        "redaction_unread_precision": unread.right / unread.found,
        "redaction_unread_whole": unread.whole / unread.wanted,
        "redaction_characters_a_second": 5 * sum(map(len, lines)) / taken,
        "redaction_slowest_ms": _slowest([*lines, *HOSTILE]),
    }


def _slowest(lines: list[str]) -> float:
    """Milliseconds of the dearest line, each at its best of three: the processor's caches are shared with others."""
    slowest = 0.0
    for line in lines:
        taken = _milliseconds(line)
        if taken > slowest:
            slowest = max(slowest, min(taken, _milliseconds(line), _milliseconds(line)))
    return slowest


def _milliseconds(line: str) -> float:
    began = time.process_time()
    spans(line)
    return (time.process_time() - began) * 1000
