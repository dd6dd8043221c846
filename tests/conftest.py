"""What the process and browser tests share: an installation of one's own, a server, a Chromium."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DINHLANG = Path(sys.executable).with_name("dinhlang")
READY = "sẵn sàng"


@dataclass
class Installation:
    """A data folder, and the command run on it as a user would."""

    data: Path
    port: int
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        own = {"DINHLANG_DATA": str(self.data), "PORT": str(self.port), **self.variables}
        rest = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DINHLANG_", "DATABASE_URL", "PORT", "DJANGO_"))
        }
        return {**rest, **own}

    def run(
        self, *arguments: str, given: str = "", folder: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            [DINHLANG, *arguments],
            env=self.environment,
            cwd=folder or self.data.parent,
            input=given,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start one command and let it run."""
        return subprocess.Popen(
            [DINHLANG, *arguments],
            env=self.environment,
            cwd=self.data.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


class Server:
    """A running `dinhlang run`. What it prints is gathered while it runs."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.process = installation.start("run")
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.installation.port}"

    @property
    def output(self) -> str:
        return "\n".join(self.lines)

    @property
    def passphrase(self) -> str:
        found = re.search(r"mật khẩu[^:]*: (\S+)", self.output)
        assert found, self.output
        return found.group(1)

    def wait_until_ready(self, seconds: float = 60) -> None:
        wait_for(lambda: READY in self.output or self.process.poll() is not None, seconds)
        assert READY in self.output, self.output

    def children(self) -> dict[str, int]:
        """The process numbers of web and worker."""
        found = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(path.read_text().rpartition(")")[2].split()[1])
                words = (path.parent / "cmdline").read_text().split("\0")
            except (OSError, ValueError):
                continue
            if parent == self.process.pid and "dinhlang.cli.processes" in words:
                found[words[words.index("dinhlang.cli.processes") + 1]] = int(path.parent.name)
        return found

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Ask it to stop and give its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(timeout=20)
        self._reader.join(timeout=5)
        return code


def wait_for(condition: object, seconds: float) -> None:
    """Wait until the condition holds, or the time is up."""
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose database is made and holds the places; never used itself, only copied."""
    folder = tmp_path_factory.mktemp("prepared") / "var"
    made = Installation(folder, 0, {"PORT": "8000"}).run("backup", str(folder.parent / "backup.zip"))
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture
def installation(prepared: Path, tmp_path: Path) -> Installation:
    """An installation of the test's own, with a database that is up to date."""
    data = tmp_path / "var"
    shutil.copytree(prepared, data)
    return Installation(data, free_port())


@pytest.fixture
def server(installation: Installation) -> Iterator[Server]:
    """A server that answers."""
    started = Server(installation)
    try:
        started.wait_until_ready()
        yield started
    finally:
        started.stop()
