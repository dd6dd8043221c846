"""Pages of ours and of the peers with the same 500 posts, asked in turn in one run (for `bench_portal`).

Kept: an article, by the embedded server, by WordPress, and by WordPress with a page cache. Computed: a list narrowed to a
kind, and a search that finds a tenth of the posts or all of them, by the embedded server, by WordPress without a cache and
by plain Wagtail on SQLite and on PostgreSQL; what counts is the faster Wagtail. Ours runs on SQLite. A peer that is not
installed is left out and named (`scripts/setup_peers portal`).
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from benchmarks.peers import plain_wagtail, wordpress
from benchmarks.peers.posts import BROAD, NARROW, posts

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = "/ben-truc/tin/cai-cach-hanh-chinh/xa-ben-truc-trien-khai-ke-hoach-cai-cach-hanh-chinh-nam-moi/"
COMPUTED = ("list", "narrow", "broad")
GOALS = {
    "kept_to_wordpress_cached": (1.5, True),
    "kept_to_wordpress": (100.0, True),
    **{f"{kind}_to_wagtail": (8.0, True) for kind in COMPUTED},
    **{f"{kind}_to_wordpress": (15.0, True) for kind in COMPUTED},
}


def ours(port: int) -> dict[str, str]:
    """Our addresses by kind."""
    base = f"http://127.0.0.1:{port}"
    return {
        "article": base + ARTICLE,
        "list": f"{base}/ben-truc/tin/?loai=article",
        "narrow": f"{base}/ben-truc/tim-kiem/?q={quote(NARROW)}",
        "broad": f"{base}/ben-truc/tim-kiem/?q={quote(BROAD)}",
    }


@contextmanager
def peers(folder: Path) -> Iterator[dict[str, dict[str, str]]]:
    """Each peer that is installed, running with the posts: its addresses by kind."""
    from tests.conftest import free_port

    with ExitStack() as stack:
        found: dict[str, dict[str, str]] = {}
        if wordpress.is_there():
            began = time.monotonic()
            found["WordPress"] = stack.enter_context(
                wordpress.running(folder / "wordpress", free_port(), free_port())
            )
            print(f"WordPress filled in {time.monotonic() - began:.0f} s", flush=True)
        if plain_wagtail.is_there():
            sys.path.insert(0, str(ROOT / "scripts"))
            from temporary_postgresql import running

            address = stack.enter_context(running())
            for name, socket in (
                ("Wagtail, SQLite", ""),
                ("Wagtail, PostgreSQL", address.rpartition("=")[2]),
            ):
                began = time.monotonic()
                place = folder / urlsplit(name).path.replace(", ", "-")
                found[name] = stack.enter_context(plain_wagtail.running(place, free_port(), socket))
                print(f"{name} filled in {time.monotonic() - began:.0f} s", flush=True)
        for name in {"WordPress", "Wagtail, SQLite"} - found.keys():
            print(f"{name}: left out, not installed (scripts/setup_peers portal)")
        yield found


def measured(
    folder: Path, port: int, environment: dict[str, str], rate: Callable[[str], float], rounds: int
) -> dict[str, float]:
    """Print requests a second of each page of each; give the ratios that are goals."""
    subprocess.run(
        [sys.executable, "-m", "benchmarks.many_items", "posts"],
        env=environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with peers(folder) as others:
        sites = {"Đình Làng": ours(port), **others}
        for name, pages in sites.items():
            _check(name, pages)
        rates: dict[tuple[str, str], list[float]] = {}
        for _ in range(rounds):
            for name, pages in sites.items():
                for kind, url in pages.items():
                    if kind in COMPUTED or not name.startswith("Wagtail"):
                        rates.setdefault((name, kind), []).append(rate(url))
    for (name, kind), found in rates.items():
        spread = f"({min(found):.0f}–{max(found):.0f})"
        print(f"{name:20} {kind:16} {statistics.median(found):10.1f} req/s  {spread}")
    return _ratios({key: statistics.median(found) for key, found in rates.items()})


def _ratios(median: dict[tuple[str, str], float]) -> dict[str, float]:
    own = {kind: value for (name, kind), value in median.items() if name == "Đình Làng"}
    other = {kind: value for (name, kind), value in median.items() if name == "WordPress"}
    found = {f"{kind}_per_s": own[kind] for kind in COMPUTED}
    if other:
        found["kept_to_wordpress_cached"] = own["article"] / other["cached article"]
        found["kept_to_wordpress"] = own["article"] / other["article"]
        found |= {f"{kind}_to_wordpress": own[kind] / other[kind] for kind in COMPUTED}
    for kind in COMPUTED:
        best = [value for (name, one), value in median.items() if name.startswith("Wagtail") and one == kind]
        if best:
            found[f"{kind}_to_wagtail"] = own[kind] / max(best)
    return found


def _check(name: str, pages: dict[str, str]) -> None:
    """Each page says what it should before its speed is measured: the newest posts, and what was looked for."""
    newest, second = (re.escape(post.title) for post, _ in zip(posts(), range(2), strict=False))
    until = time.monotonic() + 120
    # Every tenth post has the narrow words, from the first on.
    for kind, wanted in (("list", newest), ("list", second), ("narrow", r"kỳ \d*1\b"), ("broad", r"kỳ \d+")):
        while not re.search(wanted, _read(pages[kind])):
            if time.monotonic() > until:
                raise RuntimeError(f"{name}: {pages[kind]} lacks {wanted}")
            time.sleep(1)


def _read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - our own servers
        return str(answer.read().decode())
