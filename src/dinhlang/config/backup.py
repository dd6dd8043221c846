"""Taking a backup while everything runs: one consistent moment of the database, and every file it speaks of."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from dinhlang.config import backup_file, complaints
from dinhlang.config.backup_file import BadBackup, Manifest
from dinhlang.config.progress import Progress

DATABASE_MEMBER = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
# Sealed files of citizens: unlike the others, one of them may be erased at any moment.
ERASABLE = "citizens"
FOLDERS = ("blobs", "media", ERASABLE)
SECRETS = ("secret.key", "seal.key", "demo-passphrase")
_BLOB = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}")


def take(target: Path, *, at: datetime, progress: Progress) -> tuple[Manifest, list[str]]:
    """Write a backup of the whole installation to `target`.

    Give its manifest and the hashes of stored files that the database speaks of but the disk no longer has
    whole: a damaged store must not keep anyone from saving the rest. Raises `BadBackup`.
    """
    from django.conf import settings
    from django.db import connection

    engine = connection.vendor
    # On the data folder's own disk: the temporary folder is often small, or memory.
    with tempfile.TemporaryDirectory(prefix="backup-", dir=settings.DATA) as folder:
        snapshot = Path(folder) / DATABASE_MEMBER[engine]
        if engine == "sqlite":
            _snapshot_sqlite(Path(connection.settings_dict["NAME"]), snapshot)
        else:
            run_postgresql(
                "pg_dump",
                connection.settings_dict,
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--file={snapshot}",
            )
        # Files are stored whole before the row that speaks of them, and never change: those on the disk now
        # hold everything the snapshot knows.
        sources = [(snapshot.name, snapshot), *_files(settings.DATA), *_held(settings.DATA, Path(folder))]
        head = Manifest(at.isoformat(timespec="seconds"), engine, _applied_migrations())
        manifest = backup_file.write(target, head, sources, progress)
    return manifest, _lost(manifest)


def _snapshot_sqlite(live: Path, snapshot: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{live.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(snapshot)) as copy,
        ):
            # One read transaction for the whole copy: writers go on, and do not make it start anew.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            check_sqlite(copy)
    except sqlite3.Error as error:
        raise BadBackup(f"Chưa sao lưu được cơ sở dữ liệu: {complaints.explained(error)}") from error


def check_sqlite(connection: sqlite3.Connection) -> None:
    """Raise `BadBackup` when the database is damaged."""
    try:
        (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise BadBackup(f"Cơ sở dữ liệu bị hỏng ({found}). Hãy khôi phục từ một bản sao lưu trước đó.")


def run_postgresql(program: str, database: Mapping[str, Any], *arguments: str) -> None:
    """Run one of PostgreSQL's own programs on a database of Django's settings. Raises `BadBackup`."""
    options: Mapping[str, str] = database.get("OPTIONS", {})
    environment = {
        **os.environ,
        "PGDATABASE": str(database["NAME"]),
        "PGUSER": str(database["USER"]),
        "PGPASSWORD": str(database["PASSWORD"]),
        "PGHOST": str(options.get("host") or database["HOST"]),
        "PGPORT": str(options.get("port") or database["PORT"]),
        "PGSSLMODE": str(options.get("sslmode", "")),
    }
    command = [program, "--no-password", *arguments]
    given = {name: value for name, value in environment.items() if value or not name.startswith("PG")}
    try:
        done = subprocess.run(command, env=given, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise BadBackup(
            f"Chưa có chương trình {program} của PostgreSQL. Hãy cài: sudo apt-get install postgresql-client"
        ) from None
    if done.returncode != 0:
        reason = next(
            (line for line in done.stderr.splitlines() if "error" in line.lower()), done.stderr.strip()
        )
        raise BadBackup(f"PostgreSQL từ chối ({program}): {reason}")


def _files(data: Path) -> Iterator[tuple[str, Path]]:
    for name in SECRETS:
        if (data / name).is_file():
            yield name, data / name
    for folder in (one for one in FOLDERS if one != ERASABLE):
        for path in sorted((data / folder).rglob("*")):
            inside = path.relative_to(data / folder).as_posix()
            if path.is_file() and (folder != "blobs" or _BLOB.fullmatch(inside)):
                yield f"{folder}/{inside}", path


def _held(data: Path, beside: Path) -> Iterator[tuple[str, Path]]:
    """Files that may be erased meanwhile, each under a second name for as long as the backup is written."""
    for path in sorted((data / ERASABLE).rglob("*")):
        if not path.is_file() or path.suffix == ".part":
            continue
        name = path.relative_to(data).as_posix()
        held = beside / name
        held.parent.mkdir(parents=True, exist_ok=True)
        try:
            try:
                os.link(path, held)
            except PermissionError:  # a disk that knows no second names
                shutil.copyfile(path, held)
        except FileNotFoundError:
            continue
        yield name, held


def _applied_migrations() -> list[str]:
    from django.db.migrations.recorder import MigrationRecorder

    rows = MigrationRecorder.Migration.objects.order_by("app", "name").values_list("app", "name")
    return [f"{app}.{name}" for app, name in rows]


def _lost(manifest: Manifest) -> list[str]:
    from dinhlang.work.models import Blob

    whole = {
        entry.sha256
        for name, entry in manifest.files.items()
        if name.startswith("blobs/") and name.endswith(entry.sha256)
    }
    made_at = datetime.fromisoformat(manifest.made_at)
    known = Blob.objects.filter(stored_at__lte=made_at).values_list("sha256", flat=True)
    return sorted(set(known) - whole)
