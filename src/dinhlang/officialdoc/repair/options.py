"""What each token of a misread text may have been, with costs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from dinhlang.officialdoc.repair.channel import Channel, Style, misreadings, written
from dinhlang.officialdoc.repair.lattice import Option, Vocabulary
from dinhlang.officialdoc.repair.letters import Letters
from dinhlang.officialdoc.repair.tokens import Sort, Token
from dinhlang.vietnamese import syllable
from dinhlang.vietnamese.model import COMMA, NUMBER, STOP, UNIT, word_of
from dinhlang.vietnamese.text import fold

MOST = 20
"""So many options are kept for a token."""
# Readings of one word depend on each other more than the counts of single pieces say.
_CHANNEL_WEIGHS = 0.8
_UNKNOWN = round(14 * UNIT)
_LEFT_AS_IT_IS = round(24 * UNIT)
_FOREIGN_AS_IT_IS = round(10 * UNIT)
_ABBREVIATION_AS_IT_IS = round(4 * UNIT)
_MIXED_AS_IT_IS = round(14 * UNIT)
_OTHER_CASE = round(1.5 * UNIT)
_ONE_CAPITAL = round(4 * UNIT)
_MOST_SKELETONS = 30
_SHORTEST_GLUED = 6
_GLUED_AT_MOST = round(4 * UNIT)
_WIDENED = round(3 * UNIT)
_ROMAN = re.compile(r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")
_MARKS_READ_APART = re.compile("[‘’'`^~°*\"“”.,]")


class Misread:
    """Options for tokens of text that was read by a machine without Vietnamese."""

    def __init__(self, vocabulary: Vocabulary, channel: Channel | None = None) -> None:
        self._vocabulary = vocabulary
        self._channel = channel or misreadings()
        self.letters = self._channel.letters
        self._abbreviations = _by_bare_letters(vocabulary)
        self._skeletons = _by_skeleton(vocabulary)
        self._options = lru_cache(maxsize=20_000)(self._of_word)

    def of(self, token: Token) -> tuple[Option, ...]:
        """The options of a token, the cheapest by itself first; one, the token itself, for what is no word."""
        if token.sort is Sort.WORD:
            return self._options(token.text)
        return (self.as_it_is(token.text, token.sort),)

    def cut(self, token: Token) -> tuple[Token, ...]:
        """The token, or two where a space was lost between two words and no single word explains it."""
        text = token.text
        if token.sort is not Sort.WORD or len(text) < _SHORTEST_GLUED or not self._is_unexplained(text):
            return (token,)
        ways = []
        for at in range(2, len(text) - 1):
            halves = self._options(text[:at])[0], self._options(text[at:])[0]
            if all(half.number != self._vocabulary.strange and half.cost < _GLUED_AT_MOST for half in halves):
                cost = sum(half.cost + self._vocabulary.alone[half.number] for half in halves)
                ways.append((cost, at))
        if not ways:
            return (token,)
        middle = token.start + min(ways)[1]
        return (
            Token(token.start, middle, text[: middle - token.start], Sort.WORD),
            Token(middle, token.end, text[middle - token.start :], Sort.WORD, glued=True),
        )

    def _is_unexplained(self, text: str) -> bool:
        """Whether the word is neither a misread syllable nor an abbreviation nor foreign."""
        if not text.isalpha() or any(option.text != text for option in self._options(text)):
            return False
        return text.isupper() or any(
            verdict is syllable.Verdict.WRONG for _, verdict in syllable.judged(text)
        )

    def code(self, text: str) -> str:
        """A document's symbol with the Đ of its abbreviations: 30/2020/ND-CP → 30/2020/NĐ-CP. Its figures stay."""
        return re.sub(r"(?<![^\W_])[A-Z]{2,}(?![^\W_])", lambda found: self._symbol(found[0]), text)

    def _symbol(self, read: str) -> str:
        known = self._abbreviations.get(_bare(read), ())
        return known[0] if len(known) == 1 and read not in self._vocabulary.ids else read

    def words_for(self, figures: str) -> tuple[Option, ...]:
        """Words that may have been read as figures: 16 for 'lộ'."""
        return tuple(
            option for option in self._syllables(figures) if option.number != self._vocabulary.strange
        )

    def as_it_is(self, text: str, sort: Sort) -> Option:
        if sort is Sort.SIGN:
            word = word_of(text)
            return Option(self._vocabulary.number(word if word in (STOP, COMMA) else COMMA), text, 0)
        return Option(self._vocabulary.number(NUMBER if sort is Sort.NUMBER else "<x>"), text, 0)

    def _of_word(self, read: str) -> tuple[Option, ...]:
        if _ROMAN.match(read):
            return (Option(self._vocabulary.number(word_of(read)), read, 0),)
        found = [*self._abbreviation(read), *self._syllables(read)]
        alone = self._vocabulary.alone
        found.sort(key=lambda option: option.cost + alone[option.number])
        found = found[:MOST]
        if all(option.text != read for option in found):
            found.append(self._left(read))
        return tuple(found)

    def _syllables(self, read: str) -> list[Option]:
        found: list[Option] = []
        for style, more in _styles(read):
            costs = self._channel.candidates(read, style)
            if not costs and (plain := _MARKS_READ_APART.sub("", read)) != read:
                costs = self._channel.candidates(plain, style)
            for word, cost in costs.items():
                number = self._vocabulary.ids.get(word)
                total = round(cost * _CHANNEL_WEIGHS) + more
                if number is None:
                    number, total = self._vocabulary.strange, total + _UNKNOWN
                found.append(Option(number, written(word, style), total))
        return found

    def widened(self, read: str, options: Sequence[Option], letters: Letters) -> tuple[Option, ...]:
        """The options of a doubtful word, with every known syllable of like letters, whether so misread before or not."""
        if read.isupper() and len(options) == 1:
            # An abbreviation: no syllable explained it before.
            return tuple(options)
        found = {option.text: option for option in options}
        for style, more in _styles(read):
            for word, number in self._alike(read):
                text = written(word, style)
                cost = round(letters.cost(text, read) * _CHANNEL_WEIGHS) + more + _WIDENED
                if text not in found or cost < found[text].cost:
                    found[text] = Option(number, text, cost)
        alone = self._vocabulary.alone
        kept = sorted(found.values(), key=lambda option: option.cost + alone[option.number])[: 2 * MOST]
        if all(option.text != read for option in kept):
            kept.append(self._left(read))
        return tuple(kept)

    def _alike(self, read: str) -> list[tuple[str, int]]:
        """Known syllables whose bare letters are near those of the word."""
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        bare = fold(read)
        farthest = 1 if len(bare) <= 3 else 2
        near = process.extract(
            bare,
            self._skeletons.keys(),
            scorer=Levenshtein.distance,
            score_cutoff=farthest,
            limit=_MOST_SKELETONS,
        )
        return [known for skeleton, _, _ in near for known in self._skeletons[skeleton]]

    def _abbreviation(self, read: str) -> list[Option]:
        """Abbreviations in capitals, with Đ for a D, P or B that was read."""
        if not read.isupper() or len(read) < 2:
            return []
        ids = self._vocabulary.ids
        return [
            Option(ids[known], known, 0 if known == read else round(UNIT))
            for known in self._abbreviations.get(_bare(read), ())
        ]

    def _left(self, read: str) -> Option:
        """The token as it is, when nothing explains it: a foreign name, an abbreviation nobody counted, a mixed code."""
        vocabulary = self._vocabulary
        if syllable.is_syllable(read):
            return Option(vocabulary.number(word_of(read)), read, _LEFT_AS_IT_IS)
        if any(letter.isdigit() for letter in read):
            small = any(letter.islower() for letter in read)
            return Option(vocabulary.number(NUMBER), read, _LEFT_AS_IT_IS if small else _MIXED_AS_IT_IS)
        if read.isupper() and read.isalpha() and len(read) > 1:
            return Option(vocabulary.number(read), read, _ABBREVIATION_AS_IT_IS)
        foreign = all(verdict is not syllable.Verdict.WRONG for _, verdict in syllable.judged(read))
        return Option(vocabulary.strange, read, _FOREIGN_AS_IT_IS if foreign else _LEFT_AS_IT_IS)


def _styles(read: str) -> list[tuple[Style, int]]:
    """In which cases the word may have been written, each with what it costs."""
    letters = [letter for letter in read if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    if capitals >= 2 and capitals * 2 > len(letters):
        return [(Style.CAPITALS, 0), (Style.TITLE, _OTHER_CASE)]
    if read[0].islower():
        return [(Style.SMALL, 0)]
    if len(letters) == 1 and capitals:
        capitals_cost = _OTHER_CASE if len(read) == 1 else _ONE_CAPITAL
        return [(Style.TITLE, 0), (Style.CAPITALS, capitals_cost), (Style.SMALL, _OTHER_CASE)]
    return [(Style.TITLE, 0), (Style.SMALL, _OTHER_CASE)]


def _by_skeleton(vocabulary: Vocabulary) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for word, number in vocabulary.ids.items():
        if word.islower() and word.isalpha():
            found[fold(word)].append((word, number))
    return found


def _by_bare_letters(vocabulary: Vocabulary) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in vocabulary.ids:
        if word.isupper():
            found[_bare(word)].append(word)
    return found


def _bare(word: str) -> str:
    return fold(word).replace("p", "d").replace("b", "d") if "đ" in word.lower() else fold(word)
