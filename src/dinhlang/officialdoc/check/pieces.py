"""The texts of a document one by one, each with the way to it: what the rules look at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, auto
from functools import partial, reduce
from itertools import accumulate, chain, compress, count
from operator import itemgetter, or_

from dinhlang.officialdoc.check.chunks import WORD, Chunk, chunks_of, marks_of
from dinhlang.officialdoc.check.findings import Step
from dinhlang.officialdoc.check.noted import WordKind
from dinhlang.officialdoc.check.source import NOWHERE, Located, SourceText
from dinhlang.officialdoc.kept import keep, lazy
from dinhlang.officialdoc.model import Block, Document, Paragraph, Role, Span, Table
from dinhlang.officialdoc.read.lines import Line
from dinhlang.officialdoc.read.words import fold

HEAD_LINES = 60
LONGEST = 20_000
"""Of a longer text only so much is judged (and DL440 says so): lines that lost their ends, not a paragraph. What stands in
a sentence is compared with what stands beside it, which takes time without end where the sentence has none."""


_written, _compared, _kinds, _marks = itemgetter(0), itemgetter(1), itemgetter(3), itemgetter(4)
_END_MARK = ""
_END = Chunk((), (_END_MARK,), (), 0, marks_of([_END_MARK]))


class Part(IntEnum):
    """What a piece is in the document. Numbers, because they are looked up in sets without end."""

    SUBJECT = auto()
    HEADING = auto()
    BASIS = auto()
    BODY = auto()
    ITEM = auto()
    HEADER_CELL = auto()
    CELL = auto()
    APPENDIX_LABEL = auto()
    APPENDIX_TITLE = auto()
    NOTE = auto()
    SIGNATURE = auto()
    RECIPIENT = auto()
    LINE = auto()


PROSE = frozenset({Part.BASIS, Part.BODY, Part.ITEM})
"""Whole sentences."""

_PARTS = {Role.HEADING: Part.HEADING, Role.BASIS: Part.BASIS, Role.BODY: Part.BODY, Role.ITEM: Part.ITEM}


def _nowhere() -> Located:
    return NOWHERE


@dataclass(eq=False)
class Piece:
    """One text: a paragraph, a cell, the subject, a line of the file.

    Nobody changes one; it is not frozen because a frozen one takes three times as long to make.
    """

    path: tuple[Step, ...]
    part: Part
    text: str
    number: str | None = None
    level: int = 0
    read_from: Span | None = None
    """Of a paragraph: the lines of the file, without asking where each word stands."""
    locate: Callable[[], Located] = field(default=_nowhere, repr=False)
    is_cut: bool = False
    """Whether the text is only the beginning of one too long to be judged."""

    @lazy
    def folded(self) -> str:
        """As long as the text."""
        return fold(self.text)

    @lazy
    def chunks(self) -> Sequence[Chunk]:
        """What stands between spaces."""
        return chunks_of(self.text)

    @lazy
    def written(self) -> Sequence[str]:
        """The words and numbers as they are written."""
        return list(chain.from_iterable(map(_written, self.chunks)))

    @lazy
    def plain(self) -> tuple[str, ...]:
        """The words as they are compared, without their places."""
        return tuple(chain.from_iterable(map(_compared, self.chunks)))

    @lazy
    def kinds(self) -> int:
        """The bits of all kinds that some word is of."""
        return reduce(or_, set(map(_kinds, self.chunks)), 0)

    @lazy
    def spans(self) -> Sequence[tuple[int, int]]:
        """Where the words stand."""
        return [found.span() for found in WORD.finditer(self.text)]

    def is_joined(self, index: int) -> bool:
        """Whether only spaces stand between the word and the one after it."""
        return self.text[self.spans[index][1] : self.spans[index + 1][0]].isspace()

    def span(self, start: int, end: int) -> Span | None:
        return self._located.span(start, end)

    @lazy
    def _located(self) -> Located:
        return self.locate()

    @property
    def in_appendix(self) -> bool:
        return self.path[0] == "appendices"


class Row:
    """The words of several pieces one after another, as they are compared: one long row is looked through quicker than
    many short ones. After each piece stands `""`, which is like no word."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._chunks = list(chain.from_iterable([(*piece.chunks, _END) for piece in pieces]))
        self.words = list(chain.from_iterable(map(_compared, self._chunks)))

    def said_again(self, width: int, least: int = 1) -> list[int]:
        """Where the words stand again `width` words further, `least` of them in a row: the places of the first of them."""
        # All are compared in one stroke, by the marks of the words.
        size = 8 * (len(self.words) - width)
        if size <= 0:
            return []
        same = (self._marks ^ (self._marks >> (64 * width))).to_bytes(8 * len(self.words), "little")[:size]
        wanted = bytes(8 * least)
        found = []
        at = same.find(wanted)
        while at >= 0:
            place = -(-at // 8)
            first, again = (self.words[begin : begin + least] for begin in (place, place + width))
            if first == again and "" not in first:
                found.append(place)
            at = same.find(wanted, 8 * place + 1)
        return found

    @lazy
    def _marks(self) -> int:
        return int.from_bytes(b"".join(map(_marks, self._chunks)), "little")

    def by_piece(self, places: Iterable[int]) -> Mapping[Piece, Sequence[int]]:
        """Places in the row, by the pieces in which they lie, each as its place among the words of the piece."""
        found: dict[Piece, list[int]] = {}
        for place in places:
            index = bisect_right(self._starts, place) - 1
            found.setdefault(self._pieces[index], []).append(place - self._starts[index])
        return found

    @lazy
    def _starts(self) -> Sequence[int]:
        ends = compress(count(1), map(_END_MARK.__eq__, self.words))
        return [0, *ends]


class Joined:
    """The texts of several pieces, each on a line: one long text is looked through quicker than many short ones."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self.text = "\n".join([piece.text for piece in pieces])

    def with_match(self, pattern: re.Pattern[str]) -> Sequence[Piece]:
        """The pieces in which a match of the pattern begins, in their order. It may look beyond the ends of a piece."""
        found = []
        at = pattern.search(self.text)
        while at is not None:
            index = self._index(at.start())
            found.append(self._pieces[index])
            if index + 1 == len(self._pieces):
                break
            at = pattern.search(self.text, self._starts[index + 1])
        return found

    def piece_at(self, offset: int) -> Piece:
        """The piece in which the character stands."""
        return self._pieces[self._index(offset)]

    def _index(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    @lazy
    def _starts(self) -> Sequence[int]:
        return list(accumulate((len(piece.text) + 1 for piece in self._pieces), initial=0))[:-1]


def that_say(kind: WordKind, pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces that have a word of the kind, in their order."""
    bits = kind.bits
    if bits.bit_count() == 1:
        return tuple([piece for piece in pieces if piece.kinds & bits])
    return tuple([piece for piece in pieces if piece.kinds & bits == bits])


def pieces_of(document: Document, source: SourceText | None) -> tuple[Piece, ...]:
    """Every text of the document in its order, without those that say nothing."""
    found = tuple([piece for piece in _all(document, _Maker(source)) if piece.text.strip()])
    _fold_together(_not_in_a_line(found, source) if source else found)
    return found


def _not_in_a_line(pieces: Sequence[Piece], source: SourceText) -> Sequence[Piece]:
    """The pieces that do not stand in one line of the file. Those that do are folded there."""
    left = []
    for piece in pieces:
        span = piece.read_from
        line = source.lines[span.line - 1].text if span is not None and span.line == span.end_line else ""
        at = line.find(piece.text) if line else -1
        if span is None or at < 0:
            left.append(piece)
        else:
            keep(piece, "folded", source.folded[span.line - 1][at : at + len(piece.text)])
    return left


def _fold_together(pieces: Sequence[Piece]) -> None:
    """Every piece is asked for its folded text, and one long text is folded quicker than many short ones."""
    folded = fold("\n".join([piece.text for piece in pieces]))
    start = 0
    for piece in pieces:
        end = start + len(piece.text)
        keep(piece, "folded", folded[start:end])
        start = end + 1


def lines_of(source: SourceText) -> tuple[Piece, ...]:
    """The lines of the file, for what reading leaves out."""

    found = tuple(
        [
            Piece(("lines", index), Part.LINE, line.text[:LONGEST], locate=partial(_on_line, line))
            for index, line in enumerate(source.lines)
        ]
    )
    for piece, folded in zip(found, source.folded, strict=True):
        keep(piece, "folded", folded[:LONGEST])
    return found


def _on_line(line: Line) -> Located:
    span = Span(line.number, 1, line.number, len(line.text) + 1, line.page)
    return Located((0,), ((line.number, 1, line.page),), span)


@dataclass(frozen=True, slots=True)
class _Maker:
    source: SourceText | None

    @property
    def head(self) -> Span | None:
        """The lines among which the subject stands; None of a short file."""
        lines = len(self.source.lines) if self.source else 0
        return Span(1, 1, HEAD_LINES, 1) if lines > HEAD_LINES else None

    def spanned(
        self,
        path: tuple[Step, ...],
        part: Part,
        text: str,
        span: Span | None,
        number: str | None = None,
        level: int = 0,
    ) -> Piece:
        locate = partial(self.source.locate, text, span) if self.source else partial(Located, whole=span)
        is_cut = len(text) > LONGEST
        return Piece(path, part, text[:LONGEST], number, level, span, locate, is_cut)

    def sought(
        self,
        path: tuple[Step, ...],
        part: Part,
        text: str | None,
        *,
        last: bool = False,
        within: Span | None = None,
    ) -> Piece:
        text = text or ""
        locate = partial(self.source.find, text, last=last, within=within) if self.source else _nowhere
        return Piece(path, part, text[:LONGEST], locate=locate, is_cut=len(text) > LONGEST)


def _all(document: Document, make: _Maker) -> Iterator[Piece]:
    yield make.sought(("subject",), Part.SUBJECT, document.subject, within=make.head)
    yield from _blocks(("body",), document.body, make)
    if document.signature:
        for name in ("on_behalf_of", "role", "name"):
            text = getattr(document.signature, name)
            yield make.sought(("signature", name), Part.SIGNATURE, text, last=True)
    for index, recipient in enumerate(document.recipients):
        yield make.sought(("recipients", index, "name"), Part.RECIPIENT, recipient.name, last=True)
    for index, appendix in enumerate(document.appendices):
        path = ("appendices", index)
        for name, part in (
            ("label", Part.APPENDIX_LABEL),
            ("title", Part.APPENDIX_TITLE),
            ("note", Part.NOTE),
        ):
            yield make.sought((*path, name), part, getattr(appendix, name), within=appendix.span)
        yield from _blocks((*path, "blocks"), appendix.blocks, make)


def _blocks(path: tuple[Step, ...], blocks: tuple[Block, ...], make: _Maker) -> Iterator[Piece]:
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            yield from _cells((*path, index), block, make)
        else:
            yield _paragraph((*path, index), block, make)


def _paragraph(path: tuple[Step, ...], block: Paragraph, make: _Maker) -> Piece:
    return make.spanned(path, _PARTS[block.role], block.text, block.span, block.number, block.level)


def _cells(path: tuple[Step, ...], table: Table, make: _Maker) -> Iterator[Piece]:
    for column, cell in enumerate(table.header):
        yield make.sought((*path, "header", column), Part.HEADER_CELL, cell, within=table.span)
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            yield make.sought((*path, "rows", number, column), Part.CELL, cell, within=table.span)
