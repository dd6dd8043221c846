"""The words by which an official document is recognised, matched on folded text.

Folding here keeps the length of the text, so that a match in the folded text points into the text itself.
Text that an image reader took for English ("Két qua", "nim 2022", "x3") has lost its vowels but kept most
consonants: a pattern for such text lets the vowels of a word be anything short.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dinhlang.officialdoc.model import Kind

VOWELS = frozenset("aeiouy")


class _Folded(dict[int, int]):
    """A table for `str.translate` that fills itself: each character to its bare lower-case letter."""

    def __missing__(self, code: int) -> int:
        character = chr(code)
        bare = unicodedata.normalize("NFD", character.lower())[:1]
        if bare in ("đ", "–", "—", "‑", "−"):
            bare = "d" if bare == "đ" else "-"
        found = ord(bare or character)
        self[code] = found
        return found


_TABLE = _Folded()


def fold(text: str) -> str:
    """`text` in lower case, without marks, đ as d, every dash as '-'; as long as it was (NFC in)."""
    if len(text) > _LONG and (quick := _fold_quickly(text)) is not None:
        return quick
    return text.translate(_TABLE)


_LONG = 400
# Frequent in official text and not ASCII: they step aside as control characters while the rest that is not is thrown away.
_STAND_INS = [(sign, chr(0x0E + number)) for number, sign in enumerate("“”…’‘•²³°×≥≤→½")]


def _fold_quickly(text: str) -> str | None:
    """The same for long text, in half the time; None for text with rarer characters."""
    bare = text.lower().replace("đ", "d")
    for dash in "–—‑−":
        bare = bare.replace(dash, "-")
    stepped_aside = []
    for sign, stand_in in _STAND_INS:
        if sign in bare:
            if stand_in in bare:
                return None
            bare = bare.replace(sign, stand_in)
            stepped_aside.append((stand_in, sign))
    kept = unicodedata.normalize("NFD", bare).encode("ascii", "ignore")
    # No character decomposes into more than one of ASCII: as many as there were are the first of each.
    if len(kept) != len(text):
        return None
    folded = kept.decode("ascii")
    for stand_in, sign in stepped_aside:
        folded = folded.replace(stand_in, sign)
    return folded


def _loose(word: str) -> str:
    """A pattern for a word whose vowels were misread."""
    pattern = ""
    for part in re.findall(r"[aeiouy]+|[^aeiouy]", fold(word)):
        if part[0] in VOWELS:
            pattern += rf"[^\s.,;:/()-]{{1,{len(part) + 2}}}"
        elif part == "d":
            pattern += "[dp]"
        elif part == " ":
            pattern += r"\s+"
        else:
            pattern += re.escape(part)
    return pattern


# Words so short that the loose pattern above would miss what is really found ('s 49', 'ctia', 'x3', 'd ban hành').
_LOOSE_WORDS = {
    "số": r"s[^\s\d.,;:/]?\d?",
    "của": r"c[^\s.,;:/]{0,3}a",
    "về": r"v[^\s.,;:/]{1,2}",
    "đã": r"[dp][^\s.,;:/]{0,2}",
    "xã": r"x[^\s.,;:/]{1,2}",
    "UBND": r"ubnd",
}


@lru_cache(maxsize=512)
def pattern(template: str, damaged: bool = False) -> re.Pattern[str]:
    """Compile a pattern for folded text, in which `«ngày tháng»` stands for those words.

    With `damaged` the words are matched by their consonants.
    """

    def word(found: re.Match[str]) -> str:
        if not damaged:
            return re.escape(fold(found[1])).replace(r"\ ", r"\s+")
        return _LOOSE_WORDS.get(found[1]) or _loose(found[1])

    return re.compile(re.sub("«([^»]+)»", word, template))


KINDS: dict[str, Kind] = {
    "báo cáo": Kind.REPORT,
    "kế hoạch": Kind.PLAN,
    "quyết định": Kind.DECISION,
    "thông báo": Kind.NOTICE,
    "công văn": Kind.LETTER,
    "tờ trình": Kind.SUBMISSION,
    "nghị quyết": Kind.RESOLUTION,
    "chỉ thị": Kind.DIRECTIVE,
    "hướng dẫn": Kind.GUIDANCE,
    "chương trình": Kind.PROGRAMME,
    "quy chế": Kind.REGULATION,
    "biên bản": Kind.MINUTES,
}
"""The kinds by their names (NĐ 30/2020/NĐ-CP, art. 7)."""

OTHER_KINDS = ("nghị định", "thông tư liên tịch", "thông tư", "công điện", "đề án", "phương án", "thông cáo", "dự án",
               "quy định", "kết luận", "bộ luật", "luật", "pháp lệnh", "lệnh", "hiến pháp", "giấy mời")  # fmt: skip
"""Kinds that are cited, or stand as a title, but have no name of their own in the model."""

TITLES = ("giấy giới thiệu", "giấy ủy quyền", "giấy nghỉ phép", "giấy xác nhận", "phiếu gửi", "phiếu chuyển", "phiếu báo", "phiếu trình",
          "bản ghi nhớ", "bản thỏa thuận", "thư công", "thư mời", "thư ngỏ", "lịch công tác", "nội quy", "quy trình", "lời kêu gọi", "hợp đồng")  # fmt: skip
"""What else stands as a title (NĐ 30/2020/NĐ-CP, art. 7, and habit); nobody cites them by these names."""

LETTER = "văn bản"
"""Another name of a letter, where one is cited."""

SYMBOLS: dict[str, Kind] = {
    "BC": Kind.REPORT,
    "KH": Kind.PLAN,
    "QĐ": Kind.DECISION,
    "TB": Kind.NOTICE,
    "TTR": Kind.SUBMISSION,
    "NQ": Kind.RESOLUTION,
    "CT": Kind.DIRECTIVE,
    "HD": Kind.GUIDANCE,
    "CTR": Kind.PROGRAMME,
    "QC": Kind.REGULATION,
    "BB": Kind.MINUTES,
}
"""The kinds by the first letters of a symbol (NĐ 30/2020/NĐ-CP, Phụ lục III)."""


@lru_cache(maxsize=8)
def kind_names(damaged: bool, *, cited: bool = False) -> str:
    """An alternation of the names of kinds, longest first, as a named group `kind`."""
    names = [*KINDS, *((*OTHER_KINDS, LETTER) if cited else ())]
    names.sort(key=len, reverse=True)
    return "(?P<kind>" + "|".join(pattern(f"«{name}»", damaged).pattern for name in names) + ")"


@lru_cache(maxsize=1 << 10)
def kind_of(name: str, damaged: bool = False) -> Kind:
    """The kind with this folded name; OTHER for a name without a kind of its own."""
    for known, kind in KINDS.items():
        if pattern(f"«{known}»", damaged).fullmatch(name):
            return kind
    # Offices call a letter 'Văn bản số …' as well.
    return Kind.LETTER if pattern(f"«{LETTER}»", damaged).fullmatch(name) else Kind.OTHER


BODY = r"(?:«chủ tịch»\s+)?(?:«UBND»|«Ủy ban nhân dân»|«HĐND»|«Hội đồng nhân dân»)"
"""A commune's, district's or province's body, as a template for `pattern`."""

LEVELS = ("thị trấn", "đặc khu", "phường", "xã", "thành phố", "thị xã", "quận", "huyện", "tỉnh")
LEVEL = "(?:" + "|".join(f"«{level}»" for level in LEVELS) + ")"


def level_of(text: str, damaged: bool = False) -> str | None:
    """The level a folded word names, written well: 'xa' and 'x3' give 'xã'."""
    for level in LEVELS:
        if pattern(f"«{level}»", damaged).fullmatch(text):
            return level
    return None


def is_capitalised(word: str) -> bool:
    """Whether a word begins with a capital, leaving out quotation marks before it."""
    bare = word.lstrip("“\"'‘(")
    return bool(bare) and bare[0].isupper()


def words_after(text: str, at: int, limit: int = 4) -> str:
    """The run of capitalised words that begins at `at`: the name of a place or a person. Empty when none."""
    names: list[str] = []
    for found in re.finditer(r"\S+", text[at : at + 80]):
        word = found[0].rstrip(',;:.)/”"')
        if not is_capitalised(word) or len(names) == limit:
            break
        names.append(word)
        if word != found[0]:
            break
    return " ".join(names)
