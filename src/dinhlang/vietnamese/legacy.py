"""Text from before Unicode: recognised and converted.

Three codes of old Vietnamese documents, as bytes or already misread as Western European text:

- TCVN3 (ABC, fonts .VnTime): one byte a letter. Of the capitals only Ă Â Ê Ô Ơ Ư Đ have a code; the others
  were small letters shown by a font of capitals (.VnTimeH). Plain text does not name its fonts, so they come
  out small, except on a line whose other letters are all capitals.
- VNI (fonts VNI-Times): a plain letter followed by a character that stands for its marks.
- Windows-1258: a letter with its quality mark (ê) followed by a combining tone.

And UTF-8 that was read as Western European text before it was saved: 'há»™i' for 'hội'.

UTF-8 with a byte order mark and UTF-16 are recognised too. Converted text is NFC in the house style of tone marks.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import filterfalse, islice
from operator import itemgetter

from dinhlang.vietnamese.syllable import is_syllable
from dinhlang.vietnamese.text import TONES, house_style, nfc


class Encoding(StrEnum):
    """What a text can be in other than plain UTF-8."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    WINDOWS_1258 = "windows-1258"
    MISREAD_UTF_8 = "misread-utf-8"
    UTF_8_WITH_MARK = "utf-8-sig"
    UTF_16 = "utf-16"


def detect(source: str | bytes) -> Encoding | None:
    """The legacy code of text or bytes; None for sound Unicode, other languages and what shows no code clearly.

    A code is named only when reading by it turns impossible words into possible syllables, at least two of
    them (or one with a sign no word has inside, as in x·) and three of four that change at all.
    """
    if isinstance(source, str):
        return _detect_in_text(source)
    if source.startswith(codecs.BOM_UTF8):
        return Encoding.UTF_8_WITH_MARK
    if _utf_16_codec(source):
        return Encoding.UTF_16
    if _is_utf_8(source):
        return None
    return _detect_in_text(_as_western(source))


def to_unicode(source: str | bytes, encoding: Encoding | None = None) -> str:
    """The text in Unicode, NFC. Without `encoding` the code is detected; without a code the text stays as it is.

    Bytes in no code that is known are read as UTF-8, and when they are not that, as Western European text.
    Never raises: a byte without meaning becomes U+FFFD.
    """
    if isinstance(source, str):
        return _convert_text(source.removeprefix("\ufeff"), encoding or _detect_in_text(source))
    encoding = encoding or detect(source)
    if encoding is Encoding.UTF_8_WITH_MARK:
        return nfc(source.decode("utf-8-sig", errors="replace"))
    if encoding is Encoding.UTF_16:
        return nfc(source.decode(_utf_16_codec(source) or "utf-16", errors="replace").removeprefix("\ufeff"))
    if encoding is None and _is_utf_8(source):
        # A good file may still hold text that was misread before it was saved.
        return to_unicode(source.decode("utf-8"))
    return _convert_text(_as_western(source), encoding)


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _utf_16_codec(data: bytes) -> str | None:
    """The codec of UTF-16 with a byte order mark, or without one when every other byte is mostly NUL."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[:4096]
    half = len(sample) // 2
    if not half or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd * 2 > half and even * 8 < half:
        return "utf-16-le"
    if even * 2 > half and odd * 8 < half:
        return "utf-16-be"
    return None


def _as_western(data: bytes) -> str:
    """Bytes as Windows-1252; the five that it leaves out as Latin-1 controls."""
    return "".join(_WESTERN[byte] for byte in data)


_WESTERN = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)]


def _tcvn3_table() -> dict[int, str]:
    """Code points A1–FE as read by Latin-1 → letters (TCVN 5712:1993, the set VN3)."""
    layout = {
        0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
        0xB5: "àảãáạ",
        0xBB: "ằẳẵắ",
        0xC6: "ặầẩẫấậè",
        0xCE: "ẻẽéẹềểễếệìỉ",
        0xDC: "ĩíịò",
        0xE1: "ỏõóọồổỗốộờởỡớợù",
        0xF1: "ủũúụừửữứựỳỷỹýỵ",
    }
    return {
        start + place: letter for start, letters in layout.items() for place, letter in enumerate(letters)
    }


_TCVN3 = _tcvn3_table()


def _from_tcvn3(text: str) -> str:
    return "".join(_from_tcvn3_line(line) for line in text.splitlines(keepends=True))


def _from_tcvn3_line(line: str) -> str:
    capitals = sum("A" <= letter <= "Z" for letter in line)
    converted = line.translate(_TCVN3)
    if capitals > 2 and not any("a" <= letter <= "z" for letter in line):
        return converted.upper()
    return converted


# The characters of VNI that stand for marks: those of the tones alone, then with ^ and with ˘, each in the
# order huyền, hỏi, ngã, sắc, nặng; and the letters that have a code of their own.
_VNI_TONES = "øûõùï"
_VNI_QUALITIES = {"\u0302": ("â", "àåãáä"), "\u0306": ("ê", "èúüéë")}
_VNI_OWN = {"ñ": "đ", "ô": "ơ", "ö": "ư", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "í": "í", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    small = dict(_VNI_OWN)
    for code in "aeouyôö":
        letter = _VNI_OWN.get(code, code)
        small |= {code + sign: nfc(letter + tone) for sign, tone in zip(_VNI_TONES, TONES, strict=True)}
    for quality, (plain, with_tone) in _VNI_QUALITIES.items():
        for letter in "aeo" if quality == "\u0302" else "a":
            small[letter + plain] = nfc(letter + quality)
            small |= {
                letter + sign: nfc(letter + quality + tone)
                for sign, tone in zip(with_tone, TONES, strict=True)
            }
    # A capital letter may be followed by the sign of either case.
    large = {
        code[0].upper() + rest: letter.upper() for code, letter in small.items() for rest in _cases(code[1:])
    }
    return small | large


def _cases(sign: str) -> set[str]:
    return {sign, sign.upper()}


_VNI = _vni_table()
_VNI_CODE = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))


def _from_vni(text: str) -> str:
    return _VNI_CODE.sub(lambda code: _VNI[code[0]], text)


_WINDOWS_1258 = {
    ord(_WESTERN[byte]): bytes([byte]).decode("cp1258")
    for byte in range(0xA0, 0x100)
    if bytes([byte]).decode("cp1258") != _WESTERN[byte]
}
_LETTER_THEN_TONE = re.compile(f"[ăâêôơưĂÂÊÔƠƯ][{TONES}]")


def _from_windows_1258(text: str) -> str:
    """Read rightly, the tones are combining characters already and only want composing."""
    return text if any(tone in text for tone in TONES) else text.translate(_WINDOWS_1258)


# The bytes of UTF-8 for the letters with marks and for quotation marks and dashes, each as a Western character.
_MISREAD_UTF_8 = re.compile(
    "[ÂÃÄÅÆÌáâ](?:(?<=[ÂÃÄÅÆÌ])|{any}){any}".format(
        any="[" + "".join(map(re.escape, _WESTERN[0x80:0xC0])) + "\x80-\x9f]"
    )
)


def _from_misread_utf_8(text: str) -> str:
    return _MISREAD_UTF_8.sub(_letter_of_bytes, text)


def _letter_of_bytes(found: re.Match[str]) -> str:
    data = b"".join(_BYTES.get(letter) or letter.encode("latin-1") for letter in found[0])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


_BYTES = {letter: bytes([byte]) for byte, letter in enumerate(_WESTERN)}

_CONVERTERS: dict[Encoding, Callable[[str], str]] = {
    Encoding.TCVN3: _from_tcvn3,
    Encoding.VNI: _from_vni,
    Encoding.WINDOWS_1258: _from_windows_1258,
    Encoding.MISREAD_UTF_8: _from_misread_utf_8,
}


def _convert_text(text: str, encoding: Encoding | None) -> str:
    converter = _CONVERTERS.get(encoding) if encoding else None
    return house_style(converter(text)) if converter else nfc(text)


_WORD = re.compile(r"[^\s\x00-@\[-`{-\x7f“”‘’–—…•]+")
_LOOKED_AT = 2000
_SHORT = 20_000
_ENOUGH = 2
_FOR_EACH_AGAINST = 3


# The same text is asked about when it is decoded and when its health is judged.
@lru_cache(maxsize=2)
def _detect_in_text(text: str) -> Encoding | None:
    if text.isascii():
        return None
    if _LETTER_THEN_TONE.search(text):
        return Encoding.WINDOWS_1258
    if _MISREAD_UTF_8.search(text) and _is_misread_utf_8(text):
        return Encoding.MISREAD_UTF_8
    # Each word is judged once: a text of two thousand words holds some three hundred.
    words = Counter(filterfalse(str.isascii, _first_words(text)))
    odd = [word for word in words if not is_syllable(word)]
    if not odd:
        return None
    evidence = {encoding: _evidence(words, odd, convert) for encoding, convert in _CONVERTERS.items()}
    best = max(evidence, key=evidence.__getitem__)
    return best if evidence[best] >= _ENOUGH else None


def _first_words(text: str) -> Iterable[str]:
    """The first words of a text; of a short one all are found at once, which is sooner done."""
    if len(text) <= _SHORT:
        return _WORD.findall(text)[:_LOOKED_AT]
    return map(itemgetter(0), islice(_WORD.finditer(text), _LOOKED_AT))


def _is_misread_utf_8(text: str) -> bool:
    """Whether its bytes make syllables: 'Ã' and 'áº' begin nothing in sound text, but a line may quote them."""
    words = [
        word[0] for word in islice(re.finditer(r"\S+", text), _LOOKED_AT) if _MISREAD_UTF_8.search(word[0])
    ]
    converted = [re.sub(r"[\W\d_]+", "", nfc(_from_misread_utf_8(word))) for word in words]
    good = sum(is_syllable(word) for word in converted)
    return good >= _ENOUGH and good * 2 > len(words)


def _evidence(words: Mapping[str, int], odd: Sequence[str], convert: Callable[[str], str]) -> int:
    """How strongly the words speak for a code: 0 when more than one word of four speaks against it.

    A word that is a possible syllable before and after says nothing (mét is một in TCVN3). `odd` are the words that
    are no syllables: nothing speaks for a code that makes none of them one.
    """
    tried = nfc(convert("\n".join(odd))).split("\n")
    if len(tried) == len(odd) and not any(map(is_syllable, tried)):
        return 0
    speaks_for = speaks_against = strength = 0
    # One word to a line, so that all are converted at once and each by itself; some codes make new lines.
    made = nfc(convert("\n".join(words))).split("\n")
    if len(made) != len(words):
        made = [nfc(convert(word)) for word in words]
    for (word, times), converted in zip(words.items(), made, strict=True):
        if not is_syllable(converted):
            speaks_against += times
        elif not is_syllable(word):
            speaks_for += times
            strength += times * (_ENOUGH if _has_sign_inside(word) else 1)
    return strength if speaks_for >= _FOR_EACH_AGAINST * speaks_against else 0


def _has_sign_inside(word: str) -> bool:
    """Whether no language writes the word: it holds a sign (x·) or a capital after a small letter (ViÖt)."""
    return any(unicodedata.category(letter)[0] != "L" for letter in word) or bool(
        _CAPITAL_INSIDE.search(word)
    )


_CAPITAL_INSIDE = re.compile(r"[a-zà-öø-ÿ][À-ÖØ-Þ]")
