"""Approval in a real browser: sent, returned with the place, mended, passed on, approved on a phone, a file with a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.approving import REPORTS, at_work, finish
from tests.conftest import Server, Visit, through
from tests.screens import PHONE, TOO_WIDE, barriers_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

_PHONE: dict[str, Any] = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
MENDED = "Trên đây là báo cáo của Ủy ban nhân dân xã Bến Trúc, kính gửi Sở Nội vụ tỉnh Mẫu./."


def press(page: Page, name: str) -> None:
    through(page.get_by_role("button", name=name, exact=True))


def sound(page: Page) -> None:
    """Nothing that axe finds, and nothing wider than the screen."""
    assert barriers_on(page) == []
    assert page.evaluate(TOO_WIDE) == []


def test_a_report_goes_from_its_drafter_to_its_number(chromium: Browser, demo_server: Server) -> None:
    officer = at_work(chromium, demo_server, "van-hoa")
    page = officer.page
    officer.go(f"{REPORTS}lap/")
    page.select_option("select[name=period]", index=_last_year(page))
    press(page, "Lập dự thảo")
    report = re.search(r"/bao-cao/(\d+)/", page.url)
    assert report
    there = f"{REPORTS}{report[1]}/duyet/"
    officer.go(there)
    sound(page)
    press(page, "Trình phụ trách xem")

    head = at_work(chromium, demo_server, "van-phong")
    head.go("/ban-lam-viec/")
    assert "chờ bạn xem trước khi duyệt" in head.page.locator("main").inner_text()
    head.go(there)
    sound(head.page)
    head.page.get_by_text("Chỉ rõ đoạn, số liệu cần sửa").click()
    last = head.page.locator("select[name=place_1] optgroup").first.locator("option").last
    head.page.select_option("select[name=place_1]", last.get_attribute("value"))
    head.page.fill("input[name=said_1]", "Ghi rõ gửi Sở Nội vụ.")
    press(head.page, "Trả lại người soạn")

    officer.go(there)
    assert "Ghi rõ gửi Sở Nội vụ." in page.locator(".note--error").inner_text()
    through(page.locator(".points a").first)
    key = page.url.rpartition("#doan-")[2]
    officer.go(f"{REPORTS}{report[1]}/doan/{key}/")
    page.fill("#words", MENDED)
    press(page, "Lưu")
    officer.go(there)
    press(page, "Trình phụ trách xem")

    head.go(there)
    touched = head.page.locator(".touched").inner_text()
    assert MENDED in touched
    press(head.page, "Đã xem, trình duyệt")
    press(head.page, "Lập đường dẫn")
    address = re.sub(r"^https?://[^/]+", "", head.page.input_value("#address"))

    phone = Visit(chromium.new_context(locale="vi-VN", **_PHONE).new_page(), demo_server)
    phone.go(address)
    assert MENDED in phone.page.locator(".legal").inner_text()
    sound(phone.page)
    press(phone.page, "Duyệt báo cáo này")
    sound(phone.page)
    stranger = Visit(chromium.new_context(locale="vi-VN", **_PHONE).new_page(), demo_server)
    stranger.go(address)
    press(stranger.page, "Duyệt báo cáo này")
    assert "đang được dùng trên một máy khác" in stranger.page.locator("main").inner_text()
    stranger.page.context.close()
    press(phone.page, "Xác nhận duyệt và phát hành")
    said = re.search(r"số (\d\d)/BC-UBND", phone.page.locator("main").inner_text())
    assert said
    phone.page.goto(f"{demo_server.address}{address}")
    assert "đã được dùng" in phone.page.locator("main").inner_text()
    phone.page.context.close()

    officer.go(f"{REPORTS}{report[1]}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    officer.go(there)
    assert "qua đường dẫn do Lê Thị Minh Họa lập" in page.locator("main").inner_text()
    officer.go(f"{REPORTS}so-van-ban-di/")
    assert f"{said[1]}/BC-UBND" in page.locator("main").inner_text()
    finish(officer)
    finish(head)


def _last_year(page: Page) -> int:
    """Where the whole of last year stands among the periods to choose."""
    values = page.locator("select[name=period] option").evaluate_all("all => all.map(one => one.value)")
    year = max(int(one[:4]) for one in values) - 2
    return values.index(str(year))


def test_the_approver_sets_the_steps_of_the_unit(chromium: Browser, demo_server: Server) -> None:
    chair = at_work(chromium, demo_server, "chu-tich")
    chair.go(f"{REPORTS}cac-buoc-duyet/ben-truc/")
    for fold in chair.page.locator("summary").all():
        if fold.is_visible():
            fold.click()
    sound(chair.page)
    chair.page.locator("input[name=legal_basis]").first.fill("Quy chế làm việc số 01/QC-UBND")
    press(chair.page, "Lưu các bước")
    assert "Đã đặt các bước duyệt" in chair.page.locator(".messages").inner_text()
    finish(chair)
