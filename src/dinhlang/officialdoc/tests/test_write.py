"""What holds for every writer: nothing of a document is lost, nothing makes it fail."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import docx as python_docx
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from lxml import html as lxml_html

from dinhlang.officialdoc import write
from dinhlang.officialdoc.model import (
    Appendix,
    Block,
    Document,
    Issuer,
    Kind,
    Paragraph,
    Role,
    Run,
    Signature,
    SignatureMode,
    Table,
)
from dinhlang.officialdoc.tests import sample
from dinhlang.officialdoc.tests.strategies import documents, plain_texts
from dinhlang.officialdoc.write import typeset

slow = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def texts_of(doc: Document) -> Iterator[str]:
    """Every text of the model that a reader must see."""
    yield from filter(None, (doc.number, doc.symbol, doc.place, doc.subject))
    if doc.issuer:
        yield from filter(None, (doc.issuer.parent, doc.issuer.name))
    yield from _texts_of_blocks(doc.body)
    for appendix in doc.appendices:
        yield from filter(None, (appendix.label, appendix.title, appendix.note))
        yield from _texts_of_blocks(appendix.blocks)
    if doc.signature:
        yield from filter(None, (doc.signature.on_behalf_of, doc.signature.role, doc.signature.name))
    for recipient in doc.recipients:
        yield from filter(None, (recipient.name, recipient.purpose))


def _texts_of_blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
            yield block.number or ""
        else:
            yield from block.header
            for row in block.rows:
                yield from row


def folded(text: str) -> str:
    """Without white space, hyphens at line ends and capitals: what extraction cannot be expected to keep."""
    return re.sub(r"[\s\u200b\ufffe\x02]+", "", unicodedata.normalize("NFC", text)).casefold()


def docx_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(etree.fromstring(archive.read("word/document.xml")).itertext())


def pdf_text(data: bytes) -> str:
    pdf = pypdfium2.PdfDocument(data)
    try:
        return "".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


def html_text(page: str) -> str:
    return "".join(lxml_html.document_fromstring(page).body.itertext())


@slow
@given(documents())
def test_no_document_makes_a_writer_fail(doc):
    packed = write.docx(doc)
    python_docx.Document(io.BytesIO(packed))
    assert packed == write.docx(doc)
    assert write.pdf(doc).startswith(b"%PDF")
    lxml_html.document_fromstring(write.html(doc))


@slow
@given(documents(plain_texts))
def test_every_text_of_the_model_is_in_every_format(doc):
    shown = {
        "docx": folded(docx_text(write.docx(doc))),
        "pdf": folded(pdf_text(write.pdf(doc))),
        "html": folded(html_text(write.html(doc))),
    }
    for text in texts_of(doc):
        # A page number may stand in the middle of a text that crosses a page, so words are looked for.
        for name, whole in shown.items():
            assert all(folded(word) in whole for word in text.split()), (name, text)


@pytest.mark.parametrize("doc", [Document(), sample.report(), sample.letter()])
def test_samples_are_whole_in_every_format(doc):
    for whole in (docx_text(write.docx(doc)), pdf_text(write.pdf(doc)), html_text(write.html(doc))):
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in whole
        assert "Độc lập - Tự do - Hạnh phúc" in whole
        assert all(folded(text) in folded(whole) for text in texts_of(doc) if text)


def test_markup_in_a_text_stays_text():
    evil = '<script>alert(1)</script> & #eval("1") $x$ *y* ]]> "\''
    doc = Document(
        kind=Kind.REPORT,
        issuer=Issuer(evil),
        subject=evil,
        body=(Paragraph(Role.BODY, (Run(evil, fact=evil),)), Table((evil,), ((evil,),))),
    )
    assert "<script>" not in write.html(doc)
    for whole in (docx_text(write.docx(doc)), pdf_text(write.pdf(doc)), html_text(write.html(doc))):
        assert folded(whole).count(folded(evil)) >= 3


def test_five_hundred_rows_and_several_appendices_are_drawn_whole():
    rows = tuple((str(number), f"Việc thứ {number}", "Thường xuyên") for number in range(500))
    table = Table(("STT", "Nhiệm vụ", "Thời gian"), rows, (1, 6, 3))
    doc = replace(
        sample.report(), body=(table,), appendices=(Appendix(blocks=(table,)), Appendix(landscape=True))
    )
    for whole in (docx_text(write.docx(doc)), pdf_text(write.pdf(doc)), html_text(write.html(doc))):
        assert folded(whole).count(folded("Việc thứ 499")) == 2
        assert folded("Phụ lục I") in folded(whole)
        assert folded("Phụ lục II") in folded(whole)


def test_the_longest_unit_names_and_words_do_not_break_a_writer():
    name = "Ủy ban nhân dân xã " + "Nghiêng" * 9
    doc = Document(
        kind=Kind.PLAN,
        issuer=Issuer(name, parent=name),
        place="Nghiêng" * 9,
        body=(Table(("STT", "Địa chỉ"), (("1", "https://" + "x" * 300),) * 2),),
        signature=Signature(SignatureMode.FOR_HEAD, None, "Phó Chủ tịch", name),
    )
    assert folded("x" * 300) in folded(docx_text(write.docx(doc)))
    assert folded("x" * 300) in folded(pdf_text(write.pdf(doc)))


def test_pdf_comes_out_right_in_many_threads_while_typst_is_made_to_forget(monkeypatch):
    monkeypatch.setattr(typeset, "_REMEMBERED", 20_000)
    documents = [replace(sample.report(), subject=f"Báo cáo thứ {number}") for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(write.pdf, documents))
    for number, data in enumerate(made):
        assert f"Báo cáo thứ {number}\r" in pdf_text(data)
    assert made[0] == write.pdf(documents[0])


def test_a_row_higher_than_a_page_keeps_its_last_words_on_paper():
    doc = Document(body=(Table(("STT", "Nội dung"), (("1", "rất dài " * 2000 + "hết."),)),))
    assert "hết." in pdf_text(write.pdf(doc))


def test_a_pdf_comes_out_wherever_the_command_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(typeset, "_typesetter", lambda: typeset._Typesetter(None))
    assert write.pdf(Document(subject="Từ thư mục khác")).startswith(b"%PDF-")


def metadata(data: bytes) -> str:
    start, end = data.find(b"<?xpacket begin"), data.find(b"<?xpacket end")
    return data[start:end].decode()


@pytest.mark.parametrize(("carries_runs", "part"), [(False, 2), (True, 3)])
def test_a_pdf_is_made_for_keeping_and_for_screen_readers_and_dated_as_the_document(
    carries_runs: bool, part: int
) -> None:
    report = sample.report()
    told = metadata(write.pdf(report if carries_runs else replace(report, body=())))
    assert f"<pdfaid:part>{part}</pdfaid:part>" in told
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in told
    assert "<pdfuaid:part>1</pdfuaid:part>" in told
    assert "<xmp:CreateDate>2023-02-08" in told


def test_a_sign_no_font_can_draw_costs_the_standard_and_not_the_document() -> None:
    data = write.pdf(Document(subject="Kết quả \U0001f389"))
    assert "pdfaid" not in metadata(data)
    assert "Kết quả" in pdf_text(data)


def test_no_signature_stands_alone_on_a_page_of_the_pdf() -> None:
    filling = Paragraph(Role.BODY, (Run("Các thôn đã họp bàn và thống nhất cách làm. " * 3),))
    for count in range(14, 22):
        doc = replace(sample.report(), body=(filling,) * count, appendices=())
        pdf = pypdfium2.PdfDocument(write.pdf(doc))
        last = pdf[len(pdf) - 1].get_textpage().get_text_range()
        pdf.close()
        assert "thống nhất cách làm" in last
        assert "Trần Văn Mẫu" in last


def test_a_fault_of_the_typesetter_costs_rare_signs_and_not_the_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class PanicException(BaseException):
        pass

    compiled = typeset._Typesetter._compile

    def falling(self: typeset._Typesetter, document: str, standards: list[str]) -> object:
        if "ក" in document:
            raise PanicException
        return compiled(self, document, standards)

    monkeypatch.setattr(typeset._Typesetter, "_compile", falling)
    assert "Kết quả ?" in pdf_text(write.pdf(Document(subject="Kết quả ក")))
