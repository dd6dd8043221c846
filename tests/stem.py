"""A server that is imported once and started for every file of browser tests.

Starting `dinhlang run` costs seven seconds of a processor, most of which go into importing the same modules in each of
its processes. The stem has imported them; each start forks the supervisor from it, and the supervisor forks web and
worker, where `dinhlang run` starts interpreters. What they then do is what `dinhlang run` does, each time on fresh data
and with a fresh memory. (That interpreters are started, and ended, is asked in test_run.py.) But for one thing: nobody
has the demonstration's forty articles and its guides read aloud, three every half minute, on every server and again for each.

`python -m tests.stem` obeys one order a line on its standard input and answers each with one line:
`run FILE` starts a server whose output goes to that file, `stop` ends it, `session WHO` signs a person in.
"""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import dinhlang
from dinhlang.cli import processes, wording
from dinhlang.cli.supervisor import Supervisor
from dinhlang.config import environment, start

READY = "grown"
_LEFT_OUT = ("tests", "migrations", "cli")


def main() -> None:
    """Import everything, then obey until the standard input ends."""
    import_everything()
    _answer(READY)
    server = None
    for line in sys.stdin:
        order, *given = line.split()
        if order == "run":
            server = Fork(lambda file=given[0]: _run(file))
            _answer("running")
        elif order == "stop" and server is not None:
            server.send(signal.SIGINT)
            _answer(str(server.wait(30)))
        elif order == "session":
            # The database is asked by a process that ends: the stem itself keeps no connection.
            Fork(lambda who=given[0]: _answer(_session(who))).wait(30)
    if server is not None and server.poll() is None:
        server.send(signal.SIGINT)
        server.wait(30)


def _answer(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def import_everything() -> None:
    wording.speak_vietnamese()
    start.setup()
    for module in pkgutil.walk_packages(dinhlang.__path__, "dinhlang."):
        if not any(part in _LEFT_OUT for part in module.name.split(".")):
            importlib.import_module(module.name)
    importlib.import_module("django_tasks_db.management.commands.db_worker")
    _leave_articles_unread()
    from django.template.loader import get_template
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    for folder in Path(dinhlang.__path__[0]).glob("*/templates"):
        for file in folder.rglob("*.html"):
            get_template(str(file.relative_to(folder)))
    gc.collect()
    gc.freeze()


def _leave_articles_unread() -> None:
    """A test that listens asks for the sound of its own article (`test_listening_browser`)."""
    from dinhlang.portal.listening import actions, steps

    def nothing(*, at: datetime) -> int:
        return 0

    actions.ask_due = steps.ask_due = nothing


def _session(username: str) -> str:
    """The name of a new session of that person, as signing in gives one."""
    from django.conf import settings
    from django.test import Client

    from dinhlang.org.models import Person

    client = Client()
    client.force_login(Person.objects.get(username=username))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _run(file: str) -> None:
    output = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.exit(_Forking(environment.read()).run())


class Fork:
    """A process forked from this one, to be handled as one that was started."""

    _held: list[int] = []

    def __init__(self, do: Callable[[], Any]) -> None:
        given, holding = os.pipe()
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            # Whoever waits for us to be gone sees it by the end of a pipe, which no other child may hold open.
            for other in (*Fork._held, holding):
                os.close(other)
            Fork._held.clear()
            os.dup2(given, 0)
            os.close(given)
            end_after(do)
        os.close(given)
        Fork._held.append(holding)
        self._holding = holding

    def send(self, what: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, what)

    def terminate(self) -> None:
        self.send(signal.SIGTERM)

    def kill(self) -> None:
        self.send(signal.SIGKILL)

    def poll(self) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
                Fork._held.remove(self._holding)
                os.close(self._holding)
        return self.returncode

    def wait(self, timeout: float) -> int:
        deadline = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("fork", timeout)
            time.sleep(0.01)
        return code


def end_after(do: Callable[[], Any]) -> None:
    code = 1
    try:
        do()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # it is told; this process must not go on as its parent would
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


class _Forking(Supervisor):
    """The supervisor, but its processes are forked."""

    def _start(self, role: str, *arguments: str, pass_fd: int | None = None) -> None:
        def do() -> None:
            sys.argv = ["processes", role, *arguments]
            processes.main()

        self.children[role] = Fork(do)  # type: ignore[assignment]


if __name__ == "__main__":
    main()
