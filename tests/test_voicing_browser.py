"""A bulletin recorded in a real browser with a microphone that beeps, trimmed, sent and looked into; then read by a voice."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest

from tests.conftest import PATIENCE, Server, Visit, through, wait_for
from tests.screens import PHONE, SCREEN, TOO_WIDE, barriers_in_the_dark, barriers_on

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# A script that does not fit the screen, so that it has to scroll.
SEED = """
from django.utils import timezone
from dinhlang.broadcast import actions
from dinhlang.broadcast.rules.words import Words
from dinhlang.org.models import Unit
script = "\\n".join(f"Câu thứ {n} của bản tin thử, bà con nghe rõ trả lời." for n in range(1, 40))
made = actions.write_bulletin(
    unit=Unit.objects.get(pk="ben-truc"), words=Words("Tin thu thử", script), by=None, at=timezone.now())
print("told", made.pk)
"""

MADE = """
import json
from dinhlang.broadcast.models import Voicing
row = Voicing.objects.filter(edition__bulletin={pk}).first()
edition = row.edition
print("told", json.dumps([row.source, row.state, row.seconds, row.loudness, row.starts, row.ends,
    row.raw.size if row.raw else 0, edition.recording_id == row.mp3_id, edition.recording_seconds, len(row.lines)]))
"""


def shell(server: Server, code: str) -> Any:
    done = server.installation.run_anew("django", "shell", "--verbosity=0", "--command", code)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.split("told ")[1])


def shown(page: Page, place: str) -> str:
    return page.locator(f"#{place}").inner_text()


def heard(page: Page) -> np.ndarray:
    """The samples of the MP3 file that the page plays, 24 000 a second."""
    address = page.locator("#am-thanh audio").get_attribute("src")
    answer = page.request.get(f"{page.url.split('/ban-lam-viec')[0]}{address}")
    assert answer.headers["content-type"] == "audio/mpeg"
    with av.open(io.BytesIO(answer.body())) as file:
        parts = [frame.to_ndarray().reshape(-1) for frame in file.decode(audio=0)]
    return np.concatenate(parts)


def until_heard(page: Page) -> None:
    """Until the worker has made the sound; the page looks by itself."""
    page.locator("#am-thanh audio").wait_for(timeout=60_000)


def test_a_bulletin_is_recorded_trimmed_by_keys_and_played_and_then_read_by_a_voice(visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size(PHONE)
    pk = shell(visit.server, SEED)
    visit.sign_in("truyen-thanh")
    visit.go(f"/ban-lam-viec/phat-thanh/{pk}/")
    through(page.get_by_role("link", name="Thu âm"))
    page.get_by_role("button", name="Bắt đầu thu").press("Enter")
    wait_for(lambda: shown(page, "dong-ho") >= "0:03", PATIENCE)
    assert shown(page, "bao") == "Đang thu."
    assert page.evaluate("() => document.getElementById('loi-cuon').scrollTop") > 0
    page.get_by_role("button", name="Tạm dừng").press("Enter")
    held = shown(page, "dong-ho")
    assert shown(page, "bao") == "Tạm dừng."
    page.get_by_role("button", name="Thu tiếp").press("Enter")
    wait_for(lambda: shown(page, "dong-ho") >= "0:05", PATIENCE)
    assert shown(page, "dong-ho") > held
    page.get_by_role("button", name="Dừng", exact=True).press("Enter")
    page.locator("#nghe-lai").wait_for(timeout=60_000)
    for screen in (PHONE, SCREEN):
        page.set_viewport_size(screen)
        assert page.evaluate(TOO_WIDE) == []
    assert barriers_on(page) + barriers_in_the_dark(page) == []

    for _step in range(10):
        page.locator("#dau").press("ArrowRight")
    for _step in range(5):
        page.locator("#cuoi").press("ArrowLeft")
    assert shown(page, "dau-chu") == "0:01,0"
    page.get_by_role("button", name="Nghe phần giữ lại").press("Enter")
    page.get_by_role("button", name="Thôi nghe").press("Enter")
    kept = page.evaluate("() => document.getElementById('cuoi').value - document.getElementById('dau').value")
    page.get_by_role("textbox", name="Người đọc").fill("Lê Thị Hạnh")
    through(page.get_by_role("button", name="Lưu bản thu"))
    until_heard(page)
    source, state, seconds, loudness, starts, ends, size, is_laid, laid, lines = shell(
        visit.server, MADE.format(pk=pk)
    )
    assert (source, state, starts, is_laid, laid, lines) == ("person", "done", 1.0, True, round(seconds), 39)
    assert size > 1000
    assert ends - starts == pytest.approx(kept, abs=0.06)
    assert seconds == pytest.approx(kept, abs=0.1)
    # So few and so short beeps cannot be made as loud as speech without passing the ceiling.
    assert -24 < loudness < -14
    samples = heard(page)
    assert len(samples) / 24_000 == pytest.approx(seconds, abs=0.15)
    # It beeps, and between two beeps it is quiet.
    assert np.abs(samples).max() > 0.1
    assert np.median(np.abs(samples)) < 0.05
    assert "Lê Thị Hạnh" in page.locator("#am-thanh").inner_text()

    through(page.get_by_role("button", name="Bỏ bản ghi âm"))
    page.get_by_role("combobox", name="Giọng đọc").select_option(label="Giọng máy miền Nam")
    through(page.get_by_role("button", name="Đọc lời này"))
    until_heard(page)
    assert "Giọng máy miền Nam" in page.locator("#am-thanh").inner_text()
    assert 60 < len(heard(page)) / 24_000 < 240
    assert visit.faults == []
