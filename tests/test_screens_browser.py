"""Every screen of each role: Vietnamese throughout, usable by everyone, nothing wider than the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import Server, Visit
from tests.screens import (
    PHONE,
    SCREEN,
    TOO_WIDE,
    Walk,
    barriers_in_the_dark,
    barriers_on,
    english,
    english_on,
    too_wide_at_twice_the_text,
)

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
# Each kind of page is held against axe once on a phone by day and once on a screen by night.
_LOOKED_AT: set[tuple[str, str]] = set()


@pytest.mark.parametrize("who", ROLES)
def test_every_screen_of_a_role_on_the_phone(chromium: Browser, demo_server: Server, who: str) -> None:
    wrong, seen = walked(chromium, demo_server, who, "phone")
    assert seen >= ROLES[who]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", ["van-phong", "quan-tri"])
def test_every_screen_of_a_role_on_a_screen_in_the_dark(
    chromium: Browser, demo_server: Server, who: str
) -> None:
    wrong, seen = walked(chromium, demo_server, who, "screen")
    assert seen >= ROLES[who]
    assert not wrong, "\n".join(wrong)


def walked(chromium: Browser, server: Server, who: str, device: str) -> tuple[list[str], int]:
    """What is wrong on the pages that this person reaches, and how many kinds there are."""
    context = chromium.new_context(
        locale="vi-VN",
        viewport=PHONE if device == "phone" else SCREEN,
        color_scheme="light" if device == "phone" else "dark",
        reduced_motion="reduce",
    )
    visit = Visit(context.new_page(), server)
    visit.sign_in(who)
    walk, wrong = Walk(visit.page, server), []
    for path in walk:
        faults = [f"too wide: {one}" for one in visit.page.evaluate(TOO_WIDE)]
        faults += [f"English: {one}" for one in english_on(visit.page)]
        if (device, walk.kind(path)) not in _LOOKED_AT:
            _LOOKED_AT.add((device, walk.kind(path)))
            faults += barriers_on(visit.page)
            if device == "phone":
                faults += too_wide_at_twice_the_text(visit.page)
                faults += barriers_in_the_dark(visit.page)
        wrong += [f"{path}: {fault}" for fault in faults]
    context.close()
    return wrong + visit.faults, len(walk.seen)


def test_the_catalogues_are_read() -> None:
    assert {"log out", "toggle sidebar", "skip to main content", "forbidden"} <= english()
