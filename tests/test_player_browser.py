"""The player in a real browser: it airs what is stored through a dead line and a reload, tells it once, and stops what is
withdrawn in the middle of a word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from dinhlang import broadcast
from tests.conftest import PATIENCE, Server, wait_for
from tests.screens import PHONE, SCREEN, TOO_WIDE, barriers_in_the_dark, barriers_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

# A session that goes on now, with two short pieces and a long one.
SEED = """
import io, json, math, struct, wave
from django.utils import timezone
from dinhlang.broadcast import actions, queries
from dinhlang.broadcast.models import Programme, RunningItem, Session
from dinhlang.broadcast.players import actions as players
from dinhlang.broadcast.rules.words import Words
from dinhlang.org.models import Unit
at = timezone.now()
here = timezone.localtime(at)
unit = Unit.objects.get(pk="ben-truc")
device, secret = players.add_device(unit=unit, kind="player", name="Máy đài", by=None, at=at)
programme = Programme.objects.get(unit=unit, year=here.year, month=here.month)
session = Session.objects.create(
    programme=programme, name="Buổi thử máy", day=here.date(), starts=here.time(), minutes=15, special="thử máy"
)
for position, (title, seconds) in enumerate((("Tin thứ nhất", 3), ("Tin thứ hai", 12), ("Tin dài", 240))):
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        tone = [round(9000 * math.sin(n / (3 + position))) for n in range(8000 * seconds)]
        file.writeframes(struct.pack(f"<{len(tone)}h", *tone))
    made = actions.write_bulletin(unit=unit, words=Words(title, f"{title} của xã."), by=None, at=at)
    actions.attach_recording(bulletin=made, data=sound.getvalue(), seconds=seconds, by=None, at=at)
    actions.pass_on(bulletin=made, by=None, at=at)
    made.refresh_from_db()
    actions.approve(bulletin=made, seen=queries.digest_of(made, made.draft), by=None, at=at)
    made.refresh_from_db()
    RunningItem.objects.create(
        session=session, position=position + 1, bulletin=made, edition=made.approved, title=title, seconds=seconds
    )
print("told", json.dumps({"secret": secret, "bulletin": made.pk, "device": device.log_name}))
"""

ALARM = """
import io, json, math, struct, wave
from datetime import timedelta
from django.utils import timezone
from dinhlang.broadcast.emergency import actions, queries
from dinhlang.broadcast.emergency.rules import Told
from dinhlang.org.models import Unit
at = timezone.now()
unit = Unit.objects.get(pk="ben-truc")
sound = io.BytesIO()
with wave.open(sound, "wb") as file:
    file.setnchannels(1)
    file.setsampwidth(2)
    file.setframerate(8000)
    tone = [round(9000 * math.sin(n / 9)) for n in range(8000 * 3)]
    file.writeframes(struct.pack(f"<{len(tone)}h", *tone))
told = Told("test", "Thử loa", "Thử loa toàn xã", "Thử loa.", "cả xã", at + timedelta(hours=1), repeats=2)
made = actions.begin(unit, told, by=None, at=at)
made = actions.attach(emergency=made, data=sound.getvalue(), seconds=3, by=None, at=at)
made = actions.propose(emergency=made, by=None, at=at)
made = actions.issue(emergency=made, seen=queries.digest_of(made), by=None, at=timezone.now())
print("told", json.dumps(str(made.uid)))
"""

HEARD = """
import json
from django.utils import timezone
from dinhlang.broadcast.emergency import actions
from dinhlang.broadcast.models import AirLogEntry, EmergencyReceipt
actions.log_receipts(at=timezone.now())
rows = AirLogEntry.objects.filter(play={uid!r}).order_by("number")
print("told", json.dumps([sorted(one.fact for one in rows), EmergencyReceipt.objects.count()]))
"""

WITHDRAW = """
from django.utils import timezone
from dinhlang.broadcast import actions
from dinhlang.broadcast.models import Bulletin
actions.withdraw(bulletin=Bulletin.objects.get(pk={pk}), reason="Sai giờ họp", by=None, at=timezone.now())
"""

LOG = """
import json
from dinhlang.broadcast.models import AirLogEntry
rows = AirLogEntry.objects.filter(device={device!r}).order_by("sequence")
print("told", json.dumps([[one.fact, one.said["title"], one.said.get("note", "")] for one in rows]))
"""

# Three days of the player's own rules, in steps of five seconds; `make bench-voice` plays the same for more days.
THREE_DAYS = (Path(broadcast.__file__).parent / "players" / "tests" / "three_days.js").read_text("utf-8")

# What the player does with emergencies, and with a file that was cut short on its way.
ALARMS = """async () => {
  const alarms = await import("/static/broadcast/player-alarms.js");
  const store = await import("/static/broadcast/player-store.js");
  const one = (alarm, media = alarm) => ({ alarm, media, expires_at: "2026-11-01T12:00:00Z" });
  const told = { alarms: [one("a"), one("b")], ended: [{ alarm: "x", why: "cancelled" }] };
  const now = Date.parse("2026-11-01T11:00:00Z"), late = Date.parse("2026-11-01T13:00:00Z");
  const next = (plays, stored, at = now) => alarms.next({ told, plays, stored: new Set(stored), now: at })?.alarm ?? "";
  const stop = (current, first, at = now) => alarms.stopWhy({ told, current: one(current), first: first && one(first), now: at });
  const whole = new Blob(["sound"]), digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await whole.arrayBuffer()));
  const hash = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [
    next({}, ["a", "b"]), next({}, ["b"]), next({ a: { state: "aired" } }, ["a", "b"]), next({}, ["a"], late), next({}, []),
    stop("a", "a"), stop("x", "a"), stop("gone", "a"), stop("a", "a", late), stop("b", "a"), stop("a", "b"),
    String(await store.keepSound(hash, whole.slice(0, 3))), String(await store.keepSound(hash, whole)),
  ];
}"""


def shell(server: Server, code: str) -> Any:
    done = server.installation.run_anew("django", "shell", "--verbosity=0", "--command", code)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.split("told ")[1]) if "told " in done.stdout else None


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A browser of the PC at the amplifier."""
    context = chromium.new_context(locale="vi-VN", viewport=SCREEN)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert faults == []


def shown(page: Page, place: str) -> str:
    return page.locator(f"#{place}").inner_text()


def test_three_days_with_power_cuts_and_dead_lines_leave_no_play_unnamed(
    demo_server: Server, page: Page
) -> None:
    page.goto(f"{demo_server.address}/may-phat/")
    expect(page.locator("#bao")).to_contain_text("chưa có khóa")
    found = page.evaluate(THREE_DAYS, 7)
    assert (found["late"], found["doubled"], found["unnamed"]) == ([], 0, [])
    assert found["plays"] == 206
    assert found["aired"] > 100
    assert {"off", "unstored", "withdrawn"} <= set(found["whys"])
    assert page.evaluate(ALARMS) == [
        "a", "b", "b", "", "",
        "", "cancelled", "gone", "expired", "graver", "",
        "false", "true",
    ]  # fmt: skip


def test_it_airs_through_a_dead_line_and_a_reload_tells_it_once_and_stops_what_is_withdrawn(
    demo_server: Server, page: Page
) -> None:
    told = shell(demo_server, SEED)
    page.goto(f"{demo_server.address}/may-phat/#{told['secret']}")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => undefined)")
    wait_for(lambda: shown(page, "tep") == "3/3", PATIENCE)
    assert page.url == f"{demo_server.address}/may-phat/"
    page.context.set_offline(True)
    page.reload()
    wait_for(lambda: shown(page, "dang-phat") == "Tin dài", PATIENCE)
    assert shown(page, "dang-phat") == "Tin dài"
    assert shown(page, "mang") == "Mất mạng, phát theo lịch đã lưu"
    assert int(shown(page, "cho-gui")) >= 1
    assert not page.get_by_role("button", name="Bật âm thanh").is_visible()
    for screen in (PHONE, SCREEN):
        page.set_viewport_size(screen)
        assert page.evaluate(TOO_WIDE) == []
    assert barriers_on(page) + barriers_in_the_dark(page) == []

    page.context.set_offline(False)
    wait_for(lambda: shown(page, "cho-gui") == "0", PATIENCE)
    alarm = shell(demo_server, ALARM)
    wait_for(lambda: shown(page, "dang-phat").startswith("Thử hệ thống – Báo động"), PATIENCE)
    assert shown(page, "dang-phat") == "Thử hệ thống – Báo động: Thử loa toàn xã"
    # What was interrupted begins anew.
    wait_for(lambda: shown(page, "dang-phat") == "Tin dài", PATIENCE)
    wait_for(lambda: shown(page, "cho-gui") == "0", PATIENCE)
    assert shell(demo_server, HEARD.format(uid=alarm)) == [["aired", "planned", "sent"], 1]
    shell(demo_server, WITHDRAW.format(pk=told["bulletin"]))
    wait_for(lambda: shown(page, "dang-phat") == "Không phát gì", PATIENCE)
    assert shown(page, "dang-phat") == "Không phát gì"
    wait_for(lambda: shown(page, "cho-gui") == "0", PATIENCE)
    rows = shell(demo_server, LOG.format(device=told["device"]))
    rows = [row for row in rows if "Thử loa" not in row[1]]
    aired = [title for fact, title, _note in rows if fact == "aired"]
    assert aired == ["Tin thứ nhất", "Tin thứ hai"]
    assert [title for fact, title, _note in rows if fact == "sent"] == [
        "Tin thứ nhất",
        "Tin thứ hai",
        "Tin dài",
    ]
    missed = [(title, note) for fact, title, note in rows if fact == "missed"]
    assert missed == [("Tin dài", "dừng giữa chừng: bản tin đã gỡ")]
