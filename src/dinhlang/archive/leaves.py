"""The pages of a PDF file or a scan as a person sees them: how large they are, and where on them something stands.

`Leaves` is kept beside the text that was read; a `Mark` is a place on a page that leads to what is said of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dinhlang.officialdoc.model import Box, Span
from dinhlang.officialdoc.read import Reading
from dinhlang.officialdoc.read.pages.page import Page as Sheet
from dinhlang.officialdoc.read.pages.page import dumped, loaded
from dinhlang.officialdoc.read.sheets import Piece, rows_of

# The layout of a file is judged on its first pages.
_SHEETS_JUDGED = 12
# Points around a word, so that its frame does not cut its marks.
_AIR = 1.5
# In the margin, where the number of a mark stands: the first, and the step to the next one on the same row.
_FIRST_LABEL, _LABEL_STEP, _MOST_LABELS = 4.0, 25.0, 4


@dataclass(frozen=True, slots=True)
class Leaves:
    """What is kept of the pages of a document.

    `sizes` are their widths and heights in points, `places` where the words of each line of the text stand, `sheets`
    the first pages as they were read, by which the layout is judged.
    """

    sizes: tuple[tuple[float, float], ...] = ()
    places: tuple[tuple[Piece, ...], ...] = ()
    sheets: tuple[Sheet, ...] = ()

    @classmethod
    def of(cls, reading: Reading) -> Leaves | None:
        """Those of a document that was read from pages; `None` for any other."""
        sheets = reading.decoded.sheets
        if not sheets:
            return None
        sizes = {sheet.number: sheet.seen_size for sheet in sheets}
        return cls(
            tuple(sizes.get(number, (595.0, 842.0)) for number in range(1, max(sizes) + 1)),
            reading.decoded.places,
            tuple(sheets[:_SHEETS_JUDGED]),
        )

    def to_bytes(self) -> bytes:
        told = {
            "sizes": self.sizes,
            "places": [[[one.start, one.end, one.page, *one.box] for one in line] for line in self.places],
            "sheets": [dumped(sheet) for sheet in self.sheets],
        }
        return json.dumps(told, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Leaves:
        told = json.loads(data)
        return cls(
            tuple((width, height) for width, height in told["sizes"]),
            tuple(
                tuple(Piece(start, end, page, (x0, y0, x1, y1)) for start, end, page, x0, y0, x1, y1 in line)
                for line in told["places"]
            ),
            tuple(loaded(json.loads(sheet)) for sheet in told["sheets"]),
        )

    def rows(self, span: Span) -> list[tuple[int, Box]]:
        """Where the words of the span stand: pages and boxes, row by row."""
        return rows_of(span, self.places)

    def page_of_lines(self, count: int) -> list[int]:
        """The page on which each line of the text begins; what stands nowhere goes with the line before."""
        pages, page = [], 1
        for number in range(count):
            pieces = self.places[number] if number < len(self.places) else ()
            page = pieces[0].page if pieces else page
            pages.append(page)
        return pages


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle on a page, in points from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def around(cls, box: Box) -> Frame:
        left, top, right, bottom = box
        return cls(
            round(left - _AIR, 1),
            round(top - _AIR, 1),
            round(right - left + 2 * _AIR, 1),
            round(bottom - top + 2 * _AIR, 1),
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a page that leads to `target`. `label` stands in the margin, `title` is read aloud."""

    name: str
    target: str
    look: str
    title: str
    label: str = ""
    frames: tuple[Frame, ...] = ()
    label_x: float = 0.0
    label_y: float = 0.0


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page with its marks."""

    number: int
    width: float
    height: float
    marks: tuple[Mark, ...] = ()


@dataclass(slots=True)
class Marks:
    """Gathers the marks of all pages."""

    by_page: dict[int, list[Mark]] = field(default_factory=dict)
    _taken: dict[tuple[int, int], int] = field(default_factory=dict)

    def add(self, mark: Mark, rows: Iterable[tuple[int, Box]]) -> None:
        """Mark these rows; on the page of the first the mark has its name and its label."""
        boxes: dict[int, list[Box]] = {}
        for page, box in rows:
            boxes.setdefault(page, []).append(box)
        for at, (page, found) in enumerate(boxes.items()):
            x, y = self._label_at(page, found[0]) if mark.label else (0.0, 0.0)
            self.by_page.setdefault(page, []).append(
                Mark(
                    mark.name if not at else "",
                    mark.target,
                    mark.look,
                    mark.title,
                    mark.label,
                    tuple(map(Frame.around, found)),
                    x,
                    y,
                )
            )

    def _label_at(self, page: int, box: Box) -> tuple[float, float]:
        """A place in the margin beside the row that no other label of the row has."""
        middle = (box[1] + box[3]) / 2
        row = page, round(middle / 8)
        taken = max(self._taken.get((page, row[1] + near), 0) for near in (-1, 0, 1))
        self._taken[row] = taken + 1
        return _FIRST_LABEL + _LABEL_STEP * (taken % _MOST_LABELS), round(middle, 1)


def leaves_of(sizes: Sequence[tuple[float, float]], marks: Mapping[int, Sequence[Mark]]) -> list[Leaf]:
    """Every page with its marks."""
    return [
        Leaf(number, width, height, tuple(marks.get(number, ())))
        for number, (width, height) in enumerate(sizes, 1)
    ]


def kept_of(leaves: Leaves, spans: Mapping[str, Iterable[Span]]) -> dict[str, Any]:
    """For a column of JSON: the sizes of the pages, and the rows at which each named value stands."""
    return {
        "sizes": [list(size) for size in leaves.sizes],
        "rows": {
            name: [[page, *box] for span in found for page, box in leaves.rows(span)]
            for name, found in spans.items()
        },
    }
