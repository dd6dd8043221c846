"""What was meant by a word that a keyboard left as it was typed: 'nguyeenx' is 'nguyễn', 'ddaats' is 'đất'."""

from __future__ import annotations

import re
from functools import lru_cache

from dinhlang.vietnamese.syllable import is_syllable
from dinhlang.vietnamese.text import house_style, nfc

_TYPED = re.compile(r"(?=[a-z]{3,9}$)(?:[a-z]*(?:aa|ee|oo|dd|[aou]w)[a-z]*|[a-z]+[sfrxj])")
_LETTERS = (("uow", "ươ"), ("uwow", "ươ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("dd", "đ"), ("aw", "ă"), ("ow", "ơ"), ("uw", "ư"))  # fmt: skip
_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VOWELS = "aăâeêioôơuưy"


@lru_cache(maxsize=4096)
def untyped(word: str) -> str:
    """The syllable that a small word in Telex stands for; the word itself where it stands for none."""
    if not _TYPED.fullmatch(word) or is_syllable(word):
        return word
    letters, tone = (word[:-1], _TONES[word[-1]]) if word[-1] in _TONES else (word, "")
    for typed, meant in sorted(_LETTERS, key=lambda pair: -len(pair[0])):
        letters = letters.replace(typed, meant)
    if not tone:
        return letters if is_syllable(letters) else word
    for place in _tone_places(letters):
        with_tone = nfc(letters[: place + 1] + tone + letters[place + 1 :])
        if is_syllable(with_tone):
            return house_style(with_tone)
    return word


def _tone_places(letters: str) -> list[int]:
    """Where a tone may sit, likeliest first: on a marked vowel, else on the last but one of the vowels that end the word."""
    vowels = [place for place, letter in enumerate(letters) if letter in _VOWELS]
    marked = [place for place in vowels if letters[place] in "ăâêôơư"]
    ends_open = bool(vowels) and vowels[-1] == len(letters) - 1
    rest = vowels[-2::-1] + vowels[-1:] if ends_open else vowels[::-1]
    return marked[::-1] + rest
