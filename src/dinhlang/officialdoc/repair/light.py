"""Sound text with a slip here and there: an impossible syllable, or a possible one that its neighbours contradict.

Only what official text knows on at least one side is proposed, and only an impossible syllable is replaced; where the
word as written is possible it stays, and the proposal is for a person.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from dinhlang.officialdoc.repair.lattice import Vocabulary
from dinhlang.officialdoc.repair.plain import WithoutMarks, in_case_of
from dinhlang.officialdoc.repair.tokens import Sort, Token
from dinhlang.vietnamese import syllable
from dinhlang.vietnamese.model import COMMA, NUMBER, STOP, STRANGE, UNIT, word_of
from dinhlang.vietnamese.text import fold, house_style

_SUGGESTIONS = 6
# What a slip costs: a mark more or less, and a letter, in natural logarithms.
_MARK, _LETTER = 2.0, 4.0
_SURE = 0.95
_PARTED = 0.97
_FOREIGN_LETTER = re.compile("[fjwz]")
# By so much (e^12) the neighbours must prefer another word to one that is possible.
_CONTRADICTED = 12.0


def proposals(
    tokens: Sequence[Token], vocabulary: Vocabulary, alike: WithoutMarks
) -> Iterator[tuple[Token, str, float, bool]]:
    """What probably was meant: token, word, confidence, and whether the token as it stands is impossible."""
    words = [_word(token) for token in tokens]
    numbers = [vocabulary.edge] * 2 + [vocabulary.number(word) for word in words] + [vocabulary.edge]
    for at, token in enumerate(tokens):
        if token.sort is not Sort.WORD or not _is_ordinary(token.text):
            continue
        if syllable.is_syllable(token.text):
            found = _contradicted(token, at + 2, numbers, vocabulary, alike)
        else:
            found = _impossible(token, at + 2, numbers, vocabulary)
        if found is not None:
            yield token, *found, not syllable.is_syllable(token.text)


def _word(token: Token) -> str:
    if token.sort is Sort.NUMBER:
        return NUMBER
    if token.sort is Sort.SIGN:
        word = word_of(token.text)
        return word if word in (STOP, COMMA) else COMMA
    return word_of(token.text) if token.sort is Sort.WORD else STRANGE


def _is_ordinary(text: str) -> bool:
    """Whether the word may be judged: letters only, all small or all capitals; a capital may be a name's."""
    return len(text) > 1 and text.isalpha() and (text.islower() or text.isupper())


def _around(number: int, at: int, numbers: Sequence[int], vocabulary: Vocabulary) -> int:
    """What a word at the place costs with two words before and two after it."""
    row = [*numbers[at - 2 : at], number, *numbers[at + 1 : at + 3]]
    return sum(vocabulary.cost(*row[place - 2 : place + 1]) for place in range(2, len(row)))


def _is_known_beside(number: int, at: int, numbers: Sequence[int], vocabulary: Vocabulary) -> bool:
    pairs = vocabulary.model.is_pair
    return pairs(numbers[at - 1], number) or pairs(number, numbers[at + 1])


def _impossible(
    token: Token, at: int, numbers: Sequence[int], vocabulary: Vocabulary
) -> tuple[str, float] | None:
    if all(verdict is not syllable.Verdict.WRONG for _, verdict in syllable.judged(token.text)):
        return None
    written = token.text.lower()
    if parted := _parted(written, vocabulary):
        return in_case_of(token.text, parted), _PARTED
    if _FOREIGN_LETTER.search(written):
        return None
    scored = []
    for suggested in syllable.suggest(written, _SUGGESTIONS):
        if written.isascii() and fold(suggested) != written:
            # A foreign word, a part of an address; only its marks may be missing.
            continue
        number = vocabulary.number(house_style(suggested))
        slip = _distance(token.text.lower(), suggested)
        scored.append((_around(number, at, numbers, vocabulary) / UNIT + slip, suggested, number))
    if not scored:
        return None
    scored.sort()
    cost, best, number = scored[0]
    far = Levenshtein.distance(fold(written), fold(best)) > 1
    confidence = 1 / sum(math.exp(cost - other) for other, _, _ in scored)
    if far or number == vocabulary.strange or not _is_known_beside(number, at, numbers, vocabulary):
        confidence = min(confidence, 0.5)
    return in_case_of(token.text, best), confidence


def _parted(written: str, vocabulary: Vocabulary) -> str | None:
    """Two words that stuck together, when official text has them side by side: 'hiệndự' for 'hiện dự'."""
    for at in range(2, len(written) - 1):
        first, second = written[:at], written[at:]
        both = (vocabulary.ids.get(house_style(one)) for one in (first, second))
        if syllable.is_marked(first) or syllable.is_marked(second):
            numbers = [number for number in both if number is not None]
            if len(numbers) == 2 and vocabulary.model.is_pair(numbers[0], numbers[1]):
                return f"{first} {second}"
    return None


def _distance(written: str, meant: str) -> float:
    letters = Levenshtein.distance(fold(written), fold(meant))
    marks = Levenshtein.distance(written, meant) - letters
    return _LETTER * letters + _MARK * max(marks, 0)


def _contradicted(
    token: Token, at: int, numbers: Sequence[int], vocabulary: Vocabulary, alike: WithoutMarks
) -> tuple[str, float] | None:
    own = _around(numbers[at], at, numbers, vocabulary)
    if _is_known_beside(numbers[at], at, numbers, vocabulary):
        return None
    best, least = None, own - round(_CONTRADICTED * UNIT)
    pairs = vocabulary.model.is_pair
    for word, number in alike.alike(token.text):
        if not (pairs(numbers[at - 1], number) and pairs(number, numbers[at + 1])):
            continue
        cost = _around(number, at, numbers, vocabulary)
        if cost < least:
            best, least = word, cost
    if best is None:
        return None
    return in_case_of(token.text, best), 1 - math.exp((least - own) / UNIT / 4)


def is_sure(confidence: float) -> bool:
    """Whether a proposal for an impossible syllable may be applied."""
    return confidence >= _SURE
