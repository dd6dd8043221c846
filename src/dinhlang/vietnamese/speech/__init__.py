"""Text as it is to be spoken: short forms, numbers, days, codes and foreign words become Vietnamese words.

`spoken` gives the words alone, `sentences` what a voice reads: sentence by sentence, with the pauses. Both take any text
in any normal form, never raise, and take time in proportion to its length. What a short form means can depend on the
words around it and on the commune, which may bring a table of its own (`table.read`); the house's tables stand in
`data/`. `pace` tells how long it takes to read aloud.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from dinhlang.vietnamese.speech import addresses, amounts, codes, days, signs, wording
from dinhlang.vietnamese.speech.scan import Kind, Piece, Rule, pieces
from dinhlang.vietnamese.speech.table import BadTable, Words, default, read

__all__ = ["BadTable", "Sentence", "Words", "default", "read", "sentences", "spoken"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: as it was written (NFC, one line), and its words with commas where the voice pauses."""

    written: str
    spoken: str

    @property
    def words(self) -> str:
        """The spoken words alone."""
        return self.spoken.replace(",", "")


def spoken(text: str, words: Words | None = None) -> str:
    """The words of a text as they are spoken, single spaces between them: no digit, no sign, no short form.

    Letters of other scripts cannot be spoken and are left out. Spoken text stays as it is.
    """
    return " ".join(piece.said for piece in _pieces(_seen(text), words or default()) if piece.said)


def sentences(text: str, words: Words | None = None) -> list[Sentence]:
    """The sentences of a text in order; those in which nothing is spoken are left out."""
    seen = _seen(text)
    found: list[Sentence] = []
    said: list[str] = []
    start = 0
    for piece in [*_pieces(seen, words or default()), Piece(Kind.STOP, "", len(seen), len(seen))]:
        if piece.said:
            said.append(piece.said)
        if piece.kind is Kind.PAUSE and said and not said[-1].endswith(","):
            said[-1] += ","
        if piece.kind is Kind.STOP:
            if said:
                found.append(Sentence(" ".join(seen[start : piece.end].split()), " ".join(said).rstrip(",")))
            said, start = [], piece.end
    return found


_ABOVE = str.maketrans(
    {
        "²": "2",
        "³": "3",
        "⁄": "/",
        "−": "-",
        "‑": "-",
        "‐": "-",
        "‒": "–",
        "―": "—",
        "\u00a0": " ",
        "\u202f": " ",
        "\t": " ",
        "º": "°",
        "˚": "°",
        "℃": "°C",
        "′": "'",
        "”": '"',
        "“": '"',
        "µ": "μ",
        "½": " 1/2 ",
        "¼": " 1/4 ",
        "¾": " 3/4 ",
    }
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f\r]+")
_COMPATIBLE = re.compile("[\uff01-\uff5e\u2160-\u217f\u2460-\u249b\U0001d400-\U0001d7ff\ufb00-\ufb06]")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")


def _seen(text: str) -> str:
    """The text in NFC with one writing for each sign: full width, raised and other digits, dashes, spaces."""
    plain = _UNSEEN.sub("", unicodedata.normalize("NFC", text).translate(_ABOVE))
    plain = _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), plain)
    return _OTHER_DIGIT.sub(lambda found: str(unicodedata.digit(found[0], 0)), plain)


def _pieces(text: str, words: Words) -> Iterator[Piece]:
    return pieces(text, words, _rules)


_DIGIT_RULES: tuple[Rule, ...] = (
    signs.list_mark,
    addresses.address,
    amounts.spaced,
    *codes.DIGITS_FIRST,
    *days.RULES,
    *amounts.RULES,
    *codes.DIGITS_LAST,
    signs.sign,
)
_LETTER_RULES: tuple[Rule, ...] = (
    wording.place_name,
    wording.head,
    addresses.address,
    *codes.LETTERS,
    wording.weekday,
    wording.unit,
    wording.roman,
    wording.joined,
    wording.with_digits,
    wording.word,
)
_SIGN_RULES: tuple[Rule, ...] = (*codes.SIGNS, signs.sign)


def _rules(character: str) -> tuple[Rule, ...]:
    if character in "0123456789":
        return _DIGIT_RULES
    if character.isalpha():
        return _LETTER_RULES
    return _SIGN_RULES
