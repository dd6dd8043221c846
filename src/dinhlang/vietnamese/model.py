"""How likely a word is where it stands: three-word statistics of official text.

`ngrams.bin` holds, for each context of two words and of one, the cost of each word seen after it (made by
`scripts/count_ngrams.py` from ten million syllables of laws, decrees and procedures; no sentence is in it). A cost is
-ln of the probability in twelfths, a whole number, so that costs add up quickly; what was not seen costs the backing off
to the shorter context (interpolated Kneser-Ney, Ney, Essen & Kneser 1994).

Words are syllables in lower case and the house style, and abbreviations in capitals; everything else is one of the classes
below. `score` is for single questions, `Model` for who asks thousands.
"""

from __future__ import annotations

import math
import re
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate

from dinhlang.vietnamese.syllable import is_syllable
from dinhlang.vietnamese.text import house_style, nfc

NUMBER, STOP, COMMA, EDGE, STRANGE = "<n>", "<.>", "<,>", "<s>", "<x>"
"""Classes: numbers and codes; signs that end a sentence; other signs; the edge of a paragraph; any other word."""
CLASSES = (EDGE, STRANGE, NUMBER, STOP, COMMA)

UNIT = 12.0
"""Cost for one natural logarithm."""
MOST = 255
UNSEEN = round(17 * UNIT)
"""What a possible syllable costs that the counted text does not have."""

_PIECE = re.compile(r"[^\W\d_]*\d(?:[\w.,/:-]*\w)?|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|_+")
_STOPS = frozenset(".;:!?…")


def words_of(paragraph: str) -> list[str]:
    """The words and classes of a paragraph (NFC), as the model counts them."""
    return [word_of(found[0]) for found in _PIECE.finditer(paragraph)]


def placed(paragraph: str) -> list[tuple[str, int, int]]:
    """The same, each with where it stands in the paragraph."""
    return [(_known_word(found[0]), *found.span()) for found in _PIECE.finditer(paragraph)]


@lru_cache(maxsize=32768)
def _known_word(piece: str) -> str:
    """Texts have few different words."""
    return word_of(piece)


def word_of(piece: str) -> str:
    """A token of text as the model knows it: a syllable, an abbreviation, or a class."""
    first = piece[0]
    if not (first.isalnum() or first == "_"):
        return STOP if first in _STOPS else COMMA
    if any(letter.isdigit() for letter in piece):
        return NUMBER
    lowered = piece.lower()
    if is_syllable(lowered):
        return house_style(lowered)
    return piece if piece.isupper() and 2 <= len(piece) <= 8 else STRANGE


class Model:
    """The tables, and their questions by number of word. `ids` gives the number of a word."""

    def __init__(self, packed: bytes) -> None:
        data = zlib.decompress(packed)
        words, _, rest = data.partition(b"\n\n")
        self.words = words.decode().split("\n")
        self.ids = {word: number for number, word in enumerate(self.words)}
        self._rest = memoryview(rest)
        size = len(self.words)
        self.alone = self._take("B", size)
        self._backing = self._take("B", size)
        self._starts = self._offsets("H", size)
        pairs = self._starts[-1]
        self._seconds = self._take("H", pairs)
        self._pair_cost = self._take("B", pairs)
        self._pair_backing = self._take("B", pairs)
        self._pair_starts = self._offsets("H", pairs)
        triples = self._pair_starts[-1]
        self._thirds = self._take("H", triples)
        self._triple_cost = self._take("B", triples)
        self._after_one: dict[int, dict[int, int]] = {}
        self._after_two: dict[int, tuple[dict[int, int], int] | None] = {}

    def _take(self, kind: str, count: int) -> array[int]:
        taken: array[int] = array(kind)
        length = count * taken.itemsize
        taken.frombytes(self._rest[:length])
        self._rest = self._rest[length:]
        if sys.byteorder == "big":
            taken.byteswap()
        return taken

    def _offsets(self, kind: str, count: int) -> array[int]:
        return array("I", accumulate(self._take(kind, count), initial=0))

    def number(self, word: str) -> int:
        """The number of a word; a word that was not counted has that of `STRANGE`."""
        return self.ids.get(word, self.ids[STRANGE])

    def after_one(self, second: int) -> tuple[dict[int, int], int]:
        """Costs of the words seen after a word, and what backing off from it costs."""
        known = self._after_one.get(second)
        if known is None:
            low, high = self._starts[second], self._starts[second + 1]
            known = dict(zip(self._seconds[low:high], self._pair_cost[low:high], strict=True))
            self._after_one[second] = known
        return known, self._backing[second]

    def after_two(self, first: int, second: int) -> tuple[dict[int, int], int] | None:
        """The same after two words; None when the two were not seen together, so that backing off is free."""
        key = first << 16 | second
        if key in self._after_two:
            return self._after_two[key]
        at = self._pair(first, second)
        found = None
        if at is not None:
            low, high = self._pair_starts[at], self._pair_starts[at + 1]
            costs = dict(zip(self._thirds[low:high], self._triple_cost[low:high], strict=True))
            found = costs, self._pair_backing[at]
        self._after_two[key] = found
        return found

    def _pair(self, first: int, second: int) -> int | None:
        low, high = self._starts[first], self._starts[first + 1]
        at = bisect_left(self._seconds, second, low, high)
        return at if at < high and self._seconds[at] == second else None

    def cost(self, first: int, second: int, third: int) -> int:
        """The cost of the third word after the other two."""
        backing = 0
        after = self.after_two(first, second)
        if after is not None:
            if (known := after[0].get(third)) is not None:
                return known
            backing = after[1]
        pairs, alone = self.after_one(second)
        if (known := pairs.get(third)) is not None:
            return backing + known
        return backing + alone + self.alone[third]

    def is_pair(self, first: int, second: int) -> bool:
        """Whether the two words were seen side by side, more than once."""
        return self._pair(first, second) is not None


@cache
def official() -> Model:
    """The model of official text. Loading takes about a tenth of a second, once."""
    return Model(resources.files("dinhlang.vietnamese").joinpath("ngrams.bin").read_bytes())


def score(before: Sequence[str], word: str, after: Sequence[str]) -> float:
    """The natural logarithm of how likely the word is between its neighbours; comparable for words in one place.

    `before` and `after` are the words around it in the order of the text, of which the two nearest count; `[]` at the edge
    of a paragraph. Any case and normal form; signs and numbers are words too ('.', ',', '12/2023'). A syllable that
    official text does not have costs e^-17 more than a foreign word there.
    """
    model = official()
    left, right = [EDGE, EDGE, *map(_as_word, before)][-2:], [*map(_as_word, after), EDGE][:2]
    row = [*left, _as_word(word), *right]
    numbers = [model.number(one) for one in row]
    total = sum(model.cost(*numbers[at - 2 : at + 1]) for at in range(2, len(numbers)))
    unseen = UNSEEN if row[2] not in model.ids else 0
    return -(total + unseen) / UNIT


def _as_word(text: str) -> str:
    text = nfc(text).strip()
    return word_of(text) if text else EDGE


def probability(cost: int) -> float:
    """What a cost means as a probability."""
    return math.exp(-cost / UNIT)
