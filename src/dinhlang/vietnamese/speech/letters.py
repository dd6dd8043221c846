"""Letters by their names, and words of other languages cut into Vietnamese syllables."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from dinhlang.vietnamese.speech import figures
from dinhlang.vietnamese.syllable import is_syllable
from dinhlang.vietnamese.text import fold

_NAMES = {
    "a": "a", "ă": "á", "â": "ớ", "b": "bê", "c": "xê", "d": "dê", "đ": "đê", "e": "e", "ê": "ê", "f": "ép",
    "g": "gờ", "h": "hát", "i": "i", "j": "gi", "k": "ca", "l": "lờ", "m": "mờ", "n": "nờ", "o": "o", "ô": "ô",
    "ơ": "ơ", "p": "pê", "q": "quy", "r": "rờ", "s": "ét", "t": "tê", "u": "u", "ư": "ư", "v": "vê",
    "w": "vê kép", "x": "ích", "y": "y", "z": "dét",
}  # fmt: skip
# In rows of letters announcers keep the names of the school book.
_LONGEST_SPELLED = 40


def name(letter: str) -> str:
    """The name of one letter, in any case and with any mark: "B" → bê. Nothing for a sign of another script."""
    lower = letter.lower()
    return _NAMES.get(lower) or _NAMES.get(fold(lower), "")


def spelled(written: str) -> str:
    """The names of all letters, digits by theirs; the rest of a very long row is left out."""
    said = (
        figures.digits(sign) if sign in "0123456789" else name(sign) for sign in written[:_LONGEST_SPELLED]
    )
    return " ".join(filter(None, said))


# One after the other; what is left at the end of a syllable goes to the nearest Vietnamese final.
_ONSETS = {"sch": "s", "ngh": "ngh", "ch": "ch", "sh": "s", "th": "th", "ph": "ph", "tr": "tr", "kh": "kh", "nh": "nh",
    "gh": "g", "gi": "gi", "ng": "ng", "qu": "qu", "wh": "u", "b": "b", "c": "c", "d": "đ", "đ": "đ", "f": "ph",
    "g": "g", "h": "h", "j": "gi", "k": "c", "l": "l", "m": "m", "n": "n", "p": "p", "q": "c", "r": "r",
    "s": "s", "t": "t", "v": "v", "w": "u", "x": "x", "z": "d",}  # fmt: skip
_VOWELS = {"oo": "u", "ee": "i", "ea": "i", "ou": "au", "ow": "ao", "au": "o", "aw": "o", "ai": "ai", "ay": "ây",
    "ei": "ây", "ey": "ây", "ie": "i", "oa": "oa", "oi": "oi", "oy": "oi", "ue": "ue", "ui": "ui", "eu": "êu",
    "ia": "i a", "io": "i ô", "ua": "u a", "uo": "u ô", "eo": "ê ô",}  # fmt: skip
_FINALS = {
    "ng": "ng", "nh": "nh", "ch": "ch", "b": "p", "c": "c", "d": "t", "đ": "t", "f": "p", "g": "c", "k": "c", "l": "n", "m": "m",
    "n": "n", "p": "p", "q": "c", "r": "", "s": "t", "t": "t", "v": "p", "x": "c", "z": "t", "h": "", "j": "", "w": "",
}  # fmt: skip
_LONGEST_WORD = 40


@lru_cache(maxsize=4096)
def in_syllables(written: str) -> str:
    """A word that is no Vietnamese syllable, in syllables that can be spoken: "Krông" → cờ rông, "Pắk" → pắc.

    Marks of the word are kept where they can be. Never empty for a word with a Latin letter.
    """
    letters = (sign for sign in unicodedata.normalize("NFC", written.lower()) if sign.isalpha())
    word = "".join(letters)[:_LONGEST_WORD]
    said: list[str] = []
    if any(_is_vowel(sign) for sign in word):
        place = 0
        while place < len(word):
            place = _next_syllable(word, place, said)
    return " ".join(said) or spelled(word)


def _is_vowel(sign: str) -> bool:
    return fold(sign) in "aeiouy"


def _past(word: str, place: int, *, vowels: bool) -> int:
    """The end of the row of vowels, or of consonants, that begins at the place."""
    while place < len(word) and _is_vowel(word[place]) is vowels:
        place += 1
    return place


def _next_syllable(word: str, place: int, said: list[str]) -> int:
    """Takes one syllable, with the loose consonants before it, off the word; gives the place after it."""
    start = _past(word, place, vowels=False)
    cluster = word[place:start]
    if start == len(word):
        said.extend(_loose(cluster))
        return start
    longest = next(
        (size for size in (3, 2, 1) if size <= start - place and fold(cluster[-size:]) in _ONSETS), 0
    )
    split = len(cluster) - longest
    said.extend(_loose(cluster[:split]))
    end = min(_past(word, start, vowels=True), start + 2)
    final, after = _final(word, end)
    said.extend(_syllables(_ONSETS.get(fold(cluster[split:]), ""), word[start:end], final))
    return after


def _final(word: str, end: int) -> tuple[str, int]:
    """How the syllable closes, and where the next begins: with the consonants that can open it."""
    stop = _past(word, end, vowels=False)
    cluster = word[end:stop]
    if len(cluster) == 1 and word[stop:] == "e" and word.isascii() and len(word) > 3:
        # The e of "Mike" is silent.
        return _FINALS.get(cluster, ""), len(word)
    if stop < len(word):
        kept = next((size for size in (2, 1) if size <= len(cluster) and cluster[-size:] in _ONSETS), 0)
        cluster = cluster[: len(cluster) - kept]
    for size in (2, 1):
        if len(cluster) >= size and (final := _FINALS.get(cluster[:size])) is not None:
            return final, end + (size if stop < len(word) else len(cluster))
    return "", end + len(cluster)


def _loose(consonants: str) -> list[str]:
    """Consonants before the one that opens the syllable, each with the vowel that lets it be spoken."""
    return [f"{_ONSETS[sign]}ờ" for sign in fold(consonants) if sign in _ONSETS and sign in "bcdgklmnprstvxz"]


def _syllables(onset: str, vowels: str, final: str) -> list[str]:
    """One syllable, or two where Vietnamese cannot join the vowels."""
    shape = _VOWELS.get(vowels, vowels)
    parts = shape.split()
    if len(parts) == 2:
        return [*_syllables(onset, parts[0], ""), *_syllables("", parts[1], final)]
    for spelled_onset in _spellings(onset, shape):
        for candidate in _closed(spelled_onset, shape, final):
            if is_syllable(candidate):
                return [candidate]
    if len(shape) > 1:
        return [*_syllables(onset, shape[0], ""), *_syllables("", shape[1:], final)]
    return [found for found in (f"{onset}ờ", shape) if is_syllable(found)] if onset else [name(shape)]


def _spellings(onset: str, vowels: str) -> tuple[str, ...]:
    bright = fold(vowels)[0] in "eiy"
    changed = {"c": "k", "g": "gh", "ng": "ngh"} if bright else {"k": "c", "gh": "g", "ngh": "ng", "qu": "c"}
    return (changed.get(onset, onset), onset)


_SHARP = dict(zip("aăâeêioôơuưy", "áắấéếíóốớúứý", strict=True))


def _closed(onset: str, vowels: str, final: str) -> list[str]:
    """The syllable as it is, with the tone that a stop asks for, without its final."""
    sharp = vowels[:-1] + _SHARP.get(vowels[-1], vowels[-1])
    soft = {"c": "ch"}.get(final, final)
    return [onset + vowels + final, onset + sharp + final, onset + sharp + soft, onset + vowels]
