"""Who is using the data folder: file locks, let go by the kernel when a process ends, however it ends.

- `use.lock`: every process that works with the data holds it shared; a restore holds it alone.
- `server.lock`: the one server of this data folder holds it alone.
- `migrate.lock`: whoever brings the database up to date holds it alone for that time.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USE = "use.lock"
SERVER = "server.lock"
MIGRATE = "migrate.lock"


class Taken(Exception):
    """Another process holds the lock."""


class Lock:
    """A lock on a file of the data folder. Held until `release` or until the process ends."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / name
        self._descriptor: int | None = None

    def take(self, *, alone: bool, wait: bool = False) -> None:
        """Hold the lock, shared or alone. Raise `Taken` when another process stands in the way and `wait` is not set.

        Taking a lock that this object already holds changes it between shared and alone.
        """
        if self._descriptor is None:
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        how = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
        try:
            fcntl.flock(self._descriptor, how if wait else how | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            raise Taken(str(self.path)) from None

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


@contextmanager
def held(folder: Path, name: str, *, alone: bool, wait: bool = False) -> Iterator[None]:
    """Hold a lock for the length of a `with` block. Raises `Taken`."""
    lock = Lock(folder, name)
    lock.take(alone=alone, wait=wait)
    try:
        yield
    finally:
        lock.release()
