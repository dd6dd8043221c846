"""What a person typed, understood: words, phrases in quotation marks, and nothing else.

There are no operators: AND, -, *, brackets and slashes are what they are in a text, so nothing that is pasted can go
wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dinhlang.search.words import words

MOST_CHARACTERS = 400
MOST_WORDS = 24
_QUOTED = re.compile('["“”„]([^"“”„]+)["“”]')


@dataclass(frozen=True, slots=True)
class Question:
    """Words to look for: as they were written and folded, side by side; rows of neighbours that must stand together.

    `is_cut` says that more was typed than is looked for. A question without words is false.
    """

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    is_cut: bool = False

    @classmethod
    def of(cls, typed: str) -> Question:
        """Understand what was typed, in any normal form. At most 24 words of the first 400 characters count."""
        kept = typed[:MOST_CHARACTERS]
        found = list(words(kept))
        phrases = (tuple(word.folded for word in words(quoted[1])) for quoted in _QUOTED.finditer(kept))
        return cls(
            exact=tuple(word.exact for word in found[:MOST_WORDS]),
            folded=tuple(word.folded for word in found[:MOST_WORDS]),
            phrases=tuple(phrase for phrase in phrases if len(phrase) > 1),
            is_cut=len(typed) > MOST_CHARACTERS or len(found) > MOST_WORDS,
        )

    def __bool__(self) -> bool:
        return bool(self.folded)

    @property
    def has_marks(self) -> bool:
        """Whether it says more than its folded words do."""
        return self.exact != self.folded
