"""Syllables that could be Vietnamese and that nobody writes: 'rứt điểm', 'công trìn', 'rỏ rệt'."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.chunks import plain
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.neighbours import is_pair
from dinhlang.officialdoc.check.noted import word_kind
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.vietnamese import model, syllable
from dinhlang.vietnamese.text import fold

_WRITTEN = (*PROSE, Part.HEADING, Part.SUBJECT, Part.CELL)
_CANDIDATES = 8
_LONGEST = 7


@rule(
    "DL418",
    FindingKind.SPELLING,
    Severity.WARNING,
    "Chữ không ai dùng, có lẽ viết nhầm",
    bad=[
        said("Giải quyết rứt điểm các hồ sơ."),
        said("Sửa chữa công trìn thủy lợi."),
        said("Số hồ sơ tăng rỏ rệt."),
        said("Người dân khong phải đi lại."),
        said("Chuẩn bị các điều kiện tuyn quân năm 2024."),
    ],
    good=[
        said("Trồng sầu riêng, mắc ca; nuôi cá chẽm, hàu; bánh khọt, hủ tiếu; thôn Nà Mẫu, bản Lẻ."),
        said("Người dân ở Khuổi Ngoa; ông Rứt Điểm."),
    ],
)
def rare_syllable(case: Case) -> Iterator[Hit]:
    """A syllable that ten million syllables of official text do not have, where one like it fits what stands beside it.

    Names (capitals), loans and words of the kitchen stay: nothing that fits is like them.
    """
    for piece in case.of(*_WRITTEN, saying=_RARE_WORD):
        for index, text in enumerate(piece.written):
            if len(text) < 2 or not text.islower() or not _is_rare(piece.plain[index]):
                continue
            right = _meant(piece, index)
            if right is not None:
                yield Hit(piece, *piece.spans[index], f"“{text}” có lẽ viết nhầm: “{right}”.", right)


@lru_cache(maxsize=16384)
def _is_rare(word: str) -> bool:
    if word.isdecimal() or len(word) > _LONGEST:
        return False
    if syllable.is_syllable(word):
        return word not in model.official().ids
    # A letter lost: 'tuyn quân'. Loans look so too, and fit nothing.
    return word.isascii()


_RARE_WORD = word_kind(lambda word: word.islower() and _is_rare(plain(word)))


def _meant(piece: Piece, index: int) -> str | None:
    """The likeliest syllable that both neighbours know, or the only neighbour knows well."""
    word = piece.plain[index]
    before, after = _beside(piece, index, -1), _beside(piece, index, 1)
    if before is None and after is None:
        return None
    for candidate in syllable.suggest(word, _CANDIDATES):
        if not _is_slip(word, candidate):
            continue
        known_before = before is not None and is_pair(before, candidate)
        known_after = after is not None and is_pair(candidate, after)
        if known_before and known_after and not syllable.frequency(word):
            return candidate
        if not syllable.is_syllable(word) or (
            syllable.frequency(word) and not _sure(before, candidate, after)
        ):
            # What was seen at all may be a rare word ('cồng chiêng'): then both sides must speak against it.
            continue
        if len(fold(candidate)) != len(fold(word)):
            # A letter more or less makes anything of a loan: both sides had to know it.
            continue
        often = _follows(before, candidate) or _follows(candidate, after)
        if often or ((known_before or known_after) and _only_tone(word, candidate)):
            return candidate
    return None


_OFTEN, _ALWAYS = 5.5 * model.UNIT, 3.2 * model.UNIT


def _sure(before: str | None, candidate: str, after: str | None) -> bool:
    """Whether the two are hardly ever written otherwise; asked of words that are rare, not unheard of."""
    return _follows(before, candidate, _ALWAYS) or (after is not None and _follows(candidate, after, _ALWAYS))


@lru_cache(maxsize=8192)
def _follows(first: str | None, second: str | None, most: float = _OFTEN) -> bool:
    """Whether the second word is often what comes after the first."""
    ids = model.official().ids
    one, two = ids.get(first or ""), ids.get(second or "")
    if one is None or two is None:
        return False
    return model.official().after_one(one)[0].get(two, most + 1) <= most


@lru_cache(maxsize=4096)
def _only_tone(word: str, candidate: str) -> bool:
    """Hook and tilde sound alike in half of the country."""
    hook, tilde = "\u0309", "\u0303"
    one, other = (unicodedata.normalize("NFD", text) for text in (word, candidate))
    return one.replace(hook, tilde) == other.replace(hook, tilde)


_ALIKE = ({"s", "x"}, {"c", "t"}, {"d", "r"}, {"l", "n"}, {"n", "m"}, {"i", "y"}, {"c", "k"}, {"o", "u"})


@lru_cache(maxsize=4096)
def _is_slip(word: str, candidate: str) -> bool:
    """Whether one comes from the other by marks alone, or by one letter of those that are taken for each other."""
    one, other = fold(word), fold(candidate)
    if one == other:
        return True
    if len(one) == len(other):
        odd = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        return len(odd) == 1 and set(odd[0]) in _ALIKE and _marks(word) == _marks(candidate)
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1 or (_marks(word) and _marks(word) != _marks(candidate)):
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def _marks(word: str) -> str:
    return "".join(
        character for character in unicodedata.normalize("NFD", word) if unicodedata.combining(character)
    )


def _beside(piece: Piece, index: int, step: int) -> str | None:
    at = index + step
    if not 0 <= at < len(piece.plain) or not piece.is_joined(min(index, at)):
        return None
    return piece.plain[at]


RULES = (rare_syllable,)
