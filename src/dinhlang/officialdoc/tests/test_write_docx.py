"""The .docx as Word and LibreOffice see it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx as python_docx
import pypdfium2
import pytest
from docx.enum.section import WD_ORIENT
from lxml import etree

from dinhlang.officialdoc import write
from dinhlang.officialdoc.model import Document, Paragraph, Role, Run, Table
from dinhlang.officialdoc.tests import sample
from dinhlang.officialdoc.write import sidecar
from dinhlang.officialdoc.write.layout import FONT, LOOKS, PAGE, Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(data: bytes) -> python_docx.document.Document:
    return python_docx.Document(io.BytesIO(data))


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def bookmarks(data: bytes) -> dict[str, str]:
    """Name of each fact's bookmark and the text inside."""
    found: dict[str, str] = {}
    open_now: dict[str, str] = {}
    for node in part(data, "word/document.xml").iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}t"):
        if node.tag == f"{W}bookmarkStart":
            open_now[node.get(f"{W}id")] = node.get(f"{W}name")
            found[node.get(f"{W}name")] = ""
        elif node.tag == f"{W}bookmarkEnd":
            open_now.pop(node.get(f"{W}id"), None)
        else:
            for name in open_now.values():
                found[name] += node.text or ""
    return {name: text for name, text in found.items() if name.startswith("fact_")}


FACTS = {"fact_articles": "36", "fact_broadcasts": "108", "fact_online_share": "86,5%"}


def test_each_figure_stands_in_a_bookmark_of_its_own():
    assert bookmarks(write.docx(sample.report())) == FACTS


def test_figures_in_cells_stand_in_bookmarks_too():
    bare = Table((), (("một", "5"),))
    table = Table(("STT", "Năm 2026"), (("1", "12, trong đó 7\nbài"), ("2", "")))
    body = (bare, Paragraph(Role.BODY, (Run("3", fact="text"),)), table)
    places = {(0, 1, 1): ["five"], (1, 0, 1): ["year"], (1, 1, 1): ["all", "some"], (1, 2, 1): ["none"]}
    data = write.docx(Document(body=body), cells=places)
    whole = "12, trong đó 7bài"
    assert bookmarks(data) == {
        "fact_five": "5", "fact_text": "3", "fact_year": "Năm 2026", "fact_all": whole, "fact_some": whole, "fact_none": "",
    }  # fmt: skip
    ids = part(data, "word/document.xml").xpath("//w:bookmarkStart/@w:id", namespaces={"w": W[1:-1]})
    assert len(set(ids)) == 6


def test_the_page_and_its_sections_follow_the_decree():
    sections = opened(write.docx(sample.report())).sections
    assert [section.orientation for section in sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    for section in sections:
        margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
        assert [round(margin.mm) for margin in margins] == [PAGE.left, PAGE.right, PAGE.top, PAGE.bottom]
        assert section.different_first_page_header_footer
    assert round(sections[1].page_width.mm) == 297
    assert sections[0]._sectPr.find(f"{W}pgNumType") is None
    assert sections[1]._sectPr.find(f"{W}pgNumType").get(f"{W}start") == "1"


def test_the_page_number_is_centred_in_the_top_margin_and_not_on_the_first_page():
    section = opened(write.docx(sample.report())).sections[0]
    assert "PAGE" in section.header._element.xpath("string(.//w:instrText)")
    assert section.first_page_header._element.xpath("count(.//w:instrText)") == 0
    assert section.header.paragraphs[0].style.paragraph_format.alignment == 1
    assert section.header_distance.mm == pytest.approx(PAGE.number_top, abs=0.1)
    assert section.header_distance < section.top_margin


def test_styles_are_words_own_and_have_the_looks_of_the_profile():
    document = opened(write.docx(sample.report()))
    styles = {style.style_id: style for style in document.styles}
    assert styles.keys() >= set(Element)
    for element, look in LOOKS.items():
        assert styles[element].font.size.pt == look.size
        assert bool(styles[element].font.bold) == look.bold
        assert bool(styles[element].font.italic) == look.italic
    used = [paragraph.style.name for paragraph in document.paragraphs]
    assert {"Heading 1", "Heading 2", "Heading 3", "Heading 4", "Căn cứ", "Nội dung", "Trích yếu"} <= set(
        used
    )


def test_all_four_fonts_and_the_language_are_named():
    styles = part(write.docx(Document()), "word/styles.xml")
    fonts = styles.find(f"{W}docDefaults//{W}rFonts")
    assert {fonts.get(f"{W}{script}") for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {FONT}
    assert styles.find(f"{W}docDefaults//{W}lang").get(f"{W}val") == "vi-VN"


def test_tables_repeat_their_header_and_keep_rows_whole():
    tables = opened(write.docx(sample.report())).tables
    data = [table for table in tables if table.style.name == "Kẻ bảng"]
    assert len(data) == 2
    for table in data:
        rows = table._tbl.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        grid = [int(column.get(f"{W}w")) for column in table._tbl.findall(f"{W}tblGrid/{W}gridCol")]
        cells = [int(cell.get(f"{W}w")) for cell in rows[0].iterfind(f"{W}tc/{W}tcPr/{W}tcW")]
        assert grid == cells


def test_headings_keep_the_letters_as_typed_and_show_capitals():
    document = opened(write.docx(sample.report()))
    heading = next(p for p in document.paragraphs if p.style.style_id == "Heading1")
    assert heading.text == "I. Kết quả thực hiện"
    assert heading.style.font.all_caps


def test_the_signature_is_kept_together_with_the_last_words():
    document = opened(write.docx(sample.report()))
    foot = document.tables[-2]
    last = next(p for p in document.paragraphs if p.text.endswith("./."))
    assert last.paragraph_format.keep_with_next
    assert foot._tbl.find(f"{W}tr/{W}trPr/{W}cantSplit") is not None
    assert [cell.paragraphs[0].text for cell in foot.rows[0].cells] == ["Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"]


def test_the_files_properties_say_what_it_is():
    properties = opened(write.docx(sample.letter())).core_properties
    assert properties.title == "Công văn cung cấp số liệu tuyên truyền cải cách hành chính quý III"
    assert properties.identifier == "5/VHXH"
    assert properties.language == "vi-VN"
    assert (
        opened(write.docx(Document(), identifier="báo cáo & 7")).core_properties.identifier == "báo cáo & 7"
    )


def test_equal_documents_give_equal_bytes():
    assert write.docx(sample.report()) == write.docx(sample.report())


def test_two_tables_in_a_row_stay_two():
    table = Table(("a",), (("b",),))
    assert len(opened(write.docx(Document(body=(table, table)))).tables) == 3  # with the letterhead


def test_line_ends_and_tabs_become_words_own():
    data = write.docx(Document(body=(Paragraph(Role.BODY, (Run("một\nhai\tba"),)),)))
    assert opened(data).paragraphs[-1].text == "một\nhai\tba"


def test_the_sidecar_travels_inside_and_comes_out_unchanged():
    content = '{"số": "<36> & ]]>"}'.encode()
    assert sidecar.extract(write.docx(sample.report(), sidecar=content)) == content
    assert sidecar.extract(write.docx(sample.report())) is None
    assert sidecar.extract(b"PK\x03\x04 broken") is None
    assert sidecar.extract(write.docx(sample.report(), sidecar=content)[:-40]) is None


def convert(data: bytes, folder: Path, to: str) -> Path:
    """`data` opened and saved by LibreOffice, in a profile of its own."""
    office = shutil.which("soffice")
    assert office, "cài gói libreoffice-writer-nogui"
    source = folder / "in.docx"
    source.write_bytes(data)
    out = folder / "out"
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", to, "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return next(out.iterdir())


@pytest.mark.office
def test_libreoffice_shows_the_pages_as_they_are_meant(tmp_path):
    pdf = pypdfium2.PdfDocument(convert(write.docx(sample.report()), tmp_path, "pdf"))
    ours = pypdfium2.PdfDocument(write.pdf(sample.report()))
    try:
        assert len(pdf) == len(ours) == 5
        sizes = [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in pdf]
        assert sizes == [(210, 297)] * 3 + [(297, 210)] * 2
        assert sizes == [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in ours]
        for file in (pdf, ours):
            pages = [page.get_textpage().get_text_range() for page in file]
            assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0].splitlines()
            assert "I. KẾT QUẢ THỰC HIỆN" in pages[0]
            assert "TM. ỦY BAN NHÂN DÂN" in pages[2]
            assert [re.match(r"\s*(\d+)\s", page) is not None for page in pages] == [
                False,
                True,
                True,
                False,
                True,
            ]
            assert pages[4].split()[0] == "2"
            assert all("Nhiệm vụ cụ thể" in page for page in pages[3:])
    finally:
        pdf.close()
        ours.close()


@pytest.mark.office
def test_figures_and_sidecar_survive_a_save_by_libreoffice(tmp_path):
    data = write.docx(sample.report(), sidecar=b'{"articles": 36}', identifier="bc-2023-h1")
    saved = convert(data, tmp_path, "docx:MS Word 2007 XML").read_bytes()
    assert bookmarks(saved) == FACTS
    assert sidecar.extract(saved) == b'{"articles": 36}'
    assert opened(saved).core_properties.identifier == "bc-2023-h1"
    assert {"Căn cứ", "Nội dung", "Trích yếu"} <= {
        paragraph.style.name for paragraph in opened(saved).paragraphs
    }
