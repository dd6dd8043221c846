"""Numbers in words and in figures, as Vietnamese offices write them: 6.694 · 86,5 · sáu nghìn sáu trăm …"""

from __future__ import annotations

import math
import re
from decimal import Decimal

from dinhlang.vietnamese.text import house_style

LARGEST = 10**15
"""A million tỷ: the largest number that is written in words."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_VALUES = {word: value for value, word in enumerate(_DIGITS)} | {"bẩy": 7}
_ONLY_AFTER_TENS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_BILLION = 10**9
_SCALES = ((10**6, ("triệu",)), (10**3, ("nghìn", "ngàn")))


def in_words(number: int) -> str:
    """The number in words, from 0 to 10^15: 1.205 → "một nghìn hai trăm linh năm".

    Raises ValueError outside that range.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} không nằm trong khoảng từ 0 đến {printed(LARGEST)}")
    return " ".join(_spoken(number, leading=True)) or "không"


def _spoken(number: int, *, leading: bool) -> list[str]:
    """The words of a number; one that follows a larger part names its hundreds even when there are none."""
    if number >= _BILLION:
        whole, rest = divmod(number, _BILLION)
        return [*_spoken(whole, leading=True), "tỷ", *_spoken(rest, leading=False)]
    words: list[str] = []
    for scale, names in _SCALES:
        part, number = divmod(number, scale)
        if part:
            words += [*_spoken_below_thousand(part, leading=leading and not words), names[0]]
    if number:
        words += _spoken_below_thousand(number, leading=leading and not words)
    return words


def _spoken_below_thousand(number: int, *, leading: bool) -> list[str]:
    hundreds, below = divmod(number, 100)
    words = [] if leading and not hundreds else [_DIGITS[hundreds], "trăm"]
    tens, units = divmod(below, 10)
    if tens == 0:
        if units:
            words += ["linh", _DIGITS[units]] if words else [_DIGITS[units]]
        return words
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if units:
        words.append(_unit_after_tens(tens, units))
    return words


def _unit_after_tens(tens: int, units: int) -> str:
    if units == 5:
        return "lăm"
    if tens > 1 and units in (1, 4):
        return "mốt" if units == 1 else "tư"
    return _DIGITS[units]


def from_words(words: str) -> int | None:
    """The number that the words say, or None when they say none.

    Takes the usual variants: lẻ for linh, ngàn, tỉ, bẩy, hai mươi bốn, hai mươi một, một nghìn lẻ năm,
    hai lăm, không nghìn.
    """
    heard = house_style(words).lower().replace("tỉ", "tỷ").split()
    if heard == ["không"]:
        return 0
    number = _heard(heard, leading=True)
    return number if number and number <= LARGEST else None


def _heard(words: list[str], *, leading: bool) -> int | None:
    """The value of words; no words are zero when they may follow a larger part."""
    if "tỷ" in words:
        place = len(words) - 1 - words[::-1].index("tỷ")
        whole, rest = _heard(words[:place], leading=True), _heard(words[place + 1 :], leading=False)
        if not whole or rest is None or rest >= _BILLION:
            return None
        return whole * _BILLION + rest
    number = 0
    for scale, names in _SCALES:
        place = next((place for place, word in enumerate(words) if word in names), -1)
        if place < 0:
            continue
        part = _heard_below_thousand(words[:place], leading=leading)
        if part is None or (leading and not part):
            return None
        number += part * scale
        words, leading = words[place + 1 :], False
    if not words:
        return None if leading else number
    rest = _heard_below_thousand(words, leading=leading)
    return None if rest is None else number + rest


def _heard_below_thousand(words: list[str], *, leading: bool) -> int | None:
    """The value of up to three places; after a larger part the hundreds may be silent but not the tens."""
    if words == ["không"]:
        return None if leading else 0
    if len(words) > 1 and words[1] == "trăm":
        hundreds = _VALUES.get(words[0])
        if hundreds is None or (leading and not hundreds):
            return None
        below = 0 if len(words) == 2 else _heard_below_hundred(words[2:], alone=False)
        return None if below is None else hundreds * 100 + below
    return _heard_below_hundred(words, alone=leading)


def _heard_below_hundred(words: list[str], *, alone: bool) -> int | None:
    """The value of tens and units; a bare unit ("năm") only when it stands alone, otherwise "linh năm"."""
    match words:
        case ["mười"]:
            return 10
        case [unit] if alone:
            return _VALUES.get(unit) or None
        case ["linh" | "lẻ", unit] if not alone:
            return 4 if unit == "tư" else _VALUES.get(unit) or None
        case ["mười", unit]:
            value = 5 if unit in ("lăm", "nhăm") else _plain_unit(unit)
            return value and 10 + value
        case [tens, "mươi"]:
            return _tens(tens)
        case [tens, "mươi", unit]:
            value = _ONLY_AFTER_TENS.get(unit) or _plain_unit(unit)
            return (ten := _tens(tens)) and value and ten + value
        case [tens, unit] if unit in _ONLY_AFTER_TENS:
            return (ten := _tens(tens)) and ten + _ONLY_AFTER_TENS[unit]
    return None


def _plain_unit(word: str) -> int | None:
    """A unit after tens. Never "năm": hai mươi năm are twenty years."""
    return None if word == "năm" else _VALUES.get(word) or None


def _tens(word: str) -> int | None:
    value = _VALUES.get(word, 0)
    return value * 10 if value > 1 else None


_WRITTEN = re.compile(r"([-−]?)([0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,([0-9]+))?")
# As long as the longest number that `printed` gives for a float, and short enough to be read at once.
_LONGEST = 400


def parse(written: str) -> int | float | None:
    """The number written in figures the Vietnamese way: "6.694" → 6694, "86,5" → 86.5, "01" → 1.

    The stop only groups thousands and the comma only marks decimals, so "12.5" and "1,234,567" give None:
    a figure that can be read two ways is for a person to settle.
    """
    match = _WRITTEN.fullmatch(written.strip())
    if match is None or len(written) > _LONGEST:
        return None
    sign, whole, decimals = match.groups()
    digits = ("-" if sign else "") + whole.replace(".", "")
    return int(digits) if decimals is None else float(f"{digits}.{decimals}")


def printed(value: int | float) -> str:
    """The number in figures: "1.234,5". Every decimal place that the value has is printed.

    Raises ValueError for a value that is no number or without end.
    """
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{value} không phải là số viết ra được")
    exact = Decimal(value) if isinstance(value, int) else Decimal(repr(value))
    whole, _, decimals = f"{exact:,f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")
