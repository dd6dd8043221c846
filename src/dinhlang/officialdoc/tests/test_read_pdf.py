"""PDF files read by what their pages show."""

from __future__ import annotations

import io
import subprocess
import time
from pathlib import Path
from types import SimpleNamespace

import pypdfium2 as pdfium
import pytest

from dinhlang.officialdoc import write
from dinhlang.officialdoc.model import Document, Paragraph, Role, Table
from dinhlang.officialdoc.read import Limits, read, read_with_places
from dinhlang.officialdoc.read.pages import apart, fonts
from dinhlang.officialdoc.tests import sample


def told(document: Document) -> list[object]:
    """What the blocks of a document say, without the letters of headings that print in capitals."""
    blocks = [*document.body, *(block for one in document.appendices for block in one.blocks)]
    return [
        (block.header, block.rows)
        if isinstance(block, Table)
        else (block.role, block.level, block.number, _small(block))
        for block in blocks
    ]


def _small(block: Paragraph) -> str:
    return block.text.lower() if block.role is Role.HEADING else block.text


@pytest.fixture(scope="module")
def report() -> Document:
    return read(write.pdf(sample.report()), "bao-cao.pdf")


def check_is_the_report(document: Document) -> None:
    written = sample.report()
    assert told(document) == told(written)
    assert (document.kind, document.number, document.symbol) == (written.kind, None, "BC-UBND")
    assert (document.place, document.date) == (written.place, written.date)
    assert (document.subject, document.period) == (written.subject, written.period)
    assert document.recipients == written.recipients
    assert document.signature.name == "Trần Văn Mẫu"
    assert document.signature.role == "PHÓ CHỦ TỊCH"
    (appendix,) = document.appendices
    assert appendix.title == written.appendices[0].title.upper()
    assert len(document.tasks) == 14


def test_a_report_of_ours_is_read_back_from_its_pdf(report: Document) -> None:
    check_is_the_report(report)
    assert report.source.format == "pdf"
    assert report.source.pages == 5
    assert not report.source.ocr
    assert {one.code for one in report.problems} == {"blank-number"}


@pytest.mark.office
def test_a_report_printed_by_an_office_program_is_read_back(tmp_path: Path) -> None:
    source = tmp_path / "bao-cao.docx"
    source.write_bytes(write.docx(sample.report()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, source]
    subprocess.run(command, check=True, capture_output=True)
    check_is_the_report(read((tmp_path / "bao-cao.pdf").read_bytes(), "bao-cao.pdf"))


def test_two_columns_of_a_letters_head_are_told_one_after_the_other() -> None:
    reading = read_with_places(write.pdf(sample.letter()), "cong-van.pdf")
    document = reading.document
    assert document.issuer.name == "PHÒNG VĂN HÓA - XÃ HỘI"
    assert document.issuer.parent == "ỦY BAN NHÂN DÂN PHƯỜNG CÂY ĐA MẪU"
    assert document.subject == sample.letter().subject
    assert document.date == sample.letter().date
    head = reading.text.split("\n\n")[0]
    assert "CỘNG HÒA" not in head
    assert head.startswith("ỦY BAN NHÂN DÂN\nPHƯỜNG CÂY ĐA MẪU\n")


def test_every_word_knows_its_page_and_its_box() -> None:
    data = write.pdf(sample.report())
    reading = read_with_places(data, "bao-cao.pdf")
    figure = next(one for one in reading.document.figures if one.value == 36)
    file = pdfium.PdfDocument(data)
    page = file[figure.span.page - 1]
    left, top, right, bottom = figure.span.box
    height = page.get_height()
    lines = page.get_textpage().get_text_bounded(left - 1, height - bottom - 1, right + 1, height - top + 1)
    assert "36 tin, bài" in " ".join(lines.split())
    assert right - left < 480
    # A table's row in the appendix stands on a lying page.
    row = reading.document.tasks[9].span
    assert row.page == 5
    assert row.box[2] > 595
    for line, places in zip(reading.text.split("\n"), reading.decoded.places, strict=True):
        assert all(line[piece.start - 1 : piece.end - 1].strip() for piece in places)


def turned(data: bytes, quarters: int) -> bytes:
    """The file with its pages turned for the eye."""
    file = pdfium.PdfDocument(data)
    for page in file:
        page.set_rotation(90 * quarters)
    saved = io.BytesIO()
    file.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_pages_that_were_turned_are_read_as_if_they_stood_upright(quarters: int) -> None:
    upright = read_with_places(write.pdf(sample.letter()), "a.pdf")
    lying = read_with_places(turned(write.pdf(sample.letter()), quarters), "a.pdf")
    assert lying.text == upright.text
    left, top, right, bottom = lying.decoded.places[0][0].box
    # 'ỦY' stands in the upper left corner, wherever that was turned to.
    at_right, at_bottom = quarters in (1, 2), quarters in (2, 3)
    width, height = (842, 595) if quarters % 2 else (595, 842)
    assert (left > width / 2, top > height / 2) == (at_right, at_bottom)
    assert left < right
    assert top < bottom


def test_a_locked_file_is_refused_with_a_remedy() -> None:
    (problem,) = read(LOCKED, "khoa.pdf").problems
    assert problem.code == "unreadable"
    assert "mật khẩu" in problem.message


# The smallest file with the standard security handler of which nobody knows the words.
LOCKED = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
4 0 obj<</Filter/Standard/V 1/R 2/Length 40/P -4/O(01234567890123456789012345678901)/U(01234567890123456789012345678901)>>endobj
trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>
"""


@pytest.mark.parametrize("size", [20, 600, 5_000, 40_000])
def test_a_file_cut_short_is_answered(size: int) -> None:
    document = read(write.pdf(sample.letter())[:size], "cut.pdf")
    assert document.problems
    assert all("hãy" in one.message or one.message.endswith(".") for one in document.problems)


def test_pages_read_before_the_time_was_over_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = [0]
    monkeypatch.setattr(apart, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + ahead[0]))

    def after_three_pages(done: int, _total: int) -> None:
        ahead[0] = 1000 * (done >= 3)

    reading = read_with_places(many_pages(200), "dai.pdf", progress=after_three_pages)
    (problem,) = [one for one in reading.document.problems if one.code == "time-limit"]
    assert "trên 200 trang" in problem.message
    assert "DINHLANG_READ_SECONDS" in problem.message
    assert reading.document.issuer.name == "PHÒNG VĂN HÓA - XÃ HỘI"


def test_only_so_many_pages_are_read_and_that_is_said() -> None:
    seen = []
    reading = read_with_places(
        many_pages(6),
        "dai.pdf",
        limits=Limits(pages=4),
        progress=lambda done, total: seen.append((done, total)),
    )
    assert [one.code for one in reading.document.problems if one.code == "page-limit"] == ["page-limit"]
    assert {piece.page for line in reading.decoded.places for piece in line} == {1, 2, 3, 4}
    assert seen == [(1, 6), (2, 6), (3, 6), (4, 6)]


def many_pages(count: int) -> bytes:
    """A letter, again and again."""
    one = pdfium.PdfDocument(write.pdf(sample.letter()))
    many = pdfium.PdfDocument.new()
    many.import_pages(one, [0] * count)
    saved = io.BytesIO()
    many.save(saved)
    return saved.getvalue()


def test_without_the_time_nothing_is_read_and_that_is_said() -> None:
    (problem,) = read_with_places(
        write.pdf(sample.letter()), "a.pdf", limits=Limits(seconds=0.001)
    ).document.problems
    assert problem.code == "time-limit"
    assert "hãy tách tệp" in problem.message


def test_a_worker_out_of_memory_is_told_as_such() -> None:
    (problem,) = read_with_places(
        write.pdf(sample.letter()), "a.pdf", limits=Limits(megabytes=20)
    ).document.problems
    assert problem.code == "unreadable"
    assert "20 MB" in problem.message


def test_limits_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DINHLANG_READ_SECONDS", "7")
    monkeypatch.setenv("DINHLANG_READ_MEGABYTES", "nhiều")
    assert Limits.from_environment() == Limits(seconds=7)


@pytest.mark.parametrize(
    ("name", "text", "read_as"),
    [
        (".VnTime", "Céng hoµ x· héi", "Cộng hòa xã hội"),
        (".VnTimeH", "b¸o c¸o", "BÁO CÁO"),
        ("ABCDEF+.VnTimeH,Bold", "b¸o c¸o", "BÁO CÁO"),
        ("VNI-Times", "Coäng hoøa xaõ hoäi", "Cộng hòa xã hội"),
        (".VnTime", "Cộng hòa", "Cộng hòa"),
        (".VnTime", "".join(chr(0xF000 + ord(one)) for one in "b¸o"), "báo"),
        ("VNZDAR+LiberationSerif", "Tuyên truyền", "Tuyên truyền"),
        ("VNZDAR+LiberationSerif", "công tác", "công tác"),
        ("TimesNewRomanPSMT", "Số liệu", "Số liệu"),
    ],
)
def test_letters_of_old_fonts_are_read_by_the_name_of_the_font(name: str, text: str, read_as: str) -> None:
    assert fonts.look_of(name, 0, 400).decoded(text) == read_as
