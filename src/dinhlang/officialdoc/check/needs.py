"""What a document must have beside words for a rule to find anything: its kind, its level, pages, another beside it.

    @rule("DL201", …, needs=of_kind(Kind.REPORT) & ON_PERIOD)

Hundreds of rules are asked of each document, and most have nothing to say about its kind. What each needs is a bit among
those of the kinds of words (`noted`), so that one look tells all that need not be asked.
"""

from __future__ import annotations

from functools import cache

from dinhlang.officialdoc.check.noted import WordKind, special_kind
from dinhlang.officialdoc.model import Kind

OF_FILE = special_kind()
"""It was read from the text of a file."""

PRINTED = special_kind()
"""It is known how it is printed."""

OF_COMMUNE = special_kind()
"""A commune issues it."""

ON_PERIOD = special_kind()
"""It is about a period."""

CITING = special_kind()
"""It cites another document."""

BESIDE_PLAN, BESIDE_PREVIOUS = special_kind(), special_kind()
"""The plan it reports on, or the document of the period before, is there."""

_SETS: dict[frozenset[Kind], WordKind] = {}


def of_kind(*any_of: Kind) -> WordKind:
    """It is of one of these kinds."""
    kinds = frozenset(any_of)
    if kinds not in _SETS:
        _SETS[kinds] = special_kind()
        bits_of.cache_clear()
    return _SETS[kinds]


def of_other_kind(*than: Kind) -> WordKind:
    """It is of none of these kinds."""
    return of_kind(*(kind for kind in Kind if kind not in than))


@cache
def bits_of(kind: Kind) -> int:
    """The bits of all sets that have the kind."""
    return sum(one.bits for kinds, one in _SETS.items() if kind in kinds)
