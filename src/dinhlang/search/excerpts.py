"""A found text as it is shown: which words were asked for, and the part of it where most of them stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from dinhlang.search.aliases import official
from dinhlang.search.words import Word, words

_SENTENCE_END = re.compile(r"[.!?;]\s+(?:[-–+•]\s+)?")


class Mark(NamedTuple):
    """A part of a text that was asked for: its first character, and the one after its last."""

    start: int
    end: int


def marks(text: str, asked: Sequence[str]) -> list[Mark]:
    """The parts of a text, in any normal form, that say one of the folded words asked for.

    Neighbours are one mark. A short form is marked when its long form was asked for, and the other way round. A lone
    syllable of a question of several is not marked where its neighbours are missing: “tịch” alone says nothing.
    """
    row = list(words(text))
    wanted = _wanted(asked)
    chosen = [place for place, word in enumerate(row) if word.folded in wanted]
    return _joined(text, row, _in_company(chosen, asked))


def excerpt(text: str, asked: Sequence[str], length: int = 220) -> tuple[str, list[Mark]]:
    """The part of a text of about `length` characters with the most marks, and the marks in it.

    It begins and ends between words; an ellipsis says that there is more.
    """
    found = marks(text, asked)
    if len(text) <= length:
        return text, found
    start = _sentence_start(text, _best_start(found, length), found, length)
    end = min(len(text), start + length)
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > start else end
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    inside = [
        Mark(mark.start + shift, mark.end + shift)
        for mark in found
        if start <= mark.start and mark.end <= end
    ]
    return f"{before}{text[start:end]}{after}", inside


def _wanted(asked: Sequence[str]) -> Collection[str]:
    others = (other for _, other in official().of(list(asked)))
    return {*asked, *(word for other in others for word in other)}


def _in_company(chosen: list[int], asked: Sequence[str]) -> list[int]:
    """The chosen words that stand beside another, or beside none in a text where none do."""
    if len(set(asked)) < 2:
        return chosen
    there = set(chosen)
    neighbours = [place for place in chosen if place - 1 in there or place + 1 in there]
    return neighbours or chosen


def _joined(text: str, row: Sequence[Word], chosen: list[int]) -> list[Mark]:
    found: list[Mark] = []
    for place in chosen:
        word = row[place]
        if found and text[found[-1].end : word.start].isspace():
            found[-1] = Mark(found[-1].start, word.end)
        else:
            found.append(Mark(word.start, word.end))
    return found


def _sentence_start(text: str, start: int, found: Sequence[Mark], length: int) -> int:
    """Where a sentence begins shortly before the first mark that is shown; else where a word does."""
    first = next((mark.start for mark in found if mark.start >= start), start)
    for end in _SENTENCE_END.finditer(text, max(0, first - length // 3), first):
        start = end.end()
    return start if not start or text[start - 1].isspace() else text.rfind(" ", 0, start) + 1


def _best_start(found: Sequence[Mark], length: int) -> int:
    """Where to begin so that most marked characters are seen, a little before the first of them."""
    best, start, first, weight = 0, 0, 0, 0
    for last, mark in enumerate(found):
        weight += mark.end - mark.start
        while mark.end - found[first].start > length * 3 // 4 and first < last:
            weight -= found[first].end - found[first].start
            first += 1
        if weight > best:
            best, start = weight, found[first].start
    return max(0, start - length // 5)
