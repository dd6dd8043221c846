"""What a commune shows, tried as a resident on a phone, as whoever stands at the kiosk, and as an editor on a laptop.

With DINHLANG_MANUAL=1 (`make manual`) the pictures of it go to docs/manual/anh; otherwise they are only taken.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.album import MANUAL, MOST_BYTES, kept, picture, shown_on
from tests.conftest import Server, Visit, through
from tests.screens import barriers_in_the_dark, barriers_on, too_wide_at_twice_the_text

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SHOWN_IN = MANUAL / "giai-thich" / "trang-cong-khai.md"
DEVICES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True},
    "laptop": {"viewport": {"width": 1366, "height": 768}},
}
# By the name of its picture, where each page stands; a procedure and an article are found by clicking.
PLACES = {
    "trang-chu": "/ben-truc/",
    "thu-tuc": "/ben-truc/thu-tuc/1.001193/",
    "tim-kiem": "/ben-truc/tim-kiem/?q=khai+sinh",
    "van-ban": "/ben-truc/van-ban/",
    "ket-qua": "/ben-truc/ket-qua/",
    "quay": "/ben-truc/quay/",
    "quay-giay-to": "/ben-truc/quay/thu-tuc/1.001193/",
}
# What is looked at on a phone without a picture of it, each with the link that leads on from there to a page of another kind.
BESIDE = {
    "/ben-truc/khao-sat/": "main table a",
    "/ben-truc/phan-anh/": "main ul.list a",
    "/ben-truc/mot-cua/": "",
    "/ben-truc/mot-cua/ket-qua/": "",
    "/ben-truc/du-lieu-cua-toi/": "",
}
# A thumb's width, in the units of style sheets.
THUMB = 60


@pytest.mark.parametrize("device", DEVICES)
def test_what_everyone_sees_is_pictured_and_stands_without_barriers(
    chromium: Browser, demo_server: Server, device: str
) -> None:
    context = chromium.new_context(locale="vi-VN", **DEVICES[device])
    visit = Visit(context.new_page(), demo_server)
    for name, address in PLACES.items():
        visit.go(address)
        picture(visit.page, f"{name}-{device}")
        if name.startswith(("quay", "van-ban", "ket-qua")) and device == "phone":
            looked_at(visit.page)
    for address, further in BESIDE.items() if device == "phone" else ():
        visit.go(address)
        looked_at(visit.page)
        if further:
            through(visit.page.locator(further).first)
            looked_at(visit.page)
    visit.go("/ben-truc/tin/")
    through(visit.page.locator(".lines-of-news a").first)
    picture(visit.page, f"bai-viet-{device}")
    context.close()
    assert visit.faults == [], demo_server.output


def looked_at(page: Page) -> None:
    assert barriers_on(page) == [], page.url
    assert barriers_in_the_dark(page) == [], page.url
    assert too_wide_at_twice_the_text(page) == [], page.url


def test_the_kiosk_leads_by_touch_to_a_checklist_and_back_to_the_start(
    chromium: Browser, demo_server: Server
) -> None:
    context = chromium.new_context(
        locale="vi-VN", viewport={"width": 1080, "height": 1920}, has_touch=True, is_mobile=True
    )
    visit = Visit(context.new_page(), demo_server)
    page = visit.page
    page.clock.install()
    visit.go("/ben-truc/quay/")
    for words in ("Sinh con", "Đã đăng ký", "Chỉ khai sinh", "Đăng ký khai sinh"):
        assert all(box["height"] >= THUMB for box in boxes(page)), page.url
        with page.expect_navigation():
            page.get_by_role("link", name=re.compile(f"^{words}")).first.tap()
    assert page.url.endswith("/ben-truc/quay/thu-tuc/1.001193/")
    assert page.get_by_role("button", name="In ra giấy").is_visible()
    assert page.locator("figure.code svg").is_visible()
    page.clock.run_for(46_000)
    stay = page.get_by_role("button", name="Tôi còn xem")
    assert stay.is_visible()
    stay.tap()
    assert stay.is_hidden()
    page.clock.run_for(46_000)
    assert page.url.endswith("/quay/thu-tuc/1.001193/"), "a touch begins the minute anew"
    with page.expect_navigation():
        page.clock.run_for(15_000)
    assert page.url.endswith("/ben-truc/quay/")
    page.emulate_media(media="print")
    context.close()
    assert visit.faults == [], demo_server.output


def boxes(page: Page) -> list[dict[str, float]]:
    """Where everything that can be touched stands."""
    found = page.locator("a:visible, button:visible")
    return [box for one in found.all() if (box := one.bounding_box()) is not None]


def test_the_kiosk_works_without_a_script(chromium: Browser, demo_server: Server) -> None:
    context = chromium.new_context(locale="vi-VN", java_script_enabled=False, **DEVICES["laptop"])
    visit = Visit(context.new_page(), demo_server)
    visit.go("/ben-truc/quay/viec/sinh-con/x-x/")
    through(visit.page.get_by_role("link", name="Đăng ký khai sinh", exact=True))
    assert visit.page.get_by_role("button", name="In ra giấy").count() == 0
    assert visit.page.locator("figure.code svg").is_visible()
    context.close()
    assert visit.faults == [], demo_server.output


def test_the_board_and_the_editor_are_pictured(chromium: Browser, demo_server: Server) -> None:
    context = chromium.new_context(locale="vi-VN", **DEVICES["laptop"])
    visit = Visit(context.new_page(), demo_server)
    visit.sign_in("van-hoa")
    visit.go("/ban-lam-viec/tin-bai/moi/")
    page = visit.page
    page.fill("input[name=title]", "Nhà văn hóa thôn mở cửa buổi tối")
    page.get_by_role("button", name="Viết tiếp", exact=True).first.click()
    page.wait_for_url(re.compile(r"/soan/"))
    page.fill(
        "textarea[name=lead]", "Từ thứ Hai, bà con đến nhà văn hóa thôn buổi tối để được giúp nộp hồ sơ."
    )
    page.fill(
        "textarea[name=body]",
        "## Cần mang theo\n\nCăn cước và điện thoại.\n\nAi đã có tài khoản thì chỉ cần điện thoại.",
    )
    page.locator("#xem-truoc h2").wait_for()
    picture(page, "soan-tin-laptop")
    visit.go("/ban-lam-viec/tin-bai/cho-toi/")
    picture(page, "ban-bien-tap-laptop")
    context.close()
    assert visit.faults == [], demo_server.output


def test_the_page_of_pictures_shows_each_of_them_and_they_are_small() -> None:
    source = Path(__file__).read_text("utf-8")
    taken = {f"{name}-{device}.webp" for name in (*PLACES, "bai-viet") for device in DEVICES}
    taken |= {f"{name}.webp" for name in re.findall(r'picture\(page, "([\w-]+)"\)', source)}
    assert taken == shown_on(SHOWN_IN), "run: make manual"
    assert set(kept()) == shown_on(*MANUAL.rglob("*.md")), "run: make manual"
    assert sum(kept().values()) < MOST_BYTES
