"""A database with every migration applied: made once for a set of migrations, copied by every test that needs one.

Applying the migrations of all packages takes some ten seconds, copying the result takes none. The copy is named by
what the migrations say, so a changed migration makes a new one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DINHLANG = Path(sys.executable).with_name("dinhlang")
# `make test` sets both: a folder that is empty when it begins, and the address of a migrated database.
FOLDER = "PREPARED_DATABASES"
POSTGRESQL = "PREPARED_POSTGRESQL"


def sqlite(folder: Path | None = None) -> Path:
    """The file of a migrated SQLite database without any rows of ours; never used itself, only copied."""
    folder = folder or Path(os.environ.get(FOLDER) or ROOT / ".pytest_cache" / "databases")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{digest()}.sqlite3"
    with alone(folder / "lock"):
        if not file.exists():
            _make(file)
    return file


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold a lock file: who else wants to make the same thing waits and then finds it made."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def into(data: Path) -> None:
    """Lay a copy into a data folder that holds no database yet."""
    data.mkdir(parents=True, exist_ok=True)
    shutil.copy(sqlite(), data / "dinhlang.sqlite3")


def postgresql_into(address: str, data: Path) -> None:
    """Fill the empty database of that address: with what `make test` migrated, else by migrating."""
    made = os.environ.get(POSTGRESQL)
    if not made:
        migrate({"DATABASE_URL": address, "DINHLANG_DATA": str(data)})
        return
    with subprocess.Popen(["pg_dump", "--no-owner", made], stdout=subprocess.PIPE) as dumped:
        subprocess.run(
            ["psql", "-q", "-v", "ON_ERROR_STOP=1", address],
            stdin=dumped.stdout,
            stdout=subprocess.DEVNULL,
            check=True,
        )


def fill(name: str) -> closing[sqlite3.Connection]:
    """Copy it into the SQLite database of that name, a file or `file:…?mode=memory`; give the connection.

    A database in memory lives as long as the connection is open.
    """
    made = closing(sqlite3.connect(name, uri=name.startswith("file:")))
    with closing(sqlite3.connect(sqlite())) as source:
        source.backup(made.thing)
    return made


def migrate(variables: dict[str, str]) -> None:
    """Apply every migration to the database that these variables name."""
    subprocess.run(
        [DINHLANG, "django", "migrate", "--verbosity=0"],
        env={**os.environ, **variables},
        check=True,
        stdin=subprocess.DEVNULL,
    )


def _make(file: Path) -> None:
    with tempfile.TemporaryDirectory(dir=file.parent) as scratch:
        made = Path(scratch) / "made.sqlite3"
        migrate({"DINHLANG_DATA": scratch, "DATABASE_URL": f"sqlite:///{made}"})
        with closing(sqlite3.connect(made)) as database:
            # One file, without a log beside it.
            database.execute("PRAGMA journal_mode = DELETE")
        made.replace(file)


def digest() -> str:
    """What the migrations of every package say, and the code of ours that they call."""
    packages = Path(sysconfig.get_paths()["purelib"]).resolve()
    ours = ROOT / "src" / "dinhlang"
    files = [
        *packages.glob("**/migrations/*.py"),
        *ours.glob("*/migrations/*.py"),
        ours / "org" / "create_together.py",
        ours / "org" / "ledger_triggers.py",
        ours / "org" / "older_migrations.py",
    ]
    found = hashlib.sha256()
    for path in sorted(files):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:16]
