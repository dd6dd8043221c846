"""Backup and restore of an installation on PostgreSQL."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import temporary_postgresql

from tests.conftest import Installation

pytestmark = pytest.mark.postgresql


@pytest.fixture(scope="module")
def address(postgresql: str) -> Iterator[str]:
    with temporary_postgresql.copied(postgresql) as given:
        yield given


@pytest.fixture
def installation(address: str, tmp_path: Path) -> Installation:
    return Installation(tmp_path / "var", 8000, {"DATABASE_URL": address})


def ask(address: str, sql: str) -> str:
    parts = urlsplit(address)
    host = parse_qs(parts.query)["host"][0]
    command = [
        "psql",
        "-X",
        "-h",
        host,
        "-U",
        "dinhlang",
        "-d",
        parts.path[1:],
        "-At",
        "-v",
        "ON_ERROR_STOP=1",
        "-c",
        sql,
    ]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_restore_brings_back_rows_and_takes_away_what_came_later(
    installation: Installation, address: str, tmp_path: Path
) -> None:
    file = str(tmp_path / "x.zip")
    assert installation.run("backup", file).returncode == 0
    units = int(ask(address, "SELECT count(*) FROM org_unit"))
    assert units > 3000
    for _ in range(2):  # the second time into a schema that a restore has made
        ask(address, "CREATE TABLE later (x int); UPDATE org_unitname SET name = 'khác'")
        restored = installation.run("restore", file)
        assert restored.returncode == 0, restored.stderr
        assert int(ask(address, "SELECT count(*) FROM org_unit")) == units
        assert ask(address, "SELECT count(*) FROM org_unitname WHERE name = 'khác'") == "0"
        assert ask(address, "SELECT to_regclass('public.later')") == ""
        assert installation.run("backup", file).returncode == 0


def test_restore_that_the_server_refuses_changes_nothing(
    installation: Installation, address: str, tmp_path: Path
) -> None:
    file = str(tmp_path / "x.zip")
    assert installation.run("backup", file).returncode == 0
    ask(address, "DROP TABLE IF EXISTS later; CREATE TABLE later (x int)")
    (installation.data / "secret.key").write_text("k" * 40)
    ask(address, "CREATE ROLE owner_of_all; ALTER SCHEMA public OWNER TO owner_of_all")
    own = urlsplit(address).path[1:]
    ask(address, f"CREATE ROLE plain LOGIN; ALTER DATABASE {own} OWNER TO plain")
    installation.variables["DATABASE_URL"] = address.replace("dinhlang@", "plain@")
    try:
        refused = installation.run("restore", file)
    finally:
        ask(address, f"ALTER SCHEMA public OWNER TO dinhlang; ALTER DATABASE {own} OWNER TO dinhlang")
    assert refused.returncode == 2
    assert "PostgreSQL từ chối" in refused.stderr
    assert ask(address, "SELECT count(*) FROM later") == "0"
    assert (installation.data / "secret.key").read_text() == "k" * 40
    assert not list(installation.data.glob("restore.*"))


def test_missing_programs_are_named_with_the_package_that_brings_them(
    installation: Installation, tmp_path: Path
) -> None:
    assert installation.run("backup", str(tmp_path / "x.zip")).returncode == 0
    installation.variables["PATH"] = "/nowhere"
    refused = installation.run("backup", str(tmp_path / "y.zip"))
    assert refused.returncode == 2
    assert "postgresql-client" in refused.stderr
    assert not (tmp_path / "y.zip").exists()
