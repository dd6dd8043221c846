"""Capital and small letters of Vietnamese, for patterns: in Unicode they alternate, so no range such as 'À-Ỹ' tells them apart."""

from __future__ import annotations

import unicodedata

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")

LOWER = "a-zđ" + "".join(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưy"
    for tone in _TONES
    if vowel + tone not in "aeiouy"
)
"""The small letters, to stand inside the brackets of a pattern."""

UPPER = "A-ZĐ" + LOWER.removeprefix("a-zđ").upper()
"""The capitals, to stand inside the brackets of a pattern."""
