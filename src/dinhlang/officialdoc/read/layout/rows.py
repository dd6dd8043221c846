"""Words to lines, and the measures of a page that tell how its lines belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dinhlang.officialdoc.read.pages.page import Page, Word

# By how much of the font's size words of one line may stand higher or lower.
_LEVEL = 0.35
# A raised figure (m²) is smaller than the line it belongs to.
_RAISED_SIZE, _RAISED_BY = 0.8, 0.65
# Spaces between words are a quarter of the font's size, twice that in justified lines.
_WIDE_GAP = 1.8


@dataclass(slots=True)
class Row:
    """Words on one level of a page, from left to right."""

    words: list[Word]
    page: int

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def base(self) -> float:
        return self.words[0].base

    @property
    def top(self) -> float:
        return min(word.y0 for word in self.words)

    @property
    def size(self) -> float:
        return max(self.words, key=lambda word: len(word.text)).size

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words if any(map(str.isalpha, word.text)))

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    def segments(self) -> list[Row]:
        """The stretches between wide gaps; the whole line when all its gaps are wide, as in a stretched line."""
        limit = _WIDE_GAP * self.size
        parts = [[self.words[0]]]
        for before, word in pairwise(self.words):
            if word.x0 - before.x1 > limit:
                parts.append([])
            parts[-1].append(word)
        if len(parts) > 3 and len(parts) == len(self.words):
            return [self]
        return [Row(part, self.page) for part in parts]


def rows_of(words: Iterable[Word], page: int) -> list[Row]:
    """The lines of some words, from the top down."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda word: (word.base, word.x0)):
        if rows and abs(word.base - rows[-1].base) <= _LEVEL * max(word.size, rows[-1].words[0].size):
            rows[-1].words.append(word)
        else:
            rows.append(Row([word], page))
    rows = _with_raised(rows)
    for row in rows:
        row.words.sort(key=lambda word: word.x0)
    return rows


def _with_raised(rows: list[Row]) -> list[Row]:
    """Small figures above a line put into it."""
    kept: list[Row] = []
    for row in rows:
        raised = kept[-1] if kept else None
        if raised is not None and _is_raised(raised, row):
            # The line's own words come first: they say on which level it stands.
            row.words.extend(kept.pop().words)
        kept.append(row)
    return kept


def _is_raised(raised: Row, row: Row) -> bool:
    size = row.size
    left, right = min(word.x0 for word in row.words), row.x1
    return (
        len(raised.words) <= 3
        and row.base - raised.base < _RAISED_BY * size
        and all(word.size < _RAISED_SIZE * size and len(word.text) <= 3 for word in raised.words)
        and all(left - 1 <= word.x0 <= right + size for word in raised.words)
    )


_ENOUGH_WIDE = 8


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of running text begin and end on a page, and how far apart they are."""

    left: float
    right: float
    pitch: float

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return max(self.right - self.left, 1.0)


def margins_of(rows: Sequence[Row], page: Page, least: int = _ENOUGH_WIDE) -> Margins | None:
    """The margins of a page; None when it has fewer wide lines than `least` to show them."""
    wide = [row for row in rows if row.width > 0.45 * page.width and len(row.segments()) == 1]
    if len(wide) < least:
        return None
    # Where many paragraphs have one line, most lines are indented: the margin is what some lines share further left.
    starts = Counter(round(row.x0 / 2) for row in rows)
    shared = [start for start, count in starts.items() if count >= max(max(starts.values()) / 8, 2)]
    left = 2.0 * min(shared, default=min(starts))
    ends = sorted(row.x1 for row in wide)
    right = ends[int(len(ends) * 0.9)]
    if len(wide) < _ENOUGH_WIDE:
        # Few lines may all be short of the margin, which the decree puts 15 to 20 mm from the edge of the page.
        left = min(left, *(row.x0 for row in rows))
        right = max(right, 0.9 * page.width)
    return Margins(left, right, _pitch(rows, 0.45 * page.width))


def _pitch(rows: Sequence[Row], wide: float) -> float:
    """The distance of lines within a paragraph: the common one among the smaller, below lines of full width."""
    steps = sorted(
        below.base - above.base
        for above, below in pairwise(rows)
        if above.width > wide and 0.8 * above.size < below.base - above.base < 3 * above.size
    )
    return steps[len(steps) // 5] if steps else 1.3 * rows[0].size
