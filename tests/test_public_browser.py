"""The pages open to all in a real browser: a report is published, and anyone reads it on a phone or a screen."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.approving import issue
from tests.conftest import Server, Visit, through

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

pytestmark = pytest.mark.browser

DESK = "/ban-lam-viec/"
LAST_YEAR = date.today().year - 1  # noqa: DTZ011 - the server on this machine has the same day
NAMED = "Hướng dẫn bà Nguyễn Thị Lan nộp hồ sơ trực tuyến"
HEAVIEST = 150 * 1024
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
SCREEN: dict[str, Any] = {"viewport": {"width": 1366, "height": 768}}


@pytest.fixture(scope="module")
def address(chromium: Browser, demo_server: Server) -> str:
    """The public page of a report of last year's first quarter, which the office clerk makes at the desk.

    One of the lines behind it names a woman in its title; nobody has decided about it yet.
    """
    context = chromium.new_context(locale="vi-VN", viewport=SCREEN["viewport"])
    visit = Visit(context.new_page(), demo_server)
    visit.sign_in("van-phong")
    record(visit, NAMED, 10)
    record(visit, "Nộp hồ sơ tại nhà: các bước cần làm", 11)
    page = visit.page
    visit.go(f"{DESK}bao-cao/lap/")
    page.select_option("select[name=period]", f"{LAST_YEAR}-Q1")
    page.locator("main form button.act--main").click()
    page.wait_for_url(re.compile(r"/bao-cao/\d+/"))
    report = re.search(r"/bao-cao/(\d+)/", page.url)
    assert report
    issue(chromium, demo_server, report[1])
    visit.go(f"{DESK}cong-khai/")
    through(page.locator(f"a[href$='/cong-khai/{report[1]}/']"))
    assert "Chờ duyệt (1)" in page.locator("main").inner_text()
    through(page.get_by_role("button", name="Công khai báo cáo"))
    assert "Đã công khai." in page.locator(".messages").inner_text()
    there = page.get_by_role("link", name="Xem trang công khai").get_attribute("href")
    context.close()
    assert there
    assert visit.faults == [], demo_server.output
    return there


def record(visit: Visit, title: str, day: int) -> None:
    """Record two articles of last year's February at the desk."""
    page = visit.page
    visit.go(f"{DESK}so-theo-doi/ghi/website/")
    page.fill("input[name=title]", title)
    page.fill("input[name=happened_on]", f"{LAST_YEAR}-02-{day:02d}")
    page.fill("input[name=count_articles]", "2")
    page.get_by_role("button", name="Lưu vào sổ").click()
    page.get_by_text("Đã ghi vào sổ").first.wait_for()  # the script sends the line, then goes on to its page


def reading(chromium: Browser, server: Server, **how: Any) -> tuple[BrowserContext, Visit]:
    """Someone who reads, with that device."""
    context = chromium.new_context(locale="vi-VN", **how)
    return context, Visit(context.new_page(), server)


def figure_of(address: str) -> str:
    return f"{address}so-lieu/articles/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [PHONE, SCREEN], ids=["phone", "screen"])
def test_every_public_page_is_light_accessible_and_stays_in_the_house(
    chromium: Browser, demo_server: Server, address: str, device: dict[str, Any], scheme: str
) -> None:
    wrong = []
    for path in (address, figure_of(address), "/bao-cao/ben-truc/", "/tro-nang/", "/rieng-tu/"):
        context, visit = reading(chromium, demo_server, color_scheme=scheme, **device)
        weights: list[int] = []
        visit.page.on("requestfinished", lambda one, w=weights: w.append(one.sizes()["responseBodySize"]))
        visit.go(path)
        visit.page.wait_for_load_state("networkidle")
        assert 0 < sum(weights) < HEAVIEST, (path, weights)
        found = Axe().run(visit.page).response
        assert found["passes"], path
        wrong += [
            f"{path}: {fault['id']}: {node['html'][:160]}"
            for fault in found["violations"]
            for node in fault["nodes"]
        ]
        wide = visit.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        wrong += [f"{path}: {wide[0]} points wide"] if wide[0] > wide[1] else []
        wrong += visit.faults
        context.close()
    assert not wrong, "\n".join(wrong)


def test_a_figure_opens_beside_the_text_and_gives_the_focus_back(
    chromium: Browser, demo_server: Server, address: str
) -> None:
    context, visit = reading(chromium, demo_server, **SCREEN)
    page = visit.page
    visit.go(address)
    figure = page.locator("article a.figure").filter(has_text=re.compile("^4$")).first
    figure.click()
    panel = page.get_by_role("dialog")
    panel.wait_for()
    said = panel.inner_text()
    assert "4 tin, bài" in said
    assert "Nộp hồ sơ tại nhà: các bước cần làm" in said
    assert "Nguyễn Thị Lan" not in said
    assert urlsplit(page.url).path == address
    assert not [fault for fault in Axe().run(page).response["violations"] if fault["impact"] == "critical"]
    page.keyboard.press("Escape")
    assert panel.count() == 0
    assert figure.evaluate("one => one === document.activeElement")
    context.close()
    assert visit.faults == []


def test_without_script_a_figure_is_a_page_and_the_look_is_kept(
    chromium: Browser, demo_server: Server, address: str
) -> None:
    context, visit = reading(chromium, demo_server, java_script_enabled=False, **PHONE)
    page = visit.page
    visit.go(address)
    through(page.locator("article a.figure").filter(has_text=re.compile("^4$")).first)
    assert urlsplit(page.url).path == figure_of(address)
    assert "2 dòng sổ đã chốt khi phát hành" in page.locator("main").inner_text()
    for choice in ("Rất lớn", "Cao", "Tối"):
        through(page.get_by_role("button", name=choice))
        assert urlsplit(page.url).path == figure_of(address)
    kept = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
    assert [kept.get(name) for name in ("text", "contrast", "theme")] == ["130", "more", "dark"]
    through(page.get_by_role("link", name="Về chỗ này trong báo cáo"))
    assert urlsplit(page.url).path == address
    context.close()
    assert visit.faults == []


def test_large_text_and_the_highest_contrast_fit_a_phone(
    chromium: Browser, demo_server: Server, address: str
) -> None:
    context, visit = reading(chromium, demo_server, **PHONE)
    host = {"url": demo_server.address}
    context.add_cookies(
        [{"name": "text", "value": "130", **host}, {"name": "contrast", "value": "more", **host}]
    )
    visit.go(address)
    wide = visit.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]
    faults = [one["id"] for one in Axe().run(visit.page).response["violations"]]
    context.close()
    assert faults == []


def test_an_officers_word_changes_what_everyone_reads(
    chromium: Browser, demo_server: Server, address: str
) -> None:
    context, visit = reading(chromium, demo_server, **SCREEN)
    page = visit.page
    visit.go(figure_of(address))
    assert "Nguyễn Thị Lan" not in page.content()
    visit.sign_in("chu-tich")
    visit.go(f"{DESK}cong-khai/")
    through(page.locator("main table a").filter(has_text=f"quý I năm {LAST_YEAR}").first)
    row = page.locator("tbody tr").filter(has_text=NAMED)
    row.get_by_role("button", name=re.compile("^Giữ nguyên")).click()
    row.locator(".mark--done").wait_for()
    visit.go(figure_of(address))
    assert NAMED in page.locator("main").inner_text()
    context.close()
    assert visit.faults == []
