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


@pytest.mark.parametrize(
    ("kill", "deeds"),
    [("process", ["submit", "consolidate", "approve"]), ("server", ["submit", "consolidate"])],
)
def test_a_kill_in_the_middle_leaves_all_of_a_deed_or_nothing(kill: str, deeds: list[str]) -> None:
    """Of the process on SQLite, of the whole server on PostgreSQL."""
    ran = subprocess.run(
        [sys.executable, kill_upward.__file__, *deeds, "--kill", kill, "--rounds", KILLS],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [one["deed"] for one in told] == deeds
    assert all(one["well"] for one in told), told
    assert sum(one["came_in_the_middle"] for one in told), "every kill came too late to show anything"
