"""The reader answers for any bytes: it never raises, stays quick, and says what it cannot read."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dinhlang.officialdoc.codec import from_json, to_json
from dinhlang.officialdoc.model import Document
from dinhlang.officialdoc.read import read
from dinhlang.officialdoc.tests import shapes

SEEDS = [path.read_bytes() for path in sorted((Path(__file__).parents[4] / "../shared/seeds").glob("*.txt"))]
TEXTS = [
    *SEEDS,
    *(text.encode() for name, text in vars(shapes).items() if name.isupper() and isinstance(text, str)),
]
calm = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

LINES = (
    "BÁO CÁO", "KẾ HOẠCH", "Số:   /BC-UBND", "Số: 15/BC-UBND", "ỦY BAN NHÂN DÂN", "XÃ TÁI SƠN", "PHỤ LỤC", "Nơi nhận:",
    "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "CHỦ TỊCH", "I. KẾT QUẢ", "1. Việc", "- Đạt 86,5%;", "|a|b|", "|-|-|", "", "\f",
    "Stt Nhiệm vụ Sản phẩm Cơ quan chủ trì Thời gian", "1 Việc", "UBND xã Quý I", "Mỗi tháng 01 kỳ", "(Kèm theo Kế hoạch số /KH-UBND)",
    "Căn cứ Luật Cư trú;", "Kế hoạch số 5/KH-UBND ngày 31/4/2024 của UBND xã về", "Kính gửi:", "V/v", "ngày tháng năm", "Tái Sơn, ngày 99 tháng 99 năm 2023",
    "III. TỔ CHỨC THỰC HIỆN", "II. ĐỀ XUẤT, KIẾN NGHỊ", "./.", "số", "của", "năm 2023", "²³½", "١٢٣ bài", "Điều 1.",
)  # fmt: skip


def check(data: bytes, name: str = "mau.txt") -> Document:
    """What must hold of every answer."""
    document = read(data, name)
    assert from_json(json.loads(json.dumps(to_json(document)))) == document
    lines = max(data.count(b"\n") + data.count(b"\r") + 1, 1)
    for figure in document.figures:
        assert figure.quote
        assert figure.span is not None
        assert 1 <= figure.span.line <= figure.span.end_line
        if b"\x00" not in data and data.isascii():
            assert figure.span.end_line <= lines + data.count(b"\x0b")
    for problem in document.problems:
        assert problem.message.endswith(".")
    return document


@calm
@given(st.binary(max_size=400))
def test_random_bytes_are_answered(data: bytes) -> None:
    check(data)


@calm
@given(st.text(max_size=400))
def test_random_text_is_answered(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"))


@calm
@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_the_words_of_documents_in_any_order_are_answered(lines: list[str]) -> None:
    check("\n".join(lines).encode())


@calm
@given(st.sampled_from(TEXTS), st.integers(0, 16_000), st.integers(0, 16_000))
def test_a_document_cut_anywhere_is_answered(data: bytes, start: int, end: int) -> None:
    check(data[min(start, end) : max(start, end)])


@calm
@given(
    st.sampled_from(TEXTS), st.lists(st.tuples(st.integers(0, 15_000), st.binary(max_size=6)), max_size=12)
)
def test_a_document_with_bytes_changed_is_answered(data: bytes, changes: list[tuple[int, bytes]]) -> None:
    for at, new in changes:
        data = data[:at] + new + data[at + len(new) :]
    check(data)


@calm
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
def test_a_document_with_its_lines_shuffled_is_answered(data: bytes, random: object) -> None:
    lines = data.split(b"\n")
    random.shuffle(lines)  # type: ignore[attr-defined]
    check(b"\n".join(lines))


def test_reading_is_the_same_each_time() -> None:
    for data in TEXTS:
        assert to_json(read(data, "a.txt")) == to_json(read(data, "a.txt"))


@pytest.mark.parametrize("seed", [1, 4])
def test_two_megabytes_are_read_in_seconds(seed: int) -> None:
    data = (SEEDS[seed] * 400)[:2_000_000]
    started = time.process_time()
    check_figures = read(data, "lon.txt").figures
    assert time.process_time() - started < 20
    assert check_figures


@pytest.mark.parametrize(
    "unit", ["a", "1", "1.", "(", "|", "ngày ", "Kế hoạch số ", "I. A\n", "Nơi nhận:\n- a\n", "*", "1/"]
)
def test_no_text_holds_the_reader_up(unit: str) -> None:
    data = (unit * 200_000).encode()[:200_000]
    started = time.process_time()
    read(data, "la.txt")
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\r\n\x0c", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7\n...", "unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "unsupported-format"),
        (b"PK\x03\x04xl/workbook.xml", "unsupported-format"),
        (b"\x89PNG\r\n\x1a\n", "unreadable"),
        (b"x" * (20 * 1024 * 1024 + 1), "too-large"),
        (b"PK\x03\x04word/document.xml", "unreadable"),
        (bytes(range(256)) * 20, "unsupported-format"),
        (b"x\n" * 200_001, "too-large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(data: bytes, code: str) -> None:
    document = read(data, "tep")
    (problem,) = document.problems
    assert problem.code == code
    assert "hãy" in problem.message
    assert document == Document()


@pytest.mark.parametrize("name", ["bao-cao.docx", "BAO-CAO.DOC", "bao-cao.pdf"])
def test_the_content_decides_and_not_the_name(name: str) -> None:
    document = read(TEXTS[0], name)
    assert document == read(TEXTS[0], "a.txt")
    (problem,) = [one for one in document.problems if one.code == "wrong-ending"]
    assert "đổi đuôi" in problem.message


def test_marks_that_turn_the_reading_direction_are_left_out() -> None:
    text = TEXTS[0].decode()
    turned = text.replace(" ", " \u202e", 50).replace("\n", "\u2066\n", 50)
    assert read(turned.encode(), "a.txt") == read(text.encode(), "a.txt")


def test_a_line_of_many_columns_at_the_foot_is_kept_once() -> None:
    line = "   ".join(f"cột {number}" for number in range(500))
    document = read(f"BÁO CÁO\nKết quả năm 2024\n\nViệc đã làm.\n\nCHỦ TỊCH\n{line}\n".encode(), "a.txt")

    assert sum(len(getattr(block, "text", "")) for block in document.body) < 2 * len(line)


def test_a_head_of_marks_without_letters_is_answered() -> None:
    check("ỦY BAN NHÂN DÂN\n\u0301\n\u2003\u0323\nBÁO CÁO\nviệc\n".encode())


def test_a_text_beyond_reason_is_read_up_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    from dinhlang.officialdoc import read as reading

    monkeypatch.setattr(reading, "LONGEST", 5000)
    document, seen = reading.read_with_text(("Việc số một.\n" * 1000).encode(), "dai.txt")

    assert 4900 < len(seen) <= 5000
    codes = {problem.code for problem in document.problems}
    assert "cut-off" in codes
    assert not codes & reading.UNREADABLE
