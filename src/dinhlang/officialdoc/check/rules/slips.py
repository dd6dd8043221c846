"""Syllables that exist and were not meant: one mark is wrong, and the word beside it tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.neighbours import Trait
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece, Word
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.vietnamese import slips

_WRITTEN = (*PROSE, Part.HEADING, Part.SUBJECT, Part.CELL, Part.HEADER_CELL, Part.APPENDIX_TITLE)


@rule(
    "DL417",
    FindingKind.SPELLING,
    Severity.WARNING,
    "Chữ nhầm dấu (theo chữ đứng cạnh)",
    bad=[
        said("Các đơn vị sư nghiệp công lập của xã."),
        said("CÁC NHIỆM VỤ CẢI CÁCH HÀNH CHINH NĂM 2023"),
        said("Nội dung tuyên truyên."),
        said("Hạ tầng cơ sở vất chất được đầu tư."),
    ],
    good=[
        said("Bộ phận phối hợp: các thôn; kết thúc hành trình; tập quán có hại."),
        said("Ông Lê Văn Chinh, bà Hành Chinh; Phòng Nội vụ quận."),
    ],
)
def wrong_mark(case: Case) -> Iterator[Hit]:
    """Names are left alone: a capital inside a sentence."""
    for piece in case.of(*_WRITTEN):
        strange = piece.pairs_with(Trait.SLIP)
        if not strange:
            continue
        words = piece.words
        capitals = piece.text.isupper()
        for index in strange:
            first, second = words[index], words[index + 1]
            if not piece.is_joined(index):
                continue
            if not capitals and piece.text[second.start].isupper():
                continue
            right = slips.meant(
                _neighbour(piece, words, index, -1),
                first.plain,
                second.plain,
                _neighbour(piece, words, index + 1, 1),
            )
            if right is None or (
                right[0] != first.plain and index and piece.text[first.start].isupper() and not capitals
            ):
                continue
            quote = piece.text[first.start : second.end]
            fix = _like(quote, first, right)
            yield Hit(piece, first.start, second.end, f"“{quote}” có lẽ nhầm dấu: “{fix}”.", fix)


def _neighbour(piece: Piece, words: Sequence[Word], index: int, step: int) -> str | None:
    """The word beside, when only space parts the two."""
    at = index + step
    if not 0 <= at < len(words) or not piece.is_joined(min(index, at)):
        return None
    return words[at].plain


def _like(quote: str, first: Word, right: tuple[str, str]) -> str:
    """The pair that was meant, in the capitals of the quote, with its space."""
    space = quote[first.end - first.start :].replace(quote.rsplit(maxsplit=1)[-1], "")
    text = f"{right[0]}{space}{right[1]}"
    if quote.isupper():
        return text.upper()
    return text[0].upper() + text[1:] if quote[0].isupper() else text


RULES = (wrong_mark,)
