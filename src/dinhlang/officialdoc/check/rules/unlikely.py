"""Words that exist and were not meant, told by the words around them and three-word statistics of official text."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.vietnamese import model, slips, syllable
from dinhlang.vietnamese.text import fold

_WRITTEN = (*PROSE, Part.HEADING, Part.SUBJECT, Part.CELL)
# In natural logarithms: how much likelier the other word must be, with a word on one side of it and with words on both.
# Measured on documents kept aside.
_GAIN = {1: 11.0, 2: 8.0}
_FREQUENT = 60
_CLASSES = frozenset(model.CLASSES)


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    number: int


@rule(
    "DL419",
    FindingKind.SPELLING,
    Severity.WARNING,
    "Chữ có nghĩa nhưng không hợp với các chữ xung quanh",
    bad=[
        said("Tổ chức phát thanh chuyên mục vào thứ Tư hằng tuân."),
        said("Kết quả đánh gia xếp loại công chức."),
        said("Tham mưu Ủy ban nhân dân ban hanh kế hoạch."),
    ],
    good=[
        said("Các đơn vị có trách nhiệm thực hiện nghiêm túc."),
        said("Ông Nguyễn Văn Nhân ghi nhận ý kiến của cử tri thôn Đông Hồ."),
        said("Trồng sầu riêng, mắc ca; nuôi cá chẽm; chợ nổi, ghe xuồng."),
    ],
)
def unlikely_word(case: Case) -> Iterator[Hit]:
    """Only a word whose neighbours were never seen with it, where one that is easily taken for it fits both."""
    tables = model.official()
    for piece in case.of(*_WRITTEN):
        if piece.text.isupper():
            continue
        words = _words(piece, tables)
        for at in range(2, len(words) - 2):
            found = _better(piece, words, at, tables)
            if found is not None:
                word = words[at]
                quote = piece.text[word.start : word.end]
                yield Hit(
                    piece,
                    word.start,
                    word.end,
                    f"“{quote}” có lẽ viết nhầm: “{found}” hợp với câu này hơn.",
                    found,
                )


def _words(piece: Piece, tables: model.Model) -> list[_Word]:
    """The words of a piece as the model knows them, with its edges."""
    edge = tables.number(model.EDGE)
    sides = [_Word(model.EDGE, 0, 0, edge)] * 2
    inside = [_Word(text, start, end, tables.number(text)) for text, start, end in model.placed(piece.text)]
    return [*sides, *inside, *sides]


def _better(piece: Piece, words: Sequence[_Word], at: int, tables: model.Model) -> str | None:
    word, before, after = words[at], words[at - 1], words[at + 1]
    if (
        word.text in _CLASSES
        or word.text not in tables.ids
        or not piece.text[word.start : word.end].islower()
    ):
        return None
    if _known(before, word, tables) or _known(word, after, tables):
        return None
    beside = [one for one in (before, after) if one.text not in _CLASSES]
    if word.text in slips.LOOSE or any(one.text not in tables.ids for one in beside):
        return None
    if not beside or any(piece.text[one.start : one.end][:1].isupper() for one in beside):
        return None
    own = _cost(words, at, word.number, tables)
    best, least = None, own - _GAIN[len(beside)] * model.UNIT
    for candidate in _confusable(word.text):
        number = tables.ids[candidate]
        fits = all(
            tables.is_pair(one.number, number) if one is before else tables.is_pair(number, one.number)
            for one in beside
        )
        if fits and (cost := _cost(words, at, number, tables)) < least:
            best, least = candidate, cost
    return best


def _known(one: _Word, other: _Word, tables: model.Model) -> bool:
    if one.text in _CLASSES or other.text in _CLASSES:
        return False
    return tables.is_pair(one.number, other.number)


def _cost(words: Sequence[_Word], at: int, number: int, tables: model.Model) -> int:
    row = [words[at - 2].number, words[at - 1].number, number, words[at + 1].number, words[at + 2].number]
    return sum(tables.cost(row[i], row[i + 1], row[i + 2]) for i in range(3))


@cache
def _by_letters() -> dict[str, list[str]]:
    """The frequent words by their bare letters."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in model.official().words:
        if word.islower() and syllable.frequency(word) >= _FREQUENT:
            found[fold(word)].append(word)
    return found


_ALIKE = ("sx", "ct", "dr", "ln", "nm", "iy", "ck", "dg", "gr", "dv", "bp")


@lru_cache(maxsize=4096)
def _confusable(word: str) -> tuple[str, ...]:
    """Frequent words that are easily written for one: other marks, one letter of a pair that sound alike, one letter
    more or less."""
    bare, marks = fold(word), _marks(word)
    found = [one for one in _by_letters().get(bare, ()) if one != word]
    for letters in _neighbours(bare):
        found += [one for one in _by_letters().get(letters, ()) if _marks(one) == marks]
    return tuple(dict.fromkeys(found))


def _neighbours(bare: str) -> Iterator[str]:
    for at, letter in enumerate(bare):
        yield bare[:at] + bare[at + 1 :]
        for pair in _ALIKE:
            if letter in pair:
                yield bare[:at] + pair.replace(letter, "") + bare[at + 1 :]
    for at in range(len(bare) + 1):
        for letter in "hgnctuaeoi":
            yield bare[:at] + letter + bare[at:]


@lru_cache(maxsize=8192)
def _marks(word: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFD", word) if unicodedata.combining(one))


RULES = (unlikely_word,)
