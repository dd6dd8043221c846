"""The same document in every format of a word processor, told by its content and read to the same document."""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dinhlang.officialdoc.model import Document, PartialDate
from dinhlang.officialdoc.read import compound, convert, office, read, text_of
from dinhlang.officialdoc.tests.wordml import p, package

NUMBERED = "List Number"


def plan() -> bytes:
    """A plan as a clerk types it, with a list that Word numbers and a table with a merged cell."""
    doc = python_docx.Document()
    head = doc.add_table(rows=1, cols=2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nXÃ VĨNH HÒA"
    head.cell(0, 0).add_paragraph("Số: 12/KH-UBND")
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    head.cell(0, 1).add_paragraph("Độc lập - Tự do - Hạnh phúc")
    head.cell(0, 1).add_paragraph("Vĩnh Hòa, ngày 06 tháng 01 năm 2026")
    doc.add_paragraph()
    for words in ("KẾ HOẠCH", "Cải cách hành chính năm 2026"):
        doc.add_paragraph(words).alignment = 1
    doc.add_paragraph(
        "Thực hiện Kế hoạch số 25/KH-UBND ngày 08/02/2025 của UBND tỉnh Mẫu, UBND xã ban hành kế hoạch:"
    )
    doc.add_paragraph("I. NHIỆM VỤ")
    for words in ("Giải quyết hồ sơ đúng hạn.", "Nâng cao mức độ hài lòng."):
        doc.add_paragraph(words, style=NUMBERED)
    table = doc.add_table(rows=1, cols=4, style="Table Grid")
    rows = (
        ("TT", "Nội dung", "Thời gian", "Đơn vị chủ trì"),
        ("1", "Viết tin, bài", "Quý II", "Văn hóa xã"),
        ("2", "Họp dân", "", "UBND xã"),
    )
    for index, row in enumerate(rows):
        cells = (table.rows[0] if index == 0 else table.add_row()).cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    table.cell(1, 2).merge(table.cell(2, 2))
    doc.add_paragraph("Trên đây là Kế hoạch cải cách hành chính năm 2026./.")
    foot = doc.add_table(rows=1, cols=2)
    foot.cell(0, 0).text = "Nơi nhận:"
    foot.cell(0, 0).add_paragraph("- UBND tỉnh (b/c);")
    foot.cell(0, 0).add_paragraph("- Lưu: VT.")
    foot.cell(0, 1).text = "TM. ỦY BAN NHÂN DÂN"
    foot.cell(0, 1).add_paragraph("CHỦ TỊCH")
    foot.cell(0, 1).add_paragraph("Nguyễn Thị Thử")
    # Word never lets a table end a document.
    doc.add_paragraph()
    target = io.BytesIO()
    doc.save(target)
    return target.getvalue()


def is_the_plan(document: Document) -> None:
    assert (document.kind, document.number, document.symbol) == ("ke-hoach", "12", "KH-UBND")
    assert (document.place, document.date) == ("Vĩnh Hòa", PartialDate(6, 1, 2026))
    assert document.subject == "Cải cách hành chính năm 2026"
    assert document.issuer is not None
    assert document.issuer.name == "ỦY BAN NHÂN DÂN XÃ VĨNH HÒA"
    assert [(one.number, one.symbol) for one in document.references] == [("25", "KH-UBND")]
    assert [(one.task, one.lead, one.schedule and one.schedule.period) for one in document.tasks] == [
        ("Viết tin, bài", "Văn hóa xã", "2026-Q2"),
        ("Họp dân", "UBND xã", "2026-Q2"),
    ]
    assert [one.name for one in document.recipients] == ["UBND tỉnh", "Lưu: VT"]
    assert document.signature is not None
    assert document.signature.name == "Nguyễn Thị Thử"
    items = [block.number for block in document.body if getattr(block, "number", None)]
    assert items == ["I", "1", "2"]
    assert document.problems == ()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan as LibreOffice saves it in each format."""
    folder = tmp_path_factory.mktemp("formats")
    (folder / "plan.docx").write_bytes(plan())
    office_path = shutil.which("soffice")
    assert office_path, "cài gói libreoffice-writer-nogui"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for form in ("odt", "fodt", "doc", "rtf"):
        command = [
            office_path,
            profile,
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(folder),
            str(folder / "plan.docx"),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


def test_the_plan_is_read_from_docx() -> None:
    is_the_plan(read(plan(), "ke-hoach.docx"))


@pytest.mark.office
@pytest.mark.parametrize("form", ["odt", "fodt", "doc", "rtf"])
def test_the_same_document_is_read_from_every_format(made: Path, form: str) -> None:
    document = read((made / f"plan.{form}").read_bytes(), f"ke-hoach.{form}")
    is_the_plan(document)
    assert document.source.format == {"fodt": "odt"}.get(form, form)


PAGE = """<html><head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><title>Kế hoạch</title>
<style>p {margin: 0}</style></head><body><div>
<table border=0><tr><td><p align=center>ỦY BAN NHÂN DÂN<br>XÃ VĨNH HÒA</p><p>Số: 12/KH-UBND</p></td>
<td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Độc lập - Tự do -
Hạnh phúc</p><p>Vĩnh Hòa, ngày 06 tháng 01 năm 2026</p></td></tr></table>
<p style='text-align:center'>KẾ HOẠCH</p><p align=center>Cải cách hành chính năm 2026</p><script>var a = "<p>bỏ</p>";</script>
<p>Thực hiện Kế hoạch số 25/KH-UBND ngày 08/02/2025 của UBND tỉnh Mẫu, UBND xã ban hành kế hoạch:</p>
<p>I. NHIỆM VỤ</p><ol><li>Giải quyết hồ sơ đúng hạn.</li><li>Nâng cao mức độ hài lòng.</li></ol>
<table border=1><thead><tr><th>TT</th><th>Nội dung</th><th>Thời gian</th><th>Đơn vị chủ trì</th></tr></thead>
<tr><td>1</td><td>Viết tin, bài</td><td rowspan=2>Quý II</td><td>Văn hóa xã</td></tr>
<tr><td>2</td><td>Họp dân</td><td>UBND xã</td></tr></table>
<p>Trên đây là Kế hoạch cải cách hành chính năm 2026./.</p>
<table><tr><td><p><b>Nơi nhận:</b><br>- UBND tỉnh (b/c);<br>- Lưu: VT.</p></td>
<td><p>TM. ỦY BAN NHÂN DÂN</p><p>CHỦ TỊCH</p><p>Nguyễn Thị Thử</p></td></tr></table></div></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_web_page_under_the_name_of_a_word_file_is_read(encoding: str) -> None:
    document = read(PAGE.encode(encoding), "ke-hoach.doc")
    is_the_plan(document)
    assert document.source.format == "html"


def test_a_page_saved_as_mail_is_read() -> None:
    import base64

    body = base64.encodebytes(PAGE.replace("charset=utf-8", "").encode()).decode()
    mail = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="xx"\n\n--xx\nContent-Location: a.htm\n'
        f'Content-Transfer-Encoding: base64\nContent-Type: text/html; charset="utf-8"\n\n{body}\n--xx--\n'
    )
    document = read(mail.encode(), "ke-hoach.doc")
    is_the_plan(document)
    assert document.source.format == "mht"


def test_a_word_file_keeps_its_kind_under_any_name() -> None:
    for name in ("a.doc", "a.odt", "a.txt", "a"):
        is_the_plan(read(plan(), name))


def test_parts_in_one_file_of_xml_are_read() -> None:
    source = zipfile.ZipFile(io.BytesIO(plan()))
    parts = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{source.read(name).decode().split("?>", 1)[1]}</pkg:xmlData></pkg:part>'
        for name in source.namelist()
        if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml"
    )
    flat = f'<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{parts}</pkg:package>'
    is_the_plan(read(flat.encode(), "ke-hoach.xml"))


def test_a_locked_file_says_that_it_has_a_password() -> None:
    data = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    )
    (problem,) = read(data, "mat.docx").problems
    assert (problem.code, "mật khẩu" in problem.message) == ("locked", True)


def test_without_libreoffice_an_old_file_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "office", lambda: None)
    (problem,) = read(b"{\\rtf1 a}", "a.rtf").problems
    assert problem.code == "no-converter"
    assert "lưu thành .docx" in problem.message


@pytest.mark.office
def test_without_libreoffice_an_old_word_file_is_read_from_its_own_bytes(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "office", lambda: None)
    document = read((made / "plan.doc").read_bytes(), "ke-hoach.doc")
    whole = read(plan(), "ke-hoach.docx")
    for name in (
        "kind",
        "number",
        "symbol",
        "date",
        "subject",
        "issuer",
        "tasks",
        "references",
        "recipients",
        "signature",
    ):
        assert getattr(document, name) == getattr(whole, name), name
    (problem,) = document.problems
    assert "đối chiếu số thứ tự" in problem.message
    assert [getattr(one, "number", None) for one in document.body] == [
        getattr(one, "number", None) for one in whole.body
    ]


@pytest.mark.office
def test_an_old_word_file_with_a_password_says_so(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "office", lambda: None)
    data = bytearray((made / "plan.doc").read_bytes())
    data[data.index(b"\xec\xa5", 512) + 0x0B] |= 1
    (problem,) = read(bytes(data), "mat.doc").problems
    assert (problem.code, "mật khẩu" in problem.message) == ("locked", True)


@pytest.mark.office
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(0, 60_000), st.binary(min_size=1, max_size=4)), max_size=20),
    st.integers(600, 60_000),
)
def test_an_old_word_file_with_bytes_changed_raises_nothing_else(
    made: Path, changes: list[tuple[int, bytes]], end: int
) -> None:
    data = bytearray((made / "plan.doc").read_bytes())
    for at, new in changes:
        start = 512 + at % (len(data) - 600)
        data[start : start + len(new)] = new
    changed = bytes(data[:end] if end % 3 == 0 else data)
    with contextlib.suppress(compound.NoText):
        assert isinstance(compound.blocks_of(changed), list)


@pytest.mark.office
def test_a_broken_old_file_is_refused_with_a_remedy() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(900)
    (problem,) = read(data, "hong.doc").problems
    assert problem.code == "unreadable"
    assert "lưu thành .docx" in problem.message


@pytest.mark.office
def test_a_conversion_that_takes_too_long_is_stopped(made: Path) -> None:
    with pytest.raises(convert.NotConverted):
        convert.to_docx((made / "plan.doc").read_bytes(), "doc", convert.Limits(seconds=1))
    with pytest.raises(convert.NotConverted):
        convert.to_docx((made / "plan.doc").read_bytes(), "doc", convert.Limits(memory=20 * 1024 * 1024))


def test_other_packages_are_none_of_ours() -> None:
    assert office.format_of(b"PK\x03\x04xl/workbook.xml", "a.xlsx") is None
    assert office.format_of(b"Trich <b>yeu</b>", "a.txt") is None
    assert office.format_of("<Kế hoạch> năm 2026".encode(), "a.txt") is None
    assert text_of(package(p("Vĩnh Hòa")), "a.zip").strip() == "Vĩnh Hòa"
