"""The look of a PDF: measured on the words and lines that stand on its pages.

What a PDF does not tell (gaps between paragraphs, how a line is aligned) stays unknown. A page that was recognised
from an image tells nothing about fonts, and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from dinhlang.officialdoc.check.layout.pages import Align, Layout, PageNumber, Printed, Sheet, Stretch
from dinhlang.officialdoc.read.words import fold

_MM = 25.4 / 72
_MOST_PAGES = 12
_SAME_LINE = 2.5
# Words of one column are nearer to each other than this many sizes of their letters, however wide a line is set.
_GAP = 2.2
_NUMBER = re.compile(r"[-–\s]*(\d{1,3})[-–\s]*")
_EDGE = 0.09
_CENTRE = 20.0
# Of lines with fewer letters the ends say nothing about the margins.
_FULL_LINE = 40
_FLAT = 3.0
_SAME_EDGE, _SEVERAL = 2.0, 4
# How far Times' capitals with their marks reach above the line, in sizes.
_ASCENT = 0.891


class Word(Protocol):
    """A word of a page, in points from its upper left corner."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    bold: bool
    italic: bool


class Rule(Protocol):
    """A line drawn on a page."""

    x0: float
    y0: float
    x1: float
    y1: float


class Page(Protocol):
    """A page with its words and lines, as reading gives it."""

    number: int
    width: float
    height: float
    ocr: bool

    @property
    def words(self) -> Sequence[Word]: ...

    @property
    def rules(self) -> Sequence[Rule]: ...


@dataclass(frozen=True)
class _Line:
    """Words of one column on one line."""

    words: Sequence[Word]
    page: Page

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].x0

    @property
    def right(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def base(self) -> float:
        return self.words[0].base

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)


def layout_of(pages: Sequence[Page]) -> Layout | None:
    """How the pages of a PDF look; None when none of them has text of its own."""
    own = [page for page in pages[:_MOST_PAGES] if page.words and not page.ocr]
    if not own:
        return None
    lines = [line for page in own for line in _lines(page)]
    numbers = {id(line): int(found[1]) for line in lines if (found := _is_number(line))}
    text = [line for line in lines if id(line) not in numbers]
    number = _page_number([line for line in lines if id(line) in numbers], own)
    paragraphs = tuple(_printed(line) for line in text)
    return Layout((_sheet(own, text, number),), paragraphs, _longest_part(own, text), is_measured=True)


def _longest_part(pages: Sequence[Page], lines: Sequence[_Line]) -> int:
    """How many pages the longest part has: an appendix begins to count anew, and hides its first number too."""
    first: dict[int, str] = {}
    for line in lines:
        first.setdefault(line.page.number, line.text)
    longest = length = 0
    for page in pages:
        begins = fold(first.get(page.number, "")).startswith("phu luc") or page.width != pages[0].width
        length = 1 if begins else length + 1
        longest = max(longest, length)
    return longest


def _lines(page: Page) -> Iterator[_Line]:
    rows: list[list[Word]] = []
    for word in sorted(page.words, key=lambda one: (one.base, one.x0)):
        if rows and abs(rows[-1][0].base - word.base) <= _SAME_LINE:
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda one: one.x0)
        start = 0
        for at, (one, two) in enumerate(pairwise(row), start=1):
            if two.x0 - one.x1 > _GAP * max(one.size, two.size, 1):
                yield _Line(row[start:at], page)
                start = at
        yield _Line(row[start:], page)


def _is_number(line: _Line) -> re.Match[str] | None:
    height = line.page.height
    at_edge = line.base < height * _EDGE or line.base > height * (1 - _EDGE)
    found = _NUMBER.fullmatch(line.text) if at_edge else None
    return found if found and int(found[1]) == line.page.number else None


def _page_number(lines: Sequence[_Line], pages: Sequence[Page]) -> PageNumber | None:
    later = [line for line in lines if line.page.number > 1]
    on_first = any(line.page.number == 1 for line in lines)
    if not later:
        return None
    line = later[0]
    middle = (line.left + line.right) / 2
    off = middle - line.page.width / 2
    align = Align.CENTER if abs(off) < _CENTRE / _MM else Align.RIGHT if off > 0 else Align.LEFT
    return PageNumber(line.base < line.page.height / 2, align, on_first, round(line.size * 2) / 2)


def _sheet(pages: Sequence[Page], lines: Sequence[_Line], number: PageNumber | None) -> Sheet:
    first = pages[0]
    upright = [line for line in lines if line.page.width == first.width]
    full = [line for line in upright if len(line.text) >= _FULL_LINE]
    bottoms = [_below(page, upright) for page in pages[:-1]]
    below = min((one for one in bottoms if one is not None), default=None)
    # A page may end early; that it ends too late is seen.
    is_low = below is not None and below < 20
    # The first lines of paragraphs go in: what stands nearest to the edge is the margin.
    left = _edge([line.left for line in upright], several=2)
    away = _edge([first.width - line.right for line in full])
    top = min((line.base - line.size * _ASCENT for line in upright), default=None)
    return Sheet(
        round(first.width * _MM, 1),
        round(first.height * _MM, 1),
        None if left is None else left * _MM,
        None if away is None else away * _MM,
        None if top is None else top * _MM,
        below if is_low else None,
        number,
    )


def _edge(distances: Sequence[float], several: int = _SEVERAL) -> float | None:
    """The margin that lines keep: the smallest distance, when several lines have it; of a few lines nothing is known."""
    least = min(distances, default=None)
    if least is None or sum(one - least < _SAME_EDGE for one in distances) < several:
        return None
    return least


def _below(page: Page, lines: Sequence[_Line]) -> float | None:
    bases = [line.base for line in lines if line.page is page]
    return (page.height - max(bases)) * _MM if bases else None


def _printed(line: _Line) -> Printed:
    stretches: list[Stretch] = []
    for at, word in enumerate(line.words):
        text = word.text if at == 0 else f" {word.text}"
        stretches.append(
            Stretch(
                text,
                getattr(word, "font", None),
                round(word.size * 2) / 2 if word.size else None,
                word.bold,
                word.italic,
                False,
                getattr(word, "colour", None),
            )
        )
    return Printed(tuple(stretches), has_rule=_has_rule(line), page=line.page.number)


def _has_rule(line: _Line) -> bool:
    """A level line under the words, not wider than they are by much."""
    for rule in line.page.rules:
        if rule.y1 - rule.y0 > _FLAT or rule.x1 - rule.x0 < line.size:
            continue
        within = rule.x0 >= line.left - line.size and rule.x1 <= line.right + line.size
        if within and 0 <= rule.y0 - line.base <= 1.4 * line.size:
            return True
    return False
