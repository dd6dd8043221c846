"""A citizen sits a contest on a phone, with a script and without; the officer excludes a sitting and draws lots again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.conftest import Server, Visit, through
from tests.screens import TOO_WIDE, barriers_in_the_dark, barriers_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 780}, "is_mobile": True, "has_touch": True}
QUESTIONS = 8


def looked_at(page: Page) -> None:
    assert not page.evaluate(TOO_WIDE), page.url
    assert barriers_on(page) == [], page.url
    assert barriers_in_the_dark(page) == [], page.url


def address_of(visit: Visit) -> str:
    """Where citizens find the contest of the demonstration, as the officer passes it on."""
    visit.sign_in("van-hoa")
    visit.go("/ban-lam-viec/cuoc-thi/")
    through(visit.page.get_by_role("link", name="Tìm hiểu cải cách hành chính (minh họa)"))
    return visit.page.locator(".secret a").inner_text()


def join(page: Page, address: str, phone: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Vào thi tuần 2").click()
    page.locator("#id_name").fill("Nguyễn Thị Minh Họa")
    page.locator("#id_phone").fill(phone)
    page.locator("#id_group").select_option("citizen")
    page.get_by_label("Từ đủ 16 tuổi").check()
    page.get_by_label("Gấp đôi: tôi cần thêm thời gian").check()
    page.locator("#id_guess").fill("40")
    page.get_by_label("Tôi đồng ý để xã giữ họ tên").check()


def test_a_citizen_tries_joins_and_sits_on_a_phone(
    chromium: Browser, demo_server: Server, visit: Visit
) -> None:
    address = address_of(visit)
    context = chromium.new_context(locale="vi-VN", **PHONE)
    page = context.new_page()
    page.goto(address)
    looked_at(page)
    page.get_by_role("link", name="Thi thử một câu").click()
    expect(page.locator("[data-clock]")).to_have_text("Còn 44 giây", timeout=5000)
    looked_at(page)
    page.get_by_label("Bốn quý").check()
    page.get_by_role("button", name="Trả lời").click()
    expect(page.get_by_role("status")).to_contain_text("Đúng.")
    join(page, address, "0900 777 001")
    looked_at(page)
    page.get_by_role("button", name="Đăng ký thi").click()
    page.get_by_role("button", name="Bắt đầu").wait_for()
    looked_at(page)
    there = page.url
    page.get_by_role("button", name="Bắt đầu").click()
    for place in range(1, QUESTIONS + 1):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Câu {place} trên {QUESTIONS}")
        if place == 1:
            looked_at(page)
            assert "correct" not in page.content()
        if place == 2:
            # Fetched again it is the same question, with less time and not more.
            expect(page.locator("[data-clock]")).to_have_text("Còn 87 giây", timeout=9000)
            page.reload()
            left = int(page.locator("[data-left]").get_attribute("data-left") or 0)
            assert left <= 87
        page.locator("[name=chon]").first.check()
        page.locator(".survey__send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn đã thi xong")
    looked_at(page)
    page.goto(address)
    page.get_by_role("link", name="Mở lại bài thi của bạn").click()
    assert page.url == there
    page.goto(f"{address}tuan/1/ket-qua/")
    looked_at(page)
    page.goto(f"{address}tuan/1/boc-tham/")
    looked_at(page)
    context.close()


def test_without_a_script_the_time_is_told_in_words(
    chromium: Browser, demo_server: Server, visit: Visit
) -> None:
    address = address_of(visit)
    context = chromium.new_context(locale="vi-VN", java_script_enabled=False, **PHONE)
    page = context.new_page()
    join(page, address, "0900 777 002")
    page.get_by_role("button", name="Đăng ký thi").click()
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page.locator("main")).to_contain_text("giây từ lúc trang này hiện ra")
    page.locator("[name=chon]").first.check()
    page.get_by_role("button", name="Trả lời, sang câu sau").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Câu 2 trên {QUESTIONS}")
    context.close()


def test_the_officer_excludes_a_sitting_and_draws_lots_again(visit: Visit) -> None:
    address_of(visit)
    page = visit.page
    through(page.get_by_role("link", name="Tuần 1"))
    expect(page.get_by_text("Đã bốc thăm.")).to_be_visible()
    through(page.get_by_role("link", name="Xem bài thi"))
    row = page.locator("tbody tr").first
    code = row.locator("td").first.inner_text()
    row.locator("summary").click()
    row.locator("input[name=reason]").fill("Người của ban tổ chức (minh họa)")
    through(row.get_by_role("button", name="Loại bài thi"))
    expect(page.locator("tbody")).to_contain_text("Đã loại: Người của ban tổ chức")
    through(page.get_by_role("link", name="Tuần 1"))
    through(page.get_by_role("button", name="Bốc thăm"))
    held = page.locator("#tham + ul > li")
    expect(held.first).to_contain_text("Lần 2")
    assert code not in held.first.inner_text()
    expect(held.last).to_contain_text("không còn hiệu lực")
    through(page.get_by_role("link", name="Xem số điện thoại người trúng giải"))
    expect(page.locator("tbody tr")).to_have_count(2)
    looked_at(page)
