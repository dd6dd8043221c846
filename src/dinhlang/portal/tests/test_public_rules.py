"""What of a line may be shown to all, as tables."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dinhlang.officialdoc.model import Document, Paragraph, Role, Run, Signature, Table
from dinhlang.portal.models import PublicLine
from dinhlang.portal.public import queries, rules, wording
from dinhlang.reports.models import ReportFigure
from dinhlang.vietnamese.redaction import Kind

OWN, COMMON = PublicLine.Wording.OWN, PublicLine.Wording.COMMON
NAMED = "Hướng dẫn bà Nguyễn Thị Lan, 0912345678"


@pytest.mark.parametrize(
    ("title", "wording", "shown", "is_own"),
    [
        ("Họp thôn Đình", None, "Họp thôn Đình", True),
        ("Họp thôn Đình", COMMON, "Hướng dẫn tại nơi tiếp nhận hồ sơ – Cải cách thủ tục hành chính", False),
        (NAMED, None, "Hướng dẫn tại nơi tiếp nhận hồ sơ – Cải cách thủ tục hành chính", False),
        (NAMED, COMMON, "Hướng dẫn tại nơi tiếp nhận hồ sơ – Cải cách thủ tục hành chính", False),
        (NAMED, OWN, NAMED, True),
    ],
)
def test_a_title_is_shown_when_it_names_nobody_or_an_officer_said_so(
    title: str, wording: str | None, shown: str, is_own: bool
) -> None:
    public = rules.public_title(title, "guidance", "thu-tuc", wording)
    assert (public.text, public.is_own) == (shown, is_own)


def test_what_stands_against_a_title_is_told_once_each() -> None:
    found = rules.public_title(f"{NAMED}; bà Hoa", "guidance", "", None).found
    assert found == (Kind.PERSON, Kind.PHONE)
    assert rules.summary_of(found) == "tên người, số điện thoại"


@pytest.mark.parametrize(
    "url",
    [
        "https://bentruc.tinhmau.gov.vn/tin-tuc/cai-cach-hanh-chinh",
        "http://bentruc.tinhmau.gov.vn/bai?id=12",
        "https://www.facebook.com/xabentruc/posts/1234567",
        "https://zalo.me/3456789",
        "https://ben-truc.example:443/a",
    ],
)
def test_a_page_of_a_public_site_may_be_linked(url: str) -> None:
    assert rules.is_open_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://bentruc.gov.vn/a",
        "https://user:pass@bentruc.gov.vn/",
        "https://bentruc.gov.vn:8443/",
        "https://192.168.1.5/anh.jpg",
        "https://[fe80::1]/a",
        "http://mayxa/a",
        "http://mayxa.local/a",
        "https://drive.google.com/file/d/abc",
        "https://ubnd.sharepoint.com/x",
        "https://bentruc.gov.vn/a?token=abc",
        "https://bentruc.gov.vn/?sig=1",
        "https://bentruc.gov.vn/ho-so/%C3%B4ng%20Nguy%E1%BB%85n%20V%C4%83n%20An",
        "https://bentruc.gov.vn/tra-cuu?sdt=0912345678",
        "https://bentruc.gov.vn/?cccd=034085001234",
        "https://bentruc.gov.vn/tin/guong-sang-ba-nguyen-thi-lan.html",
        "https://bentruc.gov.vn/tin/0912-345-678",
        "https://[",
        "https://bentruc.gov.vn:port/",
    ],
)
def test_a_private_or_doubtful_address_is_not_linked(url: str) -> None:
    assert not rules.is_open_address(url)


def test_an_address_may_name_whom_an_officer_let_be_named_but_give_no_number() -> None:
    assert rules.is_open_address("https://bentruc.gov.vn/guong-sang-ba-nguyen-thi-lan", may_name=True)
    assert not rules.is_open_address("https://bentruc.gov.vn/nguyen-thi-lan/0912345678", may_name=True)


def figure(concept: str, origin: str = "ledger", **more: Any) -> ReportFigure:
    """A figure of March as a report holds it."""
    given = {"value": Decimal(12), "printed": "12", "lines": 3, **more}
    days = {"window_from": date(2023, 3, 1), "window_to": date(2023, 3, 31)}
    return ReportFigure(concept=concept, origin=origin, **days, **given)


@pytest.mark.parametrize(
    ("one", "value", "how"),
    [
        (figure("articles"), "12 tin, bài", r"^Cộng số lượng ghi ở 3 dòng sổ theo dõi"),
        (figure("articles", printed="hơn 12", exactness="hơn"), "hơn 12 tin, bài", r"Báo cáo ghi “hơn”"),
        (figure("articles", value=None, printed="…"), "chưa có số liệu", r"^Chưa có minh chứng"),
        (figure("lines-radio"), "12 việc", r"^Đếm 3 dòng sổ theo dõi thuộc loại “Đài truyền thanh cấp xã”"),
        (figure("plan-tasks", "plan"), "12 nhiệm vụ", r"^Đếm các nhiệm vụ nêu trong kế hoạch"),
        (figure("tasks_planned", "plan"), "12 nhiệm vụ", r"đã đến kỳ thực hiện tính đến hết ngày 31/3/2023"),
        (figure("tasks_completed", "plan"), "12 nhiệm vụ", r"đã hoàn thành và có minh chứng"),
        (
            figure("on_time_share", printed="98,5", numerator=197, denominator=200),
            "98,5%",
            r"^Hồ sơ giải quyết trước hạn, đúng hạn \(197\) chia cho hồ sơ đã giải quyết \(200\), nhân với 100\.$",
        ),
        (figure("articles", "archive", printed="12 (*)"), "12 (*) tin, bài", r"^Lấy từ một văn bản cũ"),
    ],
)
def test_a_figure_says_in_words_how_it_came_about(one: ReportFigure, value: str, how: str) -> None:
    assert wording.value_of(one) == value
    assert re.search(how, wording.how(one)), wording.how(one)


def test_the_words_of_an_old_document_are_shown_only_when_they_name_nobody() -> None:
    old = [
        {
            "document": "bao cao cua ba Lan.docx",
            "sha256": "ab" * 32,
            "line": 7,
            "quote": "đã đăng 48 tin, bài",
        },
        {"document": "x", "sha256": "cd" * 32, "line": None, "quote": "bà Nguyễn Thị Lan viết 12 tin"},
    ]
    shown = queries.quoted(figure("articles", "archive", evidence=old))
    assert [(one.line, one.words) for one in shown] == [(7, "đã đăng 48 tin, bài"), (None, "")]
    assert shown[0].sha256 == "abab abab abab"
    assert queries.pinned(figure("articles", "archive", evidence=old)) == []


def test_the_text_of_a_report_is_looked_through_but_not_its_signature() -> None:
    document = Document(
        subject="Kết quả",
        body=(
            Paragraph(Role.BODY, (Run("Gương điển hình: bà "), Run("Nguyễn Thị Lan"), Run(" ở thôn Đình"))),
            Table(("STT", "Việc"), (("1", "Gọi 0912345678"), ("2", "Gọi 0912345678"))),
        ),
        signature=Signature(name="Nguyễn Thị Mẫu"),
    )
    found = rules.passages(document)
    assert [(one.label, one.words) for one in found] == [
        ("tên người", "Nguyễn Thị Lan"),
        ("địa chỉ", "thôn Đình"),
        ("số điện thoại", "0912345678"),
    ]
    assert "Gương điển hình" in found[0].around


def test_words_for_everyone_name_nobody() -> None:
    rules.check_open_words("Số liệu mục 2 cần tính lại", "Lý do gỡ")
    with pytest.raises(rules.CannotPublish, match=r"Lý do gỡ .* có số điện thoại, tên người"):
        rules.check_open_words("Theo yêu cầu của bà\nNguyễn Thị Lan, 0912345678", "Lý do gỡ")
