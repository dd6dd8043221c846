"""Every spelling a Vietnamese syllable can have: onset × rime × tone, by the rules of the orthography.

A syllable is possible or not; whether anybody uses it is a question for the counts in `frequencies.txt`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from dinhlang.vietnamese.text import TONES, nfc

_ONSET_TABLE = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
ONSETS = ("", *_ONSET_TABLE.split())

_RIME_TABLE = """
    a ac ach ai am an ang anh ao ap at au ay   ăc ăm ăn ăng ăp ăt   âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et   ê êch êm ên ênh êp êt êu
    i ich im in inh ip it iu   ia iêc iêm iên iêng iêp iêt iêu   y yêm yên yêng yêt yêu
    o oc oi om on ong op ot   ooc oong   ô ôc ôi ôm ôn ông ôp ôt   ơ ơi ơm ơn ơp ơt
    u uc ui um un ung up ut   ua uôc uôi uôm uôn uông uôt   ư ưc ưi ưm ưn ưng ưt ưu   ưa ươc ươi ươm ươn ương ươp ươt ươu
    oa oac oach oai oam oan oang oanh oao oap oat oay   oăc oăm oăn oăng oăt   oe oem oen oeo oet
    uân uâng uât uây   uê uêch uên uênh uêt uơ   uy uya uych uyn uynh uyp uyt uyu uyên uyêt
"""
RIMES = tuple(_RIME_TABLE.split())

_AFTER_QU_TABLE = """
    a ac ach ai an ang anh ao at au ay   ăc ăm ăn ăng ăp ăt   ân âng ât ây   e en eng eo et   ê êch ên ênh êt êu
    i ich in inh it   y ych yn ynh yp yt yên yêt yu   ôc ơ ơi ơn ơt
"""
_AFTER_QU = tuple(_AFTER_QU_TABLE.split())

# The i of the onset gi and of the rime is written once: gì, gìn, giếng, giết.
_G_FOR_GI = ("i", "im", "in", "ip", "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu")
# gịa (giặt gịa) is the only syllable of gi + ia. As a rule it would pass the common slip gía for giá.
_ALONE = frozenset({"gịa"})

_GLIDES = ("oa", "oă", "oe", "uâ", "uê", "uơ", "uy")
_LONE_Y = frozenset({"", "h", "k", "l", "m", "ph", "s", "t", "th", "v", "x"})
_EITHER_PLACE = frozenset({"oa", "oe", "uy"})
_STOPPED = ("c", "ch", "p", "t")
_STOPPED_TONES = (TONES[3], TONES[4])


@cache
def spellings() -> frozenset[str]:
    """All of them, lower case, NFC. Both places of the tone mark (hòa, hoà) are spellings."""
    regular = {
        syllable for onset in ONSETS for rime in _rimes_after(onset) for syllable in _with_tones(onset, rime)
    }
    return frozenset(
        regular | {syllable for rime in _G_FOR_GI for syllable in _with_tones("g", rime)} | _ALONE
    )


def _rimes_after(onset: str) -> tuple[str, ...]:
    if onset == "qu":
        return _AFTER_QU
    return tuple(rime for rime in RIMES if _meets(onset, rime))


def _meets(onset: str, rime: str) -> bool:
    """Whether the orthography lets the rime follow the onset (c/k/q, g/gh, ng/ngh, i/y)."""
    first = rime[0]
    if rime == "y":
        return onset in _LONE_Y
    if first == "y":
        return onset == ""
    if onset == "":
        return not rime.startswith("iê")
    if onset in ("k", "gh", "ngh"):
        return first in "eêi"
    if onset == "c":
        return first not in "eêi" and not rime.startswith(_GLIDES)
    if onset in ("g", "ng"):
        return first not in "eêi"
    if onset == "gi":
        return first != "i" and (first != "ê" or rime == "ê")
    return True


def _with_tones(onset: str, rime: str) -> Iterator[str]:
    """The syllable in each tone it can carry; a rime that ends in a stop takes only sắc and nặng."""
    if not rime.endswith(_STOPPED):
        yield onset + rime
    for tone in _STOPPED_TONES if rime.endswith(_STOPPED) else TONES:
        for place in _tone_places(rime):
            yield onset + nfc(rime[: place + 1] + tone + rime[place + 1 :])


def _tone_places(rime: str) -> tuple[int, ...]:
    """Where in the rime the tone mark may stand."""
    if rime in _EITHER_PLACE:
        return (0, 1)
    marked = [place for place, letter in enumerate(rime) if len(unicodedata.normalize("NFD", letter)) > 1]
    if marked:
        return (marked[-1],)
    vowels = len(rime.rstrip("cghmnpt"))
    if vowels == len(rime):
        return (1 if vowels == 3 else 0,)
    return (vowels - 1,)
