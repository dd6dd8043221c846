"""A phrase on its way through the grammar: its words in plain form, and the year it is read for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dinhlang.periods.identifier import Period
from dinhlang.periods.phrase import YEAR, plain, tidy
from dinhlang.periods.schedule.model import Recurrence, Schedule, ScheduleKind
from dinhlang.periods.window import Window
from dinhlang.vietnamese.text import nfc

_BEFORE, _AFTER = " -+*•.,;:\"“”'()", " .,;:\"“”'()/"
_LEAD = re.compile(
    r"(?:(?:thoi gian(?: thuc hien| hoan thanh)?|tien do|(?:thang|dot) cao diem)\s*:?|(?:so ket|tong ket)\s*:|bat dau(?= tu)|thuc hien|trien khai|to chuc|bao cao|du kien"
    r"|dinh ky|duy tri|cap nhat|tuyen truyen|kiem tra|giao ban|hop|ky hop"
    r"|(?:hoan thanh|xong)(?! truoc)|trong(?! nam$)|vao|ngay trong|khoang)\s+"
)
_DOES = re.compile(
    r"(?<=\S)\s+(?:(?:tong hop,?\s+)?(?:bao cao|tong hop)|va (?:cac|nhung) nam (?:tiep theo|sau))$"
)
_TAIL_YEAR = re.compile(rf"(?:^|\s*[/.-]\s*|,?\s+)(?:(?:trong|cua|ca)\s+)?(?:nam\s+)?(?P<year>{YEAR})$")
_OF_THE_YEAR = re.compile(r"(?<=\S),?\s+(?:(?:cua|trong)\s+ca|cua\s+hang|cua|trong|hang|moi)\s+nam$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """`words` are folded and stripped of lead words and year; `shown` are the same words with their marks.

    `separator` is what stood before a year written as in a date ("3/2023"), empty when none did.
    """

    text: str
    words: str
    shown: str
    year: int | None
    year_written: bool = False
    separator: str = ""

    @classmethod
    def of(cls, text: str, year: int | None) -> Phrase:
        """The phrase as it comes from a plan of the year."""
        shown = tidy(text).lower()
        words = plain(text)
        # A few foreign letters fold to two; such a phrase loses its marks rather than its alignment.
        phrase = cls(printed(text), words, shown if len(shown) == len(words) else words, year)
        return phrase._stripped()

    def _stripped(self) -> Phrase:
        phrase = self._without_edges()
        while lead := _LEAD.match(phrase.words):
            phrase = phrase._slice(lead.end(), len(phrase.words))
        if verb := _DOES.search(phrase.words):
            phrase = phrase._slice(0, verb.start())
        if tail := _TAIL_YEAR.search(phrase.words):
            begun = tail[0].strip()[:1]
            phrase = replace(
                phrase._slice(0, tail.start()),
                year=int(tail["year"]),
                year_written=True,
                separator=begun if begun in {"/", "-", "."} and "nam" not in tail[0] else "",
            )
        return phrase._without_edges()

    def part(self, start: int, end: int) -> Phrase:
        """One clause of the phrase, read on its own."""
        return self._slice(start, end)._stripped()

    def without_its_year(self) -> Phrase:
        """Without "trong năm" or "hằng năm" at its end: a plan is of one year anyway."""
        found = _OF_THE_YEAR.search(self.words)
        return self._slice(0, found.start()) if found else self

    def _without_edges(self) -> Phrase:
        start = len(self.words) - len(self.words.lstrip(_BEFORE))
        return self._slice(start, max(start, len(self.words.rstrip(_AFTER))))

    def _slice(self, start: int, end: int) -> Phrase:
        return replace(self, words=self.words[start:end], shown=self.shown[start:end])

    def reading(
        self,
        kind: ScheduleKind,
        *,
        periods: Sequence[Period] = (),
        span: Window | None = None,
        deadlines: Sequence[date] = (),
        inclusive: bool | None = None,
        recurrence: Recurrence | None = None,
        year: int | None = None,
    ) -> Schedule:
        """The schedule that the words mean. `year` is one written inside them."""
        return Schedule(
            text=self.text,
            kind=kind,
            year=year or self.year,
            year_written=self.year_written or year is not None,
            periods=tuple(periods),
            span=span,
            deadlines=tuple(deadlines),
            inclusive=inclusive,
            recurrence=recurrence,
        )


def printed(text: str) -> str:
    """The phrase as it will be printed: NFC, without the blanks around it, its own dashes and spaces kept."""
    return nfc(text).strip()
