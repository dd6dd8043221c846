"""A kill at any moment of an import leaves nothing half-stored, and the same file goes in afterwards."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import prepared_database
import pytest

pytestmark = pytest.mark.process

# KILLS=500 tries longer.
KILLS = int(os.environ.get("KILLS", "10"))
ROWS = 1000

# Starting Django takes longer than the import, so one process starts it, and forks for each import to be killed.
NURSERY = """
import os, sys
from pathlib import Path
from dinhlang.config.start import setup
setup()
from django.db import connections
from django.utils import timezone
from dinhlang.org.models import Unit
from dinhlang.work.actions import import_activities

Unit.objects.create(id="thu", level="commune")
connections.close_all()
print("ready", flush=True)
for file in sys.stdin:
    if os.fork():
        print("ended", os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
        continue
    unit, data = Unit.objects.get(), Path(file.strip()).read_bytes()
    print("begun", os.getpid(), flush=True)
    import_activities(unit=unit, data=data, name="so.csv", by=None, at=timezone.now())
    os._exit(0)
"""
WHOLE = {
    "work_import": 1,
    "work_activity": ROWS,
    "work_measure": ROWS,
    "work_evidence": ROWS,
    "work_blob": 1,
    "org_auditentry": 1,
    "facts": 2 * ROWS,  # each line under its counter and under its kind
}
NOTHING = dict.fromkeys(WHOLE, 0)


class Nursery:
    """An installation, and a process that imports the same file into it again and again."""

    def __init__(self, folder: Path) -> None:
        self.data, self.start, self.table = folder / "data", folder / "start", folder / "so.csv"
        rows = [
            f"{n % 28 + 1}/{n % 6 + 1}/2023;Website;Bài số {n};1;https://a.example/{n}" for n in range(ROWS)
        ]
        self.table.write_text("\n".join(["Ngày;Loại;Nội dung;Tin bài;Minh chứng", *rows]), encoding="utf-8")
        prepared_database.into(self.data)
        environment = {**os.environ, "DINHLANG_DATA": str(self.data), "DATABASE_URL": ""}
        self.process = subprocess.Popen(
            [sys.executable, "-c", NURSERY],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.said() == "ready"
        shutil.copytree(self.data, self.start)

    def said(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def begin(self) -> int:
        """Begin an import and give the number of its process."""
        assert self.process.stdin is not None
        print(self.table, file=self.process.stdin, flush=True)
        word, number = self.said().split()
        assert word == "begun"
        return int(number)

    def end(self) -> int:
        """Wait for the import and give how it ended."""
        word, status = self.said().split()
        assert word == "ended"
        return int(status)

    def reset(self) -> None:
        shutil.rmtree(self.data)
        shutil.copytree(self.start, self.data)

    def counts(self) -> dict[str, int]:
        with closing(sqlite3.connect(self.data / "dinhlang.sqlite3")) as database:
            found = {
                table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
                for table in WHOLE
                if table != "facts"
            }
            lines = database.execute("SELECT coalesce(sum(lines), 0) FROM work_dailyfact").fetchone()[0]
        return found | {"facts": lines}


@pytest.fixture
def nursery(tmp_path: Path) -> Iterator[Nursery]:
    made = Nursery(tmp_path)
    yield made
    made.process.kill()
    made.process.communicate()


def test_a_kill_during_an_import_leaves_all_or_nothing(nursery: Nursery) -> None:
    began = time.monotonic()
    nursery.begin()
    assert nursery.end() == 0
    lasts = time.monotonic() - began
    assert nursery.counts() == WHOLE

    luck, came_in_time = random.Random(7), 0  # noqa: S311 - not a secret
    for _ in range(KILLS):
        nursery.reset()
        running = nursery.begin()
        time.sleep(luck.uniform(0, lasts))
        with suppress(ProcessLookupError):  # it was quicker
            os.kill(running, signal.SIGKILL)
        status, found = nursery.end(), nursery.counts()
        assert found in (NOTHING, WHOLE)
        if found == WHOLE:
            continue
        came_in_time += 1
        assert status == -signal.SIGKILL
        nursery.begin()
        assert nursery.end() == 0
        assert nursery.counts() == WHOLE
    assert came_in_time, "every kill came too late to show anything"
