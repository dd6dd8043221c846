"""Words of a paragraph that stand out, as runs of the model: from the look of each letter as a file tells it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from dinhlang.officialdoc.model import Block, Document, Paragraph, Role, Run
from dinhlang.officialdoc.read.sheets import Piece, pieces_in
from dinhlang.officialdoc.write.runs import SCHEMA, letters_digest
from dinhlang.vietnamese.text import nfc


class Look(NamedTuple):
    """How a letter looks beside its paragraph; `fact` is the anchor of the figure it belongs to."""

    bold: bool = False
    italic: bool = False
    fact: str | None = None


PLAIN = Look()
_LONGEST_ANCHOR = 500
_Kind = tuple[Role, int]


def runs_of(text: str, letters: Sequence[tuple[Look, bool]]) -> tuple[Run, ...]:
    """`text` parted where the look of its letters changes. `letters` has an entry for each that is no space: its look,
    and whether the space after it is of the same run."""
    runs: list[tuple[Look, list[str]]] = []
    at = 0
    owner = letters[0][0] if letters else PLAIN
    for letter in text:
        if letter.isspace():
            # Between two runs: the file says whose the space is.
            ends_run = at > 0 and at < len(letters) and not letters[at - 1][1]
            owner = letters[at][0] if ends_run else owner
        else:
            owner = letters[at][0]
            at += 1
        if runs and runs[-1][0] == owner:
            runs[-1][1].append(letter)
        else:
            runs.append((owner, [letter]))
    return tuple(Run("".join(words), look.bold, look.italic, look.fact) for look, words in runs)


def with_printed_runs(document: Document, places: Sequence[Sequence[Piece]]) -> Document:
    """`document` with the bold and italic words its pages show.

    What most letters of paragraphs of one role look like is how that role is printed, and no emphasis; a paragraph that
    looks one way from end to end has none either.
    """
    if not any(piece.bold or piece.italic for line in places for piece in line):
        return document
    paragraphs = [
        block
        for block in (*document.body, *(block for one in document.appendices for block in one.blocks))
        if isinstance(block, Paragraph)
    ]
    letters = {id(one): found for one in paragraphs if (found := _letters(one, places))}
    usual = _usual(paragraphs, letters)

    def shown(block: Block) -> Block:
        if not isinstance(block, Paragraph) or id(block) not in letters:
            return block
        own, base = letters[id(block)], usual[_kind(block)]
        if len(set(own)) == 1:
            return block
        looks = [(Look(one.bold and not base.bold, one.italic and not base.italic), True) for one in own]
        return replace(block, runs=runs_of(block.text, looks))

    return _each_block(document, shown)


def with_told_runs(document: Document, told: str) -> Document:
    """`document` with the runs its file tells (`write.runs`), where a paragraph still has the words they were told of.

    What is no such telling changes nothing: whoever gave the file may have put anything into it.
    """
    waiting = _told(told) if told else {}

    def shown(block: Block) -> Block:
        if not isinstance(block, Paragraph) or not (runs := waiting.get(letters_digest(block.text))):
            return block
        letters = _looks(runs.popleft(), sum(not letter.isspace() for letter in block.text))
        return replace(block, runs=runs_of(block.text, letters)) if letters else block

    return _each_block(document, shown) if waiting else document


def _each_block(document: Document, changed: Callable[[Block], Block]) -> Document:
    return replace(
        document,
        body=tuple(map(changed, document.body)),
        appendices=tuple(replace(one, blocks=tuple(map(changed, one.blocks))) for one in document.appendices),
    )


def _told(text: str) -> Mapping[str, deque[Any]]:
    """What is told of the runs of each paragraph, by what it is known by. Two paragraphs may be of the same words."""
    found: dict[str, deque[Any]] = defaultdict(deque)
    try:
        told = json.loads(text)
        if told["schema"] != SCHEMA:
            return {}
        for digest, runs in told["paragraphs"]:
            found[str(digest)].append(runs)
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}
    return found


def _looks(runs: Any, wanted: int) -> list[tuple[Look, bool]]:
    """The looks of so many letters; none where the runs are no runs, or of more letters or fewer."""
    found: list[tuple[Look, bool]] = []
    try:
        for letters, has_space, bold, italic, fact in runs:
            if not 0 < letters <= wanted - len(found) or not _may_be_anchor(fact):
                return []
            look = Look(bool(bold), bool(italic), fact)
            found += [(look, True)] * (letters - 1)
            found.append((look, bool(has_space)))
    except (ValueError, TypeError):
        return []
    return found if len(found) == wanted else []


def _may_be_anchor(fact: object) -> bool:
    return fact is None or (
        isinstance(fact, str)
        and 0 < len(fact) <= _LONGEST_ANCHOR
        and fact.isprintable()
        and nfc(fact) == fact
    )


def _kind(paragraph: Paragraph) -> _Kind:
    return paragraph.role, paragraph.level or 0


def _letters(paragraph: Paragraph, places: Sequence[Sequence[Piece]]) -> list[Look]:
    """The look of each letter of a paragraph's text; none where the page says something else."""
    span = paragraph.span
    found = [
        Look(piece.bold, piece.italic)
        for piece in (pieces_in(span, places) if span else ())
        for _letter in range(piece.end - piece.start)
    ]
    wanted = sum(not letter.isspace() for letter in paragraph.text)
    # What stands before the text is its mark.
    return found[len(found) - wanted :] if len(found) >= wanted else []


def _usual(paragraphs: Iterable[Paragraph], letters: Mapping[int, Sequence[Look]]) -> Mapping[_Kind, Look]:
    counts: dict[_Kind, Counter[Look]] = defaultdict(Counter)
    for one in paragraphs:
        counts[_kind(one)].update(letters.get(id(one), ()))
    return {kind: looks.most_common(1)[0][0] for kind, looks in counts.items() if looks}
