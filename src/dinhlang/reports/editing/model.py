"""What a draft is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from dinhlang.officialdoc.model import Role
from dinhlang.reports.passages import Passage, Text


class Origin(StrEnum):
    """Where a piece came from."""

    OUTLINE = "outline"
    EDITED = "edited"
    ADDED = "added"
    REUSED = "reused"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a draft.

    `base` is what the outline said when a person changed it. `theirs` is what the outline says now, where it says
    something else than `base`; `gone` that it says nothing any more: both wait for a person's word. `removed` pieces
    are not printed and can be brought back. `version` is the draft's version of its last change.
    """

    key: str
    block: Passage
    origin: Origin = Origin.OUTLINE
    base: Passage | None = None
    theirs: Passage | None = None
    gone: bool = False
    removed: bool = False
    closing: bool = False
    version: int = 0
    source: str = ""

    @property
    def is_heading(self) -> bool:
        return isinstance(self.block, Text) and self.block.role is Role.HEADING

    @property
    def is_untouched(self) -> bool:
        """Whether redrawing may write it anew."""
        return self.origin is Origin.OUTLINE and not self.removed

    @property
    def is_in_conflict(self) -> bool:
        return self.theirs is not None or self.gone

    @property
    def content(self) -> Piece:
        """The piece without its version: what it says, whenever it was said."""
        return replace(self, version=0)


HEAD_KEYS = ("subject", "place", "recipients", "signature")
"""The pieces around the text. Those of several lines are kept with line breaks."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: what stands around the text, and the text."""

    head: tuple[Piece, ...]
    body: tuple[Piece, ...]
    version: int = 0

    def find(self, key: str) -> Piece | None:
        return next((piece for piece in self.pieces if piece.key == key), None)

    @property
    def pieces(self) -> Iterator[Piece]:
        yield from self.head
        yield from self.body

    def head_words(self, key: str) -> str:
        found = next((piece.block for piece in self.head if piece.key == key), None)
        return found.words if isinstance(found, Text) else ""

    @property
    def conflicts(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.is_in_conflict)
