"""The worker killed at any moment of writing a file: nothing lost, nothing twice, no step without its dossier, and it goes on."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import prepared_database
import pytest

pytestmark = pytest.mark.process

KILLS = int(os.environ.get("KILLS", "6"))
ROWS = 1200

# Starting Django takes longer than writing, so one process starts it, and forks for each worker to be killed.
NURSERY = """
import os, sys
from dinhlang.config.start import setup
setup()
from datetime import date, timedelta
from django.db import connections
from django.utils import timezone
from dinhlang.onestop.imports import actions
from dinhlang.onestop.imports.actions import running
from dinhlang.org.models import Unit

unit = Unit.objects.create(id="commune", level="commune")
rows = ["Mã hồ sơ;Ngày tiếp nhận;Ngày hẹn trả;Ngày trả kết quả;Trạng thái"]
for n in range(ROWS):
    came = date(2023, 1, 2) + timedelta(days=n % 300)
    rows.append(f"H99.12.34-{came:%y%m%d}-{n:04d};{came};{came + timedelta(days=9)};{came + timedelta(days=n % 12)};Đã trả kết quả")
run = actions.receive_file(unit=unit, data=chr(10).join(rows).encode(), name="so.csv", by=None, at=timezone.now())
actions.carry_on(pk=run.pk, at=timezone.now())
run.refresh_from_db()
actions.confirm_columns(run=run, meanings=run.meanings, orders={}, states={}, as_of=run.as_of, sheet=run.sheet, by=None, at=timezone.now())
actions.carry_on(pk=run.pk, at=timezone.now())
run.refresh_from_db()
actions.confirm(run=run, by=None, at=timezone.now())
running.CHUNK = 20
connections.close_all()
print("ready", flush=True)
for line in sys.stdin:
    if line.strip() == "undo":
        run.refresh_from_db()
        actions.undo(run=run, by=None, at=timezone.now())
        connections.close_all()
        print("undoing", flush=True)
        continue
    if os.fork():
        print("ended", os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
        continue
    print("begun", os.getpid(), flush=True)
    actions.carry_on(pk=run.pk, at=timezone.now())
    os._exit(0)
"""


class Nursery:
    """An installation in which a file waits to be written, and a process that writes it again and again."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        prepared_database.into(self.data)
        self.process = subprocess.Popen(
            [sys.executable, "-c", NURSERY.replace("ROWS", str(ROWS))],
            env={**os.environ, "DINHLANG_DATA": str(self.data), "DATABASE_URL": ""},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.said() == ["ready"]

    def said(self) -> list[str]:
        assert self.process.stdout is not None
        return self.process.stdout.readline().split()

    def ask(self, word: str = "") -> list[str]:
        assert self.process.stdin is not None
        print(word, file=self.process.stdin, flush=True)
        return self.said()

    def killed_after(self, rows: int, seconds: float) -> None:
        """Kill a worker some moments after it did so many rows more: by rows, for machines are not equally quick."""
        wanted = self.done() + rows
        word, number = self.ask()
        assert word == "begun"
        while self.done() < wanted:
            time.sleep(0.002)
        time.sleep(seconds)
        os.kill(int(number), signal.SIGKILL)
        assert self.said() == ["ended", str(-signal.SIGKILL)]

    def done(self) -> int:
        with closing(sqlite3.connect(self.data / "dinhlang.sqlite3")) as database:
            return int(database.execute("SELECT done FROM onestop_importrun").fetchone()[0])

    def finished(self) -> None:
        assert self.ask()[0] == "begun"
        assert self.said() == ["ended", "0"]

    def counted(self) -> tuple[int, str]:
        """How many rows are done, and the state of the run. Every dossier has its step, and there is no other."""
        with closing(sqlite3.connect(self.data / "dinhlang.sqlite3")) as database:

            def one(asked: str) -> int:
                return int(database.execute(asked).fetchone()[0])

            state, done = database.execute("SELECT state, done FROM onestop_importrun").fetchone()
            dossiers = one("SELECT count(*) FROM onestop_dossier")
            taken_back = one("SELECT count(*) FROM onestop_dossier WHERE state = 'cancelled'")
            assert one("SELECT count(*) FROM onestop_dossierstep WHERE deed = 'import'") == dossiers
            assert one("SELECT count(DISTINCT dossier_id) FROM onestop_dossierstep") == dossiers
            assert one("SELECT count(*) FROM onestop_dossierstep WHERE deed = 'reverse'") == taken_back
            assert done == (taken_back if state in ("undoing", "undone") else dossiers)
            return int(done), str(state)


def test_a_kill_while_writing_or_undoing_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    nursery, luck = Nursery(tmp_path), random.Random(8)  # noqa: S311 - not a secret
    try:
        for end, begin in (("done", "undo"), ("undone", "")):
            seen = set()
            for _kill in range(KILLS):
                nursery.killed_after(luck.randint(0, ROWS // (2 * KILLS)), luck.uniform(0, 0.02))
                seen.add(nursery.counted())
            nursery.finished()
            assert nursery.counted() == (ROWS, end)
            assert any(0 < done < ROWS for done, _state in seen), seen
            if begin:
                assert nursery.ask(begin) == ["undoing"]
    finally:
        nursery.process.kill()
        nursery.process.communicate()
