"""What the searches for names share: which words people are called by, and where a run of capitals ends."""

from __future__ import annotations

import re
from functools import lru_cache

from dinhlang.vietnamese.redaction import words
from dinhlang.vietnamese.redaction.given import BARE_GIVEN, BARE_MIDDLE, GIVEN, MIDDLE
from dinhlang.vietnamese.redaction.line import Line, Token, bare
from dinhlang.vietnamese.text import house_style

MOST_WORDS = 5
_PLACED = re.compile(rf"(?<!\w)(?:{words.PLACE_WORDS}|số ?\d+\w?(?:/\d+)*)\s*[“\"]?$")
_PLACED_BARE = re.compile(rf"(?<!\w)(?:{words.BARE_PLACE_WORDS}|so ?\d+\w?(?:/\d+)*)\s*[“\"]?$")
SURE_MIDDLES = frozenset(("văn", "thị", "van", "thi"))


def capitals(line: Line, at: int, most: int) -> int:
    """Where the capitalised words that begin at a token end."""
    tokens, until = line.tokens, at + 1
    while (
        until < len(tokens)
        and until - at < most
        and tokens[until].has_capital
        and tokens[until].is_shouted
        == tokens[at].is_shouted | (len(tokens[at].text) == 1 and tokens[until].is_shouted)
        and (tokens[until].small not in words.NOT_A_NAME or tokens[until].small in MIDDLE)
        and line.joined(tokens[until - 1], tokens[until])
        and not (until - at >= 2 and tokens[until].small in words.SURNAMES and _middle_after(line, until))
    ):
        until += 1
    return until


def _middle_after(line: Line, at: int) -> bool:
    return at + 1 < len(line.tokens) and line.tokens[at + 1].small in SURE_MIDDLES


@lru_cache(maxsize=4096)
def _styled(word: str) -> str:
    return house_style(word)


def is_given(line: Line, token: Token) -> bool:
    """Whether the word is one that people are called by, in the marks of its line."""
    if not token.is_word or len(token.text) < 2:
        return False
    if line.is_bare and token.small == token.bare:
        return token.bare in BARE_GIVEN
    return _styled(token.small) in GIVEN


def is_middle(line: Line, token: Token) -> bool:
    if line.is_bare and token.small == token.bare:
        return token.bare in BARE_MIDDLE or token.bare in BARE_GIVEN
    return _styled(token.small) in MIDDLE or _styled(token.small) in GIVEN


def is_placed(line: Line, before: str) -> bool:
    """Whether a place, a school, a firm goes by the name that follows."""
    if _PLACED.search(before):
        return True
    return line.is_bare and bool(_PLACED_BARE.search(bare(before)))
