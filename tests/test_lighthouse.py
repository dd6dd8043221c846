"""What Lighthouse says of the public pages on a slow phone (its mobile set-up: simulated 4G, a processor four times slower)."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Installation, Server, free_port

pytestmark = pytest.mark.lighthouse

LIGHTHOUSE = ROOT / "tests/lighthouse/node_modules/lighthouse/cli/index.js"
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
FLAGS = "--headless=new --disable-gpu --disable-quic --no-first-run --disable-background-networking"
PAGES = {
    "home": "/ben-truc/",
    "article": "/ben-truc/tin/cai-cach-hanh-chinh/xa-ben-truc-trien-khai-ke-hoach-cai-cach-hanh-chinh-nam-moi/",
    "procedure": "/ben-truc/thu-tuc/1.004884/",
}


@pytest.fixture(scope="module")
def site(prepared_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration as a commune of its own would have it: search machines may come in."""
    data = tmp_path_factory.mktemp("lighthouse") / "var"
    shutil.copytree(prepared_demo, data)
    shutil.rmtree(data / "kept", ignore_errors=True)
    with sqlite3.connect(data / "dinhlang.sqlite3") as database:
        database.execute("update org_unit set is_demo = false")
    server = Server(Installation(data, free_port(), {"DINHLANG_DEMO": "0"}))
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_is_quick_and_open_to_all_on_a_slow_phone(site: Server, page: str) -> None:
    # Other tests run at the same time and can only make a page look slower: the best of three tries is nearest to it.
    told = []
    for _ in range(3):
        try:
            report = judged(f"{site.address}{PAGES[page]}")
        except NotJudged as said:
            told.append(str(said))
            continue
        scores = {name: round(part["score"] * 100) for name, part in report["categories"].items()}
        assert scores.keys() == LEAST.keys()
        if all(scores[name] >= least for name, least in LEAST.items()):
            return
        told.append(f"{scores}: {complaints(report)}")
    pytest.fail("\n".join(told))


class NotJudged(Exception):
    """Lighthouse came to no end, which it does now and then on a busy machine and asks to be run again."""


def judged(address: str) -> dict[str, Any]:
    """Lighthouse's report on an address, by Debian's Chromium. Raises `NotJudged`."""
    node = shutil.which("node", path=f"{os.environ['PATH']}:{ROOT / '.venv-node/bin'}")
    chromium = shutil.which("chromium")
    assert node
    assert chromium
    flags = f"{FLAGS} --no-sandbox" if os.geteuid() == 0 else FLAGS
    said = subprocess.run(
        [
            node,
            LIGHTHOUSE,
            address,
            "--quiet",
            "--output=json",
            f"--only-categories={','.join(LEAST)}",
            f"--chrome-flags={flags}",
            "--no-enable-error-reporting",
        ],
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    if said.returncode:
        raise NotJudged(said.stderr)
    report: dict[str, Any] = json.loads(said.stdout)
    if "runtimeError" in report:
        raise NotJudged(report["runtimeError"])
    return report


def complaints(report: dict[str, Any]) -> list[str]:
    """What it found wanting, with the value it measured."""
    parts = (part for category in report["categories"].values() for part in category["auditRefs"])
    audits = (report["audits"][part["id"]] for part in parts if part["weight"])
    return [f"{one['title']} {one.get('displayValue', '')}" for one in audits if (one["score"] or 0) < 1]
