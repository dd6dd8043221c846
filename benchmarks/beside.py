"""Pages of ours and of the peers with the same 500 posts, asked in turn in one run (for `bench_portal`).

Kept: an article, by the embedded server, by WordPress, and by WordPress with a page cache. Computed for the first time: a
list narrowed to a kind, page after page of it, and searches that find a tenth of the posts or all of them, each with one
word more than the last; no address is asked twice of us (each has a number that no page looks at), so nothing that is
remembered answers. By the embedded server, by WordPress without a cache and by plain Wagtail on SQLite and on PostgreSQL;
what counts is the faster Wagtail. Ours runs on SQLite.

Then the same addresses again and again, without the number: what we remember. The peers, which remember nothing, are
compared with it by the same figures as before.

A peer that is not installed is left out and named (`scripts/setup_peers portal`).
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from benchmarks.peers import plain_wagtail, wordpress
from benchmarks.peers.posts import posts, questions

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = "/ben-truc/tin/cai-cach-hanh-chinh/xa-ben-truc-trien-khai-ke-hoach-cai-cach-hanh-chinh-nam-moi/"
COMPUTED = ("list", "narrow", "broad")
LIST_PAGES = 20
Pages = dict[str, list[str]]
GOALS = {
    "kept_to_wordpress_cached": (1.5, True),
    "kept_to_wordpress": (100.0, True),
    **{f"{kind}_to_wagtail": (8.0, True) for kind in COMPUTED},
    **{f"{kind}_to_wordpress": (15.0, True) for kind in COMPUTED},
}
# What is put behind an address so that nobody has asked for it before.
UNASKED = "&lan="


def ours(port: int) -> Pages:
    """Our addresses by kind."""
    base = f"http://127.0.0.1:{port}"
    listed = f"{base}/ben-truc/tin/?loai=article"
    return {
        "article": [base + ARTICLE],
        "list": [listed, *(f"{listed}&trang={page}" for page in range(2, LIST_PAGES + 1))],
        **{
            kind: [f"{base}/ben-truc/tim-kiem/?q={quote(one)}" for one in asked]
            for kind, asked in questions().items()
        },
    }


@contextmanager
def peers(folder: Path) -> Iterator[dict[str, Pages]]:
    """Each peer that is installed, running with the posts: its addresses by kind."""
    from tests.conftest import free_port

    with ExitStack() as stack:
        found: dict[str, Pages] = {}
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
    folder: Path,
    port: int,
    environment: dict[str, str],
    rate: Callable[[Sequence[str], str], float],
    cpu: Callable[[], float],
    rounds: int,
) -> dict[str, float]:
    """Print requests a second of each page of each; give the ratios that are goals.

    `rate` takes addresses, and what is put with a number behind each so that it is asked once only; `cpu` gives the
    seconds of the processor that our server has used.
    """
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
        used: dict[str, list[float]] = {}
        for _ in range(rounds):
            for name, pages in sites.items():
                for kind, urls in pages.items():
                    if kind not in COMPUTED and name.startswith("Wagtail"):
                        continue
                    is_ours = name == "Đình Làng"
                    before, began = cpu(), time.monotonic()
                    unasked = UNASKED if is_ours and kind in COMPUTED else ""
                    found = rate(urls, unasked)
                    rates.setdefault((name, kind), []).append(found)
                    if is_ours:
                        seconds = time.monotonic() - began
                        used.setdefault(kind, []).append((cpu() - before) / (found * seconds))
                    if unasked:
                        rates.setdefault((name, f"{kind} again"), []).append(rate(urls, ""))
    for (name, kind), several in rates.items():
        spread = f"({min(several):.0f}–{max(several):.0f})"
        print(f"{name:20} {_what(name, kind):24} {statistics.median(several):10.1f} req/s  {spread}")
    ratios = _ratios({key: statistics.median(several) for key, several in rates.items()})
    return ratios | {f"{kind}_cpu_us": statistics.median(used[kind]) * 1e6 for kind in COMPUTED}


def _what(name: str, kind: str) -> str:
    """What is measured, in words: for ours whether it was computed or remembered."""
    if name != "Đình Làng" or kind == "article":
        return kind
    return kind.replace(" again", ", remembered") if kind.endswith(" again") else f"{kind}, first time"


def _ratios(median: dict[tuple[str, str], float]) -> dict[str, float]:
    own = {kind: value for (name, kind), value in median.items() if name == "Đình Làng"}
    other = {kind: value for (name, kind), value in median.items() if name == "WordPress"}
    found = {f"{kind}_per_s": own[kind] for kind in COMPUTED}
    found |= {f"{kind}_again_per_s": own[f"{kind} again"] for kind in COMPUTED}
    if other:
        found["kept_to_wordpress_cached"] = own["article"] / other["cached article"]
        found["kept_to_wordpress"] = own["article"] / other["article"]
        found |= {f"{kind}_to_wordpress": own[kind] / other[kind] for kind in COMPUTED}
        found |= {f"{kind}_again_to_wordpress": own[f"{kind} again"] / other[kind] for kind in COMPUTED}
    for kind in COMPUTED:
        best = [value for (name, one), value in median.items() if name.startswith("Wagtail") and one == kind]
        if best:
            found[f"{kind}_to_wagtail"] = own[kind] / max(best)
            found[f"{kind}_again_to_wagtail"] = own[f"{kind} again"] / max(best)
    return found


def _check(name: str, pages: Pages) -> None:
    """Each first page says what it should before its speed is measured: the newest posts, and what was looked for."""
    newest, second = (re.escape(post.title) for post, _ in zip(posts(), range(2), strict=False))
    until = time.monotonic() + 120
    # Every tenth post has the narrow words, from the first on.
    for kind, wanted in (("list", newest), ("list", second), ("narrow", r"kỳ \d*1\b"), ("broad", r"kỳ \d+")):
        while not re.search(wanted, _read(pages[kind][0])):
            if time.monotonic() > until:
                raise RuntimeError(f"{name}: {pages[kind][0]} lacks {wanted}")
            time.sleep(1)


def _read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - our own servers
        return str(answer.read().decode())
