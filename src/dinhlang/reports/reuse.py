"""Sentences taken over from earlier reports: which, from when, and the years they still carry. Plain Python."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz, process

from dinhlang.officialdoc.model import Role
from dinhlang.reports.editing import Draft, Origin, Piece
from dinhlang.reports.passages import TOKEN, Text
from dinhlang.vietnamese.text import fold

# Shorter sentences are alike by chance; below the score two sentences say two things.
SHORTEST = 50
_WORD_FOR_WORD = 97.0
_NEARLY = 90.0

_END = re.compile(r"(?<=\D[.;!?…])\s+(?=\w)|(?<=\d[.;!?…])\s+(?=[^\W\d_])")
_NUMBER = re.compile(r"\d[\d.,]*")
# 'ngày 15 tháng 7 năm 2021' is the date of another document and stays as it is; so does 'giai đoạn 2021-2030'.
_YEAR = re.compile(
    r"(?<!\d)(?P<before>tháng \d{1,2} )?(?:năm |quý [ivx]{1,3}[/ ](?:năm )?)(?P<year>20\d\d)(?!\s*[-–]\s*\d)",
    re.I,
)


@dataclass(frozen=True)
class Earlier:
    """An earlier report of the unit: what it is called, its year, its sentences."""

    label: str
    year: int
    sentences: tuple[str, ...]

    @cached_property
    def compared(self) -> tuple[str, ...]:
        return tuple(map(_compared, self.sentences))


@dataclass(frozen=True, slots=True)
class Reused:
    """A sentence that stood in an earlier report. `stale` are the years in it that are before this report's."""

    sentence: str
    label: str
    year: int
    is_exact: bool
    stale: tuple[int, ...] = ()


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph that are long enough to be recognised."""
    for sentence in _END.split(" ".join(text.split())):
        if len(sentence) >= SHORTEST:
            yield sentence.strip()


def reused(text: str, earlier: Sequence[Earlier]) -> list[Reused]:
    """The sentences of `text` that an earlier report has, each from the newest report that has it."""
    found = []
    for sentence in sentences(text):
        compared = _compared(sentence)
        for one in earlier:
            best = process.extractOne(compared, one.compared, scorer=fuzz.ratio, score_cutoff=_NEARLY)
            if best is not None:
                found.append(Reused(sentence, one.label, one.year, best[1] >= _WORD_FOR_WORD))
                break
    return found


def stale_years(sentence: str, year: int) -> tuple[int, ...]:
    """The years a sentence speaks of that are before `year`; dates of documents are left out."""
    years = {int(found["year"]) for found in _YEAR.finditer(sentence) if not found["before"]}
    return tuple(sorted(one for one in years if one < year))


def _compared(sentence: str) -> str:
    """Without marks and letters' case; numbers and figures are one and the same, since they change every year."""
    return " ".join(_NUMBER.sub("#", TOKEN.sub("#", fold(sentence))).split())


# --- a whole draft, remembered --------------------------------------------------------------------


def found_in(
    draft: Draft, known: Mapping[str, Any], mark: str, load: Callable[[], Sequence[Earlier]]
) -> dict[str, Any]:
    """What is reused in each paragraph, by `digest` of its words.

    What is already known of the same words against the same earlier texts (`mark`) is not compared again; `load`
    is called only when something is.
    """
    before = known.get("found", {}) if known.get("mark") == mark else {}
    wanted = {digest(words): words for words in map(words_of, draft.body) if words}
    new = {key: words for key, words in wanted.items() if key not in before}
    found = {key: before[key] for key in wanted if key in before}
    if new:
        earlier = load()
        found |= {
            key: [[one.sentence, one.label, one.year, one.is_exact] for one in reused(words, earlier)]
            for key, words in new.items()
        }
    return {"mark": mark, "found": found}


def in_piece(piece: Piece, known: Mapping[str, Any], year: int) -> list[Reused]:
    """What is remembered of a piece."""
    words = words_of(piece)
    rows = known.get("found", {}).get(digest(words), []) if words else []
    return [
        Reused(sentence, label, since, is_exact, stale_years(sentence, year))
        for sentence, label, since, is_exact in rows
    ]


def digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def words_of(piece: Piece) -> str:
    """The words of a piece that may have been taken over; '' for one that speaks in figures of the ledger."""
    block = piece.block
    if (
        piece.removed
        or piece.closing
        or not isinstance(block, Text)
        or block.role not in {Role.BODY, Role.ITEM}
    ):
        return ""
    if piece.origin is Origin.OUTLINE and TOKEN.search(block.words):
        return ""
    return block.words
