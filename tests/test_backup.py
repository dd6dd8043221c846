"""Backup and restore: consistent while running, whole or refused, old or new."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import threading
import zipfile
from contextlib import closing, suppress
from pathlib import Path
from uuid import UUID

import kill_backup
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dinhlang.config import backup_file, locks, restore
from dinhlang.config.backup_file import BadBackup, Manifest
from tests.conftest import Installation, Server, is_running, nursery, wait_for

# `scripts/kill_backup.py` does hundreds; here a few show that the promise still holds.
ROUNDS = 6
HEAD = Manifest("2023-07-20T02:00:00+00:00", "sqlite", ["org.0001_initial"])


def ignore(done: int, total: int = 0) -> None:
    """A progress nobody watches."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small backup file."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "a").write_bytes(b"m\xe1\xbb\x99t " * 50)
    (folder / "b").write_bytes(os.urandom(300))
    backup_file.write(
        folder / "x.zip", HEAD, [("database.sqlite3", folder / "a"), ("media/b.bin", folder / "b")], ignore
    )
    return (folder / "x.zip").read_bytes()


def check(data: bytes, folder: Path) -> Manifest:
    path = folder / "candidate.zip"
    path.write_bytes(data)
    with backup_file.opened(path) as (archive, manifest):
        backup_file.verify_members(archive, manifest, ignore)
        return manifest


def test_backup_file_says_what_is_in_it_and_any_zip_program_opens_it(whole: bytes, tmp_path: Path) -> None:
    manifest = check(whole, tmp_path)
    assert set(manifest.files) == {"database.sqlite3", "media/b.bin"}
    assert (manifest.made_at, manifest.engine) == (HEAD.made_at, HEAD.engine)
    assert zipfile.ZipFile(tmp_path / "candidate.zip").testzip() is None


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_any_changed_missing_or_added_byte_is_found(
    whole: bytes, tmp_path: Path, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(whole) - 1))
    kind = data.draw(st.sampled_from(["changed", "cut", "added"]))
    if kind == "changed":
        bad = whole[:place] + bytes([whole[place] ^ data.draw(st.integers(1, 255))]) + whole[place + 1 :]
    elif kind == "cut":
        bad = whole[:place]
    else:
        bad = whole + data.draw(st.binary(min_size=1, max_size=100))
    with pytest.raises(BadBackup):
        check(bad, tmp_path)


def sealed(path: Path, members: dict[str, bytes], manifest: object) -> None:
    """A file with a right digest over whatever is in it, as a forger would make it."""
    with path.open("w+b") as file:
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
            archive.writestr(backup_file.MANIFEST, json.dumps(manifest))
            archive.comment = b"0" * 64
        backup_file._seal(file)


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "blobs/../../outside", "a\\b", "./x"])
def test_member_that_points_outside_is_refused(name: str, tmp_path: Path) -> None:
    entry = {"size": 1, "sha256": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}
    manifest = {
        "format": backup_file.FORMAT,
        "made_at": "",
        "engine": "sqlite",
        "migrations": [],
        "files": {name: entry},
    }
    sealed(tmp_path / "x.zip", {name: b"a"}, manifest)
    with pytest.raises(BadBackup), backup_file.opened(tmp_path / "x.zip"):
        pass


def test_member_larger_than_the_manifest_says_is_refused_before_it_fills_the_disk(tmp_path: Path) -> None:
    entry = {"size": 10, "sha256": "0" * 64}
    manifest = {
        "format": backup_file.FORMAT,
        "made_at": "",
        "engine": "sqlite",
        "migrations": [],
        "files": {"x": entry},
    }
    sealed(tmp_path / "x.zip", {"x": b"\0" * 50_000_000}, manifest)
    with (
        backup_file.opened(tmp_path / "x.zip") as (archive, held),
        pytest.raises(BadBackup),
        (tmp_path / "o").open("wb") as out,
    ):
        backup_file.copy_member(archive, held, "x", out)
    assert (tmp_path / "o").stat().st_size <= 2**20


def test_file_that_is_no_backup_is_not_written_over(tmp_path: Path) -> None:
    target = tmp_path / "báo cáo.docx"
    target.write_bytes(b"work of a week")
    with pytest.raises(BadBackup, match="không phải tệp sao lưu"):
        backup_file.write(target, HEAD, [], ignore)
    assert target.read_bytes() == b"work of a week"
    assert list(tmp_path.iterdir()) == [target]


def laid_out(data: Path) -> None:
    """Old data in place and new data staged, as at the moment when the journal is written."""
    for folder, word in ((data, "old"), (data / restore.NEW, "new")):
        (folder / "blobs").mkdir(parents=True)
        (folder / "blobs" / "x").write_text(word)
        (folder / "secret.key").write_text(word)
    (data / "dinhlang.sqlite3").write_text("old")
    (data / "dinhlang.sqlite3-wal").write_text("old")
    (data / "media").mkdir()
    (data / "media" / "x").write_text("old")
    (data / restore.NEW / "database.sqlite3").write_text("new")
    (data / restore.NEW / "demo-passphrase").write_text("new")


def words(data: Path) -> dict[str, str]:
    return {path.relative_to(data).as_posix(): path.read_text() for path in data.rglob("*") if path.is_file()}


NEW_DATA = {"blobs/x": "new", "secret.key": "new", "dinhlang.sqlite3": "new", "demo-passphrase": "new"}


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("steps", range(1, 30))
def test_restore_broken_off_after_any_step_is_taken_up_to_the_new_data(
    steps: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "var"
    laid_out(data)
    restore._write_journal(data, restore._moves(data, str(data / "dinhlang.sqlite3"), "sqlite"))
    left = steps
    real = {name: getattr(os, name) for name in ("rename", "unlink", "rmdir", "mkdir")}

    def counted(name: str) -> object:
        def call(*arguments: object, **named: object) -> object:
            nonlocal left
            left -= 1
            if left == 0:
                raise Killed
            return real[name](*arguments, **named)

        return call

    with monkeypatch.context() as patched:
        for name in real:
            patched.setattr(os, name, counted(name))
        with suppress(Killed):
            restore.finish(data)
    restore.finish(data)
    assert words(data) == NEW_DATA
    assert not restore.is_unfinished(data)


def test_staged_data_without_a_journal_never_counts(tmp_path: Path) -> None:
    data = tmp_path / "var"
    laid_out(data)
    before = {name: word for name, word in words(data).items() if not name.startswith(restore.NEW)}
    assert restore.is_unfinished(data)
    restore.finish(data)
    assert words(data) == before


@pytest.mark.process
def test_restore_brings_back_the_database_the_files_and_the_keys(
    installation: Installation, tmp_path: Path
) -> None:
    kill_backup.fill(installation.data, "first", files=3)
    photo = installation.data / "citizens" / "ab" / ("ab" * 20)
    photo.parent.mkdir(parents=True)
    photo.write_text("s1.sealed")
    photo.with_name("half.part").write_text("s1.")
    before, key = kill_backup.fingerprint(installation.data), (installation.data / "secret.key").read_text()
    saved = installation.run("backup", str(tmp_path / "x.zip"))
    assert saved.returncode == 0, saved.stderr
    assert (tmp_path / "x.zip").stat().st_mode & 0o777 == 0o600
    kill_backup.fill(installation.data, "second", files=3)
    photo.unlink()
    erased = installation.data / "erased.jsonl"
    erased.write_text("\n{}")
    assert kill_backup.fingerprint(installation.data) != before
    assert installation.run("restore", str(tmp_path / "x.zip")).returncode == 0
    assert kill_backup.fingerprint(installation.data) == before
    assert [path.name for path in photo.parent.iterdir()] == [photo.name]
    # What people had erased is newer than any backup: it is not put back.
    assert erased.read_text() == "\n{}"
    elsewhere = Installation(tmp_path / "elsewhere" / "var", 8000)
    elsewhere.data.parent.mkdir()
    assert elsewhere.run("restore", str(tmp_path / "x.zip")).returncode == 0
    assert kill_backup.fingerprint(elsewhere.data) == before
    assert (elsewhere.data / "secret.key").read_text() == key


@pytest.mark.process
def test_a_restore_erases_again_what_a_person_had_erased(installation: Installation, tmp_path: Path) -> None:
    live = installation.data / "dinhlang.sqlite3"
    before, older = tmp_path / "before.sqlite3", tmp_path / "older.sqlite3"
    with closing(sqlite3.connect(live)) as database:
        tell(database, "PA-2222-2222", "Bà Lan")
        database.execute("VACUUM INTO ?", (str(before),))
        rows = database.execute("SELECT app || '.' || name FROM django_migrations ORDER BY id")
        head = Manifest(HEAD.made_at, "sqlite", [name for (name,) in rows])
    # As `org.actions.erase_person` notes it.
    noted = {"kind": "citizens.Case", "key": str(UUID("ab" * 16)), "at": "2026-03-02T09:00:00+07:00"}
    (installation.data / "erased.jsonl").write_text(f"\n{json.dumps(noted)}")
    shutil.copy(before, older)
    with closing(sqlite3.connect(older)) as database:
        database.execute("ALTER TABLE citizens_case RENAME TO citizens_case_of_old")
    for source, said in ((before, "của 1 việc"), (older, "sẽ được xóa lại khi máy chủ chạy")):
        file = tmp_path / f"{source.stem}.zip"
        backup_file.write(file, head, [("database.sqlite3", source)], ignore)
        restored = installation.run("restore", str(file))
        assert restored.returncode == 0, restored.stderr
        assert said in restored.stdout
        if source == before:
            assert kept_of(before) == "Bà Lan"
            assert kept_of(live) == ""


def tell(database: sqlite3.Connection, code: str, name: str) -> None:
    """Puts a closed case with the name of its sender into a database, as a restore finds it: nothing of it is opened."""
    [unit] = database.execute("SELECT id FROM org_unit LIMIT 1").fetchone()
    day = "2026-03-01 02:00:00"
    said: dict[str, object] = {
        "unit_id": unit, "uid": "ab" * 16, "code": code, "sender_name": name, "way": "web", "nature": "feedback",
        "category": "khac", "state": "closed", "received_at": day, "ended_at": day, "changed_at": day,
    }  # fmt: skip
    for _place, column, kind, is_needed, _usual, is_key in database.execute(
        "PRAGMA table_info(citizens_case)"
    ):
        if is_needed and not is_key:
            said.setdefault(column, "" if kind.startswith(("text", "varchar")) else 0)
    with database:
        marks = ", ".join("?" for _one in said)
        database.execute(
            f"INSERT INTO citizens_case ({', '.join(said)}) VALUES ({marks})",  # noqa: S608 - our own names
            tuple(said.values()),
        )


def kept_of(path: Path) -> str:
    """The name of the one sender in a database."""
    with closing(sqlite3.connect(path)) as database:
        [name] = database.execute("SELECT sender_name FROM citizens_case").fetchone()
    return str(name)


@pytest.mark.process
def test_restored_data_is_not_shown_by_pages_of_the_data_before(
    installation: Installation, tmp_path: Path
) -> None:
    saved = tmp_path / "sao-luu.dlbak"
    assert installation.run("backup", str(saved)).returncode == 0
    page = installation.data / "kept/pages/_/xa/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("trang cũ")
    assert installation.run("restore", str(saved)).returncode == 0
    assert not page.exists()


@pytest.mark.process
def test_backup_of_a_busy_installation_holds_one_moment(installation: Installation, tmp_path: Path) -> None:
    path = installation.data / "dinhlang.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode=WAL; CREATE TABLE pair (side TEXT, text TEXT)")
    done = threading.Event()

    def write_pairs() -> None:
        with closing(sqlite3.connect(path, timeout=30)) as database:
            while not done.is_set():
                with database:
                    database.execute("INSERT INTO pair VALUES ('left', ?)", ("x" * 2000,))
                    database.execute("INSERT INTO pair VALUES ('right', ?)", ("x" * 2000,))

    writer = threading.Thread(target=write_pairs)
    writer.start()
    try:
        saved = installation.run("backup", str(tmp_path / "x.zip"))
    finally:
        done.set()
        writer.join()
    assert saved.returncode == 0, saved.stderr
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        archive.extract("database.sqlite3", tmp_path)
    with closing(sqlite3.connect(tmp_path / "database.sqlite3")) as copy:
        counts = dict(copy.execute("SELECT side, count(*) FROM pair GROUP BY side"))
    assert counts["left"] == counts["right"] > 0


@pytest.mark.process
def test_backup_is_taken_while_the_server_runs_and_restore_waits_for_its_end(
    server: Server, tmp_path: Path
) -> None:
    installation = server.installation
    assert installation.run("backup", str(tmp_path / "x.zip")).returncode == 0
    refused = installation.run("restore", str(tmp_path / "x.zip"))
    assert refused.returncode == 2
    assert "dừng máy chủ" in refused.stderr
    assert not restore.is_unfinished(installation.data)
    server.stop()
    assert installation.run("restore", str(tmp_path / "x.zip")).returncode == 0


@pytest.mark.process
def test_command_during_a_restore_is_refused_with_a_reason(installation: Installation) -> None:
    with locks.held(installation.data, locks.USE, alone=True):
        refused = installation.run("backup", "x.zip")
    assert refused.returncode == 2
    assert "đang được khôi phục" in refused.stderr
    assert refused.stderr.count("\n") == 1


@pytest.mark.process
@pytest.mark.parametrize("kind", ["empty", "words", "cut", "changed", "plain zip", "other database", "newer"])
def test_file_that_cannot_be_restored_is_refused_and_nothing_changes(
    kind: str, installation: Installation, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    assert installation.run("backup", str(good)).returncode == 0
    data = bytearray(good.read_bytes())
    if kind == "changed":
        data[len(data) // 2] ^= 1
    contents = {
        "empty": b"",
        "words": "báo cáo".encode() * 99,
        "cut": bytes(data[:-1000]),
        "changed": bytes(data),
    }
    if kind in contents:
        bad.write_bytes(contents[kind])
    elif kind == "plain zip":
        with zipfile.ZipFile(bad, "w") as archive:
            archive.writestr("x", "y")
    else:
        engine = "postgresql" if kind == "other database" else "sqlite"
        (tmp_path / "d").write_bytes(b"x")
        head = Manifest(HEAD.made_at, engine, ["org.9999_from_the_future"])
        backup_file.write(bad, head, [("database.sqlite3", tmp_path / "d")], ignore)
    before = kill_backup.fingerprint(installation.data)
    refused = installation.run("restore", str(bad))
    assert refused.returncode == 2
    assert refused.stderr.strip().count("\n") <= 1  # the label of the progress bar, and the reason
    assert "Traceback" not in refused.stderr
    assert kill_backup.fingerprint(installation.data) == before
    assert not restore.is_unfinished(installation.data)


@pytest.mark.process
def test_lost_stored_file_is_told_but_does_not_keep_the_rest_from_being_saved(
    installation: Installation, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(installation.data / "dinhlang.sqlite3")) as database:
        row = ("ab" * 32, 5, "text/plain", "2023-01-01 00:00:00")
        database.execute(
            "INSERT INTO work_blob (sha256, size, media_type, stored_at) VALUES (?, ?, ?, ?)", row
        )
        database.commit()
    saved = installation.run("backup", str(tmp_path / "x.zip"))
    assert saved.returncode == 1
    assert "thiếu hoặc hỏng 1 tệp" in saved.stderr
    assert (tmp_path / "x.zip").exists()


@pytest.mark.process
def test_database_outside_the_data_folder_is_saved_and_restored(prepared: Path, tmp_path: Path) -> None:
    data, database = tmp_path / "var", tmp_path / "elsewhere" / "own.sqlite3"
    shutil.copytree(prepared, data)
    database.parent.mkdir()
    (data / "dinhlang.sqlite3").rename(database)
    installation = Installation(data, 8000, {"DATABASE_URL": f"sqlite:///{database}"})
    assert installation.run("backup", str(tmp_path / "x.zip")).returncode == 0
    with closing(sqlite3.connect(database)) as live:
        live.execute("CREATE TABLE later (x)")
    assert installation.run("restore", str(tmp_path / "x.zip")).returncode == 0
    with closing(sqlite3.connect(database)) as live:
        assert not live.execute("SELECT 1 FROM sqlite_master WHERE name = 'later'").fetchall()
    assert [
        path.name for path in database.parent.iterdir() if path.suffix not in {".sqlite3-wal", ".sqlite3-shm"}
    ] == ["own.sqlite3"]


class Forked(kill_backup.Commands):
    """Commands that are at their work at once, so that every kill falls into it."""

    starting = 0.02

    def run(self, data: Path, *arguments: str) -> None:
        given = kill_backup.environment(data)
        done = nursery().run(*arguments, environment=given, folder=data.parent)
        assert done.returncode == 0, done.stderr

    def kill_after(self, seconds: float, data: Path, *arguments: str) -> None:
        process = nursery().begin(*arguments, environment=kill_backup.environment(data), folder=data.parent)
        wait_for(lambda: not is_running(process), seconds)
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        nursery().end()


@pytest.mark.process
def test_restore_killed_at_any_moment_leaves_the_old_data_or_the_new(prepared: Path, tmp_path: Path) -> None:
    outcome = kill_backup.kill_restores(prepared, tmp_path, ROUNDS, random.Random(7), Forked())
    assert outcome["old"] + outcome["new"] == ROUNDS
    assert outcome["old"] > 0


@pytest.mark.process
def test_backup_killed_at_any_moment_leaves_a_whole_file(prepared: Path, tmp_path: Path) -> None:
    outcome = kill_backup.kill_backups(prepared, tmp_path, ROUNDS, random.Random(7), Forked())
    assert outcome["old"] + outcome["new"] == ROUNDS
    assert outcome["old"] > 0
