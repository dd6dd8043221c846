"""That measuring can be started: what `make` runs, by its smallest part."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.process
MODULE = "benchmarks.bench_citizens"


def test_how_citizens_are_served_is_measured_and_told_as_json() -> None:
    told = subprocess.run(
        ["make", "--dry-run", "bench-citizens", "OPTIONS=due_dates"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert f"python -m {MODULE} due_dates\n" in told.stdout
    measured = subprocess.run(
        [sys.executable, "-m", MODULE, "--cases", "40", "due_dates"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert measured.returncode == 0, measured.stderr
    *table, last = measured.stdout.splitlines()
    figures = json.loads(last)
    assert [line.split()[0] for line in table] == list(figures)
    assert figures.pop("due_us") > 0
    assert figures == {"due_vectors_share": 1, "due_random_cases": 40, "due_random_equal_share": 1}


def test_a_part_that_is_not_there_is_said_with_those_that_are() -> None:
    asked = [sys.executable, "-m", MODULE, "no-such"]
    refused = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "redaction, due_dates, intake, million, exports" in refused.stderr
