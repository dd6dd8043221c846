from __future__ import annotations

import ctypes
import io
import shutil
import unicodedata
from pathlib import Path

import pypdfium2
import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from pypdfium2 import raw

from dinhlang.officialdoc import fonts, write
from dinhlang.officialdoc.model import Document, Paragraph, Role, Run
from dinhlang.officialdoc.write import typeset


@pytest.fixture
def without_fonts(monkeypatch):
    monkeypatch.setattr(fonts, "_folders", list)
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    fonts.find.cache_clear()
    typeset._typesetter.cache_clear()
    typeset._profile.cache_clear()


def test_vietnamese_has_134_letters_beyond_latin():
    assert len(set(fonts.VIETNAMESE_LETTERS)) == 134
    assert all(unicodedata.is_normalized("NFC", letter) for letter in fonts.VIETNAMESE_LETTERS)
    assert {"đ", "Đ", "ậ", "Ỷ", "ẵ", "Ữ"} <= set(fonts.VIETNAMESE_LETTERS)


@pytest.mark.font
def test_the_family_found_covers_every_letter_in_all_four_faces():
    found = fonts.find()
    assert found is not None, "cài gói fonts-liberation2"
    assert len(found.files) == 4
    for file in found.files:
        assert fonts.missing_letters(file) == ""
    assert fonts.status().good


@pytest.mark.font
def test_a_family_that_lacks_letters_is_rejected_whatever_its_name(tmp_path):
    found = fonts.find()
    assert found is not None
    for number, file in enumerate(found.files):
        target = tmp_path / file.name
        if number == 1:
            _write_without(file, target, "ậ")
        else:
            shutil.copy(file, target)
    assert fonts.missing_letters(tmp_path / found.files[1].name) == "ậ"
    assert fonts.find_in([tmp_path]) is None


def test_a_file_that_is_no_font_is_passed_over(tmp_path):
    (tmp_path / "LiberationSerif-Regular.ttf").write_bytes(b"not a font")
    assert fonts.missing_letters(tmp_path / "LiberationSerif-Regular.ttf") == fonts.NEEDED
    assert fonts.find_in([tmp_path, Path("/nowhere")]) is None


def _write_without(source: Path, target: Path, letter: str) -> None:
    font = TTFont(source)
    cutter = subset.Subsetter(subset.Options(name_IDs=["*"], notdef_outline=True))
    cutter.populate(unicodes=[code for code in font.getBestCmap() if code != ord(letter)])
    cutter.subset(font)
    font.save(target)


def _every_letter() -> Document:
    looks = [(False, False), (True, False), (False, True), (True, True)]
    lines = [fonts.VIETNAMESE_LETTERS[start : start + 30] for start in range(0, 134, 30)]
    return Document(
        body=tuple(
            Paragraph(Role.BODY, (Run(" ".join(text), bold, italic),))
            for bold, italic in looks
            for text in lines
        )
    )


def _missing_in(data: bytes) -> set[str]:
    pdf = pypdfium2.PdfDocument(data)
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return {letter for letter in fonts.VIETNAMESE_LETTERS if text.count(letter) < 4}


def _fonts_in(data: bytes) -> set[str]:
    names = set()
    pdf = pypdfium2.PdfDocument(io.BytesIO(data))
    for page in pdf:
        for item in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(item)
            buffer = ctypes.create_string_buffer(200)
            raw.FPDFFont_GetBaseFontName(font, buffer, 200)
            names.add(buffer.value.decode().partition("+")[2])
    pdf.close()
    return names


@pytest.mark.font
def test_pdf_is_set_in_the_found_family_alone():
    made = write.pdf(_every_letter())
    assert _missing_in(made) == set()
    found = fonts.find()
    assert found is not None
    assert all(name.startswith(found.name.replace(" ", "")) for name in _fonts_in(made))


def test_without_any_font_the_embedded_one_shows_every_letter_and_doctor_is_told(without_fonts):
    made = write.pdf(_every_letter())
    assert _missing_in(made) == set()
    assert all(name.startswith("LibertinusSerif") for name in _fonts_in(made))
    assert not fonts.status().good
    assert "fonts-liberation2" in fonts.status().message
