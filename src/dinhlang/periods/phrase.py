"""What the readers of period and schedule phrases share: one plain form of the text, and numerals."""

from __future__ import annotations

import re

from dinhlang.vietnamese.text import fold, nfc

YEAR = r"(?:19|20)\d\d(?!\d)"
ARABIC = r"(?:1[0-2]|0?[1-9])(?!\d)"
ROMAN = r"(?:xii|xi|x|ix|viii|vii|vi|v|iv|iii|ii|i)(?!\w)"
WORD = r"(?:muoi hai|muoi mot|muoi|mot|hai|ba|bon|tu|sau|bay|tam|chin)(?!\w)"
NUMERAL = rf"(?:{ARABIC}|{ROMAN}|{WORD})"

_WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "muoi mot": 11, "muoi hai": 12,
}  # fmt: skip
_ROMANS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "xi": 11, "xii": 12,
}  # fmt: skip
_DASHES = re.compile(r"[‐‑‒–—−]")
_SPACES = re.compile(r"\s+")


def numeral(text: str) -> int:
    """1 to 12, or any Arabic number, from '03', 'iii' or 'ba' (folded). Raises ValueError for anything else."""
    if text.isdecimal():
        return int(text)
    try:
        return _ROMANS[text] if text in _ROMANS else _WORDS[text]
    except KeyError:
        raise ValueError(f"{text!r} is not a numeral") from None


def tidy(text: str) -> str:
    """The text in NFC with one kind of dash and single spaces."""
    return _SPACES.sub(" ", _DASHES.sub("-", nfc(text))).strip()


def plain(text: str) -> str:
    """The text tidied and folded. Any Unicode form may come in."""
    return fold(tidy(text))
