"""A list of the province's system in a real browser: taken in, one column mended, confirmed, its differences and figures seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.conftest import Server, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

# The worker takes the file up between other work.
PATIENCE = 90_000


@pytest.fixture
def phone(chromium: Browser, demo_server: Server) -> Iterator[Visit]:
    """The clerk of the counter, with a phone."""
    context = chromium.new_context(
        locale="vi-VN", viewport={"width": 390, "height": 780}, is_mobile=True, has_touch=True
    )
    visit = Visit(context.new_page(), demo_server)
    visit.sign_in("mot-cua")
    yield visit
    context.close()
    assert visit.faults == []


def export() -> bytes:
    """Three dossiers; the heading of the states is one that nobody knows."""
    lines = ["Mã hồ sơ;Họ tên;Lĩnh vực;Tiếp nhận ngày;Hạn trả;Ngày trả;Xử lý tới đâu"]
    for number, ago in enumerate((20, 12, 3), 1):
        came = date.today() - timedelta(days=ago)  # noqa: DTZ011 - the server's own day
        due, done = came + timedelta(days=14), came + timedelta(days=6)
        state, given = ("Đã trả kết quả", f"{done:%Y-%m-%d}") if ago > 8 else ("Đang xử lý", "")
        code = f"H99.12.34-{came:%y%m%d}-88{number:02d}"
        lines.append(f"{code};Người Ví Dụ;Thử nhập;{came:%Y-%m-%d};{due:%Y-%m-%d};{given};{state}")
    return "\n".join([*lines, "Tổng cộng;4"]).encode()


def fits_and_is_accessible(visit: Visit) -> None:
    too_wide = visit.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not too_wide, visit.page.url
    found = [
        one["id"]
        for one in Axe().run(visit.page).response["violations"]
        if one["impact"] in {"serious", "critical"}
    ]
    assert found == [], visit.page.url


def test_a_clerk_takes_in_a_list_and_has_its_figures(phone: Visit) -> None:
    page = phone.page
    phone.go("/ban-lam-viec/mot-cua/")
    page.get_by_role("link", name="Nhập từ hệ thống tỉnh").click()
    expect(page.get_by_role("heading", name="Nhập từ hệ thống của tỉnh")).to_be_visible()
    fits_and_is_accessible(phone)
    page.locator("input[type=file]").set_input_files(
        {"name": "thang-nay.csv", "mimeType": "text/csv", "buffer": export()}
    )
    page.get_by_role("button", name="Đọc tệp và đối chiếu").click()
    expect(page.get_by_label("Cột G chứa gì")).to_be_visible(timeout=PATIENCE)
    fits_and_is_accessible(phone)
    expect(page.get_by_label("Cột B chứa gì")).to_have_value("personal")
    page.get_by_label("Cột G chứa gì").select_option("state")
    page.get_by_role("button", name="Đối chiếu với sổ").click()
    expect(page.get_by_role("button", name="Nhập vào sổ")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("hệ thống 4, đếm trong tệp 3")).to_be_visible()
    fits_and_is_accessible(phone)
    page.get_by_role("button", name="Nhập vào sổ").click()
    expect(page.get_by_role("heading", name="Sổ trước và sau khi nhập")).to_be_visible(timeout=PATIENCE)
    fits_and_is_accessible(phone)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Excel (.xlsx)").click(no_wait_after=True)
    assert taken.value.suggested_filename.endswith(".xlsx")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Word (.docx)").click(no_wait_after=True)
    assert taken.value.suggested_filename.endswith(".docx")
    page.get_by_role("link", name="Xem số liệu").click()
    expect(page.get_by_text("Thử nhập")).to_be_visible()
