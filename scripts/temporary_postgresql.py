"""A PostgreSQL server for the length of a test run: own cluster, own socket folder, nothing left behind.

It is reached by a socket only and keeps nothing safe from a power cut, which makes it fast. PostgreSQL refuses
to run as root; then everything here runs as the system user `postgres`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

_numbers = count(1)
UNSAFE_BUT_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_wal_size=2GB"


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


@contextmanager
def running() -> Iterator[str]:
    """Start a server and give the address of its (empty) database, as DATABASE_URL takes it."""
    folder = programs()
    if folder is None:
        raise RuntimeError("PostgreSQL is not installed")
    # Short, because the name of a socket may have 107 characters only.
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "env", f"HOME={home}"]

    def run(program: str, *arguments: str) -> None:
        command = [*as_user, str(folder / program), *arguments]
        subprocess.run(command, check=True, cwd=home, stdout=subprocess.DEVNULL)

    cluster = str(home / "data")
    try:
        run(
            "initdb",
            "-D",
            cluster,
            "-U",
            "dinhlang",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        options = f"-k {home} -c listen_addresses='' {UNSAFE_BUT_FAST}"
        run("pg_ctl", "-D", cluster, "-w", "-s", "-l", str(home / "log"), "-o", options, "start")
        try:
            run("createdb", "-h", str(home), "-U", "dinhlang", "dinhlang")
            yield f"postgresql://dinhlang@/dinhlang?host={home}"
        finally:
            run("pg_ctl", "-D", cluster, "-w", "-s", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


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
