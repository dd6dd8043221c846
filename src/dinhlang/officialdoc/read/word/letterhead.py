"""The letterhead of a document that has it in the header of its first page.

Headers hold page numbers and are left out, but for this habit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dinhlang.officialdoc.read.flow.blocks import Block, Paragraph, paragraphs_of
from dinhlang.officialdoc.read.flow.pieces import Piece
from dinhlang.officialdoc.read.word.names import R, W
from dinhlang.officialdoc.read.words import fold

if TYPE_CHECKING:
    from lxml.etree import _Element

    from dinhlang.officialdoc.read.word.package import Package
    from dinhlang.officialdoc.read.word.story import Story

_NATION = re.compile(r"cong\s*hoa\s*xa\s*hoi\s*chu\s*nghia|doc\s*lap\s*[-.]?\s*tu\s*do")
_HEAD_CHARACTERS = 2_000


def in_header(package: Package, story: Story, body: _Element) -> list[Block]:
    """The blocks of the first header when the letterhead stands there; none when the text has it."""
    wanted = [one for one in body.iter(f"{W}headerReference") if one.get(f"{W}type") in ("first", "default")]
    if not wanted or is_letterhead(_beginning(body)):
        return []
    parts = package.related("header")
    for reference in sorted(wanted[:4], key=lambda one: one.get(f"{W}type") != "first"):
        root = package.xml(parts.get(reference.get(f"{R}id") or "", ""))
        if root is None or not is_letterhead(_beginning(root)):
            continue
        blocks = story.blocks(root)
        for paragraph in paragraphs_of(blocks):
            _forget_source(paragraph)
        return blocks
    return []


def is_letterhead(text: str) -> bool:
    """Whether the name of the country or its motto stands near the beginning of a text."""
    return _NATION.search(fold(text[:_HEAD_CHARACTERS])) is not None


def _beginning(root: _Element) -> str:
    pieces = []
    length = 0
    for text in root.iter(f"{W}t"):
        pieces.append(text.text or "")
        length += len(pieces[-1])
        if length > _HEAD_CHARACTERS:
            break
    return " ".join(pieces)


def _forget_source(paragraph: Paragraph) -> None:
    """The runs of a header are no runs of the main part."""
    paragraph.lines = [[Piece(piece.text) for piece in line] for line in paragraph.lines]
