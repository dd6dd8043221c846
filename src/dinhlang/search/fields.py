"""A document as engines keep it: its words in five fields, and what is shown of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from dinhlang.search.aliases import official
from dinhlang.search.model import Document, Hit
from dinhlang.search.words import Word, pairs, words

# Counts up when the fields change: what was kept in another form is not read, and made anew.
FORM = "1"
TEXTS = ("words", "pairs", "exact", "exact_pairs", "title")
# How often the words of a title count, alone and in pairs.
_TITLE_WORDS, _TITLE_PAIRS = 2, 3
# So much of a text is kept to be shown; all of it is searched.
_SHOWN = 20_000


class Fields(NamedTuple):
    """`texts` are words with a space between them, by the name of the field; `shown` makes a `Hit` again."""

    texts: dict[str, str]
    facets: list[str]
    shown: dict[str, Any]


def fields_of(document: Document) -> Fields:
    """A document as it is kept. `facets` reads "name=value"; `shown` can be written as JSON."""
    title, text = list(words(document.title)), list(words(document.text))
    others = official().said_in(title + text)
    single, double = _counted(_folded(title), _folded(text), [other.folded for other in others])
    exact, exact_double = _counted(_exact(title), _exact(text), [other.exact for other in others])
    return Fields(
        texts={
            "words": single,
            "pairs": double,
            "exact": exact,
            "exact_pairs": exact_double,
            "title": " ".join(_folded(title)),
        },
        facets=[facet(name, value) for name, values in document.facets.items() for value in _several(values)],
        shown={
            "id": document.id,
            "site": document.site,
            "title": document.title,
            "text": document.text[:_SHOWN],
            "on": document.on.isoformat(),
            "place": document.place,
            "facets": dict(document.facets),
        },
    )


def hit_of(shown: dict[str, Any]) -> Hit:
    """What is shown of a document, as it was kept."""
    return Hit(**{**shown, "on": date.fromisoformat(shown["on"])})


def facet(name: str, value: str) -> str:
    """A value of a facet as one word."""
    return f"{name}={value}"


def parted(facet_words: dict[str, int]) -> dict[str, dict[str, int]]:
    """Counts of values by the name of their facet, from counts by "name=value"."""
    facets: dict[str, dict[str, int]] = {}
    for word, count in facet_words.items():
        name, _, value = word.partition("=")
        facets.setdefault(name, {})[value] = count
    return facets


def _counted(title: list[str], text: list[str], others: Sequence[Sequence[str]]) -> tuple[str, str]:
    single = chain(title * _TITLE_WORDS, text, *others)
    double = chain(list(pairs(title)) * _TITLE_PAIRS, pairs(text), *(pairs(other) for other in others))
    return " ".join(single), " ".join(double)


def _folded(row: Sequence[Word]) -> list[str]:
    return [word.folded for word in row]


def _exact(row: Sequence[Word]) -> list[str]:
    return [word.exact for word in row]


def _several(values: str | tuple[str, ...]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else values
