"""Syllables: possible or not, what was probably meant, and how damaged a text is.

The grammar decides what is possible; no dictionary does. Acronyms, numbers, addresses, document codes and
foreign names are neutral: never wrong, and no evidence about the health of the text either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from dinhlang.vietnamese import _grammar, _suggestions
from dinhlang.vietnamese.text import house_style, nfc, split_tone

# 'nghiêng' with each mark a character of its own, and room to spare.
_LONGEST = 16

MARKED_SHARE_OF_SOUND_TEXT = 0.6
"""Sound text has a tone mark or a letter of its own (ă â đ ê ô ơ ư) in 0.73–1.00 of the words of a paragraph;
text read by a machine that does not know Vietnamese in 0.16–0.36."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a code of a line, as written (NFC). Only an invalid one carries suggestions, best first."""

    text: str
    valid: bool
    suggest: tuple[str, ...] = ()


class Verdict(StrEnum):
    """What the grammar says of a piece of text."""

    SYLLABLE = "syllable"
    WRONG = "wrong"
    NEUTRAL = "neutral"


def is_syllable(word: str) -> bool:
    """Whether the word, in any case and normal form, is a possible Vietnamese syllable."""
    return len(word) <= _LONGEST and _is_spelled(word)


@lru_cache(maxsize=1 << 15)
def _is_spelled(word: str) -> bool:
    # A text says most of its words many times.
    return nfc(word).lower() in _grammar.spellings()


def suggest(word: str, limit: int = 3) -> list[str]:
    """The likeliest syllables for a misspelled one, best first, in the case of the word; never the word itself."""
    written = nfc(word)
    return [_in_case_of(written, found) for found in _suggestions.nearest(written.lower(), limit)]


def frequency(word: str) -> int:
    """How often the syllable stands in ten million syllables of official text; 0 for one that never does."""
    return _suggestions.counts().get(house_style(word.lower()), 0)


def frequencies() -> Mapping[str, int]:
    """The same for all syllables, in the house style."""
    return _suggestions.counts()


def tokens(line: str) -> list[Token]:
    """The words, numbers, codes and addresses of a line in order; signs between them are left out."""
    return [
        Token(piece, False, tuple(suggest(piece))) if kind is Verdict.WRONG else Token(piece, True)
        for piece, kind in judged(line)
    ]


def damage(text: str) -> float:
    """From 0 (sound) to 1 (unreadable): 1 - valid × min(1, marked / 0.6), by shares of the judged words.

    Meant for a paragraph or a page; a heading of a few words says little. Text without words has no damage.
    """
    words = [(piece, kind) for piece, kind in judged(text) if kind is not Verdict.NEUTRAL]
    if not words:
        return 0.0
    valid = sum(kind is Verdict.SYLLABLE for _, kind in words) / len(words)
    marked = sum(is_marked(piece) for piece, _ in words) / len(words)
    return 1 - valid * min(1.0, marked / MARKED_SHARE_OF_SOUND_TEXT)


def is_marked(word: str) -> bool:
    """Whether the word carries a tone mark or one of ă â đ ê ô ơ ư."""
    return _known_to_bear(word) if len(word) <= _LONGEST else _bears_marks(word)


@lru_cache(maxsize=1 << 15)
def _known_to_bear(word: str) -> bool:
    return _bears_marks(word)


def _bears_marks(word: str) -> bool:
    return "đ" in word.lower() or any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", word))


# Repetition is bounded where the sign that decides comes last, so that a line of a million letters, dots or
# underscores takes time in proportion to its length.
_PIECE = re.compile(
    r"""
    (?P<address> (?:https?://|www\.)[^\s<>"“”]*[\w/] | [\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+
               | [\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.(?:vn|com|org|net|edu|gov)\b(?:/\S*)? )
    | (?P<code> [^\W_]{0,40}\d[^\W_]* (?: [.,:/-]\d[^\W_]* | [/.-][A-ZĐƯ][A-ZĐƯ0-9]*(?![^\W\d_]) )* )
    | (?P<word> [^\W\d_]+ (?: ['’`][^\W\d_]+ )* )
    """,
    re.VERBOSE,
)
_ROMAN = re.compile(r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")
_DIGIT_INSIDE = re.compile(r"[^\W\d_A-ZĐ]+\d+[^\W\d_A-ZĐ]+\Z")
_ABBREVIATION = re.compile(r"(?i:[b-df-hj-np-tv-xzđ]{1,2}\Z)|[B-DF-HJ-NP-TV-XZĐ][b-df-hj-np-tv-xzđ]{2,3}\Z")
_LATIN = re.compile("[a-zà-ɏḀ-ỿ]")
_VOWEL_GROUPS = re.compile(r"[aeiouy]+")
_SHORTEST_FOREIGN_WORD = 6
_LOAN_TABLE = """
    app audio blog chip clip data demo email euro fax file game gas gen kilo link logo mail menu pano radio scan
    server sim test tivi video virus web wifi zalo zoom
"""
_LOANS = frozenset(_LOAN_TABLE.split())
# Signs of another language in a name: letters Vietnamese does not have, k before a back vowel, two consonants
# no Vietnamese onset joins, an ending no Vietnamese rime has, an elision (Ea H’leo).
_NAME_TABLE = "adrơng êđê huoai niê"
_NAMES = frozenset(_NAME_TABLE.split())
_FOREIGN_NAME = re.compile(
    r"[fjwz'’]|^k[aăâoôơuư]|^(?:[bcdđgkstv][lrsw]|p[lrsnx]|t[sw]|k[bcdđgkmnpstv]|r[bcdđgkmnpstv]|h[lmnr]|s[kmnpt]|dl|m[bdlnr]|n[lrt]|bh|by[aăâ]|chr|xt)"
    r"|^ea|^y[aeou]|(?:[bdđklrsvx]|(?<![cn])h)$"
)


def judged(line: str) -> Iterator[tuple[str, Verdict]]:
    """The words, numbers, codes and addresses in order (NFC), each with the verdict on it."""
    known: dict[tuple[str | None, str], Verdict] = {}
    for found in _PIECE.finditer(nfc(line)):
        key = found.lastgroup, found[0]
        if (verdict := known.get(key)) is None:
            verdict = known[key] = _kind(found)
        yield found[0], verdict


def _kind(piece: re.Match[str]) -> Verdict:
    word = piece[0]
    if piece["code"]:
        # so4t, d4n: a machine took a letter for a digit. A code has its digits at an end: A4, m2, 07/KH-UBND.
        return Verdict.WRONG if _DIGIT_INSIDE.match(word) else Verdict.NEUTRAL
    if piece["address"] or _ROMAN.match(word):
        return Verdict.NEUTRAL
    if is_syllable(word):
        return Verdict.SYLLABLE
    if _ABBREVIATION.match(word) or _is_acronym(word) or _is_foreign(word):
        return Verdict.NEUTRAL
    return Verdict.WRONG


def _is_acronym(word: str) -> bool:
    """Mostly capitals and no marked vowel (Ư aside: BTGTƯ): UBND, HĐND, ThS; not KÊT, not QUYÊT."""
    capitals = sum(letter.isupper() for letter in word)
    if capitals < 2 or capitals * 2 < len(word):
        return False
    return word.lower().replace("đ", "d").replace("ư", "u").replace("’", "'").isascii()


def _is_foreign(word: str) -> bool:
    """A usual loan, a word of several syllables (website), a name Vietnamese cannot spell, another script."""
    lowered = word.lower()
    if lowered in _LOANS or not _LATIN.search(lowered):
        return True
    capital = word[0].isupper()
    if capital and lowered in _NAMES:
        return True
    if (
        lowered.isascii()
        and (capital or len(word) >= _SHORTEST_FOREIGN_WORD)
        and _has_several_syllables(lowered)
    ):
        return True
    return capital and not lowered.startswith("tr") and bool(_FOREIGN_NAME.search(split_tone(lowered)[0]))


def _has_several_syllables(word: str) -> bool:
    """Whether vowels stand apart from each other, which no slip of the pen does to a single syllable."""
    return len(_VOWEL_GROUPS.findall(word)) > 1


def _in_case_of(word: str, found: str) -> str:
    if len(word) > 1 and word.isupper():
        return found.upper()
    return found.capitalize() if word[:1].isupper() else found
