"""A syllable in two pieces, as a misreading is counted: what it begins with and its rime with the tone."""

from __future__ import annotations

from collections.abc import Iterable

from dinhlang.vietnamese import _grammar

_ONSETS = sorted((onset for onset in _grammar.ONSETS if onset), key=len, reverse=True)


def split(syllable: str) -> tuple[str, str]:
    """Onset and rime, in the case of the syllable: ('Ngh', 'iệp'), ('', 'ủy'), ('gi', 'ếng'), ('g', 'ì')."""
    lowered = syllable.lower()
    onset = next((onset for onset in _ONSETS if lowered.startswith(onset) and len(onset) < len(lowered)), "")
    return syllable[: len(onset)], syllable[len(onset) :]


def pieces(syllables: Iterable[str]) -> tuple[list[str], list[str]]:
    """All their onsets and all their rimes with tones, in order."""
    both = [split(syllable) for syllable in syllables]
    return sorted({onset for onset, _ in both}), sorted({rime for _, rime in both})
