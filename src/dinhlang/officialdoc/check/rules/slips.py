"""Syllables that exist and were not meant: one mark is wrong, and the word beside it tells."""

from __future__ import annotations

from collections.abc import Iterator

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.neighbours import Trait
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
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
        words = piece.plain
        capitals = piece.text.isupper()
        for index in strange:
            first, second = words[index], words[index + 1]
            if not piece.is_joined(index):
                continue
            (start, first_end), (second_start, end) = piece.spans[index], piece.spans[index + 1]
            if not capitals and piece.text[second_start].isupper():
                continue
            right = slips.meant(_neighbour(piece, index, -1), first, second, _neighbour(piece, index + 1, 1))
            if right is None or (
                right[0] != first and index and piece.text[start].isupper() and not capitals
            ):
                continue
            quote = piece.text[start:end]
            fix = _like(quote, first_end - start, right)
            yield Hit(piece, start, end, f"“{quote}” có lẽ nhầm dấu: “{fix}”.", fix)


def _neighbour(piece: Piece, index: int, step: int) -> str | None:
    """The word beside, when only space parts the two."""
    at = index + step
    if not 0 <= at < len(piece.plain) or not piece.is_joined(min(index, at)):
        return None
    return piece.plain[at]


def _like(quote: str, first: int, right: tuple[str, str]) -> str:
    """The pair that was meant, in the capitals of the quote, whose first word has `first` letters, with its space."""
    space = quote[first:].replace(quote.rsplit(maxsplit=1)[-1], "")
    text = f"{right[0]}{space}{right[1]}"
    if quote.isupper():
        return text.upper()
    return text[0].upper() + text[1:] if quote[0].isupper() else text


RULES = (wrong_mark,)
