"""What a repair proposes, and its JSON, schema `dinhlang.repair/1`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dinhlang.officialdoc.model import Problem, Span

SCHEMA = "dinhlang.repair/1"

DOUBTFUL = 0.9
"""Below this confidence a person should look at a word, applied or not."""


class Class(StrEnum):
    """What a change touches; all but words wait for a person or want one to look."""

    WORD = "word"
    NAME = "name"
    """A proper name: applied only when it is a known one, and to be looked at even then."""
    CODE = "code"
    """The letters of a document's symbol: ND-CP for NĐ-CP. To be looked at; its figures are never touched."""
    NUMBER = "number"
    """Figures that may be a misread word: never applied."""
    ENCODING = "encoding"
    """Another code for the same letters: nothing was guessed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One proposal. `start` and `end` count characters of the damaged text; `span` says the same in lines and columns."""

    start: int
    end: int
    span: Span
    before: str
    after: str
    confidence: float
    kind: Class
    applied: bool

    @property
    def check(self) -> bool:
        """Whether a person has to look."""
        return not self.applied or self.kind in (Class.NAME, Class.CODE) or self.confidence < DOUBTFUL


@dataclass(frozen=True, slots=True)
class Repaired:
    """The restored text with every proposal; `damage` runs from 0 (sound) to 1."""

    source: str | None
    text: str
    changes: tuple[Change, ...]
    kind: str
    damage_before: float
    damage_after: float
    problems: tuple[Problem, ...] = ()

    @property
    def is_changed(self) -> bool:
        return any(change.applied for change in self.changes)

    @property
    def doubtful(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.check)


def applied(text: str, changes: Iterable[Change]) -> str:
    """The text with the changes that are to be applied; they stand in order and do not overlap."""
    pieces, at = [], 0
    for change in changes:
        if change.applied:
            pieces += [text[at : change.start], change.after]
            at = change.end
    return "".join([*pieces, text[at:]])


def to_json(repaired: Repaired) -> dict[str, Any]:
    """The schema's object, of plain values."""
    return {
        "schema": SCHEMA,
        "source": repaired.source,
        "text": repaired.text,
        "changes": [_change(change) for change in repaired.changes],
        "damage": repaired.kind,
        "damage_before": repaired.damage_before,
        "damage_after": repaired.damage_after,
        "problems": [{"code": one.code, "message": one.message} for one in repaired.problems],
    }


def _change(change: Change) -> dict[str, Any]:
    span = change.span
    return {
        "span": {
            "page": span.page,
            "line": span.line,
            "column": span.column,
            "end_line": span.end_line,
            "end_column": span.end_column,
        },
        "from": change.before,
        "to": change.after,
        "confidence": change.confidence,
        "class": change.kind.value,
        "applied": change.applied,
        "check": change.check,
    }


class Places:
    """From a number of characters to page, line and column."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        self._pages = [1]
        page = 1
        for line in text.split("\n"):
            page += line.count("\f")
            self._starts.append(self._starts[-1] + len(line) + 1)
            self._pages.append(page)
        self._paged = page > 1

    def span(self, start: int, end: int) -> Span:
        """The span of characters that stand on one line."""
        line = bisect_right(self._starts, start)
        begins = self._starts[line - 1]
        # A form feed stands at the head of its page's first line.
        page = self._pages[line] if self._paged else None
        return Span(line, start - begins + 1, line, end - begins + 1, page)
