"""What each word may have been where only its marks are gone, or where letters became question marks."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from dinhlang.officialdoc.repair.lattice import Option, Vocabulary
from dinhlang.officialdoc.repair.tokens import Sort, Token
from dinhlang.vietnamese import syllable
from dinhlang.vietnamese.model import COMMA, NUMBER, STOP, STRANGE, UNIT, word_of
from dinhlang.vietnamese.text import fold

# Who types without marks writes some all the same, and those are right.
_UNMARKED = round(0.5 * UNIT)
_MOST_ALIKE = 60
LOST_LETTER = "\u0294"
"""Stands for a letter that was lost; a letter itself, so that a word with it stays one."""


class Spelled:
    """Options by letters that are known: every syllable of the vocabulary that has them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._alike: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for word, number in vocabulary.ids.items():
            if not word.startswith("<"):
                self._alike[fold(word)].append((word, number))
        self._options = lru_cache(maxsize=20_000)(self._of_word)

    def of(self, token: Token) -> tuple[Option, ...]:
        """The options of a token; one, the token itself, for what is no word."""
        if token.sort is Sort.WORD:
            return self._options(token.text)
        if token.sort is Sort.SIGN:
            word = word_of(token.text)
            word = word if word in (STOP, COMMA) else COMMA
        else:
            word = NUMBER if token.sort is Sort.NUMBER else STRANGE
        return (Option(self.vocabulary.number(word), token.text, 0),)

    def alike(self, word: str) -> list[tuple[str, int]]:
        """Words of the vocabulary with the same letters, whatever their marks, with their numbers."""
        return self._alike.get(fold(word), [])

    def _of_word(self, read: str) -> tuple[Option, ...]:
        raise NotImplementedError

    def _itself(self, read: str, cost: int = 0) -> Option:
        return Option(self.vocabulary.number(word_of(read)), read, cost)


class WithoutMarks(Spelled):
    """'Uy ban nhan dan' for 'Ủy ban nhân dân'."""

    def _of_word(self, read: str) -> tuple[Option, ...]:
        if syllable.is_marked(read) or len(read) == 1:
            return (self._itself(read),)
        found = [
            Option(number, in_case_of(read, word), 0)
            for word, number in self._alike.get(read.lower(), ())
            if word.islower() or read == fold(word).upper()
        ]
        if all(option.text != read for option in found):
            found.append(self._itself(read, 0 if not found else round(20 * UNIT)))
        return tuple(found)


class LostLetters(Spelled):
    """'C?ng h?a' for 'Cộng hòa': each question mark, here `LOST_LETTER`, is a letter with marks."""

    def _of_word(self, read: str) -> tuple[Option, ...]:
        if LOST_LETTER not in read:
            return (self._itself(read),)
        wanted = re.compile(re.escape(read.lower()).replace(LOST_LETTER, r"[^\x00-\x7f]"))
        found = [
            Option(number, in_case_of(read, word), 0)
            for word, number in self.vocabulary.ids.items()
            if len(word) == len(read)
            and wanted.fullmatch(word.lower())
            and (word.islower() or read.isupper())
        ]
        found.sort(key=lambda option: self.vocabulary.alone[option.number])
        if not found:
            found.append(self._itself(read))
        return tuple(found[:_MOST_ALIKE])


def in_case_of(read: str, word: str) -> str:
    """The word in capitals or with a capital as it was read; the letters of an abbreviation stay."""
    letters = [letter for letter in read if letter.isalpha() and letter != LOST_LETTER]
    if not word.islower() or not letters:
        return word
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return word.upper()
    return word[0].upper() + word[1:] if letters[0].isupper() else word
