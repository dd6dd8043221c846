"""Documents in good order, and the mistakes that `planted.toml` puts into them one at a time."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dinhlang.officialdoc.check import Finding, check
from dinhlang.officialdoc.read import read_with_text

HERE = Path(__file__).parent
CLEAN = HERE / "clean"


@dataclass(frozen=True)
class Mistake:
    """`find` becomes `write` in the file; findings of `kinds` must stand on the lines written, or `anywhere`."""

    file: str
    find: str
    write: str
    kinds: Sequence[str]
    anywhere: bool = False
    lines_after: int = 0

    def text(self) -> tuple[str, int, int]:
        """The text with the mistake, and the first and the last line on which it can be told."""
        good = (CLEAN / f"{self.file}.txt").read_text(encoding="utf-8")
        assert good.count(self.find) == 1, f"{self.file}: {self.find}"
        first = good[: good.index(self.find)].count("\n") + 1
        return good.replace(self.find, self.write), first, first + self.write.count("\n") + self.lines_after

    def findings(self) -> tuple[list[Finding], list[Finding]]:
        """What tells of the mistake, and what else is found."""
        text, first, last = self.text()
        document, read = read_with_text(text.encode(), f"{self.file}.txt")
        found = check(document, text=read)
        told = [
            one
            for one in found
            if one.kind in self.kinds
            and (self.anywhere or (one.span and one.span.line <= last and one.span.end_line >= first))
        ]
        there = {(one.rule, one.quote) for one in _found_without(self.file)}
        told = [one for one in told if (one.rule, one.quote) not in there]
        return told, [one for one in found if one not in told and (one.rule, one.quote) not in there]


@lru_cache(maxsize=64)
def _found_without(file: str) -> tuple[Finding, ...]:
    """What is found in a document as it is: those of the reader's tests are not all in order."""
    text = (CLEAN / f"{file}.txt").read_text(encoding="utf-8")
    document, read = read_with_text(text.encode(), f"{file}.txt")
    return check(document, text=read)


def mistakes() -> list[Mistake]:
    """All of them."""
    table = tomllib.loads((HERE / "planted.toml").read_text(encoding="utf-8"))
    return [Mistake(**entry) for entry in table["mistake"]]
