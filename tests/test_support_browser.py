"""A helper's day on a phone in a real browser: a tap without a network is sent once, a guide is walked through and written down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.conftest import Server, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SUPPORT = "/ban-lam-viec/mot-cua/ho-tro/"


@pytest.fixture
def phone(chromium: Browser, demo_server: Server) -> Iterator[Visit]:
    """A hamlet head's phone. What a broken line writes on the console is no fault here."""
    context = chromium.new_context(
        locale="vi-VN", viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True
    )
    visit = Visit(context.new_page(), demo_server)
    visit.sign_in("truong-thon")
    yield visit
    context.close()
    assert [fault for fault in visit.faults if fault.startswith(("script", "left the house"))] == []


def open_page(phone: Visit, rest: str = "") -> None:
    phone.go(f"{SUPPORT}{rest}")
    phone.page.wait_for_selector("form[data-begun]")


def today(phone: Visit) -> int:
    open_page(phone)
    return int(phone.page.locator("[data-today]").inner_text())


def smallest_type(phone: Visit, selector: str) -> float:
    """Of all that is found, in pixels as drawn; infinite where nothing is."""
    size: float = phone.page.locator(selector).evaluate_all(
        "(all) => Math.min(...all.map((one) => parseFloat(getComputedStyle(one).fontSize)))"
    )
    return size


def test_a_tap_without_a_network_stays_on_the_phone_and_is_sent_once(phone: Visit) -> None:
    page, before = phone.page, today(phone)
    page.context.set_offline(True)
    page.locator("button[value='payment:done']").tap()
    expect(page.locator("form [data-said]")).to_contain_text("Đã giữ lượt này trên máy")
    expect(page.locator("[data-count]")).to_have_text("1")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-waiting]")).to_be_hidden(timeout=30_000)
    assert today(phone) == before + 1


def test_a_guide_is_walked_through_marked_and_written_down_as_one(phone: Visit) -> None:
    page, before = phone.page, today(phone)
    open_page(phone, "cam-nang/vneid/")
    for part in ("h2", ".guide__words", ".guide__stuck"):
        assert 20 <= smallest_type(phone, f".guide__step {part}") < 100, part
    following = page.locator("[data-next]")
    for step in ("Tải ứng dụng VNeID", "Chọn kích hoạt", "Nhập số định danh và số điện thoại"):
        # A tap lands on the button, not on the bar of the desk below it.
        following.tap()
        expect(page.get_by_role("heading", name=step)).to_be_visible()
    page.get_by_label("Người dân vướng ở bước này").locator("visible=true").tap()
    page.locator("[data-to-end]").tap()
    page.locator("button[value='vneid:done']").tap()
    expect(page.locator("form [data-said]")).to_contain_text("Đã ghi 1 lượt")
    assert today(phone) == before + 1
    phone.go(f"{SUPPORT}so/")
    expect(page.locator("tbody tr").first).to_contain_text("Nhập số định danh và số điện thoại")
    # Whoever reads the same guide at home has it as large.
    phone.go("/ben-truc/huong-dan-so/vneid/1/")
    assert 20 <= smallest_type(phone, ".guide__both p, .guide__walk .act") < 100
