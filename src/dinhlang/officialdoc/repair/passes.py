"""The text of one kind of damage restored: first with what is known of all readers, then with this reader's habits.

A second look is given to the words of which the first was not sure. By then the reader's habits are known from the
words it was sure of (here á became i, there 4), and every known syllable of like letters is an option.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from dinhlang.officialdoc.repair.lattice import Option, Place, Vocabulary, best_row
from dinhlang.officialdoc.repair.options import Misread
from dinhlang.officialdoc.repair.plain import Spelled
from dinhlang.officialdoc.repair.tokens import Sort, Token
from dinhlang.vietnamese.model import UNIT

LONGEST_ROW = 400
"""A block of more tokens is restored piece by piece."""
# Confidence is measured sharper than costs say: words depend on each other more than the model knows.
_SHARPNESS = 0.7
_SURE, _UNSURE = 0.97, 0.8
# A reading that costs more deserves a second look, however well its word stands among its neighbours.
_UNLIKELY_READING = round(3 * UNIT)
_SECOND_LOOKS = 2
_TWICE = 2


@dataclass(slots=True)
class Row:
    """Tokens that stand together, their options, which were taken, and how sure that is."""

    tokens: Sequence[Token]
    places: list[tuple[Option, ...]]
    taken: list[int] = field(default_factory=list)
    sure: list[float] = field(default_factory=list)

    def decide(self, vocabulary: Vocabulary) -> None:
        start = (vocabulary.edge, vocabulary.edge)
        self.taken = best_row(self.places, vocabulary, start)
        self.sure = [
            self.place(at, vocabulary).confidence(index, vocabulary, _SHARPNESS)
            for at, index in enumerate(self.taken)
        ]

    def place(self, at: int, vocabulary: Vocabulary) -> Place:
        """One place among its neighbours."""
        return Place.of(self.places, self.taken, at, (vocabulary.edge, vocabulary.edge))

    def words(self) -> Iterable[tuple[Token, Option, float]]:
        """Each token with what was taken for it."""
        for token, options, index, sure in zip(self.tokens, self.places, self.taken, self.sure, strict=True):
            yield token, options[index], sure


def rows_of(blocks: Iterable[Sequence[Token]], options: Misread | Spelled) -> list[Row]:
    """The rows of some blocks of tokens, not decided yet."""
    cut = options.cut if isinstance(options, Misread) else _whole
    rows = []
    for block in blocks:
        tokens = [piece for token in block for piece in cut(token)]
        for at in range(0, len(tokens), LONGEST_ROW):
            part = tokens[at : at + LONGEST_ROW]
            rows.append(Row(part, [options.of(token) for token in part]))
    return rows


def _whole(token: Token) -> tuple[Token, ...]:
    return (token,)


def decide(
    rows: Sequence[Row], vocabulary: Vocabulary, progress: Callable[[int], None] | None = None
) -> None:
    """Take the likeliest words. `progress` is told how many tokens are done."""
    for row in rows:
        row.decide(vocabulary)
        if progress is not None:
            progress(len(row.tokens))


def look_again(rows: Sequence[Row], options: Misread, vocabulary: Vocabulary) -> None:
    """Decide anew where the first look was unsure, by the habits of this reader."""
    for _ in range(_SECOND_LOOKS):
        letters = options.letters.adapted(_habits(rows, options, vocabulary))
        widened: dict[str, tuple[Option, ...]] = {}
        for row in rows:
            changed = False
            for at, (token, option, sure) in enumerate(row.words()):
                doubtful = (
                    sure < _UNSURE or option.cost > _UNLIKELY_READING or option.number == vocabulary.strange
                )
                if token.sort is Sort.WORD and doubtful:
                    if token.text not in widened:
                        widened[token.text] = options.widened(token.text, row.places[at], letters)
                    row.places[at] = widened[token.text]
                    changed = True
            if changed:
                row.decide(vocabulary)


def _habits(rows: Sequence[Row], options: Misread, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """True letters with what the reader made of them in words that are sure; once or in one word is no habit."""
    seen: list[tuple[str, str]] = []
    where: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    laid: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in rows:
        for token, option, sure in row.words():
            if token.sort is not Sort.WORD or sure < _SURE or option.number == vocabulary.strange:
                continue
            key = option.text, token.text
            if key not in laid:
                laid[key] = options.letters.side_by_side(*key)
            for pair in laid[key]:
                seen.append(pair)
                where[pair].add(token.text)
    times = Counter(seen)
    return [pair for pair in seen if len(where[pair]) > 1 or times[pair] > _TWICE]
