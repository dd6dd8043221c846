"""A span knows its page and its box when the file has pages."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from dinhlang.officialdoc.codec import BadDocument, from_json, to_json
from dinhlang.officialdoc.model import Span
from dinhlang.officialdoc.read import read
from dinhlang.officialdoc.read.decode import Decoded
from dinhlang.officialdoc.read.document import document_of
from dinhlang.officialdoc.read.pages.drawn import picture_of
from dinhlang.officialdoc.read.pages.page import Page
from dinhlang.officialdoc.read.sheets import Piece, located, rows_of
from dinhlang.officialdoc.write import pdf

PLACES = (
    (Piece(1, 4, 1, (10, 20, 30, 32)), Piece(5, 9, 1, (34, 20, 60, 32))),
    (),
    (Piece(1, 6, 1, (10, 700, 40, 712)), Piece(7, 12, 2, (10, 30, 50, 42))),
)
TEXT = """BÁO CÁO
Kết quả tuyên truyền năm 2023

Căn cứ Kế hoạch số 25/KH-UBND ngày 08/02/2023 của UBND huyện Tứ Kỳ về tuyên truyền;"""


@pytest.mark.parametrize(
    ("span", "page", "box"),
    [
        (Span(1, 1, 1, 4), 1, (10, 20, 30, 32)),
        (Span(1, 6, 1, 8), 1, (34, 20, 60, 32)),
        (Span(1, 1, 1, 9), 1, (10, 20, 60, 32)),
        (Span(1, 5, 3, 6), 1, (10, 20, 60, 712)),
        (Span(3, 1, 3, 12), 1, (10, 700, 40, 712)),
        (Span(3, 7, 3, 12), 2, (10, 30, 50, 42)),
        (Span(2, 1, 2, 1), None, None),
        (Span(9, 1, 9, 5), None, None),
    ],
)
def test_a_span_gets_the_box_of_its_words_on_its_first_page(span, page, box):
    found = located(span, PLACES)
    assert (found.page, found.box) == (page, box)
    assert (found.line, found.column) == (span.line, span.column)


def test_places_reach_every_span_of_a_document_and_come_through_json():
    places = ((), (), (), (Piece(1, 90, 2, (85.0, 100.5, 500.0, 128.0)),))
    document = document_of(Decoded(TEXT, "pdf", pages=2, whole_lines=True, places=places), "a.pdf")
    (reference,) = document.references
    assert reference.span.box == (85.0, 100.5, 500.0, 128.0)
    assert document.body[0].span.page == 2
    assert document.source.pages == 2
    again = from_json(to_json(document))
    assert again.references[0].span == reference.span


def test_a_span_without_a_box_says_nothing_of_one():
    document = document_of(Decoded(TEXT, "text"), "a.txt")
    assert "box" not in to_json(document)["references"][0]["span"]


@pytest.mark.parametrize("box", [[1, 2, 3], [1, 2, 3, "4"], [1, 2, 3, True], [0, 0, 1, float("inf")]])
def test_a_box_is_four_numbers(box):
    span = {"line": 1, "column": 1, "end_line": 1, "end_column": 2, "page": 1, "box": box}
    with pytest.raises(BadDocument, match="bốn số"):
        from_json({"sections": [], "proposals": [{"text": "a", "span": span}]})


def test_a_paragraph_is_marked_row_by_row_and_only_its_words() -> None:
    """Two rows of one paragraph, the second on the next page: 'hai ba bốn' of 'một hai ba | bốn năm'."""
    line = (
        Piece(1, 4, 1, (60, 700, 80, 712)),
        Piece(5, 8, 1, (84, 700, 100, 712)),
        Piece(9, 11, 1, (104, 699, 118, 712)),
        Piece(12, 15, 2, (60, 60, 80, 72)),
        Piece(16, 19, 2, (84, 60, 100, 72)),
    )
    assert rows_of(Span(1, 5, 1, 15), [line]) == [
        (1, (84, 699, 118, 712)),
        (2, (60, 60, 80, 72)),
    ]
    assert rows_of(Span(2, 1, 2, 5), [line]) == []


@pytest.mark.parametrize(("turned", "size"), [(0, (595.0, 842.0)), (1, (842.0, 595.0)), (2, (595.0, 842.0))])
def test_a_page_is_as_large_as_a_person_sees_it(turned: int, size: tuple[float, float]) -> None:
    assert Page(1, 595.0, 842.0, turned=turned).seen_size == size


def test_a_page_is_drawn_and_nonsense_is_not() -> None:
    made = pdf(read("BÁO CÁO\nKết quả năm 2022\n\nNội dung.".encode(), "a.txt"))
    drawn = picture_of(made, "pdf", 1)
    assert drawn is not None
    with Image.open(BytesIO(drawn)) as image:
        assert (image.format, image.width) == ("WEBP", 1100)
        assert image.convert("L").getextrema() == (0, 255)
    assert [picture_of(made, "pdf", 2), picture_of(b"%PDF-1.4", "pdf", 1), picture_of(b"x", "image", 1)] == [
        None
    ] * 3
