"""Killed at any moment, issuing leaves a draft or an issued report with its number: never one without the other."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import prepared_database
import pytest

pytestmark = pytest.mark.process

# KILLS=40 tries longer. What issuing writes is killed at chosen places in test_upward_killed.
KILLS = int(os.environ.get("KILLS", "8"))

# One process starts Django once and forks for each attempt. The child drafts, says so, and issues; the parent
# kills it somewhere between that word and the usual end, and tells whether the child was still at it.
_KILL_AND_TELL = """
import json, os, random, signal, sys, time
from datetime import date, datetime, timezone
from dinhlang.config import start
start.ready()
from django.db import connection
from dinhlang.org.models import Unit
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions, render
from dinhlang.reports.models import Report

AT = datetime(2023, 7, 20, 2, 0, tzinfo=timezone.utc)
periods = [f"{year}-M{month:02d}" for year in (2021, 2022) for month in range(1, 13)]
chance = random.Random(20230720)

def attempt(period, pause):
    unit = Unit.objects.get(pk="nam-trung")
    connection.close()
    ready, tell = os.pipe()
    child = os.fork()
    if child == 0:
        report = actions.draft_report(unit=unit, period=Period.parse(period), by=None, at=AT)
        os.write(tell, b".")
        actions.issue_report(report=report, on=date(2023, 7, 20), by=None, at=AT)
        os._exit(0)
    os.read(ready, 1)
    began = time.monotonic()
    if pause is not None:
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    os.close(ready)
    os.close(tell)
    return time.monotonic() - began, os.WIFSIGNALED(status)

usual, _ = attempt(periods.pop(), None)
killed = 0
for _ in range(int(sys.argv[1])):
    killed += attempt(periods[0], chance.uniform(0, usual))[1]
    if Report.objects.filter(period=periods[0], status="issued").exists():
        periods.pop(0)
whole = attempt(periods[0], None)
for report in Report.objects.filter(status="issued"):
    assert render.docx(report).startswith(b"PK")
    assert render.pdf(report).startswith(b"%PDF-")
print(json.dumps({"killed": killed}))
"""


# Four at once issue three months each; what stands in the register afterwards is checked by the test.
_ISSUE_AT_ONCE = """
import os
from datetime import date, datetime, timezone
from dinhlang.config import start
start.ready()
from django.db import connection
from dinhlang.org.models import Unit
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions

AT = datetime(2023, 7, 20, 2, 0, tzinfo=timezone.utc)
connection.close()
children = []
for year in (2019, 2020, 2021, 2022):
    child = os.fork()
    if child == 0:
        unit = Unit.objects.get(pk="nam-trung")
        for month in (6, 7, 8):
            draft = actions.draft_report(unit=unit, period=Period.parse(f"{year}-M{month:02d}"), by=None, at=AT)
            actions.issue_report(report=draft, on=date(2023, 7, 20), by=None, at=AT)
        os._exit(0)
    children.append(child)
assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0, 0]
"""


def test_four_at_once_take_each_number_once(tmp_path: Path) -> None:
    run(tmp_path, _ISSUE_AT_ONCE)
    assert issued_numbers(tmp_path) == list(range(1, 13))


def test_a_kill_at_any_moment_leaves_a_draft_or_a_whole_issue(tmp_path: Path) -> None:
    told = run(tmp_path, _KILL_AND_TELL, str(KILLS))
    assert json.loads(told.splitlines()[-1])["killed"] > KILLS / 4
    assert len(issued_numbers(tmp_path)) >= 2


def run(data: Path, script: str, *arguments: str) -> str:
    environment = {**os.environ, "DINHLANG_DATA": str(data)}
    environment.pop("DATABASE_URL", None)
    prepared_database.into(data)
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def issued_numbers(data: Path) -> list[int]:
    """The numbers of the issued reports: each with its line in the register, from 1 without a gap."""
    with sqlite3.connect(data / "dinhlang.sqlite3") as connection:
        issued = connection.execute(
            "SELECT id, number FROM reports_report WHERE status = 'issued' ORDER BY number"
        ).fetchall()
        entries = connection.execute(
            "SELECT report_id, number FROM reports_registerentry ORDER BY number"
        ).fetchall()
        astray = connection.execute(
            "SELECT count(*) FROM reports_reportfigure AS figure JOIN reports_report AS report "
            "ON report.id = figure.report_id WHERE figure.is_final <> (report.status = 'issued')"
        ).fetchone()[0]
    assert issued == entries
    assert astray == 0
    numbers = [number for _, number in issued]
    assert numbers == list(range(1, len(issued) + 1))
    return numbers
