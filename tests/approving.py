"""A report goes to its number through the pages of the desk, as three people do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import Server, Visit, through

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPORTS = "/ban-lam-viec/bao-cao/"
SCREEN = {"viewport": {"width": 1366, "height": 768}}


def at_work(chromium: Browser, server: Server, who: str) -> Visit:
    """Somebody at a laptop, signed in."""
    visit = Visit(chromium.new_context(locale="vi-VN", **SCREEN).new_page(), server)
    visit.sign_in(who)
    return visit


def issue(chromium: Browser, server: Server, report: str) -> None:
    """The culture officer sends the draft, the clerk passes it, the chairwoman approves: it has its number."""
    steps = (("van-hoa", "Trình phụ trách xem"), ("van-phong", "Đã xem, trình duyệt"))
    for who, button in steps:
        visit = at_work(chromium, server, who)
        visit.go(f"{REPORTS}{report}/duyet/")
        through(visit.page.get_by_role("button", name=button))
        finish(visit)
    visit = at_work(chromium, server, "chu-tich")
    visit.go(f"{REPORTS}{report}/duyet/ky/")
    through(visit.page.get_by_role("button", name="Xác nhận duyệt và phát hành"))
    assert "Đã duyệt và phát hành báo cáo số" in visit.page.locator(".messages").inner_text()
    finish(visit)


def finish(visit: Visit) -> None:
    """Close the browser; nothing may have gone wrong in it."""
    visit.page.context.close()
    assert visit.faults == [], visit.server.output
