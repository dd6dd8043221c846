"""A process that does a deed and tells every write of it in a file, to be killed at one of them (`kill_upward`).

Such processes are forked from one that has imported this module and does nothing itself: the program that makes PDF files
has threads, and whatever is forked from a process that made one waits for them for ever.

Import it once the environment names the database.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dinhlang.config import start

start.setup()

from killed_deeds import Deed  # noqa: E402 - has models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

DONE, DATABASE_GONE = 0, 3
BEGIN, COMMIT = "begin", "COMMIT"
_WRITE = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')


def tried(deed: Deed, number: int, told: Path, stop: int, meeting: Connection) -> None:
    """Do the deed of a round and end with what came of it: for a database that is gone people and boxes are told to try
    again. At the event `stop` (the first one is 0) it tells so and waits for a word."""
    from django.db import InterfaceError, OperationalError, connection

    try:
        with _telling(connection, told, stop, meeting):
            deed.do(number)
    except (OperationalError, InterfaceError):
        sys.exit(DATABASE_GONE)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        sys.exit(1)
    sys.exit(DONE)


def events(told: Path) -> list[tuple[float, str]]:
    """What a process told until now: seconds since it began, and where it was."""
    lines = (line.split(" ", 1) for line in told.read_text().splitlines())
    return [(float(seconds), where) for seconds, where in lines]


@contextmanager
def _telling(connection: BaseDatabaseWrapper, told: Path, stop: int, meeting: Connection) -> Iterator[None]:
    # Not a file of Python's: what was written must be there whenever the process is killed.
    file = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
    began, count = time.monotonic(), 0

    def tell(where: str) -> None:
        nonlocal count
        os.write(file, f"{time.monotonic() - began:.6f} {where}\n".encode())
        count += 1
        if count - 1 == stop:
            meeting.send(where)
            meeting.recv()

    def around(what: str, work: Callable[[], Any]) -> Any:
        tell(f"in {what}")
        answer = work()
        tell(f"after {what}")
        return answer

    def executed(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        write = _WRITE.match(sql)
        if not write:
            return execute(sql, *given)
        return around(f"{write[1].split()[0]} {write[2]}", lambda: execute(sql, *given))

    commit = connection.commit
    connection.commit = lambda: around(COMMIT, commit)  # type: ignore[method-assign]
    with connection.execute_wrapper(executed):
        tell(BEGIN)
        yield
