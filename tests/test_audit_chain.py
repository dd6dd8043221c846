"""The chain of the audit where it is hard: many writers at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import temporary_postgresql

from tests.conftest import Installation

WRITER = """
from django.db import transaction
from django.utils import timezone
from dinhlang.org.actions import audit
from dinhlang.org.models import Unit
unit = Unit.objects.get(pk="tinh-mau") if Unit.objects.filter(pk="tinh-mau").exists() else Unit.objects.first()
for number in range(15):
    with transaction.atomic():
        audit(by=None, at=timezone.now(), action="demo.load", target=str(number), unit=unit)
        audit(by=None, at=timezone.now(), action="demo.load", target=str(number))
"""
VERIFY = """
from dinhlang.org import queries
from dinhlang.org.models import AuditHead
verdict = queries.verify_audit()
assert (verdict.broken, verdict.entries, verdict.chains) == (None, 60, 3), verdict
assert AuditHead.objects.get(chain="ben-truc").count == 20
"""
SETUP = "import django; django.setup()\n"


def python(installation: Installation, script: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SETUP + script],
        env={**os.environ, **installation.environment, "DJANGO_SETTINGS_MODULE": "dinhlang.config.settings"},
        stderr=subprocess.PIPE,
        text=True,
    )


def done(process: subprocess.Popen[str]) -> None:
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said


BOTH = [
    pytest.param("sqlite", marks=pytest.mark.process),
    pytest.param("postgresql", marks=pytest.mark.postgresql),
]


@pytest.fixture
def migrated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """An installation whose database is up to date."""
    if request.param == "sqlite":
        yield request.getfixturevalue("installation")
        return
    with temporary_postgresql.copied(request.getfixturevalue("postgresql")) as address:
        yield Installation(tmp_path / "var", 8000, {"DATABASE_URL": address})


@pytest.mark.parametrize("migrated", BOTH, indirect=True)
def test_many_writers_at_a_time_make_one_chain(migrated: Installation) -> None:
    assert migrated.run("unit", "find", "Trần Phú").returncode == 0
    for writer in [python(migrated, WRITER) for _ in range(4)]:
        done(writer)
    verified = migrated.run("audit", "verify")
    assert verified.returncode == 0, verified.stderr
    assert "120 dòng trong 2 chuỗi" in verified.stdout
