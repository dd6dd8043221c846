"""Documents of other shapes than the seeds, so that the reader knows the family and not five files."""

from __future__ import annotations

import unicodedata

import pytest

from dinhlang.officialdoc.model import (
    Document,
    Kind,
    Paragraph,
    PartialDate,
    Recipient,
    Role,
    Signature,
    SignatureMode,
    Table,
)
from dinhlang.officialdoc.read import read
from dinhlang.officialdoc.read.mend import mend
from dinhlang.officialdoc.tests import shapes


def document(text: str) -> Document:
    return read(text.encode(), "mau.txt")


def figures(text: str) -> list[tuple[float, str | None, str | None, str | None]]:
    return [(one.value, one.unit, one.qualifier, one.concept) for one in document(text).figures]


def sentence(text: str) -> list[tuple[float, str | None, str | None, str | None]]:
    """The figures of one sentence in a report."""
    return figures(f"BÁO CÁO\nKết quả năm 2024\n\nI. KẾT QUẢ\n{text}\n")


def test_two_columns_side_by_side_are_taken_apart() -> None:
    doc = document(shapes.TWO_COLUMNS)
    assert (doc.kind, doc.number, doc.symbol, doc.place) == (Kind.REPORT, "15", "BC-UBND", "Hòa Bình")
    assert doc.date == PartialDate(5, 1, 2026)
    assert doc.issuer is not None
    assert (doc.issuer.name, doc.issuer.unit_name) == ("ỦY BAN NHÂN DÂN XÃ HÒA BÌNH", "Hòa Bình")
    assert doc.subject == "Kết quả công tác cải cách hành chính quý IV năm 2025"
    assert doc.period == "2025-Q4"
    assert doc.signature == Signature(
        SignatureMode.FOR_HEAD, "ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH", "Trần Văn Mẫu"
    )
    assert doc.recipients == (
        Recipient("Sở Nội vụ", "BC"),
        Recipient("TT Đảng ủy, TT HĐND xã"),
        Recipient("Lưu: VT, VHXH"),
    )
    assert [one.text for one in doc.proposals] == ["Đề nghị Sở Nội vụ tổ chức tập huấn."]
    assert [one.number for one in doc.directions] == ["1", "2"]
    assert doc.problems == ()


def test_every_figure_of_a_report_has_its_unit_and_indicator() -> None:
    assert figures(shapes.TWO_COLUMNS) == [
        (12, "cuộc", None, "meetings"),
        (339, "lượt người tham dự", None, "attendees"),
        (1250, "tờ rơi", None, "leaflets"),
        (10, "buổi phát thanh", None, "broadcast_sessions"),
        (14, "băng rôn", None, "banners"),
        (3500, "lượt truy cập", "hơn", "visits"),
        (2265, "hồ sơ", None, "dossiers_received"),
        (2007, "hồ sơ", None, "dossiers_online"),
        (88.6, "%", None, "online_share"),
        (2200, "hồ sơ", None, "dossiers_resolved"),
        (2190, "hồ sơ", None, "dossiers_on_time"),
        (10, "hồ sơ", None, "dossiers_late"),
        (98.5, "%", None, "satisfaction"),
        # What is planned is stated, but no indicator may take it for a result.
        (100, "%", None, None),
    ]


def test_a_parent_body_and_the_number_beside_the_national_heading_are_read() -> None:
    doc = document(shapes.SO_BESIDE)
    assert doc.issuer is not None
    assert (doc.issuer.parent, doc.issuer.name) == ("UBND HUYỆN NAM SÁCH", "UBND XÃ NAM TRUNG")
    assert (doc.number, doc.symbol, doc.date) == ("15", "BC-UBND", PartialDate(14, 6, 2024))
    assert [(one.kind, one.number, one.symbol, one.issuer) for one in doc.references] == [
        (Kind.OTHER, None, None, None),
        (Kind.OTHER, "61/2018", "NĐ-CP", "Chính phủ"),
        (Kind.DECISION, "468", "QĐ-TTg", "Thủ tướng Chính phủ"),
    ]
    assert doc.references[0].subject == "Luật Tổ chức chính quyền địa phương"
    assert [one.role for one in doc.body if isinstance(one, Paragraph)][:2] == [Role.BASIS, Role.BASIS]
    assert [one.concept for one in doc.figures] == ["articles", "posts", "trainings", "training_attendees"]


def test_a_notice_is_read() -> None:
    doc = document(shapes.THONG_BAO)
    assert (doc.kind, doc.number, doc.symbol) == (Kind.NOTICE, "07", "TB-UBND")
    assert doc.subject is not None
    assert doc.subject.startswith("Về việc niêm yết công khai")
    assert figures(shapes.THONG_BAO) == [
        (145, "thủ tục hành chính", None, "procedures_posted"),
        (12, "lĩnh vực", None, None),
    ]
    assert doc.recipients[1] == Recipient("Các tổ dân phố", "TH")
    assert doc.signature == Signature(None, None, "CHỦ TỊCH", "Lê Thị Thử")


def test_a_letter_says_what_it_is_about_under_its_number() -> None:
    doc = document(shapes.CONG_VAN)
    assert (doc.kind, doc.number, doc.symbol) == (Kind.LETTER, "121", "UBND-VHXH")
    assert doc.subject == "đẩy mạnh tuyên truyền cải cách hành chính tháng 9 năm 2024"
    assert doc.period == "2024-M09"
    assert doc.signature == Signature(SignatureMode.FOR_HEAD, None, "PHÓ CHỦ TỊCH", "Phạm Văn Giả")
    assert [(one.number, one.issuer) for one in doc.references] == [("05", "UBND xã")]
    assert (
        doc.body[0] == Paragraph(Role.BODY, doc.body[0].runs) if isinstance(doc.body[0], Paragraph) else False
    )
    assert figures(shapes.CONG_VAN)[0] == (2, "lần/tháng", "ít nhất", "broadcasts")


def test_articles_of_a_decision_stand_above_their_points() -> None:
    doc = document(shapes.QUYET_DINH)
    assert (doc.kind, doc.number, doc.symbol, doc.place) == (Kind.DECISION, "45", "QĐ-UBND", "An Bình")
    assert doc.signature == Signature(SignatureMode.ACTING, None, "CHỦ TỊCH", "Đỗ Văn Nháp")
    marks = [(one.role, one.number) for one in doc.body if isinstance(one, Paragraph) and one.number]
    assert marks == [
        (Role.ITEM, "Điều 1"),
        (Role.HEADING, "Điều 2"),
        (Role.ITEM, "a"),
        (Role.ITEM, "b"),
        (Role.ITEM, "đ"),
        (Role.ITEM, "Điều 3"),
    ]
    assert [(one.number, one.symbol) for one in doc.references] == [("65/2025", "QH15")]


def test_columns_in_another_order_are_matched_by_what_they_say() -> None:
    doc = document(shapes.APPENDIX_ORDER)
    assert [(one.task, one.product, one.lead, one.cooperating) for one in doc.tasks] == [
        ("Xây dựng kế hoạch tuyên truyền", "Kế hoạch được ban hành", "Văn phòng UBND xã", "Các thôn"),
        ("Phát bản tin trên loa truyền thanh", "Bản tin", "Đài truyền thanh xã", "Các thôn"),
        ("Tổ chức hội nghị đối thoại", "Biên bản hội nghị", "Văn phòng UBND xã", None),
    ]
    schedules = [(one.schedule.text, one.schedule.kind) for one in doc.tasks if one.schedule]
    assert schedules == [
        ("Tháng 01/2024", "month"),
        ("Mỗi tuần 02 buổi", "recurring"),
        ("Trước ngày 15/6/2024", "deadline"),
    ]


def test_a_note_of_an_appendix_tells_what_a_cut_off_head_does_not() -> None:
    doc = document(shapes.APPENDIX_ORDER)
    assert (doc.number, doc.symbol, doc.date) == ("12", "KH-UBND", PartialDate(15, 1, 2024))
    assert doc.issuer is not None
    assert doc.issuer.unit_name == "Minh Tân"


def test_a_unit_and_its_duty_in_one_item_are_an_assignment() -> None:
    doc = document(shapes.APPENDIX_ORDER)
    assert [(one.unit, len(one.duties)) for one in doc.assignments] == [
        ("Văn phòng HĐND và UBND", 2),
        ("Công chức Văn hóa - Xã hội", 1),
    ]


def test_a_table_of_markdown_gives_tasks() -> None:
    doc = document(shapes.MD_TABLE)
    assert [(one.task, one.lead, one.cooperating) for one in doc.tasks] == [
        ("Viết tin, bài", "Văn hóa xã", "Đoàn thanh niên"),
        ("Họp giao ban", "Văn phòng", None),
    ]
    (table,) = [block for block in doc.body if isinstance(block, Table)]
    assert table.header[:2] == ("TT", "Nhiệm vụ")
    assert doc.signature == Signature(SignatureMode.FOR_BODY, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Ngô Thị Mẫu")


def test_a_submission_of_a_department_is_signed_by_order() -> None:
    doc = document(shapes.TO_TRINH)
    assert doc.kind is Kind.SUBMISSION
    assert doc.issuer is not None
    assert (doc.issuer.parent, doc.issuer.name) == ("UBND XÃ HƯNG ĐẠO", "VĂN PHÒNG")
    assert doc.issuer.unit_name == "Hưng Đạo"
    assert doc.signature == Signature(SignatureMode.BY_ORDER, "CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Bùi Thị Nháp")


def test_pages_are_counted_and_their_numbers_are_no_text() -> None:
    doc = document(shapes.PAGES)
    assert doc.source.pages == 2
    (reference,) = doc.references
    assert reference.issuer == "Uỷ ban nhân dân huyện Gia Lộc"
    assert doc.period == "2024-9M"
    assert [(one.value, one.concept) for one in doc.figures] == [
        (120, "broadcast_minutes"),
        (60, "articles"),
        (900, "guidance"),
        (6, "feedback"),
        (20, None),
        (1, None),
    ]
    assert doc.figures[0].span is not None
    assert doc.figures[0].span.page == 2
    assert [one.text for one in doc.directions] == [
        "Ban hành kế hoạch năm 2025.",
        "Đăng thêm 20 tin bài.",
        "Mở 01 hội nghị.",
    ]
    assert doc.signature is not None
    assert doc.signature.mode is SignatureMode.FOR_BODY


def test_a_resolution_without_blank_lines_keeps_its_subject_short() -> None:
    doc = document(shapes.NGHI_QUYET)
    assert doc.subject == "Về nhiệm vụ cải cách hành chính năm 2025"
    assert (doc.kind, doc.number, doc.symbol) == (Kind.RESOLUTION, "09", "NQ-HĐND")
    assert doc.signature == Signature(SignatureMode.FOR_BODY, "HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH", "Mai Văn Ví")
    assert [(one.kind, one.number) for one in doc.references] == [(Kind.SUBMISSION, "45")]


def test_dots_to_fill_in_are_blanks() -> None:
    doc = document(shapes.BLANK_DOTS)
    assert (doc.number, doc.symbol, doc.date) == (None, "KH-UBND", PartialDate(None, 1, 2024))
    (reference,) = doc.references
    assert (reference.number, reference.symbol, reference.date) == (None, None, PartialDate(None, 1, 2024))
    assert reference.issuer == "UBND huyện"
    assert doc.figures == ()
    assert {one.code for one in doc.problems} == {
        "blank-number",
        "blank-date",
        "missing-signature",
        "missing-recipients",
    }


def test_terms_periods_and_articles_are_no_figures() -> None:
    assert [one[:2] for one in figures(shapes.LEGAL_TERMS)] == [
        (3, "giải pháp"),
        (5, "thôn"),
        (100, "%"),
        (2, "cuộc họp"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trang có 6.694 lượt truy cập.", [(6694, "lượt truy cập", None, "visits")]),
        ("Tỷ lệ hài lòng đạt 86,5%.", [(86.5, "%", None, "satisfaction")]),
        ("Tổ chức gần 15 buổi phát thanh.", [(15, "buổi phát thanh", "gần", "broadcast_sessions")]),
        ("Treo ít nhất 20 băng rôn.", [(20, "băng rôn", "ít nhất", "banners")]),
        ("Tiếp nhận trên 500 hồ sơ.", [(500, "hồ sơ", "trên", "dossiers_received")]),
        ("Trong 6 tháng đầu năm 2024, quý I và ngày 15/3/2024.", []),
        ("Dịch vụ công mức độ 3, 4 theo Điều 12, khoản 3.", []),
        ("Giai đoạn 2021 - 2025 và 2026-2030.", []),
        ("Gọi số 0220.3789.123 hoặc thư xa10@vidu.vn.", []),
        ("Bài s6 x3 d6 b9 của x4.", []),
        ("Có 7 ý tưởng hay được áp dụng.", [(7, "ý tưởng", None, None)]),
        ("Mỗi quý 02 lần.", [(2, "lần/quý", None, None)]),
        ("Bài dự thi nộp về là 45 bài dự thi.", [(45, "bài dự thi", None, "contest_entries")]),
        ("Fanpage có 1.200 lượt tiếp cận.", [(1200, "lượt tiếp cận", None, "reach")]),
        ("Thu về 300 phiếu khảo sát.", [(300, "phiếu khảo sát", None, "survey_answers")]),
        ("Hồ sơ giải quyết đúng hạn đạt 99,5%.", [(99.5, "%", None, "on_time_share")]),
        ("Số hồ sơ trễ hạn là 0 hồ sơ.", [(0, "hồ sơ", None, "dossiers_late")]),
    ],
)
def test_a_sentence_gives_its_figures(text: str, expected: list[object]) -> None:
    assert sentence(text) == expected


@pytest.mark.parametrize(
    ("printed", "number", "symbol"),
    [
        ("Kế hoạch số 25/KH-UBND", "25", "KH-UBND"),
        ("Kế hoạch số: 25 /KH -UBND", "25", "KH-UBND"),
        ("Quyết định số 3396/QĐ – UBND", "3396", "QĐ-UBND"),
        ("Công văn số 1234/SNV-CCHC", "1234", "SNV-CCHC"),
        ("Nghị định số 09/2019/NĐ-CP", "09/2019", "NĐ-CP"),
        ("Kế hoạch số 132-KH/ĐU", "132", "KH/ĐU"),
        ("Chương trình số 02/CTr-UBND", "02", "CTr-UBND"),
    ],
)
def test_a_citation_is_read_however_it_is_spaced(printed: str, number: str, symbol: str) -> None:
    (reference,) = document(f"BÁO CÁO\nThử\n\nThực hiện {printed} ngày 04/01/2024 về công tác.\n").references
    assert (reference.number, reference.symbol, reference.date) == (number, symbol, PartialDate(4, 1, 2024))


def test_a_day_that_does_not_exist_stays_blank() -> None:
    (reference,) = document(
        "BÁO CÁO\nThử\n\nThực hiện Kế hoạch số 5/KH-UBND ngày 31/4/2024 về A.\n"
    ).references
    assert reference.date == PartialDate(None, 4, 2024)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_form_and_line_ends_do_not_matter(encoding: str, form: str, end: str) -> None:
    text = shapes.SO_BESIDE
    varied = unicodedata.normalize(form, text).replace("\n", end).encode(encoding)  # type: ignore[arg-type]
    read_back = read(varied, "mau.txt")
    assert read_back == document(text)
    assert [one.span for one in read_back.figures] == [one.span for one in document(text).figures]


def test_a_text_in_tcvn3_is_read_and_said_to_be_converted() -> None:
    text = "B¸o c¸o kÕt qu¶ c¶i c¸ch hµnh chÝnh n¨m 2005 cña ñy ban nh©n d©n x· T¸i S¬n huyÖn Tø Kú tØnh H¶i D­¬ng\n"
    doc = read(text.encode("latin-1"), "cu.txt")
    assert "legacy-encoding" in {one.code for one in doc.problems}
    assert "cải cách hành chính" in str(doc)


def test_headings_stay_apart_from_a_numbered_list() -> None:
    doc = document(
        "BÁO CÁO\nThử\n\nI. KẾT QUẢ\n1. Việc thứ nhất\nĐã làm xong.\n2. Việc thứ hai\n- Một.\n- Hai.\n"
    )
    assert [one.title for one in doc.sections[0].children] == ["Việc thứ nhất", "Việc thứ hai"]


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [
        ("Két qua cdi cdch hanh chinh nim 2022", "Kết quả cải cách hành chính năm 2022"),
        ("cong tic tuyén truyén 6 thang diu nim 2023", "công tác tuyên truyền 6 tháng đầu năm 2023"),
        ("6 thing cudi ndm 2023", "6 tháng cuối năm 2023"),
        ("UBND x3 T4i Son", "UBND xã T4i Son"),
        ("Ta Ky", "Ta Ky"),
        ("", ""),
    ],
)
def test_set_phrases_of_damaged_text_are_written_well_and_names_left(read_as: str, meant: str) -> None:
    assert mend(read_as) == meant
