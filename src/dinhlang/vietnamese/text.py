"""Normal form, folding, dictionary order and the house style of tone marks."""

from __future__ import annotations

import re
import unicodedata

# Marks of the Latin script only: the vowel signs of Thai, Arabic or Khmer are letters to their readers.
_MARKS = re.compile("[\u0300-\u036f]+")

# Frequent in official text and not ASCII. They step aside as control characters while the quick way of
# `fold` throws away whatever is not ASCII.
_STAND_INS = [(sign, chr(1 + number)) for number, sign in enumerate("–“”…—’‘•")]


def nfc(text: str) -> str:
    """The text in Unicode NFC, the only form the other rooms store."""
    return unicodedata.normalize("NFC", text)


# Control characters but white space, format characters (zero width, direction, soft hyphen, tags), private use,
# surrogates and what Unicode has not given out; and the selectors that colour the character before them.
_INVISIBLE_KINDS = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), 0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0]))


def one_line(text: str) -> str:
    """The text in NFC on one line as a reader sees it: nothing invisible, single spaces, none at the ends.

    What cannot be seen comes along when people copy from chats and PDFs, makes two equal names differ, and can
    turn the reading direction around.
    """
    if text.isprintable() and _SELECTORS.isdisjoint(text):
        return " ".join(nfc(text).split())
    seen = (
        " " if character.isspace() else character
        for character in text
        if character.isspace()
        or (unicodedata.category(character) not in _INVISIBLE_KINDS and character not in _SELECTORS)
    )
    return " ".join(nfc("".join(seen)).split())


def lower_first(text: str) -> str:
    """The text as it goes on within a sentence: its first letter small."""
    return text[:1].lower() + text[1:]


def fold(text: str) -> str:
    """Lower case, no Latin marks, đ → d; everything else (dashes, other scripts) as it was, in NFC.

    Takes any normal form. Search keys are made with this on both sides.
    """
    quick = _fold_quickly(text)
    if quick is not None:
        return quick
    if "\n" in text:
        return "\n".join(_fold_line(line) for line in text.split("\n"))
    return _fold_carefully(text)


def _fold_line(line: str) -> str:
    quick = _fold_quickly(line)
    return _fold_carefully(line) if quick is None else quick


def _fold_quickly(text: str) -> str | None:
    """The fold of text made of ASCII, precomposed Latin letters and stand-ins; None for anything else."""
    plain = text.replace("đ", "d").replace("Đ", "D")
    stepped_aside = []
    for sign, stand_in in _STAND_INS:
        if sign in plain:
            if stand_in in plain:
                return None
            plain = plain.replace(sign, stand_in)
            stepped_aside.append((stand_in, sign))
    kept = unicodedata.normalize("NFD", plain).encode("ascii", "ignore")
    # No character decomposes into more than one ASCII character, so equal lengths mean that every single
    # one kept exactly its base letter and nothing but marks was lost.
    if len(kept) != len(plain):
        return None
    folded = kept.decode("ascii").lower()
    for stand_in, sign in stepped_aside:
        folded = folded.replace(stand_in, sign)
    return folded


def _fold_carefully(text: str) -> str:
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.lower())).replace("đ", "d")
    return nfc(bare)


TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries, after the word without a tone."""

_ALPHABET = {
    letter: chr(ord("A") + place) for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
}
_PIECES = re.compile(r"\d+|[^\W\d_]+")
_QUALITY_MARKS = "\u0302\u0306\u031b"
# Below every letter and digit, and never NUL, which PostgreSQL refuses to store.
_END, _NEXT_WORD, _TONE = "\x01", "\x02", "\x03"


def collation_key(text: str) -> str:
    """A string that sorts, by code points, as a Vietnamese dictionary does.

    Syllable by syllable: letters first (a ă â … d đ e ê …), then the tone (không, huyền, hỏi, ngã, sắc,
    nặng), so that all of "Hà …" stands before all of "Hạ …". Numbers by value. Case and the place of the
    tone mark only decide between otherwise equal texts.
    """
    normal = nfc(text)
    return _words_key(normal) + _END + normal


def name_key(full_name: str) -> str:
    """A string that sorts people as a Vietnamese office lists them: by given name, then middle, then family name.

    The given name is the last word ('Nguyễn Thị Ánh' stands under A); a remark in brackets after the name counts
    only between equal names. Within each part the order is the dictionary's.
    """
    normal = nfc(full_name)
    family, *others = normal.partition("(")[0].split() or [""]
    *middle, given = others or [family]
    parts = (given, " ".join(middle), family if others else "")
    return _END.join(_words_key(part) for part in parts) + _END + collation_key(normal)


def _words_key(text: str) -> str:
    return _NEXT_WORD.join(_piece_key(piece) for piece in _PIECES.findall(text.lower()))


def _piece_key(piece: str) -> str:
    if piece.isdecimal():
        digits = str(int(piece)) if len(piece) < 100 else piece
        return f"{len(digits):03d}{digits}"
    letters, tone = split_tone(piece)
    return "".join(_letter_key(letter) for letter in letters) + _TONE + str(tone)


def _letter_key(letter: str) -> str:
    if letter in _ALPHABET:
        return _ALPHABET[letter]
    base = fold(letter)
    return _ALPHABET.get(base, base)


def split_tone(word: str) -> tuple[str, int]:
    """The word without its tone mark, in NFC, and the tone: 0 none, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng.

    With several tone marks all go and the first counts.
    """
    letters, tone = [], 0
    for character in unicodedata.normalize("NFD", word):
        if character in TONES:
            tone = tone or 1 + TONES.index(character)
        else:
            letters.append(character)
    return nfc("".join(letters)), tone


_ONSET = "b|ch|c|d|đ|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|r|s|th|tr|t|v|x"
_LATE_TONE = re.compile(
    rf"(?<![^\W\d_])((?:{_ONSET})?)(o[àảãáạ]|o[èẻẽéẹ]|u[ỳỷỹýỵ])(?![^\W\d_])", re.IGNORECASE
)


def house_style(text: str) -> str:
    """The text in NFC with the tone of open oa, oe, uy on the first vowel: hòa, khỏe, thúy, ủy.

    Only the style changes: quý, giá, hoàn and misplaced marks (cuả) stay as they are.
    """
    return _LATE_TONE.sub(_tone_forward, nfc(text))


def _tone_forward(match: re.Match[str]) -> str:
    first, second = match[2][0], unicodedata.normalize("NFD", match[2][1])
    return match[1] + nfc(first + second[1:]) + second[0]
