"""Commands without the start of an interpreter: forked from a process that has imported everything.

A command as a shell starts it is busy for a second and a half before it does anything, and most tests of commands ask what
it does. (How it starts is asked in test_commands.py, test_environment.py and test_run.py.) Each command has the environment,
the folder and the settings that it would have, and a memory in which nothing of another one is left.

`python -m tests.nursery` obeys one line of JSON at a time on its standard input and answers `begun NUMBER` when the process
is there, `ended CODE` when it is gone.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Timer
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


class Nursery:
    """The process from which commands are forked, one after the other."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="dinhlang-nursery-")
        own = {name: value for name, value in os.environ.items() if not name.startswith("DINHLANG_")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.nursery"],
            env={**own, "DINHLANG_DATA": self._folder.name, "DATABASE_URL": ""},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._said() == "grown"

    def run(
        self, *arguments: str, environment: dict[str, str], folder: Path, given: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; `-c CODE` runs that."""
        with tempfile.TemporaryDirectory(dir=self._folder.name) as kept:
            streams = [Path(kept) / name for name in ("in", "out", "err")]
            streams[0].write_text(given, "utf-8", "surrogateescape")
            number = self.begin(*arguments, environment=environment, folder=folder, streams=streams)
            too_long = Timer(300, os.kill, (number, signal.SIGKILL))
            too_long.start()
            try:
                code = self.end()
            finally:
                # The number may be another process's by then.
                too_long.cancel()
            out, err = (path.read_bytes().decode("utf-8", "surrogateescape") for path in streams[1:])
        return subprocess.CompletedProcess(arguments, code, out, err)

    def begin(
        self,
        *arguments: str,
        environment: dict[str, str],
        folder: Path,
        streams: list[Path] | None = None,
    ) -> int:
        """Begin a command and give the number of its process. `end` has to follow."""
        order = {
            "arguments": arguments,
            "environment": environment,
            "folder": str(folder),
            "streams": [str(path) for path in streams or [Path(os.devnull)] * 3],
        }
        assert self._process.stdin is not None
        print(json.dumps(order), file=self._process.stdin, flush=True)
        word, number = self._said().split()
        assert word == "begun"
        return int(number)

    def end(self) -> int:
        """Wait for the end of the command and give its code."""
        word, code = self._said().split()
        assert word == "ended"
        return int(code)

    def _said(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        self._process.communicate(timeout=60)
        self._folder.cleanup()


def main() -> None:
    """Import everything, then obey until the standard input ends."""
    from tests import stem

    stem.import_everything()
    # What is read and written here is nothing that a forked process finds in its own streams.
    orders, answers = os.fdopen(os.dup(0), "rb", buffering=0), os.dup(1)
    os.write(answers, b"grown\n")
    while line := orders.readline():
        order = json.loads(line)
        if number := os.fork():
            os.write(answers, f"begun {number}\n".encode())
            code = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
            os.write(answers, f"ended {code}\n".encode())
            continue
        orders.close()
        os.close(answers)
        stem.end_after(lambda order=order: _obey(order))


def _obey(order: dict[str, Any]) -> None:
    for number, path in enumerate(order["streams"]):
        os.dup2(os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    random.seed()
    from django.db import connections

    from dinhlang.cli.main import main as command
    from dinhlang.config import start

    start.setup = _set_up_anew
    try:
        if order["arguments"][0] == "-c":
            exec(order["arguments"][1], {"__name__": "__main__"})  # noqa: S102 - a test's own words
        else:
            sys.argv = ["dinhlang", *order["arguments"]]
            command()
    finally:
        connections.close_all()


def _set_up_anew() -> None:
    """What `start.setup` does, where Django is set up already, for another environment."""
    from asgiref.local import Local
    from django.conf import settings
    from django.core.cache import caches
    from django.core.signals import setting_changed
    from django.db import connections
    from django.test import signals  # noqa: F401 - receives what is sent below
    from django.utils.log import configure_logging

    from dinhlang.config import settings as file

    before = {name: getattr(file, name) for name in dir(file) if name.isupper()}
    importlib.reload(file)
    for name in dir(file):
        if name.isupper() and (name not in before or getattr(file, name) != before[name]):
            setattr(settings, name, getattr(file, name))
            # Databases and caches are made anew below.
            if name not in ("DATABASES", "CACHES"):
                setting_changed.send(sender=None, setting=name, value=getattr(file, name), enter=True)
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
    for handler in (connections, caches):
        handler._settings = None
        handler.__dict__.pop("settings", None)
        handler._connections = Local(handler.thread_critical)


if __name__ == "__main__":
    main()
