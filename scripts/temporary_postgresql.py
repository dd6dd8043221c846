"""A PostgreSQL server for the length of a test run: own cluster, own socket folder, nothing left behind.

It is reached by a socket only and keeps nothing safe from a power cut, which makes it fast. PostgreSQL refuses
to run as root; then everything here runs as the system user `postgres`.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

_numbers = count(1)
UNSAFE_BUT_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_wal_size=2GB"
# The tests' thousands of statements are small and each is new to the server: compiling them and counting rows that are
# taken back at once was five sixths of what it worked. What a plan depends on, a test has counted itself (ANALYZE).
FOR_TESTS = f"{UNSAFE_BUT_FAST} -c jit=off -c autovacuum=off"
# What was committed outlives the processes (not the machine): for a server that is killed in the middle.
KILLABLE = "-c fsync=off -c full_page_writes=off"


def programs() -> Path | None:
    """The folder of the server's programs (Debian keeps it out of PATH), the newest version first."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parts[4]) if path.parts[4].isdecimal() else 0,
    )
    if found:
        return found[-1].parent
    in_path = shutil.which("initdb")
    return Path(in_path).parent if in_path else None


class Cluster:
    """A server of one's own in a folder of its own. `options` are those of the server program."""

    def __init__(self, home: Path, folder: Path, options: str) -> None:
        self.home, self._folder, self._options = home, folder, options
        self.address = f"postgresql://dinhlang@/dinhlang?host={home}"
        self._is_killed = False
        self._as_user: list[str] = []
        if os.geteuid() == 0:
            shutil.chown(home, "postgres", "postgres")
            self._as_user = [
                "setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "env", f"HOME={home}",
            ]  # fmt: skip

    def make(self) -> None:
        """Make its files."""
        given = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        self._run("initdb", "-D", self._data, "-U", "dinhlang", *given)

    def create(self) -> None:
        """Make the empty database, once it is started."""
        self._run("createdb", "-h", str(self.home), "-U", "dinhlang", "dinhlang")

    def is_running(self) -> bool:
        """Whether it runs, also where somebody else started it."""
        with suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", self._data, "status")
            return True
        return False

    def start(self) -> None:
        """Start it, also after it was killed; ready when this returns."""
        options = f"-k {self.home} -c listen_addresses='' {self._options}"
        log = str(self.home / "log")
        self._run("pg_ctl", "-D", self._data, "-w", "-s", "-l", log, "-o", options, "start")
        self._is_killed = False

    def stop(self) -> None:
        """End it without a word to those who are connected."""
        if self._is_killed:
            return
        self._run("pg_ctl", "-D", self._data, "-w", "-s", "-m", "immediate", "stop")

    def held(self) -> list[int]:
        """Hold it still, so that it starts nobody new, and give its processes, itself the last; those who work go on."""
        first = int((self.home / "data" / "postmaster.pid").read_text().split()[0])
        # A process that it starts while it is killed would keep the memory of the old server.
        os.kill(first, signal.SIGSTOP)
        return [*children(first), first]

    def kill(self, family: list[int] | None = None) -> None:
        """Kill it and every process of it (`family` is what `held` gave) in the middle of what they do; returns when all
        are gone."""
        family = family or self.held()
        for process in family:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        until = time.monotonic() + 10
        while any(map(_is_running, family)) and time.monotonic() < until:
            time.sleep(0.01)
        # Where nobody collects the dead, their numbers stay taken and PostgreSQL believes that the old server runs.
        for lock in (self.home / "data" / "postmaster.pid", *self.home.glob(".s.PGSQL.*.lock")):
            lock.unlink(missing_ok=True)
        self._is_killed = True

    @property
    def _data(self) -> str:
        return str(self.home / "data")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as_user, str(self._folder / program), *arguments]
        subprocess.run(command, check=True, cwd=self.home, stdout=subprocess.DEVNULL)


def children(parent: int) -> list[int]:
    """The processes that this one started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
        except (OSError, ValueError):
            continue
    return found


def work_of(address: str) -> float:
    """How many seconds of the processors the server of that address has worked so far, with all that it started."""
    home = Path(parse_qs(urlsplit(address).query)["host"][0])
    first = int((home / "data" / "postmaster.pid").read_text().split()[0])
    ticks = 0
    for process in (first, *children(first)):
        with suppress(OSError):
            # Its own, and of those of its children that have ended.
            words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(int(word) for word in words[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def _is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def cluster(options: str = UNSAFE_BUT_FAST) -> Iterator[Cluster]:
    """A running server with an empty database, to be killed and started again."""
    folder = programs()
    if folder is None:
        raise RuntimeError("PostgreSQL is not installed")
    # Short, because the name of a socket may have 107 characters only.
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        made = Cluster(home, folder, options)
        made.make()
        made.start()
        try:
            made.create()
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def kept(home: Path, options: str = UNSAFE_BUT_FAST) -> Iterator[str]:
    """The address of a database on a server whose files stay in that folder, to go on with it another day.

    The folder's path must be short, and open to the user `postgres` where root asks.
    """
    folder = programs()
    if folder is None:
        raise RuntimeError("PostgreSQL is not installed")
    is_made = home / "made"
    if not is_made.exists():
        shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True, exist_ok=True)
    server = Cluster(home, folder, options)
    if not is_made.exists():
        server.make()
    if not server.is_running():
        server.start()
    try:
        if not is_made.exists():
            server.create()
            is_made.touch()
        yield server.address
    finally:
        server.stop()


@contextmanager
def running(options: str = UNSAFE_BUT_FAST) -> Iterator[str]:
    """Start a server and give the address of its (empty) database, as DATABASE_URL takes it."""
    with cluster(options) as made:
        yield made.address


def emptied(address: str, name: str) -> str:
    """The address of an empty database of that name on the server of that address; what it held is gone."""
    parts = urlsplit(address)
    server = ["-h", parse_qs(parts.query)["host"][0], "-U", "dinhlang"]
    subprocess.run(["dropdb", *server, "--if-exists", "--force", name], check=True, stderr=subprocess.DEVNULL)
    subprocess.run(["createdb", *server, "-T", "template1", name], check=True)
    return parts._replace(path=f"/{name}").geturl()


@contextmanager
def copied(address: str, template: str = "") -> Iterator[str]:
    """A database of one's own on the server of that address, a copy of its database or of another template."""
    parts = urlsplit(address)
    server = ["-h", parse_qs(parts.query)["host"][0], "-U", "dinhlang"]
    own = f"own_{os.getpid()}_{next(_numbers)}"
    subprocess.run(["createdb", *server, "-T", template or parts.path[1:], own], check=True)
    try:
        yield parts._replace(path=f"/{own}").geturl()
    finally:
        subprocess.run(["dropdb", *server, "--force", own], check=True)
