"""How figures are written in sentences, and what they are worth."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from dinhlang.officialdoc.check.pieces import Piece

# The digit comes first, then what may not stand before it: so a search skips to digits at once.
NUMBER = r"\d(?<!\d\d)(?:\d{0,2}(?:\.\d{3}){1,4}|\d{0,8})(?!\d)"
NUMBER_ALONE = r"\d(?<![\d/.,]\d)(?:\d{0,2}(?:\.\d{3}){1,4}|\d{0,8})(?!\d)"
"""A number that is no part of a date, a code or another number."""
PERCENT = r"\d{1,3}(?:,\d{1,3})?"
UNIT = r"(?:ho so|luot|truong hop|nguoi|phieu|tin|bai|thu tuc|tthc|y kien|phan anh|kien nghi|can bo|cong dan|luot nguoi)"

DECIMAL = r"\d(?<![\d,.]\d)(?:\d{0,2}(?:\.\d{3}){1,3}|\d{0,5})(?:,\d{1,3})?(?![\d%])"
QUANTITY = r"(?:ha|tan|con|km|m2|trieu dong|ty dong|dong)"
OF_PLAN = re.compile(r"ke hoach|chi tieu|so voi|vuot|tang|cung ky|giao|du toan")
"""What may be surpassed."""

WHOLE_AND_PARTS = re.compile(
    rf"(?P<whole>{NUMBER})\s+(?P<unit>{UNIT})\b[^.;:()]{{0,60}}?[,;:(]?\s*(?:trong do|gom|bao gom)\s*(?:co\s*)?:?\s*(?P<parts>[^.]{{5,260}}?(?:\.(?=\d{{3}})[^.]{{0,200}}?)*)(?=\.\s|\.$|\)|$)"
)


def number_not_after(*words: str) -> str:
    """The pattern of a number that is no part of another, and before which none of the words stands."""
    not_after = "".join(rf"(?<!{word} \d)" for word in words)
    return rf"\d{not_after}" + NUMBER_ALONE.removeprefix(r"\d")


def number(text: str) -> int:
    """'1.205' is 1205."""
    return int(text.replace(".", ""))


def printed(value: int) -> str:
    """The same the other way."""
    return f"{value:,}".replace(",", ".")


@lru_cache(maxsize=1 << 12)
def decimal(text: str) -> Fraction:
    """'1.205,5' is 2411/2."""
    return Fraction(text.replace(".", "").replace(",", "."))


def _digits(percent: str) -> int:
    return len(percent.split(",")[1]) if "," in percent else 0


def agrees(part: Fraction | int, whole: Fraction | int, percent: str) -> bool:
    """Whether the share is right as printed, rounded or cut off."""
    unit = Fraction(1, 10 ** _digits(percent))
    share = Fraction(percent.replace(",", "."))
    return abs(Fraction(100 * part) / whole - share) < unit


def percent_of(part: Fraction | int, whole: Fraction | int, percent: str) -> str:
    """What the share is, with as many digits as were printed and at least one."""
    digits = max(_digits(percent), 1)
    return f"{float(Fraction(100 * part) / whole):.{digits}f}".replace(".", ",")


_CLAUSE = 300


def clause_before(piece: Piece, at: int) -> str:
    """The words of the clause up to the character, folded."""
    return re.split(r"[.;](?!\d)", piece.folded[max(0, at - _CLAUSE) : at])[-1]


def told(value: Fraction | int) -> str:
    """A value as offices print it: 1.205, 38,5."""
    whole, rest = divmod(Fraction(value), 1)
    if not rest:
        return printed(int(whole))
    return f"{printed(int(whole))},{f'{float(rest):.3f}'[2:].rstrip('0')}"


def is_slip(one: Fraction | int, other: Fraction | int) -> bool:
    """Whether one number becomes the other by one digit, or by two digits changing places."""
    first, second = told(one), told(other)
    if first == second or len(first) != len(second):
        return False
    odd = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return len(odd) == 1 or (len(odd) == 2 and odd[0] == odd[1][::-1])
