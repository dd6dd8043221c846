"""How long a line of bold Times is, so that a rule under it can be drawn in the right length.

The widths are those every Times-metric font shares (thousandths of the size), so a .docx has the same rules
whichever machine writes it. A letter with marks is as wide as the letter without.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_POINT_MM = 25.4 / 72
_SPACE = re.compile(r"[^\S\u00a0]+")
_OTHER = 500
_BOLD = {
    letter: width
    for width, letters in {
        250: " ,.\u00a0",
        278: "'/\\il",
        333: "!()-:;[]`fjt",
        389: "Is",
        444: "cerz",
        500: "#$*0123456789?J_agovxy–",
        556: "Sbdhknpquđơ",
        570: "+<=>",
        600: "ư",
        611: "FP",
        667: "BELTZ",
        722: "ACDNRUVXYwĐ",
        778: "GHKOQƠ",
        796: "Ư",
        833: "&m",
        944: "M",
        1000: "%W…",
    }.items()
    for letter in letters
}


@lru_cache(maxsize=1024)
def _letter(letter: str) -> int:
    if letter in _BOLD:
        return _BOLD[letter]
    parts = unicodedata.normalize("NFD", letter)
    # A horn is a mark of its own in NFD, but it makes the letter wider.
    horned = {"o\u031b": "ơ", "u\u031b": "ư", "O\u031b": "Ơ", "U\u031b": "Ư"}.get(parts[:2])
    return _BOLD.get(horned or parts[:1], _OTHER)


def width_mm(text: str, size: float) -> float:
    """The length of one line of bold text of `size` points, in millimetres."""
    return sum(map(_letter, unicodedata.normalize("NFC", text))) * size / 1000 * _POINT_MM


def longest_mm(lines: Sequence[str], size: float, line: float) -> float:
    """The length of the longest of `lines`; one that does not fit on `line` counts as `line`."""
    return min(max((width_mm(text, size) for text in lines), default=0.0), line)


def inset_mm(text: str, size: float, box: float) -> float:
    """Millimetres to leave free left and right of centred bold text so that its lines are about equally long.

    None for what fits on one line. A line that stands over one last word is what offices break by hand.
    """
    # A no-break space keeps what stands around it in one line.
    words = _SPACE.split(text.strip())
    total = width_mm(text, size)
    if total <= box - _SLACK or len(words) < 3:
        return 0.0
    lines = _lines_at(words, size, box - _SLACK)
    low, high = total / lines, box - _SLACK
    while high - low > 1:
        middle = (low + high) / 2
        if _lines_at(words, size, middle) <= lines:
            high = middle
        else:
            low = middle
    return max((box - high - _SLACK) / 2, 0.0)


_SLACK = 2.5
"""Fonts of the same widths still differ in kerning and rounding; a line must not break for half a millimetre."""


def _lines_at(words: Sequence[str], size: float, room: float) -> int:
    space = width_mm(" ", size)
    lines, used = 1, 0.0
    for word in words:
        long = width_mm(word, size)
        if used and used + space + long > room:
            lines, used = lines + 1, long
        else:
            used += (space if used else 0.0) + long
    return lines
