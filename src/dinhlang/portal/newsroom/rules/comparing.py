"""Two editions side by side: which paragraphs went, came, or changed in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol

from dinhlang.portal.newsroom.rules import body
from dinhlang.portal.newsroom.rules.words import LABELS

_FIELDS = ("title", "lead", "question", "place", "byline", "source")


class Compared(Protocol):
    """What is compared: anything with the words of an edition."""

    title: str
    lead: str
    question: str
    place: str
    byline: str
    source: str
    body: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words: `kind` is 'same', 'gone' or 'new'."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One field or paragraph that differs, as pieces in order."""

    label: str
    pieces: tuple[Piece, ...]


def compare(older: Compared, newer: Compared) -> list[Changed]:
    """What differs from `older` to `newer`; nothing when they say the same."""
    found = [
        Changed(str(LABELS[name]), pieces(getattr(older, name), getattr(newer, name)))
        for name in _FIELDS
        if getattr(older, name) != getattr(newer, name)
    ]
    return [*found, *_paragraphs(body.plain(older.body).split("\n"), body.plain(newer.body).split("\n"))]


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both in one row: those that stayed, went and came."""
    old, new = before.split(), after.split()
    found = []
    for what, a, a_end, b, b_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece("same", " ".join(old[a:a_end])))
            continue
        if a < a_end:
            found.append(Piece("gone", " ".join(old[a:a_end])))
        if b < b_end:
            found.append(Piece("new", " ".join(new[b:b_end])))
    return tuple(found)


def _paragraphs(old: Sequence[str], new: Sequence[str]) -> list[Changed]:
    found = []
    label = str(LABELS["body"])
    for what, a, a_end, b, b_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        # Paragraph by paragraph, the longer side with nothing beside it at its end.
        for at in range(max(a_end - a, b_end - b)):
            before = old[a + at] if a + at < a_end else ""
            after = new[b + at] if b + at < b_end else ""
            found.append(Changed(label, pieces(before, after)))
    return found
