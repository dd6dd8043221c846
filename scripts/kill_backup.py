#!/usr/bin/env python3
"""Kills `dinhlang restore` and `dinhlang backup` at random moments and looks at what is left.

`python scripts/kill_backup.py 100` does it a hundred times each and prints what came of it; the tests do fewer.
What is left must be the old data or the new, whole, and a backup file that is the old one or the new one.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from dinhlang.config import backup_file, locks, restore

DINHLANG = Path(sys.executable).with_name("dinhlang")


def fingerprint(data: Path) -> str:
    """What an installation holds: every row of its database and every stored file."""
    digest = hashlib.sha256()
    with closing(sqlite3.connect(data / "dinhlang.sqlite3")) as database:
        (sound,) = database.execute("PRAGMA integrity_check").fetchone()
        digest.update(sound.encode())
        for line in database.iterdump():
            digest.update(line.encode())
    for path in sorted((data / "blobs").rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(data).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def fill(data: Path, word: str, files: int) -> None:
    """Put a mark into the database and stored files beside it, so that two installations differ everywhere."""
    with closing(sqlite3.connect(data / "dinhlang.sqlite3")) as database:
        database.execute("CREATE TABLE IF NOT EXISTS mark (word TEXT)")
        database.execute("INSERT INTO mark VALUES (?)", (word,))
        database.commit()
    for number in range(files):
        content = f"{word} {number}\n".encode() * 2000
        sha256 = hashlib.sha256(content).hexdigest()
        folder = data / "blobs" / sha256[:2]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / sha256).write_bytes(content)


def environment(data: Path) -> dict[str, str]:
    """The variables with which the command works on that folder."""
    return {**os.environ, "DINHLANG_DATA": str(data), "DATABASE_URL": ""}


class Commands:
    """Runs commands as a shell does. The tests fork theirs (`tests/nursery.py`)."""

    # Of the time that a command takes, this part goes into starting Python: a kill there shows nothing.
    starting = 0.3

    def run(self, data: Path, *arguments: str) -> None:
        """Run a command to its end; it must succeed."""
        subprocess.run([DINHLANG, *arguments], env=environment(data), check=True, capture_output=True)

    def kill_after(self, seconds: float, data: Path, *arguments: str) -> None:
        """Start a command and kill it, as a power cut would, unless it was quicker."""
        process = subprocess.Popen(
            [DINHLANG, *arguments],
            env=environment(data),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def timed(self, data: Path, *arguments: str) -> float:
        """Run a command to its end and give the seconds it took."""
        begun = time.monotonic()
        self.run(data, *arguments)
        return time.monotonic() - begun


def take_up(data: Path) -> bool:
    """What the next command does first: finish or sweep up a broken restore. Say whether there was one."""
    was_unfinished = restore.is_unfinished(data)
    with locks.held(data, locks.USE, alone=True):
        restore.finish(data)
    return was_unfinished


def kill_restores(
    prepared: Path, scratch: Path, rounds: int, chance: random.Random, commands: Commands
) -> Counter[str]:
    """Kill a restore again and again. Give how often what was left; raise `AssertionError` for anything else."""
    old, new, live = (scratch / name for name in ("old", "new", "live"))
    for folder in (old, new):
        shutil.copytree(prepared, folder)
        fill(folder, folder.name, files=150)
    file = scratch / "new.zip"
    commands.run(new, "backup", str(file))
    expected = {fingerprint(old): "old", fingerprint(new): "new"}
    assert len(expected) == 2
    shutil.copytree(old, live)
    whole = commands.timed(live, "restore", str(file))
    assert expected[fingerprint(live)] == "new"
    outcome: Counter[str] = Counter()
    for _ in range(rounds):
        shutil.rmtree(live)
        shutil.copytree(old, live)
        # A good part of the time goes into checking the file.
        commands.kill_after(chance.uniform(commands.starting, 1.05) * whole, live, "restore", str(file))
        taken_up = take_up(live)
        found = fingerprint(live)
        assert found in expected, "neither the old data nor the new"
        outcome[expected[found]] += 1
        outcome["broken off"] += taken_up
        assert not list(live.glob("restore.*")), "something was left lying about"
    return outcome


def kill_backups(
    prepared: Path, scratch: Path, rounds: int, chance: random.Random, commands: Commands
) -> Counter[str]:
    """Kill a backup over an older one again and again. Give how often which one was there afterwards."""
    data, file, kept = scratch / "source", scratch / "again.zip", scratch / "kept.zip"
    shutil.copytree(prepared, data)
    fill(data, "first", files=100)
    whole = commands.timed(data, "backup", str(kept))
    fill(data, "second", files=100)
    outcome: Counter[str] = Counter()
    for _ in range(rounds):
        shutil.copyfile(kept, file)
        commands.kill_after(chance.uniform(commands.starting, 1.2) * whole, data, "backup", str(file))
        with backup_file.opened(file) as (archive, manifest):
            backup_file.verify_members(archive, manifest, lambda done: None)
            blobs = sum(name.startswith("blobs/") for name in manifest.files)
        assert blobs in {100, 200}, blobs
        outcome["old" if blobs == 100 else "new"] += 1
    commands.run(data, "backup", str(file))
    assert not list(scratch.glob("*.part")), "the next backup must write over what a killed one left"
    return outcome


def main() -> None:
    """Do both as often as asked and print the outcome."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = random.SystemRandom().randrange(2**32)
    with tempfile.TemporaryDirectory(prefix="dinhlang-kill-") as folder:
        scratch = Path(folder)
        prepared, commands = scratch / "prepared", Commands()
        commands.run(prepared, "backup", str(scratch / "first.zip"))
        print(f"seed {seed}")
        for name, kill in (("restore", kill_restores), ("backup", kill_backups)):
            print(name, dict(kill(prepared, scratch, rounds, random.Random(seed), commands)))


if __name__ == "__main__":
    main()
