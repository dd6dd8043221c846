"""What of a line may be shown to all, as tables."""

from __future__ import annotations

import pytest

from dinhlang.officialdoc.model import Document, Paragraph, Role, Run, Signature, Table
from dinhlang.portal.models import PublicLine
from dinhlang.portal.public import rules
from dinhlang.vietnamese.personal import Kind

OWN, COMMON = PublicLine.Wording.OWN, PublicLine.Wording.COMMON
NAMED = "Hướng dẫn bà Nguyễn Thị Lan, 0912345678"


@pytest.mark.parametrize(
    ("title", "wording", "shown", "is_own"),
    [
        ("Họp thôn Đình", None, "Họp thôn Đình", True),
        ("Họp thôn Đình", COMMON, "Hướng dẫn tại bộ phận một cửa – Cải cách thủ tục hành chính", False),
        (NAMED, None, "Hướng dẫn tại bộ phận một cửa – Cải cách thủ tục hành chính", False),
        (NAMED, COMMON, "Hướng dẫn tại bộ phận một cửa – Cải cách thủ tục hành chính", False),
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
        "https://[",
        "https://bentruc.gov.vn:port/",
    ],
)
def test_a_private_or_doubtful_address_is_not_linked(url: str) -> None:
    assert not rules.is_open_address(url)


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
        ("số điện thoại", "0912345678"),
    ]
    assert "Gương điển hình" in found[0].around


def test_words_for_everyone_name_nobody() -> None:
    rules.check_open_words("Số liệu mục 2 cần tính lại", "Lý do gỡ")
    with pytest.raises(rules.CannotPublish, match=r"Lý do gỡ .* có số điện thoại, tên người"):
        rules.check_open_words("Theo yêu cầu của bà\nNguyễn Thị Lan, 0912345678", "Lý do gỡ")
