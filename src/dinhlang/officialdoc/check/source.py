"""From a text of the model back to the lines of the file it was read from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dinhlang.officialdoc.kept import lazy
from dinhlang.officialdoc.model import Span
from dinhlang.officialdoc.read.lines import LONGEST_WORD, Line, Passage, lines_of, passage
from dinhlang.officialdoc.read.words import fold

# Page numbers and blank lines stand between the words of a paragraph; more than this is another text.
_BETWEEN = 12


@dataclass(frozen=True)
class Located:
    """Where each word of a text stands in the file. Without words, `whole` answers for every part."""

    starts: Sequence[int] = ()
    places: Sequence[tuple[int, int, int | None]] = ()
    whole: Span | None = None

    def span(self, start: int, end: int) -> Span | None:
        """The place of the characters from `start` up to `end`."""
        if not self.starts:
            return self.whole
        line, column, page = self._at(start)
        end_line, end_column, _ = self._at(max(end - 1, start))
        return Span(line, column, end_line, end_column + 1, page)

    def _at(self, offset: int) -> tuple[int, int, int | None]:
        index = max(bisect_right(self.starts, offset) - 1, 0)
        line, column, page = self.places[index]
        return line, column + max(offset - self.starts[index], 0), page


NOWHERE = Located()


@dataclass(frozen=True)
class SourceText:
    """The text of the file. `lines` are as the reader sees them: marks of Markdown blanked out."""

    text: str
    lines: Sequence[Line] = field(repr=False)

    @classmethod
    def of(cls, text: str) -> SourceText:
        return cls(text, lines_of(text))

    @lazy
    def folded(self) -> Sequence[str]:
        """The lines, each folded: one long text is folded quicker than many short ones."""
        return fold("\n".join([line.text for line in self.lines])).split("\n")

    @lazy
    def whole(self) -> Passage:
        """All words of the file, a space between them."""
        return passage(self.lines)

    @lazy
    def first_line(self) -> Line | None:
        return next((line for line in self.lines if not line.is_blank), None)

    @lazy
    def last_line(self) -> Line | None:
        return next((line for line in reversed(self.lines) if not line.is_blank), None)

    def locate(self, text: str, span: Span | None) -> Located:
        """Where the words of a text stand, given the span it was read from."""
        words = [(found, len(found)) for found in text.split()]
        if span is None or not words:
            return Located(whole=span)
        starts: list[int] = []
        places: list[tuple[int, int, int | None]] = []
        tokens = self._tokens(span)
        offset = 0
        for word, length in words:
            offset = text.index(word, offset)
            place = _next_like(tokens, word)
            if place is None:
                return Located(whole=span)
            starts.append(offset)
            places.append(place)
            offset += length
        return Located(starts, places, span)

    def find(self, text: str, *, last: bool = False, within: Span | None = None) -> Located:
        """Where a text stands that the model holds without a span."""
        wanted = " ".join(text.split())
        if not wanted:
            return NOWHERE
        lines = self._lines_with(wanted, last, within)
        words = self.whole if lines is self.lines else passage(lines)
        at = words.text.rfind(wanted) if last else words.text.find(wanted)
        if at < 0 and "\n" in text:
            # Lines of a foot in two columns: the last of them is where to look.
            below = text.rsplit("\n", 1)[1]
            return Located(whole=self.find(below, last=last, within=within).span(0, len(below)) or within)
        if at < 0:
            return Located(whole=within)
        cut = words.cut(at, at + len(wanted))
        return Located(cut.starts, cut.places, within) if wanted == text else Located(whole=cut.span)

    def _lines_with(self, wanted: str, last: bool, within: Span | None) -> Sequence[Line]:
        """The lines over which a text stands, none where it does not; all of them where only a careful look can tell."""
        lines = self.lines if within is None else self.lines[within.line - 1 : within.end_line]
        if self._has_endless_words or not lines:
            return lines
        text, starts = self._stripped
        first = lines[0].number - 1
        begin, end = starts[first], starts[first + len(lines)]
        at = text.rfind(wanted, begin, end) if last else text.find(wanted, begin, end)
        if at < 0:
            return ()
        return self.lines[bisect_right(starts, at) - 1 : bisect_right(starts, at + len(wanted) - 1)]

    @lazy
    def _has_endless_words(self) -> bool:
        """Whether a word is so long that a passage has it in parts."""
        return any(
            len(line.text) > LONGEST_WORD and max(map(len, line.text.split()), default=0) > LONGEST_WORD
            for line in self.lines
        )

    @lazy
    def _stripped(self) -> tuple[str, Sequence[int]]:
        """The lines without superfluous spaces in one text, and where in it each of them begins."""
        parts: list[str] = []
        starts = [0]
        for line in self.lines:
            # No space for a blank line: between words of the model stands one.
            parts.append(f"{line.stripped} " if line.stripped else "")
            starts.append(starts[-1] + len(parts[-1]))
        return "".join(parts), starts

    def _tokens(self, span: Span) -> Iterator[tuple[str, int, int, int | None]]:
        for line in self.lines[span.line - 1 : span.end_line]:
            start = span.column - 1 if line.number == span.line else 0
            words = passage([line], start)
            if words.places:
                for text, place in zip(words.text.split(" "), words.places, strict=True):
                    yield text, *place


def _next_like(
    tokens: Iterator[tuple[str, int, int, int | None]], word: str
) -> tuple[int, int, int | None] | None:
    for _ in range(_BETWEEN):
        token = next(tokens, None)
        if token is None:
            return None
        if token[0] == word or token[0].startswith(word):
            return token[1], token[2], token[3]
    return None
