"""Plans in a real browser: confirming by keyboard, a block from Excel, two people, next year, the year on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.conftest import ROOT, Server, Visit, through

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

PLANS = "/ban-lam-viec/ke-hoach/"
PLAN_OF_A_REAL_COMMUNE = next((ROOT / "../shared/seeds").resolve().glob("004*.txt"))


@pytest.fixture
def clerk(visit: Visit) -> Visit:
    visit.page.set_viewport_size({"width": 1366, "height": 768})
    visit.sign_in("van-hoa")
    return visit


@pytest.fixture
def colleague(chromium: Browser, demo_server: Server) -> Iterator[Visit]:
    """Another person at another machine."""
    context = chromium.new_context(locale="vi-VN", viewport={"width": 1366, "height": 768})
    visit = Visit(context.new_page(), demo_server)
    visit.sign_in("van-phong")
    yield visit
    context.close()
    assert visit.faults == []


def new_plan(visit: Visit, title: str, year: int) -> str:
    """An empty plan; the address of its sheet."""
    visit.go(f"{PLANS}moi/")
    visit.page.get_by_label("Năm").fill(str(year))
    visit.page.get_by_label("Trích yếu").fill(title)
    through(visit.page.get_by_role("button", name="Tiếp tục, ghi nhiệm vụ"))
    return visit.page.url


def cell(page: Page, row: int, name: str) -> Locator:
    return page.locator("table.grid tbody tr").nth(row).locator(f'[data-cell="{name}"]')


def paste(page: Page, text: str) -> None:
    """Paste into the cell that has the focus, as the browser does for a block copied in Excel."""
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def save(page: Page) -> None:
    through(page.get_by_role("button", name="Lưu kế hoạch"))


def read_a_plan(visit: Visit) -> None:
    visit.go(f"{PLANS}nhap/")
    visit.page.set_input_files("input[name=file]", PLAN_OF_A_REAL_COMMUNE)
    through(visit.page.get_by_role("button", name="Đọc kế hoạch"))
    visit.page.wait_for_selector(".confirm")


# --- confirming -----------------------------------------------------------------------------------


def test_a_plan_is_confirmed_by_keyboard_beside_its_source(clerk: Visit) -> None:
    page = clerk.page
    read_a_plan(clerk)
    current = page.locator(".item.is-current")
    expect(current).to_have_attribute("data-path", "code")
    expect(page.locator(".source .is-here").first).to_be_in_viewport()

    page.keyboard.press("F2")
    page.keyboard.press("Control+A")
    page.keyboard.type("bốn")
    page.keyboard.press("Enter")
    expect(current.locator("[data-error]")).to_contain_text("không phải số, ký hiệu")
    clerk.faults.clear()  # the refusal is an answer of its own, told to the script by its number

    page.keyboard.press("Control+A")
    page.keyboard.type("4/KH-UBND")
    page.keyboard.press("Enter")
    expect(current).to_have_attribute("data-path", "issued_on")
    expect(page.locator('[data-path="code"] textarea')).to_have_value("04/KH-UBND")
    for _ in range(4):
        page.keyboard.press("Enter")
        page.wait_for_timeout(50)
        expect(page.locator(".item[aria-busy]")).to_have_count(0)
    expect(current).to_have_attribute("data-path", "rows.1.schedule_text")
    expect(page.locator(".source .is-here")).to_have_text("Quý I/2022")
    current.get_by_role("button", name="Dùng “Quý I/2023”").click()
    expect(page.locator('[data-path="rows.1.schedule_text"] [data-note]')).to_have_text(
        "1 kỳ, từ 01/01/2023 đến 31/3/2023, hạn 31/3/2023"
    )
    expect(page.locator("[data-count]")).to_have_text("6/56 đã xem")

    page.reload()  # nothing is lost with the window
    expect(page.locator("[data-count]")).to_have_text("6/56 đã xem")
    page.get_by_role("button", name="Xác nhận tất cả còn lại và lập kế hoạch").click()
    expect(page.locator(".messages")).to_contain_text("Đã lập kế hoạch với 7 nhiệm vụ.")
    expect(page.locator(".desk")).to_contain_text("04/KH-UBND")
    expect(page.locator(".desk")).to_contain_text("Quý I/2023")


# --- the sheet ------------------------------------------------------------------------------------


def test_a_block_from_excel_is_pasted_undone_and_saved(clerk: Visit) -> None:
    page = clerk.page
    new_plan(clerk, "Tuyên truyền để dán", 2031)
    cell(page, 0, "text").focus()
    paste(
        page,
        'Phát thanh\tBản tin\tĐài truyền thanh xã\t\tMỗi tháng 01 kỳ\r\n"Niêm yết\nthủ tục"\t\tVăn phòng\t\tThường xuyên\r\n'
        "Tập huấn\t\t\t\tQuý II\r\nCuộc thi\t\t\t\tTháng 10\r\n",
    )
    expect(page.locator("table.grid tbody tr")).to_have_count(4)
    expect(cell(page, 1, "text")).to_have_value("Niêm yết thủ tục")
    expect(page.locator("[data-reads]").first).to_have_text("mỗi tháng, 12 kỳ, hạn ngày làm việc cuối tháng")

    page.keyboard.press("Control+Z")
    expect(cell(page, 0, "text")).to_have_value("")
    page.get_by_role("button", name="Làm lại").click()
    expect(cell(page, 3, "text")).to_have_value("Cuộc thi")

    cell(page, 3, "schedule_text").focus()
    page.keyboard.type("Tháng 11")  # over what was there, as in any spreadsheet
    page.keyboard.press("Enter")
    expect(page.locator("table.grid tbody tr")).to_have_count(5)
    expect(cell(page, 4, "schedule_text")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(cell(page, 3, "schedule_text")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(cell(page, 3, "cooperating")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(cell(page, 2, "text")).to_have_value("Cuộc thi")

    save(page)
    expect(page.locator(".toast")).to_contain_text("Đã lưu kế hoạch.")
    expect(page.locator("tbody tr")).to_have_count(4)
    expect(page.locator("tbody tr").nth(2)).to_contain_text("Tháng 11")


def test_the_second_of_two_is_told_what_changed_and_loses_nothing(clerk: Visit, colleague: Visit) -> None:
    sheet = new_plan(clerk, "Tuyên truyền hai người", 2032)
    page, other = clerk.page, colleague.page
    cell(page, 0, "text").focus()
    paste(
        page,
        "Phát thanh\tBản tin\tĐài truyền thanh xã\t\tHằng tháng\nNiêm yết\t\tVăn phòng\t\tThường xuyên\n",
    )
    save(page)
    page.goto(sheet)
    other.goto(sheet)
    cell(other, 0, "lead").fill("Đoàn Thanh niên")
    cell(other, 1, "product").fill("Ảnh")
    save(other)
    cell(page, 0, "lead").fill("Hội Phụ nữ")
    cell(page, 1, "text").fill("Niêm yết thủ tục")
    save(page)
    told = page.get_by_role("alert")
    expect(told).to_contain_text("chủ trì: “Đài truyền thanh xã” thành “Đoàn Thanh niên”")
    expect(cell(page, 0, "lead")).to_have_value("Hội Phụ nữ")
    expect(page.locator(".clash")).to_have_text(re.compile("Người khác: Đoàn Thanh niên"))
    expect(cell(page, 1, "text")).to_have_value("Niêm yết thủ tục")
    expect(cell(page, 1, "product")).to_have_value("Ảnh")
    save(page)
    expect(page.locator(".toast")).to_contain_text("Đã lưu kế hoạch.")
    expect(page.locator("tbody")).to_contain_text("Hội Phụ nữ")
    expect(page.locator("tbody")).to_contain_text("Ảnh")


# --- next year, the year, the calendar ------------------------------------------------------------


def test_next_years_plan_is_proposed_confirmed_and_leads_back(clerk: Visit) -> None:
    page = clerk.page
    new_plan(clerk, "Tuyên truyền cuối năm 2033", 2033)
    cell(page, 0, "text").focus()
    paste(page, "Tổng kết\t\tVăn phòng\t\tTrước 15/12/2033\nViệc cũ\t\tPhòng Nội vụ huyện\t\tQuý I/2029\n")
    save(page)
    through(page.get_by_role("link", name="Lập kế hoạch năm 2034"))
    through(page.get_by_role("button", name="Lập bản đề xuất"))
    page.wait_for_selector(".confirm")
    expect(page.locator('[data-path="title"] textarea')).to_have_value("Tuyên truyền cuối năm 2034")
    expect(page.locator('[data-path="rows.0.schedule_text"] textarea')).to_have_value("Trước 15/12/2034")
    doubtful = page.locator('[data-path="rows.1.schedule_text"]')
    expect(doubtful).to_contain_text("Ghi năm 2029 trong kế hoạch năm 2033")
    doubtful.get_by_role("button", name="Dùng “Quý I/2034”").click()
    body = page.locator('[data-path="rows.1.lead"]')
    expect(body).to_contain_text("không còn từ 01/7/2025")
    body.get_by_role("button", name="Dùng “Sở Nội vụ”").click()
    expect(page.locator(".item[aria-busy]")).to_have_count(0)
    page.get_by_role("button", name="Xác nhận tất cả còn lại").click()
    page.wait_for_selector(".messages")
    expect(page.locator("tbody")).to_contain_text("Quý I/2034")
    page.get_by_role("link", name="kế hoạch năm 2033").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tuyên truyền cuối năm 2033")


def test_the_year_on_a_phone_is_one_month_at_a_time(chromium: Browser, demo_server: Server) -> None:
    context = chromium.new_context(
        locale="vi-VN", viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True
    )
    phone = Visit(context.new_page(), demo_server)
    phone.sign_in("van-hoa")
    page = phone.page
    phone.go(f"{PLANS}?year=&q=cong+tac")
    through(page.locator("tbody a").first)
    through(page.get_by_role("link", name="Xem cả năm"))
    expect(page.locator(".year")).to_be_hidden()
    phone.go(page.url.removeprefix(demo_server.address) + "?month=3")
    expect(page.locator("#agenda")).to_have_text(re.compile(r"Tháng 3/\d{4}: \d+ hạn"))
    expect(page.locator("#agenda")).to_be_visible()
    first = page.locator(".agenda__list a").first
    assert (first.bounding_box() or {"height": 0})["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    through(page.get_by_role("link", name="Tháng 4"))
    expect(page.locator("#agenda")).to_contain_text("Tháng 4/")
    context.close()
    assert phone.faults == []


def test_a_mark_of_the_year_opens_the_ledger_of_its_time(clerk: Visit) -> None:
    page = clerk.page
    clerk.go(f"{PLANS}?q=cong+tac")
    through(page.locator("tbody a").first)
    through(page.get_by_role("link", name="Xem cả năm"))
    mark = page.locator(".year__svg a").first
    assert re.search(r"hạn \d{2}/", mark.get_attribute("aria-label") or "")
    mark.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sổ theo dõi")


def test_a_calendar_address_is_given_out_and_opens_without_signing_in(clerk: Visit) -> None:
    page = clerk.page
    clerk.go("/ban-lam-viec/lich/")
    through(page.get_by_role("button", name="Tạo địa chỉ").first)
    there = page.get_by_label("Địa chỉ lịch").first.input_value()
    answer = page.context.request.get(there, headers={"Cookie": ""})
    assert answer.status == 200
    assert answer.text().startswith("BEGIN:VCALENDAR")
    page.get_by_text("Đổi hoặc đóng địa chỉ").first.click()
    page.get_by_role("button", name="Đóng địa chỉ").first.click()
    expect(page.locator(".messages")).to_contain_text("Đã đóng địa chỉ lịch.")
    assert page.context.request.get(there).status == 404
