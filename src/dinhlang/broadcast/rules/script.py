"""From written words to a first draft of what is spoken: shorter, the lead first, short sentences, nothing only an eye can use.

The draft adds no word that the source does not have, and says what it left out: a person reads it before anything is aired.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dinhlang.broadcast.rules.reading import Rate, seconds, syllables
from dinhlang.vietnamese.text import fold, nfc

# A listener cannot go back: what takes longer than this in one item is not heard to its end.
USUAL_SECONDS = 120
# A reader's breath; a longer sentence is cut where the language lets it be.
LONG_SENTENCE = 30
_SHORT_PART = 6
# Of its words in the lead already: saying it again tells nothing.
_SAME = 0.8
_MOST_LETTERS = 200_000

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:gov\.vn|com\.vn|org\.vn|edu\.vn|net\.vn|vn|com|net|org)(?:/[^\s<>()]*)?",
    re.IGNORECASE,
)
_CODE = re.compile(r"<[^>\n]{0,300}>|\{[{%].{0,300}?[%}]\}|```.*?```", re.DOTALL)
_MARKUP = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,1000}\)|[*_#`]{2,}|^\s*#+\s", re.MULTILINE)
_BULLET = re.compile(r"^\s*(?:[-–—•+*▪●]|\d{1,2}[.)]|[a-zđ][.)])\s+")
# What only someone who looks at a page can follow. Compared without marks.
_FOR_THE_EYE = re.compile(
    r"^(?:xem (?:them|chi tiet|toan van|ban do)|chi tiet (?:xem )?(?:tai|o)|tai (?:ve|xuong) |bam (?:vao|nut)|nhan vao|truy cap(?: vao)?\b"
    r"|quet ma|(?:toan van|van ban|tep)\b.{0,60}\b(?:dinh kem|kem theo|tai day)|anh\s*:|hinh (?:anh)?\s*\d*\s*:|nguon\s*:|link\b)"
    r"|\b(?:tai day|duoi day|anh (?:tren|duoi)|hinh ben|bang (?:tren|duoi)|(?:theo|qua|tai|vao) (?:duong (?:dan|link)|dia chi web)|ma qr)\b"
)
_ASIDE = re.compile(r"\s*\(([^()]*)\)")
_CALLED = re.compile(r"(?:sau day )?(?:goi (?:tat|chung)|viet tat)\b")
_END = re.compile(r"(?<=[.?!…])[\"”’)]?\s+(?=[\"“‘(]?[^\W\d_a-zà-ỹđ]|[\"“]?\d)")
# A full stop after these ends no sentence.
_NOT_THE_END = re.compile(
    r"(?:\b(?:TP|TX|TT|Tp|Tx|Tr|tr|GS|PGS|TS|ThS|BS|KS|CN|Ths|ĐT|Tel|P|Q|H|X|No|v\.v|Mr|Ms|Đ/c|đ/c|St)|\b[A-ZĐ]|^\d{1,2}|\s\d{1,2})\.$"
)
# Where a long sentence may be cut: what follows stands as a sentence of its own.
_CUT = re.compile(
    r"\s*;\s+|,\s+(?=(?:đồng thời|ngoài ra|bên cạnh đó|qua đó|vì vậy|vì thế|do đó|do vậy|tuy nhiên|theo đó|từ đó|cùng với đó|mặt khác|trong khi đó)\b)",
    re.IGNORECASE,
)
_BEFORE_A_MARK = re.compile(r"[\s,]+([,.;:?!…])")
_SPACES = re.compile(r"[ \t\u00a0]+")


@dataclass(frozen=True, slots=True)
class Written:
    """What is told in writing: a title, a lead, and paragraphs of plain words."""

    title: str
    lead: str = ""
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """A draft of what is read: `script` in paragraphs, the seconds it takes, and the sentences that were left out."""

    script: str
    seconds: int
    left_out: tuple[str, ...] = ()


def draft(written: Written, *, most_seconds: int = USUAL_SECONDS, rate: Rate | None = None) -> Spoken:
    """The first draft of a script, in at most about `most_seconds` (at least its first sentence).

    The lead comes first, then the text in its order as far as there is time. Addresses of the web, references to
    pictures and buttons, abbreviations in brackets and what the lead has said already are left out; long sentences are
    cut where they can be.
    """
    told: list[str] = []
    left_out: list[str] = []
    taken = 0
    is_full = False
    paragraphs: list[str] = []
    for paragraph in _paragraphs(written):
        said: list[str] = []
        for sentence in sentences(paragraph):
            heard = spoken(sentence)
            if not heard:
                left_out.append(sentence)
                continue
            if _was_told(heard, told):
                continue
            needs = seconds(heard, rate)
            # After the first that does not fit nothing follows: a text with holes says something else.
            if is_full or (told and taken + needs > most_seconds):
                is_full = True
                left_out.append(sentence)
                continue
            taken += needs
            told.append(heard)
            said += in_breaths(heard)
        if said:
            paragraphs.append(" ".join(said))
    script = "\n".join(paragraphs)
    return Spoken(script, seconds(script, rate), tuple(left_out))


def _paragraphs(written: Written) -> Iterator[str]:
    budget = _MOST_LETTERS
    for part in (written.lead or written.title, *written.paragraphs):
        for line in plain(part[:budget]).split("\n"):
            text = _BULLET.sub("", line).strip()
            if text:
                yield text
        budget -= len(part)
        if budget <= 0:
            return


def plain(text: str) -> str:
    """The words without tags, markup and code; lines stay lines. NFC."""
    text = _CODE.sub(" ", nfc(text).replace("\r\n", "\n").replace("\r", "\n"))
    text = _MARKUP.sub(lambda found: found[1] or "", text)
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph. 'TP. Huế', 'ngày 5. …' of an enumeration and initials do not end one."""
    found: list[str] = []
    for part in _END.split(text):
        if found and _NOT_THE_END.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return [one.strip() for one in found if one.strip()]


def spoken(sentence: str) -> str:
    """The sentence as it can be heard, '' when it is only for the eye."""
    without = _ADDRESS.sub("\0", sentence)
    if _FOR_THE_EYE.search(fold(without.replace("\0", " "))) or (
        "\0" in without and syllables(without) < 2 * _SHORT_PART
    ):
        return ""
    said = re.sub(
        r"\s*(?:\(\s*)?(?:(?:tại|qua|theo|vào)\s+)?(?:(?:địa chỉ|trang|website|cổng|email|thư điện tử|hộp thư)\s*:?\s*)?\0(?:\s*\))?",
        " ",  # words that stood on both sides stay two
        without,
        flags=re.IGNORECASE,
    )
    said = _ASIDE.sub(_aside, said).replace("\0", " ")
    said = _SPACES.sub(" ", said)
    said = _BEFORE_A_MARK.sub(r"\1", said).strip(" ,;:-–—")
    if not syllables(said):
        return ""
    said = said[0].upper() + said[1:]
    return said if said[-1] in '.?!…"”' else f"{said}."


def _aside(found: re.Match[str]) -> str:
    """What stands in brackets is heard between commas; an abbreviation or a source is not heard at all."""
    inside = found[1].strip()
    if (
        not inside
        or _CALLED.match(fold(inside))
        or " " not in inside
        or re.match(r"(?:theo|nguồn|ảnh)\b", inside, re.I)
    ):
        return " "
    return f", {inside},"


def in_breaths(sentence: str) -> list[str]:
    """The sentence, or when it is long the sentences it can be cut into. No word is lost or added."""
    if syllables(sentence) <= LONG_SENTENCE:
        return [sentence]
    pieces: list[str] = []
    start = 0
    for cut in _CUT.finditer(sentence):
        head, tail = sentence[start : cut.start()], sentence[cut.end() :]
        if syllables(head) >= _SHORT_PART and syllables(tail) >= _SHORT_PART:
            pieces.append(head)
            start = cut.end()
    pieces.append(sentence[start:])
    return [_as_sentence(one) for one in pieces]


def _as_sentence(piece: str) -> str:
    piece = piece.strip(" ,;")
    piece = piece[0].upper() + piece[1:]
    return piece if piece[-1] in '.?!…"”' else f"{piece}."


def _was_told(sentence: str, told: Sequence[str]) -> bool:
    """Whether what was told already has nearly all the words of the sentence."""
    words = set(_words(sentence))
    if len(words) < _SHORT_PART:
        return sentence in told
    return any(len(words & set(_words(one))) >= _SAME * len(words) for one in told)


def _words(text: str) -> Iterable[str]:
    return re.findall(r"\w+", fold(text))
