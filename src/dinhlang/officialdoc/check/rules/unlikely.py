"""Words that exist and were not meant, told by the words around them and three-word statistics of official text."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.neighbours import Trait, is_pair
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
        for index in _strange(piece):
            if _is_beside_name(piece, index):
                continue
            row = _around(piece, index)
            found = _better(row, tables) if row else None
            if found is not None:
                yield Hit(
                    piece,
                    *piece.spans[index],
                    f"“{piece.written[index]}” có lẽ viết nhầm: “{found}” hợp với câu này hơn.",
                    found,
                )


def _strange(piece: Piece) -> list[int]:
    """The words in small letters that were never seen with a neighbour of theirs, where only spaces part them."""
    unseen = set(piece.pairs_with(Trait.UNSEEN))
    if not unseen:
        return []
    words, written = piece.plain, piece.written
    last = len(words) - 1
    ids = model.official().ids
    found = []
    for index in sorted({index for place in unseen for index in (place, place + 1)}):
        if words[index] not in ids or not written[index].islower():
            continue
        if index and index - 1 not in unseen and piece.is_joined(index - 1):
            continue
        if index != last and index not in unseen and piece.is_joined(index):
            continue
        found.append(index)
    return found


_Row = tuple[str, str, str, str, str]


def _around(piece: Piece, index: int) -> _Row | None:
    """A word with the two before and the two after it, as the model knows them; None for one that cannot be judged."""
    spans = piece.spans
    start, end = spans[max(index - 2, 0)][0], spans[min(index + 2, len(spans) - 1)][1]
    own = spans[index][0] - start
    near = model.placed(piece.text[start:end])
    at = next((number for number, one in enumerate(near) if one[1] == own), None)
    if at is None:
        return None
    texts = [model.EDGE, model.EDGE, *(one[0] for one in near), model.EDGE, model.EDGE]
    row = (texts[at], texts[at + 1], texts[at + 2], texts[at + 3], texts[at + 4])
    ids = model.official().ids
    beside = [one for one in (row[1], row[3]) if one not in _CLASSES]
    judged = row[2] not in _CLASSES and row[2] not in slips.LOOSE and row[2] in ids
    return row if judged and beside and all(one in ids for one in beside) else None


def _is_beside_name(piece: Piece, index: int) -> bool:
    near = [at for at in (index - 1, index + 1) if 0 <= at < len(piece.written)]
    return any(piece.written[at][0].isupper() and piece.is_joined(min(at, index)) for at in near)


def _better(row: _Row, tables: model.Model) -> str | None:
    """The word that fits far better; None when none does."""
    numbers = [tables.number(word) for word in row]
    before, word, after = row[1:4]
    sides = 2 - (before in _CLASSES) - (after in _CLASSES)
    best, least = None, _cost(numbers, numbers[2], tables) - _GAIN[sides] * model.UNIT
    for candidate in _confusable(word):
        fits = (before in _CLASSES or is_pair(before, candidate)) and (
            after in _CLASSES or is_pair(candidate, after)
        )
        if fits and (cost := _cost(numbers, tables.ids[candidate], tables)) < least:
            best, least = candidate, cost
    return best


def _cost(numbers: Sequence[int], number: int, tables: model.Model) -> int:
    row = [*numbers[:2], number, *numbers[3:]]
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
