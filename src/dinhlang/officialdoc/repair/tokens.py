"""Damaged text cut into what may be a word and what is left alone: signs, numbers, codes, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    WORD = "word"
    NUMBER = "number"
    """A number, a date, a code: never changed."""
    ADDRESS = "address"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; `start` and `end` count characters from its beginning."""

    start: int
    end: int
    text: str
    sort: Sort
    glued: bool = False
    """Whether a space is missing before it."""


_CHUNK = re.compile(r"\S+")
# A reader takes the hooks of ơ and ư for quotation marks, so those at the end of a word stay with it.
_BEFORE = re.compile(r"[(\[{“”\"‘’'«<>+*•·|=~_.,;:!?…\-–—/\\]*")
_AFTER = re.compile(r"[)\]}“”\"»<>*•·|=~_.,;:!?…\-–—/\\]+\Z")
_BETWEEN = re.compile(r"[-–—/\\()\[\]“”\"…|_+=;:,.]+")
_ADDRESS = re.compile(
    r"(?i)https?:|www\.|[\w.+-]+@[\w-]+\.\w|[\w-]+(?:\.[\w-]+)*\.(?:vn|com|org|net|edu|gov)(?:/|\Z)"
    r"|.*\.(?:docx?|xlsx?|pptx?|pdf|odt|rtf|txt|zip|rar|jpe?g|png|tiff?)\W*\Z"
)
# 6.694 · 11/3/2022 · 86,5% · 07/KH-UBND · 30/2020/NĐ-CP · 15h30 · 2a · A4 · H5N1 · 000.12.34.H23 · m2
_NUMBER = re.compile(
    r"""
      \d[\d.,:/%°()\-–]* (?: [A-ZĐƯ][\w/.&-]* )?
    | (?!1[ae]\b) \d[\d.,]* (?: h\d* | ha | k?m[23]? | c?m | mm | kg | g | đ | tr | ty | tỷ | [abcdđe] )
    | (?: k?m | c?m | dm ) [23]
    | [A-ZĐƯ]{2,5} [.-]? \d [A-ZĐƯ\d./-]*
    | [A-ZĐƯ] [.-]? \d\d [A-ZĐƯ\d./-]*
    | \d[\d.,:/-]* [A-ZĐƯ][A-ZĐƯ0-9/.&-]* [a-z]? [A-ZĐƯ0-9/.&-]*
    """,
    re.VERBOSE,
)
# The mark of an item: a), đ), b. – but not the end of a sentence.
_ITEM = re.compile(r"\(?[a-zđ]\)[.;,]?")
# Signs that stand for a whole word, mostly ở: nobody writes them alone in a sentence.
_WORDS_OF_ONE_SIGN = frozenset("&@€")
_MOST_CHARACTERS = 200


def tokens_of(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tokens of a stretch of text, in order."""
    for chunk in _CHUNK.finditer(text, start, len(text) if end is None else end):
        # Before a small letter no sentence ends: the question mark is the hook of ử ('si? dung').
        hook = len(chunk[0]) > 1 and chunk[0][-1] == "?" and text[chunk.end() + 1 : chunk.end() + 2].islower()
        yield from _within(chunk[0], chunk.start(), hook)


def _within(chunk: str, offset: int, hook: bool) -> Iterator[Token]:
    if len(chunk) > _MOST_CHARACTERS:
        # No word is so long: a rule of dots, a broken file.
        yield Token(offset, offset + len(chunk), chunk, Sort.ADDRESS)
        return
    if _ADDRESS.match(chunk):
        yield Token(offset, offset + len(chunk), chunk, Sort.ADDRESS)
        return
    if _ITEM.fullmatch(chunk):
        yield Token(offset, offset + len(chunk), chunk, Sort.NUMBER)
        return
    if chunk in _WORDS_OF_ONE_SIGN:
        yield Token(offset, offset + 1, chunk, Sort.WORD)
        return
    before = _BEFORE.match(chunk)
    begin = before.end() if before else 0
    after = _AFTER.search(chunk, begin)
    finish = after.start() if after and not hook else len(chunk)
    yield from _signs(chunk[:begin], offset)
    yield from _pieces(chunk[begin:finish], offset + begin)
    yield from _signs(chunk[finish:], offset + finish)


def _signs(signs: str, offset: int) -> Iterator[Token]:
    for at, sign in enumerate(signs):
        yield Token(offset + at, offset + at + 1, sign, Sort.SIGN)


def _pieces(core: str, offset: int) -> Iterator[Token]:
    """The core of a chunk: one number or code, or words with signs between them."""
    if not core:
        return
    if _NUMBER.fullmatch(core):
        yield Token(offset, offset + len(core), core, Sort.NUMBER)
        return
    at = 0
    for between in _BETWEEN.finditer(core):
        yield from _piece(core[at : between.start()], offset + at)
        yield from _signs(between[0], offset + between.start())
        at = between.end()
    yield from _piece(core[at:], offset + at)


def _piece(piece: str, offset: int) -> Iterator[Token]:
    if piece and not any(letter.isalnum() for letter in piece):
        yield from _signs(piece, offset)
    elif piece:
        sort = Sort.NUMBER if _NUMBER.fullmatch(piece) else Sort.WORD
        yield Token(offset, offset + len(piece), piece, sort)
