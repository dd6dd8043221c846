"""Runs a program with limits: `python -m … megabytes seconds program arguments`, and our own modules apart.

The program gets nothing of our environment but the path to find others. What it started ends with it.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_PACKAGE_ROOT = Path(__file__).parents[3]
_KEPT = ("PATH", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT")
MEGABYTES, SECONDS = 1536, 180


class Ended(Exception):
    """The program failed or came to a limit; `late` when it was the time."""

    def __init__(self, *, late: bool) -> None:
        super().__init__("late" if late else "failed")
        self.late = late


def run(
    program: Sequence[str], given: bytes, folder: str, *, megabytes: int = MEGABYTES, seconds: int = SECONDS
) -> bytes:
    """What the program writes to its standard output. Raises Ended."""
    process = subprocess.Popen(  # noqa: S603 - our own module, or the program the operator named
        [sys.executable, "-P", "-m", __name__, str(megabytes), str(seconds), *program],
        cwd=folder,
        env={**{name: os.environ[name] for name in _KEPT if name in os.environ}, "PYTHONPATH": str(_PACKAGE_ROOT), "HOME": folder,
             "TMPDIR": folder, "OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        written, _ = process.communicate(given, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise Ended(late=True) from None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    if process.returncode:
        raise Ended(late=process.returncode in (-signal.SIGXCPU, 128 + signal.SIGXCPU))
    return written


def module(name: str, *arguments: str) -> list[str]:
    """A module of this package as a program."""
    return [sys.executable, "-P", "-m", f"dinhlang.broadcast.speech.{name}", *arguments]


def main(arguments: list[str]) -> None:
    """Bind this process and become the program."""
    megabytes, seconds, *program = arguments
    memory = int(megabytes) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
    os.execvp(program[0], program)  # noqa: S606 - this is what the module is for


if __name__ == "__main__":
    main(sys.argv[1:])
