"""Golden lines with their marks: `{kind:text}` says what is personal, and of what kind."""

from __future__ import annotations

import re
from pathlib import Path

from dinhlang.vietnamese.redaction import Kind, Span
from dinhlang.vietnamese.text import nfc

_MARK = re.compile(r"\{([a-z-]+):([^}]*)\}")
HERE = Path(__file__).parent
TAUGHT_BY = (
    "redaction_blind.txt",
    *(f"redaction_seen{which}.txt" for which in ("", "2", "3", "4", "5")),
    *(f"redaction_blind{which}.txt" for which in ("2", "3", "4", "5")),
    "redaction_seen6.txt",
    "redaction_blind8.txt",
    "redaction_seen7.txt",
)
"""What citizens write: the files that the detector of personal data is taught by (docs/redaction.md)."""
UNREAD = ("redaction_blind6.txt", "redaction_blind7.txt", "redaction_blind9.txt")
"""Files that nobody who works on the detector has read: only sums of its answers are looked at."""


def marked(line: str) -> tuple[str, tuple[Span, ...]]:
    """A line without its marks, and what they mark."""
    text, found, last = "", [], 0
    for mark in _MARK.finditer(nfc(line)):
        text += line[last : mark.start()]
        found.append(Span(len(text), len(text) + len(mark[2]), Kind(mark[1])))
        text, last = text + mark[2], mark.end()
    return text + line[last:], tuple(found)


def golden(name: str) -> list[tuple[str, tuple[Span, ...]]]:
    """The lines of a golden file of this folder."""
    lines = nfc((HERE / name).read_text(encoding="utf-8")).splitlines()
    return [marked(line) for line in lines if line and not line.startswith("#")]
