"""The printed page of Word files: our own writer's is in order, and each setting that Word keeps is seen where it is kept."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx as python_docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from dinhlang.officialdoc.check import Finding, check, layout_of
from dinhlang.officialdoc.check.layout.pages import Align
from dinhlang.officialdoc.read import read_with_text
from dinhlang.officialdoc.tests import sample
from dinhlang.officialdoc.write import docx as written


def findings(data: bytes) -> list[Finding]:
    document, text = read_with_text(data, "a.docx")
    found = check(document, text=text, layout=layout_of(data, "docx"))
    return [one for one in found if one.rule.startswith("DL6")]


def changed(change: Callable[[object], None]) -> list[str]:
    """The rules that speak when the file of our writer is opened in Word and changed."""
    word = python_docx.Document(io.BytesIO(written(sample.report())))
    change(word)
    out = io.BytesIO()
    word.save(out)
    return [one.rule for one in findings(out.getvalue())]


@pytest.mark.parametrize("make", [sample.report, sample.letter])
def test_what_our_writer_lays_out_is_in_order(make: Callable[[], object]) -> None:
    assert findings(written(make())) == []


def margins(word) -> None:
    word.sections[0].left_margin = Mm(25.4)


def paper(word) -> None:
    word.sections[0].page_width, word.sections[0].page_height = Mm(215.9), Mm(279.4)


def font_of_normal(word) -> None:
    for style in word.styles:
        fonts = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if fonts is not None:
            style.element.rPr.remove(fonts)
    defaults = word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    for name in ("w:ascii", "w:hAnsi"):
        defaults.set(qn(name), "Calibri")


def font_of_runs(word) -> None:
    for paragraph in word.paragraphs:
        for run in paragraph.runs:
            run.font.name = ".VnTime"


def colour(word) -> None:
    for paragraph in word.paragraphs:
        for run in paragraph.runs:
            run.font.color.rgb = RGBColor(0xC0, 0, 0)


def size_of_style(word) -> None:
    for name in ("Nội dung", "Điểm"):
        word.styles[name].font.size = Pt(12)


def no_header(word) -> None:
    for section in word.sections:
        for paragraph in section.header.paragraphs:
            paragraph._p.getparent().remove(paragraph._p)


def number_below(word) -> None:
    header, footer = word.sections[0].header, word.sections[0].footer
    footer.is_linked_to_previous = False
    for paragraph in list(header.paragraphs):
        footer._element.append(paragraph._p)


def first_page_too(word) -> None:
    word.sections[0].different_first_page_header_footer = False


def spacing(word) -> None:
    for name in ("Nội dung", "Điểm"):
        word.styles[name].paragraph_format.line_spacing = 2.0


def gaps(word) -> None:
    for paragraph in word.paragraphs:
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.space_before = Pt(0)


def indents(word) -> None:
    for paragraph in word.paragraphs:
        paragraph.paragraph_format.first_line_indent = Mm(0)


def ragged(word) -> None:
    for paragraph in word.paragraphs:
        if paragraph.alignment is None:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def upright_date(word) -> None:
    for paragraph in word.tables[0]._cells[-1].paragraphs:
        for run in paragraph.runs:
            run.italic = False


def thin_title(word) -> None:
    for paragraph in word.paragraphs:
        if paragraph.text == "BÁO CÁO":
            paragraph.runs[0].bold = False


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (margins, "DL602"),
        (paper, "DL601"),
        (font_of_normal, "DL603"),
        (font_of_runs, "DL603"),
        (colour, "DL604"),
        (size_of_style, "DL605"),
        (no_header, "DL608"),
        (number_below, "DL608"),
        (first_page_too, "DL608"),
        (spacing, "DL610"),
        (gaps, "DL611"),
        (indents, "DL612"),
        (ragged, "DL613"),
        (upright_date, "DL606"),
        (thin_title, "DL606"),
    ],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_a_setting_of_word_is_seen(change: Callable[[object], None], rule: str) -> None:
    assert rule in changed(change)


def test_a_page_that_lies_is_judged_by_what_is_upright() -> None:
    def turn(word) -> None:
        section = word.sections[-1]
        section.orientation = WD_ORIENT.LANDSCAPE

    assert changed(turn) == []


def test_a_number_led_to_the_middle_by_a_tab_or_a_frame_is_in_the_middle() -> None:
    word = python_docx.Document(io.BytesIO(written(sample.report())))
    paragraph = word.sections[0].header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    run = paragraph._p.find(qn("w:r"))
    run.insert(0, run.makeelement(qn("w:tab"), {}))
    out = io.BytesIO()
    word.save(out)
    layout = layout_of(out.getvalue(), "docx")
    assert layout is not None
    assert layout.sheets[0].number is not None
    assert layout.sheets[0].number.align is Align.CENTER


def test_a_broken_file_has_no_layout() -> None:
    assert layout_of(b"PK\x03\x04 nothing", "docx") is None
    assert layout_of(b"text", "text") is None


def test_findings_on_pages_stand_at_their_lines() -> None:
    word = python_docx.Document(io.BytesIO(written(sample.report())))
    thin_title(word)
    out = io.BytesIO()
    word.save(out)
    document, text = read_with_text(out.getvalue(), "a.docx")
    (found,) = [
        one
        for one in check(document, text=text, layout=layout_of(out.getvalue(), "docx"))
        if one.rule == "DL606"
    ]
    assert found.span is not None
    assert text.split("\n")[found.span.line - 1].strip() == "BÁO CÁO" == found.quote
