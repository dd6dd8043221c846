"""Somebody with the paper of a dossier in hand and a phone: looked up rightly, wrongly, too often; without any script.

Whoever is handed a result gets the slip of a survey with it: printed at the counter, answered on a phone, once.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from dinhlang.org.tests import codes
from dinhlang.portal.counter.limits import MOST_WRONG_OF_A_CODE
from tests.conftest import Server, Visit, through
from tests.screens import TOO_WIDE, barriers_in_the_dark, barriers_on
from tests.test_citizens_browser import COUNTER, DOSSIERS, answer_at_once, deed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


def looked_at(page: Page) -> None:
    assert not page.evaluate(TOO_WIDE), page.url
    assert barriers_on(page) == [], page.url
    assert barriers_in_the_dark(page) == [], page.url


def code_of(page: Page, server: Server) -> str:
    """The code of a dossier of the demonstration that has a result, as its paper says it: the list tells how it ends."""
    for option in range(14):
        page.goto(f"{server.address}/ben-truc/mot-cua/ket-qua/")
        days = page.locator("#ngay option")
        page.goto(
            f"{server.address}/ben-truc/mot-cua/ket-qua/?ngay={days.nth(option).get_attribute('value')}"
        )
        found = page.locator("tbody th")
        if found.count():
            looked_at(page)
            return found.first.inner_text().strip().replace("…", "H99.12.34")
    raise AssertionError("the demonstration has no result")


def test_a_dossier_is_looked_up_on_a_phone_without_a_script(chromium: Browser, demo_server: Server) -> None:
    context = chromium.new_context(locale="vi-VN", **PHONE)
    page = context.new_page()
    code = code_of(page, demo_server)
    page.goto(f"{demo_server.address}/ben-truc/mot-cua/")
    expect(page.get_by_role("heading", name=f"Giải quyết hồ sơ năm {datetime.now(UTC).year}")).to_be_visible()
    looked_at(page)
    plain = chromium.new_context(locale="vi-VN", java_script_enabled=False, **PHONE)
    phone = plain.new_page()
    phone.goto(f"{demo_server.address}/ben-truc/tra-cuu-ho-so/?ma={code}")
    expect(phone.locator("#id_code")).to_have_value(code)
    # The dossiers of the demonstration end in 101 to 106.
    for number in range(101, 107):
        phone.locator("#id_code").fill(code.lower().replace("-", " "))
        phone.locator("#id_digits").fill(f"0{number}")
        phone.get_by_role("button", name="Xem hồ sơ").click()
        expect(phone.get_by_role("heading", level=1)).to_be_visible()
        if phone.get_by_text("Hẹn trả kết quả").count():
            break
    expect(phone.get_by_text("Vì sao hẹn ngày này?")).to_be_visible()
    assert "0900" not in phone.locator("main").inner_text()
    context.close()
    plain.close()


def test_who_guesses_is_told_to_stop(chromium: Browser, demo_server: Server) -> None:
    context = chromium.new_context(locale="vi-VN", **PHONE)
    page = context.new_page()
    page.goto(f"{demo_server.address}/ben-truc/tra-cuu-ho-so/?ma=H99.12.34-200101-0001")
    looked_at(page)
    for number in range(MOST_WRONG_OF_A_CODE):
        page.locator("#id_digits").fill(f"{7000 + number}")
        page.get_by_role("button", name="Xem hồ sơ").click()
        expect(page.get_by_role("alert")).to_contain_text("Không có hồ sơ nào khớp")
        expect(page.locator("#id_digits")).to_have_value(f"{7000 + number}")
    looked_at(page)
    page.get_by_role("button", name="Xem hồ sơ").click()
    expect(page.get_by_role("alert")).to_contain_text("tạm khóa tra cứu")
    context.close()


def test_a_slip_that_goes_with_the_result_is_one_voice(chromium: Browser, demo_server: Server) -> None:
    desk = chromium.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900})
    clerk = Visit(desk.new_page(), demo_server)
    clerk.sign_in(COUNTER)
    clerk.go(f"{DOSSIERS}?timing=to-give")
    through(clerk.page.locator("tbody td a").first)
    button = clerk.page.get_by_role("button", name="In phiếu khảo sát có mã")
    expect(button).to_have_count(0)
    deed(clerk.page, "Trả kết quả", "", "")
    printed = []
    # The printer jams: what is on the screen prints the same slip again.
    for _time in range(2):
        with clerk.page.expect_download() as download:
            button.click()
        printed.append(
            [one for sheet in codes.in_pdf(download.value.path().read_bytes()) for one in sheet.squares]
        )
    assert printed[0] == printed[1]
    [address] = printed[0]
    looked_at(clerk.page)
    clerk.page.reload()
    expect(clerk.page.get_by_text("Hồ sơ này đã có phiếu khảo sát.")).to_be_visible()
    expect(button).to_have_count(0)
    phones = [chromium.new_context(locale="vi-VN", **PHONE) for _one in range(2)]
    first, second = (Visit(phone.new_page(), demo_server) for phone in phones)
    for one in (first, second):
        one.go(urlsplit(address).path)
        looked_at(one.page)
    answer_at_once(first.page)
    expect(first.page.get_by_role("heading", level=1)).to_contain_text("Đã nhận phiếu")
    answer_at_once(second.page)
    expect(second.page.locator("main")).to_contain_text("Mã này đã dùng rồi")
    assert clerk.faults == first.faults == []
    for context in (desk, *phones):
        context.close()
