"""Somebody asks about their data on a phone and reads what two people of the office answered; a breach is noted and its notice taken."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import docx
import pytest
from playwright.sync_api import expect

from tests.conftest import Server, Visit, through

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
DESK = "/ban-lam-viec"


@pytest.fixture
def contexts(chromium: Browser) -> Iterator[list[BrowserContext]]:
    made: list[BrowserContext] = []
    yield made
    for context in made:
        context.close()


def test_a_request_goes_from_a_phone_to_two_people_and_back(
    chromium: Browser, contexts: list[BrowserContext], demo_server: Server, visit: Visit
) -> None:
    context = chromium.new_context(locale="vi-VN", viewport=PHONE, is_mobile=True, has_touch=True)
    contexts.append(context)
    phone = Visit(context.new_page(), demo_server)
    phone.go("/ben-truc/du-lieu-cua-toi/")
    page = phone.page
    page.get_by_label("Sửa dữ liệu chưa đúng").check()
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Thử")
    page.get_by_label("Điện thoại hoặc thư điện tử").fill("0900 000 199")
    page.get_by_label("Viết thêm").fill("Ghi sai tên thôn của tôi.")
    page.get_by_role("button", name="Gửi yêu cầu").click()
    expect(page.locator("[data-code]")).to_have_text(re.compile(r"^DL-"), timeout=30_000)
    code, pin = page.locator("[data-code]").inner_text(), page.locator("[data-pin]").inner_text()

    visit.sign_in("van-phong")
    desk = visit.page
    visit.go(f"{DESK}/yeu-cau-du-lieu/")
    through(desk.get_by_role("link", name=code))

    def do(summary: str, words: str, button: str) -> None:
        desk.locator("summary", has_text=summary).click()
        form = desk.locator("details[open] form", has=desk.get_by_role("button", name=button, exact=True))
        form.locator("textarea").last.fill(words)
        through(form.get_by_role("button", name=button, exact=True))

    do("Phản hồi, hướng dẫn", "Xã sửa trong hai ngày.", "Gửi phản hồi")
    do("Ghi đã xác minh", "Đã gặp trực tiếp.", "Ghi và tính tiếp thời hạn")
    do("Trình kết quả", "Đã sửa tên thôn.", "Trình lãnh đạo duyệt")
    expect(desk.get_by_text("Bạn là người trình nên lãnh đạo khác duyệt.")).to_be_visible()
    expect(desk.get_by_role("button", name="Duyệt thực hiện")).to_be_hidden()
    there = desk.url.removeprefix(demo_server.address)

    visit.sign_in("chu-tich")
    visit.go(there)
    through(desk.get_by_role("button", name="Duyệt thực hiện"))
    expect(desk.get_by_text("Đã duyệt.")).to_be_visible()

    phone.go("/ben-truc/du-lieu-cua-toi/theo-doi/")
    page.get_by_label("Mã tra cứu").fill(code)
    page.get_by_label("Mã bí mật").fill(pin)
    page.get_by_role("button", name="Xem yêu cầu").click()
    expect(page.get_by_text("Đã thực hiện")).to_be_visible()
    expect(page.get_by_text("Đã sửa tên thôn.")).to_be_visible()
    assert phone.faults == []


def test_a_breach_is_noted_decided_by_another_and_its_notice_taken(visit: Visit, demo_server: Server) -> None:
    visit.sign_in("van-phong")
    page = visit.page
    visit.go(f"{DESK}/vi-pham-du-lieu/")
    through(page.get_by_role("link", name="Ghi vi phạm"))
    page.get_by_label("Việc gì đã xảy ra").fill("Gửi nhầm danh sách vào nhóm của thôn.")
    page.get_by_label("Họ tên, điện thoại, địa chỉ").check()
    page.get_by_label("Khoảng bao nhiêu người").fill("46")
    page.get_by_label("Hậu quả, thiệt hại có thể xảy ra").fill("Có thể bị gọi điện lừa đảo.")
    page.get_by_label("Biện pháp đã làm, sẽ làm").fill("Đã gỡ tệp.")
    through(page.get_by_role("button", name="Lưu vào sổ"))
    expect(page.get_by_text(re.compile(r"còn 7[12] giờ"))).to_be_visible()
    page.get_by_label("Đánh giá tóm tắt cho lãnh đạo").fill("Có số điện thoại của 46 người.")
    through(page.get_by_role("button", name="Trình lãnh đạo duyệt"))
    there = page.url.removeprefix(demo_server.address)

    visit.sign_in("chu-tich")
    visit.go(there)
    through(page.get_by_role("button", name="Duyệt gửi thông báo"))
    expect(page.get_by_text("Đã duyệt, chờ gửi thông báo")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Thông báo cho cơ quan chuyên trách .docx").click()
    paper = docx.Document(io.BytesIO(taken.value.path().read_bytes()))
    text = "\n".join(line.text for line in paper.paragraphs)
    assert "Gửi nhầm danh sách vào nhóm của thôn." in text
    assert "khoảng 46 người" in text
    page.get_by_label("Số, ký hiệu").first.fill("15/TB-UBND")
    through(page.get_by_role("button", name="Ghi đã gửi", exact=True))
    expect(page.get_by_text("Đã thông báo, đang khắc phục")).to_be_visible()
