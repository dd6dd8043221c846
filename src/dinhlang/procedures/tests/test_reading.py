"""Files of procedures are read without losing a word."""

from __future__ import annotations

import gzip
import itertools
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.org import tables
from dinhlang.org.rules import Refused
from dinhlang.procedures import reading, rules
from dinhlang.procedures.reading import columns, glued
from dinhlang.procedures.rules import Channel, EventKind, Level
from dinhlang.procedures.rules.sheet import words_of
from dinhlang.procedures.tests.sheets import BIRTH

REAL = Path(__file__).parents[5] / "shared" / "data" / "procedures" / "procedures.jsonl.gz"
needs_the_real_list = pytest.mark.skipif(
    not REAL.exists(), reason="the list of 2 564 real procedures lies outside the project"
)

METHODS = (
    "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến3 Ngày làm việcMiễn phí(Lệ phí do tỉnh quyết định; miễn cho hộ nghèo.)"
    "Nộp Trực tuyến 3 ngày trên cổng.Trực tiếp0.5 Ngày làm việc50,000 Việt Nam Đồng(lần đầu)20,000 Việt Nam Đồng(lần sau)"
    "Dịch vụ bưu chính1Miễn phí"
)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_glued_rows_of_channels_are_parted_with_fees_and_their_exemptions() -> None:
    rows = glued.methods(METHODS)
    assert rows is not None
    assert [(one.channel, one.time_limit, one.fee) for one in rows] == [
        (Channel.ONLINE, "3 Ngày làm việc", "Miễn phí (Lệ phí do tỉnh quyết định; miễn cho hộ nghèo.)"),
        (
            Channel.COUNTER,
            "0.5 Ngày làm việc",
            "50,000 Việt Nam Đồng (lần đầu)\n20,000 Việt Nam Đồng (lần sau)",
        ),
        (Channel.POST, "1", "Miễn phí"),
    ]
    assert rows[0].note == "Nộp Trực tuyến 3 ngày trên cổng."
    assert [one.duration.iso if one.duration else None for one in rows] == ["P3D", "P0.5D", None]


def test_glued_papers_keep_headings_numbers_and_forms() -> None:
    text = (
        "* Giấy tờ phải nộp:Tên giấy tờMẫu đơn, tờ khaiSố lượng- Tờ khai theo Mẫu số 02To khai.docx1 bản chính"
        "- Giấy chứng sinh (01 bản chính) nếu có1 bản chính,2 bản sao"
        "* Giấy tờ phải xuất trình:Tên giấy tờMẫu đơn, tờ khaiSố lượng- Thẻ căn cước0 bản chínhGhi chú cuối"
    )
    rows = glued.papers(text)
    assert rows is not None
    assert [(one.name, one.form, one.originals, one.copies, one.group) for one in rows] == [
        ("- Tờ khai theo Mẫu số 02", "To khai.docx", 1, None, "* Giấy tờ phải nộp:"),
        ("- Giấy chứng sinh (01 bản chính) nếu có", "", 1, 2, "* Giấy tờ phải nộp:"),
        ("- Thẻ căn cước", "", 0, None, "* Giấy tờ phải xuất trình:"),
        ("Ghi chú cuối", "", None, None, "* Giấy tờ phải xuất trình:"),
    ]


def test_glued_acts_are_parted_by_the_number_before_the_next_title() -> None:
    text = (
        "Tên văn bản pháp lýMã văn bảnLuật Nhà ở số 27/2023/QH1527/2023/QH15Nghị định sửa Nghị định số 95/2024/NĐ-CP của"
        " Chính phủ140/2025/NĐ-CPQuyết định 42/2012/QĐ-TTg42/2012/QĐ-TTg"
    )
    rows = glued.legal(text)
    assert rows is not None
    assert [one.number for one in rows] == ["27/2023/QH15", "140/2025/NĐ-CP", "42/2012/QĐ-TTg"]
    assert rows[1].title == "Nghị định sửa Nghị định số 95/2024/NĐ-CP của Chính phủ"


def test_the_buttons_of_the_page_are_no_result() -> None:
    rows, said = glued.results(
        "Giấy khai sinhMã: KQ.G15.000031Bản saoMã: G19-KQ0060102Từ khóaKhông có thông tinMô tảCấp cho trẻ em"
        "Chọn cơ quan thực hiệnTỉnh/ Thành phốBộ ngànhNộp hồ sơ"
    )
    assert [(one.name, one.code) for one in rows] == [
        ("Giấy khai sinh", "KQ.G15.000031"),
        ("Bản sao", "G19-KQ0060102"),
    ]
    assert said == "Cấp cho trẻ em"


@given(st.text(max_size=400))
def test_no_text_breaks_a_reader_or_loses_a_letter(text: str) -> None:
    rows = glued.papers(glued.PAPERS_HEAD + text)
    assert rows is not None
    assert squeezed("".join(one.name + one.form + one.quantity for one in rows)).replace(
        squeezed(glued.PAPERS_HEAD), ""
    ) == squeezed(text).replace(squeezed(glued.PAPERS_HEAD), "")
    glued.methods(glued.METHODS_HEAD + text)
    acts = glued.legal(glued.LEGAL_HEAD + text)
    assert acts is not None
    assert squeezed("".join(one.title + one.number for one in acts)) == squeezed(text)
    glued.results(text)


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("Mã TTHC", "code"),
        ("Mã số TTHC", "code"),
        ("Tên thủ tục hành chính", "name"),
        ("Thời hạn giải quyết (ngày làm việc)", "time_limit"),
        ("Phí, lệ phí (nếu có)", "fees"),
        ("Địa điểm thực hiện", "reception"),
        ("Tên VBQPPL quy định nội dung sửa đổi, bổ sung", "source_act"),
        ("Yêu cầu, điều kiện thực hiện:", "conditions"),
        ("submission_methods", "methods"),
        ("Ghi chú", "note"),
        ("Người ký", None),
    ],
)
def test_a_heading_names_its_part(heading: str, part: str | None) -> None:
    assert columns.part_of(heading) == part


def xlsx(*rows: list[str], head: list[str] | None = None) -> bytes:
    head = head or ["STT", "Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Thời hạn giải quyết", "Cách thức thực hiện", "Phí, lệ phí", "Người lập"]  # fmt: skip
    return tables.as_xlsx(head, rows)


def test_a_table_is_read_with_its_heads_and_keeps_what_it_has_no_place_for() -> None:
    found = reading.read(
        xlsx(
            ["1", "1.001193", "Đăng ký khai sinh", "Hộ tịch", "01 ngày làm việc", "Trực tiếp; trực tuyến toàn trình", "Miễn phí", "Mai"],
            ["2", "không rõ", "Thủ tục lạ", "", "", "", "", ""],
        ),
        "danh-muc.xlsx",
    )  # fmt: skip
    [record] = found.records
    assert record.sheet.name == "Đăng ký khai sinh"
    assert [(one.channel, one.time_limit) for one in record.sheet.methods] == [
        (Channel.COUNTER, "01 ngày làm việc"),
        (Channel.ONLINE_FULL, "01 ngày làm việc"),
    ]
    assert [(one.part, one.text) for one in record.sheet.unread] == [("Người lập", "Mai")]
    assert len(found.left_out) == 1
    assert "Thủ tục lạ" in found.left_out[0]


def test_a_csv_says_what_is_done_and_from_when() -> None:
    text = (
        "Mã thủ tục;Tên thủ tục;Trạng thái;Ngày có hiệu lực\n"
        "1.001193;Đăng ký khai sinh;Sửa đổi, bổ sung;01/4/2026\n2.001263;Nuôi con nuôi;Bãi bỏ;sang năm\n"
    )
    first, second = reading.read(text.encode(), "a.csv").records
    assert (first.kind, first.effective_on) == (EventKind.AMEND, date(2026, 4, 1))
    assert (second.kind, second.effective_on) == (EventKind.ABOLISH, None)
    assert "sang năm" in second.doubts[0]


def test_what_we_export_as_json_comes_back_the_same() -> None:
    data = json.dumps([{"code": "1.001193", "sheet": rules.to_json(BIRTH)}]).encode()
    [record] = reading.read(data, "a.json").records
    assert record.sheet == BIRTH


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "trống"),
        (b'{"code": "1.001193"\n', "không phải JSON"),
        (b'{"code": "1.001193", "name": "A"}\n{', "dòng 2"),
        (b"[" * 100_000, "không phải JSON"),
        (gzip.compress(b"[1, 2]", mtime=0)[:-9], "hỏng|không phải JSON"),
        ("Ngày,Việc\n1/1/2026,Họp\n".encode(), "dòng tiêu đề"),
        (b"\x89PNG\r\n\x1a\n", "không phải bảng"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        reading.read(data, "tep")


def test_a_packed_file_that_would_fill_the_memory_is_refused() -> None:
    bomb = gzip.compress(b"[" + b" " * (210 * 1024 * 1024))
    with pytest.raises(Refused, match="quá lớn"):
        reading.read(bomb, "bom.json.gz")


# --- the real list ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.decompress(REAL.read_bytes()).decode().splitlines()]


@pytest.fixture(scope="module")
def real_reading() -> reading.Reading:
    return reading.read(REAL.read_bytes(), REAL.name)


@needs_the_real_list
def test_all_real_procedures_come_in(real: list[dict[str, Any]], real_reading: reading.Reading) -> None:
    assert len(real_reading.records) == len(real) == 2564
    assert real_reading.left_out == ()
    communes = sum(Level.COMMUNE in one.sheet.levels for one in real_reading.records)
    assert communes == sum("commune" in one["levels"] for one in real) == 599
    assert all(one.sheet.name for one in real_reading.records)


@needs_the_real_list
def test_no_letter_of_the_real_tables_is_lost(
    real: list[dict[str, Any]], real_reading: reading.Reading
) -> None:
    for raw, record in zip(real, real_reading.records, strict=True):
        sheet = record.sheet
        if raw["submission_methods"]:
            told = "".join(one.named + one.time_limit + one.fee + one.note for one in sheet.methods)
            assert squeezed(told) == squeezed(raw["submission_methods"][len(glued.METHODS_HEAD) :]), raw[
                "code"
            ]
        if raw["legal_basis"].startswith(glued.LEGAL_HEAD):
            told = "".join(one.title + one.number for one in sheet.legal)
            assert squeezed(told) == squeezed(raw["legal_basis"][len(glued.LEGAL_HEAD) :]), raw["code"]
        said = squeezed("".join(words_of(sheet)))
        for piece in itertools.chain(
            raw["steps"].split(), raw["conditions"].split(), raw["papers"].split("\n")
        ):
            if glued.PAPERS_HEAD not in piece and piece not in ("--", "-", "Không", "Không."):
                assert squeezed(piece) in said, (raw["code"], piece)


@needs_the_real_list
def test_channels_and_limits_of_the_real_list_agree_with_those_parted_by_others(
    real: list[dict[str, Any]], real_reading: reading.Reading
) -> None:
    compared = agreed = 0
    for raw, record in zip(real, real_reading.records, strict=True):
        others = [
            (one["channel"], one["time_limit"]) for one in raw["methods_parsed"] if one.get("time_limit")
        ]
        ours = {(one.named, one.time_limit) for one in record.sheet.methods}
        compared += len(others)
        agreed += sum(one in ours for one in others)
    assert compared > 5000
    assert agreed / compared > 0.99
