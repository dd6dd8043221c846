"""A resident with a phone: from the first page to what to bring, and to the news, without any script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import Server, Visit, through
from tests.screens import barriers_in_the_dark, barriers_on, too_wide_at_twice_the_text

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HEAVIEST = 150 * 1024
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


def weighed(page: Page) -> list[int]:
    """The bytes of every answer from now on."""
    sizes: list[int] = []
    page.on("requestfinished", lambda one: sizes.append(one.sizes()["responseBodySize"]))
    return sizes


def looked_at(page: Page) -> None:
    assert barriers_on(page) == [], page.url
    assert barriers_in_the_dark(page) == [], page.url
    assert too_wide_at_twice_the_text(page) == [], page.url


def test_a_resident_finds_what_to_bring_and_reads_the_news(chromium: Browser, demo_server: Server) -> None:
    context = chromium.new_context(locale="vi-VN", **PHONE)
    visit = Visit(context.new_page(), demo_server)
    page = visit.page
    sizes = weighed(page)
    visit.go("/ben-truc/")
    page.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) < HEAVIEST
    looked_at(page)

    page.get_by_role("link", name="Sinh con").first.click()
    page.get_by_label("Đã đăng ký").check()
    through(page.get_by_role("button", name="Chỉ xem thủ tục tôi cần"))
    looked_at(page)
    through(page.get_by_role("link", name="Đăng ký khai sinh", exact=True))
    assert page.url.endswith("/ben-truc/thu-tuc/1.001193/")
    looked_at(page)
    through(page.get_by_role("link", name="In danh sách giấy tờ"))
    assert page.locator(".bring li").count() > 1
    page.emulate_media(media="print")
    assert page.locator(".masthead").is_hidden()
    page.emulate_media(media="screen")

    visit.go("/ben-truc/tin/")
    looked_at(page)
    page.locator(".lines-of-news .line--pictured a").first.click()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("[...document.images].every(one => one.naturalWidth > 0)")
    looked_at(page)
    context.close()
    assert visit.faults == [], demo_server.output
