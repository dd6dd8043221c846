"""How quickly the desk answers, and how light it is on a phone.

`python -m benchmarks.bench_desk` works on data folders of its own and throws them away. One commune holds 50 000 lines
of the ledger, 199 others 250 each; a culture officer of the large one asks. It prints a table and, as its last line,
one JSON object:

- `desk_…_ms`, `search_…_ms`, `editor_…_ms`: 95th percentile of the server's time for the first page, a search in the
  ledger without marks, and the page of a draft, on SQLite and on PostgreSQL;
- `first_load_kb`: all that Chromium receives to show the first page with an empty cache;
- `record_3g_s`: from the tap on "Lưu" to the acknowledgement on a phone with 400 kbit/s and 400 ms.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
GOALS = {
    "desk_sqlite_ms": 80.0,
    "search_sqlite_ms": 100.0,
    "editor_sqlite_ms": 200.0,
    "desk_postgresql_ms": 80.0,
    "search_postgresql_ms": 100.0,
    "editor_postgresql_ms": 200.0,
    "first_load_kb": 300.0,
    "record_3g_s": 3.0,
}
LINES, COMMUNES, LINES_EACH = 50_000, 200, 250
ROUNDS, WARM_UP = 60, 5
WORDS = ("hop thon dinh", "ban tin", "truc tuyen", "dich vu cong 77", "huong dan nop", "khong co gi")
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}


# --- the server's time ----------------------------------------------------------------------------


def server_times() -> dict[str, float]:
    """Milliseconds of the three screens on the database of this process's environment."""
    from dinhlang.config import start

    start.ready()
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS.append("testserver")
    clerk, draft = _filled()
    client = Client()
    client.force_login(clerk)
    start.settle()  # as the process does that serves pages
    pages: dict[str, Iterator[str]] = {
        "desk": _same("/ban-lam-viec/"),
        "search": (f"/ban-lam-viec/so-theo-doi/?q={word.replace(' ', '+')}" for word in _around(WORDS)),
        "editor": _same(f"/ban-lam-viec/bao-cao/{draft}/"),
    }
    took: dict[str, list[float]] = {name: [] for name in pages}
    for number in range(WARM_UP + ROUNDS):
        # Taking turns, so that a busy moment of the machine strikes every screen.
        for name, addresses in pages.items():
            seconds = _seconds(client.get, next(addresses))
            if number >= WARM_UP:
                took[name].append(seconds * 1000)
    return {name: statistics.quantiles(times, n=20)[-1] for name, times in took.items()}


def _filled() -> tuple[Any, int]:
    """The officer who asks and the number of the draft they open."""
    from django.db import connection
    from django.utils import timezone

    from benchmarks import ledgers
    from dinhlang.org.models import Person, Position, Unit
    from dinhlang.org.rules import Role
    from dinhlang.periods.identifier import Period
    from dinhlang.reports.actions import draft_report

    at = timezone.now()
    year = timezone.localdate(at).year
    units = list(
        Unit.objects.filter(level=Unit.Level.COMMUNE, ends_on=None)
        .exclude(is_demo=True)
        .order_by("pk")[:COMMUNES]
    )
    for unit in units[1:]:
        ledgers.fill(unit, LINES_EACH, year, at)
    ledgers.fill(units[0], LINES, year, at)
    clerk = Person.objects.create(username="nguoi-do", full_name="Đỗ Thị Đo Lường")
    Position.objects.create(
        person=clerk, unit=units[0], role=Role.CULTURE_OFFICER, title="Công chức văn hóa – xã hội"
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself in the minutes after so many new rows
    return clerk, draft_report(unit=units[0], period=Period(year), by=clerk, at=at).pk


def _same(address: str) -> Iterator[str]:
    while True:
        yield address


def _around(words: tuple[str, ...]) -> Iterator[str]:
    while True:
        yield from words


def _seconds(ask: Callable[[str], Any], address: str) -> float:
    began = time.perf_counter()
    answer = ask(address)
    took = time.perf_counter() - began
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return took


def _on(folder: Path, database: str = "") -> dict[str, float]:
    """`server_times` in a process of its own."""
    folder.mkdir()
    own = {"DINHLANG_DATA": str(folder), "DATABASE_URL": database, "DINHLANG_DEMO": "0"}
    found = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench_desk", "server"],
        env={**os.environ, **own},
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    return dict(json.loads(found.stdout))


# --- in the browser -------------------------------------------------------------------------------


def browser_figures(folder: Path) -> dict[str, float]:
    """The weight of the first page and the time of one act on a slow line, in Chromium on the demonstration."""
    from playwright.sync_api import sync_playwright
    from tests.conftest import Installation, Server, free_port

    folder.mkdir()
    server = Server(Installation(folder / "var", free_port()))
    try:
        server.wait_until_ready(300)
        flags = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
            try:
                return {
                    "first_load_kb": _first_load(browser, server),
                    "record_3g_s": statistics.median(_record_slowly(browser, server) for _ in range(3)),
                }
            finally:
                browser.close()
    finally:
        server.stop()


def _signed_in(browser: Browser, server: Any) -> Page:
    from tests.conftest import Visit

    page = browser.new_context(locale="vi-VN", viewport={"width": 360, "height": 740}).new_page()
    Visit(page, server).sign_in("van-hoa")
    return page


def _first_load(browser: Browser, server: Any) -> float:
    """Kilobytes (1 000) over the line for the first page, the cache empty."""
    page = _signed_in(browser, server)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.clearBrowserCache")
    received: list[float] = []
    line.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(f"{server.address}/ban-lam-viec/", wait_until="networkidle")
    page.context.close()
    return sum(received) / 1000


def _record_slowly(browser: Browser, server: Any) -> float:
    page = _signed_in(browser, server)
    page.goto(f"{server.address}/ban-lam-viec/so-theo-doi/ghi/meeting/", wait_until="networkidle")
    page.fill("input[name=title]", f"Họp thôn Soi lúc {time.time()}")
    page.fill("input[name=count_meetings]", "1")
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_3G)
    began = time.perf_counter()
    page.get_by_role("button", name=re.compile("^Lưu")).first.click()
    page.get_by_text("Đã ghi vào sổ").first.wait_for(timeout=30_000)
    took = time.perf_counter() - began
    page.context.close()
    return took


def measure() -> dict[str, float]:
    """All the numbers, in the order of `GOALS`; those of PostgreSQL only where it is installed."""
    sys.path.insert(0, str(ROOT / "scripts"))
    import temporary_postgresql

    folder = Path(tempfile.mkdtemp(prefix="dinhlang-bench-"))
    try:
        with ExitStack() as stack:
            numbers = {f"{name}_sqlite_ms": value for name, value in _on(folder / "sqlite").items()}
            if temporary_postgresql.programs() is not None:
                address = stack.enter_context(temporary_postgresql.running())
                found = _on(folder / "postgresql", address)
                numbers |= {f"{name}_postgresql_ms": value for name, value in found.items()}
            numbers |= browser_figures(folder / "browser")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {name: round(numbers[name], 3) for name in GOALS if name in numbers}


def main() -> None:
    """Prints the table and the JSON line."""
    if sys.argv[1:] == ["server"]:
        print(json.dumps(server_times()))
        return
    numbers = measure()
    for name, value in numbers.items():
        print(
            f"{name:22} {value:10.3f}   goal ≤ {GOALS[name]:<6g} {'met' if value <= GOALS[name] else 'MISSED'}"
        )
    print(json.dumps(numbers))


if __name__ == "__main__":
    main()
