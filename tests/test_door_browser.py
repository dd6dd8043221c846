"""The door in a real browser: second factor, passkeys, sessions, the lock, and a draft that outlives its session."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Installation, Server, Visit, demo_running, through

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

DESK = "/ban-lam-viec/"
SECOND_FACTOR = f"{DESK}tai-khoan/hai-lop/"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def strict_server(rendered_demo: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A demo of its own, where administrators and approvers must have a second factor."""
    with demo_running(
        rendered_demo, tmp_path_factory.mktemp("door"), DINHLANG_SECOND_FACTOR="required"
    ) as started:
        yield started


@pytest.fixture
def phone(chromium: Browser, strict_server: Server) -> Iterator[Visit]:
    context = chromium.new_context(locale="vi-VN", viewport=PHONE, is_mobile=True, has_touch=True)
    visit = Visit(context.new_page(), strict_server)
    yield visit
    context.close()
    assert visit.faults == [], strict_server.output


def code_of(secret: str, *, later: int = 0) -> str:
    """What an authenticator app shows (RFC 6238), written anew here so that it checks the other side's reading."""
    counter = struct.pack(">Q", int(time.time()) // 30 + later)
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    start = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


def sign_in(page: Page, address: str, username: str, passphrase: str) -> None:
    page.goto(f"{address}/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(passphrase)
    through(page.get_by_role("button", name="Đăng nhập", exact=True))


def test_the_chairwoman_sets_up_an_app_before_the_desk_opens_and_signs_in_with_it(phone: Visit) -> None:
    page = phone.page
    phone.sign_in("chu-tich")
    assert page.url.endswith(SECOND_FACTOR)
    assert "bắt buộc có xác thực hai lớp" in page.locator(".messages").inner_text()
    phone.go(f"{DESK}so-theo-doi/")
    assert page.url.endswith(SECOND_FACTOR), "nothing else opens"

    page.get_by_role("link", name="Thiết lập ứng dụng").click()
    picture = page.get_by_alt_text("Hình mã để quét bằng ứng dụng")
    assert picture.evaluate("image => image.naturalWidth") > 0, "the policy lets it be drawn"
    secret = page.locator(".secret").inner_text().replace(" ", "").strip()
    page.get_by_label("Mã ứng dụng đang hiện").fill(code_of(secret))
    through(page.get_by_role("button", name="Bật ứng dụng tạo mã"))
    codes = page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải mã về").click()
    kept = Path(download.value.path()).read_text(encoding="utf-8")
    assert all(code in kept for code in codes)
    assert "Nguyễn Thị Mẫu" in kept

    phone.go(DESK)
    assert page.get_by_role("heading", level=1).inner_text()
    assert page.url.endswith(DESK)
    phone.sign_out()
    sign_in(page, phone.server.address, "chu-tich", phone.server.passphrase)
    assert page.url.endswith("/dang-nhap/lop-hai/")
    page.get_by_label("Mã", exact=True).fill(code_of(secret, later=1))
    through(page.get_by_role("button", name="Đăng nhập", exact=True))
    page.wait_for_url(lambda url: url.endswith(DESK))

    phone.sign_out()
    sign_in(page, phone.server.address, "chu-tich", phone.server.passphrase)
    page.get_by_label("Mã", exact=True).fill(codes[3])
    through(page.get_by_role("button", name="Đăng nhập", exact=True))
    page.wait_for_url(lambda url: url.endswith(DESK))
    phone.go(SECOND_FACTOR)
    assert "còn 9 mã" in page.locator("main").inner_text()
    phone.go(f"{SECOND_FACTOR}ung-dung/bo/")
    assert "Hãy thêm cách khác trước" in page.locator("main").inner_text()


def test_a_passkey_is_added_and_opens_the_desk_without_a_password(
    chromium: Browser, strict_server: Server
) -> None:
    # Browsers know passkeys only of names: the machine's own, not its number.
    address = f"http://localhost:{strict_server.installation.port}"
    context = chromium.new_context(locale="vi-VN", viewport=PHONE)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page, address, "mot-cua", strict_server.passphrase)
    page.goto(f"{address}{SECOND_FACTOR}")
    through(page.get_by_role("link", name="Thêm khóa"))
    page.get_by_label("Tên của khóa").fill("Điện thoại của tôi")
    page.get_by_label("Dùng khóa này thay cả mật khẩu").check()
    page.get_by_role("button", name="Thêm khóa").click()
    page.wait_for_url(lambda url: url.endswith("/ma-du-phong/"))
    page.goto(f"{address}{SECOND_FACTOR}khoa/")
    row = page.locator("tbody tr").inner_text()
    assert "Điện thoại của tôi" in row
    assert "cả mật khẩu" in row

    page.goto(f"{address}/dang-xuat/")
    through(page.get_by_role("button", name="Đăng xuất"))
    page.goto(f"{address}{DESK}don-vi/")
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    page.wait_for_url(f"{address}{DESK}don-vi/")

    page.goto(f"{address}/dang-xuat/")
    through(page.get_by_role("button", name="Đăng xuất"))
    sign_in(page, address, "mot-cua", strict_server.passphrase)
    page.wait_for_url(lambda url: url.endswith("/dang-nhap/lop-hai/"))
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.wait_for_url(lambda url: url.endswith(DESK))
    context.close()
    assert faults == []


def test_where_passkeys_cannot_be_the_door_does_not_offer_them(phone: Visit) -> None:
    phone.go("/dang-nhap/")
    assert not phone.page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").is_visible()


def test_a_session_on_another_machine_is_ended_from_here(
    phone: Visit, chromium: Browser, strict_server: Server
) -> None:
    context = chromium.new_context(locale="vi-VN")
    other = Visit(context.new_page(), strict_server)
    other.sign_in("truyen-thanh")
    phone.sign_in("truyen-thanh")
    phone.go(f"{DESK}tai-khoan/cac-may/")
    assert phone.page.locator("tbody tr").count() == 2
    through(phone.page.locator("tbody").get_by_role("button", name="Đăng xuất"))
    assert "Đã đăng xuất máy đó." in phone.page.locator(".messages").inner_text()
    assert phone.page.locator("tbody tr").count() == 1
    other.go(DESK)
    assert "/dang-nhap/" in other.page.url
    context.close()
    assert other.faults == []


def test_too_many_failures_lock_and_the_operator_unlocks(chromium: Browser, strict_server: Server) -> None:
    context = chromium.new_context(locale="vi-VN", viewport=PHONE)
    page = context.new_page()
    for _ in range(5):
        sign_in(page, strict_server.address, "ben-dua", "khong-phai-mat-khau")
    assert "Tạm khóa đăng nhập" in page.locator("main").inner_text()
    sign_in(page, strict_server.address, "ben-dua", strict_server.passphrase)
    assert re.search(r"Hãy đợi 1[45] phút", page.locator("main").inner_text())
    done = strict_server.installation.run_anew("person", "unlock", "ben-dua")
    assert (done.returncode, done.stderr) == (0, "")
    assert "đăng nhập lại được ngay" in done.stdout
    sign_in(page, strict_server.address, "ben-dua", strict_server.passphrase)
    page.wait_for_url(lambda url: url.endswith(DESK))
    context.close()


def test_what_was_typed_comes_back_after_the_session_ended_while_typing(phone: Visit) -> None:
    page = phone.page
    phone.sign_in("van-hoa")
    address = reversal_of_a_line(phone)
    phone.go(address)
    reason = "Ghi nhầm ngày: buổi họp thôn Đình diễn ra hôm sau."
    page.locator("textarea").press_sequentially(reason)
    page.context.clear_cookies()
    through(page.locator("main form[data-keep] button").first)
    assert "Nội dung bạn vừa gửi chưa được lưu" in page.locator("main").inner_text()
    assert reason in page.locator("main").inner_text()
    # The browser says of itself that the answer was a 401.
    phone.faults.clear()

    phone.sign_in("van-hoa")
    phone.go(address)
    assert page.locator("textarea").input_value() == reason
    assert "Đã lấy lại nội dung chưa lưu." in page.locator("main").inner_text()
    page.get_by_role("button", name="Bỏ nội dung này").click()
    assert page.locator("textarea").input_value() == ""
    phone.go(address)
    assert page.locator("textarea").input_value() == "", "thrown away is thrown away"

    page.locator("textarea").press_sequentially("Nháp của ca trước")
    page.wait_for_timeout(500)
    phone.sign_out()
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('keep:'))") == []


def test_a_draft_goes_once_the_form_was_saved(phone: Visit) -> None:
    page = phone.page
    phone.sign_in("van-hoa")
    phone.go(reversal_of_a_line(phone))
    page.locator("textarea").press_sequentially("Ghi trùng với dòng trước.")
    page.locator("main form[data-keep] button").first.click()
    page.wait_for_url(lambda url: "huy" not in url)
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('keep'))") == []


def reversal_of_a_line(phone: Visit) -> str:
    """The address at which the newest line of the ledger can be reversed."""
    page = phone.page
    phone.go(f"{DESK}so-theo-doi/")
    page.locator("main tbody a").first.click()
    address = page.locator("main a[href*='huy']").first.get_attribute("href")
    assert address
    return address


def test_light_dark_and_size_are_chosen_once_for_this_browser(phone: Visit) -> None:
    page = phone.page
    phone.sign_in("truong-thon")
    phone.go(f"{DESK}tai-khoan/")
    page.get_by_label("Tối").check()
    page.get_by_label("Rất lớn").check()
    through(page.get_by_role("button", name="Đổi hiển thị"))
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20.8px"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
