"""How quickly public pages are served, and how light they are.

`python -m benchmarks.bench_portal` works on a data folder of its own and throws it away. It needs nginx and wrk
(Debian: nginx-light, wrk). The same page is asked of the embedded server, of nginx with the configuration that ships
(docs/nginx.conf), and a plain file of the same size of nginx as it comes; the three are visited in turn in each round.
It prints a table and, as its last line, one JSON object:

- `nginx_to_plain`: a kept page through nginx against the plain file, in requests a second (medians of the rounds);
- `embedded_per_s`, `embedded_cpu_us`: the embedded server's requests a second, and its processor time for one;
- `kept_to_…`, `list_to_…`, `narrow_to_…`, `broad_to_…`: kept pages, and pages computed for the first time, beside WordPress
  and Wagtail (`beside`); `…_again_…` the same once they are remembered; `…_cpu_us` our processor time for one first time;
- `first_view_kb`: all that a browser without a cache receives for the home page, compressed;
- `publish_ms`: from the call that opens a report to all until its kept pages say so;
- `visible_10k_ms`: with 10,000 items on the site, from the call that puts up one more until the server shows it on its
  own page, its column's, the home page, all news and the feeds (`many_items`); `_max_ms` the slowest after the first,
  `_rebuild_ms` while all pages of the site are rendered anew, `map_10k_ms` until the map for search engines names it.

`--quick` leaves out the peers and the 10,000 items, `--visible` measures the 10,000 items alone, `--rounds NUMBER` goes round less or more often, `--search NUMBER` (once
or more) also measures search over so many documents (`bench_search`).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks import bench_search, beside

ROOT = Path(__file__).resolve().parent.parent
GOALS = {
    **beside.GOALS,
    "nginx_to_plain": (0.9, True),
    "first_view_kb": (150.0, False),
    "publish_ms": (1000.0, False),
    "visible_10k_ms": (1000.0, False),
}
ROUNDS, SECONDS = 5, 2
PAGE = "/ben-truc/lien-he/"


@contextmanager
def embedded(folder: Path) -> Iterator[tuple[int, int]]:
    """A server with the demonstration; its port and the number of its web process."""
    sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
    from tests.conftest import Installation, Server, free_port, wait_for

    server = Server(Installation(folder / "var", free_port()))
    try:
        server.wait_until_ready(300)
        # The demonstration comes after the server: its pages are kept once all of them are rendered.
        last = folder / "var/kept/pages/_/ben-truc/van-ban/index.html"
        wait_for(last.exists, 300)
        assert last.exists(), server.output
        time.sleep(5)
        yield server.installation.port, server.children()["web"]
    finally:
        server.stop()


@contextmanager
def nginx(folder: Path, application: int) -> Iterator[tuple[int, int]]:
    """nginx with our configuration, and beside it a plain file of the page's size; the two ports."""
    from tests.conftest import free_port, wait_for

    ours, plain = free_port(), free_port()
    configuration = (ROOT / "docs/nginx.conf").read_text("utf-8")
    for was, now in (
        ("127.0.0.1:8000", f"127.0.0.1:{application}"),
        ("listen 80;", f"listen 127.0.0.1:{ours} default_server;"),
        ("/var/lib/dinhlang", str(folder / "var")),
    ):
        configuration = configuration.replace(was, now)
    page = (folder / "var/kept/pages/_" / PAGE.strip("/") / "index.html").read_bytes()
    (folder / "plain").mkdir()
    (folder / "plain/page.html").write_bytes(page)
    (folder / "nginx.conf").write_text(
        f"user root; daemon off; worker_processes 2; pid {folder}/pid; events {{}} http {{ access_log off;"
        f" server {{ listen 127.0.0.1:{plain}; root {folder}/plain; sendfile on; tcp_nopush on; }} {configuration} }}"
    )
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/bin") or "nginx"
    started = subprocess.Popen([program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")])
    try:
        wait_for(lambda: _answers(ours), 20)
        yield ours, plain
    finally:
        started.terminate()
        started.wait(timeout=10)


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}{PAGE}", timeout=5).close()
    except OSError:
        return False
    return True


def rate(urls: Sequence[str], unasked: str = "") -> float:
    """Requests a second over these addresses in turn, by wrk: one thread, eight connections.

    `unasked` is put behind each address with a number, another one each time. Raises when any answer was an error.
    """
    with tempfile.TemporaryDirectory() as made:
        script = Path(made) / "addresses.lua"
        paths = ", ".join(json.dumps(url.partition("://")[2].partition("/")[2]) for url in urls)
        more = f"{json.dumps(unasked)} .. n" if unasked else '""'
        script.write_text(
            f"local paths = {{ {paths} }}\nlocal n = {time.time_ns() // 1000}\n"
            f'request = function() n = n + 1; return wrk.format("GET", "/" .. paths[n % #paths + 1] .. {more}) end\n',
            "utf-8",
        )
        said = subprocess.run(
            ["wrk", "-t1", "-c8", f"-d{SECONDS}s", *(["-s", str(script)] if len(urls) > 1 else []), urls[0]],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    assert "Non-2xx" not in said, said
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found, said
    return float(found[1])


def cpu_seconds(process: int) -> float:
    """Processor time of a process so far."""
    parts = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def first_view(port: int) -> float:
    """Kilobytes of the home page with all that it loads, as they are sent."""
    base = f"http://127.0.0.1:{port}"

    def received(address: str) -> bytes:
        asked = urllib.request.Request(base + address, headers={"Accept-Encoding": "gzip"})  # noqa: S310
        with urllib.request.urlopen(asked) as answer:  # noqa: S310
            return bytes(answer.read())

    home = received("/ben-truc/")
    text = gzip.decompress(home).decode() if home[:2] == b"\x1f\x8b" else home.decode()
    loaded = set(
        re.findall(r'<(?:link rel="(?:stylesheet|icon)" href|img[^>]* src|script[^>]* src)="([^"]+)"', text)
    )
    assert len(loaded) > 2
    return (len(home) + sum(len(received(one)) for one in loaded)) / 1024


def publishing(folder: Path) -> float:
    """Milliseconds from opening a report until its pages show it, in a process of its own."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench_portal", "--publish"],
        env={**os.environ, "DINHLANG_DATA": str(folder / "var")},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return float(told)


def publish() -> float:
    """Close and open the demonstration's report again; the time of the second."""
    from dinhlang.config import start

    start.ready()
    from django.utils import timezone

    from dinhlang.portal.kept import refreshing
    from dinhlang.portal.kept.store import OWN, Target
    from dinhlang.portal.models import Publication
    from dinhlang.portal.public.actions import publish_report, withdraw_report

    publication = Publication.objects.select_related("report").get()
    list_page = Target(OWN, "/ben-truc/van-ban/")
    times = []
    for _ in range(ROUNDS):
        withdraw_report(publication=publication, reason="Đo tốc độ", by=None, at=timezone.now())
        refreshing.refresh()
        started = time.perf_counter()
        publish_report(report=publication.report, by=None, at=timezone.now(), is_read=True)
        took = time.perf_counter() - started
        said = refreshing.store().file_of(list_page).read_text("utf-8")
        assert publication.report.subject in said
        times.append(took * 1000)
        publication.refresh_from_db()
    return statistics.median(times)


def visible(folder: Path, port: int) -> dict[str, float]:
    """How soon a new item of a site with 10,000 is seen: while nothing else happens, and during a rebuild."""
    print(f"load {os.getloadavg()[0]:.1f} before 10,000 items")
    _many_items(folder, "fill")
    # The first round also loads what a fresh process needs; a server that runs has it already.
    quiet = json.loads(_many_items(folder, "publish", str(port)))[1:]
    # The mark of a finished rebuild: without it the worker begins one.
    (folder / "var/kept/version").unlink()
    time.sleep(5)
    busy = json.loads(_many_items(folder, "publish", str(port), "--no-map"))[1:]
    assert not (folder / "var/kept/version").exists(), "the rebuild was over before the items were up"
    return {
        "visible_10k_ms": statistics.median(one["all"] for one in quiet),
        "visible_10k_max_ms": max(one["all"] for one in quiet),
        "visible_10k_rebuild_ms": statistics.median(one["all"] for one in busy),
        "map_10k_ms": statistics.median(one["map"] for one in quiet),
    }


def _many_items(folder: Path, *command: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.many_items", *command],
        env={**os.environ, "DINHLANG_DATA": str(folder / "var")},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def measure(*, rounds: int, is_quick: bool) -> dict[str, float]:
    """All the numbers, or without those that need peers and many items."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with embedded(folder) as (port, process), nginx(folder, port) as (ours, plain):
            urls = {
                "embedded": f"http://127.0.0.1:{port}{PAGE}",
                "nginx": f"http://127.0.0.1:{ours}{PAGE}",
                "plain": f"http://127.0.0.1:{plain}/page.html",
            }
            rates: dict[str, list[float]] = {name: [] for name in urls}
            used = 0.0
            for _ in range(rounds):
                for name, url in urls.items():
                    before = cpu_seconds(process)
                    rates[name].append(rate([url]))
                    used += cpu_seconds(process) - before if name == "embedded" else 0
            size = first_view(port)
            took = publishing(folder)
            seen: dict[str, float] = {}
            if not is_quick:
                environment = {**os.environ, "DINHLANG_DATA": str(folder / "var")}
                seen = beside.measured(folder, port, environment, rate, lambda: cpu_seconds(process), rounds)
                seen |= visible(folder, port)
        for name, found in rates.items():
            print(f"{name:10} {statistics.median(found):10.0f} req/s  ({min(found):.0f}–{max(found):.0f})")
        median = {name: statistics.median(found) for name, found in rates.items()}
        return {
            "nginx_to_plain": median["nginx"] / median["plain"],
            "embedded_per_s": median["embedded"],
            "embedded_cpu_us": used / (sum(rates["embedded"]) * SECONDS) * 1e6,
            "first_view_kb": size,
            "publish_ms": took,
            **seen,
        }


def measure_visible() -> dict[str, float]:
    """How soon a new item among many is seen, and nothing else."""
    with tempfile.TemporaryDirectory() as made, embedded(Path(made)) as (port, _):
        return visible(Path(made), port)


def goal_of(name: str) -> tuple[float, bool] | None:
    """The goal of a number, and whether it is the least or the most; None for one that has no goal."""
    return GOALS.get(name) or bench_search.GOALS.get(re.sub(r"^search_\d+k_", "", name))


def main() -> None:
    """Measure, print the table and the JSON object."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--publish", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("--quick", action="store_true")
    options.add_argument("--visible", action="store_true")
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--search", type=int, action="append", default=[], metavar="NUMBER")
    asked = options.parse_args()
    if asked.publish:
        print(publish())
        return
    if not (asked.visible or shutil.which("wrk")):
        sys.exit("Thiếu wrk. Hãy cài: sudo apt-get install wrk nginx-light (rồi chạy lại).")
    measured = measure_visible() if asked.visible else measure(rounds=asked.rounds, is_quick=asked.quick)
    for number in asked.search:
        measured |= bench_search.measured(number)
    numbers = {name: round(value, 3) for name, value in measured.items()}
    for name, value in numbers.items():
        goal = goal_of(name)
        met = (
            "" if goal is None else "met" if (value >= goal[0] if goal[1] else value <= goal[0]) else "MISSED"
        )
        print(f"{name:36} {value:12.3f}   {f'goal {goal[0]:g}' if goal else ''} {met}")
    print(json.dumps(numbers))


if __name__ == "__main__":
    main()
