"""Programs that run beside us while something is measured."""

from __future__ import annotations

import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def program(name: str) -> str:
    """Where a program is, "" when it is not there. Servers stand where only root looks by itself."""
    return shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin") or ""


@contextmanager
def started(*command: str | Path, **how: object) -> Iterator[subprocess.Popen[bytes]]:
    """A program while it runs; it is asked to end in the end."""
    process = subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **how,  # type: ignore[call-overload]
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_answered(url: str, seconds: float = 60) -> None:
    """Ask until there is an answer. Raises `RuntimeError` when there is none in time."""
    until = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=30).close()  # noqa: S310 - our own servers
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return
