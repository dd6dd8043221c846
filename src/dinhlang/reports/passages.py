"""The text of a draft before its figures are put in: headings, paragraphs, items, tables. Plain Python.

A figure is a token, `[[articles]]` or `[[articles_same]]`; what it prints is known only when a document is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dinhlang.officialdoc.model import Role

TOKEN = re.compile(r"\[\[([a-z][a-z0-9_]{0,58})\]\]")


def token(spec: str) -> str:
    """How a figure is written in a text."""
    return f"[[{spec}]]"


@dataclass(frozen=True, slots=True)
class Text:
    """A heading, a paragraph or an item. `words` holds figures as tokens."""

    role: Role
    words: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its cells hold figures as tokens."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """The header and the rows."""
        return (self.header, *self.rows)


Passage = Text | Grid


def words_in(block: Passage) -> Iterator[str]:
    """Every stretch of words of a block."""
    if isinstance(block, Text):
        yield block.words
    else:
        for line in block.lines:
            yield from line


def tokens(block: Passage) -> list[str]:
    """The figures a block shows, in order, as often as it shows them."""
    return [found for words in words_in(block) for found in TOKEN.findall(words)]
