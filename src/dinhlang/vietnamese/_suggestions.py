"""What was probably meant by an impossible syllable: a small noisy channel over the counted syllables."""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from importlib import resources

from dinhlang.vietnamese import _grammar
from dinhlang.vietnamese.text import fold, house_style, split_tone

# Costs of one slip, in units of a wrong letter. Marks go astray far more often than letters do.
_LETTER, _QUALITY, _TONE_LOST, _TONE_WRONG, _TONE_ADDED = 1.0, 0.45, 0.35, 0.5, 0.9
# Two letters for one sound: which of them is written is a rule of the orthography, and easily missed (cế, kủa).
_SAME_SOUND, _SAME_SOUND_COST = ({"c", "k"}, {"i", "y"}), 0.3
# A slip of one letter outweighs a syllable that is e^5 times as frequent.
_WEIGHT = 5.0
_UNSEEN = 0.3
_MOST_BASES = 60


@cache
def counts() -> dict[str, int]:
    """How often each syllable stands in ten million syllables of official text, in the house style."""
    table = resources.files("dinhlang.vietnamese").joinpath("frequencies.txt").read_text(encoding="utf-8")
    return {word: int(times) for word, times in (line.split() for line in table.splitlines())}


@lru_cache(maxsize=8192)
def nearest(word: str, limit: int) -> tuple[str, ...]:
    """The likeliest syllables for a lower-case NFC word, best first, without the word itself."""
    own_style = house_style(word)
    scored = sorted(
        (_score(word, candidate), candidate) for candidate in _candidates(word) if candidate != own_style
    )
    return tuple(candidate for _, candidate in scored[:limit])


def _candidates(word: str) -> list[str]:
    """Syllables whose bare letters are at most two slips from the word's, the nearest bare letters first."""
    by_base = _by_base()
    base = fold(word)
    # Imported late: only a wrong word needs it, and most runs have none.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    near = process.extract(base, list(by_base), scorer=OSA.distance, score_cutoff=2, limit=_MOST_BASES)
    if not near:
        return []
    best = near[0][1]
    return [candidate for found, distance, _ in near if distance <= best + 1 for candidate in by_base[found]]


@cache
def _by_base() -> dict[str, list[str]]:
    """Every possible syllable in the house style, by its letters without marks."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for syllable in sorted({house_style(spelling) for spelling in _grammar.spellings()}):
        grouped[fold(syllable)].append(syllable)
    return dict(grouped)


def _score(word: str, candidate: str) -> float:
    return _WEIGHT * _distance(word, candidate) - math.log(counts().get(candidate, _UNSEEN))


def _distance(word: str, candidate: str) -> float:
    letters, tone = split_tone(word)
    wanted, wanted_tone = split_tone(candidate)
    if tone == wanted_tone:
        slip = 0.0
    elif tone == 0:
        slip = _TONE_LOST
    else:
        slip = _TONE_WRONG if wanted_tone else _TONE_ADDED
    return slip + _letters_apart(letters, wanted)


def _letters_apart(one: str, other: str) -> float:
    """Weighted edit distance with swapped neighbours; a letter with the wrong quality mark is half a slip."""
    before: list[float] = []
    row = [place * _LETTER for place in range(len(other) + 1)]
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i * _LETTER]
        for j, wanted in enumerate(other, start=1):
            best = min(before[j] + _LETTER, row[j - 1] + _LETTER, before[j - 1] + _change(letter, wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, last[j - 2] + _LETTER)
            row.append(best)
    return row[-1]


@cache
def _change(letter: str, wanted: str) -> float:
    if letter == wanted:
        return 0.0
    if {letter, wanted} in _SAME_SOUND:
        return _SAME_SOUND_COST
    return _QUALITY if _bare(letter) == _bare(wanted) else _LETTER


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0].replace("đ", "d")
