"""The web player through 72 hours, again and again: power cuts, dead lines, plays withdrawn while they air.

In Chromium, with the rules of the player as they are shipped; the clock, the store and the server are played
(`broadcast/players/tests/three_days.js`), so that three days take a second. The player itself in a browser, with its store,
a dead line and a reload is tested in `tests/test_player_browser.py`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Page, Route, sync_playwright

from dinhlang import broadcast

TIMES = 10
GOALS = {"player_unnamed": ("≤", 0.0), "player_doubled": ("≤", 0.0), "player_withdrawn_begun": ("≤", 0.0)}
_HOME = Path(broadcast.__file__).parent
_HOST = "http://player.invalid"


def figures() -> dict[str, float]:
    """Sums over all times: plays that were to air, aired, named as missed, and what should not be."""
    script = (_HOME / "players" / "tests" / "three_days.js").read_text("utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        _serve(page)
        found = [page.evaluate(script, seed) for seed in range(1, TIMES + 1)]
        browser.close()
    return {
        "player_hours": 72.0 * TIMES,
        "player_slots": _sum(found, "slots"),
        "player_power_cuts": _sum(found, "offs"),
        "player_dead_lines": _sum(found, "cuts"),
        "player_plays": _sum(found, "plays"),
        "player_aired": _sum(found, "aired"),
        "player_named_as_missed": _sum(found, "missed"),
        "player_unnamed": float(sum(len(one["unnamed"]) for one in found)),
        "player_doubled": _sum(found, "doubled"),
        "player_withdrawn_begun": float(sum(len(one["late"]) for one in found)),
    }


def _sum(found: list[dict[str, int]], name: str) -> float:
    return float(sum(one[name] for one in found))


def _serve(page: Page) -> None:
    """An empty page that may load the scripts of the player, without a server."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(_HOST)
        file = _HOME / path.lstrip("/")
        if path.startswith("/static/broadcast/player") and file.suffix == ".js":
            route.fulfill(body=file.read_text("utf-8"), content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    page.route("**/*", answer)
    page.goto(f"{_HOST}/")
