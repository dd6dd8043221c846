"""The web desk in a real browser: people of the demo commune sign in and look around."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("username", ["chu-tich", "van-hoa", "van-phong", "so-noi-vu"])
def test_people_of_the_demo_sign_in_to_a_vietnamese_desk(visit: Visit, username: str) -> None:
    visit.sign_in_at_the_door(username)
    assert visit.page.url.startswith(f"{visit.server.address}/ban-lam-viec/")
    assert visit.page.locator("html").get_attribute("lang") == "vi"


def test_wrong_passphrase_is_refused_in_vietnamese(visit: Visit) -> None:
    visit.go("/dang-nhap/")
    visit.page.fill("input[name=login]", "van-hoa")
    visit.page.fill("input[name=password]", "khong-phai-mat-khau")
    visit.page.click("button[type=submit]")
    assert "/dang-nhap/" in visit.page.url
    assert re.search(r"không|chưa", visit.page.locator("main").inner_text(), re.IGNORECASE)


def test_stranger_is_asked_to_sign_in_and_signing_out_ends_the_visit(visit: Visit) -> None:
    visit.go("/ban-lam-viec/")
    assert "/dang-nhap/" in visit.page.url
    visit.sign_in_at_the_door("van-hoa")
    visit.page.context.clear_cookies()
    visit.go("/ban-lam-viec/")
    assert "/dang-nhap/" in visit.page.url
