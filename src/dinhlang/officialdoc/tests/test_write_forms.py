"""The form of each kind of document: NĐ 30/2020/NĐ-CP, Phụ lục III, sample by sample."""

from __future__ import annotations

import io
from dataclasses import replace

import docx as python_docx
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from dinhlang.officialdoc import write
from dinhlang.officialdoc.model import Document, Issuer, Kind, Paragraph, Role, Run
from dinhlang.officialdoc.tests import kinds
from dinhlang.officialdoc.write import forms, metrics, printed
from dinhlang.officialdoc.write.forms import Shaped
from dinhlang.officialdoc.write.layout import LETTERHEAD, LOOKS, Element
from dinhlang.officialdoc.write.names import kept_together


def lines(document: Document) -> list[tuple[Element, str]]:
    """Look and words of each paragraph of the text."""
    return [
        (one.element, "".join(run.text for run in one.runs))
        for one in forms.body(document)
        if isinstance(one, Shaped)
    ]


def looks(document: Document) -> list[Element]:
    return [element for element, _ in lines(document)]


def test_there_is_a_sample_of_every_kind():
    assert {document.kind for document in kinds.EVERY.values()} == set(Kind)


def test_a_decision_has_its_authority_its_bases_in_italics_its_command_and_its_articles():
    found = lines(kinds.DECISION)
    assert found[0] == (Element.COMMAND, "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BẾN ĐÒ MẪU")
    assert looks(kinds.DECISION)[1:3] == [Element.BASIS] * 2
    assert LOOKS[Element.BASIS].italic
    assert found[3] == (Element.COMMAND, "QUYẾT ĐỊNH:")
    articles = [one for one in forms.body(kinds.DECISION)[4:] if isinstance(one, Shaped)]
    assert [one.runs[0] for one in articles] == [Run(f"Điều {number}. ", bold=True) for number in range(1, 5)]
    assert not any(one.runs[1].bold for one in articles)


@pytest.mark.parametrize("words", ["QUYẾT ĐỊNH:", "QUYẾT NGHỊ:", "Q U Y Ế T  Đ Ị N H:", "QUYẾT ĐỊNH"])
def test_a_command_is_known_in_any_kind(words):
    assert looks(Document(Kind.OTHER, body=(kinds.text(words),))) == [Element.COMMAND]


def test_capitals_in_a_report_are_no_command():
    assert looks(Document(Kind.REPORT, body=(kinds.text("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ"),))) == [Element.BODY]


def test_a_letter_to_one_says_so_on_one_line_and_one_to_several_lists_them():
    assert looks(kinds.LETTER_TO_ONE)[:2] == [Element.ADDRESS, Element.BODY]
    assert looks(kinds.LETTER)[:5] == [
        Element.ADDRESS_HEAD,
        Element.ADDRESS_NAME,
        Element.ADDRESS_NAME,
        Element.ADDRESS_LAST,
        Element.BODY,
    ]
    assert looks(kinds.SUBMISSION)[0] is Element.ADDRESS


def test_words_to_someone_in_mid_text_are_no_address():
    blocks = (kinds.heading("I", "VIỆC CHUNG"), kinds.text("Kính gửi kèm theo đây bản tổng hợp."))
    assert looks(Document(Kind.REPORT, body=blocks))[1] is Element.BODY


def test_a_regulation_has_no_number_and_no_place_and_names_its_decision_under_its_subject():
    assert not forms.has_number(kinds.REGULATION)
    assert not forms.has_place(kinds.REGULATION)
    title = forms.title(kinds.REGULATION)
    assert title.note.startswith("(Kèm theo Quyết định số 77/QĐ-UBND")
    assert title.last == (Element.APPENDIX_NOTE, title.note)
    assert lines(kinds.REGULATION)[0] == (Element.CHAPTER, "Chương I\nQUY ĐỊNH CHUNG")
    assert [one.level for one in forms.body(kinds.REGULATION)[:2] if isinstance(one, Shaped)] == [1, 2]


def test_a_regulation_with_a_number_of_its_own_keeps_it():
    assert forms.has_number(replace(kinds.REGULATION, symbol="QC-UBND"))
    assert forms.has_place(replace(kinds.REGULATION, place="Bến Đò Mẫu"))


def test_minutes_have_a_number_no_place_and_two_signers():
    assert forms.has_number(kinds.MINUTES)
    assert not forms.has_place(kinds.MINUTES)
    tables = python_docx.Document(io.BytesIO(write.docx(kinds.MINUTES))).tables
    assert [cell.text for cell in tables[-1].rows[0].cells] == [
        "THƯ KÝ\nQuách Thị Nháp",
        "CHỦ TỌA\nTrần Văn Mẫu",
    ]


def test_a_draft_of_any_other_kind_keeps_room_for_number_and_day():
    for kind in set(Kind) - {Kind.REGULATION, Kind.MINUTES}:
        assert forms.has_number(Document(kind))
        assert forms.has_place(Document(kind))


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("GM-UBND", "GIẤY MỜI"),
        ("CĐ-UBND", "CÔNG ĐIỆN"),
        ("QyĐ-UBND", "QUY ĐỊNH"),
        ("PA-UBND", "PHƯƠNG ÁN"),
        (None, ""),
        ("XX-UBND", ""),
    ],
)
def test_the_other_kinds_are_named_by_their_symbol(symbol, name):
    assert printed.kind_name(Document(Kind.OTHER, symbol=symbol)) == name


@pytest.mark.parametrize(
    ("number", "level", "element"),
    [
        ("Phần I", 1, Element.CHAPTER),
        ("Chương II", 1, Element.CHAPTER),
        ("Mục 1", 2, Element.SECTION),
        ("Tiểu mục 1", 2, Element.SECTION),
        ("Điều 3", 3, Element.ARTICLE),
        ("1", 4, Element.CLAUSE),
        ("1", 2, Element.HEADING_2),
        ("a", 4, Element.HEADING_4),
    ],
)
def test_a_heading_looks_as_its_mark_says(number, level, element):
    assert printed.element_of(kinds.heading(number, "Tên", level)) is element


def test_a_paragraph_with_a_figure_is_never_taken_for_the_note_under_the_title():
    note = Paragraph(Role.BODY, (Run("(Kèm theo Quyết định số "), Run("7", fact="articles"), Run(")")))
    assert forms.title(Document(body=(note,))).note == ""


def test_long_names_break_into_lines_of_about_one_length():
    text, size = kinds.CENTRE.name or "", LOOKS[Element.ISSUER].size
    box = LETTERHEAD[0]
    inset = metrics.inset_mm(text, size, box)
    first = metrics.width_mm("TRUNG TÂM PHỤC VỤ", size)
    assert first < box - 2 * inset < metrics.width_mm("TRUNG TÂM PHỤC VỤ HÀNH", size)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "TRUNG TÂM PHỤC VỤ|HÀNH CHÍNH CÔNG"),
        (
            "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ BẾN TRÚC",
            "TRUNG TÂM PHỤC VỤ|HÀNH CHÍNH CÔNG|XÃ BẾN TRÚC",
        ),
        (
            "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG THÀNH PHỐ VÍ DỤ",
            "TRUNG TÂM PHỤC VỤ|HÀNH CHÍNH CÔNG|THÀNH PHỐ VÍ DỤ",
        ),
        (
            "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ XÃ BẾN TRÚC",
            "BỘ PHẬN TIẾP NHẬN|VÀ TRẢ KẾT QUẢ|XÃ BẾN TRÚC",
        ),
        ("PHÒNG VĂN HÓA - XÃ HỘI XÃ BẾN TRÚC", "PHÒNG VĂN HÓA -|XÃ HỘI XÃ BẾN TRÚC"),
        ("UBND XÃ BẾN TRÚC", "UBND XÃ BẾN TRÚC"),
    ],
)
def test_a_name_breaks_between_its_words(name, lines):
    size, box = LOOKS[Element.ISSUER].size, LETTERHEAD[0]
    kept = kept_together(name, size, box)
    room = box - 2 * metrics.inset_mm(kept, size, box)
    drawn = [""]
    for word in kept.split(" "):
        longer = f"{drawn[-1]} {word}".strip()
        drawn[-1:] = [longer] if metrics.width_mm(longer, size) <= room else [drawn[-1], word]
    assert "|".join(drawn).replace("\u00a0", " ") == lines


@given(st.text(max_size=120), st.floats(20, 200))
def test_keeping_words_together_changes_spaces_only(name, box):
    assert kept_together(name, 13, box).replace("\u00a0", " ") == name.replace("\u00a0", " ")


@given(st.text(max_size=200), st.floats(8, 20), st.floats(20, 200))
def test_a_balanced_text_needs_no_line_more(text, size, box):
    inset = metrics.inset_mm(text, size, box)
    assert 0 <= inset < box / 2


@pytest.mark.parametrize("name", kinds.EVERY)
def test_every_kind_is_whole_on_its_pages(name):
    document = kinds.EVERY[name]
    pdf = pypdfium2.PdfDocument(write.pdf(document))
    words = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)
    pdf.close()
    page = " ".join(lxml_html.document_fromstring(write.html(document)).text_content().split())
    for one in (
        printed.kind_name(document),
        document.signature and document.signature.name,
        "Độc lập - Tự do - Hạnh phúc",
    ):
        assert (one or "") in words
        assert (one or "") in page
    first = kinds.blocks_of(document)[-1]
    assert isinstance(first, Paragraph) is (name not in ("ke-hoach", "quyet-dinh"))


def test_a_document_without_anyone_above_has_no_line_for_them():
    assert printed.parent_line(Issuer("ỦY BAN NHÂN DÂN XÃ BẾN ĐÒ MẪU")) == ""
    assert printed.parent_line(kinds.DEPARTMENT) == "UBND XÃ BẾN ĐÒ MẪU"


@pytest.mark.parametrize("name", kinds.EVERY)
def test_the_pdf_of_every_kind_is_fit_for_keeping_and_for_screen_readers(name):
    data = write.pdf(kinds.EVERY[name])
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in data
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from(("I", "1", "a", "Chương I", "Mục 1", "Điều 1"))),
        max_size=12,
    ),
    st.integers(0, 1),
)
def test_no_heading_stands_two_levels_below_the_one_before(headings, under):
    blocks = [kinds.heading(number, "Tên", level) for level, number in headings]
    depths = [one.level for one in forms.shape(blocks, under=under) if isinstance(one, Shaped)]
    for before, depth in zip([under, *depths], depths, strict=False):
        assert under < depth <= before + 1


@pytest.mark.parametrize("name", kinds.EVERY)
def test_every_page_for_the_browser_has_one_heading_above_all_others(name):
    page = lxml_html.document_fromstring(write.html(kinds.EVERY[name]))
    assert len(page.findall(".//h1")) == 1
