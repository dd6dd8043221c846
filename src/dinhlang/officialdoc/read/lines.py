"""Lines of the source, and passages: text put together from lines that still knows where it stood."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, repeat

from dinhlang.officialdoc.kept import keep, lazy
from dinhlang.officialdoc.model import Span
from dinhlang.officialdoc.read.sheets import Piece
from dinhlang.officialdoc.read.words import fold

LONGEST_WORD = 300
"""No word is longer; a file without spaces must not hold up the patterns that look within words."""
_WORD = re.compile(rf"\S{{1,{LONGEST_WORD}}}")
# Without one of these no line has marks.
_MARKS = ("#", "*", "<", "__")
_HASHES = re.compile(r"\s{0,3}#{1,6}\s+")
_EMPHASIS = re.compile(r"\*{2,}|__(?=\S)|(?<=\S)__")
_ITALIC = re.compile(r"(?<![^\s(])\*(?=[^\s*])([^*]+)(?<=\S)\*(?![^\s.,;:)])")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_RULE = re.compile(r"[\s*_=~.…–—-]{3,}|[\s*_=~.…–—-]{2,}[oO0]{3}[\s*_=~.…–—-]{2,}")


@dataclass(unsafe_hash=True)
class Line:
    """A line of the source. `text` is NFC, its marks of Markdown blanked out, its columns unchanged.

    Nobody changes one; it is not frozen because a frozen one takes three times as long to make.
    """

    number: int
    text: str
    page: int | None = None
    raw: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    @property
    def is_rule(self) -> bool:
        """Whether only dashes or stars stand here, as under a title."""
        return bool(_RULE.fullmatch(self.text)) and not self.is_blank

    @lazy
    def stripped(self) -> str:
        return " ".join(self.text.split())

    @lazy
    def folded(self) -> str:
        return fold(self.stripped)


def lines_of(text: str, places: Sequence[Sequence[Piece]] = ()) -> list[Line]:
    """The lines of a text. A form feed begins a page; without one no page is known but from `places`."""
    if places:
        return _placed_lines(text, places)
    paged = "\f" in text
    if not paged and not any(sign in text for sign in _MARKS):
        return [Line(number, raw.rstrip(), None, raw) for number, raw in enumerate(text.split("\n"), start=1)]
    page = 1
    lines = []
    for number, raw in enumerate(text.split("\n"), start=1):
        feeds = raw.count("\f")
        if raw.lstrip().startswith("\f"):
            page, feeds = page + feeds, 0
        lines.append(Line(number, _without_marks(raw), page if paged else None, raw))
        page += feeds
    return lines


def _placed_lines(text: str, places: Sequence[Sequence[Piece]]) -> list[Line]:
    """The lines of a text whose words have places on pages; a line without words stands on the page before."""
    lines: list[Line] = []
    page: int | None = None
    for number, raw in enumerate(text.split("\n"), start=1):
        pieces = places[number - 1] if number <= len(places) else ()
        page = pieces[0].page if pieces else page
        lines.append(Line(number, _without_marks(raw), page, raw))
    return lines


def _without_marks(raw: str) -> str:
    """The line with form feeds, '#' of a heading and '**' blanked by as many spaces."""
    text = raw.replace("\f", " ").rstrip()
    if "#" in text and (hashes := _HASHES.match(text)):
        text = " " * hashes.end() + text[hashes.end() :]
    if "<" in text:
        text = _BREAK.sub(lambda found: " " * len(found[0]), text)
    if "**" in text or "__" in text:
        text = _EMPHASIS.sub(lambda found: " " * len(found[0]), text) if not _RULE.fullmatch(text) else text
    if "*" in text:
        text = _ITALIC.sub(lambda found: f" {found[1]} ", text)
    return text.rstrip()


@dataclass(frozen=True)
class Passage:
    """Text put together from words of the source, single spaces between them.

    `starts` holds where each word begins in `text`, `places` its line, column and page in the source.
    """

    text: str
    starts: Sequence[int] = field(repr=False)
    places: Sequence[tuple[int, int, int | None]] = field(repr=False)

    @lazy
    def folded(self) -> str:
        return fold(self.text)

    @property
    def span(self) -> Span | None:
        return self.span_of(0, len(self.text)) if self.text else None

    def span_of(self, start: int, end: int) -> Span:
        """Where the characters from `start` up to `end` stand in the source."""
        first = self._place(start)
        last = self._place(max(end - 1, start))
        return Span(first[0], first[1], last[0], last[1] + 1, first[2])

    def lines(self, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """The same, a span for each line: between them other cells of a table may stand."""
        end = len(self.text) if end is None else end
        found: list[Span] = []
        last = bisect_right(self.starts, end - 1)
        for index in range(max(bisect_right(self.starts, start) - 1, 0), last):
            line, column, page = self.places[index]
            after = self.starts[index + 1] - 1 if index + 1 < len(self.starts) else len(self.text)
            begin = column + max(start - self.starts[index], 0)
            stop = column + min(after, end) - self.starts[index]
            if found and found[-1].line == line and found[-1].column <= begin:
                found[-1] = Span(line, found[-1].column, line, stop, page)
            else:
                found.append(Span(line, begin, line, stop, page))
        return tuple(found)

    def line_at(self, offset: int) -> int:
        """The number of the line on which the character stands."""
        return self._place(offset)[0]

    def _place(self, offset: int) -> tuple[int, int, int | None]:
        index = max(bisect_right(self.starts, offset) - 1, 0)
        line, column, page = self.places[index]
        return line, column + max(offset - self.starts[index], 0), page

    def cut(self, start: int, end: int | None = None) -> Passage:
        """The part from `start` up to `end`, without spaces at its ends."""
        end = len(self.text) if end is None else end
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        text = piece.strip()
        if not text:
            return EMPTY
        first = max(bisect_right(self.starts, start) - 1, 0)
        after = bisect_right(self.starts, start + len(text) - 1)
        line, column, page = self.places[first]
        starts = [0, *(at - start for at in self.starts[first + 1 : after])]
        places = [(line, column + start - self.starts[first], page), *self.places[first + 1 : after]]
        return Passage(text, starts, places)


EMPTY = Passage("", (), ())


def passage_between(line: Line, start: int, end: int) -> Passage:
    """The words of one line between two of its columns, counted from 0."""
    words: list[str] = []
    starts: list[int] = []
    places: list[tuple[int, int, int | None]] = []
    offset = 0
    for found in _WORD.finditer(line.text, start, end):
        words.append(found[0])
        starts.append(offset)
        places.append((line.number, found.start() + 1, line.page))
        offset += len(found[0]) + 1
    return Passage(" ".join(words), starts, places)


def passage(lines: Iterable[Line], skip: int = 0) -> Passage:
    """The words of some lines as one passage, without the first `skip` characters of the first line."""
    words: list[str] = []
    starts: list[int] = []
    places: list[tuple[int, int, int | None]] = []
    folded: list[str] | None = []
    offset = 0
    for line in lines:
        number, page = line.number, line.page
        text = line.text[skip:] if skip else line.text
        parts = text.split()
        bare = text.strip()
        if (
            parts
            and (len(bare) <= LONGEST_WORD or len(max(parts, key=len)) <= LONGEST_WORD)
            and " ".join(parts) == bare
        ):
            # Single spaces, as nearly everywhere: where the words begin is the sum of their lengths.
            after = list(accumulate([len(one) + 1 for one in parts], initial=offset))
            shift = skip + text.index(bare) + 1 - offset
            offset = after.pop()
            words += parts
            if folded is not None:
                folded.append(line.folded[-len(bare) :])
            starts += after
            places += zip(repeat(number), map(shift.__add__, after), repeat(page))
        elif parts:
            folded = None
            for found in _WORD.finditer(line.text, skip):
                words.append(found[0])
                starts.append(offset)
                places.append((number, found.start() + 1, page))
                offset += len(found[0]) + 1
        skip = 0
    made = Passage(" ".join(words), starts, places)
    if folded:
        # Folding goes letter by letter, and the lines are folded already.
        keep(made, "folded", " ".join(folded))
    return made


def joined(passages: Iterable[Passage]) -> Passage:
    """Several passages as one, a space between them."""
    texts: list[str] = []
    starts: list[int] = []
    places: list[tuple[int, int, int | None]] = []
    offset = 0
    for one in passages:
        if not one.text:
            continue
        texts.append(one.text)
        starts.extend(offset + at for at in one.starts)
        places.extend(one.places)
        offset += len(one.text) + 1
    return Passage(" ".join(texts), starts, places)
