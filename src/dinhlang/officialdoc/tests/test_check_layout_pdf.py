"""The printed page of PDF files: our own is in order, one of a careless Word file is not, and what is seen where."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import pytest
from docx.shared import Pt, RGBColor

from dinhlang.officialdoc.check import check, layout_of
from dinhlang.officialdoc.check.layout import pdf as measured
from dinhlang.officialdoc.check.layout.pages import Align
from dinhlang.officialdoc.read import read_with_places
from dinhlang.officialdoc.read.pages.page import Page, Word
from dinhlang.officialdoc.tests import sample
from dinhlang.officialdoc.write import pdf

SENTENCE = "Ủy ban nhân dân xã đã tổ chức tuyên truyền tới toàn thể người dân trên địa bàn trong năm. "


def rules(data: bytes) -> set[str]:
    reading = read_with_places(data, "a.pdf")
    layout = layout_of(data, "pdf", reading.decoded.sheets)
    found = check(reading.document, text=reading.text, layout=layout)
    return {one.rule for one in found if one.rule.startswith("DL6")}


@pytest.mark.parametrize("make", [sample.report, sample.letter])
def test_what_our_writer_sets_is_in_order(make: Callable[[], object]) -> None:
    assert rules(pdf(make())) == set()


def careless() -> bytes:
    """A Word file with the settings it comes with, red sentences and the number at the foot."""
    word = python_docx.Document()
    for text in (
        "ỦY BAN NHÂN DÂN",
        "XÃ BẾN MẪU",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ):
        word.add_paragraph(text)
    word.add_paragraph("Số: 12/BC-UBND")
    word.add_paragraph("Bến Mẫu, ngày 12 tháng 12 năm 2023")
    word.add_paragraph("BÁO CÁO")
    word.add_paragraph("Kết quả năm 2023")
    for _ in range(12):
        run = word.add_paragraph().add_run(SENTENCE * 4)
        run.font.size, run.font.name = Pt(11), "DejaVu Sans"
        run.font.color.rgb = RGBColor(0xC0, 0, 0)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


@pytest.mark.office
def test_a_careless_file_is_seen_through_its_pdf(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "LibreOffice is installed by scripts/setup"
    (tmp_path / "a.docx").write_bytes(careless())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, timeout=120, capture_output=True)
    found = rules((tmp_path / "a.pdf").read_bytes())
    assert {"DL601", "DL602", "DL603", "DL604", "DL605", "DL606", "DL608", "DL609"} <= found


def page(number: int, *words: Word, ocr: bool = False) -> Page:
    return Page(number, 595, 842, list(words), [], 0, ocr)


def word(text: str, left: float, base: float, width: float = 60, **look: object) -> Word:
    return Word(text, left, base - 12, left + width, base + 3, base, 14, **look)  # type: ignore[arg-type]


def test_a_number_at_the_foot_and_to_the_right_is_told_with_its_place() -> None:
    pages = [
        page(1, word("Chữ", 85, 100), word("1", 560, 815, 7)),
        page(2, word("Chữ", 85, 100), word("2", 560, 815, 7)),
    ]
    layout = measured.layout_of(pages)
    assert layout is not None
    number = layout.sheets[0].number
    assert number is not None
    assert (number.is_at_top, number.align, number.on_first) == (False, Align.RIGHT, True)


def test_words_far_apart_on_one_line_are_two_texts() -> None:
    pages = [page(1, word("Trái", 85, 100), word("Phải", 400, 100))]
    layout = measured.layout_of(pages)
    assert layout is not None
    assert [one.text for one in layout.paragraphs] == ["Trái", "Phải"]


def test_pages_that_were_recognised_tell_nothing() -> None:
    assert measured.layout_of([page(1, word("Chữ", 85, 100), ocr=True)]) is None
    assert layout_of(b"%PDF", "pdf") is None
