"""What stands between an outline's text and its blocks: places for figures and tables, and what can be wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from dinhlang.officialdoc.model import Run, Table
from dinhlang.org.rules import Refused
from dinhlang.reports.passages import token

MAX_LENGTH = 60_000
GAP = "…"


class OutlineError(Refused):
    """The outline cannot be used: in which line, and what to do."""

    def __init__(self, line: int | None, message: str) -> None:
        where = _("Đề cương, dòng %(line)s: %(message)s") if line else _("Đề cương: %(message)s")
        super().__init__(where % {"line": line, "message": message})
        self.line = line


class Mark(str):
    """A place in rendered text that stands for a run or a table. Only `Marks` makes it."""

    __slots__ = ()


# Private-use characters cannot come from a keyboard, and are taken out of every value before it is printed.
RUN = re.compile("\ue000([0-9]+)\ue001")
TABLE = re.compile("\ue002([0-9]+)\ue003")
PRIVATE = re.compile("[\ue000-\ue003]")


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a figure stands in a table: the table's place in the document, the row (0 is the header), the column."""

    table: int
    row: int
    column: int


@dataclass
class Marks:
    """The runs and tables that an outline called for while it was rendered."""

    runs: list[Run] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)

    def anchor(self, wanted: str) -> str:
        """`wanted`, or with a number behind it when it was given out before: Word wants each bookmark once."""
        self.anchors[wanted] = self.anchors.get(wanted, 0) + 1
        count = self.anchors[wanted]
        given = wanted if count == 1 else f"{wanted}_{count}"
        self.figures[given] = wanted
        return given

    def run(self, run: Run) -> Mark:
        self.runs.append(run)
        return Mark(f"\ue000{len(self.runs) - 1}\ue001")

    def text_of(self, text: str) -> str:
        """The text with its marks as they will be printed."""
        return RUN.sub(lambda found: self.runs[int(found[1])].text, text)

    def words_of(self, text: str) -> str:
        """The text with its marks as tokens of figures."""
        return RUN.sub(lambda found: self.word_of(self.runs[int(found[1])]), text)

    def word_of(self, run: Run) -> str:
        return token(self.figures.get(run.fact, run.fact)) if run.fact else run.text

    def table(self, table: Table) -> Mark:
        """A whole table; its cells may hold marks of runs."""
        self.tables.append(table)
        return Mark(f"\n\n\ue002{len(self.tables) - 1}\ue003\n\n")
