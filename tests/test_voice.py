"""`dinhlang voice …` as an operator meets it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import Installation

pytestmark = pytest.mark.process


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return Installation(folder / "data", 8000).run("voice", *arguments)


def test_a_script_becomes_sound_and_a_recording_is_evened(tmp_path: Path) -> None:
    listed = run("list", folder=tmp_path)
    assert listed.stdout.splitlines()[0] == "espeak:north\tGiọng máy miền Bắc\tBắc"

    (tmp_path / "tin.txt").write_text("UBND xã họp lúc 7h30. Mời bà con dự.", encoding="utf-8")
    read = run("read", "tin.txt", "-o", "tin", "--voice", "espeak:south", folder=tmp_path)
    assert (read.returncode, read.stdout) == (0, "")
    assert read.stderr.startswith("0 phút")
    assert (tmp_path / "tin.vtt").read_text(encoding="utf-8").splitlines()[4] == "UBND xã họp lúc 7h30."
    assert (tmp_path / "tin.mp3").stat().st_size > 10_000

    evened = run("even", "tin.opus", "-o", "deu", folder=tmp_path)
    assert "LUFS" in evened.stderr
    assert (tmp_path / "deu.opus").read_bytes().startswith(b"OggS")


def test_what_cannot_be_read_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "tin.txt").write_text("***", encoding="utf-8")
    for arguments in (("read", "tin.txt"), ("read", "tin.txt", "--voice", "khong:co"), ("even", "tin.txt")):
        done = run(*arguments, "-o", "ra", folder=tmp_path)
        assert done.returncode == 2
        assert len(done.stderr.strip().splitlines()) == 1
        assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("ra.*"))
