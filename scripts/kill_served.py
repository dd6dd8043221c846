"""Kill the web process of a running `dinhlang run`, or the PostgreSQL server under it, while a commune's box hands in.

    .venv/bin/python scripts/kill_served.py --kill web --rounds 30
    .venv/bin/python scripts/kill_served.py --kill server --rounds 30

The box sends as `dinhlang report send` does and is helped by nobody: it must get its receipt by itself, over the cut and
while the server comes up again. While the database is away, every page asked for must say so and what to do. The last line
is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import prepared_database
import temporary_postgresql

PAGES = ("/", "/ban-lam-viec/", "/dang-nhap/", "/kiem-tra-tiep-nhan/", "/api/nop-bao-cao/v1/uploads/x")


def main() -> int:
    """Run the rounds; give the exit code."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--kill", choices=["web", "server"], default="web")
    asked.add_argument("--rounds", type=int, default=30)
    given = asked.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dinhlang-kill-")))
        os.environ |= {"DINHLANG_DATA": str(folder), "DATABASE_URL": "", "DINHLANG_DEMO": "0"}
        cluster = None
        if given.kill == "server":
            cluster = stack.enter_context(temporary_postgresql.cluster(temporary_postgresql.KILLABLE))
            os.environ["DATABASE_URL"] = cluster.address
            prepared_database.postgresql_into(cluster.address, folder)
        else:
            prepared_database.into(folder)
        from dinhlang.config import start

        start.setup()
        from django.db import connections
        from django.utils import timezone
        from killed_deeds import Submitting, deed_of

        deed = deed_of("submit", timezone.now() - timedelta(minutes=1))
        assert isinstance(deed, Submitting)
        connections.close_all()
        served = _Served()
        stack.callback(served.stop)
        told = _rounds(given.rounds, deed, served, cluster)
        found = deed.counted(given.rounds + 1)
    well = bool(found.pop("well")) and not told["pages_without_a_word"]
    print(json.dumps({**told, **found, "well": well}, ensure_ascii=False))
    return 0 if well else 1


def _rounds(
    rounds: int,
    deed: Any,
    served: _Served,
    cluster: temporary_postgresql.Cluster | None,
) -> dict[str, Any]:
    chance = random.Random(rounds)
    began = time.monotonic()
    _Sending(deed, served.address, 0).receipt()
    usual = time.monotonic() - began
    wordless: set[str] = set()
    interrupted, longest = 0, 0.0
    for number in range(1, rounds + 1):
        began = time.monotonic()
        sending = _Sending(deed, served.address, number)
        time.sleep(chance.uniform(0, usual))
        if cluster is None:
            served.kill_web()
            served.start()
        else:
            cluster.kill()
            wordless |= {path for path in PAGES if not _says_what_to_do(served.address + path)}
            cluster.start()
        receipt = sending.receipt()
        interrupted += sending.tries > 0
        longest = max(longest, time.monotonic() - began)
        if _Sending(deed, served.address, number).receipt() != receipt:
            raise SystemExit(f"round {number}: two receipts")
    return {
        "kill": "web" if cluster is None else "server",
        "rounds": rounds,
        "felt_by_the_sender": interrupted,
        "longest_s": round(longest, 1),
        "pages_without_a_word": sorted(wordless),
    }


class _Sending(threading.Thread):
    """A box that sends a round's package."""

    def __init__(self, deed: Any, address: str, number: int) -> None:
        super().__init__(daemon=True)
        self.tries, self._made, self._wrong = 0, "", ""
        self._deed, self._address, self._package = deed, address, deed.package(number)
        self.start()

    def run(self) -> None:
        from dinhlang.reports.submission.client import Client, NotSent

        try:
            client = Client(self._address, self._deed.secret, pause=self._pause)
            self._made = str(client.send(self._package)["number"])
        except NotSent as reason:
            self._wrong = str(reason)

    def _pause(self, seconds: float) -> None:
        self.tries += 1
        time.sleep(seconds)

    def receipt(self) -> str:
        """Its number, once it is there."""
        self.join(timeout=240)
        if not self._made:
            raise SystemExit(f"no receipt: {self._wrong or 'it waits for ever'}")
        return self._made


def _says_what_to_do(url: str) -> bool:
    """Whether a page answers at all, and where it cannot, says so in Vietnamese with when to come again."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own server
            return bool(answer.status == 200)
    except urllib.error.HTTPError as answer:
        words = answer.read().decode("utf-8", "replace")
        if answer.code in (401, 404):
            return True
        return answer.code == 503 and "Retry-After" in answer.headers and "lại" in words


class _Served:
    """`dinhlang run`, started again at the same address as the system does when it ended."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers."""
        self._process = subprocess.Popen(
            [Path(sys.executable).with_name("dinhlang"), "run"],
            env={**os.environ, "PORT": str(self._port)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 180
        while not _answers(f"{self.address}/api/nop-bao-cao/v1/openapi.json"):
            if self._process.poll() is not None or time.monotonic() > until:
                raise SystemExit("dinhlang run does not answer")
            time.sleep(0.1)

    def kill_web(self) -> None:
        """Kill the process that answers; the others end with it."""
        [web] = [child for child in temporary_postgresql.children(self._process.pid) if _is_web(child)]
        os.kill(web, signal.SIGKILL)
        self._process.wait(timeout=60)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)


def _is_web(process: int) -> bool:
    return "web" in Path(f"/proc/{process}/cmdline").read_text().split("\0")


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=10).close()  # noqa: S310 - our own server
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
