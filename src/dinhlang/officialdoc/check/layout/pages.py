"""What a file looks like when it is printed: paper, margins, and each paragraph with its letters.

Lengths are millimetres, sizes and gaps points. Unknown is `None`: what a file does not tell cannot be wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from dinhlang.officialdoc.read.words import fold


class Align(StrEnum):
    """How the lines of a paragraph stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Letters of one look. `colour` is six hexadecimal digits, or None for the black that nobody chose."""

    text: str
    font: str | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str | None = None


@dataclass(frozen=True)
class Printed:
    """A paragraph as it is printed; of a PDF, a line. `indent` is that of the first line, `spacing` is in lines.

    `sheet` is the section it stands in, `page` the page (from 1) where a file knows its pages.
    `is_cell` says that it stands in a table of data, `has_rule` that a line is drawn at it.
    """

    stretches: tuple[Stretch, ...]
    align: Align | None = None
    indent: float | None = None
    before: float | None = None
    after: float | None = None
    spacing: float | None = None
    is_cell: bool = False
    is_listed: bool = False
    has_rule: bool = False
    sheet: int = 0
    page: int | None = None

    @cached_property
    def text(self) -> str:
        return "".join(one.text for one in self.stretches)

    @cached_property
    def folded(self) -> str:
        """Bare small letters with single spaces."""
        return " ".join(fold(self.text).split())

    @cached_property
    def size(self) -> float | None:
        """The size of most of its letters."""
        return _usual((one.size, _letters(one.text)) for one in self.stretches if one.size)

    @property
    def is_bold(self) -> bool:
        return self._mostly("bold")

    @property
    def is_italic(self) -> bool:
        return self._mostly("italic")

    @property
    def is_underlined(self) -> bool:
        return self._mostly("underline")

    def _mostly(self, name: str) -> bool:
        """Whether more than half of the letters have it."""
        having = sum(_letters(one.text) for one in self.stretches if getattr(one, name))
        return 2 * having > sum(_letters(one.text) for one in self.stretches)


def _letters(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _usual(counted: Iterator[tuple[float | None, int]]) -> float | None:
    counts: Counter[float] = Counter()
    for value, times in counted:
        if value is not None:
            counts[value] += times
    return counts.most_common(1)[0][0] if counts else None


@dataclass(frozen=True, slots=True)
class PageNumber:
    """Where the number of a page stands; `on_first` says whether the first page shows it too."""

    is_at_top: bool
    align: Align | None
    on_first: bool
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper of a section. Margins are None where they cannot be measured."""

    width: float
    height: float
    left: float | None = None
    right: float | None = None
    top: float | None = None
    bottom: float | None = None
    number: PageNumber | None = None

    @property
    def is_landscape(self) -> bool:
        return self.width > self.height


@dataclass(frozen=True)
class Layout:
    """A file as it is printed. `pages` is how many it has, as far as it tells; `ruled_cells` how many cells of its head have a
    line below them.

    `is_measured` says that the values were measured on finished pages, not read from the settings of a program.
    """

    sheets: tuple[Sheet, ...]
    paragraphs: Sequence[Printed] = field(repr=False)
    pages: int | None = None
    ruled_cells: int = 0
    is_measured: bool = False
