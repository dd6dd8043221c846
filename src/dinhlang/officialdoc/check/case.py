"""A document under examination: its texts, and what a rule must know of it to judge them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import compress, count, pairwise
from operator import or_

from dinhlang.officialdoc.check import needs
from dinhlang.officialdoc.check.layout.elements import Placed, elements_of
from dinhlang.officialdoc.check.layout.pages import Layout
from dinhlang.officialdoc.check.neighbours import MARKED, Trait
from dinhlang.officialdoc.check.noted import WordKind
from dinhlang.officialdoc.check.pieces import PROSE, Joined, Part, Piece, Row, lines_of, pieces_of, that_say
from dinhlang.officialdoc.check.source import SourceText
from dinhlang.officialdoc.kept import keep, lazy
from dinhlang.officialdoc.model import Document, Kind, PartialDate, Reference
from dinhlang.officialdoc.read.document import DAMAGED
from dinhlang.officialdoc.read.lines import Passage
from dinhlang.officialdoc.read.references import references_in
from dinhlang.officialdoc.read.words import fold
from dinhlang.periods.identifier import BadPeriod, Period, find_period

COMMUNE_LEVELS = ("xã", "phường", "thị trấn", "đặc khu")
PLANNING = (Kind.PLAN, Kind.PROGRAMME, Kind.DIRECTIVE)
# Before the first heading stands what the document is based on; no list of legal bases seen is longer.
_OPENING = 40
_HEAD_LINES = 30
_AS_LINES = frozenset({*PROSE, Part.HEADING, Part.CELL, Part.SUBJECT, Part.NOTE, Part.LINE})
_WITHIN_LINE_1 = ((1, 1, None),)


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document cited in a piece, from `start` up to `end` of its text."""

    piece: Piece
    reference: Reference
    start: int
    end: int
    is_opening: bool

    @property
    def text(self) -> str:
        return self.piece.text[self.start : self.end]


@dataclass(frozen=True, eq=False)
class Case:
    """What the rules ask. `as_of` is the day on which the document is judged.

    `source` is the text of the file, when there is one; `layout` how it is printed. A `draft` has neither number nor
    day yet. `plan` is what it reports on, `previous` the document of the period before.
    """

    document: Document
    as_of: date | None = None
    source: SourceText | None = None
    draft: bool = False
    layout: Layout | None = None
    plan: Document | None = None
    previous: Document | None = None

    @lazy
    def elements(self) -> tuple[Placed, ...]:
        """The paragraphs of the printed file with what they are; none of a file without pages."""
        return elements_of(self.layout) if self.layout else ()

    @lazy
    def pieces(self) -> tuple[Piece, ...]:
        return pieces_of(self.document, self.source)

    @lazy
    def lines(self) -> tuple[Piece, ...]:
        """The lines of the file; of a document that was never a file, its texts."""
        return lines_of(self.source) if self.source else self.pieces

    @lazy
    def written_lines(self) -> tuple[Piece, ...]:
        """Of the lines those with words; of a document that was never a file, the texts that people write as sentences."""
        return tuple([piece for piece in self.lines if piece.part in _AS_LINES and piece.text.strip()])

    @lazy
    def written_row(self) -> Joined:
        """The same in one text."""
        return Joined(self.written_lines)

    @lazy
    def head_lines(self) -> tuple[Piece, ...]:
        """The lines of the file above the first paragraph."""
        if self.source is None:
            return ()
        first = self.main[0].read_from if self.main else None
        return self.lines[: min(_HEAD_LINES, first.line - 1) if first else _HEAD_LINES]

    @lazy
    def prose(self) -> tuple[Piece, ...]:
        """Whole sentences: bases, paragraphs, items."""
        return self.of(*PROSE)

    @lazy
    def headings(self) -> tuple[Piece, ...]:
        """The headings of the main text."""
        return tuple(piece for piece in self.of(Part.HEADING) if not piece.in_appendix)

    @lazy
    def main(self) -> tuple[Piece, ...]:
        """The paragraphs of the main text with its headings, without tables and appendices."""
        return tuple(piece for piece in self.pieces if piece.path[0] == "body" and len(piece.path) == 2)

    @lazy
    def opening(self) -> tuple[Piece, ...]:
        """What stands before the first heading."""
        first = next((i for i, one in enumerate(self.main) if one.part is Part.HEADING), len(self.main))
        return self.main[: min(first, _OPENING)]

    @lazy
    def opening_bases(self) -> frozenset[Piece]:
        """Of the opening what the document rests on."""
        return frozenset(piece for piece in self.opening if piece.part is Part.BASIS)

    @lazy
    def results(self) -> tuple[Piece, ...]:
        """What a report says of its own period: everything before the heading of what is to come."""
        for index, piece in enumerate(self.main):
            if piece.part is Part.HEADING and is_outlook(piece.folded):
                return self.main[:index]
        return self.main

    @lazy
    def closing(self) -> Piece | None:
        """'Trên đây là …', looked for from the end."""
        return next(
            (piece for piece in reversed(self.main) if piece.folded.lstrip().startswith("tren day la")), None
        )

    @lazy
    def is_damaged(self) -> bool:
        """Read by a machine that knew no Vietnamese: what it says about spelling or words proves nothing."""
        return self.document.source.damage > DAMAGED

    @lazy
    def is_of_party(self) -> bool:
        """Whether it is a document of the Party, which has forms of its own; Nghị định 30/2020/NĐ-CP is not about them."""
        return any("dang cong san viet nam" in line.folded for line in self.head_lines)

    @lazy
    def period(self) -> Period | None:
        return period_of(self.document)

    @lazy
    def year(self) -> int | None:
        """The year the document is about, else that of its date."""
        if self.period is not None:
            return self.period.year
        return self.document.date.year if self.document.date else None

    @lazy
    def day(self) -> date | None:
        """The day of judgement, else the earliest day on which the document can have been made."""
        return self.as_of or made_on(self.document, self.period)

    @lazy
    def level(self) -> str | None:
        """'xã', 'phường', …: the level of the issuer, when it is a commune's."""
        issuer = self.document.issuer
        if issuer is None:
            return None
        if issuer.unit_kind:
            return issuer.unit_kind if issuer.unit_kind in COMMUNE_LEVELS else None
        named = fold(" ".join(filter(None, (issuer.parent, issuer.name))))
        found = re.search(r"\b(?:uy ban nhan dan|ubnd)\s+(xa|phuong|thi tran|dac khu)\b", named)
        return next((level for level in COMMUNE_LEVELS if found and fold(level) == found[1]), None)

    @lazy
    def citations(self) -> tuple[Citation, ...]:
        """Every document cited in sentences, in the subject of an appendix' note, and in cells."""
        return tuple(self._cited())

    @lazy
    def first_citations(self) -> tuple[Citation, ...]:
        """Of each cited document the first mention, which must be complete."""
        seen: set[tuple[object, ...]] = set()
        found = []
        for one in self.citations:
            number = one.reference.number
            key = (number and number.lstrip("0"), one.reference.symbol and fold(one.reference.symbol))
            if number is None or key not in seen:
                found.append(one)
            seen.add(key)
        return tuple(found)

    def _cited(self) -> Iterator[Citation]:
        opening = set(self.opening)
        for piece in self.of(*PROSE, Part.CELL, Part.NOTE):
            is_opening = piece in opening
            if not is_opening and "/" not in piece.text:
                continue
            words = Passage(piece.text, (0,), _WITHIN_LINE_1)
            keep(words, "folded", piece.folded)
            for cited in references_in(words, self.is_damaged, opening=is_opening):
                yield Citation(piece, cited.reference, cited.start, cited.end, is_opening)

    def of(self, *parts: Part, saying: WordKind | None = None) -> tuple[Piece, ...]:
        """The pieces of these parts, in the order of the document; with `saying` those that have such a word."""
        key = (parts, saying.bits if saying else 0)
        known = self._of.get(key)
        if known is None:
            if saying is None:
                known = tuple([piece for piece in self.pieces if piece.part in parts])
            else:
                # Of what the document does not say at all no piece need be asked.
                is_said = self.has & saying.bits == saying.bits
                known = that_say(saying, self.of(*parts)) if is_said else ()
            self._of[key] = known
        return known

    @lazy
    def _of(self) -> dict[tuple[tuple[Part, ...], int], tuple[Piece, ...]]:
        """What was asked for before: most rules ask for the same."""
        return {}

    @lazy
    def has(self) -> int:
        """The bits of all kinds of words that some text says, and of what else rules need."""
        bits = needs.bits_of(self.document.kind)
        for is_so, kind in (
            (self.source is not None, needs.OF_FILE),
            (self.layout is not None, needs.PRINTED),
            (self.level is not None, needs.OF_COMMUNE),
            (self.period is not None, needs.ON_PERIOD),
            (bool(self.citations), needs.CITING),
            (self.plan is not None, needs.BESIDE_PLAN),
            (self.previous is not None, needs.BESIDE_PREVIOUS),
        ):
            bits |= kind.bits if is_so else 0
        return reduce(or_, [piece.kinds for piece in self.pieces], bits)

    @lazy
    def row(self) -> Row:
        """All words of the document."""
        return Row(self.pieces)

    @lazy
    def _traits(self) -> Mapping[int, int]:
        """Where in the row two words stand side by side that have traits, and which."""
        traits = list(map(MARKED.get, pairwise(self.row.words)))
        return dict(zip(compress(count(), traits), filter(None, traits), strict=True))

    def pairs_with(self, trait: Trait) -> Mapping[Piece, Sequence[int]]:
        """Where two words with a trait stand side by side: the places of the first among the words of each piece."""
        wanted = int(trait)
        return self.row.by_piece(at for at, traits in self._traits.items() if traits & wanted)

    def citations_in(self, piece: Piece) -> Sequence[Citation]:
        """The citations of one piece, in their order."""
        return self._cited_in.get(piece, ())

    def citation_at(self, piece: Piece, at: int) -> Citation | None:
        """The citation in which the character stands."""
        cited = self.citations_in(piece)
        # Citations do not overlap: the last that begins before the character is the only one that can hold it.
        index = bisect_right(cited, at, key=_start_of) - 1
        return cited[index] if index >= 0 and at < cited[index].end else None

    def is_cited(self, piece: Piece, at: int) -> bool:
        """Whether the character stands inside a citation."""
        return self.citation_at(piece, at) is not None

    @lazy
    def _cited_in(self) -> Mapping[Piece, Sequence[Citation]]:
        found: dict[Piece, list[Citation]] = {}
        for one in self.citations:
            found.setdefault(one.piece, []).append(one)
        return found


def _start_of(one: Citation) -> int:
    return one.start


def period_of(document: Document) -> Period | None:
    """The period the document is about, by its own field or its subject."""
    if document.period is None:
        return find_period(document.subject or "")
    try:
        return Period.parse(document.period)
    except BadPeriod:
        return None


def made_on(document: Document, period: Period | None) -> date | None:
    """The document's own date; of one without, the earliest day on which it can have been made."""
    written = document.date
    if written is not None and written.year is not None:
        return earliest(written)
    if period is None:
        return None
    if document.kind in PLANNING:
        return date(period.year - 1, 12, 1)
    return date(period.year, period.last_month, 1)


def earliest(written: PartialDate) -> date | None:
    """The earliest day that a date with blanks can mean."""
    try:
        return date(written.year or 1, written.month or 1, written.day or 1)
    except ValueError:
        return None


def whole(written: PartialDate | None) -> date | None:
    """The day, when no part of it is missing."""
    if written is None or None in (written.day, written.month, written.year):
        return None
    return earliest(written)


_CLOSED_SPAN = re.compile(r"giai doan|den nam|tam nhin|\d{4}\s*[-–]\s*\d{4}")
OF_YEAR = re.compile(r"\bnam\s+(?P<year>20\d\d)\b")


def years_of(one: Citation) -> list[int]:
    """The years a cited document is for, by its subject; none for one that spans several."""
    subject = fold(one.reference.subject or "")
    if _CLOSED_SPAN.search(subject):
        return []
    return [int(found["year"]) for found in OF_YEAR.finditer(subject)]


_OUTLOOK = re.compile(
    r"phuong huong|nhiem vu.{0,20}(?:tiep theo|cuoi nam|thoi gian toi|nam sau|trong tam)|giai phap"
)


def is_outlook(folded: str) -> bool:
    """Whether a heading speaks of what is still to be done."""
    return bool(_OUTLOOK.search(folded))
