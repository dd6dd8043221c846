"""Killed at any moment, issuing leaves a draft or an issued report with its number: never one without the other."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process

KILLS = 40

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


def test_a_kill_at_any_moment_leaves_a_draft_or_a_whole_issue(tmp_path: Path) -> None:
    environment = {**os.environ, "DINHLANG_DATA": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    ran = subprocess.run(
        [sys.executable, "-c", _KILL_AND_TELL, str(KILLS)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout.splitlines()[-1])["killed"] > KILLS / 4
    with sqlite3.connect(tmp_path / "dinhlang.sqlite3") as connection:
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
    assert [number for _, number in issued] == list(range(1, len(issued) + 1))
    assert len(issued) >= 2
    assert astray == 0
