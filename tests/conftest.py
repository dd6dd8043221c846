"""What the process and browser tests share: an installation of one's own, a server, a Chromium."""

from __future__ import annotations

import atexit
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import prepared_database
import pytest
import temporary_postgresql

from tests.nursery import Nursery

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Request

ROOT = Path(__file__).resolve().parent.parent
DINHLANG = Path(sys.executable).with_name("dinhlang")
READY = "sẵn sàng"


@cache
def nursery() -> Nursery:
    """What commands are forked from."""
    grown = Nursery()
    atexit.register(grown.close)
    return grown


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

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end, in a process forked from one that has imported everything."""
        return nursery().run(*arguments, environment=self.environment, folder=self.data.parent)

    def run_anew(
        self, *arguments: str, given: str = "", folder: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run one command to its end as a shell does, in an interpreter of its own."""
        return subprocess.run(
            [DINHLANG, *arguments],
            env=self.environment,
            cwd=folder or self.data.parent,
            input=given,
            capture_output=True,
            text=True,
            timeout=300,
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

    def wait_until_ready(self, seconds: float = 120) -> None:
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
        code = self.process.wait(timeout=30)
        self._reader.join(timeout=5)
        return code


PATIENCE = 90.0
"""Seconds for what takes a few on a calm machine."""


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


def kept_port() -> int:
    """A port that is free and stays so while nobody listens on it: the system gives none of these to a caller."""
    for port in random.sample(range(20_000, 30_000), 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("a hundred ports are taken")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all who test at the same time have in common."""
    if given := os.environ.get(prepared_database.FOLDER):
        return Path(given)
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def made_once(folder: Path, base: Path, *command: str) -> Path:
    """The data folder of that name: a copy of `base` on which the command was run, made by whoever comes first."""
    with prepared_database.alone(folder.with_suffix(".lock")):
        if not folder.exists():
            making = folder.with_suffix(".making")
            if base.is_dir():
                shutil.copytree(base, making)
            else:
                making.mkdir()
                shutil.copy(base, making / "dinhlang.sqlite3")
            made = Installation(making, 8000).run_anew(*command)
            assert made.returncode == 0, made.stderr
            making.rename(folder)
    return folder


@pytest.fixture(scope="session")
def prepared(shared: Path) -> Path:
    """A data folder whose database is made and holds the places; never used itself, only copied."""
    return made_once(shared / "prepared", prepared_database.sqlite(), "backup", str(shared / "prepared.zip"))


@pytest.fixture
def installation(prepared: Path, tmp_path: Path) -> Installation:
    """An installation of the test's own, with a database that is up to date."""
    data = tmp_path / "var"
    shutil.copytree(prepared, data)
    return Installation(data, free_port())


@pytest.fixture
def server(installation: Installation) -> Iterator[Server]:
    """A server that answers."""
    installation.variables["DINHLANG_DEMO"] = "0"
    started = Server(installation)
    try:
        started.wait_until_ready()
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL database that is migrated; never used itself, only copied."""
    if given := os.environ.get(prepared_database.POSTGRESQL):
        yield given
        return
    with temporary_postgresql.running(temporary_postgresql.FOR_TESTS) as address:
        prepared_database.migrate(
            {"DATABASE_URL": address, "DINHLANG_DATA": str(tmp_path_factory.mktemp("postgresql"))}
        )
        yield address


@pytest.fixture(scope="session")
def prepared_demo(prepared: Path, shared: Path) -> Path:
    """A data folder that holds the demo commune as it is on its first day; never used itself, only copied."""
    return made_once(shared / "prepared-demo", prepared, "demo", "load")


# What the worker of a server does first, and would do once for every file of tests: ten seconds each time.
_RENDER = """
from django.utils import timezone
from dinhlang.portal.kept import refreshing
from dinhlang.portal.search import actions as search
refreshing.keep_up(at=timezone.now())
search.follow(at=timezone.now())
"""


# Pages name the address they stand at, and the version of all of them goes by it.
_MOVE = """
import gzip
from django.conf import settings
from dinhlang.portal.kept import refreshing
kept = refreshing.store()
port = settings.PUBLIC_URL.rpartition(":")[2]
for target, said in kept.contents().items():
    moved = said
    for colon in (":", "%3A"):
        moved = moved.replace(f"127.0.0.1{colon}8000".encode(), f"127.0.0.1{colon}{port}".encode())
    if moved != said:
        file = kept.file_of(target)
        file.write_bytes(moved)
        file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(moved, 6, mtime=0))
(kept.folder / "version").write_text(refreshing.version(), "utf-8")
"""


def _no_strangers() -> dict[str, str]:
    """Settings by which channels are looked for on this machine, where nobody listens unless a test lets stand-ins."""
    here = f"http://127.0.0.1:{kept_port()}"
    facebook, zalo = f"{here}/facebook/v25.0", f"{here}/zalo"
    return {
        "DINHLANG_FACEBOOK": facebook,
        "DINHLANG_FACEBOOK_LOGIN": facebook,
        "DINHLANG_ZALO": f"{zalo}/v2.0",
        "DINHLANG_ZALO_LOGIN": f"{zalo}/v4",
    }


@pytest.fixture(scope="session")
def rendered_demo(
    prepared_demo: Path, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Installation:
    """The demo with all its public pages rendered; never used itself, only copied.

    Pages name the address they stand at, so all servers made from it listen on one port, one after the other. They are
    rendered once, and every worker moves them to a port of its own.
    """

    def shell(code: str) -> tuple[str, ...]:
        return ("django", "shell", "--verbosity=0", "--command", code)

    rendered = made_once(shared / "rendered-demo", prepared_demo, *shell(_RENDER))
    own = Installation(tmp_path_factory.mktemp("rendered-demo") / "var", kept_port(), _no_strangers())
    shutil.copytree(rendered, own.data)
    moved = own.run_anew(*shell(_MOVE))
    assert moved.returncode == 0, moved.stderr
    return own


class Grown(Server):
    """A server forked from a stem that has imported everything (tests/stem.py)."""

    def __init__(self, installation: Installation, stem: Stem, output: Path) -> None:
        self.installation, self._stem, self._file = installation, stem, output
        assert stem.ask(f"run {output}") == "running"

    @property
    def output(self) -> str:
        return self._file.read_text("utf-8") if self._file.exists() else ""

    def wait_until_ready(self, seconds: float = 120) -> None:
        wait_for(lambda: READY in self.output, seconds)
        assert READY in self.output, self.output

    def session_of(self, username: str) -> str:
        """A new session of that person."""
        return self._stem.ask(f"session {username}")

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        assert how is signal.SIGINT
        return int(self._stem.ask("stop"))


class Stem:
    """What servers of one installation are forked from, one after the other."""

    def __init__(self, demo: Installation, folder: Path) -> None:
        self.installation = Installation(folder / "var", demo.port, demo.variables)
        self._folder, self._count = folder, 0
        shutil.copytree(demo.data, self.installation.data)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.stem"],
            env=self.installation.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._told() == "grown"

    def ask(self, order: str) -> str:
        """Give an order, and have its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{order}\n")
        self._process.stdin.flush()
        return self._told()

    def _told(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    @contextmanager
    def running(self, demo: Installation) -> Iterator[Grown]:
        """A server with a copy of that demo."""
        self._count += 1
        shutil.rmtree(self.installation.data)
        shutil.copytree(demo.data, self.installation.data)
        started = Grown(self.installation, self, self._folder / f"output-{self._count}.txt")
        try:
            started.wait_until_ready()
            yield started
        finally:
            started.stop()

    def end(self) -> None:
        self._process.communicate(timeout=60)


@pytest.fixture(scope="session")
def stem(rendered_demo: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stem]:
    """What the servers of the browser tests are forked from."""
    grown = Stem(rendered_demo, tmp_path_factory.mktemp("stem"))
    yield grown
    grown.end()


@contextmanager
def demo_running(demo: Installation, folder: Path, **variables: str) -> Iterator[Server]:
    """A server with a copy of that demo, in that folder."""
    data = folder / "var"
    shutil.copytree(demo.data, data)
    started = Server(Installation(data, demo.port, variables))
    try:
        started.wait_until_ready()
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def demo_server(stem: Stem, rendered_demo: Installation) -> Iterator[Grown]:
    """A server with the demo commune for the browser tests of one file: what another file did is not there."""
    with stem.running(rendered_demo) as started:
        yield started


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, asking nothing of the world outside."""
    from playwright.sync_api import expect, sync_playwright

    # A page that is late on a busy machine is no fault; five seconds, the usual, it may well be.
    expect.set_options(timeout=30_000)
    flags = [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        # As the PC at the amplifier is told: what plays there has nobody who clicks.
        "--autoplay-policy=no-user-gesture-required",
        # A microphone that beeps, allowed where the page itself may use one.
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
    ]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    with sync_playwright() as playwright:
        # The shell is the same browser without windows: a page costs it two thirds.
        program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A person's visit with the browser: the page, and what went wrong or abroad while they looked."""

    page: Page
    server: Server
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.page.on("request", self._note_stranger)
        self.page.on(
            "response", lambda answer: self.faults.append(answer.url) if answer.status >= 400 else None
        )

    def _note_stranger(self, request: Request) -> None:
        if not request.url.startswith((self.server.address, "data:", "blob:")):
            self.faults.append(f"left the house: {request.url}")

    def go(self, path: str) -> None:
        self.page.goto(f"{self.server.address}{path}")

    def sign_in(self, username: str) -> None:
        """Be signed in as one of the demo's people, and look at the desk.

        Going through the door costs a hash of the passphrase and three pages each time; `sign_in_at_the_door` does.
        """
        if not isinstance(self.server, Grown):
            self.sign_in_at_the_door(username)
            return
        session = {"name": "sessionid", "value": self.server.session_of(username)}
        self.page.context.add_cookies([{**session, "url": self.server.address}])
        self.go("/ban-lam-viec/")

    def sign_in_at_the_door(self, username: str) -> None:
        """Sign in as one of the demo's people, by the form."""
        self.go("/dang-nhap/")
        self.page.fill("input[name=login]", username)
        self.page.fill("input[name=password]", self.server.passphrase)
        self.page.get_by_role("button", name="Đăng nhập", exact=True).click()
        self.page.wait_for_url(lambda url: "/dang-nhap/" not in url)

    def sign_out(self) -> None:
        """Sign out, as the button in the account menu does."""
        self.page.locator(".who > summary").click()
        self.page.get_by_role("button", name="Đăng xuất").click()
        self.page.wait_for_url(lambda url: "/dang-nhap/" in url)


def through(something: Locator) -> None:
    """Click what leads to another page, and wait until that page and its scripts are there: a click alone does not.

    Nor does waiting for something on that page: it is seen before the scripts are loaded, and what is typed then, or
    clicked, goes where it would without them.
    """
    with something.page.expect_navigation(timeout=PATIENCE * 1000):
        something.click()


@pytest.fixture
def visit(chromium: Browser, demo_server: Server) -> Iterator[Visit]:
    """A fresh visit. Fails the test when a script broke, an address answered with an error or was abroad."""
    context = chromium.new_context(locale="vi-VN", accept_downloads=True)
    visit = Visit(context.new_page(), demo_server)
    yield visit
    context.close()
    assert visit.faults == [], demo_server.output
