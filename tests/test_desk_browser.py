"""The desk in a real browser: a clerk's whole day, every page on a phone and on a screen, every word of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import pytest

from tests.approving import issue
from tests.conftest import ROOT, Server, Visit, through
from tests.screens import DESK, PHONE, SCREEN, TOO_WIDE, english_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

pytestmark = pytest.mark.browser

PLAN_OF_A_REAL_COMMUNE = next((ROOT / "../shared/seeds").resolve().glob("004*.txt"))
LAST_YEAR = date.today().year - 1  # noqa: DTZ011 - the server on this machine has the same day


@pytest.fixture
def phone(chromium: Browser, demo_server: Server) -> Iterator[Visit]:
    """A visit with a phone of 360 points."""
    context = chromium.new_context(
        locale="vi-VN", viewport=PHONE, is_mobile=True, has_touch=True, accept_downloads=True
    )
    visit = Visit(context.new_page(), demo_server)
    yield visit
    context.close()
    assert visit.faults == []


# --- a day at the desk ----------------------------------------------------------------------------


def test_a_clerk_goes_from_a_plan_to_an_issued_report(
    phone: Visit, chromium: Browser, demo_server: Server, tmp_path: Path
) -> None:
    page = phone.page
    phone.sign_in("van-phong")
    import_the_plan(phone)
    for kind, title, counter in (
        ("Đài truyền thanh cấp xã", "Bản tin cải cách hành chính buổi sáng", "count_broadcasts"),
        ("Cổng, trang thông tin điện tử", "Giới thiệu dịch vụ công trực tuyến", "count_articles"),
        ("Hội nghị, cuộc họp", "Họp thôn Đình về thủ tục đất đai", "count_meetings"),
    ):
        record(phone, kind, title, counter)
    import_a_table_with_a_slip_and_mend_it(phone, tmp_path)
    report = draft_and_open_a_figure(phone)
    issue(chromium, demo_server, report.strip("/").rpartition("/")[2])
    download(phone, report, tmp_path)

    phone.sign_out()
    phone.sign_in("van-hoa")
    reverse_a_line(phone)
    phone.go(report)
    assert "Chênh lệch sau phát hành" in page.locator("main").inner_text()

    phone.sign_out()
    phone.sign_in("ben-dua")
    sees_nothing_of_the_others(phone, report)


def import_the_plan(phone: Visit) -> None:
    phone.go(f"{DESK}ke-hoach/nhap/")
    phone.page.set_input_files("input[name=file]", PLAN_OF_A_REAL_COMMUNE)
    phone.page.get_by_role("button", name="Đọc kế hoạch").click()
    through(phone.page.get_by_role("button", name="Xác nhận tất cả còn lại và lập kế hoạch"))
    said = phone.page.locator(".messages").inner_text()
    assert "Đã lập kế hoạch với 7 nhiệm vụ." in said
    assert phone.page.locator("tbody tr").count() == 7


def record(phone: Visit, kind: str, title: str, counter: str) -> None:
    page = phone.page
    phone.go(f"{DESK}so-theo-doi/")
    page.locator("#main").get_by_role("link", name="Ghi hoạt động").click()
    page.locator(".tiles").get_by_role("link", name=kind, exact=True).first.click()
    page.get_by_label("Nội dung", exact=True).fill(title)
    page.fill(f"input[name={counter}]", "2")
    page.set_input_files(
        "input[name=files]",
        {"name": "ảnh chụp.txt", "mimeType": "text/plain", "buffer": title.encode()},
    )
    page.get_by_role("button", name="Lưu vào sổ").click()
    page.locator("#main").get_by_text("Đã ghi vào sổ").first.wait_for()
    assert title in page.locator("#main").inner_text()
    assert page.get_by_role("link", name="Ghi tiếp").get_attribute("href")


def import_a_table_with_a_slip_and_mend_it(phone: Visit, folder: Path) -> None:
    page = phone.page
    good = [f"5/{month}/{LAST_YEAR};Trang thông tin điện tử;Tin tháng {month};1" for month in (2, 3, 4)]
    slip = f"31/4/{LAST_YEAR};Trang thông tin điện tử;Tin ngày không có;1"
    head = "Ngày;Loại hoạt động;Nội dung;Số tin, bài"
    table = folder / "hoat-dong.csv"
    table.write_text("\n".join([head, *good, slip]), encoding="utf-8-sig")
    phone.go(f"{DESK}so-theo-doi/nhap/")
    page.set_input_files("input[name=file]", table)
    through(page.get_by_role("button", name="Xem trước"))
    assert "1 dòng cần sửa. Chưa dòng nào được lưu." in page.locator("main").inner_text()
    assert "Cần sửa ô A5" in page.locator("main").inner_text()

    table.write_text("\n".join([head, *good, slip.replace("31/4", "30/4")]), encoding="utf-8-sig")
    page.get_by_role("link", name="Chọn tệp khác").click()
    page.set_input_files("input[name=file]", table)
    page.get_by_role("button", name="Xem trước").click()
    through(page.get_by_role("button", name="Nhập 4 dòng vào sổ"))
    assert "Đã nhập 4 dòng của tệp “hoat-dong.csv” vào sổ." in page.locator(".messages").inner_text()


def draft_and_open_a_figure(phone: Visit) -> str:
    page = phone.page
    phone.go(f"{DESK}bao-cao/lap/")
    page.select_option("select[name=period]", str(LAST_YEAR))
    through(page.get_by_role("button", name="Lập dự thảo"))
    report = urlsplit(page.url).path
    page.locator("a.figure").filter(has_text=re.compile(r"^4$")).first.click()
    page.locator("#bang .behind li").first.wait_for()
    assert page.locator("#bang .behind li").count() == 4
    assert "Tin ngày không có" in page.locator("#bang").inner_text()
    return report


def download(phone: Visit, report: str, folder: Path) -> None:
    page = phone.page
    phone.go(report)
    page.get_by_text("Việc khác", exact=True).click()
    for name, magic in ((".docx", b"PK"), ("PDF", b"%PDF-")):
        with page.expect_download() as coming:
            page.locator("#main").get_by_role("link", name=name, exact=True).click()
        kept = folder / coming.value.suggested_filename
        coming.value.save_as(kept)
        assert kept.read_bytes().startswith(magic)


def reverse_a_line(phone: Visit) -> None:
    page = phone.page
    phone.go(f"{DESK}so-theo-doi/?q=tin+ngay+khong+co")
    page.get_by_role("link", name="Tin ngày không có").click()
    page.get_by_role("link", name="Hủy ghi").click()
    page.get_by_label("Lý do hủy ghi").fill("Nhập nhầm ngày")
    through(page.get_by_role("button", name="Hủy ghi"))
    assert "Nhập nhầm ngày" in page.locator("main").inner_text()


def sees_nothing_of_the_others(phone: Visit, report: str) -> None:
    page = phone.page
    for part, nothing in (
        ("ke-hoach/", "Tuyên truyền công tác"),
        ("so-theo-doi/", "Bản tin cải cách hành chính buổi sáng"),
        ("bao-cao/", "Kết quả tuyên truyền"),
    ):
        phone.go(f"{DESK}{part}")
        assert nothing not in page.locator("main").inner_text()
    answer = page.request.get(f"{phone.server.address}{report}")
    assert answer.status == 404


# --- everyone can use it -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, demo_server: Server) -> dict[str, Any]:
    """The cookies of a signed-in office clerk."""
    context = chromium.new_context(locale="vi-VN")
    Visit(context.new_page(), demo_server).sign_in("van-phong")
    state: dict[str, Any] = context.storage_state()
    context.close()
    return state


def browser_of(
    chromium: Browser, size: dict[str, int], scheme: Literal["light", "dark"], state: dict[str, Any]
) -> BrowserContext:
    return chromium.new_context(
        locale="vi-VN", viewport=size, color_scheme=scheme, storage_state=state, reduced_motion="reduce"
    )


def test_the_keyboard_shows_where_it_is_on_every_control(
    chromium: Browser, demo_server: Server, signed_in: dict[str, Any]
) -> None:
    context = browser_of(chromium, SCREEN, "light", signed_in)
    page = context.new_page()
    page.goto(f"{demo_server.address}{DESK}so-theo-doi/ghi/meeting/")
    page.locator("main a").first.focus()
    shown = 0
    for _ in range(30):
        page.keyboard.press("Tab")
        if not page.evaluate("() => document.activeElement.closest('main') !== null"):
            break
        style = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement);"
            " return [s.outlineStyle, parseFloat(s.outlineWidth)] }"
        )
        assert style[0] != "none", page.evaluate("document.activeElement.outerHTML")
        assert style[1] >= 2
        shown += 1
    context.close()
    assert shown >= 10


def test_twice_the_text_still_fits_on_a_phone(
    chromium: Browser, demo_server: Server, signed_in: dict[str, Any]
) -> None:
    context = browser_of(chromium, PHONE, "light", signed_in)
    page = context.new_page()
    # The policy of the pages forbids what this test does to them.
    page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
    wrong = []
    for path in ("", "ke-hoach/", "so-theo-doi/", "so-theo-doi/ghi/meeting/", "bao-cao/"):
        page.goto(f"{demo_server.address}{DESK}{path}")
        page.add_style_tag(content="html { font-size: 200% !important }")
        wrong += [f"{path}: {one}" for one in page.evaluate(TOO_WIDE)]
    context.close()
    assert not wrong, "\n".join(wrong)


def test_nothing_that_is_said_at_the_door_is_english(chromium: Browser, demo_server: Server) -> None:
    context = chromium.new_context(locale="en-GB", viewport=SCREEN)
    visit = Visit(page := context.new_page(), demo_server)
    heard = []

    def listen(moment: str, expected: str) -> None:
        heard.extend(f"{moment}: {one}" for one in english_on(page))
        assert expected in page.locator("body").inner_text(), moment

    visit.go("/dang-nhap/")
    listen("at the door", "Đăng nhập")
    through(page.get_by_role("button", name="Đăng nhập", exact=True))
    listen("without a name", "Nhập tên đăng nhập.")
    page.fill("input[name=login]", "van-hoa")
    page.fill("input[name=password]", "khong-phai")
    through(page.get_by_role("button", name="Đăng nhập", exact=True))
    listen("with a wrong passphrase", "Tên đăng nhập hoặc mật khẩu không đúng.")
    visit.sign_in_at_the_door("van-hoa")
    page.locator(".who > summary").click()
    listen("in the account menu", "Đăng xuất")
    visit.go(f"{DESK}tai-khoan/")
    for name, said in (
        ("old_password", "sai-mat-khau"),
        ("new_password1", "ngan"),
        ("new_password2", "ngan"),
    ):
        page.fill(f"input[name={name}]", said)
    through(page.get_by_role("button", name="Đổi mật khẩu"))
    listen("changing the passphrase badly", "Mật khẩu đang dùng không đúng.")
    assert "ít nhất 12 ký tự" in page.locator("main").inner_text()
    for place, expected in (
        ("", "chưa bật"),
        ("ung-dung/", "Mở ứng dụng trên điện thoại"),
        ("khoa/them/", "Tên của khóa"),
        ("khoa/", "Chưa có khóa nào."),
        ("mat-khau/", "Xác nhận chính là bạn"),
    ):
        visit.go(f"{DESK}tai-khoan/hai-lop/{place}")
        listen(f"at the second factor, {place}", expected)
    visit.go(f"{DESK}tai-khoan/cac-may/")
    listen("at the list of sessions", "máy này")
    visit.go(f"{DESK}pages/")
    listen("at a page that is not there", "Không tìm thấy trang")
    visit.go(DESK)
    visit.sign_out()
    listen("after signing out", "Đã đăng xuất.")
    context.close()
    assert not heard, "\n".join(heard)


def test_without_a_script_a_line_is_recorded_all_the_same(chromium: Browser, demo_server: Server) -> None:
    context = chromium.new_context(locale="vi-VN", viewport=PHONE, java_script_enabled=False)
    visit = Visit(page := context.new_page(), demo_server)
    visit.sign_in_at_the_door("truyen-thanh")
    page.get_by_role("navigation", name="Các mục").get_by_role("link", name="Sổ theo dõi").click()
    page.locator("#main").get_by_role("link", name="Ghi hoạt động").click()
    page.locator(".tiles").get_by_role("link", name="Đài truyền thanh cấp xã").first.click()
    page.get_by_label("Nội dung", exact=True).fill("Bản tin buổi chiều")
    page.fill("input[name=count_broadcasts]", "1")
    through(page.get_by_role("button", name="Lưu vào sổ"))
    assert "Đã ghi vào sổ." in page.locator("main").inner_text()
    page.locator(".who > summary").click()
    through(page.get_by_role("button", name="Đăng xuất"))
    assert "Đã đăng xuất." in page.locator("main").inner_text()
    context.close()


# --- what a browser says in its own language ------------------------------------------------------


def test_a_file_and_a_day_are_told_in_vietnamese_whatever_the_browser_speaks(
    chromium: Browser, demo_server: Server
) -> None:
    context = chromium.new_context(locale="en-US", viewport=PHONE)
    visit = Visit(context.new_page(), demo_server)
    page = visit.page
    visit.sign_in("van-hoa")
    visit.go(f"{DESK}so-theo-doi/nhap/")
    face = page.locator(".file-face")
    assert "Chưa chọn tệp nào" in face.inner_text()
    with page.expect_file_chooser() as asked:
        face.get_by_text("Chọn tệp", exact=True).click()
    asked.value.set_files({"name": "bang-thang-3.csv", "mimeType": "text/csv", "buffer": b"Ng\xc3\xa0y\n"})
    assert "bang-thang-3.csv" in face.inner_text()
    visit.go(f"{DESK}so-theo-doi/ghi/meeting/")
    page.fill("input[name=happened_on]", "2026-03-02")
    assert page.locator(".date-words").first.inner_text() == "Thứ Hai, 2/3/2026"
    context.close()
    assert visit.faults == []
