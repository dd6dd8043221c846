"""Where the words of a text stand on the pages of a PDF file or a scan, and spans that say so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from dinhlang.officialdoc.model import Box, Span

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a line: its columns (from 1, the end one after the last), its page (from 1), its box, how it looks."""

    start: int
    end: int
    page: int
    box: Box
    bold: bool = False
    italic: bool = False


def located(value: _T, places: Sequence[Sequence[Piece]]) -> _T:
    """The same value, a dataclass or a tuple of them, in which every span has its page and its box."""
    return with_spans(value, lambda span: _with_box(span, places)) if places else value


def with_spans(value: _T, new: Callable[[Span], Span]) -> _T:
    """The same value, a dataclass or a tuple of them, with a new span for every span in it."""
    return cast(_T, _with_spans(value, new))


def _with_spans(value: Any, new: Callable[[Span], Span]) -> Any:
    if isinstance(value, Span):
        return new(value)
    if isinstance(value, tuple | list):
        return type(value)(_with_spans(one, new) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        old = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
        made = {name: _with_spans(one, new) for name, one in old.items()}
        changed = {name: one for name, one in made.items() if one is not old[name]}
        return replace(value, **changed) if changed else value
    return value


def rows_of(span: Span, places: Sequence[Sequence[Piece]]) -> list[tuple[int, Box]]:
    """Where the words of the span stand, row by row as they are printed: the page of each row, and its box.

    A paragraph is one line of the text and several rows of the page; a box around all of them would mark words that
    are not meant.
    """
    rows: list[tuple[int, Box]] = []
    for piece in pieces_in(span, places):
        if rows and rows[-1][0] == piece.page and _is_beside(rows[-1][1], piece.box):
            rows[-1] = piece.page, _around((rows[-1][1], piece.box))
        else:
            rows.append((piece.page, piece.box))
    return rows


def _is_beside(row: Box, box: Box) -> bool:
    """Whether a word goes on the row: at the same height, and further right."""
    return row[1] <= (box[1] + box[3]) / 2 <= row[3] and box[0] >= row[0]


def _around(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def pieces_in(span: Span, places: Sequence[Sequence[Piece]]) -> list[Piece]:
    """The words that the span is about, as they stand on the pages."""
    return [
        piece
        for number in range(span.line, min(span.end_line, len(places)) + 1)
        for piece in places[number - 1]
        if (number > span.line or piece.end > span.column)
        and (number < span.end_line or piece.start < span.end_column)
    ]


def _with_box(span: Span, places: Sequence[Sequence[Piece]]) -> Span:
    """The box around the words of the span that stand on its first page."""
    pieces = pieces_in(span, places)
    if not pieces:
        return span
    page = pieces[0].page
    return replace(span, page=page, box=_around([piece.box for piece in pieces if piece.page == page]))
