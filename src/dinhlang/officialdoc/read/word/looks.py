"""Bold and italic words and anchored figures of a .docx, put back into the paragraphs that were read from its text.

A run that stands out from its paragraph's style stands out in the model; a bookmark `fact_…` that `write` set around
a figure is the figure's anchor again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dinhlang.officialdoc.model import Block, Document, Paragraph
from dinhlang.officialdoc.read.emphasis import PLAIN, Look, runs_of
from dinhlang.officialdoc.read.word.names import W, flag
from dinhlang.officialdoc.write.bookmarks import anchor_of
from dinhlang.officialdoc.write.layout import Element

if TYPE_CHECKING:
    from lxml.etree import _Element

    from dinhlang.officialdoc.read.word import Place, Traced

_OURS = frozenset(Element)
_TEXT = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "-",
    f"{W}sym": "?",
}


def with_runs(document: Document, traced: Traced) -> Document:
    """`document` with the runs its paragraphs have in the file. Never raises for a tree that was read."""
    if traced.root is None:
        return document
    facts = _facts(traced.root)
    if not facts and not _stands_out(traced.root):
        return document
    body = tuple(_block(block, traced, facts) for block in document.body)
    appendices = tuple(
        replace(one, blocks=tuple(_block(block, traced, facts) for block in one.blocks))
        for one in document.appendices
    )
    return replace(document, body=body, appendices=appendices)


def _stands_out(root: _Element) -> bool:
    runs = root.iter(f"{W}r")
    return any(run.find(f"{W}rPr/{W}b") is not None or run.find(f"{W}rPr/{W}i") is not None for run in runs)


def _facts(root: _Element) -> dict[_Element, str]:
    """The anchor of each run inside a bookmark around a figure."""
    found: dict[_Element, str] = {}
    inside: dict[str, str] = {}
    for node in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}r"):
        if node.tag == f"{W}bookmarkStart":
            anchor = anchor_of(node.get(f"{W}name") or "")
            if anchor:
                inside[node.get(f"{W}id") or ""] = anchor
        elif node.tag == f"{W}bookmarkEnd":
            inside.pop(node.get(f"{W}id") or "", None)
        elif inside:
            found[node] = next(reversed(inside.values()))
    return found


def _block(block: Block, traced: Traced, facts: dict[_Element, str]) -> Block:
    if not isinstance(block, Paragraph) or block.span is None:
        return block
    places = traced.places(block.span)
    text = block.text
    letters = list(_letters(places, facts))
    # What stands beside the mark belongs to it; the text's own letters are the last ones.
    wanted = sum(not letter.isspace() for letter in text)
    if not places or len(letters) < wanted:
        return block
    runs = runs_of(text, letters[len(letters) - wanted :])
    if len(runs) == 1 and not runs[0].fact and not _is_ours(places[0].paragraph):
        # A paragraph that is bold as a whole is a heading or a habit of its writer, which its role says already.
        return block
    return replace(block, runs=runs)


def _letters(places: list[Place], facts: dict[_Element, str]) -> Iterator[tuple[Look, bool]]:
    """The look of each letter, and whether the space after it is of the same run."""
    for place in places:
        look = _look(place.run, facts)
        text = _text(place.run)
        kept = text[place.start : place.end]
        spaced = text[place.end : place.end + 1].isspace()
        count = sum(not letter.isspace() for letter in kept)
        for number in range(count):
            yield look, spaced if number == count - 1 else True


def _text(run: _Element) -> str:
    """A run's characters, counted as a place counts them."""
    return "".join((node.text or "") if node.tag == f"{W}t" else _TEXT.get(str(node.tag), "") for node in run)


def _look(run: _Element, facts: dict[_Element, str]) -> Look:
    properties = run.find(f"{W}rPr")
    fact = facts.get(run)
    if properties is None:
        return Look(fact=fact) if fact else PLAIN
    return Look(flag(properties.find(f"{W}b")), flag(properties.find(f"{W}i")), fact)


def _is_ours(paragraph: _Element) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style is not None and style.get(f"{W}val") in _OURS
