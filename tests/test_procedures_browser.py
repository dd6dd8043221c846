"""Procedures in a real browser: a list goes in after it was seen, a posting is ticked on a phone with its photo."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from tests.conftest import Server, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PROCEDURES = "/ban-lam-viec/thu-tuc/"
LIST = "Mã thủ tục;Tên thủ tục;Lĩnh vực;Thời hạn giải quyết\n1.999001;Thủ tục thử;Hộ tịch;03 ngày làm việc\n;Không mã;;\n"


@pytest.fixture
def phone(chromium: Browser, demo_server: Server) -> Iterator[Visit]:
    """The clerk who receives dossiers, with a phone of 360 points."""
    context = chromium.new_context(
        locale="vi-VN", viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True
    )
    visit = Visit(context.new_page(), demo_server)
    visit.sign_in("mot-cua")
    yield visit
    context.close()
    assert visit.faults == []


def photo() -> dict[str, Any]:
    packed = io.BytesIO()
    Image.effect_noise((800, 600), 60).convert("RGB").save(packed, "JPEG")
    return {"name": "IMG_0002.jpg", "mimeType": "image/jpeg", "buffer": packed.getvalue()}


def fits_and_is_accessible(visit: Visit) -> None:
    too_wide = visit.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not too_wide, visit.page.url
    found = [
        one["id"]
        for one in Axe().run(visit.page).response["violations"]
        if one["impact"] in {"serious", "critical"}
    ]
    assert found == [], visit.page.url


def test_a_clerk_finds_a_procedure_and_sees_what_is_new(phone: Visit) -> None:
    phone.go(f"{PROCEDURES}?q=khai+sinh&field=H%E1%BB%99+t%E1%BB%8Bch")
    fits_and_is_accessible(phone)
    phone.page.get_by_role("link", name="Đăng ký khai sinh", exact=True).click()
    expect(phone.page.get_by_role("heading", name="Điểm mới so với bản 1")).to_be_visible()
    fits_and_is_accessible(phone)


def test_a_list_goes_in_after_it_was_seen(phone: Visit) -> None:
    phone.go(f"{PROCEDURES}nhap/")
    phone.page.locator("input[type=file]").set_input_files(
        {"name": "danh-muc.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    )
    phone.page.get_by_role("button", name="Xem trước").click()
    expect(phone.page.get_by_text("Không mã")).to_be_visible()
    fits_and_is_accessible(phone)
    phone.page.get_by_role("button", name="Ghi 1 thay đổi vào danh mục").click()
    expect(phone.page.get_by_text("Đã nhập tệp “danh-muc.csv”: 1 mới")).to_be_visible()


def test_a_posting_is_ticked_with_its_photo_and_stands_in_the_ledger(phone: Visit) -> None:
    phone.go(f"{PROCEDURES}niem-yet/")
    fits_and_is_accessible(phone)
    phone.page.get_by_label("Cấp giấy xác nhận tình trạng hôn nhân").first.check()
    phone.page.locator("input[type=file]").first.set_input_files(photo())
    phone.page.get_by_role("button", name="Ghi đã niêm yết").click()
    expect(phone.page.get_by_text("Đã ghi niêm yết 1 thủ tục.")).to_be_visible()
    phone.go("/ban-lam-viec/so-theo-doi/?q=niem+yet")
    expect(phone.page.get_by_text("Niêm yết 1 thủ tục hành chính tại").first).to_be_visible()
