"""Names as people write them: of units, and days beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from itertools import chain, count

from django.utils.translation import gettext as _

from dinhlang.org.rules.refusal import Unfit
from dinhlang.vietnamese.text import fold, nfc, one_line

# Longest first: "thị trấn" is no "thị xã", and "thành phố" is often written "TP".
_KINDS = (
    ("to dan pho", "to dan pho"),
    ("khu dan cu", "khu dan cu"),
    ("thanh pho", "thanh pho"),
    ("thi tran", "thi tran"),
    ("dac khu", "dac khu"),
    ("thi xa", "thi xa"),
    ("phuong", "phuong"),
    ("huyen", "huyen"),
    ("quan", "quan"),
    ("tinh", "tinh"),
    ("thon", "thon"),
    ("tp.", "thanh pho"),
    ("tx.", "thi xa"),
    ("tt.", "thi tran"),
    ("tp", "thanh pho"),
    ("xa", "xa"),
)
_AUTHORITIES = ("uy ban nhan dan", "hoi dong nhan dan", "ubnd", "hdnd")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A unit as someone wrote it.

    `folded`: what the folded name may be, the whole text first, then without its kind. `spellings`: the
    same with marks, in lower case. `kind`: the folded kind, if one was written. `above`: units above it.
    """

    folded: tuple[str, ...]
    spellings: tuple[str, ...]
    kind: str | None
    above: tuple[Wanted, ...] = ()


def wanted(text: str) -> Wanted:
    """Read 'UBND xã Nam Trung, huyện Nam Sách' as a name, a kind and the units above it."""
    first, *above = [part for part in (part.strip() for part in nfc(text).split(",")) if part] or [""]
    whole = _without(first, _AUTHORITIES)
    for written, kind in _KINDS:
        rest = _without(whole, (written,))
        if rest != whole and rest:
            return Wanted(
                (folded_name(whole), folded_name(rest)),
                (whole.lower(), rest.lower()),
                kind,
                tuple(wanted(part) for part in above),
            )
    return Wanted((folded_name(whole),), (whole.lower(),), None, tuple(wanted(part) for part in above))


def printed_day(day: date) -> str:
    """A day in a list: 01/7/2025 (a zero for days below 10 and months 1 and 2, as NĐ 30/2020/NĐ-CP writes)."""
    return f"{day.day:02d}/{day.month:0{2 if day.month < 3 else 1}d}/{day.year}"


def folded_name(name: str) -> str:
    """A name as it is compared and stored for search: no marks, lower case, single spaces, plain apostrophes."""
    return " ".join(fold(name).replace("’", "'").split())


def _without(text: str, prefixes: tuple[str, ...]) -> str:
    words = text.split()
    for prefix in prefixes:
        length = len(prefix.split())
        if folded_name(" ".join(words[:length])) == prefix:
            return " ".join(words[length:])
    return " ".join(words)


# --- names that people type -----------------------------------------------------------------------

LONGEST_NAME = 120
USERNAME = re.compile(r"[a-z0-9][a-z0-9.-]{2,39}")
_BESIDE_LETTERS = frozenset(" '’.-–()0123456789")
_OF_A_TITLE = frozenset("/,&:")


def person_name(text: str) -> str:
    """A person's name as it is stored: on one line, nothing invisible, one kind of apostrophe.

    Raises `Unfit` for no name, for a name without two letters, for letters of another script (they look like
    ours and are not found by a search), and for pictures and signs.
    """
    name = one_line(text).replace("’", "'")
    if not name:
        raise Unfit(_("Chưa có họ và tên."), "full_name")
    _check_length(name, "full_name")
    if sum(character.isalpha() for character in name) < 2:
        raise Unfit(_("Họ và tên phải có chữ, ví dụ Nguyễn Văn A."), "full_name")
    _check_characters(name, _BESIDE_LETTERS, "full_name")
    return name


def unit_part_name(text: str) -> str:
    """The name of a hamlet or a department as it is stored. Raises `Unfit`, as `person_name` does."""
    name = one_line(text).replace("’", "'")
    if not any(character.isalnum() for character in name):
        raise Unfit(_("Chưa có tên thôn hoặc bộ phận."), "name")
    _check_length(name, "name")
    _check_characters(name, _BESIDE_LETTERS | _OF_A_TITLE, "name")
    return name


def post_title(text: str) -> str:
    """The title of a post as documents print it ('Chủ tịch Ủy ban nhân dân xã'). Raises `Unfit`."""
    title = one_line(text)
    if not any(character.isalpha() for character in title):
        raise Unfit(_("Chưa có chức danh, ví dụ Công chức văn hóa – xã hội."), "title")
    _check_length(title, "title")
    _check_characters(title, _BESIDE_LETTERS | _OF_A_TITLE, "title")
    return title


def proposed_username(full_name: str, taken: Container[str] = frozenset()) -> str:
    """A user name made of the full name ('Nguyễn Thị Ánh' → nguyen.thi.anh), numbered when it is taken."""
    words = re.findall(r"[a-z0-9]+", folded_name(one_line(full_name).partition("(")[0]).replace("'", ""))
    bare = ".".join(words)[:36].strip(".") or "can.bo"
    if len(bare) < 3:
        bare = f"can.bo.{bare}"
    numbered = (f"{bare}{number}" for number in count(2))
    return next(name for name in chain([bare], numbered) if name not in taken)


def _check_length(text: str, field: str) -> None:
    if len(text) > LONGEST_NAME:
        raise Unfit(_("Dài quá %(most)s ký tự. Hãy viết gọn lại.") % {"most": LONGEST_NAME}, field)


def _check_characters(text: str, beside_letters: frozenset[str], field: str) -> None:
    # A mark that NFC could not join to its letter is strange too: a heap of them hides the lines above.
    strange = [
        character
        for character in text
        if character not in beside_letters and not unicodedata.name(character, "").startswith("LATIN ")
    ]
    if strange:
        raise Unfit(
            _(
                "Có ký tự không dùng trong tên: “%(strange)s”. Hãy xóa ký tự đó hoặc gõ lại bằng chữ tiếng Việt."
            )
            % {"strange": "".join(dict.fromkeys(strange))[:10]},
            field,
        )
