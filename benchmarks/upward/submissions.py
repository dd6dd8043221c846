"""All communes hand in: their own boxes send packages with their keys to a running server, and nothing may be lost.

`python -m benchmarks.upward.submissions --on postgresql --submissions 332 --within 36` does it on a database of its own
(SQLite by default): real places, an obligation and a key for each commune, one package of a report with a real
ledger whose manifest names the commune. All this is made once and kept in `--folder`; each measurement works on a copy.
`dinhlang run` serves it in processes of its own; clients of the house (`submission.client`)
send over HTTP from a process beside it, at moments chosen by chance within the time given. The time of a submission counts from the
moment it was to begin, so one that had to wait for another is slow. 3,321 in an hour is what is asked; with a shorter `--within`
the rate says how many times as fast.

Afterwards the database is asked: every receipt that was given is there once, with its figures, and the numbers of every receiving body
have no gap.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.peers.running import started, wait_until_answered

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "scripts"))

import prepared_database  # noqa: E402 - of the folder above
import temporary_postgresql  # noqa: E402

# Short and open to the user that PostgreSQL runs as.
HOME = Path(tempfile.gettempdir()) / "dinhlang-bench-upward"
KEYS, PACKAGE = "bench-keys.json", "bench-package.zip"
GOALS = {"submission_p99_s": ("≤", 2.0), "submissions_lost": ("≤", 0.0)}
LINES = 300
CLIENTS = 48


def measured(server: str, home: Path, number: int, within: float) -> dict[str, float]:
    """The numbers, from processes of their own. `server` is the address of a database of PostgreSQL beside which others may
    be made, "" for SQLite; what is made before stays in `home`."""
    name = f"handing_in_{number}"
    kept = home / f"{name}_{'postgresql' if server else 'sqlite'}"
    with ExitStack() as stack:
        if not _is_kept(kept):
            shutil.rmtree(kept, ignore_errors=True)
            kept.mkdir(parents=True)
            address = temporary_postgresql.emptied(server, name) if server else ""
            _apart("--prepare", number, within, kept, address)
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=home))) / "data"
        shutil.copytree(kept, scratch)
        address = stack.enter_context(temporary_postgresql.copied(server, name)) if server else ""
        *said, last = _apart("--here", number, within, scratch, address)
    print("\n".join(said), flush=True)
    return dict(json.loads(last))


def _apart(what: str, number: int, within: float, folder: Path, address: str) -> list[str]:
    own = {"DINHLANG_DATA": str(folder), "DATABASE_URL": address, "DINHLANG_DEMO": "0"}
    asked = [what, "--submissions", str(number), "--within", str(within)]
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.upward.submissions", *asked],
        env={**os.environ, **own},
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return ran.stdout.strip().splitlines()


def _here(within: float) -> dict[str, float]:
    from django.conf import settings

    from dinhlang.config import start

    start.ready()
    from dinhlang.reports.submission.rules import package as form

    folder = Path(settings.DATA)
    keys = json.loads((folder / KEYS).read_text())["keys"]
    package = form.read((folder / PACKAGE).read_bytes())
    with _served() as server:
        waits, refused, tries = _sent(server, keys, package, within)
    return _counted(len(keys), waits, refused, tries, within)


# --- what is there before -------------------------------------------------------------------------


def _last_half() -> date:
    """The end of the last half year that has ended."""
    today = datetime.now(UTC).date()
    return date(today.year, 6, 30) if today.month > 7 else date(today.year - 1, 6, 30)


def _made_for() -> list[str]:
    """What it was prepared for; for anything else it must be prepared anew."""
    return [prepared_database.digest(), _last_half().isoformat()]


def _is_kept(folder: Path) -> bool:
    file = folder / KEYS
    return file.exists() and json.loads(file.read_text())["made_for"] == _made_for()


def _prepare(number: int) -> None:
    """Keys and package into the data folder, all else into the database."""
    from django.conf import settings

    from dinhlang.config import start

    start.ready()
    folder = Path(settings.DATA)
    keys, package = _prepared(number)
    (folder / PACKAGE).write_bytes(package)
    # The last: with it, all is there.
    (folder / KEYS).write_text(json.dumps({"made_for": _made_for(), "keys": keys}))


def _prepared(number: int) -> tuple[dict[str, str], bytes]:
    """The secret of each commune's key, and a package to make each commune's of."""
    from django.utils import timezone

    from benchmarks import ledgers
    from dinhlang.org import actions as org
    from dinhlang.org.models import Unit, UnitPlacement
    from dinhlang.periods.identifier import Period
    from dinhlang.reports.actions import draft_report, issue_report
    from dinhlang.reports.duties.actions import open_period
    from dinhlang.reports.duties.actions.importing import import_shipped
    from dinhlang.reports.models import Obligation, Programme
    from dinhlang.reports.submission import actions, packing

    now = timezone.now()
    on = timezone.localdate(now)
    day = _last_half()
    period = Period.parse(f"{day.year}-H1")
    org.load_demo(at=now, passphrase=secrets.token_hex(12))
    import_shipped(at=now)
    placed = UnitPlacement.objects.in_force(on).filter(
        unit__level="commune", parent__level="province", unit__is_demo=False
    )
    above = dict(placed.order_by("unit").values_list("unit", "parent")[:])
    chosen = sorted(random.Random(number).sample(sorted(above), min(number, len(above))))
    programme = Programme.objects.get(pk="cchc-tuyen-truyen")
    open_period(programme=programme, period=period, at=now, units=[*chosen, "ben-truc"])
    units = Unit.objects.in_bulk({*chosen, *above.values()})
    keys = {
        unit: actions.make_key(unit=units[unit], above=units[above[unit]], name="Máy xã", by=None, at=now)[1]
        for unit in chosen
    }
    unit = Unit.objects.get(pk="ben-truc")
    ledgers.fill(unit, LINES, day.year, now - timedelta(days=30))
    draft = draft_report(unit=unit, period=period, by=None, at=now)
    report = issue_report(report=draft, on=on, by=None, at=now)
    owed = Obligation.objects.get(unit=unit, period=str(period), programme=programme)
    return keys, packing.pack(owed, report)


def _package_of(whole: Any, unit: str) -> bytes:
    from dinhlang.reports.submission.rules import package as form

    parts = {
        form.DOCX: whole.docx,
        form.PDF: whole.pdf,
        form.LEDGER: form.as_json(whole.ledger.told()),
        form.DOCUMENT: form.as_json(whole.document),
    }
    return form.packed(replace(whole.manifest, unit=unit), parts)


@contextmanager
def _served() -> Iterator[str]:
    """The address of `dinhlang run` on this process's database."""
    from django.db import connections

    connections.close_all()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = Path(sys.executable).with_name("dinhlang")
    with started(command, "run", env={**os.environ, "PORT": str(port)}):
        wait_until_answered(f"http://127.0.0.1:{port}/api/nop-bao-cao/v1/openapi.json", 180)
        yield f"http://127.0.0.1:{port}"


# --- sending --------------------------------------------------------------------------------------


def _sent(
    server: str, keys: dict[str, str], package: Any, within: float
) -> tuple[dict[str, float], list[str], int]:
    """Seconds until its receipt, by digest; what was refused; how often a request was made again."""
    from dinhlang.reports.submission.client import Client, NotSent

    chance = random.Random(7)
    moments = sorted(chance.uniform(0, within) for _ in keys)
    order = chance.sample(sorted(keys), len(keys))
    waits: dict[str, float] = {}
    refused: list[str] = []
    again, guard = [0], threading.Lock()

    def pause(seconds: float) -> None:
        with guard:
            again[0] += 1
        time.sleep(seconds)

    began = time.perf_counter() + 1

    def send(unit: str, moment: float) -> None:
        data = _package_of(package, unit)
        time.sleep(max(0.0, began + moment - time.perf_counter()))
        try:
            receipt = Client(server, keys[unit], pause=pause).send(data)
        except NotSent as reason:
            refused.append(f"{unit}: {reason}")
        else:
            waits[receipt["digest"]] = time.perf_counter() - began - moment

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(send, order, moments))
    return waits, refused, again[0]


def _counted(
    asked: int, waits: dict[str, float], refused: list[str], tries: int, within: float
) -> dict[str, float]:
    from django.db.models import Count, Max, Min

    from dinhlang.reports.models import Submission

    taken = Submission.objects.filter(way="api", place="", obligation__unit__is_demo=False)
    with_figures = taken.annotate(shown=Count("figures")).filter(shown__gt=0)
    there = dict(with_figures.values_list("digest").annotate(Count("pk", distinct=True)))
    gaps = [
        row
        for row in taken.order_by()
        .values("recipient", "receipt_year")
        .annotate(first=Min("receipt_number"), last=Max("receipt_number"), count=Count("pk"))
        if (row["first"], row["last"]) != (1, row["count"])
    ]
    if refused or gaps or set(there) != set(waits) or any(count != 1 for count in there.values()):
        print(f"  refused {refused[:3]}, gaps {gaps[:3]}, there {len(there)}, receipts {len(waits)}")
    lost = asked - sum(count == 1 for digest, count in there.items() if digest in waits) + len(gaps)
    times = sorted(waits.values())
    print(f"  {len(times)} receipts in {within:.0f} s, {tries} requests made again", flush=True)
    return {
        "submission_p50_s": statistics.median(times),
        "submission_p99_s": statistics.quantiles(times, n=100)[-1],
        "submission_max_s": times[-1],
        "submissions": len(times),
        "submissions_an_hour": len(times) * 3600 / within,
        "submissions_lost": lost,
    }


def main() -> None:
    """Prints the numbers and the JSON line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--submissions", type=int, default=332)
    asked.add_argument("--within", type=float, default=36.0, help="seconds")
    asked.add_argument("--on", choices=["sqlite", "postgresql"], default="sqlite")
    asked.add_argument("--folder", type=Path, default=HOME, help="where it is kept")
    asked.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)
    asked.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.prepare:
        _prepare(given.submissions)
        return
    if given.here:
        print(json.dumps(_here(given.within)), flush=True)
        return
    with ExitStack() as stack:
        server = ""
        if given.on == "postgresql":
            server = stack.enter_context(temporary_postgresql.kept(given.folder / "postgresql"))
        numbers = measured(server, given.folder, given.submissions, given.within)
    print(json.dumps({name: round(value, 3) for name, value in numbers.items()}))


if __name__ == "__main__":
    main()
