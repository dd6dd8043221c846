"""A reader hears an article that the machine has really read, in a real browser, with its words beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import Server
from tests.screens import PHONE, SCREEN, TOO_WIDE, barriers_in_the_dark, barriers_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

# The short one of what the commune shows: the voice reads it in a second.
SEED = """
import json
from django.utils import timezone
from dinhlang.broadcast.models import Voicing
from dinhlang.broadcast.voicing import actions as voicing
from dinhlang.portal.kept import refreshing
from dinhlang.portal.listening import actions as listening
from dinhlang.portal.models import Item, ItemSound
from dinhlang.portal.newsroom.addresses import path_inside
at = timezone.now()
item = Item.objects.filter(unit="ben-truc", kind="notice", shown__isnull=False).order_by("pk").first()
listening.ask(edition=item.shown, at=at)
sound = ItemSound.objects.get(edition=item.shown)
voicing.make(pk=sound.voicing_id)
sound.voicing.refresh_from_db()
refreshing.refresh()
print("told", json.dumps({"path": path_inside(item), "seconds": sound.voicing.seconds, "lines": len(sound.voicing.lines)}))
"""

# The browser itself finds out how long the file is, and plays it.
HEARD = """audio => new Promise((done, fail) => {
  audio.onerror = () => fail(audio.error.message);
  audio.ontimeupdate = () => audio.currentTime > 0.3 && done(audio.duration);
  audio.muted = true;
  audio.play().catch(fail);
})"""


def test_an_article_is_heard_and_its_words_stand_beside_it(chromium: Browser, demo_server: Server) -> None:
    done = demo_server.installation.run_anew("django", "shell", "--verbosity=0", "--command", SEED)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.split("told ")[1])
    context = chromium.new_context(locale="vi-VN", viewport=PHONE)
    page = context.new_page()
    page.goto(f"{demo_server.address}/ben-truc{told['path']}")
    listen = page.locator("figure.listen")
    assert "Nghe bài này" in listen.inner_text()
    assert listen.locator("audio").evaluate(HEARD) == pytest.approx(told["seconds"], abs=0.5)
    for size in (PHONE, SCREEN):
        page.set_viewport_size(size)
        assert not page.evaluate(TOO_WIDE)
        assert barriers_on(page) == []
    assert barriers_in_the_dark(page) == []
    beside = listen.get_by_role("link", name="Lời đọc theo giờ").get_attribute("href")
    words = page.request.get(f"{demo_server.address}{beside}").text()
    assert words.startswith("WEBVTT")
    assert words.count("-->") == told["lines"]
    context.close()
