"""A page as words and rules with their places, and how it travels from the worker's process as one line of JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from dinhlang.officialdoc.model import Box

# Why a page has no words, or wrong ones: nothing could recognise it, it is too large, it is broken.
NEEDS_OCR, TOO_HEAVY, BROKEN = "needs-ocr", "too-heavy", "broken"


@dataclass(slots=True)
class Word:
    """Letters without a space between them. All measures are points from the upper left corner of the page.

    `base` is the height of the line it stands on, `size` that of its font. `font` is the font's name in the file, without
    the tag of a subset; `colour` six hexadecimal digits, or empty for black.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    bold: bool = False
    italic: bool = False
    font: str = ""
    colour: str = ""

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class Rule:
    """A drawn line, level or upright."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_level(self) -> bool:
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(slots=True)
class Page:
    """One page the way it is read. `turned` says by how many quarter turns (clockwise) it was turned for that."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    turned: int = 0
    ocr: bool = False
    problem: str | None = None

    @property
    def seen_size(self) -> tuple[float, float]:
        """Width and height of the page as a person sees it, before it was turned."""
        sides = round(self.width, 1), round(self.height, 1)
        return (sides[1], sides[0]) if self.turned % 2 else sides

    def seen(self, word: Word) -> Box:
        """The box of a word on the page as a person sees it, before it was turned."""
        box = word.x0, word.y0, word.x1, word.y1
        width, height = self.width, self.height
        for _ in range((4 - self.turned) % 4):
            box = turned(box, height)
            width, height = height, width
        left, top, right, bottom = box
        return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)


def turned(box: Box, height: float) -> Box:
    """A box on a page of this height after the page was turned clockwise by a quarter."""
    left, top, right, bottom = box
    return height - bottom, left, height - top, right


def dumped(page: Page) -> str:
    """The page as one line of JSON."""
    # A page has few fonts and colours: each word names them by their number.
    inks = {
        ink: number for number, ink in enumerate(dict.fromkeys((one.font, one.colour) for one in page.words))
    }
    words = [
        [
            word.text,
            *(round(value, 2) for value in (word.x0, word.y0, word.x1, word.y1, word.base, word.size)),
            word.bold * 1 + word.italic * 2,
            inks[word.font, word.colour],
        ]
        for word in page.words
    ]
    rules = [[round(value, 2) for value in (rule.x0, rule.y0, rule.x1, rule.y1)] for rule in page.rules]
    told = {
        "number": page.number,
        "size": [page.width, page.height],
        "inks": list(inks),
        "words": words,
        "rules": rules,
        "turned": page.turned,
        "ocr": page.ocr,
        "problem": page.problem,
    }
    return json.dumps(told, ensure_ascii=True, separators=(",", ":"))


def loaded(told: dict[str, Any]) -> Page:
    """The page that a line of JSON tells of. Raises what a wrong line makes it raise."""
    width, height = told["size"]
    inks = told["inks"]
    words = [
        Word(text, x0, y0, x1, y1, base, size, bool(look & 1), bool(look & 2), *inks[ink])
        for text, x0, y0, x1, y1, base, size, look, ink in told["words"]
    ]
    rules = [Rule(*sides) for sides in told["rules"]]
    return Page(told["number"], width, height, words, rules, told["turned"], told["ocr"], told["problem"])
