"""A page of a PDF file or a scan as a picture, drawn in a process of its own with limits."""

from __future__ import annotations

import subprocess
import tempfile
import threading
from pathlib import Path

from dinhlang.officialdoc.read.pages.apart import ended, started
from dinhlang.officialdoc.read.pages.limits import Limits

LIMITS = Limits(seconds=20, megabytes=1024)
_MOST_BYTES = 8 * 1024 * 1024
# A page of the desk asks for several pictures at once; more processes than processors only wait for each other.
_at_once = threading.BoundedSemaphore(2)


def picture_of(data: bytes, kind: str, number: int, limits: Limits = LIMITS) -> bytes | None:
    """A page, counted from 1, of a PDF file ('pdf') or of an image ('image') as WebP.

    `None` when there is no such page, or it cannot be drawn within the limits. Never raises for any bytes.
    """
    with _at_once, tempfile.TemporaryDirectory(prefix="dinhlang-page-") as folder:
        (Path(folder) / "input").write_bytes(data)
        process = started(folder, "draw", kind, str(number), str(limits.megabytes), f"{limits.seconds:g}")
        try:
            made, _none = process.communicate(timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            ended(process)
    return made if process.returncode == 0 and 0 < len(made) <= _MOST_BYTES else None
