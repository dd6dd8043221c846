from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[4]


def count(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts/count_syllables.py"), str(folder)],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
        check=False,
    )


def test_only_syllables_seen_twice_are_counted_and_both_tone_styles_together(tmp_path: Path) -> None:
    for name, text in (("one", "Hoà bình, xuât UBND\nhòa bình"), ("two", "hòa xuât lần")):
        with gzip.open(tmp_path / f"{name}.txt.gz", "wt", encoding="utf-8") as file:
            file.write(text)
    assert count(tmp_path).stdout == "hòa 3\nbình 2\n"


def test_a_folder_without_texts_is_named(tmp_path: Path) -> None:
    done = count(tmp_path)
    assert done.returncode != 0
    assert str(tmp_path) in done.stderr
