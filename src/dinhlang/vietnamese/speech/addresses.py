"""Web and e-mail addresses, as somebody dictates them: "a còng", "chấm", known words whole."""

from __future__ import annotations

import re

from dinhlang.vietnamese.speech import figures, letters
from dinhlang.vietnamese.speech.scan import Answer, Kind, Scan
from dinhlang.vietnamese.syllable import is_syllable

_LABEL = r"[A-Za-z0-9_-]{1,63}"
_ENDINGS = r"vn|com|org|net|edu|gov|info|io|asia|biz|me|gl|be|ly|tv"
_ADDRESS = re.compile(
    r"(?P<scheme>(?:https?|ftp)://)(?P<link>[^\s<>\"“”]{1,400})"
    rf"|(?P<mail>[A-Za-z0-9_.+-]{{1,64}}@{_LABEL}(?:\.{_LABEL}){{1,5}})"
    rf"|(?P<host>(?:www\.)?{_LABEL}(?:\.{_LABEL}){{0,4}}\.(?:{_ENDINGS})(?![A-Za-z0-9_@-])(?:/[^\s<>\"“”,;)]{{0,300}})?)"
)
_TRAILING = ".,;:!?)]}'’"
LONGEST_PATH = 40
"""Of an address with a longer path only the host is said: nobody can write it down by ear."""
_SAID = {
    "gov": "gốp", "com": "com", "vn": "vi en", "edu": "e đu", "org": "o rờ gờ", "net": "nét", "www": "vê kép vê kép vê kép",
    "info": "in phô", "io": "i ô", "gmail": "gi meo", "dichvucong": "dịch vụ công", "vanban": "văn bản", "motcua": "một cửa",
    "baohiemxahoi": "bảo hiểm xã hội", "congbao": "công báo", "chinhphu": "chính phủ", "quochoi": "quốc hội", "xaydung": "xây dựng",
    "html": "hát tê em lờ", "aspx": "a ét pê ích", "php": "pê hát pê", "hanhchinh": "hành chính", "tiepnhan": "tiếp nhận", "hoidap": "hỏi đáp",
    "thutuchanhchinh": "thủ tục hành chính", "congan": "công an", "vanphong": "văn phòng", "vanthu": "văn thư", "hue": "huế", "hanoi": "hà nội",
    "danang": "đà nẵng", "haiphong": "hải phòng", "haiduong": "hải dương", "hochiminhcity": "hồ chí minh", "hungyen": "hưng yên", "quangninh": "quảng ninh",
}  # fmt: skip
_SIGNS = {".": "chấm", "-": "gạch ngang", "_": "gạch dưới", "/": "gạch chéo", "@": "a còng", "+": "cộng"}
_MORE_SIGNS = {
    ":": "hai chấm",
    "?": "chấm hỏi",
    "=": "bằng",
    "&": "và",
    "#": "thăng",
    "%": "phần trăm",
    "~": "ngã",
}


def address(scan: Scan, place: int) -> Answer:
    """An address at the place, without the scheme; a long one by its host alone."""
    found = _ADDRESS.match(scan.text, place)
    if found is None:
        return None
    written = found["link"] or found["mail"] or found["host"]
    shorter = written.rstrip(_TRAILING)
    end = found.end() - (len(written) - len(shorter))
    host, slash, path = shorter.partition("/")
    if (slash and len(path) > LONGEST_PATH) or "?" in path or not path:
        shorter = host
    return (
        " ".join(
            filter(None, (_piece(scan, piece) for piece in re.findall(r"[A-Za-z]+|\d+|[^\W\d_]+|.", shorter)))
        ),
        end,
        Kind.CODE,
    )


def _piece(scan: Scan, piece: str) -> str:
    if piece.isdecimal():
        return figures.digits(piece)
    if not piece.isalpha():
        return _SIGNS.get(piece) or _MORE_SIGNS.get(piece, "")
    low = piece.lower()
    if known := _SAID.get(low) or scan.words.foreign.get(low):
        return known
    if any(piece in table for table in (scan.words.abbreviations,)) and piece.isupper():
        return scan.words.abbreviations[piece]
    cut = _in_vietnamese(low)
    if cut:
        return cut
    upper = scan.words.abbreviations.get(low.upper())
    if upper and len(low) > 2:
        return upper
    return letters.spelled(low) if len(low) <= 6 else letters.in_syllables(low)


def _in_vietnamese(word: str) -> str:
    """ "tamda" → tam da: the word cut into the fewest syllables written without marks; "" when it cannot be."""
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 6), end):
            before, syllable = best[start], word[start:end]
            if before is None or not _is_bare_syllable(syllable):
                continue
            if best[end] is None or len(before) + 1 < len(best[end] or []):
                best[end] = [*before, syllable]
    cut = best[len(word)]
    return " ".join(map(_with_tone, cut)) if cut and (len(word) > 1 and len(cut) <= len(word) / 2) else ""


_STOP = re.compile(r"(?:ch|[cpt])$")
_SHARP = dict(zip("aeiouy", "áéíóúý", strict=True))


def _with_tone(syllable: str) -> str:
    """With a stop at its end a syllable cannot be said without a tone: "lap" láp."""
    if _STOP.search(syllable) is None:
        return syllable
    place = max(syllable.rfind(vowel) for vowel in _SHARP)
    return syllable[:place] + _SHARP[syllable[place]] + syllable[place + 1 :]


def _is_bare_syllable(syllable: str) -> bool:
    return (
        len(syllable) > 1 and any(vowel in syllable for vowel in _SHARP) and is_syllable(_with_tone(syllable))
    )
