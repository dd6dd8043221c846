"""A training class from its plan to the figure: made, printed, sat before and after on a phone, ticked, closed, taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from tests.conftest import Server, Visit
from tests.screens import TOO_WIDE, barriers_in_the_dark, barriers_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 800}, "is_mobile": True, "has_touch": True}
SUBJECT = "Trả phí trên điện thoại cho tổ dân phố"
GUESTS = "Nguyễn Thị Ví Dụ; Thôn Thượng; 0900000001\nTrần Văn Mẫu; Thôn Hạ"


def looked_at(page: Page) -> None:
    assert not page.evaluate(TOO_WIDE), page.url
    assert barriers_on(page) == [], page.url
    assert barriers_in_the_dark(page) == [], page.url


def sit(phone: Page, address: str, button: str, *, knows: bool) -> None:
    """Answer every question of the open test: the first answer, or the right one of the shipped test."""
    phone.goto(address)
    looked_at(phone)
    phone.get_by_role("link", name=button).click()
    expect(phone.get_by_role("button", name="Nộp bài")).to_be_visible()
    looked_at(phone)
    right = {"noi-dung": "c", "cong": "a", "thieu-giay": "b", "tre-hen": "c", "dang-nhap": "b", "phi": "b"}
    for question, option in right.items():
        phone.locator(f"[name={question}][value={option if knows else 'a'}]").check(force=True)
    phone.get_by_role("button", name="Nộp bài").click()
    expect(phone.get_by_role("heading", name="Đã nhận bài của ông/bà")).to_be_visible()
    looked_at(phone)


def test_a_class_is_held_and_reaches_the_figures(
    chromium: Browser, visit: Visit, demo_server: Server
) -> None:
    visit.sign_in("van-hoa")
    page = visit.page
    visit.go("/ban-lam-viec/tap-huan/")
    looked_at(page)
    page.get_by_role("link", name="Lập lớp").click()
    page.get_by_label("Nội dung").fill(SUBJECT)
    page.get_by_label("Bắt đầu lúc").fill("00:00")
    page.get_by_label("Địa điểm").fill("Nhà văn hóa thôn Thượng")
    looked_at(page)
    page.get_by_role("button", name="Lưu lớp").click()

    # Guests: two of the unit, two by name.
    expect(page.get_by_role("button", name="Thêm danh sách")).to_be_visible()
    looked_at(page)
    boxes = page.locator("[name=nguoi-people]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name="Thêm người đã chọn").click()
    expect(page.get_by_role("heading", name="2 người trong danh sách")).to_be_visible()
    page.locator("#id_ten-people").fill(GUESTS)
    page.get_by_role("button", name="Thêm danh sách").click()
    expect(page.get_by_role("heading", name="4 người trong danh sách")).to_be_visible()
    page.get_by_role("link", name="Về trang của lớp").click()
    expect(page.get_by_role("heading", name="Giấy tờ in")).to_be_visible()
    looked_at(page)
    sheet = page.request.get(
        f"{demo_server.address}{page.get_by_role('link', name='PDF Danh sách điểm danh, ký tên').get_attribute('href')}"
    )
    assert sheet.body().startswith(b"%PDF-")

    # The tests, on a phone without an account.
    page.get_by_role("link", name="Mở trang kiểm tra").click()
    page.get_by_label("Bài kiểm tra").select_option(index=1)
    page.get_by_role("button", name="Lưu bài kiểm tra").click()
    page.get_by_role("button", name="Mở bài trước").click()
    looked_at(page)
    address = page.locator(".secret a").inner_text()
    context = chromium.new_context(locale="vi-VN", **PHONE)
    phone = context.new_page()
    sit(phone, address, "Làm bài kiểm tra trước", knows=False)
    page.get_by_role("button", name="Thu bài trước").click()
    page.get_by_role("button", name="Mở bài sau").click()
    expect(page.get_by_role("button", name="Thu bài sau")).to_be_visible()
    sit(phone, address, "Làm bài kiểm tra sau", knows=True)
    context.close()
    page.get_by_role("button", name="Thu bài sau").click()
    expect(page.get_by_text("Bài trước: 1 người làm; bài sau: 1 người làm.")).to_be_visible()
    # One person's marks are nobody's business.
    expect(page.get_by_text("dưới 10 người, không nêu").first).to_be_visible()
    looked_at(page)

    # Attendance: everyone, one too many, taken back, one more at the door.
    page.get_by_role("link", name="Về trang của lớp").click()
    page.get_by_role("link", name="Điểm danh").first.click()
    page.get_by_role("button", name="Mọi người có mặt").click()
    expect(page.get_by_role("heading", name="4 người có mặt")).to_be_visible()
    page.get_by_label("Trần Văn Mẫu").uncheck()
    page.get_by_role("button", name="Lưu điểm danh").click()
    expect(page.get_by_role("heading", name="3 người có mặt")).to_be_visible()
    page.get_by_role("button", name="Hoàn tác lần lưu vừa rồi").click()
    expect(page.get_by_role("heading", name="4 người có mặt")).to_be_visible()
    page.get_by_label("Họ và tên").fill("Đỗ Thị Khách")
    page.get_by_role("button", name="Thêm người có mặt").click()
    expect(page.get_by_role("heading", name="5 người có mặt")).to_be_visible()
    looked_at(page)

    # Closed with the signed sheet: one line of the ledger, and back from it.
    page.get_by_role("link", name="Về trang của lớp").click()
    page.get_by_label("Loại tệp").select_option("sheet")
    page.locator("#id_file").set_input_files(
        {"name": "da-ky.pdf", "mimeType": "application/pdf", "buffer": sheet.body()}
    )
    page.get_by_role("button", name="Tải tệp lên").click()
    page.get_by_role("button", name="Chốt lớp").click()
    page.get_by_role("link", name="Dòng của lớp này").click()
    expect(page.get_by_text(SUBJECT).first).to_be_visible()
    main = page.locator("main").inner_text()
    assert "Lớp tập huấn, bồi dưỡng" in main
    assert "Người dự tập huấn, bồi dưỡng" in main
    page.get_by_role("link", name=SUBJECT).click()
    looked_at(page)
    page.get_by_role("link", name="Mở lại để sửa").click()
    looked_at(page)
    page.get_by_label("Lý do").fill("Lớp thử của kiểm thử")
    page.get_by_role("button", name="Mở lại lớp").click()
    page.get_by_role("link", name="Hủy lớp").click()
    page.get_by_label("Lý do").fill("Lớp thử của kiểm thử")
    page.get_by_role("button", name="Hủy lớp").click()
    expect(page.get_by_text("Lớp đã hủy ngày")).to_be_visible()
    looked_at(page)


def test_guests_are_called_and_a_figure_leads_down_to_its_evidence(visit: Visit) -> None:
    visit.sign_in("van-hoa")
    page = visit.page
    # No mail is configured in the demonstration: everyone is called.
    visit.go("/ban-lam-viec/tap-huan/")
    page.get_by_role("link", name="Công khai kết quả giải quyết hồ sơ").click()
    page.get_by_role("button", name="Gửi giấy mời").click()
    page.get_by_role("link", name="Xem người phải gọi").click()
    expect(page.get_by_text(re.compile(r"Đang hiện \d+ người khớp"))).to_be_visible()
    looked_at(page)
    page.set_viewport_size(PHONE["viewport"])
    guest = page.locator("tr", has_text="Trần Văn Mẫu")
    guest.get_by_text("Ghi cuộc gọi").click()
    guest.get_by_label("Nói thêm").fill("Đi cùng bố")
    looked_at(page)
    guest.get_by_role("button", name="Sẽ dự").click()
    expect(page.get_by_text("Đã ghi cuộc gọi: Sẽ dự.")).to_be_visible()
    # Whoever spoke is on the list of those to be called no more.
    expect(guest).to_have_count(0)
    page.get_by_role("link", name="Hiện cả danh sách").click()
    expect(guest).to_contain_text("Đi cùng bố")
    expect(page.get_by_text("Đã gọi 1 người: 1 sẽ dự.")).to_be_visible()
    looked_at(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    looked_at(page)

    # The figure of a level, its lines, the line of a class, the signed sheet beside it, and the class itself.
    held = localdate() - timedelta(days=20)
    visit.go(f"/ban-lam-viec/so-lieu/?period={held.year}&counted=lich")
    figure = page.locator("tr", has=page.get_by_role("rowheader", name="Người dự tập huấn, bồi dưỡng"))
    figure.get_by_role("link").click()
    expect(page.get_by_text("Các dòng của sổ theo dõi làm nên số liệu này")).to_be_attached()
    looked_at(page)
    page.get_by_role("link", name="Nộp hồ sơ trực tuyến và trả phí trên điện thoại").click()
    sheet = page.get_by_role("link", name=re.compile(r"danh-sach-.*\.pdf"))
    expect(sheet).to_be_visible()
    looked_at(page)
    answer = page.request.get(f"{visit.server.address}{sheet.get_attribute('href')}")
    assert answer.body().startswith(b"%PDF-")
    page.get_by_role("link", name="Nộp hồ sơ trực tuyến và trả phí trên điện thoại").click()
    expect(page.get_by_role("heading", name="Minh chứng")).to_be_visible()
