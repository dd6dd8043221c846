"""Slips that make another syllable, found by what stands beside it."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from dinhlang.vietnamese import slips

ROOT = Path(__file__).parents[4]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("vị|sư nghiệp|công", "sự nghiệp"),
        ("|hành chinh|năm", "hành chính"),
        ("|tuyên truyên|", "tuyên truyền"),
        ("sở|vất chất|kỹ", "vật chất"),
        ("|tiếp nhân|hồ", "tiếp nhận"),
    ],
)
def test_the_usual_pair_of_the_same_letters_is_named(words: str, meant: str) -> None:
    before, pair, after = words.split("|")
    assert " ".join(slips.meant(before or None, *pair.split(), after or None) or ()) == meant


@pytest.mark.parametrize(
    "words",
    [
        "bộ|phận phối|hợp",
        "kết|thúc hành|trình",
        "|hành chính|",
        "tập|quán có|hại",
        "|nội vụ|quận",
        "|xyz abc|",
        "|của cờ|",
    ],
)
def test_words_that_belong_to_their_other_neighbour_are_no_slip(words: str) -> None:
    before, pair, after = words.split("|")
    assert slips.meant(before or None, *pair.split(), after or None) is None


def test_pairs_are_counted_within_a_line_and_only_those_seen_twice(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "one.txt.gz", "wt", encoding="utf-8") as file:
        file.write("hành chính " * 600 + "\nHành chính, công\ncông vụ, công vụ lạ\n")
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/count_pairs.py"), str(tmp_path)],
        capture_output=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
        check=True,
    )
    assert gzip.decompress(done.stdout).decode() == "chính hành:599\ncông vụ\nhành chính:601\n"
