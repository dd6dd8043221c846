"""Pages of a PDF from anywhere, in a process of their own: it falls amid a word, a page cannot be drawn, no page is left."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pytest

from dinhlang.officialdoc.read.pages import drawing, sheets


def two_pages() -> bytes:
    document, packed = pdfium.PdfDocument.new(), BytesIO()
    for _page in range(2):
        document.new_page(100, 100)
    document.save(packed)
    return packed.getvalue()


def test_a_process_that_falls_amid_a_word_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def fallen(*_asked: object) -> subprocess.Popen[bytes]:
        told = [sys.executable, "-c", """print('{"text": "D', end="")"""]
        return subprocess.Popen(told, stdout=subprocess.PIPE, start_new_session=True)

    monkeypatch.setattr(sheets, "started", fallen)
    with pytest.raises(sheets.CannotOpen) as refused:
        sheets.sheet_of(two_pages(), 1)
    assert refused.value.why == sheets.DAMAGED


def test_of_a_page_that_cannot_be_drawn_the_words_are_told() -> None:
    class Words:
        def get_text_range(self, _first: int, _count: int) -> str:
            return "CĂN CƯỚC CÔNG DÂN"

        def count_chars(self) -> int:
            return 17

    class Undrawable:
        def get_textpage(self) -> Words:
            return Words()

        def get_objects(self, **_asked: Any) -> Any:
            raise pdfium.PdfiumError("no")

    assert drawing._drawn([Undrawable()], 1) == "CĂN CƯỚC CÔNG DÂN"


def test_a_file_whose_every_page_is_left_out_has_none() -> None:
    assert sheets.count_in(two_pages()) == 2
    assert b"/Count 0" in sheets.without(two_pages(), [1, 2])
