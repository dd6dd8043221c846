"""A walk of one person over every kind of page, and what is wrong there. Two files walk, so that two processors may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import Server, Visit
from tests.screens import (
    PHONE,
    SCREEN,
    TOO_WIDE,
    Walk,
    barriers_in_the_dark,
    barriers_on,
    english_on,
    too_wide_at_twice_the_text,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Each kind of page is held against axe once on a phone by day and once on a screen by night.
_LOOKED_AT: set[tuple[str, str]] = set()


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
