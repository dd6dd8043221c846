"""Every screen of each role on a phone: Vietnamese throughout, usable by everyone, nothing too wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import Server
from tests.screens import barriers_in_the_dark, english
from tests.walking import walked

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

# The fewest kinds of pages that each of the cast reaches by links alone.
ROLES = {
    "van-phong": 30,
    "van-hoa": 30,
    "quan-tri": 20,
    "chu-tich": 20,
    "truyen-thanh": 12,
    "mot-cua": 12,
    "truong-thon": 12,
    "cong-tac-vien": 12,
    "ben-dua": 10,
    "so-noi-vu": 12,
}


@pytest.mark.parametrize("who", ROLES)
def test_every_screen_of_a_role_on_the_phone(chromium: Browser, demo_server: Server, who: str) -> None:
    wrong, seen = walked(chromium, demo_server, who, "phone")
    assert seen >= ROLES[who]
    assert not wrong, "\n".join(wrong)


def test_the_catalogues_are_read() -> None:
    assert {"log out", "skip to main content", "forbidden"} <= english()


def test_what_cannot_be_read_by_night_is_found_beside_what_was_read_before(chromium: Browser) -> None:
    page = chromium.new_page()
    found = []
    for ground in ("#222", "#222", "#ddd", "#222"):
        page.set_content(
            "<style>.box {background: #fff} @media (prefers-color-scheme: dark) {body {background: #111; color: #eee}"
            f".box {{background: {ground}}}}}</style><main><div class='box'><p>Chữ trong khung</p></div></main>"
        )
        found.append(barriers_in_the_dark(page))
    page.close()
    assert [bool(one) for one in found] == [False, False, True, False]
    assert "Chữ trong khung" in found[2][0]
