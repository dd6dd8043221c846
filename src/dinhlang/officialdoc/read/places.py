"""Where a value stands in the text it was read from, so that a person can compare the two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from dinhlang.officialdoc.model import PartialDate, Span
from dinhlang.officialdoc.read.dates import DATE, date_of
from dinhlang.officialdoc.read.lines import Line, Passage, lines_of, passage
from dinhlang.officialdoc.read.words import fold, pattern
from dinhlang.vietnamese.text import nfc

_NUMBER_LINE = r"«số»\s*:?[\s.…_]*(?P<number>\d+[a-z]?)?[\s.…_]*/\s*[a-z]+(?:\s*-\s*[a-z]+)+"


class Places:
    """The lines of a text, and the places of words in it."""

    def __init__(self, text: str) -> None:
        self.lines: Sequence[Line] = lines_of(text)

    @cached_property
    def _whole(self) -> Passage:
        return passage(self.lines)

    def of_words(self, words: str, within: Span | None = None) -> tuple[Span, ...]:
        """Where these words stand one after another, whatever line they are broken at; empty when nowhere."""
        wanted = " ".join(fold(nfc(words)).split())
        source = self._whole if within is None else passage(self.lines[within.line - 1 : within.end_line])
        at = source.folded.find(wanted) if wanted else -1
        return source.lines(at, at + len(wanted)) if at >= 0 else ()

    def of_span(self, span: Span) -> tuple[Span, ...]:
        """The same place, a span for each of its lines."""
        parts = []
        for line in self.lines[span.line - 1 : span.end_line]:
            start = span.column - 1 if line.number == span.line else len(line.text) - len(line.text.lstrip())
            end = span.end_column - 1 if line.number == span.end_line else len(line.text)
            if start < min(end, len(line.text)):
                parts.append(Span(line.number, start + 1, line.number, end + 1, line.page))
        return tuple(parts)

    def text_of(self, span: Span) -> str:
        """The words that stand at this place, single spaces between them."""
        parts = (
            self.lines[one.line - 1].text[one.column - 1 : one.end_column - 1] for one in self.of_span(span)
        )
        return " ".join(" ".join(parts).split())

    def of_number(self, number: str | None) -> tuple[Span, ...]:
        """The line 'Số: 04/KH-UBND' of the document itself, its number blank when that is None."""
        for found in pattern(_NUMBER_LINE).finditer(self._whole.folded):
            if (found["number"] or "").lstrip("0") == (number or "").lstrip("0"):
                return self._whole.lines(found.start(), found.end())
        return ()

    def of_date(self, date: PartialDate | None) -> tuple[Span, ...]:
        """The first place that says this date, with its blanks."""
        if date is None:
            return ()
        for found in _dates(self._whole.folded):
            if date_of(found) == date:
                return self._whole.lines(found.start(), found.end())
        return ()


def _dates(folded: str) -> Sequence[re.Match[str]]:
    return list(pattern(DATE).finditer(folded))
