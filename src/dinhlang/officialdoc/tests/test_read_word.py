"""Word files: what our writer wrote is read back, what others wrote is read, what is broken is refused."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dinhlang.officialdoc import write
from dinhlang.officialdoc.model import Document, Issuer, Paragraph, PartialDate, Role, Table
from dinhlang.officialdoc.read import read
from dinhlang.officialdoc.tests import shapes

SEEDS = sorted((Path(__file__).parents[4] / "../shared/seeds").glob("*.txt"))
TEXTS = {path.stem[:3]: path.read_bytes() for path in SEEDS} | {
    name: text.encode() for name, text in vars(shapes).items() if name.isupper() and isinstance(text, str)
}


def comparable(document: Document) -> Document:
    """Without what the layout changes: the letterhead is in capitals, and lines break elsewhere around a quote."""
    issuer = document.issuer and Issuer(
        (document.issuer.name or "").upper(),
        document.issuer.unit_kind,
        document.issuer.unit_name,
        document.issuer.parent,
    )
    return replace(document, issuer=issuer, figures=tuple(replace(one, quote="") for one in document.figures))


@pytest.mark.parametrize("name", TEXTS)
def test_what_was_read_is_read_again_from_its_word_file(name: str) -> None:
    document = read(TEXTS[name], name)
    again = read(write.docx(document), f"{name}.docx")
    assert again.body == document.body
    assert comparable(again) == comparable(document)
    assert read(write.docx(again), f"{name}.docx") == again


def test_there_is_something_to_read_again() -> None:
    assert len(TEXTS) > 15


def typed() -> bytes:
    """A plan as a clerk types it: his own tables, a list that Word numbers, columns in his order."""
    doc = python_docx.Document()
    head = doc.add_table(rows=1, cols=2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nXÃ VĨNH HÒA"
    head.cell(0, 0).add_paragraph("Số: 12/KH-UBND")
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    head.cell(0, 1).add_paragraph("Độc lập - Tự do - Hạnh phúc")
    head.cell(0, 1).add_paragraph("Vĩnh Hòa, ngày 06 tháng 01 năm 2026")
    doc.add_paragraph("KẾ HOẠCH")
    doc.add_paragraph("Cải cách hành chính năm 2026")
    doc.add_paragraph("I. MỤC TIÊU")
    doc.add_paragraph("Giải quyết hồ sơ đúng hạn", style="List Bullet")
    doc.add_paragraph("Nâng cao mức độ hài lòng", style="List Bullet")
    table = doc.add_table(rows=1, cols=5)
    for cell, text in zip(
        table.rows[0].cells, ("TT", "Nội dung", "Thời gian", "Đơn vị chủ trì", "Đơn vị phối hợp"), strict=True
    ):
        cell.text = text
    for row in (
        ("1", "Viết tin, bài", "Hằng tháng", "Văn hóa xã", ""),
        ("2", "Họp dân", "Quý II", "UBND xã", "Các thôn"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    foot = doc.add_table(rows=1, cols=2)
    foot.cell(0, 0).text = "Nơi nhận:"
    foot.cell(0, 0).add_paragraph("- UBND tỉnh (b/c);")
    foot.cell(0, 0).add_paragraph("- Lưu: VT.")
    foot.cell(0, 1).text = "TM. ỦY BAN NHÂN DÂN"
    foot.cell(0, 1).add_paragraph("CHỦ TỊCH")
    foot.cell(0, 1).add_paragraph("Nguyễn Thị Thử")
    target = io.BytesIO()
    doc.save(target)
    return target.getvalue()


def test_a_plan_typed_by_a_clerk_is_read() -> None:
    document = read(typed(), "ke-hoach.docx")
    assert document.source.format == "docx"
    assert (document.number, document.symbol, document.place) == ("12", "KH-UBND", "Vĩnh Hòa")
    assert document.date == PartialDate(6, 1, 2026)
    assert document.issuer is not None
    assert document.issuer.unit_name == "Vĩnh Hòa"
    assert [(one.task, one.lead, one.cooperating) for one in document.tasks] == [
        ("Viết tin, bài", "Văn hóa xã", None),
        ("Họp dân", "UBND xã", "Các thôn"),
    ]
    assert [one.schedule.period for one in document.tasks if one.schedule] == [None, "2026-Q2"]
    assert [one.name for one in document.recipients] == ["UBND tỉnh", "Lưu: VT"]
    assert document.signature is not None
    assert document.signature.name == "Nguyễn Thị Thử"


def test_a_table_keeps_its_cells() -> None:
    document = read(typed(), "ke-hoach.docx")
    (table,) = [block for block in document.body if isinstance(block, Table)]
    assert table.rows[0] == ("1", "Viết tin, bài", "Hằng tháng", "Văn hóa xã", "")
    assert [one.role for one in document.body if isinstance(one, Paragraph)][:2] == [Role.HEADING, Role.ITEM]


def packed(part: bytes, name: str = "word/document.xml") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, part)
    return target.getvalue()


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    "data",
    [
        packed(b"<a"),
        packed(b"", "word/other.xml"),
        packed(b" " * (61 * 1024 * 1024)),
        typed()[:2000],
    ],
    ids=["not xml", "no text part", "a bomb", "cut early"],
)
def test_a_broken_word_file_is_refused_with_a_remedy(data: bytes) -> None:
    document = read(data, "hong.docx")
    (problem,) = document.problems
    assert problem.code == "unreadable"
    assert "hãy" in problem.message


def test_of_a_file_cut_off_at_its_end_the_text_is_read() -> None:
    document = read(typed()[:-300], "hong.docx")
    assert (document.number, len(document.tasks)) == ("12", 2)
    assert "damaged-file" in [one.code for one in document.problems]


def test_entities_are_not_expanded() -> None:
    assert read(packed(ENTITIES), "la.docx").body == ()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 5000), st.binary(min_size=1, max_size=8)), max_size=6))
def test_a_word_file_with_bytes_changed_is_answered(changes: list[tuple[int, bytes]]) -> None:
    data = write.docx(read(TEXTS["004"], "004.txt"))
    for at, new in changes:
        data = data[:at] + new + data[at + len(new) :]
    read(data, "doi.docx")
