"""A category of feedback goes to a part of the office: a colleague who stands there finds the case, takes it and answers it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.conftest import Server, Visit, through
from tests.screens import PHONE, SCREEN, TOO_WIDE, barriers_in_the_dark, barriers_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CASES = "/ban-lam-viec/phan-anh/"
OFFICE = "Phòng Văn hóa – Xã hội"


def looked_at(page: Page) -> None:
    assert not page.evaluate(TOO_WIDE), page.url
    assert barriers_on(page) == [], page.url
    assert barriers_in_the_dark(page) == [], page.url


def test_a_colleague_of_the_part_finds_takes_and_answers_what_was_routed_to_it(
    visit: Visit, chromium: Browser, demo_server: Server
) -> None:
    clerk = visit.page
    clerk.set_viewport_size(SCREEN)
    visit.sign_in("van-phong")
    visit.go(f"{CASES}phan-cong/")
    clerk.locator("select[name=part-an-toan]").select_option(label=OFFICE)
    through(clerk.get_by_role("button", name="Lưu phân công"))
    expect(clerk.get_by_text("Đã lưu phân công theo lĩnh vực.")).to_be_visible()
    assert clerk.locator("select[name=part-an-toan] option:checked").inner_text() == OFFICE
    looked_at(clerk)
    visit.go(f"{CASES}ghi/")
    clerk.locator("[name=words]").fill("Tường rào nhà văn hóa thôn nghiêng ra đường, sợ đổ vào trẻ nhỏ.")
    clerk.locator("[name=category]").select_option("an-toan")
    clerk.locator("[name=name]").fill("Lý Thị Thử Nghiệm")
    clerk.locator("[name=address]").fill("Thôn Đình")
    through(clerk.get_by_role("button", name="Lưu và lấy mã tra cứu"))
    through(clerk.get_by_role("link", name="Mở phản ánh này"))
    heading = clerk.get_by_role("heading", level=1).inner_text()
    code = heading.removeprefix("Phản ánh ")
    looked_at(clerk)

    context = chromium.new_context(locale="vi-VN", viewport=PHONE, is_mobile=True, has_touch=True)
    colleague = Visit(context.new_page(), demo_server)
    page = colleague.page
    colleague.sign_in("cong-tac-vien")
    waiting = page.get_by_role("listitem").filter(has_text="1 phản ánh giao bộ phận của bạn")
    through(waiting.get_by_role("link", name=re.compile("Xem và nhận")))
    expect(page.locator("table").get_by_text("Chưa có người nhận")).to_be_visible()
    looked_at(page)
    through(page.get_by_role("link", name=code))
    looked_at(page)
    through(page.get_by_role("button", name="Tôi nhận việc này"))
    expect(page.get_by_text("Bạn đã nhận việc này.")).to_be_visible()
    through(page.get_by_role("link", name="Xem bản gốc"))
    expect(page.get_by_text("sợ đổ vào trẻ nhỏ")).to_be_visible()
    page.go_back()
    page.locator("[name=words]").fill("Xã đã chống tạm tường rào, tuần sau xây lại. Cảm ơn bạn đã báo.")
    through(page.get_by_role("button", name="Trình lãnh đạo duyệt"))
    expect(page.get_by_text("Đã trình câu trả lời.")).to_be_visible()
    looked_at(page)
    context.close()
    assert colleague.faults == []

    # The clerk sees who has it, and that nobody waits any more.
    visit.go(f"{CASES}?q={code}")
    row = clerk.get_by_role("row").filter(has_text=code)
    expect(row).to_contain_text("Mai Thị Cộng Sự")
    expect(row).to_contain_text("Câu trả lời chờ duyệt")
