"""A found text as it is shown: which words were asked for, and the part of it where most of them stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress, count, pairwise
from typing import NamedTuple

from dinhlang.search.aliases import official
from dinhlang.search.rows import Row, Rows
from dinhlang.search.words import LONGEST, forms, words
from dinhlang.vietnamese.text import fold

# Of 250,000 words the rows take 3 MB, and their texts about as much.
_rows = Rows(250_000)
_LETTER = "[^\\W_]"
_SOME_WORD = re.compile(_LETTER)
# A folded word in which "i" may be written "y" (`words`: "ky" is looked for as "ki").
_LONE_I = re.compile("[bcdghklmnpqrstvx]*i|qui")
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
    wanted = _wanted(tuple(asked))
    row = _rows.of(text)
    if row is not None:
        return _marks_of_row(text, row, wanted, asked)
    return _joined(text, _in_company(text, _asked_for(text, wanted), asked))


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


@lru_cache(maxsize=256)
def _wanted(asked: tuple[str, ...]) -> frozenset[str]:
    others = (other for _, other in official().of(asked))
    return frozenset((*asked, *(word for other in others for word in other)))


def _marks_of_row(text: str, row: Row, wanted: frozenset[str], asked: Sequence[str]) -> list[Mark]:
    """The same of a text that was taken apart."""
    chosen = list(compress(count(), map(wanted.__contains__, row.folded)))
    if len(set(asked)) > 1:
        there = set(chosen)
        chosen = [place for place in chosen if place - 1 in there or place + 1 in there] or chosen
    found: list[Mark] = []
    begin = end = -1
    for place in chosen:
        start = row.starts[place]
        between = text[end:start] if begin >= 0 else ""
        if between != " " and not between.isspace():
            if begin >= 0:
                found.append(Mark(begin, end))
            begin = start
        end = row.ends[place]
    return [*found, Mark(begin, end)] if begin >= 0 else found


def _asked_for(text: str, wanted: frozenset[str]) -> list[Mark]:
    """The wanted words of a text.

    Most texts fold letter by letter, so that a word stands where its folded form does: then only what looks like a wanted
    word is taken apart, not all of the text, which would cost more than finding it did.
    """
    folded = fold(text)
    if len(folded) == len(text):
        places = (Mark(*found.span()) for found in _likely(wanted).finditer(folded))
        return [
            place
            for place in places
            if not _SOME_WORD.match(text, max(0, place.start - 1), place.start)
            and forms(text[place.start : place.end][: LONGEST * 2])[1] in wanted
        ]
    return [Mark(word.start, word.end) for word in words(text) if word.folded in wanted]


@lru_cache(maxsize=256)
def _likely(wanted: frozenset[str]) -> re.Pattern[str]:
    """What a folded text has where one of some folded words may stand, or a longer word may end so.

    What comes before is left to the caller: a pattern that begins with letters is found sooner.
    """
    ways = "|".join(_written(word) for word in sorted(wanted)) or "(?!)"
    return re.compile(f"(?:{ways})(?!{_LETTER})")


def _written(word: str) -> str:
    if len(word) >= LONGEST:
        return f"{re.escape(word)}{_LETTER}*"
    return re.escape(word[:-1]) + "[iy]" if _LONE_I.fullmatch(word) else re.escape(word)


def _in_company(text: str, found: list[Mark], asked: Sequence[str]) -> list[Mark]:
    """The found words that stand beside another, or all of them in a text where none do."""
    if len(set(asked)) < 2:
        return found
    beside = [not _SOME_WORD.search(text, one.end, other.start) for one, other in pairwise(found)]
    before, after = [False, *beside], [*beside, False]
    company = [mark for mark, left, right in zip(found, before, after, strict=False) if left or right]
    return company or found


def _joined(text: str, row: Sequence[Mark]) -> list[Mark]:
    found: list[Mark] = []
    for mark in row:
        if found and text[found[-1].end : mark.start].isspace():
            found[-1] = Mark(found[-1].start, mark.end)
        else:
            found.append(mark)
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
