"""Killed at any moment of handing in, taking together, approving, nothing is lost, there twice or half done."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import kill_upward
import pytest

pytestmark = pytest.mark.process

# KILLS=200 tries longer.
KILLS = os.environ.get("KILLS", "2")


DEEDS = ["submit", "consolidate", "approve"]


@pytest.mark.parametrize("kill", ["process", "server"])
def test_a_kill_in_the_middle_leaves_all_of_a_deed_or_nothing(kill: str) -> None:
    """Of the process on SQLite, of the whole server on PostgreSQL."""
    ran = subprocess.run(
        [sys.executable, kill_upward.__file__, *DEEDS, "--kill", kill, "--rounds", KILLS],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [one["deed"] for one in told] == DEEDS
    assert all(one["well"] for one in told), told
    assert all(one["in_the_middle"] for one in told), f"kills came too late to show anything: {told}"
