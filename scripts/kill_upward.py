"""Kill what hands in, takes together or approves, or the PostgreSQL server under it, somewhere in the middle: nothing may be
lost, nothing there twice, nothing half done.

    .venv/bin/python scripts/kill_upward.py submit consolidate approve --rounds 110
    .venv/bin/python scripts/kill_upward.py approve --kill server --rounds 100

Each round does the deed in a process of its own. `--kill process` kills that process, `--kill server` kills every process of
a PostgreSQL server of the script's own and starts it again; `--on postgresql` is the database for `--kill process`. In four
rounds of five one of the deed's writes is chosen by chance and the kill falls in it, or between it and the next; in the
fifth at any moment. What is there then must be all of the deed or nothing; then it is done again as a person would, and
twice: both times it must say the same.

Uses a data folder of its own. Prints for each deed where the kills fell, as bars, and one line of JSON: `in_the_middle` fell
between the deed's first write and its last commit. The tests do few rounds (`reports/tests/test_upward_killed.py`).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import prepared_database
import temporary_postgresql

if TYPE_CHECKING:
    from killed_deeds import Deed
    from temporary_postgresql import Cluster

# A moment may come later than it did before by so much.
_LONGER = 1.2
_ANY_MOMENT = 5
# Of six years; the rules for reports begin in 2019.
_PERIODS = 114
_APART = multiprocessing.get_context("forkserver")
Events = list[tuple[float, str]]


def main() -> int:
    """Run the rounds; give the exit code."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("deeds", nargs="+", choices=["submit", "consolidate", "approve"], metavar="DEED")
    asked.add_argument("--kill", choices=["process", "server"], default="process")
    asked.add_argument("--on", choices=["sqlite", "postgresql"], default="sqlite")
    asked.add_argument("--rounds", type=int, default=200)
    given = asked.parse_args()
    if "approve" in given.deeds and given.rounds > _PERIODS - 3:
        asked.error(f"a unit has {_PERIODS} periods to approve reports of: at most {_PERIODS - 3} rounds")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dinhlang-kill-")))
        # The process that others are forked from is a new one, and finds our modules by this.
        os.environ |= {
            "DINHLANG_DATA": str(folder),
            "DATABASE_URL": "",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        server: Cluster | None = None
        if given.kill == "server" or given.on == "postgresql":
            server = stack.enter_context(temporary_postgresql.cluster(temporary_postgresql.KILLABLE))
            os.environ["DATABASE_URL"] = server.address
            prepared_database.postgresql_into(server.address, folder)
        else:
            prepared_database.into(folder)
        _APART.set_forkserver_preload(["killed_apart"])
        import killed_apart  # noqa: F401 - sets Django up

        killed = server if given.kill == "server" else None
        return max(_rounds(name, given, killed, folder / "told") for name in given.deeds)


def _rounds(name: str, given: argparse.Namespace, server: Cluster | None, told: Path) -> int:
    from django.utils import timezone
    from killed_deeds import deed_of

    deed = deed_of(name, timezone.now() - timedelta(minutes=1))
    chance = random.Random(given.rounds)
    _again(deed, 0)
    # A deed may be another one in every second round.
    usual = [_undisturbed(deed, number, told) for number in (2, 1)]
    fell: Counter[str] = Counter()
    in_the_middle = 0
    for number in range(3, given.rounds + 3):
        deed.before(number)
        known = usual[number % 2]
        stop = 0 if number % _ANY_MOMENT == 2 else chance.randrange(1, len(known) - 1)
        lasts = known[-1][0] if stop == 0 else known[stop + 1][0] - known[stop][0]
        pause = chance.uniform(0, lasts * _LONGER)
        if number == 3:  # in the middle for certain, so that a few rounds show something too
            stop, pause = len(known) // 2, 0.0
        there = _interrupted(deed, number, told, stop, pause, server)
        fell[there[-1][1] if there else "not at all"] += 1
        in_the_middle += 1 < len(there) < len(known)
        deed.is_done(number)
        _again(deed, number, is_there=True)
    _show(name, fell, usual)
    found = deed.counted(given.rounds + 3)
    from dinhlang.org.queries import verify_audit

    broken = verify_audit().broken
    well = bool(found.pop("well")) and broken is None
    said = {"deed": name, "kill": given.kill, "rounds": given.rounds, "in_the_middle": in_the_middle}
    print(json.dumps({**said, **found, "audit_is_whole": broken is None, "well": well}, ensure_ascii=False))
    return 0 if well else 1


def _again(deed: Deed, number: int, *, is_there: bool = False) -> None:
    """Do the deed of a round twice, as somebody who was told nothing would: it is there once, and says the same."""
    if not is_there:
        deed.before(number)
    first, second = deed.do(number), deed.do(number)
    if first != second or not deed.is_done(number):
        raise SystemExit(f"round {number}: first {first}, then {second}")


def _undisturbed(deed: Deed, number: int, told: Path) -> Events:
    """Do it in a process that nobody kills: where it is when."""
    import killed_apart

    deed.before(number)
    its = _APART.Pipe()[1]
    child = _APART.Process(target=killed_apart.tried, args=(deed, number, told, -1, its))
    child.start()
    child.join()
    if child.exitcode != killed_apart.DONE or not deed.is_done(number):
        raise SystemExit(f"round {number}: undisturbed it ended with {child.exitcode}")
    return killed_apart.events(told)


def _interrupted(
    deed: Deed, number: int, told: Path, stop: int, pause: float, server: Cluster | None
) -> Events:
    """Do it in a process, and kill that or the server a moment after the event `stop`; gives what it told until then,
    nothing when it had ended."""
    import killed_apart

    _forget_connections()
    ours, its = _APART.Pipe()
    child = _APART.Process(target=killed_apart.tried, args=(deed, number, told, stop, its))
    child.start()
    its.close()
    ours.recv()
    family = server.held() if server else []
    ours.send("go on")
    time.sleep(pause)
    there = killed_apart.events(told) if child.is_alive() else []
    if server is None:
        child.kill()
        child.join()
        _wait_until_alone()
        return killed_apart.events(told) if child.exitcode != killed_apart.DONE else []
    server.kill(family)
    child.join()
    server.start()
    if child.exitcode not in (killed_apart.DONE, killed_apart.DATABASE_GONE):
        raise SystemExit(f"round {number}: without its database the process ended with {child.exitcode}")
    return there if child.exitcode == killed_apart.DATABASE_GONE else []


def _wait_until_alone() -> None:
    """PostgreSQL ends the work of a killed process when it notices, which is a moment later."""
    from django.db import connection

    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    while connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.005)


def _forget_connections() -> None:
    """A connection does not outlive its server."""
    from django.db import connections

    connections.close_all()


def _show(name: str, fell: Counter[str], usual: list[Events]) -> None:
    """Where the kills fell, in the order of the deed."""
    order = list(dict.fromkeys(where for _seconds, where in (*usual[0], *usual[1])))
    order += [where for where in fell if where not in order]
    print(f"{name}: where the kills fell", file=sys.stderr)
    for where in order:
        if fell[where]:
            print(f"  {where:48} {fell[where]:4} {'#' * fell[where]}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
