"""A process of the tree ends when it is told to, at whatever moment it is told."""

from __future__ import annotations

import subprocess
import sys

import pytest

# The signal comes while Python calls back; what is raised there is forgotten, so that it has to be raised again.
TOLD_WHILE_AN_OBJECT_GOES = """
import os, signal, time
from dinhlang.cli import processes

class Going:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        for _ in range(1000):
            pass

processes.end_when_told()
Going()
print("goes on", flush=True)
time.sleep(30)
print("was not ended")
"""
TOLD = """
import os, signal, time
from dinhlang.cli import processes

processes.end_when_told()
os.kill(os.getpid(), signal.SIGTERM)
time.sleep(30)
print("was not ended")
"""
ANOTHER_FAULT = """
from dinhlang.cli import processes

class Going:
    def __del__(self):
        raise ValueError("of its own")

processes.end_when_told()
Going()
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(("code", "said"), [(TOLD, ""), (TOLD_WHILE_AN_OBJECT_GOES, "goes on\n")])
def test_a_process_that_is_told_to_end_does_so_without_a_word(code: str, said: str) -> None:
    ended = run(code)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, said, "")


def test_any_other_fault_that_python_forgets_is_still_told() -> None:
    assert "ValueError: of its own" in run(ANOTHER_FAULT).stderr
