"""Items of an old site: from a feed or a table, shown first, taken in whole, with their old addresses."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from dinhlang.org.rules import Refused
from dinhlang.portal.models import Item, OldAddress, Step
from dinhlang.portal.newsroom import queries
from dinhlang.portal.newsroom.rules.old_site import read

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

NOW = datetime(2026, 3, 1, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Trang cũ</title><link>https://cu.example/</link>
<item><title>Họp dân thôn Đông</title><link>https://cu.example/tin-tuc?id=12</link><category>Thông báo</category>
<pubDate>Mon, 15 May 2023 01:00:00 GMT</pubDate><description>Bàn việc làng.</description>
<content:encoded><![CDATA[<p onclick="x()">Bà con <b>bàn</b> việc làng.</p><script>alert(1)</script>]]></content:encoded></item>
<item><title>Không có ngày</title><link>https://cu.example/tin-tuc?id=13</link><description>Nội dung</description></item>
<item><title>Họp dân thôn Đông</title><link>https://cu.example/tin-tuc?id=12</link><description>Lặp</description>
<pubDate>Mon, 15 May 2023 01:00:00 GMT</pubDate></item>
</channel></rss>""".encode()


def _table(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("Tiêu đề", "Nội dung", "Ngày đăng", "Địa chỉ cũ"))
    for row in rows:
        sheet.append(row)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_feed_is_read_cleaned_and_its_faults_are_told_one_by_one() -> None:
    good, undated, twice = read(FEED, "cu.xml", at=NOW)
    assert (good.title, good.address, good.column) == ("Họp dân thôn Đông", "/tin-tuc?id=12", "Thông báo")
    assert good.body == "<p>Bà con <strong>bàn</strong> việc làng.</p>"
    assert good.published_at is not None
    assert good.published_at.astimezone(NOW.tzinfo).hour == 8
    assert "ngày đăng" in undated.problem
    assert "dòng trên" in twice.problem


def test_a_table_is_read_with_the_number_of_each_row() -> None:
    data = _table(
        ("Một", "Nội dung\n\nhai đoạn", "20/7/2023 08:00", "/a.html"),
        (None, "Không tên", "20/7/2023", None),
        ("Tương lai", "Chữ", "01/01/2031", None),
    )
    one, nameless, future = read(data, "cu.xlsx", at=NOW)
    assert (one.row, one.body, one.address) == (2, "<p>Nội dung</p>\n<p>hai đoạn</p>", "/a.html")
    assert (nameless.row, nameless.problem) == (3, "Không có tiêu đề.")
    assert "tương lai" in future.problem


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<html><body>khong phai</body></html>", "không phải tệp RSS"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><rss/>', "tự định nghĩa ký hiệu"),
        (b"<rss" + b"x" * (21 * 1024 * 1024), "tối đa 20 MB"),
        (b"mot,hai\n1,2\n", "cột Tiêu đề"),
        (b"<rss><channel></channel></rss>", "không có tin nào"),
    ],
    ids=["a page", "entities", "too large", "no headings", "empty"],
)
def test_a_file_that_is_none_says_why(data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read(data, "tep", at=NOW)


@pytest.mark.django_db
@pytest.mark.integration
def test_the_page_shows_first_and_takes_in_then_once(
    world: World, django_assert_max_num_queries: Any
) -> None:
    officer = world.signed_in("van-hoa", checks_forms=False)
    there = reverse("newsroom:import")
    assert world.item.column is not None
    before = Item.objects.count()
    given = {"file": SimpleUploadedFile("cu.xml", FEED), "column": world.item.column.pk}
    shown = officer.post(there, given)
    assert "<strong>1</strong> tin mới" in shown.content.decode()
    assert Item.objects.count() == before
    answer = officer.post(there, {"held": shown.context["held"]}, follow=True)
    assert "Đã nhập 1 tin" in answer.content.decode()
    item = Item.objects.select_related("shown", "column").get(imported_from="/tin-tuc?id=12")
    assert item.is_public
    assert item.line is None
    assert item.column is not None
    assert item.column.name == "Thông báo"
    assert OldAddress.objects.get(path="/tin-tuc?id=12").target == f"/tin/{item.column.slug}/{item.slug}/"
    assert Step.objects.get(item=item).deed == "import"
    assert queries.item_at(world.commune, item.slug) == item
    again = officer.post(there, {"held": shown.context["held"]}, follow=True)
    assert "Không có tin nào mới" in again.content.decode()
    forged = officer.post(there, {"held": "x"}, follow=True)
    assert "Chọn lại tệp" in forged.content.decode()
