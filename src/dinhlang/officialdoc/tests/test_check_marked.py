"""Findings in a .docx: comments at their places, fixes as tracked changes, all else as it was."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx as python_docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from dinhlang.officialdoc.check import Finding, check, layout_of
from dinhlang.officialdoc.check.marked import Unmarkable, annotated
from dinhlang.officialdoc.read import read_with_text

AT = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
AUTHOR = "Kiểm tra văn bản"
SENTENCES = (
    "ỦY BAN NHÂN DÂN",
    "XÃ BẾN MẪU",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 12/BC-UBND",
    "Bến Mẫu, ngày 12 tháng 12 năm 2023",
    "BÁO CÁO",
    "Kết quả tuyên truyền năm 2023",
    "I. KẾT QUẢ THỰC HIỆN",
    "Xã đã bổ xung nội dung tuyên truyền , phổ biến của của UBND xã.",
    "Cán bộ,công chức cập nhập thông tin hàng ngày.",
)


def word_file(*, split: bool = False) -> bytes:
    """A document typed in Word, its sentences cut into runs of three letters when `split`."""
    word = python_docx.Document()
    for sentence in SENTENCES:
        paragraph = word.add_paragraph()
        step = 3 if split else len(sentence)
        for at in range(0, len(sentence), step):
            paragraph.add_run(sentence[at : at + step]).bold = bool(at % 2)
    table = word.add_table(rows=2, cols=3)
    for column, text in enumerate(("STT", "Nhiệm vụ", "Thời gian")):
        table.rows[0].cells[column].text = text
        table.rows[1].cells[column].text = "Đăng tải nên trang xã" if column == 1 else "1"
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def found_in(data: bytes) -> tuple[Finding, ...]:
    document, text = read_with_text(data, "a.docx")
    return check(document, text=text, layout=layout_of(data, "docx"))


def marked(data: bytes, findings: tuple[Finding, ...], accepted: tuple[Finding, ...]) -> bytes:
    return annotated(data, findings, accepted=accepted, author=AUTHOR, at=AT)


def root_of(data: bytes, part: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(part))


@pytest.mark.parametrize("split", [False, True])
def test_the_accepted_text_is_the_text_with_all_fixes(split: bool) -> None:
    data = word_file(split=split)
    findings = found_in(data)
    fixes = tuple(one for one in findings if one.fix is not None)
    assert {"DL401", "DL420", "DL411", "DL421"} <= {one.rule for one in fixes}
    _, text = read_with_text(marked(data, findings, fixes), "a.docx")
    assert "bổ sung nội dung tuyên truyền, phổ biến của UBND xã." in text
    assert "Cán bộ, công chức cập nhật thông tin" in text
    assert "Đăng tải lên trang xã" in text


@pytest.mark.parametrize("split", [False, True])
def test_rejecting_all_changes_gives_the_text_as_it_was(split: bool) -> None:
    data = word_file(split=split)
    findings = found_in(data)
    root = root_of(marked(data, findings, tuple(one for one in findings if one.fix is not None)))
    for inserted in list(root.iter(qn("w:ins"))):
        inserted.getparent().remove(inserted)
    told = [
        "".join(node.text or "" for node in paragraph.iter(qn("w:t"), qn("w:delText")))
        for paragraph in root.iter(qn("w:p"))
    ]
    assert told[: len(SENTENCES)] == list(SENTENCES)


def test_each_finding_has_a_comment_that_begins_ends_and_is_referred_to() -> None:
    data = word_file(split=True)
    findings = found_in(data)
    out = marked(data, findings, ())
    comments = root_of(out, "word/comments.xml").findall(qn("w:comment"))
    assert len(comments) == len(findings)
    texts = ["".join(node.text or "" for node in one.iter(qn("w:t"))) for one in comments]
    assert all(one.message in text for one, text in zip(findings, texts, strict=True))
    assert {one.get(qn("w:author")) for one in comments} == {AUTHOR}
    root = root_of(out)
    ids = [one.get(qn("w:id")) for one in comments]
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(one.get(qn("w:id")) for one in root.iter(qn(f"w:{tag}"))) == sorted(ids)


def test_a_comment_stands_around_the_words_it_is_about() -> None:
    data = word_file(split=True)
    (finding,) = [one for one in found_in(data) if one.quote == "bổ xung"]
    root = root_of(marked(data, (finding,), ()))
    start = next(root.iter(qn("w:commentRangeStart")))
    told = ""
    for node in start.itersiblings():
        if node.tag == qn("w:commentRangeEnd"):
            break
        told += "".join(text.text or "" for text in node.iter(qn("w:t")))
    assert told == "bổ xung"


def test_other_parts_stay_byte_for_byte() -> None:
    data = word_file()
    out = marked(data, found_in(data), ())
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(out)) as after:
        for name in before.namelist():
            if name not in ("word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"):
                assert after.read(name) == before.read(name)
        assert set(after.namelist()) == {*before.namelist(), "word/comments.xml"}


def test_comments_that_are_there_already_stay() -> None:
    data = word_file()
    once = marked(data, found_in(data), ())
    twice = marked(once, found_in(once), ())
    comments = root_of(twice, "word/comments.xml").findall(qn("w:comment"))
    assert len(comments) == len(found_in(data)) + len(found_in(once))
    assert len({one.get(qn("w:id")) for one in comments}) == len(comments)


def test_without_findings_the_text_is_the_same() -> None:
    data = word_file()
    assert read_with_text(marked(data, (), ()), "a.docx")[1] == read_with_text(data, "a.docx")[1]


def test_what_is_no_word_file_is_refused_with_a_sentence() -> None:
    with pytest.raises(Unmarkable, match=r"Tệp .+\."):
        annotated(b"PK\x03\x04 nothing", (), author=AUTHOR, at=AT)
    with pytest.raises(Unmarkable, match=r"Tệp .+\."):
        annotated("Báo cáo".encode(), (), author=AUTHOR, at=AT)


@pytest.mark.office
def test_word_and_libreoffice_open_the_marked_file(tmp_path: Path) -> None:
    data = word_file(split=True)
    findings = found_in(data)
    out = marked(data, findings, tuple(one for one in findings if one.fix is not None))
    assert len(python_docx.Document(io.BytesIO(out)).paragraphs) == len(SENTENCES)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "LibreOffice is installed by scripts/setup"
    (tmp_path / "a.docx").write_bytes(out)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, timeout=120, capture_output=True)
    # It writes what was struck out as well.
    told = (tmp_path / "a.txt").read_text(encoding="utf-8")
    assert "bổ xungbổ sung nội dung" in told
