"""Years in the text of a plan: which numbers are years, what they belong to, and moving them to another year.

A number is only taken for a year where the words around it say so. '2025/KH-UBND' is the number of a document,
'2.025 hộ' a count, 'ngày 15/7/2021' after a number the day of a document that was issued once: none is moved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from dinhlang.officialdoc.read.words import fold
from dinhlang.vietnamese.text import nfc

_YEAR = r"(?<![\d.,])(?:19|20)\d\d(?![\d]|[.,]\d)"
_FOUR = re.compile(_YEAR)
_SYMBOL = r"[a-z]{1,5}(?:\s*-\s*[a-z0-9]+)*"
# '09/2019/NĐ-CP', 'số 2025/KH-UBND', '2025/KH-UBND'.
_DOCUMENT_NUMBER = re.compile(
    rf"\d+\s*/\s*(?P<a>{_YEAR})\s*/\s*[a-z]|(?:\bso\s*:?\s*)(?P<b>{_YEAR})(?=\s*/|\b)|(?P<c>{_YEAR})\s*/\s*[a-z]{{1,5}}\s*[-/]"
)
# The day of a cited document: it follows a symbol, or the name of a law.
_DAY = r"ngay\s+\d{0,2}[\s.…]*(?:/|-|\.|thang)\s*\d{0,2}[\s.…]*(?:/|-|\.|nam)\s*"
_CITED_DAY = re.compile(
    rf"(?:/\s*{_SYMBOL}|\b(?:luat|phap lenh|nghi dinh|nghi quyet|thong tu|quyet dinh|chi thi)\b[^.;,]{{0,90}}?)\s*,?\s*{_DAY}(?P<year>{_YEAR})"
)
_RANGE = re.compile(rf"(?P<first>{_YEAR})\s*[-–—]\s*(?P<last>{_YEAR})")
_TARGET = re.compile(rf"\b(?:den|tam nhin|huong toi|truoc|sau)\s+(?:het\s+)?nam\s+(?P<year>{_YEAR})")
_OF_TIME = re.compile(
    r"(?:\bnam\s*|\b(?:quy|qui|q\.?)\s*(?:[ivx]{1,4}|[1-4])\s*[/.-]?\s*(?:nam\s*)?|\b(?:thang|t\.?)\s*\d{1,2}\s*[/.-]?\s*(?:nam\s*)?"
    r"|(?<!\d)\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*|(?<![\d/.-])(?:1[0-2]|0?[1-9])\s*/\s*|\b(?:dau|cuoi|giua)\s+)$"
)


class YearKind(StrEnum):
    """What a four-digit number that looks like a year is."""

    YEAR = "year"
    RANGE = "range"
    TARGET = "target"
    CITED = "cited"
    NUMBER = "number"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Mention:
    """A number that looks like a year, and where it stands."""

    start: int
    end: int
    year: int
    kind: YearKind


def mentions(text: str) -> tuple[Mention, ...]:
    """Every number of four digits from 1900 to 2099 that stands alone, in order, each with what it is."""
    text = nfc(text)
    folded = fold(text)
    fixed = dict(_fixed(folded))
    found = []
    for number in _FOUR.finditer(folded):
        kind = fixed.get(number.start())
        if kind is None:
            before = folded[max(0, number.start() - 40) : number.start()]
            kind = YearKind.YEAR if _OF_TIME.search(before) else YearKind.UNKNOWN
        found.append(Mention(number.start(), number.end(), int(number[0]), kind))
    return tuple(found)


def _fixed(folded: str) -> Iterator[tuple[int, YearKind]]:
    """Where numbers start that no rule about time may touch; what is told later wins."""
    for found in _TARGET.finditer(folded):
        yield found.start("year"), YearKind.TARGET
    for found in _RANGE.finditer(folded):
        yield found.start("first"), YearKind.RANGE
        yield found.start("last"), YearKind.RANGE
    for found in _CITED_DAY.finditer(folded):
        yield found.start("year"), YearKind.CITED
    for found in _DOCUMENT_NUMBER.finditer(folded):
        name = next(name for name in ("a", "b", "c") if found[name])
        yield found.start(name), YearKind.NUMBER


def replaced(text: str, changed: Callable[[Mention], int | None]) -> str:
    """The text with each year that `changed` gives a new number for."""
    text = nfc(text)
    parts, at = [], 0
    for mention in mentions(text):
        year = changed(mention)
        if year is not None:
            parts += [text[at : mention.start], str(year)]
            at = mention.end
    return "".join([*parts, text[at:]])
