"""`dinhlang run`: one small process that starts the web and the worker process and ends them together.

It imports no Django, so it weighs little. It opens the port itself (a port in use is told before anything
slow begins) and hands the socket to the web process. Each child's standard input is a pipe from here: when
this process dies, however it dies, the pipes close and the children end.
"""

from __future__ import annotations

import errno
import http.client
import select
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

from dinhlang.config import locks
from dinhlang.config.environment import Environment

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 8.0  # seconds a child has to finish what it is doing


class CannotStart(Exception):
    """The server cannot start; the message says why and what to do."""


class Stopped(Exception):
    """A person or the system asked to stop."""


@dataclass
class Supervisor:
    """The processes of one running server."""

    environment: Environment
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def run(self) -> int:
        """Serve until told to stop. Give the exit code: 0 when told to, otherwise that of the child that failed.

        Raises `CannotStart` when another server uses this data folder or the port.
        """
        lock = locks.Lock(self.environment.data, locks.SERVER)
        try:
            lock.take(alone=True)
        except locks.Taken:
            raise CannotStart(
                f"Một máy chủ khác đang chạy trên thư mục dữ liệu “{self.environment.data}”. "
                "Hãy dừng máy chủ đó, hoặc đặt DINHLANG_DATA trỏ đến thư mục khác."
            ) from None
        (self.environment.data / "worker.beat").unlink(missing_ok=True)
        signal.pthread_sigmask(signal.SIG_BLOCK, {*STOP_SIGNALS, signal.SIGCHLD})
        try:
            with _open_port(self.environment.port) as listener:
                self._start("web", str(listener.fileno()), pass_fd=listener.fileno())
            self._start("worker")
            return self._watch()
        except Stopped:
            _say("Đang dừng…")
            return 0
        finally:
            self._stop_all()
            lock.release()

    def _start(self, role: str, *arguments: str, pass_fd: int | None = None) -> None:
        self.children[role] = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "dinhlang.cli.processes", role, *arguments],
            stdin=subprocess.PIPE,
            pass_fds=() if pass_fd is None else (pass_fd,),
        )

    def _watch(self) -> int:
        answered = False
        health = _Health(self.environment.port)
        while True:
            wait = 3600.0 if answered else 0.1
            caught = signal.sigtimedwait({*STOP_SIGNALS, signal.SIGCHLD}, wait)
            if caught is not None and caught.si_signo in STOP_SIGNALS:
                raise Stopped
            for role, child in self.children.items():
                if child.poll() is not None:
                    return _ended(role, child.returncode)
            if not answered and health.is_good():
                answered = True
                url = self.environment.public_url
                _say(f"Đình Làng sẵn sàng: {url}/\nBàn làm việc: {url}/ban-lam-viec/\nNhấn Ctrl-C để dừng.")

    def _stop_all(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + PATIENCE
        for child in self.children.values():
            try:
                child.wait(timeout=max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _open_port(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        listener.close()
        reason = (
            "đang có chương trình khác dùng" if error.errno == errno.EADDRINUSE else "hệ thống không cho phép"
        )
        raise CannotStart(
            f"Không mở được cổng {port} trên 127.0.0.1: {reason}. "
            "Hãy đặt biến PORT là một cổng khác (1024 đến 65535), hoặc dừng chương trình đang dùng cổng này."
        ) from None
    listener.listen(128)
    return listener


class _Health:
    """Whether web, database and worker are all up, as `/healthz` says.

    One question waits until it is answered. The port is open before the web process serves on it, for a minute when the
    demonstration is made: a new question every moment would leave it more connections than it accepts.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._asked: http.client.HTTPConnection | None = None

    def is_good(self) -> bool:
        """Ask, or look whether what was asked before is answered by now."""
        try:
            if self._asked is None:
                self._asked = http.client.HTTPConnection("127.0.0.1", self._port, timeout=0.5)
                self._asked.request("GET", "/healthz")
            if not select.select([self._asked.sock], [], [], 0.1)[0]:
                return False
            good = self._asked.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            good = False
        if self._asked is not None:
            self._asked.close()
        self._asked = None
        return good


def _ended(role: str, code: int) -> int:
    name = {"web": "web", "worker": "nền"}[role]
    if code == 0 or code < 0:
        sys.stderr.write(f"Tiến trình {name} đã dừng bất ngờ; toàn bộ máy chủ dừng theo.\n")
        return 1
    return code


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
