"""`dinhlang seal renew` killed again and again: everything opens meanwhile and afterwards, and the old key goes only when nothing needs it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path

import prepared_database
import pytest

from tests.conftest import is_running, nursery

pytestmark = pytest.mark.process

# KILLS=100 tries longer.
KILLS = int(os.environ.get("KILLS", "4"))
ROWS, FILES = 800, 200
OLD, NEW = "o" * 40, "n" * 40

FILL = f"""
from dinhlang.config.start import setup
setup()
from datetime import timedelta
from django.utils import timezone
from dinhlang.citizens.keeping import FILES
from dinhlang.onestop.imports.keeping import keep_rows
from dinhlang.org.models import Person, Unit
from dinhlang.privacy.models import Breach, BreachStep, DataRequest
unit = Unit.objects.create(id="commune", level="commune")
clerk = Person.objects.create_user(username="van-phong")
at = timezone.now()
for n in range({ROWS}):
    DataRequest.objects.create(
        unit=unit, code=f"DL{{n:08d}}", kind="see", words=f"Lời số {{n}}", name=f"Người {{n}}", contact=f"0900{{n:06d}}",
        received_at=at, term="10 ngày", term_basis="x", reply_due_at=at,
    )
breach = Breach.objects.create(unit=unit, year=2026, number=1, discovered_at=at, source="official", nature="leak",
    words="Lộ danh sách", noted_at=at, noted_by=clerk, due_at=at + timedelta(hours=72))
# The database lets nobody change a step but seal its words anew.
BreachStep.objects.create(breach=breach, position=1, deed="note", state="noted", at=at, by=clerk, words="Bước đầu")
for n in range({FILES}):
    FILES.put(f"{{n % 256:02x}}{{n:038d}}", f"Ảnh số {{n}}".encode() * 500)
keep_rows("ab" * 20, [["Nguyễn Thị Thử"]])
"""

# Counts by key, and fails where anything does not open or says something else, or is not found by its fingerprint.
LOOK = f"""
from dinhlang.config.start import setup
setup()
from dinhlang.citizens.keeping import FILES
from dinhlang.cli.seal import files
from dinhlang.onestop.imports.keeping import read_rows
from dinhlang.org import sealed
from dinhlang.privacy.models import BreachStep, DataRequest
from dinhlang.work.sealed_files import FileLost
rows = list(DataRequest.objects.order_by("code"))
assert len(rows) == {ROWS}
for n, row in enumerate(rows):
    assert (row.words.shown(), row.name.shown(), row.contact.shown()) == (f"Lời số {{n}}", f"Người {{n}}", f"0900{{n:06d}}")
    if n % 50 == 0:
        marks = sealed.fingerprints(DataRequest, "contact_mark", f"0900{{n:06d}}")
        assert DataRequest.objects.get(contact_mark__in=marks).pk == row.pk
assert BreachStep.objects.get().words.shown() == "Bước đầu"
for n in range({FILES}):
    assert FILES.read(f"{{n % 256:02x}}{{n:038d}}") == f"Ảnh số {{n}}".encode() * 500
try:
    assert read_rows("ab" * 20) == [["Nguyễn Thị Thử"]]
except FileLost:
    # A backup leaves the files of imports that nobody confirmed out.
    assert "restored" in str(FILES._path("ab"))
counts = sealed.count_by_key(sealed.sealed_models())
for kind in files():
    counts += kind.count_by_key()
print(counts[sealed.key_in_use()], counts.total())
"""


class House:
    """A data folder with rows and files under the old key, and commands run on it under given keys."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def environment(self, *keys: str) -> dict[str, str]:
        return {
            **os.environ,
            "DINHLANG_DATA": str(self.data),
            "DATABASE_URL": "",
            "DINHLANG_SEAL_KEYS": ",".join(keys),
        }

    def python(self, code: str, *keys: str) -> str:
        done = self.run("-c", code, keys=keys)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(self, *words: str, keys: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        return nursery().run(*words, environment=self.environment(*keys), folder=self.data.parent)

    def looked(self, *keys: str) -> tuple[int, int]:
        """How many values and files are under the first key, and how many there are; all of them open."""
        new, every = self.python(LOOK, *keys).split()
        return int(new), int(every)

    def renewing(self) -> int:
        """A renewal that goes on: the number of its process."""
        return nursery().begin(
            "seal", "renew", environment=self.environment(NEW, OLD), folder=self.data.parent
        )

    def killed_renewing(self, seconds: float) -> None:
        """A renewal killed after that time, or ended before."""
        process = self.renewing()
        time.sleep(seconds)
        self._kill(process)

    def killed_at_the_first_change(self) -> None:
        """A renewal killed as soon as a row is sealed anew, however quick the machine is."""
        before = self.sealed_words()
        process = self.renewing()
        while is_running(process) and self.sealed_words() == before:
            time.sleep(0.002)
        self._kill(process)

    @staticmethod
    def _kill(process: int) -> None:
        with suppress(ProcessLookupError):  # it was quicker
            os.kill(process, signal.SIGKILL)
        nursery().end()

    def sealed_words(self) -> list[bytes]:
        """What stands in the rows, sealed."""
        with closing(sqlite3.connect(self.data / "dinhlang.sqlite3", timeout=30)) as database:
            return [words for (words,) in database.execute("SELECT words FROM privacy_datarequest")]


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = House(tmp_path / "data")
    prepared_database.into(made.data)
    made.python(FILL, OLD)
    return made


def test_a_key_changes_through_kills_and_nothing_is_lost(house: House, tmp_path: Path) -> None:
    # A backup made before the change: it opens as long as its key is at hand.
    backup = tmp_path / "before.zip"
    assert house.run("backup", str(backup), keys=(OLD,)).returncode == 0
    trial = House(tmp_path / "trial")
    shutil.copytree(house.data, trial.data)
    begun = time.monotonic()
    assert trial.run("seal", "renew", keys=(NEW, OLD)).returncode == 0
    whole = time.monotonic() - begun
    chance = random.Random(8)
    house.killed_at_the_first_change()
    new, every = house.looked(NEW, OLD)
    assert 0 < new < every
    for _kill in range(KILLS - 1):
        before = new
        house.killed_renewing(chance.uniform(0.1, 1.0) * whole)
        new, every = house.looked(NEW, OLD)
        assert new >= before
        told = house.run("seal", "status", keys=(NEW, OLD)).stdout
        assert ("Có thể bỏ các khóa cũ" in told) is (new == every)
    assert house.run("seal", "renew", keys=(NEW, OLD)).returncode == 0
    new, every = house.looked(NEW)
    assert new == every > ROWS * 3 + FILES
    lost = house.run("seal", "status", keys=(OLD,))
    assert lost.returncode != 0
    restored = House(tmp_path / "restored")
    assert restored.run("restore", str(backup), keys=(NEW, OLD)).returncode == 0
    assert restored.looked(NEW, OLD)[0] == 0
    assert restored.run("seal", "renew", keys=(NEW, OLD)).returncode == 0
    assert restored.looked(NEW) == (new - 1, every - 1)
    without = House(tmp_path / "without")
    assert without.run("restore", str(backup), keys=(NEW,)).returncode == 0
    told = without.run("seal", "status", keys=(NEW,))
    assert told.returncode != 0
    assert "khóa không còn trên máy" in told.stderr + told.stdout
