"""Whether a PDF file has text that a machine can read aloud, or only pictures of it; asked in a process with limits."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from dinhlang.officialdoc.read.pages.apart import ended, started
from dinhlang.officialdoc.read.pages.limits import Limits

LIMITS = Limits(seconds=15, megabytes=512, pages=3)
# A stamp of the scanner's program on each page is no text of the document.
_LEAST_LETTERS = 60


def is_lettered(data: bytes, limits: Limits = LIMITS) -> bool | None:
    """Whether the first pages hold letters; `None` when the file cannot be opened within the limits. Never raises."""
    with tempfile.TemporaryDirectory(prefix="dinhlang-letters-") as folder:
        (Path(folder) / "input").write_bytes(data)
        process = started(folder, "letters", str(limits.pages), str(limits.megabytes), f"{limits.seconds:g}")
        try:
            told, _none = process.communicate(timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            ended(process)
    return int(told) >= _LEAST_LETTERS if process.returncode == 0 and told.isdigit() else None
