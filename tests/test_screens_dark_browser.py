"""Every screen of two roles on a wide screen by night."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import Server
from tests.walking import walked

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ROLES = {"van-phong": 30, "quan-tri": 20}


@pytest.mark.parametrize("who", ROLES)
def test_every_screen_of_a_role_on_a_screen_in_the_dark(
    chromium: Browser, demo_server: Server, who: str
) -> None:
    wrong, seen = walked(chromium, demo_server, who, "screen")
    assert seen >= ROLES[who]
    assert not wrong, "\n".join(wrong)
