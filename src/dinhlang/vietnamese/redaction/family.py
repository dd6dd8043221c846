"""Names by their family name, in capitals or small, with marks or without; and those of peoples who have none."""

from __future__ import annotations

import re
from itertools import pairwise

from dinhlang.vietnamese.redaction import words
from dinhlang.vietnamese.redaction.given import BARE_MIDDLE, MIDDLE
from dinhlang.vietnamese.redaction.line import Line, Token, bare
from dinhlang.vietnamese.redaction.naming import MOST_WORDS, SURE_MIDDLES, capitals, is_given, is_middle
from dinhlang.vietnamese.redaction.pairs import is_common

CUES = re.compile(rf"(?<![^\W_])(?:{words.CUES})")
_OFTEN_CALLED = re.compile(rf"(?<![^\W_])(?:{words.OFTEN_CALLED})")
_CAPITAL_MIDDLES = SURE_MIDDLES | frozenset(("a", "seo", "páo", "láo", "mí", "sóc"))
_MISTYPED_NOT = frozenset(("vẫn", "vận", "vấn", "thì", "thi", "van", "vạn"))
_APOSTROPHE = re.compile(r"[HKY]['’‘`][^\W\d_]+")


def by_family_name(line: Line, place: int, before: str) -> int:
    token = line.tokens[place]
    if token.has_capital and not line.is_shouted:
        return _capital_name(line, place, before)
    return _small_name(line, place)


def _capital_name(line: Line, place: int, before: str) -> int:
    """'Nguyễn Văn An', 'NGUYỄN VĂN AN', 'Trần Phú': where it ends, or 0 when it does not begin like a name."""
    tokens = line.tokens
    first = tokens[place]
    until = capitals(line, place, MOST_WORDS)
    if until - place < 2:
        return _mixed_name(line, place)
    second = tokens[place + 1]
    sure = second.small in _CAPITAL_MIDDLES and until - place > 2
    is_alike = len({one.is_shouted for one in tokens[place:until] if len(one.text) > 1}) <= 1
    if not is_alike:
        return 0
    if first.small not in words.SURNAMES:
        if (
            second.small in ("văn", "thị")
            and until - place > 2
            and tokens[place + 2].small not in words.NOT_AFTER_MIDDLE
        ):
            return until
        is_whole = until - place in (3, 4) and second.bare in words.BARE_LIKELY_MIDDLE and line.is_bare
        known_bare = (
            first.bare in words.BARE_SURNAMES
            or (first.bare in words.BARE_FAMILY and (is_whole or (sure and first.is_shouted)))
        ) and (sure or (until - place > 2 and all(one.small == one.bare for one in tokens[place:until])))
        if not known_bare:
            return 0
    is_cued = bool(CUES.search(bare(before)))
    likely = is_cued or bool(_OFTEN_CALLED.search(bare(before)))
    name = [one.bare for one in tokens[place:until]]
    if not is_cued and any(" ".join(name[:length]) in words.PLACES for length in (2, 3)):
        return 0
    if first.is_shouted and not sure and not (likely and until - place > 2):
        return 0
    following = tokens[until] if until < len(tokens) else None
    if until - place == 2 and first.small in words.DOUBTFUL and is_common(line, second, following):
        # 'Đoàn Thanh niên'
        return 0
    if (
        first.small in words.DOUBTFUL
        and not likely
        and not sure
        and not _looks_like_a_name(line, place, until)
    ):
        return 0
    return until


def _looks_like_a_name(line: Line, place: int, until: int) -> bool:
    """A family name that also begins places counts with a middle and a given name after it, at the begin of a run."""
    tokens = line.tokens
    if not 3 <= until - place <= 4:
        return False
    if place and tokens[place - 1].has_capital and line.joined(tokens[place - 1], tokens[place]):
        return False
    return all(is_middle(line, one) for one in tokens[place + 1 : until])


def _mixed_name(line: Line, place: int) -> int:
    """'Lê thị Hoa', 'Nguyễn văn an': capitals here and there."""
    tokens = line.tokens
    if tokens[place].small not in words.SURNAMES and tokens[place].bare not in words.SURE_BARE:
        return 0
    before = tokens[place - 1] if place else None
    if (
        before is not None
        and before.has_capital
        and line.joined(before, tokens[place])
        and before.small not in words.CALLED
        and (place + 1 < len(tokens) and tokens[place + 1].small not in SURE_MIDDLES)
    ):
        # 'trường mầm non Hoa Mai thu tiền': the end of another name.
        return 0
    return _small_name(line, place)


def _small_name(line: Line, place: int) -> int:
    """'nguyễn thị lan', 'nguyen van a', 'đỗ minh hằng': where it ends, or 0."""
    row = line.tokens[place : place + 3]
    if (
        len(row) < 3
        or not row[2].is_word
        or not line.joined(row[0], row[1])
        or not line.joined(row[1], row[2])
    ):
        return 0
    first, second, third = row
    if (
        first.small == first.text
        and (second.has_capital or _is_a_place(first, second))
        and not line.is_shouted
    ):
        return 0
    is_bare = first.small == first.bare
    has_marks = first.small in words.MORE_SURNAMES | words.SURE_SURNAMES and not (is_bare and line.is_bare)
    if not has_marks and not (is_bare and first.bare in words.BARE_FAMILY):
        return 0
    before = line.tokens[place - 1] if place else None
    if first.bare == "pham" and before is not None and before.bare in ("vi", "xam", "tai", "toi"):
        # 'vi phạm quy định'
        return 0
    if third.small in words.NOT_AFTER_MIDDLE or (
        first.bare not in ("nguyen", "tran", "pham") and _is_torn(line, place)
    ):
        return 0
    is_name = _is_small_with_marks(line, row) if has_marks else _is_small_and_bare(line, row)
    return _one_more(line, place + 3) if is_name else 0


def _is_a_place(first: Token, second: Token) -> bool:
    """'duong nguyen van linh': a road, and no family name before another."""
    return first.bare in ("duong", "doan", "ho", "cau", "to") and second.bare in words.SURE_BARE


def goes_on(line: Line, at: int) -> bool:
    """Whether a word belongs to the one after it rather than to the name before: 'anh hùng | công an'."""
    if at + 1 >= len(line.tokens):
        return False
    word, following = line.tokens[at], line.tokens[at + 1]
    return f"{word.bare} {following.bare}" in words.TWO_WORDS or is_common(line, word, following)


def _is_torn(line: Line, place: int) -> bool:
    """Whether two words that belong together would be parted, or taken for a name: 'dịch vụ công trực tuyến'."""
    tokens = line.tokens
    row = [tokens[place - 1] if place else None, *tokens[place : place + 4]]
    pairs = list(pairwise(row))
    if tokens[place + 1].small in SURE_MIDDLES:
        pairs = pairs[3:]
    return any(is_common(line, left, right) for left, right in pairs)


def _is_small_with_marks(line: Line, row: list[Token]) -> bool:
    first, second, third = row
    if second.small in ("văn", "thị") or (
        second.small in SURE_MIDDLES and first.small in words.SURE_SURNAMES
    ):
        return True
    if second.bare in SURE_MIDDLES:
        return (
            first.small in words.SURE_SURNAMES and second.small not in _MISTYPED_NOT and is_given(line, third)
        )
    if f"{first.small} {second.small}" in words.NOT_FAMILY or third.small in words.COMMON:
        return False
    if first.small in words.SURE_SURNAMES:
        return is_middle(line, second) and is_given(line, third)
    return second.small in MIDDLE and is_given(line, third)


def _is_small_and_bare(line: Line, row: list[Token]) -> bool:
    first, second, third = row
    if first.bare == "ho" and not CUES.search(line.before(first.start)):
        return False
    pair = f"{second.bare} {third.bare}"
    if (
        pair in words.BARE_NOT_NAMED
        or pair in words.TWO_WORDS
        or f"{first.bare} {second.bare}" in words.TWO_WORDS
    ):
        return False
    if second.small in SURE_MIDDLES:
        is_given_or_kept = is_given(line, third) or len(third.text) == 1 or third.has_capital
        return is_given_or_kept and (len(third.text) == 1 or third.bare not in words.BARE_NOT_LAST)
    if not is_given(line, third) or second.bare not in BARE_MIDDLE:
        return False
    if first.bare in words.SURE_BARE and first.bare not in words.DOUBTFUL_BARE:
        return True
    is_likely = second.bare in words.BARE_LIKELY_MIDDLE and third.bare not in words.BARE_NOT_LAST
    return is_likely and not (line.tokens and _goes_before(line, row[0]))


_BEFORE_NO_NAME = re.compile(
    r"(?<![^\W_])(?:rat|qua|bi|khong|chua|duoc|cang|cung|hay|se|dang|tu|de|su|cac|nhung|moi|mot|tren|trong)\s+$"
)


def _goes_before(line: Line, first: Token) -> bool:
    """Whether the word before speaks against a name: 'rất cao', 'không do'."""
    return bool(_BEFORE_NO_NAME.search(line.before(first.start, 8)))


def _one_more(line: Line, until: int) -> int:
    """The end of a name, with one more given name where there is one."""
    if until >= len(line.tokens):
        return until
    token = line.tokens[until]
    is_common_word = token.small in words.COMMON or (line.is_bare and token.bare in words.BARE_COMMON)
    is_more = line.joined(line.tokens[until - 1], token) and is_given(line, token)
    return until + (is_more and not is_common_word and not goes_on(line, until))


def full_name(line: Line, at: int) -> int:
    """Where a full name written small ends, for a word that surely calls somebody before it."""
    tokens = line.tokens
    if tokens[at].has_capital and not line.is_shouted:
        return 0
    if tokens[at].small not in words.SURNAMES and not (line.is_bare and tokens[at].bare in words.BARE_FAMILY):
        return 0
    until = at + 1
    while (
        until < len(tokens)
        and until - at < 4
        and line.joined(tokens[until - 1], tokens[until])
        and (is_middle(line, tokens[until]) or (until - at == 2 and len(tokens[until].text) == 1))
        and not (until - at >= 3 and (tokens[until].small in words.COMMON or goes_on(line, until)))
    ):
        until += 1
    return until if until - at >= 2 else 0


def of_a_people(line: Line, place: int) -> int:
    """'H'Nhung Niê', 'Y Blơk', 'A Lử', 'Ka Brơi', 'Rơ Châm Hlơi'; 0 when it is none of them."""
    tokens = line.tokens
    first = tokens[place]
    if _APOSTROPHE.fullmatch(first.text):
        return capitals(line, place, 4)
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if (
        following is None
        or not following.has_capital
        or not line.joined(first, following)
        or following.is_shouted
    ):
        return 0
    if (
        first.text in ("Y", "A", "K", "H")
        and f"{first.bare} {following.bare}" not in words.NOT_OF_A_PEOPLE
        and len(following.text) > 1
    ):
        return capitals(line, place, 4)
    before = tokens[place - 1] if place else None
    if f"{first.bare} {following.bare}" in words.PLACES or (first.small == "chau" and line.is_bare):
        return 0
    if (
        before is not None
        and before.has_capital
        and line.joined(before, first)
        and before.small not in words.CALLED
        and place > 1
    ):
        # 'khu di tích Tây Sơn Tam Kiệt': the end of another name.
        return 0
    if first.small in words.OF_PEOPLES and first.has_capital:
        return capitals(line, place, 5)
    return 0
