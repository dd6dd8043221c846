"""The newsroom in a real browser: an item is written, passed on, approved on a phone, published and withdrawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.conftest import Server, Visit, through

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

ITEMS = "/ban-lam-viec/tin-bai/"
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
SCREEN: dict[str, Any] = {"viewport": {"width": 1366, "height": 768}}


def at_work(chromium: Browser, server: Server, who: str) -> Visit:
    visit = Visit(chromium.new_context(locale="vi-VN", **SCREEN).new_page(), server)
    visit.sign_in(who)
    return visit


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def sound(page: Page) -> None:
    """Nothing that axe finds, and nothing wider than the screen."""
    assert not [one["id"] for one in Axe().run(page).response["violations"]]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_item_is_written_approved_on_a_phone_published_and_withdrawn(
    chromium: Browser, demo_server: Server
) -> None:
    author = at_work(chromium, demo_server, "cong-tac-vien")
    page = author.page
    author.go(f"{ITEMS}moi/")
    page.fill("input[name=title]", "Nhà văn hóa thôn mở cửa buổi tối")
    sound(page)
    press(page, "Viết tiếp")
    page.fill(
        "textarea[name=lead]", "Từ thứ Hai, bà con đến nhà văn hóa thôn buổi tối để được giúp nộp hồ sơ."
    )
    body = page.locator("textarea[name=body]")
    body.fill("Cần mang theo\n\nCăn cước và điện thoại.")
    body.evaluate("box => box.setSelectionRange(0, 0)")
    press(page, "Đề mục")
    expect(body).to_have_value("## Cần mang theo\n\nCăn cước và điện thoại.")
    expect(page.locator("#xem-truoc h2")).to_have_text("Cần mang theo")
    # What Word puts on the clipboard comes in clean.
    body.evaluate(
        """box => { box.setSelectionRange(box.value.length, box.value.length);
        const data = new DataTransfer(); data.setData('text/html', '<p class=MsoNormal><b style="color:red">Đúng giờ</b></p>');
        box.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, cancelable: true, bubbles: true})) }"""
    )
    expect(body).to_have_value("## Cần mang theo\n\nCăn cước và điện thoại.**Đúng giờ**")
    expect(page.locator("#saved")).to_contain_text("đã lưu lúc", timeout=15_000)
    sound(page)
    through(page.get_by_role("button", name="Lưu và xem tin"))
    item = page.url.removeprefix(demo_server.address)
    press(page, "Gửi công chức văn hóa")

    officer = at_work(chromium, demo_server, "van-hoa")
    officer.go(f"{ITEMS}cho-toi/")
    officer.page.get_by_role("link", name="Nhà văn hóa thôn mở cửa buổi tối").click()
    press(officer.page, "Trình lãnh đạo duyệt")
    sound(officer.page)
    press(officer.page, "Lập đường dẫn duyệt")
    there = officer.page.input_value("#address")

    leader = chromium.new_context(locale="vi-VN", **PHONE).new_page()
    leader.goto(f"{demo_server.address}/duyet-tin/{there.rstrip('/').rsplit('/', 1)[1]}/")
    expect(leader.locator(".reading__body h2")).to_have_text("Cần mang theo")
    sound(leader)
    press(leader, "Duyệt tin này")
    expect(leader.locator("h1")).to_have_text("Đã duyệt")
    leader.reload()

    officer.go(item)
    press(officer.page, "Đăng ngay")
    expect(officer.page.get_by_text("Người dân đọc được ngay")).to_be_visible()
    expect(officer.page.get_by_text("qua đường dẫn do")).to_be_visible()
    officer.page.get_by_text("Gỡ tin").first.click()
    officer.page.fill("#go", "Đổi giờ mở cửa")
    press(officer.page, "Gỡ tin")
    expect(officer.page.get_by_text("Đổi giờ mở cửa").first).to_be_visible()
    assert author.faults == []
    assert officer.faults == []


def test_what_is_to_be_looked_at_is_told_anew_after_saving_and_marked_where_it_stands(
    chromium: Browser, demo_server: Server
) -> None:
    author = at_work(chromium, demo_server, "cong-tac-vien")
    page = author.page
    author.go(f"{ITEMS}moi/")
    page.fill("input[name=title]", "Lịch tiêm phòng cho trẻ")
    press(page, "Viết tiếp")
    expect(page.locator("#xem-truoc mark")).to_have_count(0)
    body = page.locator("textarea[name=body]")
    body.fill("Bà con đưa trẻ đến trạm.\n\nXem lịch **ở** [tại đây](https://a.example/).")
    quoted = page.locator(".checks q", has_text="tại đây")
    expect(quoted).to_be_visible(timeout=20_000)
    expect(page.locator("#xem-truoc mark")).to_have_text("tại đây")
    page.locator(".checks li", has=page.locator("q", has_text="tại đây")).get_by_role("button").click()
    chosen = "box => box.value.slice(box.selectionStart, box.selectionEnd)"
    assert body.evaluate(chosen) == "tại đây"
    expect(body).to_be_focused()
    sound(page)
    # Mended and saved by itself, it is gone without a reload.
    body.fill("Bà con đưa trẻ đến trạm.\n\nXem [lịch tiêm của trạm](https://a.example/).")
    expect(quoted).to_have_count(0, timeout=20_000)
    expect(page.locator("#xem-truoc mark")).to_have_count(0)
    assert author.faults == []


def test_what_is_typed_before_the_script_has_come_is_saved_too(
    chromium: Browser, demo_server: Server
) -> None:
    context = chromium.new_context(locale="vi-VN", service_workers="block", **SCREEN)
    author = Visit(context.new_page(), demo_server)
    author.sign_in("cong-tac-vien")
    page = author.page
    held: list[Route] = []
    page.route(re.compile(r"/newsroom/editor[^/]*\.js"), lambda route: held.append(route))
    author.go(f"{ITEMS}moi/")
    page.fill("input[name=title]", "Lịch tiêm phòng trên đường dây chậm")
    press(page, "Viết tiếp")
    page.fill("textarea[name=body]", "Xem lịch [tại đây](https://a.example/).")
    expect(page.locator(".checks q", has_text="tại đây")).to_have_count(0)
    held[0].continue_()
    expect(page.locator(".checks q", has_text="tại đây")).to_be_visible(timeout=20_000)
    expect(page.locator("#xem-truoc mark")).to_have_text("tại đây")
    context.close()
    assert author.faults == []


def test_an_item_is_written_without_a_script(chromium: Browser, demo_server: Server) -> None:
    context = chromium.new_context(locale="vi-VN", java_script_enabled=False, **PHONE)
    visit = Visit(context.new_page(), demo_server)
    visit.sign_in("truong-thon")
    page = visit.page
    visit.go(f"{ITEMS}moi/")
    page.fill("input[name=title]", "Thôn họp bàn đường ngõ")
    press(page, "Viết tiếp")
    page.fill("textarea[name=body]", "Bà con bàn việc làm đường ngõ.")
    press(page, "Lưu")
    expect(page.locator(".messages")).to_contain_text("Đã lưu.")
    expect(page.locator("textarea[name=body]")).to_have_value("Bà con bàn việc làm đường ngõ.")
    context.close()
    assert visit.faults == []
