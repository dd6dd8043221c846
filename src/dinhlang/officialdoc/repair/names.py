"""Which restored words are proper names: nothing in the language decides what a person or a village is called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dinhlang.officialdoc.repair.tokens import Sort, Token
from dinhlang.vietnamese.surnames import SURNAMES
from dinhlang.vietnamese.text import fold, house_style, nfc

# What follows one of these with a capital letter is a name.
_BEFORE_TABLE = """
    xã phường trấn huyện quận tỉnh phố khu thôn ấp bản xóm buôn làng tổ đường ngõ ông bà anh chị chí hộ tên
"""
_BEFORE_NAMES = frozenset(_BEFORE_TABLE.split())
# Bodies, posts and papers: 'Bộ Nội vụ', 'Hội Nông dân', 'Luật Đất đai' are no names of people or places.
_BODIES_TABLE = """
    bộ sở phòng ban hội đoàn đảng luật nghị quyết trung chi tổng cục ủy mặt văn nhà chính quốc cơ trang cổng ngày đội
    trạm trường trưởng phó chủ bí thường thông kế báo chương công tòa viện thanh phụ liên cộng độc lập tự do hạnh phúc
    kho căn thực kính nơi lưu số điều khoản điểm mục quyền nữ nông cựu
"""
_OF_BODIES = frozenset(_BODIES_TABLE.split())
_NOT_AFTER_UNIT_IN_CAPITALS = frozenset({"hội", "ủy", "viên", "trấn", "phố", "thị"})
_LONGEST = 4
# The country, its founder, and the provinces and cities before and after July 2025. They are believed where only marks
# were lost: 'Hai Duong' is Hải Dương, but 'Hai Duone' may be anything.
_NATIONAL_TABLE = """
    việt nam, hồ chí minh, đông nam á, hà nội, huế, quảng ninh, cao bằng, lạng sơn, lai châu, điện biên, sơn la, thanh hóa,
    nghệ an, hà tĩnh, tuyên quang, lào cai, thái nguyên, phú thọ, bắc ninh, hưng yên, hải phòng, ninh bình, quảng trị,
    đà nẵng, quảng ngãi, gia lai, khánh hòa, lâm đồng, đắk lắk, đồng nai, tây ninh, cần thơ, vĩnh long, đồng tháp, cà mau,
    an giang, hà giang, bắc kạn, yên bái, hòa bình, bắc giang, vĩnh phúc, hải dương, thái bình, hà nam, nam định,
    quảng bình, thừa thiên huế, quảng nam, bình định, phú yên, ninh thuận, bình thuận, kon tum, đắk nông, bình phước,
    bình dương, bà rịa, vũng tàu, long an, tiền giang, bến tre, trà vinh, hậu giang, sóc trăng, bạc liêu, kiên giang
"""
_NATIONAL = frozenset(" ".join(name.split()) for name in _NATIONAL_TABLE.split(","))


def phrases_of(text: str) -> frozenset[str]:
    """The names in sound text: runs of words with capitals, in lower case and the house style."""
    from dinhlang.officialdoc.repair.tokens import tokens_of

    tokens = list(tokens_of(nfc(text)))
    words = [token.text for token in tokens]
    return frozenset(phrase_of(words[first:last]) for first, last in names_in(tokens, words))


def phrase_of(words: Iterable[str]) -> str:
    return house_style(" ".join(words).lower())


def is_national(read: Sequence[str], restored: Sequence[str]) -> bool:
    """Whether a name that everybody knows was restored by its marks alone."""
    return phrase_of(restored) in _NATIONAL and [fold(word) for word in read] == [
        fold(word) for word in restored
    ]


def names_in(tokens: Sequence[Token], words: Sequence[str]) -> list[tuple[int, int]]:
    """First and after-last index of each name. `words` are the tokens' texts as restored."""
    found = []
    at = 0
    while at < len(words):
        last = at
        while (
            last < len(words)
            and _has_capital(tokens[last], words[last])
            and (last == at or _joined(tokens, last))
        ):
            last += 1
        if last > at:
            found += _of_run(tokens, words, at, last)
        at = max(last, at + 1)
    return found


def _of_run(tokens: Sequence[Token], words: Sequence[str], first: int, last: int) -> list[tuple[int, int]]:
    """The name within a run of words with capitals, if there is one."""
    after_unit = first > 0 and words[first - 1].lower() in _BEFORE_NAMES and _joined(tokens, first)
    if words[first].isupper() and len(words[first]) > 1:
        return _in_capitals(words, first, last)
    while not after_unit and first < last and words[first].lower() in _OF_BODIES | _BEFORE_NAMES:
        after_unit = words[first].lower() in _BEFORE_NAMES
        first += 1
    if after_unit and first < last:
        return [(first, last)]
    if last - first < 2:
        return []
    begins = first == 0 or words[first - 1] in (".", ":", ";", "-", "+")
    return [] if begins and words[first].lower() not in SURNAMES else [(first, last)]


def _in_capitals(words: Sequence[str], first: int, last: int) -> list[tuple[int, int]]:
    """In a line of capitals only what stands after the kind of a unit is known to be a name."""
    for at in range(first, last - 1):
        if (
            words[at].lower() in _BEFORE_NAMES
            and words[at + 1].lower() not in _NOT_AFTER_UNIT_IN_CAPITALS
            and last - at - 1 <= _LONGEST
        ):
            return [(at + 1, last)]
    return []


def _has_capital(token: Token, word: str) -> bool:
    return token.sort is Sort.WORD and word[:1].isupper()


def _joined(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].start - tokens[at - 1].end == 1
