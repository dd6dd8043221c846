"""What stands side by side: the two columns of the head and of the foot of an official document.

NĐ 30/2020/NĐ-CP, Phụ lục I: on the left who issues, on the right the national heading; at the end the recipients on
the left, on the right who signs. Elsewhere text runs over the whole line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dinhlang.officialdoc.read.layout.rows import Margins, Row
from dinhlang.officialdoc.read.words import KINDS, OTHER_KINDS, TITLES, fold

NATION = re.compile(r"\bcong hoa xa hoi\b|\bdang cong san viet nam\b")
_RECIPIENTS = re.compile(r"\W*noi nhan\s*(?:[:.]|$)")
_TITLES = frozenset(fold(name) for name in (*KINDS, *OTHER_KINDS, *TITLES))
_ENDS_HEAD = re.compile(r"kinh gui|can cu |phu luc\b")
_MOST_HEAD_ROWS = 16
_LEAST_GAP = 0.55
_HEAD_GAP = 45.0
# Room for a signature and a stamp.
_SIGNING_GAP = 130.0


@dataclass(frozen=True, slots=True)
class Parted:
    """Lines `start` up to `end` of a page, told column by column."""

    start: int
    end: int
    left: tuple[Row, ...]
    right: tuple[Row, ...]
    is_foot: bool = False
    edge: float | None = None

    def right_groups(self) -> list[list[Row]]:
        """The lines of the right column, a title that was broken put together again: '… VĂN PHÒNG - THỐNG' / 'KÊ'."""
        groups: list[list[Row]] = []
        for row in self.right:
            above = groups[-1][-1] if groups else None
            if above is not None and (
                _is_cut(above.text, row.text) or (self.edge is not None and _fills(above, row, self.edge))
            ):
                groups[-1].append(row)
            else:
                groups.append([row])
        return groups


def _is_cut(above: str, text: str) -> bool:
    """Whether a narrow column broke the national heading, or a date before its year."""
    folded = fold(above)
    nation = bool(NATION.search(folded)) and not folded.endswith("nam")
    return nation or (folded.endswith(" nam") and text[:4].isdecimal())


def _fills(above: Row, row: Row, edge: float) -> bool:
    """Whether a line of a centred column that ends at `edge` was full, and the next goes on with it."""
    word = row.words[0]
    width = 2 * (edge - above.middle)
    near = row.base - above.base < 1.9 * row.size and abs(row.middle - above.middle) < row.size
    alike = row.bold == above.bold and row.text.isupper() == above.text.isupper()
    return near and alike and above.width + word.x1 - word.x0 + 0.25 * row.size > width


def parted(rows: Sequence[Row], margins: Margins) -> list[Parted]:
    """The heads and feet among the lines of a page, in their order."""
    found: list[Parted] = []
    index = 0
    while index < len(rows):
        folded = fold(rows[index].text)
        block = None
        if NATION.search(folded):
            block = _head(rows, index, found[-1].end if found else 0)
        elif _RECIPIENTS.match(folded):
            block = _foot(rows, index, margins)
        else:
            block = _pair(rows, index)
        if block is not None:
            found.append(block)
            index = block.end
        else:
            index += 1
    return found


# --- The head ----------------------------------------------------------------------------------------------------


def _head(rows: Sequence[Row], at: int, least: int) -> Parted | None:
    nation = rows[at]
    first = next(
        (
            index
            for index in range(len(nation.words) - 2)
            if fold(nation.words[index].text) in ("cong", "dang")
            and fold(nation.words[index + 1].text) in ("hoa", "cong")
        ),
        0,
    )
    name = Row(nation.words[first:], nation.page)
    edge = nation.words[first - 1].x1 if first else None
    columns = _Columns(name, edge)
    start = at
    while start > least and _is_above(rows[start - 1], rows[start], name):
        start -= 1
    left: list[Row] = []
    right: list[Row] = []
    end = start
    for row in rows[start : at + _MOST_HEAD_ROWS]:
        is_far = end > at and row.base - rows[end - 1].base > _HEAD_GAP
        parts = columns.parts(row) if end <= at or not (is_far or _ends_head(row)) else None
        if parts is None:
            break
        left.extend(parts[:1] if parts[0].words else ())
        right.extend(parts[1:] if parts[1].words else ())
        end += 1
    return Parted(start, end, tuple(left), tuple(right)) if end > at else None


def _is_above(row: Row, below: Row, name: Row) -> bool:
    """Whether a line over the national heading belongs to the letterhead beside it."""
    return row.x1 < name.x0 + 3 and below.base - row.base < _HEAD_GAP and not _ends_head(row)


def _ends_head(row: Row) -> bool:
    folded = fold(row.text).strip(" :")
    return folded in _TITLES or bool(_ENDS_HEAD.match(folded)) or folded.replace(" ", "") in _SPACED


_SPACED = frozenset(title.replace(" ", "") for title in _TITLES)


class _Columns:
    """Where the two columns of a head part, known from the line of the national heading."""

    def __init__(self, name: Row, edge: float | None) -> None:
        self.right = name.middle
        self.start = name.x0
        self.border = name.x0 - 2 if edge is None else (edge + name.x0) / 2

    def parts(self, row: Row) -> tuple[Row, Row] | None:
        """A line cut between the columns; None when it runs over both."""
        gaps = [
            (_distance(self.border, before.x1, word.x0), -(word.x0 - before.x1), at)
            for at, (before, word) in enumerate(pairwise(row.words), start=1)
            if word.x0 - before.x1 > _LEAST_GAP * row.size or before.x1 <= self.border <= word.x0
        ]
        gaps = [gap for gap in gaps if gap[0] < 0.45 * (self.right - self.border) + 8]
        if gaps and row.x0 < self.border < row.x1:
            at = min(gaps)[2]
            return Row(row.words[:at], row.page), Row(row.words[at:], row.page)
        if row.x1 <= self.start or (row.middle < self.border and row.x1 < self.right):
            return row, Row([], row.page)
        if row.x0 >= self.border - 30 and row.middle > self.border:
            return Row([], row.page), row
        return None


def _distance(place: float, start: float, end: float) -> float:
    return 0.0 if start <= place <= end else min(abs(place - start), abs(place - end))


# --- The foot ----------------------------------------------------------------------------------------------------


def _foot(rows: Sequence[Row], at: int, margins: Margins) -> Parted | None:
    start = at
    # Who signs may begin a line or two above 'Nơi nhận'.
    while start and rows[start - 1].x0 > margins.centre - 10 and rows[at].base - rows[start - 1].base < 60:
        start -= 1
    end = next((index for index in range(at + 1, len(rows)) if _ends_foot(rows[index])), len(rows))
    border = _gutter(rows[start:end], margins)
    if border is None:
        return None
    left: list[Row] = []
    right: list[Row] = []
    for row in rows[start:end]:
        cut = _cut(row, border)
        left.extend([Row(row.words[:cut], row.page)] if cut else [])
        right.extend([Row(row.words[cut:], row.page)] if cut < len(row.words) else [])
    return Parted(start, end, tuple(left), tuple(right), True, margins.right)


def _pair(rows: Sequence[Row], at: int) -> Parted | None:
    """Two who sign side by side, as under minutes: short lines in two pieces, over the same two places."""
    if len(rows[at].segments()) != 2 or not rows[at].text.isupper():
        return None
    border = sum(side for part in rows[at].segments() for side in (part.x0, part.x1)) / 4
    end = at
    while end < len(rows) and _stands_in_two(rows[end], border):
        if end > at and rows[end].base - rows[end - 1].base > _SIGNING_GAP:
            break
        end += 1
    if end - at < 2:
        return None
    cuts = [(row, _cut(row, border)) for row in rows[at:end]]
    left = tuple(Row(row.words[:cut], row.page) for row, cut in cuts if cut)
    right = tuple(Row(row.words[cut:], row.page) for row, cut in cuts if cut < len(row.words))
    return Parted(at, end, left, right)


def _stands_in_two(row: Row, border: float) -> bool:
    parts = row.segments()
    return len(parts) == 2 and parts[0].x1 < border < parts[1].x0 and len(row.words) < 16


def _ends_foot(row: Row) -> bool:
    return fold(row.text).strip(" :.").startswith("phu luc") or bool(NATION.search(fold(row.text)))


def _gutter(rows: Sequence[Row], margins: Margins) -> float | None:
    """The middle of the widest free stretch between the columns, from a fifth to four fifths of the line."""
    low, high = margins.left + 0.2 * margins.width, margins.left + 0.8 * margins.width
    covered = sorted((word.x0, word.x1) for row in rows for word in row.words)
    best, free = None, 6.0
    reach = covered[0][0]
    for start, stop in covered:
        left, right = max(reach, low), min(start, high)
        if start > reach and right - left > free:
            best, free = (reach + start) / 2, right - left
        reach = max(reach, stop)
    return best


def _cut(row: Row, border: float) -> int:
    return sum(word.middle < border for word in row.words)
