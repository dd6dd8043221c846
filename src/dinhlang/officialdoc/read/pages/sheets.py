"""The pages of a PDF file one by one, each with the text that the file says and, where more is on it, as a picture.

The file comes from anywhere: it is opened in a process of its own (`drawing`) with limits. Nothing is recognised here.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from dinhlang.officialdoc.read.pages.apart import ended, started

_MEGABYTES = 1024
_SECONDS = 30.0
NEEDS_PASSWORD, DAMAGED = "password", "damaged"


class CannotOpen(Exception):
    """The file is no PDF that can be opened; `why` is `NEEDS_PASSWORD` or `DAMAGED`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page. `picture` is None where there is nothing but text on it, and where it cannot be drawn."""

    number: int
    text: str
    picture: Image.Image | None


def count_in(data: bytes) -> int:
    """How many pages there are. Raises `CannotOpen`."""
    with tempfile.TemporaryDirectory(prefix="dinhlang-doc-") as folder:
        return int(_told(folder, data, "count")[0]["total"])


def sheet_of(data: bytes, number: int) -> Sheet:
    """One page, counted from 1. Raises `CannotOpen`."""
    with tempfile.TemporaryDirectory(prefix="dinhlang-doc-") as folder:
        said = _told(folder, data, "draw", number)[-1]
        drawn = Path(folder) / "page.png"
        picture = None
        if drawn.exists():
            with Image.open(drawn, formats=("PNG",)) as opened:
                picture = opened.copy()
        return Sheet(number, str(said.get("text", "")), picture)


def without(data: bytes, numbers: Iterable[int]) -> bytes:
    """The file without these pages, written anew so that nothing of them is left inside. Raises `CannotOpen`."""
    with tempfile.TemporaryDirectory(prefix="dinhlang-doc-") as folder:
        _told(folder, data, "without", *numbers)
        return (Path(folder) / "output").read_bytes()


def _told(folder: str, data: bytes, *asked: object) -> list[dict[str, Any]]:
    """What the process says of the file. One that falls or takes too long is damaged."""
    (Path(folder) / "input").write_bytes(data)
    process = started(folder, "drawing", str(_MEGABYTES), f"{_SECONDS:g}", *map(str, asked))
    try:
        told, _nothing = process.communicate(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        raise CannotOpen(DAMAGED) from None
    finally:
        ended(process)
    try:
        lines = [json.loads(line) for line in told.splitlines()]
    except ValueError:
        # It fell amid a line: a page of 20,000 letters is more than a pipe holds.
        raise CannotOpen(DAMAGED) from None
    if not lines or not lines[-1].get("done"):
        raise CannotOpen(str(lines[0].get("problem", DAMAGED)) if lines else DAMAGED)
    return lines
