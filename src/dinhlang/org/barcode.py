"""Code 128 (ISO/IEC 15417): a line of text as bars, for the readers at counters that know no square codes.

Sets B and C only: what is encoded here are codes of dossiers, which are printable ASCII with long rows of digits. No package
that is locked draws bars, and those of the index that do bring their own drawing along; the rule itself is this table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Widths of bar, space, bar, space, bar, space for each value, 0 to 105.
_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232"
)
_WIDTHS = _TABLE.split()
_STOP = "2331112"
_TO_C, _TO_B, _START_B, _START_C = 99, 100, 104, 105
# A row of digits is shorter in pairs from four on at an end, from six on in the middle: two signs change the set and back.
_AT_AN_END, _IN_THE_MIDDLE = 4, 6


def code128(text: str) -> list[bool]:
    """The bars from left to right, True is dark, without the white on both sides.

    Raises `ValueError` for nothing, and for signs that are not printable ASCII.
    """
    if not text or not re.fullmatch(r"[ -~]+", text):
        raise ValueError(f"{text!r} has signs that Code 128 set B does not hold")
    values = list(_values(text))
    # The start counts once, then each value as often as its place.
    check = (values[0] + sum(place * value for place, value in enumerate(values[1:], 1))) % 103
    widths = "".join(_WIDTHS[value] for value in (*values, check)) + _STOP
    return [place % 2 == 0 for place, width in enumerate(widths) for _module in range(int(width))]


def _values(text: str) -> Iterator[int]:
    """What stands between the white and the check: a start, the signs, and where the set changes."""
    is_begun, in_pairs = False, False
    for digits, others in _parts(text):
        for part, pairs in ((digits, True), (others, False)):
            if not part:
                continue
            if not is_begun:
                yield _START_C if pairs else _START_B
            elif pairs != in_pairs:
                yield _TO_C if pairs else _TO_B
            is_begun, in_pairs = True, pairs
            if pairs:
                yield from (int(part[at : at + 2]) for at in range(0, len(part), 2))
            else:
                yield from (ord(sign) - 32 for sign in part)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The text in turns: digits that go in pairs, then what goes sign by sign; either may be empty."""
    end = 0
    digits = ""
    for found in re.finditer(r"\d+", text):
        start, stop = found.span()
        least = _AT_AN_END if start == 0 or stop == len(text) else _IN_THE_MIDDLE
        if stop - start < least:
            continue
        # The odd one stands before the pairs, except where the text begins with them.
        odd = (stop - start) % 2
        if odd and start == 0:
            stop -= 1
        elif odd:
            start += 1
        yield digits, text[end:start]
        digits, end = text[start:stop], stop
    yield digits, text[end:]
