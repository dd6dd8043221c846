"""What a machine that reads letters must have seen: marks by what official text says, Roman numbers, lost spaces.

Tesseract takes 'ổ' for 'ố' and is sure of it. Where the same letters with other marks are far likelier between their
neighbours, they are taken. Only marks are changed, never letters, numbers, or words that begin with a capital
(names); what the writer misspelt by a mark may be put right here, which the limit of likelihood keeps rare.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dinhlang.vietnamese import model
from dinhlang.vietnamese.text import fold, house_style, nfc

_TOKEN = re.compile(r"[^\W\d_]*\d(?:[\w.,/:-]*\w)?|[^\W\d_]+|[^\w\s]|_+")
_LEAST_GAIN = 5.5 * model.UNIT
# A word beginning with a capital may be a name; then the neighbours must speak louder.
_LEAST_GAIN_OF_NAME = 8.0 * model.UNIT
_ENDS = (model.EDGE, model.STOP, model.COMMA)
# Thin strokes before capitals: no heading is the fiftieth ('L.') or a letter between two strokes.
_MISREAD = (
    (re.compile(r"(?:H[lI1]|[lI1]H|IlI|lII|lll|IIl|III)(?=\.$)"), "III"),
    (re.compile(r"(?:IL|Il|lI|ll|1I|I1|IT|TI)(?=\.$)"), "II"),
    (re.compile(r"[Ll|](?=\.$)"), "I"),
    (re.compile(r"(?:TV|lV|1V|Iv|LV|IY)(?=\.$)"), "IV"),
)
_STUCK = re.compile(r"([IVX]{1,4}\.|\d{1,2}\.)([^\W\d_].+)")


def parted(text: str) -> list[str]:
    """A word that is two, since a space was lost after the number of a heading: 'I.MỤC'."""
    found = _STUCK.fullmatch(text)
    return [found[1], found[2]] if found and found[2][0].isupper() else [text]


def numeral(text: str, before_capitals: bool) -> str:
    """The number of a heading, of which 'III.' is read as 'HI.' and 'I.' as 'L.'."""
    if not before_capitals:
        return text
    return next((said + "." for misread, said in _MISREAD if misread.match(text)), text)


def marked(texts: Sequence[str], only_capitals: bool = False) -> list[str]:
    """The same words, in the order in which they are read, with the marks that were meant.

    `only_capitals` leaves alone what is not written in capitals, whose marks have room enough to be read.
    """
    official = model.official()
    pieces = [_TOKEN.findall(nfc(text)) for text in texts]
    words = [official.number(model.EDGE)] * 2
    places: list[tuple[int, int] | None] = [None, None]
    for at, found in enumerate(pieces):
        for index, token in enumerate(found):
            words.append(official.number(model.word_of(token)))
            places.append((at, index))
    words += [official.number(model.EDGE)] * 2
    result = list(texts)
    for position, place in enumerate(places):
        if place is None:
            continue
        token = pieces[place[0]][place[1]]
        if only_capitals and not token.isupper():
            continue
        chosen = _likeliest(words, position, token)
        if chosen is not None:
            words[position] = official.number(chosen)
            result[place[0]] = result[place[0]].replace(token, _in_case_of(token, chosen), 1)
    return result


def _likeliest(words: Sequence[int], position: int, token: str) -> str | None:
    """The same letters with other marks, when they are far likelier there; None otherwise."""
    if not token.isalpha() or len(token) < 2:
        return None
    lowered = house_style(token.lower())
    others = _alike().get(fold(lowered), ())
    if len(others) < 2 and lowered in others:
        return None
    official = model.official()
    if lowered in official.ids and _is_at_home(words, position, official.ids[lowered]):
        return None
    now = _cost(words, position, official.number(lowered))
    best = min(others, key=lambda other: _cost(words, position, official.ids[other]), default=lowered)
    gain = now - _cost(words, position, official.ids[best]) if best != lowered else 0
    is_name = token[0].isupper() and not token.isupper()
    # With nothing after it, only one neighbour speaks.
    is_last = official.words[words[position + 1]] in _ENDS
    return best if gain >= (_LEAST_GAIN_OF_NAME if is_name or is_last else _LEAST_GAIN) else None


def _is_at_home(words: Sequence[int], position: int, word: int) -> bool:
    """Whether official text has the word beside the one before and, if one follows in the sentence, beside that."""
    official = model.official()
    following = words[position + 1]
    ends = official.words[following] in _ENDS
    before = official.is_pair(words[position - 1], word)
    return before and (ends or official.is_pair(word, following))


def _cost(words: Sequence[int], position: int, word: int) -> int:
    """The cost of a word and of the two after it."""
    official = model.official()
    a, b = words[position - 2], words[position - 1]
    after = words[position + 1 : position + 3]
    total = official.cost(a, b, word)
    for one in after:
        a, b, word = b, word, one
        total += official.cost(a, b, word)
    return total


@cache
def _alike() -> dict[str, tuple[str, ...]]:
    """The words of official text by their bare letters."""
    found: dict[str, list[str]] = {}
    for word in model.official().words:
        if word.isalpha() and word.islower():
            found.setdefault(fold(word), []).append(word)
    return {bare: tuple(words) for bare, words in found.items()}


def _in_case_of(token: str, word: str) -> str:
    if token.isupper():
        return word.upper()
    return word.capitalize() if token[0].isupper() else word
