"""One pass over a text: at each place the first rule that fits says what is spoken, until the text ends.

Each rule looks at a bounded stretch of text, so the time is in proportion to the length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from dinhlang.vietnamese.speech.table import Words
from dinhlang.vietnamese.text import TONES, nfc

_MARKED = "".join(nfc(vowel + tone) for vowel in "aăâeêioôơuưy" for tone in ("", *TONES))
SMALL = f"a-zđ{_MARKED}"
"""Small letters of Vietnamese and English, for a set in a pattern; `CAPITAL` the capitals."""
CAPITAL = f"A-ZĐ{_MARKED.upper()}"

_LOOK = 80
"""How many characters before and after a place a rule may look at."""


class Kind(Enum):
    """What was spoken last, as far as the next rule asks."""

    WORD = "word"
    FIGURE = "figure"
    """A number, a day, a time: a dash after it may mean "đến"."""
    CODE = "code"
    PAUSE = "pause"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Piece:
    """What is said for the characters from `start` up to `end` of the text; of a pause and a stop nothing."""

    kind: Kind
    said: str
    start: int
    end: int


@dataclass(slots=True)
class Scan:
    """The text with the place the pass has come to. `last` is what was spoken before it."""

    text: str
    words: Words
    last: Kind = Kind.STOP

    def before(self, place: int) -> str:
        """The end of what stands before a place, in small letters."""
        return self.text[max(0, place - _LOOK) : place].lower()

    def after(self, place: int) -> str:
        """The beginning of what stands from a place on, as written."""
        return self.text[place : place + _LOOK]

    def opens_line(self, place: int) -> bool:
        """Whether nothing but white space, brackets and list marks stands before the place on its line."""
        start = self.text.rfind("\n", max(0, place - _LOOK), place) + 1
        if not start and place > _LOOK:
            return False
        return not self.text[start:place].strip(" \t-–—+*•●▪([“\"'")


Answer = tuple[str, int, Kind] | None
"""What is said, where the pass goes on, what kind it was; None: the rule does not fit here."""
Rule = Callable[[Scan, int], Answer]


def matching(
    pattern: str, say: Callable[[Scan, re.Match[str]], str | None], kind: Kind = Kind.FIGURE, flags: int = 0
) -> Rule:
    """A rule that says what `say` makes of a match at the place."""
    compiled = re.compile(pattern, flags)

    def rule(scan: Scan, place: int) -> Answer:
        found = compiled.match(scan.text, place)
        if found is None:
            return None
        said = say(scan, found)
        return None if said is None else (said, found.end(), kind)

    return rule


def pieces(text: str, words: Words, rules: Callable[[str], tuple[Rule, ...]]) -> Iterator[Piece]:
    """What is said, piece by piece; `rules` gives those for a character, and one of them always fits."""
    scan = Scan(text, words)
    place = 0
    while place < len(text):
        for rule in rules(text[place]):
            answer = rule(scan, place)
            if answer is not None:
                said, end, kind = " ".join(answer[0].split()), answer[1], answer[2]
                if said or kind in (Kind.PAUSE, Kind.STOP):
                    yield Piece(kind, said, place, end)
                    scan.last = kind
                place = end
                break
        else:
            place += 1
