"""A line as the searches look at it: letter for letter as written, small, and without marks; and its tokens."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

from dinhlang.vietnamese.redaction.telex import untyped


class _Small(dict[int, str]):
    """Each letter's small form, one for one, so that places stay the same ('İ' has two and keeps its first)."""

    def __missing__(self, code: int) -> str:
        small = chr(code).lower()[:1]
        self[code] = small
        return small


class _Bare(dict[int, str]):
    """Each letter small and without marks, one for one; signs stay as they are."""

    def __missing__(self, code: int) -> str:
        small = chr(code).lower()[:1]
        bare = {"đ": "d", "’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "\u00a0": " "}.get(small)
        if bare is None:
            bare = unicodedata.normalize("NFD", small)[:1] if small.isalpha() else small
        self[code] = bare
        return bare


_SMALL, _BARE = _Small(), _Bare()


def bare(text: str) -> str:
    """The text small and without marks, each character in its place."""
    return text.translate(_BARE)


# 'O79 l67 OO0 284': what a hurried hand or a scan writes for 0 and 1, where nothing but digits stands with it.
_LIKE_DIGITS = re.compile(
    r"(?<![^\W_])(?=[oOlI]*[0-9])[0-9oOlI]*[oOlI][0-9oOlI]*(?![^\W_])|(?<=[0-9][ .\-/])[oO]{2,3}(?![^\W_])|(?<![^\W_])[oO]{2,3}(?=[ .\-/][0-9])"
)
_DIGITS_MEANT = str.maketrans("oOlI", "0011")
_LETTER = r"[^\W\d_][\u0300-\u036f]*"
_TOKEN = re.compile(
    rf"(?:{_LETTER})+(?:['’‘`](?:{_LETTER})+)*|\d+[A-Za-z]?(?![^\W\d_])(?:[/.\-]\d+[A-Za-z]?(?![^\W\d_]))*|\d+|[^\w\s]|_"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number with what hangs on it ('45/12', '12A'), or a sign; `small` and `bare` say what Telex meant by it."""

    start: int
    end: int
    text: str
    small: str
    bare: str
    is_word: bool
    is_number: bool

    @property
    def has_capital(self) -> bool:
        return self.is_word and self.text[0] != self.text[0].lower()

    @property
    def is_shouted(self) -> bool:
        """In capitals throughout, and of more than one letter."""
        return len(self.text) > 1 and self.text.upper() == self.text and self.text != self.small


Link = tuple[int, int, int]
"""A token that an address goes on at, how near the parts before it come, and the level of the last."""


@dataclass
class Line:
    """One line of text in NFC without signs that cannot be seen; letters written for digits are digits here, each in its place."""

    text: str
    small: str = field(init=False)
    bare: str = field(init=False)
    chains: dict[Link, tuple[int, int, int]] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )
    """What is known of chains of parts of addresses (`address_parts.chain`)."""

    def __post_init__(self) -> None:
        self.text = _LIKE_DIGITS.sub(lambda found: found[0].translate(_DIGITS_MEANT), self.text)
        self.small = self.text.translate(_SMALL)
        self.bare = self.text.translate(_BARE)

    @cached_property
    def tokens(self) -> list[Token]:
        small, without = self.small, self.bare
        found = []
        for match in _TOKEN.finditer(self.text):
            start, end = match.span()
            first = self.text[start]
            is_word, said, said_bare = first.isalpha(), small[start:end], without[start:end]
            if is_word and said.isascii() and (meant := untyped(said)) != said:
                said, said_bare = meant, bare(meant)
            found.append(Token(start, end, match[0], said, said_bare, is_word, first.isdigit()))
        return found

    @cached_property
    def is_bare(self) -> bool:
        """Whether it was written without marks: at most one word in ten has one."""
        words = [token for token in self.tokens if token.is_word]
        return sum(1 for word in words if word.small != word.bare) * 10 <= len(words)

    @cached_property
    def is_shouted(self) -> bool:
        """Whether it was written in capitals, so that they say nothing."""
        words = [token for token in self.tokens if token.is_word and len(token.text) > 1]
        return len(words) > 2 and sum(1 for word in words if word.is_shouted) * 10 >= 7 * len(words)

    def before(self, place: int, length: int = 60) -> str:
        """What stands before a place, without marks, as far back as can say what stands there."""
        return self.bare[max(0, place - length) : place]

    def after(self, place: int, length: int = 40) -> str:
        """What follows, without marks."""
        return self.bare[place : place + length]

    def joined(self, left: Token, right: Token) -> bool:
        """Whether only spaces part two tokens."""
        return not self.text[left.end : right.start].strip()
