"""Tables of Markdown that only place things: the letterhead and the foot in two columns.

'| ỦY BAN NHÂN DÂN<br>XÃ A | CỘNG HÒA … |' holds lines side by side. They are given one after another, cell by cell,
each on the number and in the columns where it stands, so that a reader of lines finds what it looks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from dinhlang.officialdoc.read.lines import Line
from dinhlang.officialdoc.read.words import pattern

_PIPES = re.compile(r"\s*\|.*\|\s*$")
_RULE = re.compile(r"[\s|:-]+")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# What stands in a letterhead or a foot, and in no table of data.
_PLACES = "«cộng hòa xã hội chủ nghĩa việt nam»|«đảng cộng sản việt nam»|«nơi nhận»\\s*:|(?:^|[|>\\s*])(?:tm|kt|tl|tuq)\\.\\s*[a-z]"
_MOST_ROWS = 12


def unpiped(lines: Sequence[Line]) -> list[Line]:
    """The lines with tables of place taken apart; the same lines when there is none."""
    found: list[Line] = []
    for is_table, group in groupby(lines, lambda line: _PIPES.match(line.raw) is not None):
        rows = list(group)
        if is_table and len(rows) <= _MOST_ROWS and _only_places(rows):
            found.extend(part for row in rows if not _RULE.fullmatch(row.text) for part in _parts(row))
        else:
            found.extend(rows)
    return found


def _only_places(rows: Sequence[Line]) -> bool:
    return any(pattern(_PLACES).search(row.folded) for row in rows)


def _parts(row: Line) -> Iterator[Line]:
    """The lines in the cells of one row, each padded to where it stands."""
    edges = [at for at, character in enumerate(row.text) if character == "|"]
    breaks = [found.span() for found in BREAK.finditer(row.raw)] if len(row.raw) >= len(row.text) else []
    for left, right in pairwise(edges):
        start = left + 1
        for begin, end in [*((b, e) for b, e in breaks if left < b < right), (right, right)]:
            text = row.text[start:begin]
            if text.strip():
                yield Line(row.number, " " * start + text.rstrip(), row.page, row.raw)
            start = end
