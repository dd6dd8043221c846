"""Vietnamese text in a picture, by the `tesseract` program: words with their places and how sure it is of each.

The program is called with the language `vie` only: with English beside it, it reads Vietnamese worse (measured on
all pages tried). Several pictures go into one call, since loading the language takes longer than a cell.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image

LANGUAGE = "vie"
PAGE, BLOCK, LINE = 3, 6, 7
"""How tesseract looks at a picture: as a page with parts, as one block of lines, or as one line."""
_LEAST_SURE, _DOUBTFUL = 15.0, 75.0
# What tesseract makes of specks and of what is left of rules.
_SPECK = re.compile(r"[^\w+%&–-]{1,4}|[-–—_~]{2,}")
_STRAY_MARK = re.compile(r"[ˆ˜ˇ˘ˊˋ`´¨¬¦]+")


@dataclass(frozen=True, slots=True)
class Seen:
    """A word in a picture, in pixels of it. `line` is the same for words of one line, `bottom` where that stands."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: float
    line: tuple[int, int, int]

    def part(self, at: int, count: int, text: str) -> Seen:
        """One of the `count` parts of the word; the first are numbers, about as wide as they have letters."""
        if count == 1:
            return self
        share = (self.right - self.left) * (len(self.text) - len(text)) // len(self.text)
        left = self.left if at == 0 else self.left + share
        right = self.right if at else self.right - share
        return Seen(text, left, self.top, right, self.bottom, self.sure, self.line)

    def moved(self, across: int, down: int, part: int) -> Seen:
        """The word in a larger picture of which its own is part number `part`."""
        line = (-part, self.line[1], self.line[2] + 1000 * self.line[0])
        sides = (self.left + across, self.top + down, self.right + across, self.bottom + down)
        return Seen(self.text, *sides, self.sure, line)


@lru_cache(maxsize=1)
def is_there() -> bool:
    """Whether tesseract with Vietnamese is installed."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, check=False)  # noqa: S603
    return LANGUAGE.encode() in listed.stdout.split()


def words_in(
    pictures: Sequence[Image.Image], way: int, dpi: int, *, seconds: float | None = None
) -> list[list[Seen]]:
    """The words of each picture (grey, dark on light). A picture that cannot be recognised has none.

    After `seconds` the program is stopped: there are the words that it had told by then.
    """
    if not pictures:
        return []
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for index, picture in enumerate(pictures):
            name = Path(folder) / f"{index}.bmp"
            picture.save(name)
            names.append(str(name))
        listed = Path(folder) / "all.txt"
        listed.write_text("\n".join(names) + "\n")
        command = ["tesseract", str(listed), "-", "-l", LANGUAGE, "--psm", str(way), "--dpi", str(dpi), "tsv"]
        told = _told(command, seconds)
    found: list[list[Seen]] = [[] for _ in pictures]
    for line in told.decode("utf-8", "replace").splitlines():
        fields = line.split("\t")
        if len(fields) == 12 and fields[0] == "5" and fields[11].strip():
            _keep(fields, found)
    return found


def _told(command: Sequence[str], seconds: float | None) -> bytes:
    try:
        return subprocess.run(  # noqa: S603 - fixed program, our own file names
            command,
            capture_output=True,
            check=False,
            timeout=seconds,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        ).stdout
    except subprocess.TimeoutExpired as stopped:
        whole, _newline, _cut = (stopped.stdout or b"").rpartition(b"\n")
        return whole


def _keep(fields: Sequence[str], found: list[list[Seen]]) -> None:
    page, block, paragraph, line = (int(one) for one in fields[1:5])
    left, top, width, height = (int(one) for one in fields[6:10])
    sure = float(fields[10])
    text = fields[11].strip()
    if sure >= _LEAST_SURE and page <= len(found) and not _is_speck(text, sure):
        place = (block, paragraph, line)
        found[page - 1].append(Seen(text, left, top, left + width, top + height, sure, place))


def _is_speck(text: str, sure: float) -> bool:
    return bool(_STRAY_MARK.fullmatch(text)) or (sure < _DOUBTFUL and bool(_SPECK.fullmatch(text)))
