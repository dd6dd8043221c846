"""A citizen on a phone tells the commune something and follows it: once with a script and a weak line, once without any script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import altcha
import pytest
from playwright.sync_api import expect

from dinhlang.work.tests.pictures import photo
from tests.conftest import Server, through
from tests.screens import TOO_WIDE, barriers_in_the_dark, barriers_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
WORDS = "Rác ở cầu số 2 tràn ra đường từ thứ bảy, mùi hôi lắm."

# As where a page came without https: the script begins once more and finds none.
WITHOUT_A_CLIPBOARD = """async () => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
    await import(`${document.querySelector("script[src*='voices']").src}?again`);
}"""


def looked_at(page: Page) -> None:
    assert not page.evaluate(TOO_WIDE), page.url
    assert barriers_on(page) == [], page.url
    assert barriers_in_the_dark(page) == [], page.url


def is_solved(written: str) -> None:
    """That this is a payload of ALTCHA's, with the counter that its challenge asks for."""
    payload = altcha.Payload.from_base64(written)
    asked, found = payload.challenge.parameters, payload.solution
    password = bytes.fromhex(asked.nonce) + found.counter.to_bytes(4)
    key = altcha.derive_key_sha(asked, bytes.fromhex(asked.salt), password).hex()
    assert key == found.derived_key
    assert key.startswith(asked.key_prefix)
    assert payload.challenge.signature


def the_link_is_copied(page: Page, code: str, pin: str) -> None:
    link, copy = page.locator(".voices__link"), page.locator("[data-copy]")
    assert link.inner_text().endswith(f"/ben-truc/phan-anh/tra-cuu/#{code}")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(copy).to_have_text("Chép mã và đường dẫn")
    copy.click()
    expect(copy).to_have_text("Đã chép")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == f"Phản ánh {code}, mã bí mật {pin}. Tra cứu: {link.inner_text()}"
    page.evaluate(WITHOUT_A_CLIPBOARD)
    expect(copy).to_be_hidden()
    link.select_text()
    assert page.evaluate("() => getSelection().toString()") == link.inner_text()


def consent_is_asked_for_once_there_is_something_to_keep(page: Page) -> None:
    for fold in ("Thêm ảnh", "Thêm điện thoại, thư điện tử", "Gửi thay người khác"):
        page.get_by_text(fold, exact=True).click()
    consent = page.get_by_label("Tôi đồng ý để xã giữ tên")
    for field in ("#id_name", "#id_address", "#id_phone", "#id_mail", "#id_spoken_for"):
        expect(consent).to_be_hidden()
        page.locator(field).fill("Lý Thị Thử")
        expect(consent).to_be_visible()
        if field == "#id_name":
            expect(consent).not_to_be_checked()
            looked_at(page)
        page.locator(field).fill("")


def test_a_citizen_sends_on_a_weak_line_and_follows_the_case(chromium: Browser, demo_server: Server) -> None:
    context = chromium.new_context(locale="vi-VN", **PHONE)
    page = context.new_page()
    page.goto(f"{demo_server.address}/ben-truc/phan-anh/gui/")
    page.locator("#id_words").fill(WORDS)
    page.get_by_text("Thêm nơi xảy ra, lĩnh vực", exact=True).click()
    page.locator("#id_place").fill("Cạnh cầu số 2")
    page.reload()
    expect(page.locator("#id_words")).to_have_value(WORDS)
    # A draft opens what it fills in; what is not asked of everybody is folded otherwise.
    expect(page.locator("#id_place")).to_be_visible()
    expect(page.locator("#id_photos")).to_be_hidden()
    consent_is_asked_for_once_there_is_something_to_keep(page)
    page.locator("#id_photos").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.locator("[data-question]").wait_for(state="hidden")
    is_solved(page.locator("[name=altcha]").input_value())
    looked_at(page)
    context.set_offline(True)
    page.get_by_role("button", name="Gửi cho xã").click()
    page.get_by_text("Nội dung và ảnh vẫn còn trên máy").wait_for()
    context.set_offline(False)
    page.get_by_role("button", name="Gửi cho xã").click()
    page.locator("[data-code]").wait_for()
    looked_at(page)
    code, pin = page.locator("[data-code]").inner_text(), page.locator("[data-pin]").inner_text()
    the_link_is_copied(page, code, pin)
    through(page.get_by_role("link", name="Tra cứu phản ánh này"))
    expect(page.locator("#id_code")).to_have_value(code)
    looked_at(page)
    page.locator("#id_pin").fill(pin)
    through(page.get_by_role("button", name="Xem phản ánh"))
    page.get_by_text("Mới nhận, chờ xem").wait_for()
    assert code not in page.url.partition("#")[0]
    looked_at(page)
    page.goto(f"{demo_server.address}/ben-truc/phan-anh/gui/")
    assert page.locator("#id_words").input_value() == ""
    context.close()


def test_without_a_script_the_question_in_words_is_enough(chromium: Browser, demo_server: Server) -> None:
    context = chromium.new_context(locale="vi-VN", java_script_enabled=False, **PHONE)
    page = context.new_page()
    page.goto(f"{demo_server.address}/ben-truc/phan-anh/gui/")
    page.locator("#id_words").fill("Đèn đường đầu thôn cháy đã hai tuần.")
    asked = page.locator("[data-question] label").inner_text()
    numbers = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    one, other = (numbers.index(word) for word in re.findall(r": (\w+) cộng (\w+)", asked)[0])
    page.locator("#id_answer").fill(str(one + other))
    page.get_by_role("button", name="Gửi cho xã").click()
    code, pin = page.locator("[data-code]").inner_text(), page.locator("[data-pin]").inner_text()
    through(page.get_by_role("link", name="Tra cứu phản ánh này"))
    page.locator("#id_code").fill(code)
    page.locator("#id_pin").fill(pin)
    through(page.get_by_role("button", name="Xem phản ánh"))
    assert "Mới nhận, chờ xem" in page.locator("main").inner_text()
    context.close()
