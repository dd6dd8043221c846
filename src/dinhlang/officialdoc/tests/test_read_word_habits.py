"""Whole documents in the Word habits of different offices, before and after July 2025, read as a careful person reads them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from dinhlang.officialdoc.model import Document, PartialDate, Table
from dinhlang.officialdoc.read import read, text_of
from dinhlang.officialdoc.tests import habits


def head(document: Document) -> tuple[object, ...]:
    date, issuer = document.date, document.issuer
    return (
        str(document.kind),
        document.number,
        document.symbol,
        document.place,
        date and (date.day, date.month, date.year),
        issuer and issuer.name,
        document.period,
    )


def foot(document: Document) -> tuple[object, ...]:
    signature = document.signature
    assert signature is not None
    mode = signature.mode and str(signature.mode)
    return (mode, signature.role, signature.name, [(one.name, one.purpose) for one in document.recipients])


def cited(document: Document) -> list[tuple[object, ...]]:
    return [
        (str(one.kind), one.number, one.symbol, one.date and (one.date.day, one.date.month, one.date.year))
        for one in document.references
    ]


def headings(document: Document) -> list[tuple[str | None, str]]:
    found = []
    pending = list(document.sections)
    while pending:
        one = pending.pop(0)
        found.append((one.number, one.title))
        pending = [*one.children, *pending]
    return found


HEADS: dict[Callable[[], bytes], tuple[object, ...]] = {
    habits.report_2024: ("bao-cao", "118", "BC-VHTT", "Đông Thử", (14, 6, 2024), "PHÒNG VĂN HÓA VÀ THÔNG TIN", "2024-H1"),
    habits.plan_2025: ("ke-hoach", "27", "KH-UBND", "An Phước Thử", (21, 7, 2025), "ỦY BAN NHÂN DÂN XÃ AN PHƯỚC THỬ", "2025-H2"),
    habits.decision_2025: ("quyet-dinh", "305", "QĐ-UBND", "Sông Thử", (3, 9, 2025), "ỦY BAN NHÂN DÂN PHƯỜNG SÔNG THỬ", None),
    habits.letter_2025: ("cong-van", "88", "TTLT-NV", "Mẫu Thử", (15, 10, 2025), "TRUNG TÂM LƯU TRỮ", None),
    habits.notice_2023: ("thong-bao", "64", "TB-UBND", "Bản Thử", (9, 11, 2023), "ỦY BAN NHÂN DÂN THỊ TRẤN BẢN THỬ", "2023"),
    habits.submission_2009: ("to-trinh", "15", "TTr-UBND", "Trung Thử", (12, 5, 2009), "ỦY BAN NHÂN DÂN XÃ TRUNG THỬ", None),
    habits.report_2025_header: ("bao-cao", "09", "BC-HĐND", "Bình Thử", (12, 12, 2025), "HỘI ĐỒNG NHÂN DÂN XÃ BÌNH THỬ", "2025"),
}  # fmt: skip
FEET: dict[Callable[[], bytes], tuple[object, ...]] = {
    habits.report_2024: (None, "TRƯỞNG PHÒNG", "Đinh Văn Thử", [("UBND huyện", "BC"), ("Sở Thông tin và Truyền thông", "BC"), ("Lưu: VT", None)]),
    habits.plan_2025: ("KT", "PHÓ CHỦ TỊCH", "Lò Thị Thử", [("UBND tỉnh", "BC"), ("Các đơn vị tại Mục III", "TH"), ("Lưu: VT, VHXH", None)]),
    habits.decision_2025: (None, "CHỦ TỊCH", "Phạm Quốc Thử", [("Như Điều 3", None), ("UBND thành phố", "BC"), ("Lưu: VT", None)]),
    habits.letter_2025: (None, "GIÁM ĐỐC", "Hoàng Minh Thử", [("Như trên", None), ("Giám đốc Sở", "BC"), ("Lưu: VT, NV", None)]),
    habits.submission_2009: ("TM", "CHỦ TỊCH", "Trần Văn Thử", [("Như trên", None), ("Lưu: VP", None)]),
    habits.report_2025_header: ("TM", "CHỦ TỊCH", "Bùi Văn Thử", [("Thường trực HĐND tỉnh", None), ("Lưu: VT", None)]),
}  # fmt: skip
REFERENCES: dict[Callable[[], bytes], list[tuple[object, ...]]] = {
    habits.report_2024: [("ke-hoach", "36", "KH-UBND", (22, 1, 2024)), ("cong-van", "41", "VHTT", (5, 3, 2024))],
    habits.plan_2025: [("nghi-quyet", "57", "NQ/TW", (22, 12, 2024)), ("ke-hoach", "102", "KH-UBND", (10, 7, 2025))],
    habits.decision_2025: [("khac", None, None, (16, 6, 2025)), ("quyet-dinh", "411", "QĐ-TTg", (31, 3, 2022)), ("to-trinh", "19", "TTr-VHXH", (28, 8, 2025))],
    habits.letter_2025: [("cong-van", "2051", "SNV-VTLT", (2, 10, 2025))],
    habits.notice_2023: [("huong-dan", "112", "HD-MTTQ", (20, 10, 2023))],
    habits.submission_2009: [("quyet-dinh", "27", "QĐ-UBND", (10, 2, 2009))],
}  # fmt: skip


def name_of(make: Callable[[], bytes]) -> str:
    return make.__name__


@pytest.mark.parametrize("make", HEADS, ids=name_of)
def test_the_head_is_read(make: Callable[[], bytes]) -> None:
    assert head(read(make(), "a.docx")) == HEADS[make]


@pytest.mark.parametrize("make", FEET, ids=name_of)
def test_the_foot_is_read(make: Callable[[], bytes]) -> None:
    assert foot(read(make(), "a.docx")) == FEET[make]


@pytest.mark.parametrize("make", REFERENCES, ids=name_of)
def test_what_is_cited_is_read(make: Callable[[], bytes]) -> None:
    assert cited(read(make(), "a.docx")) == REFERENCES[make]


def test_a_report_has_its_headings_figures_and_accepted_changes() -> None:
    document = read(habits.report_2024(), "a.docx")
    assert document.subject == (
        "Kết quả công tác chuyển đổi số 6 tháng đầu năm 2024, phương hướng, nhiệm vụ 6 tháng cuối năm 2024"
    )
    assert headings(document) == [
        ("I", "KẾT QUẢ THỰC HIỆN"),
        ("1", "Công tác chỉ đạo, điều hành"),
        ("2", "Công tác tuyên truyền"),
        ("II", "TỒN TẠI, HẠN CHẾ"),
        ("III", "PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM"),
    ]
    assert [one.value for one in document.figures] == [9, 4, 310, 124, 86]
    assert [one.text for one in document.directions] == [
        "Tiếp tục tuyên truyền về dịch vụ công trực tuyến.",
        "Tập huấn cho Tổ công nghệ số cộng đồng.",
    ]
    assert document.problems == ()


def test_a_plan_has_the_tasks_of_a_table_in_two_parts_with_merged_cells() -> None:
    document = read(habits.plan_2025(), "a.docx")
    tasks = document.tasks
    assert [(one.ordinal, one.task, one.lead, one.cooperating, one.product) for one in tasks] == [
        ("1", "Xây dựng chuyên mục chuyển đổi số trên Cổng thông tin điện tử xã", "Phòng Văn hóa - Xã hội", "Văn phòng HĐND và UBND xã", "Chuyên mục"),
        ("2", "Phát thanh tuyên truyền về dịch vụ công", "Phòng Văn hóa - Xã hội", "Các thôn", "Tin, bài phát thanh"),
        ("3", "Tổ chức ra quân Tổ công nghệ số cộng đồng, hướng dẫn người dân cài đặt VNeID và nộp hồ sơ trực tuyến", "Đoàn Thanh niên xã", None, "Buổi ra quân"),
        ("4", "Sơ kết, đánh giá", "Văn phòng HĐND và UBND xã", "Các đơn vị", "Báo cáo"),
    ]  # fmt: skip
    assert [one.schedule and (one.schedule.period or one.schedule.deadline) for one in tasks] == [
        "2025-M08",
        None,
        "2025-Q3",
        "2025-12-15",
    ]
    (appendix,) = document.appendices
    assert appendix.title == "DANH MỤC NHIỆM VỤ TUYÊN TRUYỀN 6 THÁNG CUỐI NĂM 2025"
    assert [(one.unit, len(one.duties)) for one in document.assignments] == [
        ("Phòng Văn hóa - Xã hội", 2),
        ("Các thôn", 1),
    ]
    assert document.subject is not None
    assert document.subject.endswith("6 tháng cuối năm 2025 trên địa bàn xã An Phước Thử")


def test_a_decision_has_the_articles_that_word_numbers() -> None:
    document = read(habits.decision_2025(), "a.docx")
    numbers = [block.number for block in document.body if getattr(block, "number", None)]
    assert numbers == ["Điều 1", "Điều 2", "1", "2", "Điều 3"]


def test_a_letter_in_frames_has_its_subject_and_receivers() -> None:
    document = read(habits.letter_2025(), "a.docx")
    assert document.subject == "chỉnh lý tài liệu tồn đọng tại các xã sau sắp xếp"
    text = text_of(habits.letter_2025(), "a.docx")
    assert "Kính gửi:\n- Ủy ban nhân dân các xã, phường;\n- Văn phòng Sở.\n" in text
    assert "diện tích ít nhất 20 m2." in text


def test_a_notice_in_text_boxes_is_read_once_with_its_table() -> None:
    document = read(habits.notice_2023(), "a.docx")
    text = text_of(habits.notice_2023(), "a.docx")
    assert text.count("THỊ TRẤN BẢN THỬ") == 1
    (table,) = [block for block in document.body if isinstance(block, Table)]
    assert table.rows[1] == ("02", "Khu 2", "14 giờ 00, ngày 15/11/2023", "Nhà văn hóa khu 2")
    assert [one.name for one in document.recipients] == [
        "Các khu dân cư",
        "Đài truyền thanh thị trấn",
        "Lưu: VP",
    ]
    assert document.signature is not None
    assert document.signature.name == "Vàng A Thử"


def test_minutes_have_those_present_with_their_posts() -> None:
    document = read(habits.minutes_2025(), "a.docx")
    assert (str(document.kind), document.subject) == (
        "bien-ban",
        "Họp rà soát hộ nghèo, hộ cận nghèo năm 2025",
    )
    assert "1. Ông Nguyễn Văn Mẫu\t- Chủ tịch UBND xã - Chủ trì\n2. Bà Trần Thị Thử\t" in text_of(
        habits.minutes_2025(), "a.docx"
    )
    assert [one.value for one in document.figures] == [12, 25, 100]


def test_a_list_under_a_list_keeps_its_marks() -> None:
    document = read(habits.report_2025_header(), "a.docx")
    marks = [block.number for block in document.body if getattr(block, "number", None)]
    assert marks == ["1", "-", "-", "+", "+", "2"]
    assert document.date == PartialDate(12, 12, 2025)


@pytest.mark.office
def test_the_same_is_read_after_libreoffice_saved_it_in_other_formats(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    assert office, "cài gói libreoffice-writer-nogui"
    made = [habits.report_2024, habits.plan_2025, habits.decision_2025]
    for make in made:
        (tmp_path / f"{make.__name__}.docx").write_bytes(make())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    sources = [str(tmp_path / f"{make.__name__}.docx") for make in made]
    command = [office, profile, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path), *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for make in made:
        document = read((tmp_path / f"{make.__name__}.odt").read_bytes(), "a.odt")
        assert (head(document), foot(document)) == (HEADS[make], FEET[make])
        assert cited(document) == REFERENCES[make]
        assert document.tasks == read(make(), "a.docx").tasks
        assert headings(document) == headings(read(make(), "a.docx"))
