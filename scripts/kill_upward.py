"""Kill what hands in, takes together or approves, or the PostgreSQL server under it, somewhere in the middle: nothing may be
lost, nothing there twice, nothing half done.

    .venv/bin/python scripts/kill_upward.py submit consolidate approve --rounds 200
    .venv/bin/python scripts/kill_upward.py consolidate --kill server --rounds 100

Each round does the deed in a process of its own. `--kill process` kills that process after a random moment, `--kill server`
kills every process of a PostgreSQL server of the script's own and starts it again. What is there then must be all of the
deed or nothing; then it is done again as a person would, and twice: both times it must say the same. `--on postgresql` is the
database for `--kill process`. Uses a data folder of its own. One line of JSON for each deed. The tests do few rounds
(`reports/tests/test_upward_killed.py`).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import prepared_database
import temporary_postgresql

if TYPE_CHECKING:
    from killed_deeds import Deed
    from temporary_postgresql import Cluster

DONE, DATABASE_GONE = 0, 3
# Warm from this round on: the first tells how long a deed takes.
_LONGER = 1.2


def main() -> int:
    """Run the rounds; give the exit code."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("deeds", nargs="+", choices=["submit", "consolidate", "approve"], metavar="DEED")
    asked.add_argument("--kill", choices=["process", "server"], default="process")
    asked.add_argument("--on", choices=["sqlite", "postgresql"], default="sqlite")
    asked.add_argument("--rounds", type=int, default=200)
    given = asked.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dinhlang-kill-")))
        os.environ["DINHLANG_DATA"] = str(folder)
        os.environ["DATABASE_URL"] = ""
        server: Cluster | None = None
        if given.kill == "server" or given.on == "postgresql":
            server = stack.enter_context(temporary_postgresql.cluster(temporary_postgresql.KILLABLE))
            os.environ["DATABASE_URL"] = server.address
            prepared_database.postgresql_into(server.address, folder)
        else:
            prepared_database.into(folder)
        from dinhlang.config import start

        start.setup()
        killed = server if given.kill == "server" else None
        return max(_rounds(name, given, killed) for name in given.deeds)


def _rounds(name: str, given: argparse.Namespace, server: Cluster | None) -> int:
    from django.utils import timezone
    from killed_deeds import deed_of

    deed = deed_of(name, timezone.now() - timedelta(minutes=1))
    chance = random.Random(given.rounds)
    _again(deed, 0)
    _again(deed, 1)
    began = time.monotonic()
    _again(deed, 2)
    usual = time.monotonic() - began
    told = {"deed": name, "kill": given.kill, "rounds": given.rounds, "came_in_the_middle": 0}
    for number in range(3, given.rounds + 3):
        deed.before(number)
        # The first one early for certain, so that a few rounds show something too.
        wait = chance.uniform(0, usual * _LONGER) if number > 3 else usual / 3
        told["came_in_the_middle"] += _interrupted(deed, number, wait, server)
        deed.is_done(number)
        _again(deed, number, is_there=True)
    found = deed.counted(given.rounds + 3)
    from dinhlang.org.queries import verify_audit

    broken = verify_audit().broken
    well = bool(found.pop("well")) and broken is None
    print(json.dumps({**told, **found, "audit_is_whole": broken is None, "well": well}, ensure_ascii=False))
    return 0 if well else 1


def _again(deed: Deed, number: int, *, is_there: bool = False) -> None:
    """Do the deed of a round twice, as somebody who was told nothing would: it is there once, and says the same."""
    if not is_there:
        deed.before(number)
    first, second = deed.do(number), deed.do(number)
    if first != second or not deed.is_done(number):
        raise SystemExit(f"round {number}: first {first}, then {second}")


def _interrupted(deed: Deed, number: int, wait: float, server: Cluster | None) -> bool:
    """Do it in a process, and kill that or the server; give whether it was still at it."""
    _forget_connections()
    ready, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(tell, b".")
        os._exit(_tried(deed, number))
    os.read(ready, 1)
    os.close(ready)
    os.close(tell)
    time.sleep(wait)
    if server is None:
        os.kill(child, signal.SIGKILL)
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    server.kill()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    server.start()
    if code not in (DONE, DATABASE_GONE):
        raise SystemExit(f"round {number}: without its database the process ended with {code}")
    return code == DATABASE_GONE


def _tried(deed: Deed, number: int) -> int:
    """What a process answers: for a database that is gone people and boxes are told to try again."""
    from django.db import InterfaceError, OperationalError

    try:
        deed.do(number)
    except (OperationalError, InterfaceError):
        return DATABASE_GONE
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        return 1
    return DONE


def _forget_connections() -> None:
    """A connection must not be shared with a process that is killed."""
    from django.db import connections

    connections.close_all()


if __name__ == "__main__":
    sys.exit(main())
