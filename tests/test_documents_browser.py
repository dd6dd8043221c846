"""Documents in a real browser: checking, mending, downloading; and an old one confirmed on a phone."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from dinhlang.officialdoc.read import read, text_of
from dinhlang.officialdoc.write import docx, pdf
from tests.conftest import Server, Visit, through
from tests.screens import PHONE, SCREEN, TOO_WIDE, barriers_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

CHECK = "/ban-lam-viec/kiem-tra/"
ARCHIVE = "/ban-lam-viec/van-ban-cu/"
LETTER = """ỦY BAN NHÂN DÂN
XÃ BẾN TRÚC

Số: 31/BC-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Bến Trúc, ngày 20 tháng 12 năm 2022

BÁO CÁO
Kết quả tuyên truyền cải cách hành chính năm 2022

Trong năm 2022, đài truyền thanh xã đã phát 12 buổi buổi về thủ tục hành chính và đăng 48 tin, bài.

Nơi nhận:
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trần Văn Mẫu
"""


def choose(visit: Visit, name: str, data: bytes) -> None:
    visit.go(CHECK)
    visit.page.set_input_files("input[type=file]", [{"name": name, "mimeType": "", "buffer": data}])
    through(visit.page.get_by_role("button", name="Kiểm tra", exact=True))
    visit.page.wait_for_selector("#ket-qua", timeout=60_000)
    visit.page.wait_for_load_state()


def test_a_word_file_is_checked_mended_and_downloaded(visit: Visit) -> None:
    visit.page.set_viewport_size(SCREEN)
    visit.sign_in("truyen-thanh")
    choose(visit, "bao-cao.docx", docx(read(LETTER.encode(), "a.txt")))
    page = visit.page
    finding = page.locator(".finding", has_text="buổi buổi").first
    address = page.url
    finding.get_by_role("button", name="Sửa theo gợi ý").click()
    # Quietly: the page stays, the counts and the place follow.
    expect(page.get_by_text("đã sửa 1")).to_be_visible()
    assert page.url == address
    expect(page.locator(".passage__text ins", has_text="buổi")).to_be_visible()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("đã sửa 0")).to_be_visible()
    page.locator(".finding", has_text="buổi buổi").first.get_by_role("button", name="Sửa theo gợi ý").click()
    expect(page.get_by_text("đã sửa 1")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải bản đã sửa .docx").click()
    data = Path(waiting.value.path()).read_bytes()
    assert "buổi buổi" not in text_of(data, "x.docx")
    assert "w:del " in ZipFile(BytesIO(data)).read("word/document.xml").decode()
    page.get_by_role("button", name="Xóa ngay").click()
    expect(page.get_by_text("Không còn bản nào trên máy chủ")).to_be_visible()


def test_without_a_script_everything_is_a_form(chromium: Browser, demo_server: Server) -> None:
    context = chromium.new_context(locale="vi-VN", viewport=PHONE, java_script_enabled=False)
    visit = Visit(context.new_page(), demo_server)
    visit.sign_in("mot-cua")
    choose(visit, "bao-cao.txt", LETTER.encode())
    page = visit.page
    page.locator(".finding", has_text="buổi buổi").first.get_by_role("button", name="Sửa theo gợi ý").click()
    expect(page.get_by_text("đã sửa 1")).to_be_visible()
    page.locator(".finding:not(.finding--done) summary").first.click()
    page.get_by_label("Lý do để nguyên").first.fill("đã thống nhất với văn phòng")
    page.get_by_role("button", name="Để nguyên, ghi lý do").first.click()
    expect(page.get_by_text("đã thống nhất với văn phòng").first).to_be_visible()
    context.close()
    assert visit.faults == []


DRAWN = "() => document.querySelector('.leaf__picture img').naturalWidth"


def test_a_pdf_is_read_by_the_worker_and_mended_beside_its_picture(visit: Visit) -> None:
    visit.page.set_viewport_size(PHONE)
    visit.sign_in("van-hoa")
    choose(visit, "bao-cao.pdf", pdf(read(LETTER.encode(), "a.txt")))
    page = visit.page
    finding = page.locator(".finding", has_text="buổi buổi")
    expect(finding).to_be_visible()
    assert page.evaluate(TOO_WIDE) == []
    assert barriers_on(page) == []
    page.locator(".leaf__picture").scroll_into_view_if_needed()
    page.wait_for_function(DRAWN)
    # The mark leads to what is said, and that leads back to the mark.
    page.set_viewport_size(SCREEN)
    number = finding.locator("b").first.inner_text()
    page.locator(".at", has_text=number).locator("rect").first.click()
    expect(finding).to_be_focused()
    finding.get_by_role("link", name="xem chỗ này trên trang").click()
    page.wait_for_function("() => document.querySelector('.at:target')")
    address = page.url
    finding.get_by_role("button", name="Sửa theo gợi ý").click()
    expect(page.get_by_text("đã sửa 1")).to_be_visible()
    expect(page.locator(".at--done")).to_have_count(1)
    assert page.url == address
    page.wait_for_function(DRAWN)


def test_a_pdf_is_confirmed_beside_its_picture(visit: Visit) -> None:
    visit.page.set_viewport_size(SCREEN)
    visit.sign_in("van-phong")
    page = visit.page
    visit.go(f"{ARCHIVE}nhap/")
    old = pdf(read(LETTER.replace("2022", "2021").encode(), "a.txt"))
    page.set_input_files(
        "input[type=file]", [{"name": "cu-2021.pdf", "mimeType": "application/pdf", "buffer": old}]
    )
    page.get_by_role("button", name="Đưa vào").click()
    row = page.locator("tr", has_text="cu-2021.pdf")
    expect(row.get_by_text("chờ xác nhận").first).to_be_visible(timeout=60_000)
    expect(row.get_by_text("1 trang")).to_be_visible()
    through(row.get_by_role("link"))
    page.wait_for_function(DRAWN)
    page.get_by_role("link", name="xem trên bản gốc").last.click()
    page.wait_for_function("() => document.querySelector('.at:target')")
    assert barriers_on(page) == []


def test_an_old_document_is_handed_in_confirmed_and_found_on_a_phone(visit: Visit) -> None:
    visit.page.set_viewport_size(PHONE)
    visit.sign_in("van-phong")
    page = visit.page
    visit.go(f"{ARCHIVE}nhap/")
    old = LETTER.replace("buổi buổi", "buổi").encode()
    page.set_input_files(
        "input[type=file]", [{"name": "cu-2022.txt", "mimeType": "text/plain", "buffer": old}]
    )
    page.get_by_role("button", name="Đưa vào").click()
    row = page.locator("tr", has_text="cu-2022.txt")
    # The page looks again by itself until the worker has read it.
    expect(row.get_by_text("chờ xác nhận").first).to_be_visible(timeout=60_000)
    through(row.get_by_role("link"))
    assert page.evaluate(TOO_WIDE) == []
    assert barriers_on(page) == []
    expect(page.get_by_label("Kỳ báo cáo")).to_have_value("năm 2022")
    page.get_by_role("group").filter(has_text="48 tin, bài").get_by_label("Giá trị").fill("49")
    page.get_by_role("button", name="Xác nhận, đưa vào kho").click()
    expect(page.get_by_text("vào kho với")).to_be_visible()
    expect(page.locator("td", has_text="49").first).to_be_visible()
    visit.go(f"{ARCHIVE}?q=dai+truyen+thanh+xa+da+phat+12")
    expect(page.locator(".snippet mark").first).to_be_visible()
