"""The watched folder: files that are put into `DINHLANG_INBOX/<mã đơn vị>/` come into the archive's list by themselves.

A file is left alone until it was the same at two looks, half a minute apart: somebody may still be writing it. Then it
is moved to `da-nhan/`, or to `khong-nhan/` beside a .txt that says why. Links are not followed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

TAKEN, REFUSED = "da-nhan", "khong-nhan"
# What programs leave beside a file they are writing.
_NOT_YET = (".part", ".tmp", ".crdownload", ".partial")
_NOT_FILES = ("~$", ".", "Thumbs.db", "desktop.ini")

Look = tuple[int, int]


class Watcher:
    """Remembers how each file looked last time; lives as long as the worker."""

    def __init__(self) -> None:
        self._seen: dict[Path, Look] = {}

    def quiet(self) -> list[Path]:
        """The files that did not change since the last call."""
        now = {path: look for path in files() if (look := _look(path)) is not None}
        still = [path for path, look in now.items() if self._seen.get(path) == look]
        self._seen = now
        return still


def files() -> Iterator[Path]:
    """Every file that waits, each in the folder of its unit."""
    root = root_folder()
    if root is None or not root.is_dir():
        return
    for folder in sorted(root.iterdir()):
        if folder.is_symlink() or not folder.is_dir():
            continue
        for path in sorted(folder.iterdir()):
            if path.name.startswith(_NOT_FILES) or path.name.lower().endswith(_NOT_YET):
                continue
            if path.is_file() and not path.is_symlink():
                yield path


def root_folder() -> Path | None:
    """The folder that is watched, when there is one."""
    return Path(settings.INBOX) if settings.INBOX else None


def _look(path: Path) -> Look | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def read(path: Path, most: int) -> bytes:
    """The bytes, up to one more than `most`. Raises `OSError`; a link put there meanwhile is not followed."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(most + 1)


def take(path: Path) -> str:
    """Move a file that was taken in; gives its new place, from the watched folder on."""
    return _moved(path, TAKEN)


def refuse(path: Path, reason: str) -> None:
    """Move a file that is not taken in, and write the reason beside it."""
    place = _moved(path, REFUSED)
    root = root_folder()
    if root is not None:
        (root / f"{place}.txt").write_text(f"{reason}\n", encoding="utf-8")


def put_back(place: str, reason: str) -> None:
    """A file that was taken in is refused after all: it goes to the others, with the reason."""
    root = root_folder()
    path = root / place if root else None
    if path is not None and path.is_file():
        refuse(path, reason)


def _moved(path: Path, where: str) -> str:
    unit_folder = path.parent.parent if path.parent.name in (TAKEN, REFUSED) else path.parent
    folder = unit_folder / where
    folder.mkdir(exist_ok=True)
    target = folder / path.name
    number = 2
    while target.exists():
        target = folder / f"{path.stem} ({number}){path.suffix}"
        number += 1
    shutil.move(path, target)
    return str(target.relative_to(unit_folder.parent))
