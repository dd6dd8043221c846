"""What a token and its neighbours look like, in short words that `likely.py` has learned the weight of.

`scripts/train_redaction.py` counts the same words, so that training and reading cannot drift apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from dinhlang.vietnamese.redaction import words
from dinhlang.vietnamese.redaction.given import BARE_GIVEN, BARE_MIDDLE, GIVEN, MIDDLE, NUMBERS
from dinhlang.vietnamese.redaction.line import Line, bare
from dinhlang.vietnamese.redaction.pairs import is_common
from dinhlang.vietnamese.syllable import frequencies, is_syllable

_BARE_SURNAMES = frozenset(bare(word) for word in words.SURNAMES)
_BARE_PEOPLES = frozenset(bare(word) for word in words.OF_PEOPLES)
_BARE_NUMBERS = frozenset(bare(word) for word in NUMBERS)
_CALLED = words.CALLED | words.SHORT_CALLED
_BARE_CALLED = frozenset(bare(word) for word in _CALLED)


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What one token looks like: itself, its letters, and what sort of word it is."""

    bare: str
    shape: str
    sort: str
    alone: tuple[str, ...]


EDGE = Look("<>", "<", "<", ("<>",))


def looks(line: Line) -> list[Look]:
    """How the tokens of a line look, each."""
    how = _manner(line)
    return [_look(token.text, token.small, token.bare, how) for token in line.tokens]


def _manner(line: Line) -> str:
    """How a line is written: in capitals, without marks, with some, with all; with capitals in it or none."""
    if line.is_shouted:
        return "S"
    written = [token for token in line.tokens if token.is_word]
    capitals = "c" if any(token.has_capital for token in written[1:]) else "l"
    if line.is_bare:
        return "B" + capitals
    lost = sum(1 for token in written if token.small == token.bare and _has_lost_its_marks(token.bare))
    return ("P" if lost >= 2 or lost * 10 > len(written) else "M") + capitals


@lru_cache(maxsize=8192)
def _has_lost_its_marks(word: str) -> bool:
    return len(word) > 1 and frequencies().get(word, 0) * 40 < _bare_frequencies().get(word, 0)


@cache
def _bare_frequencies() -> dict[str, int]:
    """How often the syllables are written that are the same without marks, the most frequent of them."""
    most: dict[str, int] = {}
    for syllable, count in frequencies().items():
        without = bare(syllable)
        most[without] = max(count, most.get(without, 0))
    return most


@lru_cache(maxsize=16384)
def _look(text: str, small: str, without: str, how: str) -> Look:
    first = text[0]
    if first.isdigit():
        shape = _shape_of_number(text)
        return Look(shape, "d", "d", ("w" + shape, "hd"))
    if not first.isalpha():
        return Look(first, "p", "p", ("w" + first, "hp"))
    if how == "S":
        shape = "x"
    elif text == small:
        shape = "l"
    elif len(text) == 1:
        shape = "U"
    else:
        shape = "S" if text.upper() == text else "C"
    sort = _sort(small, without)
    return Look(
        without,
        shape,
        sort,
        (
            "s" + small,
            "b" + without,
            "h" + shape,
            "x" + sort,
            f"y{sort}{shape}",
            f"m{how}{sort}{shape}",
            f"c{without}{shape}",
            f"n{how[0]}{without}",
            f"o{how}{_rarity(small, without)}{shape}",
        ),
    )


def _shape_of_number(text: str) -> str:
    signs = "".join("0" if sign.isdigit() else "A" if sign.isalpha() else sign for sign in text)
    return signs if len(signs) > 1 else text if text in "0123456789" else signs


def _sort(small: str, without: str) -> str:
    marked = small != without
    return (
        ("F" if small in words.SURNAMES else "f" if not marked and without in _BARE_SURNAMES else "")
        + ("G" if small in GIVEN else "g" if not marked and without in BARE_GIVEN else "")
        + ("M" if small in MIDDLE else "m" if not marked and without in BARE_MIDDLE else "")
        + ("K" if small in _CALLED else "k" if not marked and without in _BARE_CALLED else "")
        + ("N" if small in NUMBERS else "n" if not marked and without in _BARE_NUMBERS else "")
        + ("Y" if small in words.OF_PEOPLES or without in _BARE_PEOPLES else "")
        + ("" if is_syllable(small) else "~")
        + ("'" if "'" in without else "")
        + ("1" if len(small) == 1 else "")
        + ("" if marked else "u")
    )


def _rarity(small: str, without: str) -> str:
    own = frequencies().get(small, 0).bit_length() // 2
    if small != without:
        return str(own)
    return f"{own}{_bare_frequencies().get(without, 0).bit_length() // 2}"


_TITLE = re.compile(rf"(?<![^\W_])(?:{words.TITLES})(?![^\W_])")
_PLACED = re.compile(
    rf"(?<![^\W_])(?:{words.BARE_PLACE_WORDS}|cho|cau|song|ho|nha may|cong ty|cty|tnhh|quan|tiem|lang)(?![^\W_])"
)
_KNOWN = words.OF_HISTORY | words.PLACES
# So far a title reaches, and a place's name.
_TITLED, _NAMED, _STOPS = 12, 4, frozenset(".;!?")
_FIRST_KNOWN = frozenset(said.split()[0] for said in _KNOWN)


def notes(line: Line) -> list[list[str]]:
    """What the rest of the line says of each token: an office or a place before it, a hero's name, a common pair."""
    noted: list[list[str]] = [[] for _token in line.tokens]
    _note_pairs(line, noted)
    starts = [token.start for token in line.tokens]
    for match in _TITLE.finditer(line.bare):
        for far, place in enumerate(range(bisect_left(starts, match.end()), len(starts))):
            if far == _TITLED or line.tokens[place].text in _STOPS:
                break
            noted[place].append(f"@title{min(far, 4)}")
    for match in _PLACED.finditer(line.bare):
        for far, place in enumerate(range(bisect_left(starts, match.end()), len(starts))):
            if far == _NAMED or not line.tokens[place].is_word:
                break
            noted[place].append(f"@place{far}")
    return noted


def _note_pairs(line: Line, noted: list[list[str]]) -> None:
    for at, (left, right) in enumerate(pairwise(line.tokens)):
        if not left.is_word:
            continue
        if right.is_word and is_common(line, left, right):
            noted[at].append("@common>")
            noted[at + 1].append("@common<")
        if right.is_word and f"{left.bare} {right.bare}" in words.TWO_WORDS:
            noted[at].append("@two>")
            noted[at + 1].append("@two<")
        length = _length_of_a_known_name(line, at) if left.bare in _FIRST_KNOWN else 0
        for place in range(at, at + length):
            noted[place].append(f"@known{length}")


def _length_of_a_known_name(line: Line, at: int) -> int:
    """How many words of a hero's or a province's name begin here; 0 for none."""
    for length in (4, 3, 2):
        row = line.tokens[at : at + length]
        if len(row) == length and " ".join(one.bare for one in row) in _KNOWN:
            return length
    return 0


@lru_cache(maxsize=32768)
def beside(left: Look, right: Look) -> tuple[str, ...]:
    """What two neighbours say together."""
    return (
        f"bb{left.bare} {right.bare}",
        f"xx{left.sort} {right.sort}",
        f"hh{left.shape}{right.shape}",
        f"bx{left.bare} {right.sort}{right.shape}",
        f"xb{left.sort}{left.shape} {right.bare}",
    )


def _around(before: Look, look: Look, after: Look) -> tuple[str, ...]:
    """What a token and both neighbours say together."""
    return (
        f"3h{before.shape}{look.shape}{after.shape}",
        f"3x{before.sort} {look.sort} {after.sort}",
        f"3b{before.bare} {look.shape}{look.sort} {after.bare}",
        f"3y{before.sort} {look.shape} {after.bare}",
    )


def _after_two(first: Look, second: Look, look: Look) -> tuple[str, ...]:
    """What the two tokens before say of a token."""
    return (
        f"2b{first.bare} {second.bare} {look.shape}",
        f"2x{first.sort} {second.sort} {look.sort}{look.shape}",
    )


def told(line: Line) -> list[list[str]]:
    """All that is said of each token, each with where it stands: what weights are learned of."""
    row = looks(line)
    far = [EDGE, EDGE, *row, EDGE, EDGE]
    rows = []
    for at, noted in enumerate(notes(line), start=2):
        said = [f"{place}{word}" for place in range(-2, 3) for word in far[at + place].alone]
        said += ["<" + word for word in beside(far[at - 1], far[at])]
        said += [">" + word for word in beside(far[at], far[at + 1])]
        said += together(far[at - 2], far[at - 1], far[at], far[at + 1], noted)
        rows.append(said)
    return rows


def together(two_before: Look, before: Look, look: Look, after: Look, noted: list[str]) -> list[str]:
    """What is said of a token that no two neighbours say alone."""
    return [
        *_around(before, look, after),
        *_after_two(two_before, before, look),
        *noted,
        *(f"{one}{look.shape}{look.sort}" for one in noted),
    ]
