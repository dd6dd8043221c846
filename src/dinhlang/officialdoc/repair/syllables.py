"""A syllable in two pieces, as a misreading is counted: what it begins with and its rime with the tone."""

from __future__ import annotations

from functools import cache

from dinhlang.vietnamese import _grammar

_ONSETS = sorted((onset for onset in _grammar.ONSETS if onset), key=len, reverse=True)


def split(syllable: str) -> tuple[str, str]:
    """Onset and rime, in the case of the syllable: ('Ngh', 'iệp'), ('', 'ủy'), ('gi', 'ếng'), ('g', 'ì')."""
    lowered = syllable.lower()
    onset = next((onset for onset in _ONSETS if lowered.startswith(onset) and len(onset) < len(lowered)), "")
    return syllable[: len(onset)], syllable[len(onset) :]


@cache
def pieces() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All onsets and all rimes with their tones, lower case, in order."""
    both = [split(spelling) for spelling in _grammar.spellings()]
    return tuple(sorted({onset for onset, _ in both})), tuple(sorted({rime for _, rime in both}))
