"""The worker killed at any moment of adding up: nothing lost, nothing twice, and it goes on where it was."""

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

from dinhlang.work.rollup.sums import named

pytestmark = pytest.mark.process

# KILLS=200 tries longer.
KILLS = int(os.environ.get("KILLS", "8"))

# Starting Django takes longer than adding up, so one process starts it, and forks for each worker to be killed.
NURSERY = """
import os, sys
from dinhlang.config.start import setup
setup()
from django.db import connections
from django.utils import timezone
from dinhlang.org.models import Unit, UnitPlacement
from dinhlang.work import rules
from dinhlang.work.actions import import_activities
from dinhlang.work.rollup import actions

above = [Unit.objects.create(id=name, level=name) for name in ("nation", "province", "commune")]
for parent, unit in zip(above, above[1:]):
    UnitPlacement.objects.create(unit=unit, parent=parent)
actions.follow_placements(at=timezone.now())
rows = [f"{n % 28 + 1}/{n % 6 + 1}/2023;Website;Bài số {n};{n}" for n in range(1000)]
table = chr(10).join(["Ngày;Loại;Nội dung;Tin bài", *rows]).encode()
import_activities(unit=above[2], data=table, name="so.csv", by=None, at=timezone.now())
actions.BATCH = 10
connections.close_all()
print("ready", flush=True)
for _ in sys.stdin:
    if os.fork():
        print("ended", os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
        continue
    print("begun", os.getpid(), flush=True)
    actions.catch_up(at=timezone.now())
    os._exit(0)
"""


class Nursery:
    """An installation in which a thousand lines wait to be added up, and a process that does it again and again."""

    def __init__(self, folder: Path) -> None:
        self.data, self.start = folder / "data", folder / "start"
        prepared_database.into(self.data)
        self.process = subprocess.Popen(
            [sys.executable, "-c", NURSERY],
            env={**os.environ, "DINHLANG_DATA": str(self.data), "DATABASE_URL": ""},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.said() == ["ready"]
        shutil.copytree(self.data, self.start)

    def said(self) -> list[str]:
        assert self.process.stdout is not None
        return self.process.stdout.readline().split()

    def begin(self) -> int:
        """Begin to add up and give the number of the process."""
        assert self.process.stdin is not None
        print("", file=self.process.stdin, flush=True)
        word, number = self.said()
        assert word == "begun"
        return int(number)

    def end(self) -> int:
        word, status = self.said()
        assert word == "ended"
        return int(status)

    def reset(self) -> None:
        shutil.rmtree(self.data)
        shutil.copytree(self.start, self.data)

    def waiting(self) -> int:
        """How many changes wait. On every level, what is added and what waits is what the ledger says."""
        with closing(sqlite3.connect(self.data / "dinhlang.sqlite3")) as database:

            def waits(table: str) -> tuple[int, int]:
                asked = "SELECT coalesce(sum(total), 0), coalesce(sum(lines), 0) FROM {} WHERE concept = 'articles'"
                total, lines = database.execute(asked.format(table)).fetchone()
                return total, lines

            def added(table: str, further: str) -> tuple[int, int]:
                rows = database.execute(f"SELECT sums FROM {table} WHERE {further}")  # noqa: S608 - names of ours
                parts = [named(sums).get("articles", (0, 0)) for (sums,) in rows]
                return sum(part[0] for part in parts), sum(part[1] for part in parts)

            left, ledger = waits("work_foldchange"), waits("work_dailyfact")
            assert ledger == (sum(range(1000)), 1000)
            for unit in ("commune", "province", "nation"):
                whole = added("work_periodsums", f"unit_id = '{unit}' AND bucket = '2023-12'")
                assert (whole[0] + left[0], whole[1] + left[1]) == ledger
            for unit in ("province", "nation"):
                days = added("work_sumsbelow", f"unit_id = '{unit}'")
                assert (days[0] + left[0], days[1] + left[1]) == ledger
            return int(database.execute("SELECT count(*) FROM work_foldchange").fetchone()[0])


@pytest.fixture
def nursery(tmp_path: Path) -> Iterator[Nursery]:
    made = Nursery(tmp_path)
    yield made
    made.process.kill()
    made.process.communicate()


def test_a_kill_while_adding_up_loses_nothing_and_counts_nothing_twice(nursery: Nursery) -> None:
    assert nursery.waiting() > 100
    began = time.monotonic()
    nursery.begin()
    assert nursery.end() == 0
    lasts = time.monotonic() - began
    assert nursery.waiting() == 0
    luck, came_in_time = random.Random(7), 0  # noqa: S311 - not a secret
    for _ in range(KILLS):
        nursery.reset()
        running = nursery.begin()
        time.sleep(luck.uniform(0, lasts))
        with suppress(ProcessLookupError):  # it was quicker
            os.kill(running, signal.SIGKILL)
        nursery.end()
        came_in_time += nursery.waiting() > 0
        nursery.begin()
        assert nursery.end() == 0
        assert nursery.waiting() == 0
    assert came_in_time, "every kill came too late to show anything"
