"""Words that exist and were not meant, told by the words around them and three-word statistics of official text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, compress, count, islice
from operator import itemgetter

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.chunks import (
    ANY_NUMBER,
    BEGINS_WITH_SIGN,
    COMMA,
    STOP,
    TOKEN,
    plain,
    tokens_in,
)
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.kept import Kept
from dinhlang.vietnamese import model, syllable
from dinhlang.vietnamese.text import fold

_WRITTEN = (*PROSE, Part.HEADING, Part.SUBJECT, Part.CELL)
_FREQUENT = 60
# They stand beside anything, so one neighbour proves nothing.
_LOOSE = frozenset(
    [
        "của",
        "và",
        "có",
        "được",
        "tại",
        "trong",
        "cho",
        "là",
        "với",
        "về",
        "theo",
        "trên",
        "để",
        "từ",
        "đến",
        "các",
        "những",
        "hoặc",
        "khi",
        "do",
        "bằng",
        "này",
        "đó",
        "cùng",
        "xã",
        "phường",
        "thị",
        "quận",
        "huyện",
        "tỉnh",
        "thành",
        "thôn",
        "tổ",
        "khu",
    ]
)
# Both are written.
_SAME = {"hàng": ("hằng",), "hằng": ("hàng",), "khoảng": ("khoản",), "tại": ("tải",), "cách": ("các",)}
# How much likelier the other word must be where it stands, in natural logarithms. Measured on documents that were kept
# aside when the words were counted: from here on about one word in ten thousand is taken for a slip, half of them rightly.
_GAIN = 9.5
_GAIN_BESIDE_SIGN = 8.5
_GAIN_OF_STRANGE = 24.0
# Of communes, which laws seldom speak of; and words that are written beside anything.
_OWN_WORDS = frozenset(
    [
        "uống",
        "bảng",
        "đời",
        "cũ",
        "chợ",
        "quán",
        "trọ",
        "đoàn",
        "mời",
        "phường",
        "ấp",
        "quận",
        "xóm",
        "buôn",
        "bản",
        "khóm",
        "thôn",
        "tổ",
        "khu",
        "phố",
        "làng",
        "đội",
        "đàn",
        "lợn",
        "gà",
        "trâu",
        "bò",
        "mái",
        "lúa",
        "ngô",
        "rau",
        "đò",
        "đảo",
        "thí",
        "dụ",
        "mẫu",
        "thử",
    ]
)


@rule(
    "DL419",
    FindingKind.SPELLING,
    Severity.WARNING,
    "Chữ có nghĩa nhưng không hợp với các chữ xung quanh",
    bad=[
        said("Tổ chức phát thanh chuyên mục vào thứ Tư hằng tuân."),
        said("Kết quả đánh gia xếp loại công chức."),
        said("Tham mưu Ủy ban nhân dân ban hanh kế hoạch."),
        said("CÁC NHIỆM VỤ CẢI CÁCH HÀNH CHINH NĂM 2023"),
        said("Các đơn vị sư nghiệp công lập của xã."),
        said("Nội dung tuyên truyên."),
        said("Hạ tầng cơ sở vất chất được đầu tư."),
        said("Kế hoạch số 12/KH-UBND ngày 30 tháng 01 nam 2023 của UBND xã."),
        said("Bố trí đủ nhân lực chong trường hợp cần thiết."),
        said("Kinh phí bảo đảm từ nguồn chi thường xuyên, chong đó ngân sách xã 20 triệu đồng."),
    ],
    good=[
        said("Các đơn vị có trách nhiệm thực hiện nghiêm túc."),
        said("Phân công 05 công chức làm đầu mối (03 nam, 02 nữ)."),
        said("Ông Nguyễn Văn Nhân ghi nhận ý kiến của cử tri thôn Đông Hồ."),
        said("Trồng sầu riêng, mắc ca; nuôi cá chẽm; chợ nổi, ghe xuồng."),
        said("Bộ phận phối hợp: các thôn; kết thúc hành trình; tập quán có hại."),
        said("Ông Lê Văn Chinh, bà Hành Chinh; Phòng Nội vụ quận."),
        said("Hướng dẫn người dân dùng dịch vụ công trực tuyến; nhân dân dùng dịch vụ bưu chính công ích."),
        said("Trưởng ban nhân dân các ấp; người dân các ấp, khóm, khu phố của phường."),
    ],
)
def unlikely_word(case: Case) -> Iterator[Hit]:
    """A word that another easily taken for it would fit far better, beside words and numbers on either side.

    Names are left alone: capitals, and what stands beside them.
    """
    for piece, at, found in _unfit(case.of(*_WRITTEN)):
        index = _word_at(piece, at)
        if not _is_beside_name(piece, index) and not _is_of_men(piece, index):
            written = piece.written[index]
            better = found.upper() if written.isupper() else found
            yield Hit(
                piece,
                *piece.spans[index],
                f"“{written}” có lẽ viết nhầm: “{better}” hợp với câu này hơn.",
                better,
            )


_STOPS = re.compile(r"[.;:!?…]")


def _unfit(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, int, str]]:
    """The tokens for which another word fits far better: the piece, the place among its tokens, and that word.

    All pieces are looked through in one row, two edges before and after each.
    """
    row = [*chain.from_iterable([(*_EDGES, *_tokens_of(piece)) for piece in pieces]), *_EDGES]
    # For most words none that is easily taken for them was ever seen beside their neighbours.
    for at in compress(count(1), map(_MAY_FIT.__getitem__, zip(row, row[1:], row[2:], strict=False))):
        better = _BETTER[tuple(row[at - 2 : at + 3])]
        if better is not None:
            yield *_place(pieces, row, at), better


_EDGE = ""
_EDGES = (_EDGE, _EDGE)
_tokens = itemgetter(2)


def _tokens_of(piece: Piece) -> list[str]:
    """The tokens of a piece, without a sign at its end; of a text all in capitals in small letters."""
    # Signs with spaces between them are one.
    if piece.kinds & BEGINS_WITH_SIGN.bits and _SIGNS_APART.search(piece.text):
        tokens = tokens_in(piece.text)
    else:
        tokens = list(chain.from_iterable(map(_tokens, piece.chunks)))
    if tokens and tokens[-1] in (STOP, COMMA):
        tokens.pop()
    return [token.lower() for token in tokens] if piece.text.isupper() else tokens


_SIGNS_APART = re.compile(r"\s(?<=[^\w\s]\s|_\s)\s*(?:[^\w\s]|_)")


def _place(pieces: Sequence[Piece], row: Sequence[str], at: int) -> tuple[Piece, int]:
    """The piece in which a token of the row lies, and its place there."""
    before = row[:at]
    number = before.count(_EDGE) // len(_EDGES) - 1
    return pieces[number], before[::-1].index(_EDGE)


def _word_at(piece: Piece, at: int) -> int:
    """Which word of a piece begins the token at a place."""
    token = next(islice(TOKEN.finditer(piece.text), at, None))
    return bisect_left(piece.spans, token.span(1))


def _number_of(token: str) -> int:
    """The number of a token in the model."""
    ids = model.official().ids
    if sign := _CLASSES.get(token):
        return ids[sign]
    found = ids.get(plain(token))
    return found if found is not None else model.official().number(model.word_of(token))


_CLASSES = {_EDGE: model.EDGE, ANY_NUMBER: model.NUMBER, STOP: model.STOP, COMMA: model.COMMA}
_NUMBERS = Kept(_number_of)


def _is_judged(token: str) -> bool:
    """Whether it is a word in small letters for which another may be taken."""
    return (
        len(token) > 1
        and token.islower()
        and token not in _OWN_WORDS
        and syllable.is_syllable(token)
        and bool(_confusable(plain(token)))
    )


def _may_fit(beside: tuple[str, str, str]) -> bool:
    """Whether some word easily taken for the one in the middle was seen with what stands beside it."""
    before, written, after = beside
    return _is_judged(written) and bool(_has_fit(_NUMBERS[before], plain(written), _NUMBERS[after]))


@lru_cache(maxsize=1 << 17)
def _has_fit(before: int, word: str, after: int) -> tuple[int, ...]:
    """The words easily taken for `word` that were seen with what stands on both sides of it."""
    tables = model.official()
    classes = _classes()
    following = tables.after_one(before)[0]
    is_free, is_last = before in classes, after in classes
    number = tables.ids.get(word)
    own = (
        (number in following, after in tables.after_one(number)[0]) if number is not None else (False, False)
    )
    return tuple([one for one in _confusable(word) if _suits(one, following, after, is_free, is_last, own)])


def _suits(
    one: int, following: Mapping[int, int], after: int, is_free: bool, is_last: bool, own: tuple[bool, bool]
) -> bool:
    """Whether a word was seen with what stands beside it, on both sides, or on one where the written word was on none."""
    left = is_free or one in following
    right = is_last or after in model.official().after_one(one)[0]
    return (left and right) or (not (is_free or is_last or any(own)) and (left or right))


@cache
def _classes() -> frozenset[int]:
    ids = model.official().ids
    return frozenset(ids[name] for name in model.CLASSES)


def _better(place: tuple[str, ...]) -> str | None:
    """The word that fits far better in the middle of five than the one that is written there; None when none does."""
    row = [_NUMBERS[token] for token in place]
    word = plain(place[2])
    before, middle, after = row[1:4]
    tables = model.official()
    classes = _classes()
    strange = middle in classes
    if before in classes and after in classes and ANY_NUMBER not in (place[1], place[3]):
        return None
    fitting = _has_fit(before, word, after)
    if not fitting or (word in _LOOSE and middle in tables.after_one(before)[0]):
        return None
    gain = (
        _GAIN_OF_STRANGE if strange else _GAIN_BESIDE_SIGN if before in classes or after in classes else _GAIN
    )
    least = _cost(row, middle, tables) - gain * model.UNIT
    if strange:
        least += model.UNSEEN
    # No cost is below zero: most words stand so well where they are that no other can be so much likelier.
    furthest = least + _LOST * model.UNIT
    if furthest <= 0:
        return None
    best = None
    for one in fitting:
        if tables.cost(row[0], before, one) >= furthest or tables.words[one] in _SAME.get(word, ()):
            continue
        if _is_of_another_sense(one, after, row[4], tables):
            continue
        lost = _LOST * model.UNIT if not strange and _has_lost(word, tables.words[one]) else 0
        if (cost := _cost(row, one, tables) - lost) < least:
            best, least = one, cost
    return tables.words[best] if best is not None else None


# -ln of a half, in units of the model.
_USUALLY = 8


def _is_of_another_sense(one: int, after: int, beyond: int, tables: model.Model) -> bool:
    """Whether a word stands well before the next only where that says something else: 'vùng dịch' is of a disease, and before 'vụ'
    the next word belongs to that."""
    if tables.after_one(after)[0].get(beyond, model.MOST) > _USUALLY or beyond in _classes():
        return False
    seen = tables.after_two(one, after)
    return seen is not None and beyond not in seen[0]


# Offices repeat their words and phrases.
_MAY_FIT = Kept(_may_fit)
_BETTER = Kept(_better)
# A mark left out is the commonest slip of all.
_LOST = 2.0


@lru_cache(maxsize=8192)
def _has_lost(word: str, other: str) -> bool:
    """Whether the one is the other without a mark of its."""
    return fold(word) == fold(other) and len(_marks(word)) < len(_marks(other))


def _cost(row: Sequence[int], number: int, tables: model.Model) -> int:
    cost = tables.cost
    return cost(row[0], row[1], number) + cost(row[1], number, row[3]) + cost(number, row[3], row[4])


def _is_beside_name(piece: Piece, index: int) -> bool:
    near = [at for at in (index - 1, index + 1) if 0 <= at < len(piece.written)]
    return any(_is_name(piece, at) and piece.is_joined(min(at, index)) for at in near)


def _is_of_men(piece: Piece, index: int) -> bool:
    """'03 nam, 02 nữ', which no year is meant by."""
    return piece.plain[index] == "nam" and "nữ" in piece.plain


def _is_name(piece: Piece, at: int) -> bool:
    """Whether a word has a capital that no beginning of a sentence gives it."""
    word = piece.written[at]
    if not word[0].isupper() or word.isupper():
        return False
    between = piece.text[piece.spans[at - 1][1] : piece.spans[at][0]] if at else "."
    return not _STOPS.search(between)


@cache
def _by_letters() -> dict[str, list[str]]:
    """The frequent words by their bare letters."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in model.official().words:
        if word.islower() and syllable.frequency(word) >= _FREQUENT:
            found[fold(word)].append(word)
    return found


_ALIKE = ("sx", "ct", "dr", "ln", "nm", "iy", "ck", "dg", "gr", "dv", "bp")
# Beginnings and ends that sound alike somewhere in the country, or that a finger leaves out.
_BEGINNINGS = (
    ("tr", "ch"),
    ("gi", "d"),
    ("gi", "r"),
    ("d", "r"),
    ("s", "x"),
    ("l", "n"),
    ("v", "d"),
    ("kh", "k"),
    ("ngh", "ng"),
    ("gh", "g"),
    ("h", "qu"),
)
_ENDS = (("ng", "n"), ("c", "t"), ("nh", "n"), ("ch", "t"), ("nh", "ng"), ("m", "n"))


@lru_cache(maxsize=8192)
def _confusable(word: str) -> tuple[int, ...]:
    """Frequent words that are easily written for one: other marks, a beginning or an end that sounds alike, one letter
    more or less."""
    bare, marks = fold(word), _marks(word)
    found = [one for one in _by_letters().get(bare, ()) if one != word and _is_one_mark(word, one)]
    for letters in (*_neighbours(bare), *_sounding_alike(bare)):
        found += [one for one in _by_letters().get(letters, ()) if _marks(one) == marks]
    ids = model.official().ids
    return tuple(dict.fromkeys(ids[one] for one in found))


def _is_one_mark(word: str, other: str) -> bool:
    """Whether one mark was left out, put in or taken for another; two at once are another word, unless all were left out."""
    own, their = set(_marks(word)), set(_marks(other))
    return own < their or max(len(own - their), len(their - own)) < 2


def _sounding_alike(bare: str) -> Iterator[str]:
    for pairs, is_end in ((_BEGINNINGS, False), (_ENDS, True)):
        for pair in pairs:
            for one, other in (pair, pair[::-1]):
                if is_end and bare.endswith(one):
                    yield bare[: -len(one)] + other
                elif not is_end and bare.startswith(one):
                    yield other + bare[len(one) :]


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
