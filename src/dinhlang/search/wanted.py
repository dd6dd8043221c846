"""What is asked of an engine for a question, in tiers of worth.

What has the words side by side, written as they were asked; side by side; all of them as they were asked; all of them.
Side by side is a pair of words kept as a word of its own. Inside a tier the engine decides by BM25.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from dinhlang.search.question import Question
from dinhlang.search.words import pairs


class Wanted(NamedTuple):
    """Terms that a field must have, each once, and pairs that must be there without counting (quoted phrases)."""

    field: str
    terms: tuple[str, ...]
    quoted: tuple[str, ...]


def everything(question: Question) -> Wanted:
    """All the words, however they are written: the last tier, and what is counted."""
    return _wanted("words", question.folded, question)


def tiers(question: Question) -> Iterator[Wanted]:
    """The tiers of a question, the best first; the last is `everything`."""
    beside = list(pairs(question.folded))
    if question.has_marks:
        if beside:
            yield _wanted("exact_pairs", list(pairs(question.exact)), question)
        else:
            yield _wanted("exact", question.exact, question)
    if beside:
        yield _wanted("pairs", beside, question)
        if question.has_marks:
            yield _wanted("exact", question.exact, question)
    yield everything(question)


def most_of(question: Question) -> tuple[list[str], int]:
    """Words, and how many of them are enough: all but one, of five and more the half. One word of two says nothing:
    ([], 0)."""
    distinct = list(dict.fromkeys(question.folded))
    if len(distinct) < 3:
        return [], 0
    return distinct, len(distinct) - 1 if len(distinct) < 5 else (len(distinct) + 1) // 2


def _wanted(field: str, terms: Sequence[str], question: Question) -> Wanted:
    quoted = chain.from_iterable(pairs(phrase) for phrase in question.phrases)
    return Wanted(field, tuple(dict.fromkeys(terms)), tuple(dict.fromkeys(quoted)))
