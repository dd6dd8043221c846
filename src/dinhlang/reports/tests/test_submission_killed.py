"""Killed at any moment of sending a package, nothing is lost and nothing is there twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import kill_submission
import pytest

pytestmark = pytest.mark.process

# KILLS=200 tries longer.
KILLS = int(os.environ.get("KILLS", "2"))


def test_a_package_whose_sender_is_killed_is_taken_in_once_when_it_is_sent_again() -> None:
    ran = subprocess.run(
        [sys.executable, kill_submission.__file__, str(KILLS)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = json.loads(ran.stdout.splitlines()[-1])
    assert told["well"], told
    assert told["killed"], "every kill came too late to show anything"
