"""Putting a backup in the place of the data, so that a kill at any moment leaves the old data or the new.

Everything is unpacked and checked beside the data first. Then a journal is written: from that moment the new
data counts. Moving the files into place follows the journal, can be broken off anywhere and is taken up again
by whoever uses the data folder next (`finish`). The old data lies aside until the last move is done.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from dinhlang.config import backup, backup_file, locks
from dinhlang.config.backup_file import BadBackup, Manifest, sync_folder
from dinhlang.config.progress import Progress

JOURNAL = "restore.json"
NEW = "restore.new"
OLD = "restore.old"
KEPT = "kept"


@dataclass(frozen=True)
class Move:
    """One name that changes hands: what is staged takes the live place, what was live goes aside."""

    staged: str
    live: str
    aside: str
    brings: bool  # whether something was staged; if not, the live name is only emptied


def put_back(source: Path, *, progress: Progress) -> Manifest:
    """Replace the installation's data by that of a backup. Raises `BadBackup`, having changed nothing.

    Needs Django set up, and nobody else using the data folder.
    """
    from django.conf import settings
    from django.db import connection

    data: Path = settings.DATA
    try:
        with locks.held(data, locks.USE, alone=True):
            finish(data)
            try:
                manifest = _stage(source, data, connection.vendor, progress)
                _write_journal(data, _moves(data, connection.settings_dict["NAME"], manifest.engine))
                finish(data)
            finally:
                _sweep_unless_journal(data)
    except locks.Taken:
        raise BadBackup(
            f"Máy chủ hoặc một lệnh khác đang dùng thư mục dữ liệu “{data}”. "
            "Hãy dừng máy chủ (Ctrl-C) rồi khôi phục lại."
        ) from None
    return manifest


def _stage(source: Path, data: Path, engine: str, progress: Progress) -> Manifest:
    """Unpack a backup beside the data, checking all of it. Raises `BadBackup`."""
    with backup_file.opened(source) as (archive, manifest):
        _check_fits(manifest, engine, data)
        done = 0
        for name in manifest.files:
            path = data / NEW / name
            path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
            with path.open("xb") as out:
                done += backup_file.copy_member(archive, manifest, name, out)
                out.flush()
                os.fchmod(out.fileno(), 0o600)
                os.fsync(out.fileno())
            progress(done, manifest.size)
    _check_database(data / NEW, manifest.engine)
    return manifest


def is_unfinished(data: Path) -> bool:
    """Whether a restore was broken off here and left something to finish or to sweep up."""
    return any((data / name).exists() for name in (JOURNAL, NEW, OLD))


def finish(data: Path) -> None:
    """Do what a journal still asks for, then sweep up. The caller holds the data folder alone.

    Without a journal the staged data never came to count, and is thrown away.
    """
    journal = data / JOURNAL
    if journal.exists():
        moves = [Move(**move) for move in json.loads(journal.read_text(encoding="utf-8"))]
        dump = data / NEW / backup.DATABASE_MEMBER["postgresql"]
        if dump.exists():
            _load_postgresql(dump, journal)
        for move in moves:
            _carry_out(move)
        for folder in {Path(move.live).parent for move in moves}:
            sync_folder(folder)
        # Public pages are of the data that was: they are rendered anew from what is here now. Before the journal goes.
        shutil.rmtree(data / KEPT, ignore_errors=True)
        journal.unlink()
        sync_folder(data)
        for move in moves:
            _remove(Path(move.aside))
    _sweep_unless_journal(data)


def _carry_out(move: Move) -> None:
    """Do one move, or what a kill left of it. Nothing when it is done already."""
    staged, live, aside = Path(move.staged), Path(move.live), Path(move.aside)
    if move.brings and not staged.exists():
        return
    if live.exists():
        aside.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        live.rename(aside)
    if move.brings:
        live.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        staged.rename(live)


def _check_fits(manifest: Manifest, engine: str, data: Path) -> None:
    if manifest.engine != engine:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise BadBackup(
            f"Bản sao lưu này của {names.get(manifest.engine, manifest.engine)}, còn máy đang dùng {names[engine]}. "
            "Hãy đặt DATABASE_URL cùng loại với lúc sao lưu."
        )
    from dinhlang.config import versions

    applied = [(app, name) for app, _, name in (one.partition(".") for one in manifest.migrations)]
    if reason := versions.unfit(applied, also_others=True):
        raise BadBackup(f"Bản sao lưu {reason} khôi phục lại.")
    free = shutil.disk_usage(data).free
    if manifest.size > free:
        raise BadBackup(
            f"Cần {manifest.size // 2**20 + 1} MB trống để khôi phục, chỉ còn {free // 2**20} MB. Hãy giải phóng bớt đĩa."
        )


def _check_database(staged: Path, engine: str) -> None:
    database = staged / backup.DATABASE_MEMBER[engine]
    if not database.exists():
        raise BadBackup("Tệp sao lưu không có cơ sở dữ liệu. Hãy dùng bản sao lưu khác.")
    if engine == "sqlite":
        with closing(sqlite3.connect(database)) as connection:
            backup.check_sqlite(connection)


def _moves(data: Path, database: str, engine: str) -> list[Move]:
    moves = [
        _move(data / NEW / name, data / name, data / OLD / name)
        for name in (*backup.FOLDERS, *backup.SECRETS)
    ]
    if engine == "sqlite":
        live = Path(database).absolute()
        staged = data / NEW / backup.DATABASE_MEMBER[engine]
        if live.parent != data:
            # Another disk, perhaps, and renaming works only within one.
            beside = live.with_name(f"{live.name}.{NEW}")
            shutil.copyfile(staged, beside)
            staged.unlink()
            staged = beside
        # The old write-ahead log must never meet the new database.
        for suffix in ("", "-wal", "-shm"):
            name = f"{live.name}{suffix}"
            aside = data / OLD / name if live.parent == data else live.with_name(f"{name}.{OLD}")
            _remove(aside)
            moves.append(_move(staged.with_name(f"{staged.name}{suffix}"), live.with_name(name), aside))
    return moves


def _move(staged: Path, live: Path, aside: Path) -> Move:
    return Move(str(staged), str(live), str(aside), brings=staged.exists())


def _write_journal(data: Path, moves: list[Move]) -> None:
    for folder, _, _ in os.walk(data / NEW):
        sync_folder(Path(folder))
    part = data / f"{JOURNAL}.part"
    with part.open("w", encoding="utf-8") as file:
        json.dump([asdict(move) for move in moves], file)
        file.flush()
        os.fsync(file.fileno())
    part.rename(data / JOURNAL)
    sync_folder(data)


def _load_postgresql(dump: Path, journal: Path) -> None:
    """Load the dump in one transaction. Raises `BadBackup`; the database is then as it was, and the restore off."""
    from django.db import connection

    script = dump.with_suffix(".sql")
    try:
        backup.run_postgresql(
            "pg_restore",
            {**connection.settings_dict, "NAME": ""},
            "--no-owner",
            "--no-privileges",
            f"--file={script}",
            str(dump),
        )
        backup.run_postgresql(
            "psql",
            connection.settings_dict,
            "--no-psqlrc",
            "--quiet",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            "--command=SET lock_timeout = '15s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public;",
            f"--file={script}",
        )
    except BadBackup:
        journal.unlink()
        raise
    dump.unlink()


def _sweep_unless_journal(data: Path) -> None:
    if not (data / JOURNAL).exists():
        for name in (NEW, OLD, f"{JOURNAL}.part"):
            _remove(data / name)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
